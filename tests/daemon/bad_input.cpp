#include "tests/daemon/bad_input.hpp"

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <thread>

#include "queue/spool.hpp"
#include "queue/sqlite_store.hpp"
#include "tests/daemon/never_lost.hpp"
#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using nlohmann::json;

// A page with a line of its own, in a font that every reader knows.
std::string good_document(int n) {
    const std::string text = "BT /F 20 Tf 40 100 Td (Report number " + std::to_string(1000 + n) + ") Tj ET";
    return "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> "
           "endobj\n"
           "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> "
           "endobj\n4 0 obj <</Length " +
           std::to_string(text.size()) + ">> stream\n" + text +
           "\nendstream endobj\n5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n"
           "trailer <</Root 1 0 R>>\n";
}

// The limits are the daemon's own; only its intake is quicker.
constexpr int kLate = 5;  // s, of the daemon on a busy machine
constexpr int kBaseSeconds = 60, kPageSeconds = 30, kMemoryMib = 3072;

std::string configuration() {
    return "state = \"state\"\n[intake]\ninbox = \"inbox\"\nsettle_seconds = 0.1\nrescan_seconds = 0.5\n"
           "min_free_mib = 0\n[retry]\nfirst_seconds = 0.1\n[limits]\nmemory_mib = " +
           std::to_string(kMemoryMib) + "\n[worker]\ncount = 2\nbase_seconds = " + std::to_string(kBaseSeconds) +
           "\npage_seconds = " + std::to_string(kPageSeconds) +
           "\n"
           "[bus]\npublish = \"ipc://pub\"\npull = \"ipc://pull\"\n";
}

// "job 3: 'a.pdf' failed: … (stage open, bad_input; 1.2 s, CPU 0.8 s, 90 MiB)"
std::vector<BadAttempt> attempts_in(const std::string& log) {
    static const std::regex line(
        "job [0-9]+: '(.*)' (?:is done|failed:|is tried again).*; ([0-9.]+) s, CPU [0-9.]+ s, ([0-9]+) MiB");
    std::vector<BadAttempt> attempts;
    for (std::sregex_iterator at(log.begin(), log.end(), line); at != std::sregex_iterator(); ++at)
        attempts.push_back({(*at)[1], std::stod((*at)[2]), std::stoi((*at)[3])});
    return attempts;
}

std::string spent(const BadAttempt& attempt) {
    std::ostringstream text;
    text << attempt.seconds << " s, " << attempt.peak_mib << " MiB";
    return text.str();
}

std::string hash_of_file(const std::string& path) {
    const std::filesystem::path where(path);
    const auto folder = queue::system_files().open_folder(where.parent_path());
    const auto file = queue::system_files().open_file(folder->get(), where.filename());
    const auto hash = queue::sha256_of(queue::system_files(), file->get());
    return hash ? *hash : "";
}

class Feeding {
  public:
    Feeding(const std::vector<BadFile>& files, int every) {
        write_file(root_.path("biaod.toml"), configuration());
        int n = 0;
        for (const BadFile& file : files) {
            if (n++ % every == 0) drop_good();
            drop(file.path, file.content);
        }
        drop_good();
    }

    BadRun run(const std::string& program, const std::vector<BadFile>& files, double patience_s) {
        const auto begin = std::chrono::steady_clock::now();
        const auto seconds = [&] {
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        };
        Program daemon({program, "run", "--config", root_.path("biaod.toml")}, root_.path("out"), root_.path("log"));
        while (!is_at_rest(root_.path(), dropped_) && !daemon.ended() && seconds() < patience_s) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        result_.seconds = seconds();
        if (daemon.ended()) result_.faults.push_back("the daemon ended: " + read_file(root_.path("log")));
        daemon.signal(SIGTERM);
        if (daemon.wait() != 0) result_.faults.push_back("the daemon did not end well");
        look(files);
        result_.attempts = attempts_in(read_file(root_.path("log")));
        hold_to_limits();
        return std::move(result_);
    }

  private:
    void drop(const std::string& path, const std::string& content) {
        write_file(root_.path("inbox/" + path), content);
        ++dropped_;
    }
    void drop_good() {
        drop("good/" + std::to_string(goods_) + ".pdf", good_document(goods_));
        ++goods_;
    }

    void look(const std::vector<BadFile>& files) {
        const auto store =
            queue::open_sqlite_store_read_only(root_.path("state/journal.sqlite"), queue::system_clock());
        for (const BadFile& file : files) {
            BadOutcome outcome = outcome_of(**store, file.path);
            complain(outcome);
            result_.outcomes.push_back(std::move(outcome));
        }
        for (int n = 0; n < goods_; ++n) {
            const std::string path = "good/" + std::to_string(n) + ".pdf";
            const bool well = record_of(**store, path).value("status", "") == "complete";
            result_.good += well;
            if (!well) result_.faults.push_back("the good document " + path + " is no complete record");
        }
    }

