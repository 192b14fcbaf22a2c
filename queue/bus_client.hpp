// Follows the bus without a gap: the library for consumers in C++, and what `biaod tail` is made of.
//
// With a name the session is durable: it starts after what was acknowledged last, and each message comes at least once,
// in order. Without a name it starts at `from`. In both cases the client subscribes to PUB first, then pulls; what PUB
// brings next in order is handed on at once, what is old is dropped, and a gap is pulled.
//
//     BusClient client(options);
//     for (;;) {
//         BusEvent event = client.next(1000);
//         if (event.kind == BusEvent::Kind::message) { store(event.message);
//         client.acknowledge(event.message.sequence); }
//     }
//
// One thread. A lost server is no error: the client waits for it and goes on. Events that need a decision:
//   gone            messages `from`..`until` are no longer kept by the server; next() goes on behind them
//   stream_changed  the journal is another one; next() goes on with its first message, a known sequence means nothing
//   fenced          another session took the name; next() returns this for ever
//   denied          the server refuses; message in `detail`; next() returns this for ever
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "models/error.hpp"
#include "queue/outbox.hpp"

namespace biaod::queue {

struct BusClientOptions {
    std::string publish;  // endpoints of the server
    std::string pull;
    std::string name;        // empty: not durable
    std::string filter;      // beginning of the topics wanted, "v1/record/"; empty: all
    std::uint64_t from = 0;  // first sequence wanted; 0: after the acknowledged one, or the oldest kept
    bool only_new = false;   // without name and from: only what comes from now on
    // CURVE keys, Z85 (bus_keys.hpp); empty for a bus without keys. With a key that the server does not know there is
    // no connection at all: next() waits as for a server that is not there.
    std::string server_key;              // the server's public key
    std::string public_key, secret_key;  // our own
};

struct BusEvent {
    enum class Kind { none, message, gone, stream_changed, fenced, denied } kind = Kind::none;  // none: time is up
    Message message;
    std::uint64_t from = 0, until = 0;
    std::string detail;
};

class BusClient {
  public:
    // config: an endpoint that ZeroMQ does not understand. A server that is not there is waited for.
    static models::Result<std::unique_ptr<BusClient>> connect(const BusClientOptions& options);
    ~BusClient();

    BusEvent next(int timeout_ms);

    // Everything up to `sequence` need not come again. Returns when the server has it on disk, false when it did not
    // answer in time or the session is fenced (next() then tells). Only for a named session.
    bool acknowledge(std::uint64_t sequence, int timeout_ms = 5000);

  private:
    class Impl;
    explicit BusClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace biaod::queue
