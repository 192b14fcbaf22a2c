#include "daemon/inbox/upload.hpp"

#include <algorithm>

#include "daemon/inbox/folders.hpp"
#include "daemon/inbox/put_away.hpp"
#include "daemon/log.hpp"
#include "queue/messages.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

constexpr std::size_t longest_name = 200;
constexpr int names_tried = 100;

}  // namespace

bool is_safe_name(const std::string& name) {
    if (name.empty() || name.size() > longest_name || queue::utf8_of(name) != name || shown(name) != name) return false;
    if (name.find_first_of("/\\") != std::string::npos || name.front() == '.' || name.starts_with("~$")) return false;
    return std::ranges::none_of(std::initializer_list<const char*>{".part", ".tmp", ".crdownload"},
                                [&](const char* ending) { return name.ends_with(ending); });
}

Upload::Upload(queue::FileLayer& files, queue::Fd folder, queue::Fd file, std::string draft, std::uint64_t max_bytes)
    : files_(&files), folder_(std::move(folder)), file_(std::move(file)), draft_(std::move(draft)), left_(max_bytes) {}

Upload::~Upload() {
    if (folder_ && file_ && !draft_.empty()) static_cast<void>(files_->remove(folder_.get(), draft_));
}

Result<Upload> Upload::begin(const std::string& inbox, queue::FileLayer& files, queue::Random& random,
                             std::uint64_t max_bytes) {
    auto folder = files.open_folder(inbox);
    if (!folder) return tl::unexpected(folder.error());
    const std::string draft = ".biaod-upload-" + queue::random_hex(random, 8) + ".part";
    auto file = files.create_file(folder->get(), draft);
    if (!file) return tl::unexpected(file.error());
    return Upload(files, std::move(*folder), std::move(*file), draft, max_bytes);
}

Result<void> Upload::take(std::string_view bytes) {
    if (bytes.size() > left_) return models::fail(ErrorKind::bad_input, "upload", "the file is too large");
    left_ -= bytes.size();
    return files_->write_all(file_.get(), {bytes.data(), bytes.size()});
}

Result<std::string> Upload::finish(const std::string& name) {
    if (auto synced = files_->sync(file_.get()); !synced) return tl::unexpected(synced.error());
    for (int n = 1; n <= names_tried; ++n) {
        const std::string free_name = numbered_name(name, n);
        if (exists(folder_.get(), free_name)) continue;
        if (auto moved = files_->move(folder_.get(), draft_, folder_.get(), free_name, false); !moved) {
            if (exists(folder_.get(), free_name)) continue;  // somebody was faster
            return tl::unexpected(moved.error());
        }
        draft_.clear();
        if (auto synced = files_->sync(folder_.get()); !synced) return tl::unexpected(synced.error());
        return free_name;
    }
    return models::fail(ErrorKind::temporary, "upload", "too many files of this name wait in the inbox");
}

}  // namespace biaod::daemon
