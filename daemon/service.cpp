#include "daemon/service.hpp"

#include <systemd/sd-daemon.h>

namespace biaod::daemon {

Service::Service(const queue::Clock& clock) : clock_(clock) {
    std::uint64_t every_us = 0;
    if (sd_watchdog_enabled(0, &every_us) > 0) every_ms_ = static_cast<std::int64_t>(every_us / 1000 / 3);
}

void Service::ready() { sd_notify(0, "READY=1"); }

void Service::stopping() { sd_notify(0, "STOPPING=1\nSTATUS=Finishing documents"); }

void Service::reloading() { sd_notify(0, "RELOADING=1"); }

void Service::status(const std::string& text) {
    if (text == status_) return;
    status_ = text;
    sd_notify(0, ("STATUS=" + text).c_str());
}

void Service::alive(std::uint64_t supervisor_rounds, std::uint64_t bus_rounds) {
    const std::int64_t now = clock_.monotonic_ms();
    if (every_ms_ == 0 || now - fed_ms_ < every_ms_) return;
    if (supervisor_rounds == supervisor_rounds_ || bus_rounds == bus_rounds_) return;
    fed_ms_ = now;
    supervisor_rounds_ = supervisor_rounds;
    bus_rounds_ = bus_rounds;
    sd_notify(0, "WATCHDOG=1");
}

}  // namespace biaod::daemon
