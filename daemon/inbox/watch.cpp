#include "daemon/inbox/watch.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace biaod::daemon {

InboxWatch::InboxWatch(std::string inbox_path)
    : inbox_path_(std::move(inbox_path)), fd_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {}

bool InboxWatch::watch(const RelativePath& folder) {
    if (!fd_) return false;
    const std::string path = folder.empty() ? inbox_path_ : inbox_path_ + "/" + joined(folder);
    constexpr auto events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_DONT_FOLLOW;
    const int id = ::inotify_add_watch(fd_.get(), path.c_str(), events);
    if (id < 0) return false;
    folders_[id] = folder;  // a folder that was renamed keeps its watch and gets its new name here at the rescan
    return true;
}

WatchHints InboxWatch::read() {
    WatchHints hints;
    alignas(inotify_event) std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t got = ::read(fd_.get(), buffer.data(), buffer.size());
        if (got <= 0) return hints;
        for (ssize_t at = 0; at < got;) {
            inotify_event event{};
            std::memcpy(&event, buffer.data() + at, sizeof event);
            const char* name = buffer.data() + at + sizeof event;
            at += static_cast<ssize_t>(sizeof event + event.len);
            if (event.mask & IN_Q_OVERFLOW) hints.overflow = true;
            if (event.mask & IN_IGNORED) folders_.erase(event.wd);
            const auto folder = folders_.find(event.wd);
            if (event.len == 0 || folder == folders_.end()) continue;
            RelativePath path = folder->second;
            path.emplace_back(name);
            hints.paths.push_back(std::move(path));
        }
    }
}

}  // namespace biaod::daemon
