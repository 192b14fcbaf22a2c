#include "daemon/inbox/folders.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <memory>

#include "queue/system.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;
using queue::Fd;

namespace {

struct Entry {
    std::string name;
    struct stat status {};
};

std::vector<Entry> entries(int folder) {
    std::vector<Entry> all;
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(copy < 0 ? nullptr : ::fdopendir(copy), ::closedir);
    if (!listing && copy >= 0) ::close(copy);
    while (const dirent* found = listing ? ::readdir(listing.get()) : nullptr) {
        Entry entry;
        entry.name = found->d_name;
        if (entry.name == "." || entry.name == "..") continue;
        if (::fstatat(folder, found->d_name, &entry.status, AT_SYMLINK_NOFOLLOW) == 0) all.push_back(std::move(entry));
    }
    return all;
}

queue::FileLook look_of(const struct stat& status) {
    return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
            status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
}

bool on_network(int folder) {
    constexpr unsigned smb2 = 0xFE534D42, cifs = 0xFF534D42;
    struct statfs status {};
    if (::fstatfs(folder, &status) != 0) return false;
    const auto type = static_cast<unsigned>(status.f_type);
    return type == NFS_SUPER_MAGIC || type == smb2 || type == cifs || type == FUSE_SUPER_MAGIC;
}

// "/a/inbox/done" below "/a/inbox" → {"done"}
std::optional<RelativePath> below(const std::string& inner, const std::string& outer) {
    if (!inner.starts_with(outer + "/")) return std::nullopt;
    RelativePath path;
    std::string rest = inner.substr(outer.size() + 1);
    for (std::size_t slash = rest.find('/'); slash != std::string::npos; slash = rest.find('/')) {
        path.push_back(rest.substr(0, slash));
        rest.erase(0, slash + 1);
    }
    path.push_back(rest);
    return path;
}

}  // namespace

std::string joined(const RelativePath& path) {
    std::string text;
    for (const std::string& part : path) text += (text.empty() ? "" : "/") + part;
    return text;
}

Result<InboxFolders> InboxFolders::open(const IntakeConfig& config, queue::FileLayer& files) {
    InboxFolders folders;
    folders.files = &files;
    folders.inbox_path = config.inbox;
    auto inbox = files.open_folder(config.inbox);
    if (!inbox) return tl::unexpected(inbox.error());
    auto claim = files.open_folder_below(inbox->get(), claim_folder_name, true);
    if (!claim) return tl::unexpected(claim.error());
    auto done = files.open_folder(config.done);
    if (!done) return tl::unexpected(done.error());
    auto failed = files.open_folder(config.failed);
    if (!failed) return tl::unexpected(failed.error());
    const auto base = files.look(inbox->get());
    for (const Fd* other : {&*claim, &*done, &*failed}) {
        const auto look = files.look(other->get());
        if (!base || !look || look->device != base->device) {
            return models::fail(ErrorKind::config, "intake",
                                "the folders done and failed must be on the file system of the inbox " + config.inbox);
        }
    }
    folders.network = on_network(inbox->get());
    folders.inbox = std::move(*inbox);
    folders.claim = std::move(*claim);
    folders.done = std::move(*done);
    folders.failed = std::move(*failed);
    for (const std::string& path : {config.done, config.failed}) {
        if (auto inside = below(path, config.inbox)) folders.excluded.push_back(*inside);
    }
    return folders;
}

Result<Fd> InboxFolders::parent(int below, const RelativePath& path, bool make) const {
    Fd folder(::openat(below, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return tl::unexpected(queue::system_error("intake", "open a folder"));
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        auto next = files->open_folder_below(folder.get(), path[i], make);
        if (!next) return next;
        folder = std::move(*next);
    }
    return folder;
}

void walk(int folder, const RelativePath& prefix, const FolderVisitor& visitor) {
    for (const Entry& entry : entries(folder)) {
        RelativePath path = prefix;
        path.push_back(entry.name);
        if (S_ISREG(entry.status.st_mode)) {
            visitor.file({path, look_of(entry.status)});
        } else if (!S_ISDIR(entry.status.st_mode)) {
            visitor.odd(path);
        } else if (path.size() <= folder_depth_at_most && visitor.folder(path)) {
            const Fd below(::openat(folder, entry.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
            if (below) walk(below.get(), path, visitor);
        }
    }
}

std::optional<queue::FileLook> look_at(int folder, const std::string& name) {
    struct stat status {};
    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return look_of(status);
}

bool exists(int folder, const std::string& name) {
    struct stat status {};
    return ::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void remove_empty_tree(int folder, const std::string& name) {
    if (const Fd below(::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)); below) {
        for (const Entry& entry : entries(below.get())) {
            if (S_ISDIR(entry.status.st_mode)) remove_empty_tree(below.get(), entry.name);
        }
    }
    ::unlinkat(folder, name.c_str(), AT_REMOVEDIR);
}

}  // namespace biaod::daemon
