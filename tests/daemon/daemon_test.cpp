// The whole program from the outside: files in, records out of `biaod tail`; restarts and kills in between.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <sstream>

#include "queue/fd.hpp"
#include "tests/daemon/bad_files.hpp"
#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using nlohmann::json;

// Of /proc/<process>; 0 when there is no such process any more, or only what nobody has waited for yet.
pid_t parent_of(const std::string& process) {
    const std::string stat = read_file("/proc/" + process + "/stat");
    const std::size_t name_ends = stat.rfind(')');
    char state = 'X';
    pid_t parent = 0;
    if (name_ends != std::string::npos) std::istringstream(stat.substr(name_ends + 1)) >> state >> parent;
    return state == 'Z' || state == 'X' ? 0 : parent;
}

std::vector<std::string> children_of(pid_t parent) {
    std::vector<std::string> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (std::isdigit(static_cast<unsigned char>(name[0])) && parent_of(name) == parent) children.push_back(name);
    }
    return children;
}

class DaemonTest : public testing::Test {
  protected:
    void SetUp() override { configure(""); }

    // `worker`: the command line of one; empty for the program's own.
    void configure(const std::string& more, const std::string& worker = "\"" BIAOD_FAKE "\", \"worker\"") {
        write_file(folder.path("biaod.toml"),
                   "state = \"state\"\nstop_seconds = 0.3\n[intake]\ninbox = \"inbox\"\n"
                   "settle_seconds = 0.05\nempty_seconds = 0.05\nmin_free_mib = 0\n[limits]\nmemory_mib = 0\n"
                   "[worker]\ncommand = [" +
                       worker +
                       "]\n"
                       "[retry]\nfirst_seconds = 0\n[bus]\npublish = \"ipc://pub\"\n"
                       "pull = \"ipc://pull\"\n" +
                       more);
    }
    std::vector<std::string> command(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), BIAOD_PROGRAM);
        if (arguments[1] != "--version") arguments.insert(arguments.end(), {"--config", folder.path("biaod.toml")});
        return arguments;
    }
    void start() { daemon = std::make_unique<Program>(command({"run"}), folder.path("run.out"), log()); }
    std::string log() const { return folder.path("run.log"); }
    int stop(int signal = SIGTERM) {
        daemon->signal(signal);
        const int code = daemon->wait();
        daemon.reset();
        return code;
    }
    // Runs a subcommand to its end: exit code; its output is in `out` and `err`.
    int run(const std::vector<std::string>& arguments) {
        std::filesystem::remove(folder.path("err"));
        Program program(command(arguments), folder.path("out"), folder.path("err"));
        const int code = program.wait();
        out = read_file(folder.path("out"));
        err = read_file(folder.path("err"));
        return code;
    }
    std::vector<json> tail(int count, std::vector<std::string> more = {"--from", "1"}) {
        more.insert(more.begin(), {"tail", "--count", std::to_string(count)});
        EXPECT_EQ(run(more), 0) << err << read_file(log());
        std::vector<json> all;
        std::istringstream lines(out);
        for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
        return all;
    }
    // A file appears complete, as if moved in.
    void drop(const std::string& name, const std::string& content) {
        write_file(folder.path("inbox/" + name), content);
    }
    json status() { return run({"status", "--json"}) == 0 ? json::parse(out) : json::object(); }

    TempFolder folder;
    std::unique_ptr<Program> daemon;
    std::string out, err;
};

TEST_F(DaemonTest, FromTheInboxToTheBus) {
    start();
    drop("县/a.pdf", "annual");
    drop("b.pdf", "bad");
    drop("c.pdf", "plain");
    const auto all = tail(3);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(tail(1, {"--topic", "v1/record/gov_info_annual_report/", "--from", "1"})[0]["source"]["labels"][0], "县");
    EXPECT_EQ(tail(1, {"--topic", "v1/failed/", "--from", "1"})[0]["source"]["name"], "b.pdf");
    const auto with_meta = tail(3, {"--from", "1", "--meta"});
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(with_meta[i]["sequence"], i + 1);
    EXPECT_TRUE(eventually([&] { return names_in(folder.path("inbox/done")) == "c.pdf 县/"; }));
    EXPECT_EQ(names_in(folder.path("inbox/failed")), "b.pdf b.pdf.reason.json");
    EXPECT_EQ(status()["done"], 2);
    EXPECT_EQ(stop(), 0);
    EXPECT_EQ(run({"list", "--state", "failed", "--json"}), 0) << "also without a daemon";
    const json job = json::parse(out);
    EXPECT_EQ(job["error"]["page"], 3);
    EXPECT_EQ(run({"show", job["id"]}), 1);
    EXPECT_NE(err.find("the page is damaged"), std::string::npos);
}

