// Clock and random behind interfaces, so that tests decide what time it is and which names are drawn.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "models/error.hpp"

namespace biaod::queue {

// May be used from any thread.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual std::int64_t unix_ms() const = 0;       // for people and for other hosts: may jump
    virtual std::int64_t monotonic_ms() const = 0;  // for waiting: never jumps, means nothing outside this process
};

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<unsigned char> bytes) = 0;
};

// The operating system's own; the objects have no state and live as long as the program.
const Clock& system_clock();
Random& system_random();

// `bytes` random bytes in lower-case hex.
std::string random_hex(Random& random, std::size_t bytes);

std::string to_hex(std::span<const unsigned char> bytes);

// RFC 3339 in UTC with milliseconds: "2026-01-31T08:15:00.250Z".
std::string rfc3339(std::int64_t unix_ms);

// The error of the system call that has just failed; `doing` completes "cannot ...". Kind: temporary, because what an
// operating system refuses today (space, permission, memory) it may allow tomorrow, and nothing dropped may be lost.
models::Error system_error(const std::string& stage, const std::string& doing);

}  // namespace biaod::queue
