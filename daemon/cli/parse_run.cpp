#include "daemon/cli/parse_run.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <map>

#include "daemon/cli/command_line.hpp"
#include "daemon/log.hpp"
#include "daemon/supervisor.hpp"
#include "queue/file_layer.hpp"
#include "queue/messages.hpp"
#include "queue/spool.hpp"

namespace biaod::daemon {

using models::Result;
using nlohmann::ordered_json;

namespace {

std::string failure_line(const std::string& name, const models::Error& error) {
    std::string line = shown(name) + ": ";
    if (error.page > 0) line += "page " + std::to_string(error.page) + ": ";
    return line + shown(error.reason) + " (" + shown(error.stage) + ", " + models::to_string(error.kind) + ")";
}

class ParseRun {
  public:
    ParseRun(const ParseOptions& options, const std::vector<std::string>& worker, std::ostream& out, std::ostream& err)
        : options_(options), out_(out), err_(err), pool_(command(worker), queue::system_clock()) {}

    int run() {
        while (printed_ < options_.files.size()) {
            while (next_ < options_.files.size() && pool_.running() < static_cast<std::size_t>(options_.jobs)) {
                start(next_++);
            }
            if (pool_.running() > 0) {
                for (FinishedWork& finished : pool_.wait(500, -1)) {
                    outcomes_[static_cast<std::size_t>(finished.key)] = std::move(finished.outcome);
                }
            }
            print_ready();
            show_progress();
        }
        return code_;
    }

  private:
    static WorkerCommand command(const std::vector<std::string>& worker) {
        WorkerCommand made = worker_command(Config{});
        made.arguments = worker;
        return made;
    }

    void start(std::size_t index) {
        const auto started = try_start(index);
        if (started) return;
        Outcome outcome;
        outcome.kind = Outcome::Kind::failure;
        outcome.failure.error = started.error();
        outcomes_[index] = outcome;
    }

    Result<void> try_start(std::size_t index) {
        const std::string& file = options_.files[index];
        const auto opened = open_document(file);
        if (!opened) return tl::unexpected(opened.error());
        ReadRequest request = base_request(Config{});
        request.name = queue::utf8_of(std::filesystem::path(file).filename().string());
        request.received_at = queue::rfc3339(queue::system_clock().unix_ms());
        request.languages = options_.languages;
        request.sandbox_debug = options_.sandbox_debug;
        request.threads = options_.files.size() == 1 ? options_.jobs : 1;
        if (!options_.overlay_dir.empty())
            request.overlay_dir = std::filesystem::absolute(options_.overlay_dir).string();
        return pool_.start(static_cast<std::int64_t>(index), request, *opened, "");
    }

    // The caller named the file: links are followed here, other than in the inbox.
    static Result<queue::Fd> open_document(const std::string& file) {
        std::error_code ignored;
        const std::filesystem::path path(file);
        if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
            return models::fail(models::ErrorKind::bad_input, "open", "it is not a regular file");
        }
        queue::Fd opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
        if (opened) return opened;
        models::Error error = queue::system_error("open", "open the file");
        error.kind = models::ErrorKind::bad_input;
        return tl::unexpected(error);
    }

    void print_ready() {
        for (auto found = outcomes_.find(printed_); found != outcomes_.end(); found = outcomes_.find(printed_)) {
            clear_progress();
            print(options_.files[printed_], found->second);
            outcomes_.erase(found);
            ++printed_;
        }
    }

    void print(const std::string& file, const Outcome& outcome) {
        if (outcome.kind == Outcome::Kind::record) {
            out_ << outcome.record.dump() << '\n';
        } else {
            code_ = exit_input_failed;
            err_ << failure_line(file, outcome.failure.error) << '\n';
            if (options_.failures) {
                out_ << failure_json(file, outcome.failure.error).dump() << '\n';
            }
        }
        out_.flush();
    }

    // With hash and size, where the file can be read at all.
    static ordered_json failure_json(const std::string& file, const models::Error& error) {
        queue::Arrival arrival;
        arrival.name = std::filesystem::path(file).filename().string();
        arrival.received_ms = queue::system_clock().unix_ms();
        const auto opened = open_document(file);
        const auto look = opened ? queue::system_files().look(opened->get()) : tl::unexpected(opened.error());
        const auto hash = look ? queue::sha256_of(queue::system_files(), opened->get()) : tl::unexpected(look.error());
        if (!hash) return queue::failure_body(arrival, nullptr, error);
        const queue::Content content{*hash, look->size};
        return queue::failure_body(arrival, &content, error);
    }

    void clear_progress() {
        if (progress_shown_) err_ << "\r\x1b[K" << std::flush;
        progress_shown_ = false;
    }

    void show_progress() {
        if (!terminal_ || printed_ >= options_.files.size()) return;
        std::string pages;
        for (const std::int64_t key : pool_.keys()) {
            const PipeProgress* progress = pool_.progress(key);
            if (progress && pages.size() < 40) {
                pages += " " + std::to_string(progress->pages_done) + "/" + std::to_string(progress->pages_total);
            }
        }
        err_ << "\r\x1b[K" << printed_ << " of " << options_.files.size() << " documents";
        if (!pages.empty()) err_ << ", pages" << pages;
        err_ << std::flush;
        progress_shown_ = true;
    }

    const ParseOptions& options_;
    std::ostream& out_;
    std::ostream& err_;
    WorkerPool pool_;
    std::map<std::size_t, Outcome> outcomes_;  // finished, but a file before it is not
    std::size_t next_ = 0;
    std::size_t printed_ = 0;
    int code_ = exit_done;
    bool terminal_ = ::isatty(STDERR_FILENO) == 1;
    bool progress_shown_ = false;
};

}  // namespace

int run_parse(const ParseOptions& options, const std::vector<std::string>& worker, std::ostream& out,
              std::ostream& err) {
    if (!options.overlay_dir.empty()) {
        std::error_code failed;
        std::filesystem::create_directories(options.overlay_dir, failed);
        if (failed) {
            err << "biaod: cannot make the folder " << shown(options.overlay_dir) << ": " << failed.message() << '\n';
            return exit_usage;
        }
    }
    return ParseRun(options, worker, out, err).run();
}

}  // namespace biaod::daemon
