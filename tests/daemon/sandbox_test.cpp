// What a document can do once its code runs in the worker: tried from inside the sandbox, by the fake reader.
#include "daemon/worker/sandbox.hpp"

#include <gtest/gtest.h>

#include "daemon/worker/pool.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace daemon;

class SandboxTest : public testing::Test {
  protected:
    void SetUp() override {
        if (!sandbox_is_built_in()) GTEST_SKIP() << "AddressSanitizer";
        command.arguments = {BIAOD_FAKE, "worker"};
        command.result_bytes = 1 << 20;
        request.name = "a.pdf";
        request.languages = "reading";
    }
    Outcome run(const std::string& content) {
        write_file(folder.path("document"), content);
        const auto below = queue::system_files().open_folder(folder.path());
        const auto file = queue::system_files().open_file(below->get(), "document");
        WorkerPool pool(command, queue::system_clock());
        EXPECT_TRUE(pool.start(1, request, *file, ""));
        Outcome outcome;
        EXPECT_TRUE(eventually([&] {
            for (FinishedWork& finished : pool.wait(50, -1)) outcome = finished.outcome;
            return pool.running() == 0;
        }));
        return outcome;
    }
    std::string said(const std::string& content) { return run(content).failure.error.reason; }
    bool is_killed(const std::string& content) {
        const Outcome outcome = run(content);
        return outcome.kind == Outcome::Kind::death &&
               outcome.failure.error.reason.find("sandbox killed") != std::string::npos;
    }
    static constexpr const char* denied = "Permission denied";

    TempFolder folder;
    WorkerCommand command;
    ReadRequest request;
};

TEST_F(SandboxTest, NoFileOutsideTheFoldersCanBeOpened) {
    write_file(folder.path("secret"), "x");
    for (const std::string languages : {"reading", "locked"}) {
        request.languages = languages;
        EXPECT_EQ(said("try_open " + folder.path("secret")), denied);
        EXPECT_EQ(said("try_open /etc/passwd"), denied);
        EXPECT_EQ(said("try_open /proc/self/environ"), denied);
        EXPECT_EQ(said("try_open /dev/null"), denied);
        EXPECT_EQ(said("try_create " + folder.path("new")), denied);
        EXPECT_EQ(said("try_unlink " + folder.path("secret")), denied);
        EXPECT_EQ(said("try_stat " + folder.path("secret")), denied) << "not even whether it is there";
    }
    EXPECT_EQ(read_file(folder.path("secret")), "x");
}

TEST_F(SandboxTest, FoldersThatReadingNeedsCanBeReadWhereLandlockGuardsThem) {
    const std::string readable = "try_open /usr/share/fonts";
    EXPECT_EQ(said(readable), landlock_version() > 0 ? "it works" : denied);
    EXPECT_EQ(said("try_create /usr/share/biaod-test"), denied);
    request.languages = "locked";
    EXPECT_EQ(said(readable), denied);
}

TEST_F(SandboxTest, SocketsProgramsProcessesAndSignalsKill) {
    for (const char* attack :
         {"try_socket", "try_internet", "try_exec /bin/true", "try_fork", "try_kill", "try_code"}) {
        EXPECT_TRUE(is_killed(attack)) << attack;
    }
}

TEST_F(SandboxTest, ReadingThreadsMayStart) { EXPECT_EQ(said("try_thread"), "it works"); }

TEST_F(SandboxTest, MemoryIsLimited) {
    command.memory_bytes = 512u << 20;
    const Outcome outcome = run("try_memory");
    EXPECT_EQ(outcome.kind, Outcome::Kind::failure);
    EXPECT_EQ(outcome.failure.error.kind, models::ErrorKind::bad_input);
    EXPECT_EQ(outcome.failure.limit, "memory");
    EXPECT_NE(outcome.failure.error.reason.find("memory_mib"), std::string::npos);
}

TEST_F(SandboxTest, CpuTimeIsLimited) {
    command.base_ms = -4000;  // 5 s are added, so that the wall clock comes first; here nobody looks at it
    command.per_page_ms = 0;
    write_file(folder.path("document"), "spin");
    const auto below = queue::system_files().open_folder(folder.path());
    const auto file = queue::system_files().open_file(below->get(), "document");
    auto worker = WorkerProcess::start(command, request, *file, "", 0);
    ASSERT_TRUE(worker);
    EXPECT_TRUE(eventually([&] { return !worker->read(0); }));
    const Outcome outcome = worker->end(false, 7);
    EXPECT_EQ(outcome.kind, Outcome::Kind::death);
    EXPECT_EQ(outcome.failure.limit, "cpu_time");
    EXPECT_EQ(outcome.cost.wall_ms, 7) << "by the caller's clock";
    EXPECT_GE(outcome.cost.cpu_ms, 900) << "of the second that it had";
    EXPECT_GT(outcome.cost.peak_bytes, 1u << 20);
}

TEST_F(SandboxTest, DebuggingNamesTheCall) {
    request.sandbox_debug = true;
    const Outcome outcome = run("try_socket");
    EXPECT_EQ(outcome.kind, Outcome::Kind::failure);
    EXPECT_EQ(outcome.failure.error.stage, "sandbox");
    EXPECT_NE(outcome.failure.error.reason.find("refuses the system call socket ("), std::string::npos)
        << outcome.failure.error.reason;
    EXPECT_NE(said("try_exec /bin/true").find("execve"), std::string::npos);
}

TEST_F(SandboxTest, TheEnvironmentHoldsNothingOfTheParents) {
    ::setenv("BIAOD_TEST_SECRET", "x", 1);
    const std::string environment = said("try_environment");
    ::unsetenv("BIAOD_TEST_SECRET");
    EXPECT_EQ(environment.find("SECRET"), std::string::npos);
    EXPECT_EQ(environment.find("PATH="), std::string::npos);
    EXPECT_EQ(environment.find("HOME="), std::string::npos);
    EXPECT_NE(environment.find("OMP_THREAD_LIMIT=1"), std::string::npos);
}

}  // namespace
}  // namespace biaod::tests
