#include "daemon/worker/standby_worker.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "daemon/worker/sandbox.hpp"
#include "queue/file_layer.hpp"
#include "queue/spool.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace daemon;

class StandbyWorkerTest : public testing::Test {
  protected:
    void SetUp() override {
        command.arguments = {BIAOD_FAKE, "worker"};
        like.languages = "reading";
    }
    queue::Fd file(const std::string& content) {
        write_file(folder.path("document"), content);
        const auto below = queue::system_files().open_folder(folder.path());
        return std::move(*queue::system_files().open_file(below->get(), "document"));
    }
    Outcome answer(const std::string& content) {
        const queue::Fd document = file(content);
        const auto sha256 = queue::sha256_of(queue::system_files(), document.get());
        auto standing_by = StandbyWorker::start(command, like);
        EXPECT_TRUE(standing_by && standing_by->waits());
        ReadRequest request = like;
        request.name = "asked later.pdf";
        auto worker = StandbyWorker::hand_over(std::move(*standing_by), request, document, *sha256, 1000);
        EXPECT_TRUE(worker);
        EXPECT_EQ(worker->deadline_ms(), 1000 + command.base_ms + command.per_page_ms);
        EXPECT_TRUE(eventually([&] { return !worker->read(1000); }));
        return worker->end(false, 1234);
    }

    TempFolder folder;
    WorkerCommand command;
    ReadRequest like;
};

TEST_F(StandbyWorkerTest, AnswersTheRequestThatCameLater) {
    const Outcome outcome = answer("report");
    ASSERT_EQ(outcome.kind, Outcome::Kind::record) << outcome.failure.error.reason;
    EXPECT_EQ(outcome.record["source"]["name"], "asked later.pdf");
    EXPECT_EQ(outcome.cost.wall_ms, 234) << "from then on";
}

TEST_F(StandbyWorkerTest, IsLockedDownBeforeTheDocumentComes) {
    if (!sandbox_is_built_in()) GTEST_SKIP() << "AddressSanitizer";
    EXPECT_EQ(answer("try_open /etc/passwd").failure.error.reason, "Permission denied");
    EXPECT_NE(answer("try_socket").failure.error.reason.find("sandbox killed"), std::string::npos);
}

TEST_F(StandbyWorkerTest, TheCopyCannotBeChanged) {
    // The lock-down forbids to write any file; the seal stands behind it.
    const std::string refusal = sandbox_is_built_in() ? "XFSZ" : "Operation not permitted";
    const std::string reason = answer("try_write_document").failure.error.reason;
    EXPECT_NE(reason.find(refusal), std::string::npos) << reason;
}

TEST_F(StandbyWorkerTest, AnotherDocumentThanPromisedIsNoRecord) {
    auto standing_by = StandbyWorker::start(command, like);
    ASSERT_TRUE(standing_by);
    auto worker = StandbyWorker::hand_over(std::move(*standing_by), like, file("report"), std::string(64, 'a'), 0);
    ASSERT_TRUE(worker);
    EXPECT_TRUE(eventually([&] { return !worker->read(0); }));
    EXPECT_EQ(worker->end(false, 0).kind, Outcome::Kind::death);
}

TEST_F(StandbyWorkerTest, ALargeDocumentIsLeftToAWorkerOfItsOwn) {
    auto standing_by = StandbyWorker::start(command, like);
    ASSERT_TRUE(standing_by);
    const queue::Fd large = file("report");
    ASSERT_EQ(::truncate(folder.path("document").c_str(), 1 << 27), 0);
    const auto worker = StandbyWorker::hand_over(std::move(*standing_by), like, large, "", 0);
    ASSERT_FALSE(worker);
    EXPECT_EQ(worker.error().kind, models::ErrorKind::temporary);
}

TEST_F(StandbyWorkerTest, OneThatEndedDoesNotWait) {
    command.arguments = {"/bin/true"};
    auto standing_by = StandbyWorker::start(command, like);
    ASSERT_TRUE(standing_by);
    EXPECT_TRUE(eventually([&] { return !standing_by->waits(); }));
}

}  // namespace
}  // namespace biaod::tests
