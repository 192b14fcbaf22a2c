// inotify on the inbox and its sub-folders: hints that something may have to be looked at. The truth is the rescan.
// One thread.
#pragma once

#include <map>
#include <vector>

#include "daemon/inbox/folders.hpp"
#include "models/error.hpp"
#include "queue/fd.hpp"

namespace biaod::daemon {

struct WatchHints {
    std::vector<RelativePath> paths;  // files or folders that appeared, were closed after writing, or were moved in
    bool overflow = false;            // the kernel dropped events: look at everything
};

class InboxWatch {
  public:
    // Works without inotify too (no descriptor left, for example): then there are no hints.
    explicit InboxWatch(std::string inbox_path);

    // Empty path: the inbox itself. Watching a folder twice changes nothing. false: the kernel's limit is reached.
    bool watch(const RelativePath& folder);
    WatchHints read();  // never waits
    int fd() const { return fd_.get(); }

  private:
    std::string inbox_path_;
    queue::Fd fd_;
    std::map<int, RelativePath> folders_;
};

}  // namespace biaod::daemon
