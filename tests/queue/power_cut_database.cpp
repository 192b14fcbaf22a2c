#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <new>
#include <set>

#include "tests/queue/power_cut.hpp"
#include "tests/queue/support.hpp"

// A layer of SQLite's own kind (VFS): https://www.sqlite.org/vfs.html. It passes everything to the real one below, but
// for the operations that change a file.
namespace biaod::tests {

struct PowerCutDatabase::State {
    sqlite3_vfs* below = nullptr;
    sqlite3_vfs vfs{};
    sqlite3_io_methods methods{};
    int cut_at = 0;
    std::int64_t room = -1;
    bool fail_syncs = false;
    bool cut = false;
    int operations = 0;
    std::uint64_t reads = 0;
    std::map<std::string, std::string> synced;  // path → content at the last sync
    std::set<std::string> unsynced;             // paths that were written since

    bool turn() {
        ++operations;
        if (cut_at > 0 && --cut_at == 0) cut = true;
        return cut;
    }
};

namespace {

PowerCutDatabase::State* state = nullptr;

struct File {
    sqlite3_file base;
    char path[512];
    sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* below(sqlite3_file* file) { return of(file).below(); }
const sqlite3_io_methods& real(sqlite3_file* file) { return *below(file)->pMethods; }

int write(sqlite3_file* file, const void* data, int amount, sqlite3_int64 offset) {
    if (state->turn()) return SQLITE_IOERR_WRITE;
    state->unsynced.insert(of(file).path);
    if (state->room >= 0 && amount > state->room) {
        real(file).xWrite(below(file), data, static_cast<int>(state->room), offset);
        state->room = 0;
        return SQLITE_FULL;
    }
    if (state->room >= 0) state->room -= amount;
    return real(file).xWrite(below(file), data, amount, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (state->turn()) return SQLITE_IOERR_TRUNCATE;
    state->unsynced.insert(of(file).path);
    return real(file).xTruncate(below(file), size);
}

int sync(sqlite3_file* file, int) {
    if (state->turn() || state->fail_syncs) return SQLITE_IOERR_FSYNC;
    state->synced[of(file).path] = read_file(of(file).path);
    state->unsynced.erase(of(file).path);
    return SQLITE_OK;
}

// Everything that only looks, locks or maps.
int close(sqlite3_file* f) { return below(f)->pMethods ? real(f).xClose(below(f)) : SQLITE_OK; }
int read(sqlite3_file* f, void* data, int n, sqlite3_int64 at) {
    ++state->reads;
    return real(f).xRead(below(f), data, n, at);
}
int size(sqlite3_file* f, sqlite3_int64* bytes) { return real(f).xFileSize(below(f), bytes); }
int lock(sqlite3_file* f, int level) { return real(f).xLock(below(f), level); }
int unlock(sqlite3_file* f, int level) { return real(f).xUnlock(below(f), level); }
int reserved(sqlite3_file* f, int* out) { return real(f).xCheckReservedLock(below(f), out); }
int control(sqlite3_file* f, int op, void* arg) { return real(f).xFileControl(below(f), op, arg); }
int sector(sqlite3_file* f) { return real(f).xSectorSize(below(f)); }
int traits(sqlite3_file* f) { return real(f).xDeviceCharacteristics(below(f)) & ~SQLITE_IOCAP_BATCH_ATOMIC; }
int shm_map(sqlite3_file* f, int page, int bytes, int extend, void volatile** out) {
    return real(f).xShmMap(below(f), page, bytes, extend, out);
}
int shm_lock(sqlite3_file* f, int at, int n, int flags) { return real(f).xShmLock(below(f), at, n, flags); }
void shm_barrier(sqlite3_file* f) { real(f).xShmBarrier(below(f)); }
int shm_unmap(sqlite3_file* f, int remove) { return real(f).xShmUnmap(below(f), remove); }

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    File& made = *new (file) File{};
    if (name) std::strncpy(made.path, name, sizeof made.path - 1);
    const bool is_new = !name || !std::filesystem::exists(name);
    const int code = state->below->xOpen(state->below, name, made.below(), flags, out_flags);
    if (code == SQLITE_OK) made.base.pMethods = &state->methods;
    if (code == SQLITE_OK && name && !state->synced.contains(name)) state->synced[name] = is_new ? "" : read_file(name);
    return code;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
    if (state->turn()) return SQLITE_IOERR_DELETE;
    state->synced.erase(name);
    state->unsynced.erase(name);
    return state->below->xDelete(state->below, name, sync_folder);
}

}  // namespace

PowerCutDatabase::PowerCutDatabase() : state_(std::make_unique<State>()) {
    state = state_.get();
    state->below = sqlite3_vfs_find(nullptr);
    state->vfs = *state->below;
    state->vfs.pNext = nullptr;
    state->vfs.zName = "power-cut";
    state->vfs.szOsFile = static_cast<int>(sizeof(File)) + state->below->szOsFile;
    state->vfs.xOpen = open;
    state->vfs.xDelete = remove;
    state->methods = {2,       close,  read,   write,   truncate, sync,        size,      lock,    unlock, reserved,
                      control, sector, traits, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};
    sqlite3_vfs_register(&state->vfs, 1);
}

PowerCutDatabase::~PowerCutDatabase() {
    sqlite3_vfs_unregister(&state_->vfs);
    sqlite3_vfs_register(state_->below, 1);
    state = nullptr;
}

void PowerCutDatabase::cut_at(int operation) { state_->cut_at = operation; }
void PowerCutDatabase::set_room(std::int64_t bytes) { state_->room = bytes; }
void PowerCutDatabase::fail_syncs(bool fail) { state_->fail_syncs = fail; }
int PowerCutDatabase::operations() const { return state_->operations; }

std::uint64_t PowerCutDatabase::reads() const { return state_->reads; }

void PowerCutDatabase::restore(Unsynced unsynced) {
    for (const std::string& path : state_->unsynced) {
        if (unsynced == Unsynced::kept) continue;
        const std::string before = state_->synced[path], now = read_file(path);
        std::string content = before;
        if (unsynced == Unsynced::torn && now.size() > before.size()) {
            content = before + now.substr(before.size(), (now.size() - before.size()) / 2);
        }
        write_file(path, content);
    }
    // The index of the WAL lives in memory that the cut has emptied.
    for (const auto& [path, content] : state_->synced) {
        std::error_code none;
        std::filesystem::remove(path + "-shm", none);
    }
    *state_ = State{state_->below, state_->vfs, state_->methods, 0, -1, false, false, 0, 0, {}, {}};
}

}  // namespace biaod::tests
