// Disks that lose power or fill up: one behind FileLayer (spool, originals), one below SQLite (journal).
//
// Both model the worst that POSIX allows: what was not synced is gone, or there in part; a rename whose folder was not
// synced may or may not have happened. Both count operations, so that a test can try each.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "queue/file_layer.hpp"

namespace biaod::tests {

enum class Unsynced { lost, torn, kept };  // torn: half of it, and renames have happened

class PowerCutFiles : public queue::FileLayer {
  public:
    static constexpr std::uint64_t endless = std::numeric_limits<std::uint64_t>::max();
    int cut_at = 0;                // this operation (1 is the next) and all after it fail; 0: never
    std::uint64_t room = endless;  // bytes that can still be written
    // Power is back, and the disk is what survived.
    void restore(Unsynced unsynced);
    bool is_cut() const { return cut_; }

    models::Result<queue::Fd> create_file(int folder, const std::string& name) override;
    models::Result<void> write_all(int fd, std::span<const char> bytes) override;
    models::Result<void> sync(int fd) override;
    models::Result<void> move(int from, const std::string& name, int to, const std::string& new_name,
                              bool replace) override;
    models::Result<void> remove(int folder, const std::string& name) override;
    models::Result<std::uint64_t> free_bytes(int) override { return endless / 2; }

  private:
    struct Rename {
        std::string from, to;
        std::string replaced;  // content of what stood there
        bool had_target = false;
    };
    bool turn();

    bool cut_ = false;
    std::map<std::uint64_t, std::uint64_t> synced_size_;  // by inode, of files made here
    std::vector<Rename> renames_;                         // not synced yet
};

// SQLite's disk. While one exists, every database that is opened goes through it. One at a time, one thread.
class PowerCutDatabase {
  public:
    PowerCutDatabase();
    ~PowerCutDatabase();
    void cut_at(int operation);         // writes, syncs, truncations; 1 is the next, 0: never
    void set_room(std::int64_t bytes);  // the disk is full after so many more bytes written; -1: endless
    void fail_syncs(bool fail);         // only the syncs, the rest goes on
    std::uint64_t reads() const;        // pages and headers read, so far
    int operations() const;             // so far
    void restore(Unsynced unsynced);    // all databases are closed; the files become what survived

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace biaod::tests
