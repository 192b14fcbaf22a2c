// The bus server: publishes the outbox live and serves it to those who pull (bus_protocol.hpp).
//
// One thread of its own owns both sockets and its own Store. It publishes what stands in the outbox and nothing else:
// what a subscriber sees is committed. After a restart it goes on from the head; what was committed but not yet
// published then shows as a gap, and is pulled.
//
// Later work: a CURVE key pair and a ZAP handler before any bind, public key → permitted names (HELLO asks it).
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "models/error.hpp"
#include "queue/fd.hpp"
#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::queue {

struct BusOptions {
    std::string publish;  // endpoints as check_endpoint() allows
    std::string pull;
    int head_every_ms = 1000;
};

class Bus {
  public:
    // Returns when both sockets are bound. Errors: config (endpoint), temporary (address in use).
    static models::Result<std::unique_ptr<Bus>> start(const BusOptions& options, std::unique_ptr<Store> store,
                                                      const Clock& clock);
    ~Bus();  // stops and joins

    // The outbox has grown. Any thread.
    void notify();

    // Grows with each round of the thread (at least one a second): a watchdog can see that it lives. Any thread.
    std::uint64_t rounds() const { return rounds_; }

  private:
    Bus(const BusOptions& options, std::unique_ptr<Store> store, const Clock& clock);
    struct Sockets;
    models::Result<std::unique_ptr<Sockets>> open_sockets();
    void serve(Sockets& sockets);
    void publish_new(Sockets& sockets);
    void publish_head(Sockets& sockets);

    BusOptions options_;
    std::unique_ptr<Store> store_;
    const Clock& clock_;
    Fd wake_;
    std::atomic<bool> stop_ = false;
    std::atomic<std::uint64_t> rounds_ = 0;
    std::uint64_t published_ = 0;
    std::thread thread_;
};

}  // namespace biaod::queue
