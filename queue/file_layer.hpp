// The few file operations that the promise "never lost" rests on, behind an interface: tests replace it by one that
// runs out of disk, fails an fsync or forgets what was not synced.
//
// SECURITY: names come from whoever can write into the inbox. Each name is one path component, looked up below an open
// folder and never followed when it is a symbolic link; only regular files are opened, and a FIFO does not block.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>

#include "models/error.hpp"
#include "queue/fd.hpp"

namespace biaod::queue {

// What identifies one state of one file: equal looks mean that nobody wrote in between (as far as mtime tells).
struct FileLook {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t mtime_ns = 0;
    bool operator==(const FileLook&) const = default;
};

// Errors of all operations: kind temporary with the system's words, except where another kind is named.
class FileLayer {
  public:
    virtual ~FileLayer() = default;

    // Opens the folder at an absolute path, made with its parents (mode 0750) when it is not there.
    virtual models::Result<Fd> open_folder(const std::string& path);
    // Opens a folder below another; `make` makes it first. A symbolic link is an error.
    virtual models::Result<Fd> open_folder_below(int folder, const std::string& name, bool make);

    // For reading; bad_input when it is no regular file.
    virtual models::Result<Fd> open_file(int folder, const std::string& name);
    // A new file for writing, mode 0640; an existing one is an error.
    virtual models::Result<Fd> create_file(int folder, const std::string& name);

    virtual models::Result<std::size_t> read(int fd, std::span<char> buffer);  // 0 at the end
    virtual models::Result<void> write_all(int fd, std::span<const char> bytes);
    virtual models::Result<void> sync(int fd);  // file or folder
    virtual models::Result<FileLook> look(int fd);

    // Within one file system. Without `replace`, an existing target is an error (and stays as it is).
    virtual models::Result<void> move(int from, const std::string& name, int to, const std::string& new_name,
                                      bool replace);
    virtual models::Result<void> remove(int folder, const std::string& name);  // no error when it is not there
    virtual models::Result<std::uint64_t> free_bytes(int fd);                  // for an unprivileged writer
};

// The disk itself.
FileLayer& system_files();

}  // namespace biaod::queue
