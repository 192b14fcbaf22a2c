// The supervisor with real worker processes (the fake reader): each way in which one can end.
#include "daemon/supervisor.hpp"

#include <gtest/gtest.h>

#include <mutex>

#include "queue/sqlite_store.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace daemon;
using queue::JobState;

class SupervisorTest : public testing::Test {
  protected:
    SupervisorTest() {
        config.state = folder.path();
        config.worker.command = {BIAOD_FAKE, "worker"};
        config.worker.count = 2;
        config.limits.memory_bytes = 0;  // a sanitiser's shadow memory needs all of it
        config.retry.first_ms = 1;
        config.retry.longest_ms = 1;
        config.stop_ms = 10'000;
        store = open();
        spool.emplace(std::move(*queue::Spool::open(queue::system_files(), random, folder.path("spool"), 1 << 20)));
    }
    std::unique_ptr<queue::Store> open() {
        return std::move(*queue::open_sqlite_store({folder.path("journal"), "1"}, queue::system_clock(), random));
    }
    std::int64_t add(const std::string& content) {
        write_file(folder.path("document"), content);
        const auto below = queue::system_files().open_folder(folder.path());
        const auto file = queue::system_files().open_file(below->get(), "document");
        const auto spooled = spool->put(file->get());
        const auto claim = "claim" + std::to_string(++claims);
        const auto job = store->jobs().accept({spooled->sha256, spooled->bytes}, {"a.pdf", {"县"}, claim, 0})->job;
        if (supervisor) supervisor->wake();
        return job;
    }
    void start() {
        supervisor = std::make_unique<Supervisor>(config, open(), *spool, queue::system_clock(), [](std::int64_t) {});
    }
    queue::JobRow row(std::int64_t job) { return store->catalogue().job(job).value().value(); }
    queue::JobRow ended(std::int64_t job) {
        if (!supervisor) start();
        EXPECT_TRUE(eventually([&] { return row(job).state == JobState::done || row(job).state == JobState::failed; }));
        return row(job);
    }
    std::string reason(const std::string& content) {
        const queue::JobRow job = ended(add(content));
        EXPECT_EQ(job.state, JobState::failed) << content;
        EXPECT_EQ(job.failure->error.kind, models::ErrorKind::internal);
        EXPECT_EQ(job.deaths, 3);
        return job.failure->error.reason;
    }

    TempFolder folder;
    CountingRandom random;
    Config config;
    std::unique_ptr<queue::Store> store;
    std::optional<queue::Spool> spool;
    std::unique_ptr<Supervisor> supervisor;
    int claims = 0;
};

TEST_F(SupervisorTest, ADocumentBecomesARecordWithItsLabels) {
    const queue::JobRow job = ended(add("plain"));
    EXPECT_EQ(job.state, JobState::done);
    const auto record = nlohmann::json::parse(store->catalogue().record(job.sha256).value().value());
    EXPECT_EQ(record["source"]["name"], "a.pdf");
    EXPECT_EQ(record["source"]["labels"][0], "县");
    EXPECT_EQ(record["source"]["received_at"], "1970-01-01T00:00:00.000Z");
}

TEST_F(SupervisorTest, BadInputFailsAtOnce) {
    const queue::JobRow job = ended(add("bad"));
    EXPECT_EQ(job.state, JobState::failed);
    EXPECT_EQ(job.attempts, 1);
    EXPECT_EQ(job.failure->error.page, 3);
}

TEST_F(SupervisorTest, TemporaryTroubleIsTriedAgainButNotForEver) {
    const queue::JobRow once = ended(add("once " + folder.path("marker")));
    EXPECT_EQ(once.state, JobState::done);
    EXPECT_EQ(once.attempts, 2);
    EXPECT_FALSE(once.failure);
    supervisor.reset();
    config.retry.attempts = 2;
    const queue::JobRow always = ended(add("temporary"));
    EXPECT_EQ(always.state, JobState::failed);
    EXPECT_EQ(always.attempts, 2);
    EXPECT_EQ(always.failure->error.kind, models::ErrorKind::temporary);
}

TEST_F(SupervisorTest, ThreeDeathsAreAFailure) {
    EXPECT_NE(reason("crash").find("signal ABRT"), std::string::npos);
    EXPECT_NE(reason("exit").find("without a result"), std::string::npos);
}

TEST_F(SupervisorTest, OneDeathIsForgiven) {
    const queue::JobRow job = ended(add("crash_once " + folder.path("marker")));
    EXPECT_EQ(job.state, JobState::done);
    EXPECT_EQ(job.deaths, 1);
}

TEST_F(SupervisorTest, WhatIsNoValidResultIsADeath) {
    EXPECT_NE(reason("garbage").find("no frame"), std::string::npos);
    EXPECT_NE(reason("huge").find("larger than the limit"), std::string::npos);
    EXPECT_NE(reason("not_json").find("not JSON"), std::string::npos);
    EXPECT_NE(reason("deep").find("too deeply"), std::string::npos);
    EXPECT_NE(reason("wrong_id").find("hash"), std::string::npos);
    EXPECT_NE(reason("no_tables").find("tables"), std::string::npos);
}