// With the program's own worker.
TEST_F(DaemonTest, ABadFileGoesToFailedWithItsReasonAndTheBusHearsOfIt) {
    configure("", "");
    start();
    const std::vector<BadFile> files = bad_files();
    for (const BadFile& file : files) drop(file.name, file.content);
    const auto messages = tail(static_cast<int>(files.size()), {"--topic", "v1/failed/", "--from", "1"});
    for (const BadFile& file : files) {
        const auto message =
            std::ranges::find_if(messages, [&](const json& m) { return m["source"]["name"] == file.name; });
        ASSERT_NE(message, messages.end()) << file.name;
        const std::string beside = folder.path("inbox/failed/" + file.name + ".reason.json");
        ASSERT_TRUE(eventually([&] { return std::filesystem::exists(folder.path("inbox/failed/" + file.name)); }));
        EXPECT_EQ(read_file(folder.path("inbox/failed/" + file.name)), file.content) << "the original, untouched";
        const json reason = json::parse(read_file(beside));
        for (const json& told : {reason, *message}) {
            EXPECT_EQ(told["kind"], file.kind) << file.name << " " << told;
            EXPECT_EQ(told["stage"], reason["stage"]) << file.name;
            EXPECT_NE(told["reason"].get<std::string>(), "") << file.name;
            EXPECT_NE(told["reason"].get<std::string>().find(file.reason_part), std::string::npos) << told["reason"];
        }
        EXPECT_EQ(reason["worker_deaths"], 0) << file.name;
        EXPECT_EQ(reason["attempts"], 1) << file.name;
    }
    // The daemon goes on.
    drop("good.pdf", blank_pdf());
    EXPECT_TRUE(eventually([&] { return names_in(folder.path("inbox/done")) == "good.pdf"; })) << read_file(log());
    EXPECT_EQ(status()["failed"], files.size());
    EXPECT_EQ(stop(), 0);
}

TEST_F(DaemonTest, ANamedConsumerGoesOnAfterRestartsOfBothSides) {
    start();
    for (int i = 0; i < 3; ++i) drop(std::to_string(i) + ".pdf", std::to_string(i));
    EXPECT_EQ(tail(2, {"--consumer", "archive"}).size(), 2u);
    EXPECT_EQ(stop(), 0);
    drop("3.pdf", "while nobody watches");
    start();
    const auto rest = tail(2, {"--consumer", "archive", "--meta"});
    EXPECT_EQ(rest[0]["sequence"], 3);
    EXPECT_EQ(rest[1]["sequence"], 4);
    EXPECT_EQ(status()["consumers"][0]["acknowledged"], 4);
}

TEST_F(DaemonTest, AKilledDaemonLosesNothing) {
    const std::string gate = folder.path("gate");
    start();
    drop("waits.pdf", "wait " + gate);
    ASSERT_TRUE(eventually([&] { return status()["running"] == 1; }));
    const std::vector<std::string> workers = children_of(daemon->pid());
    EXPECT_EQ(workers.size(), 1u);
    EXPECT_EQ(stop(SIGKILL), 128 + SIGKILL);
    for (const std::string& worker : workers) {
        EXPECT_TRUE(eventually([&] { return parent_of(worker) <= 0; })) << "a reader outlives its daemon";
    }
    EXPECT_EQ(names_in(folder.path("inbox")), ".biaod-claim/ done/ failed/");
    write_file(gate, "");
    start();
    EXPECT_EQ(tail(1)[0]["source"]["name"], "waits.pdf");
    EXPECT_TRUE(eventually([&] { return names_in(folder.path("inbox/done")) == "waits.pdf"; }));
    EXPECT_EQ(status()["outbox"]["head"], 1) << "once";
}

TEST_F(DaemonTest, AStopHandsTheDocumentBack) {
    start();
    drop("hang.pdf", "hang");
    ASSERT_TRUE(eventually([&] { return status()["running"] == 1; }));
    EXPECT_EQ(stop(), 0);
    EXPECT_EQ(status()["waiting"], 1);
}

TEST_F(DaemonTest, RequeueGivesANewRevision) {
    start();
    drop("a.pdf", "plain");
    const std::string id = tail(1)[0]["id"];
    EXPECT_EQ(run({"requeue", id.substr(0, 10)}), 0) << err;
    EXPECT_EQ(tail(2)[1]["revision"], 2);
    EXPECT_EQ(run({"show", "1"}), 0);
    EXPECT_EQ(json::parse(out)["revision"], 2);
    EXPECT_EQ(run({"requeue", "77"}), 1);
    EXPECT_EQ(stop(), 0);
}

