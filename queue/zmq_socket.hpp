// ZeroMQ's C interface as far as the bus and its client need it. Not for use outside queue/.
//
// A socket belongs to one thread. Nothing throws; errors carry ZeroMQ's words (stage "bus").
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "models/error.hpp"
#include "queue/bus_keys.hpp"
#include "queue/bus_protocol.hpp"

namespace biaod::queue {

class ZmqContext {
  public:
    ZmqContext();
    void* get() const { return context_.get(); }

  private:
    std::unique_ptr<void, int (*)(void*)> context_;
};

class ZmqSocket {
  public:
    ZmqSocket(const ZmqContext& context, int type);

    void set(int option, int value);
    void set(int option, const std::string& value);
    void limit_inbound(std::int64_t bytes);           // a longer message ends the peer's connection
    void serve_curve(const std::string& secret_key);  // keys are Z85
    void use_curve(const std::string& server_key, const KeyPair& own);
    void watch_peers();  // heartbeats each 10 s; a silent peer is gone after 30 s

    models::Result<void> bind(const std::string& endpoint);
    models::Result<void> connect(const std::string& endpoint);
    // false: the peer is gone or does not read; nothing was sent.
    bool send(const Frames& frames);
    // Never waits; nullopt: nothing there. `user`: the id that the authentication gave to the sender, "" without one.
    std::optional<Frames> receive(std::string* user = nullptr);
    void* get() const { return socket_.get(); }

  private:
    std::unique_ptr<void, int (*)(void*)> socket_;
};

}  // namespace biaod::queue
