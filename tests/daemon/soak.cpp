// biaod-soak: the real daemon under load, killed at random, restarted, and judged at the end.
//
// Documents come in bursts, also into sub-folders and twice; some fail, some are refused, some kill their worker once
// or meet temporary trouble once. Two consumers listen, one of them slow and now and then restarted. Prints figures;
// exit code 0 when every promise was kept.
#include <signal.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <deque>
#include <filesystem>
#include <iostream>
#include <random>

#include "tests/daemon/never_lost.hpp"
#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    int documents = 60;
    unsigned seed = 1;
    int shortest_ms = 30, longest_ms = 600;  // between two kills
};

class Soak {
  public:
    explicit Soak(const Options& options) : options_(options), random_(options.seed) {
        write_file(root_.path("biaod.toml"), quick_configuration(BIAOD_FAKE));
    }

    int run() {
        const auto begin = Clock::now();
        fast_ = std::make_unique<CarefulConsumer>(root_.path(), "fast", fast_memory_);
        slow_ = std::make_unique<CarefulConsumer>(root_.path(), "slow", slow_memory_, 3);
        start();
        while (static_cast<int>(dropped_.size()) < options_.documents) {
            drop_some();
            pause(between(options_.shortest_ms, options_.longest_ms));
            kill();
            if (between(0, 9) == 0) restart_slow();
        }
        while (!is_at_rest(root_.path(), dropped_.size()) && rounds_without_end_ < 200) {
            pause(between(options_.longest_ms, 4 * options_.longest_ms));
            if (++rounds_without_end_ < 20) kill();
        }
        eventually([&] { return fast_->through() == head_of(root_.path()); });
        while (slow_->through() < head_of(root_.path()) && rounds_without_end_++ < 1000) pause(100);
        return report(std::chrono::duration<double>(Clock::now() - begin).count());
    }

  private:
    int between(int least, int most) { return std::uniform_int_distribution<>(least, most)(random_); }
    static void pause(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

    void start() {
        daemon_ = std::make_unique<Program>(
            std::vector<std::string>{BIAOD_PROGRAM, "run", "--config", root_.path("biaod.toml")}, root_.path("out"),
            root_.path("log"));
    }
    void kill() {
        const bool gently = between(0, 9) == 0;
        daemon_->signal(gently ? SIGTERM : SIGKILL);
        ++(gently ? stops_ : kills_);
        const int code = daemon_->wait();
        // A SIGTERM in the first milliseconds meets a program that is not ready for it.
        const bool expected = gently ? code == 0 || code == 128 + SIGTERM : code == 128 + SIGKILL;
        if (!expected) note_odd_end(code);
        start();
    }
    void note_odd_end(int code) {
        const std::string log = read_file(root_.path("log"));
        odd_ends_.push_back("an end of the daemon with code " + std::to_string(code) + " was not ours, after " +
                            log.substr(log.size() - std::min<std::size_t>(log.size(), 300)));
    }
    void restart_slow() {
        keep_faults(*slow_);
        slow_ = std::make_unique<CarefulConsumer>(root_.path(), "slow", slow_memory_, 3);
    }
    void keep_faults(CarefulConsumer& consumer) {
        const std::vector<std::string> faults = consumer.end();
        consumer_faults_.insert(consumer_faults_.end(), faults.begin(), faults.end());
    }

    std::string content(int n) {
        const std::string unique = "\n" + std::to_string(n);
        switch (between(0, 19)) {
            case 0:
            case 1:
                return "bad" + unique;
            case 2:
                return "crash_once " + root_.path("marker" + std::to_string(n));
            case 3:
                return "once " + root_.path("marker" + std::to_string(n));
            case 4:
                return std::string((1 << 20) + 1, 'x') + unique;
            case 5:
            case 6:
                return "pages 3" + unique;
            case 7:
                return good_.empty() ? "plain" + unique : good_.front();
            default:
                good_.push_front("plain" + unique);
                return good_.front();
        }
    }
    void drop_some() {
        for (int i = between(1, 12); i > 0 && static_cast<int>(dropped_.size()) < options_.documents; --i) {
            const int n = static_cast<int>(dropped_.size());
            const std::string folder = between(0, 3) == 0 ? "县" + std::to_string(between(1, 3)) + "/" : "";
            const Dropped file{folder + std::to_string(n) + ".pdf", content(n)};
            // As a scanner does it: written under a name that is passed over, then renamed.
            write_file(root_.path("inbox/" + file.path + ".part"), file.content);
            std::filesystem::rename(root_.path("inbox/" + file.path + ".part"), root_.path("inbox/" + file.path));
            dropped_.push_back(file);
        }
    }

    int report(double seconds) {
        daemon_->signal(SIGTERM);
        daemon_->wait();
        keep_faults(*fast_);
        keep_faults(*slow_);
        Verdict verdict = judge(root_.path(), dropped_, fast_memory_);
        if (slow_memory_ != fast_memory_) verdict.faults.push_back("the two consumers saw different messages");
        verdict.faults.insert(verdict.faults.end(), consumer_faults_.begin(), consumer_faults_.end());
        verdict.faults.insert(verdict.faults.end(), odd_ends_.begin(), odd_ends_.end());
        if (verdict.faults.size() > 50) verdict.faults.resize(50);
        for (const std::string& fault : verdict.faults) std::cerr << "soak: " << fault << '\n';
        std::cout << "documents " << dropped_.size() << ", done " << verdict.done << ", failed " << verdict.failed
                  << ", messages " << verdict.messages << "; kills " << kills_ << ", stops " << stops_ << "; lost "
                  << verdict.lost << ", twice " << verdict.twice << ", orphans " << verdict.orphans << ", other faults "
                  << verdict.faults.size() << "; " << static_cast<int>(seconds) << " s, seed " << options_.seed << '\n';
        const std::string log = read_file(root_.path("log"));
        if (!verdict.faults.empty()) std::cerr << log.substr(log.size() - std::min<std::size_t>(log.size(), 4000));
        return verdict.faults.empty() ? 0 : 1;
    }

    Options options_;
    std::mt19937 random_;
    TempFolder root_;
    std::vector<Dropped> dropped_;
    std::deque<std::string> good_;
    CarefulConsumer::Memory fast_memory_, slow_memory_;
    std::unique_ptr<CarefulConsumer> fast_, slow_;
    std::vector<std::string> consumer_faults_;
    std::unique_ptr<Program> daemon_;
    std::vector<std::string> odd_ends_;
    int kills_ = 0, stops_ = 0, rounds_without_end_ = 0;
};

}  // namespace
}  // namespace biaod::tests

int main(int argc, char** argv) {
    CLI::App app("Kills the daemon at random under load and judges what is left.", "biaod-soak");
    biaod::tests::Options options;
    app.add_option("--documents", options.documents, "how many are dropped")->capture_default_str();
    app.add_option("--seed", options.seed, "of the random choices")->capture_default_str();
    app.add_option("--longest-ms", options.longest_ms, "longest time between two kills")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    return biaod::tests::Soak(options).run();
}
