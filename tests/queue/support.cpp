#include "tests/queue/support.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

namespace biaod::tests {

using models::Result;
using nlohmann::ordered_json;

TempFolder::TempFolder() {
    path_ = std::filesystem::temp_directory_path() / ("biaod-test-" + queue::random_hex(queue::system_random(), 6));
    std::filesystem::create_directories(path_);
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string TempFolder::path(const std::string& below) const {
    return below.empty() ? path_.string() : (path_ / below).string();
}

void write_file(const std::string& path, const std::string& content) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << content;
}

std::string read_file(const std::string& path) {
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return content.str();
}

std::string names_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        names.push_back(entry.path().filename().string() + (entry.is_directory() ? "/" : ""));
    }
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : " ") + name;
    return all;
}

void CountingRandom::fill(std::span<unsigned char> bytes) {
    std::uint64_t value = ++next_;
    for (std::size_t i = bytes.size(); i-- > 0; value >>= 8) bytes[i] = static_cast<unsigned char>(value & 0xFF);
}

bool FaultyFiles::turn() {
    const bool fails = fail_at == 1;
    if (fail_at > 0) --fail_at;
    errno = ENOSPC;
    return fails;
}

#define FAIL_IN_TURN() \
    if (turn()) return tl::unexpected(queue::system_error("files", "do that"))

Result<queue::Fd> FaultyFiles::create_file(int folder, const std::string& name) {
    FAIL_IN_TURN();
    return FileLayer::create_file(folder, name);
}
Result<std::size_t> FaultyFiles::read(int fd, std::span<char> buffer) {
    if (on_read) on_read();
    FAIL_IN_TURN();
    return FileLayer::read(fd, buffer);
}
Result<void> FaultyFiles::write_all(int fd, std::span<const char> bytes) {
    FAIL_IN_TURN();
    return FileLayer::write_all(fd, bytes);
}
Result<void> FaultyFiles::sync(int fd) {
    FAIL_IN_TURN();
    ++synced;
    return FileLayer::sync(fd);
}
Result<queue::FileLook> FaultyFiles::look(int fd) {
    FAIL_IN_TURN();
    return FileLayer::look(fd);
}
Result<void> FaultyFiles::move(int from, const std::string& name, int to, const std::string& new_name, bool replace) {
    FAIL_IN_TURN();
    return FileLayer::move(from, name, to, new_name, replace);
}
Result<std::uint64_t> FaultyFiles::free_bytes(int) { return free; }

bool eventually(const std::function<bool()>& condition, int seconds) {
    for (int i = 0; i < 200 * seconds; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

ordered_json small_record(const std::string& sha256) {
    return {{"schema", "biaod.record/1"}, {"id", sha256}, {"revision", 1}, {"report", nullptr}, {"status", "complete"}};
}

ordered_json report_of(int content, const std::string& unit, int flags) {
    auto record = small_record(hash_of(content));
    record["report"] = {{"type", "gov_info_annual_report"}, {"form", "2021"}, {"issuer", unit}, {"year", 2024}};
    record["review"] = ordered_json::array();
    for (int i = 0; i < flags; ++i) record["review"].push_back({{"field", "/report/year"}});
    if (flags > 0) record["status"] = "needs_review";
    return record;
}

std::string hash_of(int n) {
    char text[65];
    std::snprintf(text, sizeof text, "%064d", n);
    return text;
}

}  // namespace biaod::tests
