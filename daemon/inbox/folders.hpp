// The inbox and the folders around it, as open descriptors, and the way of a path below them.
//
//   <inbox>/.biaod-claim/<random>/<sub-folders>/<name>   claimed: the original, until its job is at rest
//   <done>/<sub-folders>/<name>                          read
//   <failed>/<sub-folders>/<name> and <name>.reason.json
//
// A claimed original keeps its name and its sub-folders below a random folder: one rename moves the file and the
// knowledge of where it came from, so that a crash can never part them. (Rejected: a journal row or a side file for the
// name; each would need its own fsync before the rename, and could be lost without the file.) Claiming is a rename:
// claim, done and failed must be on the inbox's file system.
//
// SECURITY: paths are taken apart and walked with O_NOFOLLOW, one component at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "models/error.hpp"
#include "queue/fd.hpp"
#include "queue/file_layer.hpp"

namespace biaod::daemon {

inline constexpr const char* claim_folder_name = ".biaod-claim";
inline constexpr int folder_depth_at_most = 16;

// Sub-folders and name below some folder; never empty, no component is "", "." or "..".
using RelativePath = std::vector<std::string>;
std::string joined(const RelativePath& path);

struct InboxFolders {
    queue::FileLayer* files = nullptr;
    std::string inbox_path;
    queue::Fd inbox, claim, done, failed;
    std::vector<RelativePath> excluded;  // done and failed, where they are inside the inbox
    bool network = false;                // NFS, SMB, FUSE: inotify does not see other hosts' writes

    // Makes what is missing (the inbox too). config when they are not on one file system.
    static models::Result<InboxFolders> open(const IntakeConfig& config, queue::FileLayer& files);

    // The folder that holds the path's last component.
    models::Result<queue::Fd> parent(int below, const RelativePath& path, bool make) const;
};

struct FoundFile {
    RelativePath path;
    queue::FileLook look;
};

// Walks a folder: regular files to `file`, sub-folders (before their content) to `folder`, which may refuse them with
// false. Other things (links, FIFOs, devices) go to `odd`. What vanishes meanwhile is passed over.
struct FolderVisitor {
    std::function<void(const FoundFile&)> file;
    std::function<bool(const RelativePath&)> folder;
    std::function<void(const RelativePath&)> odd;
};
void walk(int folder, const RelativePath& prefix, const FolderVisitor& visitor);

// nullopt: there is no regular file of this name.
std::optional<queue::FileLook> look_at(int folder, const std::string& name);
bool exists(int folder, const std::string& name);

// Removes the folder <name> below `folder` with all folders in it; files stop it silently.
void remove_empty_tree(int folder, const std::string& name);

}  // namespace biaod::daemon
