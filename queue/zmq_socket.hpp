// ZeroMQ's C interface as far as the bus and its client need it. Not for use outside queue/.
//
// A socket belongs to one thread. Nothing throws; errors carry ZeroMQ's words (stage "bus").
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "models/error.hpp"
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
    void limit_inbound(std::int64_t bytes);  // a longer message ends the peer's connection
    void watch_peers();                      // heartbeats each 10 s; a silent peer is gone after 30 s

    models::Result<void> bind(const std::string& endpoint);
    models::Result<void> connect(const std::string& endpoint);
    // false: the peer is gone or does not read; nothing was sent.
    bool send(const Frames& frames);
    std::optional<Frames> receive();  // never waits; nullopt: nothing there
    void* get() const { return socket_.get(); }

  private:
    std::unique_ptr<void, int (*)(void*)> socket_;
};

}  // namespace biaod::queue
