#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "queue/system.hpp"
#include "tests/queue/power_cut.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {

using models::Result;
namespace fs = std::filesystem;

namespace {

std::string path_of(int fd) { return fs::read_symlink("/proc/self/fd/" + std::to_string(fd)).string(); }

std::uint64_t inode_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

tl::unexpected<models::Error> refused(int code) {
    errno = code;
    return tl::unexpected(queue::system_error("files", "do that"));
}

}  // namespace

bool PowerCutFiles::turn() {
    if (cut_at > 0 && --cut_at == 0) cut_ = true;
    return cut_;
}

Result<queue::Fd> PowerCutFiles::create_file(int folder, const std::string& name) {
    if (turn()) return refused(EIO);
    auto file = FileLayer::create_file(folder, name);
    if (file) synced_size_[inode_of(path_of(file->get()))] = 0;
    return file;
}

Result<void> PowerCutFiles::write_all(int fd, std::span<const char> bytes) {
    if (turn()) return refused(EIO);
    const bool fits = bytes.size() <= room;
    const auto part = fits ? bytes : bytes.first(static_cast<std::size_t>(room));
    if (room != endless) room -= part.size();
    auto written = FileLayer::write_all(fd, part);
    if (written && !fits) return refused(ENOSPC);
    return written;
}

Result<void> PowerCutFiles::sync(int fd) {
    if (turn()) return refused(EIO);
    struct stat status {};
    ::fstat(fd, &status);
    if (S_ISDIR(status.st_mode)) {
        const std::string folder = path_of(fd);
        std::erase_if(renames_, [&](const Rename& each) { return fs::path(each.to).parent_path() == folder; });
    } else {
        synced_size_[status.st_ino] = static_cast<std::uint64_t>(status.st_size);
    }
    return {};
}

Result<void> PowerCutFiles::move(int from, const std::string& name, int to, const std::string& new_name, bool replace) {
    if (turn()) return refused(EIO);
    Rename rename{path_of(from) + "/" + name, path_of(to) + "/" + new_name, {}, false};
    rename.had_target = fs::exists(rename.to);
    if (rename.had_target) rename.replaced = read_file(rename.to);
    auto moved = FileLayer::move(from, name, to, new_name, replace);
    if (moved) renames_.push_back(rename);
    return moved;
}

Result<void> PowerCutFiles::remove(int folder, const std::string& name) {
    if (turn()) return refused(EIO);
    return FileLayer::remove(folder, name);
}

void PowerCutFiles::restore(Unsynced unsynced) {
    std::vector<std::string> places;
    for (const Rename& each : renames_) places.push_back(each.to);
    if (unsynced == Unsynced::lost) {
        for (auto each = renames_.rbegin(); each != renames_.rend(); ++each) {
            std::error_code gone;
            fs::create_directories(fs::path(each->from).parent_path(), gone);
            fs::rename(each->to, each->from, gone);
            if (each->had_target) write_file(each->to, each->replaced);
        }
    }
    if (unsynced != Unsynced::kept) {
        for (const Rename& each : renames_) {
            for (const std::string& path : {each.from, each.to}) {
                const auto made = synced_size_.find(inode_of(path));
                if (made == synced_size_.end() || fs::file_size(path) <= made->second) continue;
                const std::uint64_t rest = fs::file_size(path) - made->second;
                fs::resize_file(path, made->second + (unsynced == Unsynced::torn ? rest / 2 : 0));
            }
        }
    }
    renames_.clear();
    cut_ = false;
    cut_at = 0;
    room = endless;
}

}  // namespace biaod::tests
