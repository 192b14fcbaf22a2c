#include "queue/file_layer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "queue/system.hpp"

namespace biaod::queue {

using models::ErrorKind;
using models::Result;

namespace {

tl::unexpected<models::Error> refused(const std::string& doing) {
    return tl::unexpected<models::Error>(system_error("files", doing));
}

}  // namespace

Result<Fd> FileLayer::open_folder(const std::string& path) {
    std::error_code ignored;  // the open below tells what is wrong
    std::filesystem::create_directories(path, ignored);
    Fd folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return refused("open the folder " + path);
    return folder;
}

Result<Fd> FileLayer::open_folder_below(int folder, const std::string& name, bool make) {
    if (make && ::mkdirat(folder, name.c_str(), 0750) != 0 && errno != EEXIST) return refused("make a folder");
    Fd below(::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!below) return refused("open a folder");
    return below;
}

Result<Fd> FileLayer::open_file(int folder, const std::string& name) {
    Fd file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file) {
        if (errno == ELOOP) return models::fail(ErrorKind::bad_input, "open", "it is a symbolic link");
        return refused("open the file");
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return refused("look at the file");
    if (!S_ISREG(status.st_mode)) return models::fail(ErrorKind::bad_input, "open", "it is not a regular file");
    return file;
}

Result<Fd> FileLayer::create_file(int folder, const std::string& name) {
    Fd file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640));
    if (!file) return refused("create a file");
    return file;
}

Result<std::size_t> FileLayer::read(int fd, std::span<char> buffer) {
    for (;;) {
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) return refused("read the file");
    }
}

Result<void> FileLayer::write_all(int fd, std::span<const char> bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(fd, bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) return refused("write");
        if (put > 0) bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

Result<void> FileLayer::sync(int fd) {
    // A failed fsync is not tried again: the kernel may have dropped the dirty pages and then reports success.
    if (::fsync(fd) != 0) return refused("write through to the disk");
    return {};
}

Result<FileLook> FileLayer::look(int fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) return refused("look at the file");
    return FileLook{status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                    status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
}

Result<void> FileLayer::move(int from, const std::string& name, int to, const std::string& new_name, bool replace) {
    if (replace) {
        if (::renameat(from, name.c_str(), to, new_name.c_str()) != 0) return refused("rename a file");
        return {};
    }
    if (::renameat2(from, name.c_str(), to, new_name.c_str(), RENAME_NOREPLACE) == 0) return {};
    // File systems without RENAME_NOREPLACE (NFS, some FUSE) say EINVAL: look first there. Nobody but us writes into
    // the folders that we move to, so that the look holds.
    if (errno != EINVAL && errno != ENOSYS) return refused("rename a file");
    struct stat status {};
    if (::fstatat(to, new_name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return refused("rename a file");
    }
    if (::renameat(from, name.c_str(), to, new_name.c_str()) != 0) return refused("rename a file");
    return {};
}

Result<void> FileLayer::remove(int folder, const std::string& name) {
    if (::unlinkat(folder, name.c_str(), 0) != 0 && errno != ENOENT) return refused("remove a file");
    return {};
}

Result<std::uint64_t> FileLayer::free_bytes(int fd) {
    struct statvfs status {};
    if (::fstatvfs(fd, &status) != 0) return refused("ask for the free space");
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

FileLayer& system_files() {
    static FileLayer layer;
    return layer;
}

}  // namespace biaod::queue
