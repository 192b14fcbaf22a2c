// What the tests of queue and daemon share: a folder of their own, a clock and a random that obey, a disk that fails.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "queue/file_layer.hpp"
#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::tests {

class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    std::string path(const std::string& below = {}) const;

  private:
    std::filesystem::path path_;
};

void write_file(const std::string& path, const std::string& content);
std::string read_file(const std::string& path);
// Names below a folder, sorted, folders with "/" at the end; "" when it is not there.
std::string names_in(const std::string& folder);

class FakeClock : public queue::Clock {
  public:
    std::int64_t unix_ms() const override { return now_; }
    std::int64_t monotonic_ms() const override { return now_; }
    void advance(std::int64_t ms) { now_ += ms; }

  private:
    std::atomic<std::int64_t> now_ = 1'700'000'000'000;
};

// 1, 2, 3, ...: names that a failing test can be read by.
class CountingRandom : public queue::Random {
  public:
    void fill(std::span<unsigned char> bytes) override;

  private:
    std::uint64_t next_ = 0;
};

// The disk, but the operation whose turn it is fails with ENOSPC: 1 is the next one, 0 none.
class FaultyFiles : public queue::FileLayer {
  public:
    int fail_at = 0;
    std::function<void()> on_read;  // called before each read: somebody else writes to the file
    int synced = 0;

    models::Result<queue::Fd> create_file(int folder, const std::string& name) override;
    models::Result<std::size_t> read(int fd, std::span<char> buffer) override;
    models::Result<void> write_all(int fd, std::span<const char> bytes) override;
    models::Result<void> sync(int fd) override;
    models::Result<queue::FileLook> look(int fd) override;
    models::Result<void> move(int from, const std::string& name, int to, const std::string& new_name,
                              bool replace) override;
    models::Result<std::uint64_t> free_bytes(int fd) override;
    std::uint64_t free = 1ull << 40;

  private:
    bool turn();
};

// Looks each few milliseconds until the condition holds; false after so many seconds, which a broken program needs.
bool eventually(const std::function<bool()>& condition, int seconds = 20);

nlohmann::ordered_json small_record(const std::string& sha256);

// The record of hash_of(content) with a report of 2024 and so many flags.
nlohmann::ordered_json report_of(int content, const std::string& unit, int flags = 0);

std::string hash_of(int n);  // 64 digits

}  // namespace biaod::tests
