// What must hold once the daemon has come to rest, however often it died before. Shared by the crash tests and the
// soak.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace biaod::tests {

// A file that was put into the inbox. Paths are never used twice; a content that fails is dropped once only (dropped
// again it would rightly be tried again).
struct Dropped {
    std::string path;  // below the inbox
    std::string content;
};

// A consumer as the documentation advises: it remembers what it has, drops what it has already, acknowledges after.
// It goes on over restarts of the daemon; leave() and a new one are a restart of the consumer.
class CarefulConsumer {
  public:
    using Memory = std::map<std::uint64_t, std::string>;  // sequence → body: what a database would hold

    // `memory` outlives the consumer. `pause_ms` after each message makes a slow one.
    CarefulConsumer(const std::string& root, const std::string& name, Memory& memory, int pause_ms = 0);
    ~CarefulConsumer();
    std::uint64_t through() const { return through_; }  // any thread
    std::vector<std::string> end();                     // stops; what went wrong

  private:
    void run(const std::string& root, const std::string& name, int pause_ms);

    Memory& memory_;
    std::atomic<bool> stop_ = false;
    std::atomic<std::uint64_t> through_ = 0;
    std::vector<std::string> faults_;
    std::thread thread_;
};

// The configuration with which both programs run: `root`/inbox, `root`/state, ipc sockets in `root`.
std::string quick_configuration(const std::string& worker);

// Nothing waits or runs, and every claimed file was moved. False while the daemon has something to do.
bool is_at_rest(const std::string& root, std::size_t files);
std::uint64_t head_of(const std::string& root);

struct Verdict {
    std::vector<std::string> faults;  // sentences; empty: every promise was kept
    int lost = 0, twice = 0, orphans = 0;
    int done = 0, failed = 0;  // files
    std::uint64_t messages = 0;
};
// `revisions`: of each document that was read.
Verdict judge(const std::string& root, const std::vector<Dropped>& dropped, const CarefulConsumer::Memory& seen,
              int revisions = 1);

}  // namespace biaod::tests
