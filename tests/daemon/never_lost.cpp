#include "tests/daemon/never_lost.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "queue/bus_client.hpp"
#include "queue/messages.hpp"
#include "queue/sqlite_store.hpp"
#include "queue/system.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::unique_ptr<queue::Store> journal_of(const std::string& root) {
    auto store = queue::open_sqlite_store_read_only(root + "/state/journal.sqlite", queue::system_clock());
    return store ? std::move(*store) : nullptr;
}

std::vector<queue::Message> messages_of(queue::Store& store) {
    std::vector<queue::Message> all;
    for (;;) {
        const auto window = store.outbox().fetch(all.size() + 1, 1000, 64 << 20, "");
        if (!window || window->messages.empty()) return all;
        all.insert(all.end(), window->messages.begin(), window->messages.end());
    }
}

std::map<std::string, std::string> files_below(const fs::path& folder) {
    std::map<std::string, std::string> files;
    if (!fs::exists(folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
    }
    return files;
}

class Judge {
  public:
    Judge(const std::string& root, const std::vector<Dropped>& dropped, int revisions)
        : root_(root), dropped_(dropped), revisions_(revisions) {}

    Verdict verdict(const CarefulConsumer::Memory& seen) {
        judge_files();
        store_ = journal_of(root_);
        if (!store_) {
            fault("there is no journal");
            return verdict_;
        }
        judge_jobs();
        judge_messages(seen);
        judge_spool();
        return verdict_;
    }

  private:
    void fault(const std::string& text) { verdict_.faults.push_back(text); }

    void judge_files() {
        const auto done = files_below(root_ + "/inbox/done"), failed = files_below(root_ + "/inbox/failed");
        std::size_t expected = 0;
        for (const Dropped& file : dropped_) {
            const auto in_done = done.find(file.path), in_failed = failed.find(file.path);
            const int places = (in_done != done.end()) + (in_failed != failed.end());
            if (places != 1) {
                ++(places == 0 ? verdict_.lost : verdict_.twice);
                fault(file.path + " is in " + std::to_string(places) + " places");
                continue;
            }
            const bool well = in_done != done.end();
            ++(well ? verdict_.done : verdict_.failed);
            if ((well ? in_done : in_failed)->second != file.content) fault(file.path + " has another content now");
            if (!well && !failed.contains(file.path + ".reason.json")) fault(file.path + " failed without a reason");
            expected += well ? 1 : 2;
        }
        const std::size_t present = files_below(root_ + "/inbox").size();
        if (present != expected) {
            verdict_.orphans += static_cast<int>(present) - static_cast<int>(expected);
            fault(std::to_string(present) + " files stand below the inbox, " + std::to_string(expected) + " should");
        }
        if (names_in(root_ + "/inbox/.biaod-claim") != "") fault("the claim folder is not empty");
    }

    void judge_jobs() {
        const auto jobs = store_->catalogue().list(std::nullopt, 1'000'000);
        if (!jobs) return fault(jobs.error().reason);
        for (const queue::JobRow& job : *jobs) {
            hashes_.insert(job.sha256);
            if (job.state == queue::JobState::waiting || job.state == queue::JobState::running) {
                fault("job " + std::to_string(job.id) + " is not at rest");
            }
        }
    }

    void judge_messages(const CarefulConsumer::Memory& seen) {
        const auto messages = messages_of(*store_);
        verdict_.messages = messages.size();
        if (store_->outbox().head()->head != messages.size()) fault("the sequence has a gap");
        std::map<std::string, std::vector<int>> of_content;  // the revisions that were published
        std::uint64_t expected = 0;
        for (const queue::Message& message : messages) {
            if (message.sequence != ++expected) fault("sequence " + std::to_string(expected) + " is missing");
            const json meta = json::parse(message.meta);
            // A failure has no revision.
            of_content[meta.value("id", "")].push_back(
                message.topic.starts_with(queue::failed_topic) ? 0 : meta.at("revision").get<int>());
            const auto got = seen.find(message.sequence);
            if (got == seen.end()) {
                fault("the consumer never saw " + std::to_string(message.sequence));
            } else if (got->second != message.body) {
                fault("the consumer saw another " + std::to_string(message.sequence));
            }
        }
        if (seen.size() != messages.size()) fault("the consumer saw what does not exist");
        std::set<std::string> contents;
        for (const Dropped& file : dropped_) contents.insert(file.content);
        const std::size_t rejected = contents.size() - hashes_.size();
        if (of_content[""].size() != rejected) fault("refused files and their messages differ");
        for (const std::string& hash : hashes_) {
            const std::vector<int>& published = of_content[hash];
            std::vector<int> expected_of(static_cast<std::size_t>(revisions_));
            std::iota(expected_of.begin(), expected_of.end(), 1);
            if (published == expected_of || published == std::vector<int>{0}) continue;
            ++(published.empty() ? verdict_.lost : verdict_.twice);
            fault(hash.substr(0, 12) + " was published " + std::to_string(published.size()) + " times");
        }
    }

    void judge_spool() {
        for (const auto& [name, content] : files_below(root_ + "/state/spool")) {
            if (hashes_.contains(name)) continue;
            ++verdict_.orphans;
            fault("spool/" + name + " belongs to no job");
        }
    }

    std::string root_;
    const std::vector<Dropped>& dropped_;
    int revisions_;
    std::unique_ptr<queue::Store> store_;
    std::set<std::string> hashes_;
    Verdict verdict_;
};

}  // namespace

