#include "daemon/worker/main.hpp"

#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <exception>

#include "daemon/worker/pipe.hpp"
#include "daemon/worker/sandbox.hpp"
#include "queue/file_layer.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

constexpr int stand_by_ms = 15 * 60'000;

// The document's bytes, mapped: pages of the file that are never looked at cost nothing.
class MappedDocument {
  public:
    MappedDocument() = default;
    MappedDocument(const MappedDocument&) = delete;
    MappedDocument& operator=(const MappedDocument&) = delete;
    ~MappedDocument() {
        if (memory_) ::munmap(memory_, size_);
    }

    Result<void> map(int fd, std::uint64_t max_bytes) {
        struct stat status {};
        if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
            return models::fail(ErrorKind::bad_input, "open", "it is not a regular file");
        }
        size_ = static_cast<std::size_t>(status.st_size);
        if (size_ == 0) return models::fail(ErrorKind::bad_input, "open", "the file is empty");
        if (size_ > max_bytes) {
            return models::fail_at_limit(
                "file_size", "open", "the file is larger than the limit of " + std::to_string(max_bytes) + " bytes");
        }
        void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
        if (mapped == MAP_FAILED) return tl::unexpected(queue::system_error("open", "map the file"));
        memory_ = mapped;
        return {};
    }

    std::string_view bytes() const { return {static_cast<const char*>(memory_), memory_ ? size_ : 0}; }

  private:
    void* memory_ = nullptr;
    std::size_t size_ = 0;
};

// Requests on the standard input, a line each.
class Requests {
  public:
    // `wait_ms`: for its first byte; -1: without an end.
    Result<ReadRequest> next(int wait_ms) {
        std::array<char, 4096> buffer{};
        std::size_t end = 0;
        while ((end = text_.find('\n')) == std::string::npos) {
            pollfd polled{STDIN_FILENO, POLLIN, 0};
            if (::poll(&polled, 1, wait_ms) == 0)
                return models::fail(ErrorKind::temporary, "worker", "no request came");
            const auto got = queue::system_files().read(STDIN_FILENO, buffer);
            if (!got) return tl::unexpected(got.error());
            if (*got == 0) return models::fail(ErrorKind::internal, "worker", "the request is incomplete");
            text_.append(buffer.data(), *got);
        }
        auto request = read_request_from(text_.substr(0, end));
        text_.erase(0, end + 1);
        return request;
    }

  private:
    std::string text_;
};

Result<std::string> work(const PrepareReader& prepare) {
    Requests requests;
    auto request = requests.next(-1);
    if (!request) return tl::unexpected(request.error());
    const auto prepared = prepare(*request);
    if (!prepared) return tl::unexpected(prepared.error());
    const SandboxPlan plan{prepared->readable, prepared->writable, request->sandbox_debug};
    if (auto locked = lock_down(plan); !locked) return tl::unexpected(locked.error());
    if (request->stand_by) request = requests.next(stand_by_ms);
    if (!request) return tl::unexpected(request.error());

    MappedDocument document;
    if (auto mapped = document.map(document_fd, request->max_bytes); !mapped) return tl::unexpected(mapped.error());
    return prepared->read(*request, document.bytes(), [](int done, int total) {
        const PipeProgress progress{static_cast<std::uint32_t>(done), static_cast<std::uint32_t>(total)};
        // A parent that is gone does not matter: it takes this process with it.
        static_cast<void>(queue::system_files().write_all(result_fd, progress_frame(progress)));
    });
}

}  // namespace

void worker_main(const PrepareReader& prepare) {
    Result<std::string> verdict = models::fail(ErrorKind::internal, "worker", "nothing was read");
    try {
        verdict = work(prepare);
    } catch (const std::bad_alloc&) {
        verdict = models::fail_at_limit("memory", "worker",
                                        "the document needs more memory than a reader may use (limits.memory_mib)");
    } catch (const std::exception& error) {
        verdict = models::fail(ErrorKind::internal, "worker", std::string("unexpected: ") + error.what());
    }
    const std::string frame = verdict ? result_frame(*verdict) : failure_frame(verdict.error());
    const bool written = queue::system_files().write_all(result_fd, frame).has_value();
    // The parent waits for the end, and what libraries take down at the end of a process takes them milliseconds.
    std::_Exit(written ? 0 : 1);
}

}  // namespace biaod::daemon
