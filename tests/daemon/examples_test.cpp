// The examples that users copy, run against the daemon: with keys, over a restart of both sides.
#include <gtest/gtest.h>
#include <signal.h>

#include <sstream>

#include "tests/daemon/never_lost.hpp"
#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

class ExamplesTest : public testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        for (const char* name : {"bus", "client", "stranger"}) {
            ASSERT_EQ(
                Program({BIAOD_PROGRAM, "keygen", folder.path(name)}, folder.path("out"), folder.path("err")).wait(),
                0);
        }
        const std::string key = read_file(folder.path("client.public"));
        write_file(folder.path("consumers"), key.substr(7, 40) + " example\n");
        // The configuration ends with the section [bus].
        write_file(folder.path("biaod.toml"),
                   quick_configuration(BIAOD_FAKE) + "secret = \"bus.secret\"\nconsumers = \"consumers\"\n");
    }
    std::unique_ptr<Program> start() {
        return std::make_unique<Program>(
            std::vector<std::string>{BIAOD_PROGRAM, "run", "--config", folder.path("biaod.toml")}, folder.path("out"),
            folder.path("log"));
    }
    std::unique_ptr<Program> subscribe(const std::string& out, const std::string& name = "example") {
        std::vector<std::string> arguments{GetParam(), "ipc://" + folder.path("pull"), "ipc://" + folder.path("pub"),
                                           name,       folder.path("bus.public"),      folder.path("client.secret")};
        if (arguments[0].ends_with(".py")) arguments.insert(arguments.begin(), "/usr/bin/python3");
        return std::make_unique<Program>(arguments, folder.path(out), folder.path("errors"));
    }
    std::vector<int> sequences(const std::string& out) {
        std::vector<int> all;
        std::istringstream lines(read_file(folder.path(out)));
        for (std::string line; std::getline(lines, line);) all.push_back(std::stoi(line));
        return all;
    }
    bool gets(const std::string& out, const std::vector<int>& expected) {
        return eventually([&] { return sequences(out) == expected; });
    }
    TempFolder folder;
};

TEST_P(ExamplesTest, EachRecordOnceOverRestarts) {
    auto daemon = start();
    auto subscriber = subscribe("first");
    write_file(folder.path("inbox/a.pdf"), "plain a");
    EXPECT_TRUE(gets("first", {1})) << read_file(folder.path("errors")) << read_file(folder.path("log"));
    daemon->signal(SIGKILL);
    daemon->wait();
    write_file(folder.path("inbox/b.pdf"), "bad");
    daemon = start();
    EXPECT_TRUE(gets("first", {1, 2})) << read_file(folder.path("errors"));
    subscriber->signal(SIGKILL);
    subscriber->wait();
    write_file(folder.path("inbox/c.pdf"), "plain c");
    EXPECT_TRUE(eventually([&] { return head_of(folder.path()) == 3; }));
    subscriber = subscribe("second");
    EXPECT_TRUE(eventually([&] { return !sequences("second").empty() && sequences("second").back() == 3; }));
    // Killed between printing and acknowledging it would see 2 again.
    EXPECT_GE(sequences("second").front(), 2);
}

TEST_P(ExamplesTest, AnotherNameEndsItWithAReason) {
    const auto daemon = start();
    EXPECT_EQ(subscribe("out", "other")->wait(), 1);
    EXPECT_NE(read_file(folder.path("errors")).find("name"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Languages, ExamplesTest, testing::Values(BIAOD_SUBSCRIBER, BIAOD_PYTHON_SUBSCRIBER),
                         [](const auto& language) {
                             return std::string(language.param).ends_with(".py") ? "Python" : "Cpp";
                         });

}  // namespace
}  // namespace biaod::tests
