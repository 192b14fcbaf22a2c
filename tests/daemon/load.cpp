// biaod-load: what the daemon costs with nothing to do, and with thousands of files waiting at its start.
//
// Prints figures; exit code 0 when it was ready within seconds, also after a kill in the middle, its memory stayed flat
// while it took the files in, and it costs less than 0.5 % of a core when idle.
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "queue/fd.hpp"
#include "tests/daemon/never_lost.hpp"
#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double ready_at_most_s = 5, idle_at_most_percent = 0.5;
constexpr long growth_at_most_kib = 16 << 10;

struct Options {
    std::size_t waiting = 10'000;
    double idle_s = 20;
};

void pause(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }
double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// The default times; 0.1 s for settling, so that thousands are waiting for the journal and not for the clock.
std::string configuration() {
    return "state = \"state\"\n[intake]\ninbox = \"inbox\"\nsettle_seconds = 0.1\nmin_free_mib = 0\n"
           "[worker]\ncount = 2\ncommand = [\"" BIAOD_FAKE
           "\", \"worker\"]\n[bus]\npublish = \"ipc://pub\"\npull = \"ipc://pull\"\n";
}

class Load {
  public:
    explicit Load(const Options& options) : options_(options) {
        write_file(root_.path("biaod.toml"), configuration());
        for (std::size_t n = 0; n < options.waiting; ++n) {
            const std::string name = std::to_string(n);
            write_file(root_.path("inbox/" + std::to_string(n % 10) + "/" + name + ".pdf"), name);
        }
        socket_ = queue::Fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, root_.path("notify").c_str(), sizeof address.sun_path - 1);
        static_cast<void>(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address));
    }

    int run() {
        const double first = start();
        wait_for_head(options_.waiting / 10);
        const long early_kib = resident_kib();
        wait_for_head(options_.waiting / 2);
        long most_kib = resident_kib();
        daemon_->signal(SIGKILL);
        daemon_->wait();

        const double second = start();
        const auto begin = Clock::now();
        while (!is_at_rest(root_.path(), options_.waiting) && seconds_since(begin) < 3600) {
            most_kib = std::max(most_kib, resident_kib());
            pause(200);
            told();
        }
        expect(is_at_rest(root_.path(), options_.waiting), "not all files came to rest");
        pause(1500);
        const double idle_percent = idle();
        daemon_->signal(SIGTERM);
        const int code = daemon_->wait();
        expect(code == 0, "the daemon ended with " + std::to_string(code));
        expect(std::max(first, second) < ready_at_most_s, "it was not ready in time");
        expect(most_kib - early_kib < growth_at_most_kib, "its memory grew");
        expect(idle_percent < idle_at_most_percent, "it costs too much when idle");
        std::cout << options_.waiting << " files waiting: ready after " << first << " s, after a kill half-way "
                  << second << " s; memory " << early_kib / 1024 << " MiB with a tenth done, " << most_kib / 1024
                  << " MiB at most; idle " << idle_percent << " % of a core\n";
        return good_ ? 0 : 1;
    }

  private:
    void expect(bool holds, const std::string& fault) {
        if (!holds) std::cerr << "biaod-load: " << fault << '\n';
        good_ = good_ && holds;
    }
    // Takes what the daemon has said to its supervisor: it waits when nobody listens.
    bool told(const std::string& what = {}) const {
        char buffer[512];
        bool found = false;
        for (ssize_t got = 0; (got = ::recv(socket_.get(), buffer, sizeof buffer, 0)) > 0;) {
            found = found || std::string_view(buffer, static_cast<std::size_t>(got)).starts_with(what);
        }
        return found;
    }
    // Seconds until it says that it is ready.
    double start() {
        const auto begin = Clock::now();
        daemon_ = std::make_unique<Program>(
            std::vector<std::string>{BIAOD_PROGRAM, "run", "--config", root_.path("biaod.toml")}, root_.path("out"),
            root_.path("log"), std::vector<std::string>{"NOTIFY_SOCKET=" + root_.path("notify")});
        while (seconds_since(begin) < 60 && !told("READY=1")) pause(5);
        return seconds_since(begin);
    }
    void wait_for_head(std::size_t head) const {
        const auto begin = Clock::now();
        while (head_of(root_.path()) < head && seconds_since(begin) < 1800) {
            pause(50);
            told();
        }
    }
    long resident_kib() const {
        std::ifstream status("/proc/" + std::to_string(daemon_->pid()) + "/status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
        }
        return 0;
    }
    double cpu_s() const {
        double sum = 0;
        for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(daemon_->pid()) + "/task")) {
            double nanoseconds = 0;
            std::ifstream(task.path() / "schedstat") >> nanoseconds;
            sum += nanoseconds / 1e9;
        }
        return sum;
    }
    double idle() const {
        const double before = cpu_s();
        const auto begin = Clock::now();
        while (seconds_since(begin) < options_.idle_s) {
            pause(200);
            told();
        }
        return 100 * (cpu_s() - before) / seconds_since(begin);
    }

    Options options_;
    TempFolder root_;
    queue::Fd socket_;
    std::unique_ptr<Program> daemon_;
    bool good_ = true;
};

}  // namespace
}  // namespace biaod::tests

int main(int argc, char** argv) {
    CLI::App app("Measures the daemon with many files waiting, and idle.", "biaod-load");
    biaod::tests::Options options;
    app.add_option("--waiting", options.waiting, "files in the inbox at the start")->capture_default_str();
    app.add_option("--idle-seconds", options.idle_s, "how long it is watched when idle")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    return biaod::tests::Load(options).run();
}