    json record_of(queue::Store& store, const std::string& path) {
        const std::string done = root_.path("inbox/done/" + path);
        if (!std::filesystem::exists(done)) return json::object();
        const auto record = store.catalogue().record(hash_of_file(done));
        return record && *record ? json::parse(**record) : json::object();
    }

    BadOutcome outcome_of(queue::Store& store, const std::string& path) {
        BadOutcome outcome;
        outcome.path = path;
        const std::string failed = root_.path("inbox/failed/" + path);
        if (!std::filesystem::exists(failed)) {
            const json record = record_of(store, path);
            outcome.end = record.value("status", "");
            outcome.pages = static_cast<int>(record.value("pages", json::array()).size());
            return outcome;
        }
        outcome.failed = true;
        const json reason = json::parse(read_file(failed + ".reason.json"), nullptr, false);
        if (!reason.is_object()) return outcome;
        const auto text = [&](const char* key) {
            return reason[key].is_string() ? reason[key].get<std::string>() : "";
        };
        outcome.end = text("kind");
        outcome.stage = text("stage");
        outcome.limit = text("limit");
        outcome.reason = text("reason");
        outcome.page = reason["page"].is_number() ? reason["page"].get<int>() : 0;
        outcome.deaths = reason.value("worker_deaths", 0);
        return outcome;
    }

    void complain(const BadOutcome& outcome) {
        if (outcome.end.empty()) result_.faults.push_back(outcome.path + " is not accounted for");
        if (outcome.failed && (outcome.stage.empty() || outcome.reason.empty()))
            result_.faults.push_back(outcome.path + " failed without a stage or a reason");
        if (outcome.stage == "render" && outcome.page == 0)
            result_.faults.push_back(outcome.path + " failed on a page that is not named");
        if (outcome.reason.find("sandbox") != std::string::npos) {
            result_.faults.push_back(outcome.path + ": " + outcome.reason);
        }
    }

    // Each attempt ended within the time for its pages and within its memory.
    void hold_to_limits() {
        std::map<std::string, int> pages;
        for (const BadOutcome& outcome : result_.outcomes) {
            int& most = pages[std::filesystem::path(outcome.path).filename().string()];
            most = std::max({most, outcome.pages, outcome.page, 1});
        }
        if (result_.attempts.size() < dropped_) result_.faults.push_back("the log does not tell of each attempt");
        for (const BadAttempt& attempt : result_.attempts) {
            const int seconds = kBaseSeconds + kPageSeconds * std::max(1, pages[attempt.name]);
            if (attempt.seconds > seconds + kLate || attempt.peak_mib > kMemoryMib)
                result_.faults.push_back(attempt.name + " took " + spent(attempt));
        }
    }

    TempFolder root_;
    std::size_t dropped_ = 0;
    int goods_ = 0;
    BadRun result_;
};

}  // namespace

BadRun feed_bad_files(const std::string& program, const std::vector<BadFile>& files, int every, double patience_s) {
    return Feeding(files, every).run(program, files, patience_s);
}

std::string table_of(const BadRun& run) {
    std::map<std::string, std::map<std::string, int>> rows;
    std::map<std::string, int> sums, failures;
    for (const BadOutcome& outcome : run.outcomes) {
        ++rows[outcome.path.substr(0, outcome.path.find('/'))][outcome.end];
        ++sums[outcome.end];
        if (outcome.stage.empty()) continue;
        ++failures[outcome.stage + ", " + outcome.end + (outcome.limit.empty() ? "" : ", limit " + outcome.limit)];
    }
    rows["all"] = sums;
    std::ostringstream text;
    text << "| kind |";
    for (const auto& [end, count] : sums) text << ' ' << end << " |";
    text << " files |\n| --- |";
    for (std::size_t i = 0; i <= sums.size(); ++i) text << " --- |";
    for (auto& [kind, counts] : rows) {
        int files = 0;
        text << "\n| " << kind << " |";
        for (const auto& [end, count] : sums) text << ' ' << counts[end] << " |";
        for (const auto& [end, count] : counts) files += count;
        text << ' ' << files << " |";
    }
    text << "\n\n| failed in stage, kind | files |\n| --- | --- |\n";
    for (const auto& [what, count] : failures) text << "| " << what << " | " << count << " |\n";
    if (run.attempts.empty()) return text.str();
    const auto longest = std::ranges::max_element(run.attempts, {}, &BadAttempt::seconds);
    const auto largest = std::ranges::max_element(run.attempts, {}, &BadAttempt::peak_mib);
    text << '\n'
         << run.attempts.size() << " attempts; the longest: " << longest->name << ", " << spent(*longest)
         << "; the largest: " << largest->name << ", " << spent(*largest) << '\n';
    return text.str();
}

}  // namespace biaod::tests
