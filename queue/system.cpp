#include "queue/system.hpp"

#include <sys/random.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <system_error>
#include <vector>

namespace biaod::queue {
namespace {

class SystemClock : public Clock {
  public:
    std::int64_t unix_ms() const override {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    }
    std::int64_t monotonic_ms() const override {
        using namespace std::chrono;
        return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    }
};

class SystemRandom : public Random {
  public:
    void fill(std::span<unsigned char> bytes) override {
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t got = getrandom(bytes.data() + done, bytes.size() - done, 0);
            if (got < 0 && errno != EINTR) std::abort();  // no kernel that we run on lacks getrandom
            if (got > 0) done += static_cast<std::size_t>(got);
        }
    }
};

}  // namespace

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

Random& system_random() {
    static SystemRandom random;
    return random;
}

std::string to_hex(std::span<const unsigned char> bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string random_hex(Random& random, std::size_t bytes) {
    std::vector<unsigned char> buffer(bytes);
    random.fill(buffer);
    return to_hex(buffer);
}

std::string rfc3339(std::int64_t unix_ms) {
    const std::time_t seconds = static_cast<std::time_t>(unix_ms / 1000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char date[32];
    const std::size_t length = std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(unix_ms % 1000));
    return std::string(date, length) + fraction;
}

models::Error system_error(const std::string& stage, const std::string& doing) {
    const int code = errno;
    return {models::ErrorKind::temporary, stage, 0, "cannot " + doing + ": " + std::generic_category().message(code)};
}

}  // namespace biaod::queue
