#include "daemon/worker/standby_worker.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <cerrno>

#include "queue/file_layer.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;
using queue::Fd;

namespace {

constexpr std::uint64_t copied_at_most = 64u << 20;  // bytes

Result<void> copy_and_seal(const Fd& from, const Fd& to) {
    const auto look = queue::system_files().look(from.get());
    if (!look) return tl::unexpected(look.error());
    if (look->size > copied_at_most) return models::fail(ErrorKind::temporary, "worker", "too large for a copy");
    off_t done = 0;
    while (static_cast<std::uint64_t>(done) < look->size) {
        const ssize_t sent = ::sendfile(to.get(), from.get(), &done, look->size - static_cast<std::uint64_t>(done));
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return tl::unexpected(queue::system_error("worker", "copy the document"));
    }
    if (::fcntl(to.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return tl::unexpected(queue::system_error("worker", "seal the document"));
    return {};
}

}  // namespace

StandbyWorker::StandbyWorker(WorkerProcess process, Fd input, Fd document)
    : process_(std::move(process)), input_(std::move(input)), document_(std::move(document)) {}

Result<StandbyWorker> StandbyWorker::start(const WorkerCommand& command, const ReadRequest& like) {
    ReadRequest first = like;
    first.stand_by = true;
    Fd document(::memfd_create("biaod-document", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!document) return tl::unexpected(queue::system_error("worker", "make room for a document"));
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return tl::unexpected(queue::system_error("worker", "make a pipe"));
    const Fd reading(ends[0]);
    Fd writing(ends[1]);
    auto process = WorkerProcess::start_with(command, like, reading, document);
    if (!process) return tl::unexpected(process.error());
    if (auto put = queue::system_files().write_all(writing.get(), to_json(first).dump() + '\n'); !put)
        return tl::unexpected(put.error());
    return StandbyWorker(std::move(*process), std::move(writing), std::move(document));
}

bool StandbyWorker::waits() const {
    pollfd polled{process_.pipe(), POLLIN, 0};
    return ::poll(&polled, 1, 0) == 0;  // it neither spoke nor hung up
}

Result<WorkerProcess> StandbyWorker::hand_over(StandbyWorker worker, const ReadRequest& request, const Fd& document,
                                               const std::string& sha256, std::int64_t now_ms) {
    if (auto copied = copy_and_seal(document, worker.document_); !copied) return tl::unexpected(copied.error());
    if (auto put = queue::system_files().write_all(worker.input_.get(), to_json(request).dump() + '\n'); !put)
        return tl::unexpected(put.error());
    worker.process_.begin(sha256, now_ms);
    return std::move(worker.process_);
}

}  // namespace biaod::daemon