CarefulConsumer::CarefulConsumer(const std::string& root, const std::string& name, Memory& memory, int pause_ms)
    : memory_(memory),
      through_(memory.empty() ? 0 : memory.rbegin()->first),
      thread_([this, root, name, pause_ms] { run(root, name, pause_ms); }) {}

CarefulConsumer::~CarefulConsumer() { end(); }

std::vector<std::string> CarefulConsumer::end() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    return faults_;
}

void CarefulConsumer::run(const std::string& root, const std::string& name, int pause_ms) {
    queue::BusClientOptions options;
    options.publish = "ipc://" + root + "/pub";
    options.pull = "ipc://" + root + "/pull";
    options.name = name;
    const auto client = queue::BusClient::connect(options);
    while (!stop_) {
        queue::BusEvent event = (*client)->next(20);
        if (event.kind == queue::BusEvent::Kind::none) continue;
        if (event.kind != queue::BusEvent::Kind::message) {
            faults_.push_back("an event that is no message: " + event.detail);
            return;
        }
        const std::uint64_t sequence = event.message.sequence;
        if (sequence > through_ + 1) faults_.push_back("a gap before " + std::to_string(sequence));
        if (sequence == through_ + 1) memory_[sequence] = event.message.body;
        through_ = std::max<std::uint64_t>(through_, sequence);
        if (pause_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
        // Without an answer it is acknowledged with the next message, or comes again and is dropped.
        (*client)->acknowledge(sequence, 200);
    }
}

std::string quick_configuration(const std::string& worker) {
    return "state = \"state\"\nstop_seconds = 0.2\n[intake]\ninbox = \"inbox\"\nsettle_seconds = 0.05\n"
           "rescan_seconds = 0.3\nmin_free_mib = 0\n[limits]\nfile_mib = 1\nmemory_mib = 0\n"
           "[worker]\ncount = 2\ncommand = [\"" +
           worker +
           "\", \"worker\"]\n[retry]\nfirst_seconds = 0\ndeaths = 3\n"
           "[bus]\npublish = \"ipc://pub\"\npull = \"ipc://pull\"\n";
}

bool is_at_rest(const std::string& root, std::size_t files) {
    const auto store = journal_of(root);
    if (!store) return false;
    const auto counts = store->catalogue().counts();
    if (!counts || counts->waiting + counts->running > 0) return false;
    std::size_t moved = 0;
    for (const char* folder : {"/inbox/done", "/inbox/failed"}) {
        std::error_code gone;  // a folder may be made or moved just now
        for (fs::recursive_directory_iterator at(root + folder, gone), end; !gone && at != end; at.increment(gone)) {
            moved += at->is_regular_file(gone) && !at->path().string().ends_with(".reason.json");
        }
    }
    return moved >= files && names_in(root + "/inbox/.biaod-claim") == "";
}

std::uint64_t head_of(const std::string& root) {
    const auto store = journal_of(root);
    const auto head = store ? store->outbox().head() : models::Result<queue::StreamHead>(queue::StreamHead{});
    return head ? head->head : 0;
}

Verdict judge(const std::string& root, const std::vector<Dropped>& dropped, const CarefulConsumer::Memory& seen,
              int revisions) {
    return Judge(root, dropped, revisions).verdict(seen);
}

}  // namespace biaod::tests
