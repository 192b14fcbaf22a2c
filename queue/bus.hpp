// The bus server: publishes the outbox live and serves it to those who pull (bus_protocol.hpp).
//
// One thread of its own owns both sockets and its own Store. It publishes what stands in the outbox and nothing else:
// what a subscriber sees is committed. After a restart it goes on from the head; what was committed but not yet
// published then shows as a gap, and is pulled.
//
// With keys (bus_keys.hpp) both sockets speak CURVE only, and the handler that decides about each connection is there
// before any of them listens; it is served by the same thread. Without keys only this host can be served.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "models/error.hpp"
#include "queue/bus_keys.hpp"
#include "queue/fd.hpp"
#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::queue {

class PullSessions;

struct BusOptions {
    std::string publish;  // endpoints as check_endpoint() allows
    std::string pull;
    int head_every_ms = 1000;
    std::optional<KeyPair> keys;
    Consumers consumers;  // with keys: who may connect, beside the keys themselves
};

class Bus {
  public:
    // Returns when both sockets are bound. Errors: config (endpoint), temporary (address in use).
    static models::Result<std::unique_ptr<Bus>> start(const BusOptions& options, std::unique_ptr<Store> store,
                                                      const Clock& clock);
    ~Bus();  // stops and joins

    // The consumers file was changed: holds for new connections and new sessions. Any thread.
    void set_consumers(const Consumers& consumers);

    // The outbox has grown. Any thread.
    void notify();

    // Grows with each round of the thread (at least one a second): a watchdog can see that it lives. Any thread.
    std::uint64_t rounds() const { return rounds_; }

  private:
    Bus(const BusOptions& options, std::unique_ptr<Store> store, const Clock& clock);
    struct Sockets;
    models::Result<std::unique_ptr<Sockets>> open_sockets();
    void serve(Sockets& sockets);
    void authenticate(Sockets& sockets);
    void answer_pulls(Sockets& sockets, PullSessions& sessions);
    Consumers consumers();
    void publish_new(Sockets& sockets);
    void publish_head(Sockets& sockets);

    BusOptions options_;
    std::mutex consumers_mutex_;  // over options_.consumers
    std::unique_ptr<Store> store_;
    const Clock& clock_;
    Fd wake_;
    std::atomic<bool> stop_ = false;
    std::atomic<std::uint64_t> rounds_ = 0;
    std::uint64_t published_ = 0;
    std::thread thread_;
};

}  // namespace biaod::queue