TEST_F(DaemonTest, HealthForMonitoring) {
    EXPECT_EQ(run({"health"}), 2) << out;
    EXPECT_NE(out.find("CRITICAL: the daemon does not run"), std::string::npos) << out;
    start();
    drop("a.pdf", "plain");
    drop("hang.pdf", "hang");
    tail(1);
    ASSERT_TRUE(eventually([&] { return status()["running"] == 1; }));
    EXPECT_EQ(run({"health"}), 0) << out;
    EXPECT_TRUE(out.starts_with("OK: 0 waiting, 1 being read, 1 done")) << out;
    EXPECT_EQ(stop(), 0);
    EXPECT_EQ(run({"health", "--waiting-seconds", "0"}), 2);
    EXPECT_NE(out.find("a document has waited"), std::string::npos) << out;
    configure("[nonsense]\n");
    EXPECT_EQ(run({"health"}), 3) << out;
}

std::string http_get(int port, const std::string& path) {
    const queue::Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return {};
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    if (::write(socket.get(), request.data(), request.size()) < 0) return {};
    std::string answer;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(socket.get(), buffer, sizeof buffer)) > 0;) {
        answer.append(buffer, static_cast<std::size_t>(got));
    }
    return answer;
}

TEST_F(DaemonTest, ALowDiskStopsTheIntakeAndIsSaid) {
    const int port = free_port();
    configure("[metrics]\nport = " + std::to_string(port) + "\n");
    std::string text = read_file(folder.path("biaod.toml"));
    text.replace(text.find("min_free_mib = 0"), 16, "min_free_mib = 1000000000");
    write_file(folder.path("biaod.toml"), text);
    start();
    drop("a.pdf", "plain");
    EXPECT_TRUE(
        eventually([&] { return http_get(port, "/metrics").find("biaod_intake_stopped 1\n") != std::string::npos; }));
    EXPECT_NE(read_file(log()).find("intake stops, files stay in the inbox: only"), std::string::npos);
    EXPECT_EQ(run({"health"}), 2);
    EXPECT_NE(out.find("too little room, nothing is taken in"), std::string::npos) << out;
    EXPECT_EQ(read_file(folder.path("inbox/a.pdf")), "plain");
    EXPECT_EQ(stop(), 0);
}

TEST_F(DaemonTest, AHangUpReadsTheConfigurationAgain) {
    start();
    drop("a.pdf", "plain");
    tail(1);
    const auto logged = [&](const std::string& text) {
        return eventually([&] { return read_file(log()).find(text) != std::string::npos; });
    };
    write_file(folder.path("biaod.toml"), "log_level = \"loud\"\n");
    daemon->signal(SIGHUP);
    EXPECT_TRUE(logged("the old one stands")) << "and it goes on";
    configure("");
    daemon->signal(SIGHUP);
    EXPECT_TRUE(logged("configuration read again"));
    drop("b.pdf", "plain b");
    EXPECT_EQ(tail(2).size(), 2u);
    EXPECT_EQ(stop(), 0);
}

TEST_F(DaemonTest, MetricsOnALoopbackPort) {
    const int port = free_port();
    configure("[metrics]\nport = " + std::to_string(port) + "\n");
    start();
    drop("a.pdf", "plain");
    drop("b.pdf", "bad");
    tail(2, {"--consumer", "archive"});
    const auto shows = [&](const std::string& line) {
        return eventually([&] { return http_get(port, "/metrics").find(line) != std::string::npos; });
    };
    EXPECT_TRUE(shows("biaod_records_total{status=\"complete\"} 1\n")) << http_get(port, "/metrics");
    EXPECT_TRUE(shows("biaod_failures_total 1\n"));
    EXPECT_TRUE(shows("biaod_consumer_lag{consumer=\"archive\"} 0\n"));
    EXPECT_NE(http_get(port, "/other").find("404"), std::string::npos);
    EXPECT_EQ(stop(), 0);
}

TEST_F(DaemonTest, TwoDaemonsDoNotShareAStateFolder) {
    start();
    drop("a.pdf", "plain");
    tail(1);
    EXPECT_EQ(run({"run"}), 2);
    EXPECT_NE(err.find("another biaod"), std::string::npos);
}

TEST_F(DaemonTest, UsageAndConfigurationErrors) {
    EXPECT_EQ(run({"run", "--nonsense"}), 2);
    EXPECT_EQ(run({"list", "--state", "lost"}), 2);
    EXPECT_EQ(run({"status"}), 2) << "there is no journal yet";
    configure("[nonsense]\n");
    EXPECT_EQ(run({"run"}), 2);
    EXPECT_NE(err.find("nonsense is not a key of biaod"), std::string::npos) << err;
    EXPECT_EQ(run({"tail", "--help"}), 0);
    EXPECT_EQ(run({"--version"}), 0);
    EXPECT_EQ(out.substr(0, 6), "biaod ");
}

}  // namespace
}  // namespace biaod::tests