TEST_F(SupervisorTest, AGoodResultCountsWhateverHappensAfterIt) {
    EXPECT_EQ(ended(add("late_crash")).state, JobState::done);
}

TEST_F(SupervisorTest, AHangIsKilledAndDelaysNobodyElse) {
    config.worker.base_ms = 300;
    config.worker.per_page_ms = 0;
    const std::int64_t hang = add("hang"), third_page = add("hang_at 3");
    start();
    EXPECT_EQ(ended(add("plain")).state, JobState::done);
    EXPECT_EQ(ended(third_page).failure->error.page, 3);
    const queue::JobRow job = ended(hang);
    EXPECT_EQ(job.state, JobState::failed);
    EXPECT_EQ(job.failure->limit, "wall_time");
}

TEST_F(SupervisorTest, NoPageUsesUpTheTimeOfAllPages) {
    config.worker.base_ms = 2500;  // enough for a worker's start on a busy machine
    config.worker.per_page_ms = 500;
    const queue::JobRow job = ended(add("hang_at 3 2000"));
    EXPECT_EQ(job.failure->limit, "wall_time") << "after seconds of nothing, not after a quarter of an hour";
    EXPECT_EQ(job.failure->error.page, 3);
}

TEST_F(SupervisorTest, TheLimitThatTheReaderNamesIsKept) {
    const queue::JobRow job = ended(add("over_limit"));
    EXPECT_EQ(job.attempts, 1);
    EXPECT_EQ(job.failure->limit, "pages");
}

TEST_F(SupervisorTest, ACrashingFileWaitsForItsRetryAndTheOthersDoNot) {
    config.worker.count = 1;
    config.retry.first_ms = config.retry.longest_ms = 600'000;
    const std::int64_t crash = add("crash");
    start();
    ASSERT_TRUE(eventually([&] { return row(crash).deaths == 1; }));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(ended(add("plain " + std::to_string(i))).state, JobState::done);
    EXPECT_EQ(row(crash).state, JobState::waiting);
    EXPECT_EQ(row(crash).attempts, 1);
}

TEST_F(SupervisorTest, AHangTakesItsOwnSlotAndNoOther) {
    config.worker.base_ms = 600'000;
    config.stop_ms = 50;
    const std::int64_t hang = add("hang");
    start();
    ASSERT_TRUE(eventually([&] { return supervisor->running() == 1; }));
    for (int i = 0; i < 6; ++i) EXPECT_EQ(ended(add("plain " + std::to_string(i))).state, JobState::done);
    EXPECT_EQ(row(hang).state, JobState::running) << "its slot is still its own";
}

TEST_F(SupervisorTest, AHangOfTheOnlySlotIsNotTriedAgainBeforeTheOthers) {
    config.worker.count = 1;
    config.worker.base_ms = 2500;
    config.worker.per_page_ms = 0;
    config.retry.first_ms = config.retry.longest_ms = 600'000;
    const std::int64_t hang = add("hang");
    std::vector<std::int64_t> others;
    for (int i = 0; i < 4; ++i) others.push_back(add("plain " + std::to_string(i)));
    for (const std::int64_t job : others) EXPECT_EQ(ended(job).state, JobState::done);
    EXPECT_EQ(row(hang).attempts, 1);
    EXPECT_EQ(row(hang).deaths, 1);
}

TEST_F(SupervisorTest, TheDeadlineGrowsWithThePages) {
    config.worker.base_ms = 200;
    config.worker.per_page_ms = 200;
    EXPECT_EQ(ended(add("pages 40")).state, JobState::done) << "800 ms at least, more than base and one page";
}

TEST_F(SupervisorTest, StopLetsDocumentsFinish) {
    const std::int64_t job = add("wait " + folder.path("go"));
    start();
    ASSERT_TRUE(eventually([&] { return supervisor->running() == 1; }));
    std::thread stopping([&] { supervisor->stop(); });
    write_file(folder.path("go"), "");
    stopping.join();
    EXPECT_EQ(row(job).state, JobState::done);
}

TEST_F(SupervisorTest, StopHandsBackWhatDoesNotFinish) {
    config.stop_ms = 50;
    const std::int64_t job = add("hang");
    start();
    ASSERT_TRUE(eventually([&] { return supervisor->running() == 1; }));
    supervisor->stop();
    EXPECT_EQ(row(job).state, JobState::waiting);
    EXPECT_EQ(row(job).attempts, 0) << "the stop is not the file's doing";
    EXPECT_EQ(row(job).deaths, 0);
}

TEST_F(SupervisorTest, AWorkerThatCannotBeStartedIsADeath) {
    config.worker.command = {"/nonexistent"};
    EXPECT_NE(reason("plain").find("could not be started"), std::string::npos);
}

}  // namespace
}  // namespace biaod::tests
