// What systemd is told, and when: READY, STATUS, WATCHDOG, STOPPING. Without systemd (no NOTIFY_SOCKET) nothing
// happens.
#pragma once

#include <cstdint>
#include <string>

#include "queue/system.hpp"

namespace biaod::daemon {

class Service {
  public:
    explicit Service(const queue::Clock& clock);

    void ready();
    void stopping();
    void reloading();                      // then ready()
    void status(const std::string& text);  // sent when it changes

    // Called in each round of the main loop with the round counters of the other threads. The watchdog is fed only when
    // all of them have moved since it was fed last: a daemon whose bus hangs is restarted, too.
    void alive(std::uint64_t supervisor_rounds, std::uint64_t bus_rounds);

  private:
    const queue::Clock& clock_;
    std::int64_t every_ms_ = 0;  // 0: no watchdog wanted
    std::int64_t fed_ms_ = 0;
    std::uint64_t supervisor_rounds_ = 0;
    std::uint64_t bus_rounds_ = 0;
    std::string status_;
};

}  // namespace biaod::daemon
