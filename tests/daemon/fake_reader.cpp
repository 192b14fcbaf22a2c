#include "tests/daemon/fake_reader.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "daemon/worker/pipe.hpp"
#include "queue/spool.hpp"

namespace biaod::tests {

using models::ErrorKind;
using models::Result;
using nlohmann::ordered_json;

namespace {

struct Order {
    std::string word;
    std::string argument;
};

Order order_of(std::string_view bytes) {
    const std::string line(bytes.substr(0, bytes.find('\n')));
    const std::size_t space = line.find(' ');
    return {line.substr(0, space), space == std::string::npos ? "" : line.substr(space + 1)};
}

void rest() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

ordered_json record_of(const daemon::ReadRequest& request, std::string_view bytes) {
    const auto id = queue::sha256_of(queue::system_files(), daemon::document_fd);
    ordered_json source{{"name", request.name},
                        {"sha256", *id},
                        {"bytes", bytes.size()},
                        {"media_type", "text/plain"},
                        {"received_at", request.received_at},
                        {"labels", request.labels}};
    ordered_json record{{"schema", "biaod.record/1"}, {"id", *id}, {"revision", 1}, {"source", source}};
    record["engine"] = {
        {"version", "test"}, {"tesseract", "none"}, {"languages", request.languages}, {"elapsed_ms", 0}};
    for (const char* list : {"pages", "blocks", "tables"}) record[list] = ordered_json::array();
    record["report"] = nullptr;
    record["provenance"] = ordered_json::object();
    for (const char* list : {"checks", "review"}) record[list] = ordered_json::array();
    record["status"] = "complete";
    return record;
}

// A report with one doubtful figure.
void make_report(ordered_json& record) {
    const std::string field = "/report/requests/received/total";
    const ordered_json box{10, 10, 20, 20};
    record["report"] = {{"type", "gov_info_annual_report"}, {"form", "2021"}, {"issuer", "甲镇"}, {"year", 2024}};
    record["report"]["requests"]["received"]["total"] = 8;
    record["provenance"][field] = {{"printed", "8"}, {"confidence", 0.5}, {"table", "t1"}, {"row", 1},
                                   {"col", 7},       {"page", 1},         {"bbox", box}};
    record["review"].push_back(
        {{"field", field}, {"reason", "low_confidence"}, {"printed", "8"}, {"page", 1}, {"bbox", box}});
    record["status"] = "needs_review";
}

// What a hostile document would try, once its code runs in the worker.
std::string attack(const Order& order) {
    const char* path = order.argument.c_str();
    const auto said = [](long result) { return std::string(result >= 0 ? "it works" : std::strerror(errno)); };
    if (order.word == "try_open") return said(::open(path, O_RDONLY));
    if (order.word == "try_create") return said(::open(path, O_WRONLY | O_CREAT, 0600));
    if (order.word == "try_stat") {
        struct stat status {};
        return said(::stat(path, &status));
    }
    if (order.word == "try_unlink") return said(::unlink(path));
    if (order.word == "try_write_document") return said(::write(daemon::document_fd, "x", 1));
    if (order.word == "try_socket") return said(::socket(AF_UNIX, SOCK_STREAM, 0));
    if (order.word == "try_internet") return said(::socket(AF_INET, SOCK_STREAM, 0));
    if (order.word == "try_exec") return said(::execl(path, path, nullptr));
    if (order.word == "try_fork") return said(::fork());
    if (order.word == "try_kill") return said(::kill(::getppid(), 0));
    if (order.word == "try_code") {
        return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                       MAP_FAILED
                   ? std::strerror(errno)
                   : "it works";
    }
    if (order.word == "try_thread") {
        std::string ran = "no";
        std::thread([&ran] { ran = "it works"; }).join();
        return ran;
    }
    if (order.word == "try_memory") {
        std::vector<std::unique_ptr<char[]>> all;  // ends with an exception, at a limit
        for (int mib = 0; mib < 4096; mib += 16) all.push_back(std::make_unique<char[]>(16u << 20));
        return "it works";
    }
    if (order.word == "try_environment") {
        std::string all;
        for (char** entry = environ; *entry; ++entry) all += std::string(*entry) + ";";
        return all;
    }
    return {};
}

bool made_now(const std::string& path) {
    if (std::filesystem::exists(path)) return false;
    std::ofstream(path) << "here";
    return true;
}

void write_raw(std::string_view bytes) { static_cast<void>(queue::system_files().write_all(daemon::result_fd, bytes)); }

Result<std::string> read_fake(const daemon::ReadRequest& request, std::string_view bytes,
                              const daemon::ReportProgress& report) {
    const Order order = order_of(bytes);
    if (order.word.starts_with("try_")) {
        return models::fail(ErrorKind::bad_input, "attack", attack(order));
    }
    ordered_json record = record_of(request, bytes);
    const auto is = [&](const char* word) { return order.word == word; };
    if (is("report")) make_report(record);
    if (is("crash") || (is("crash_once") && made_now(order.argument))) std::abort();
    if (is("exit")) ::_exit(0);
    while (is("spin")) std::atomic_signal_fence(std::memory_order_seq_cst);
    if (is("garbage")) write_raw("Segmentation fault (core dumped)\n");
    if (is("huge")) write_raw("R\xFF\xFF\xFF\xFF{}");
    if (is("garbage") || is("huge")) ::_exit(0);
    if (is("not_json")) return "{\"schema\": \"biaod.record/1\", ";
    if (is("deep")) return std::string(100'000, '[');
    if (is("wrong_id")) record["id"] = std::string(64, '0');
    if (is("no_tables")) record.erase("tables");
    if (is("late_crash")) write_raw(daemon::result_frame(record.dump()));
    if (is("late_crash")) std::abort();
    if (is("bad")) return models::fail(ErrorKind::bad_input, "render", "the page is damaged", 3);
    if (is("temporary") || (is("once") && made_now(order.argument))) {
        return models::fail(ErrorKind::temporary, "open", "not today");
    }
    if (is("over_limit")) return models::fail_at_limit("pages", "open", "too many pages");
    if (is("hang_at")) {  // page, pages
        std::istringstream numbers(order.argument);
        int page = 1, pages = 9;
        numbers >> page >> pages;
        report(page - 1, pages);
    }
    while (is("hang") || is("hang_at") || (is("wait") && !std::filesystem::exists(order.argument))) rest();
    for (int page = 1, pages = is("pages") ? std::atoi(order.argument.c_str()) : 0; page <= pages; ++page) {
        report(page, pages);
        rest();
    }
    if (is("annual")) record["report"] = {{"type", "gov_info_annual_report"}, {"form", "2021"}};
    return record.dump();
}

}  // namespace

Result<daemon::PreparedReader> prepare_fake(const daemon::ReadRequest& request) {
    daemon::PreparedReader prepared{read_fake, {}, {}};
    if (request.picture) {
        prepared.read = [](const daemon::ReadRequest& of, std::string_view, const daemon::ReportProgress&) {
            return Result<std::string>("\xFF\xD8\xFF page " + std::to_string(of.picture->page));
        };
    }
    static_cast<void>(queue::sha256_of(queue::system_files(), 0));  // the library loads its own files
    if (request.languages == "locked") return prepared;
    prepared.readable = {"/usr/share"};
    if (request.languages != "reading") prepared.writable = {std::filesystem::temp_directory_path().string()};
    return prepared;
}

}  // namespace biaod::tests
