// The intake with a clock, a random and a disk that obey; no worker: the test itself ends the jobs.
#include "daemon/inbox/intake.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "queue/sqlite_store.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace daemon;
using queue::JobState;

class IntakeTest : public testing::Test {
  protected:
    void SetUp() override {
        config.inbox = folder.path("inbox");
        config.done = config.inbox + "/done";
        config.failed = config.inbox + "/failed";
        config.settle_ms = 2000;
        config.empty_ms = 60'000;
        config.rescan_ms = 30'000;
        config.min_free_bytes = 1000;
        start();
    }
    // Also what happens after a crash: everything in memory is new, the folders and the journal are what they were.
    void start(std::uint64_t max_bytes = 1000) {
        intake.reset();
        store = std::move(*queue::open_sqlite_store({folder.path("journal"), "1"}, clock, random));
        spool.emplace(std::move(*queue::Spool::open(files, random, folder.path("spool"), max_bytes)));
        folders.emplace(std::move(*InboxFolders::open(config, files)));
        put_away.emplace(*folders, store->catalogue(), random);
        intake = std::make_unique<Intake>(config, Intake::Parts{*folders, *spool, *store, *put_away, clock, random},
                                          [this] { ++accepted; });
        intake->recover();
    }
    void drop(const std::string& name, const std::string& content) {
        write_file(folder.path("inbox/" + name), content);
    }
    void pass(std::int64_t ms) {
        clock.advance(ms);
        while (intake->round() == 0) {
        }
    }
    void settle() {
        pass(0);
        pass(2000);
    }
    std::vector<queue::JobRow> jobs() { return store->catalogue().list(std::nullopt, 1000).value(); }
    std::string inbox() { return names_in(folder.path("inbox")); }
    std::int64_t work(bool well) {
        const auto lease = store->jobs().claim(1000).value().value();
        EXPECT_TRUE(well
                        ? store->jobs().finish(lease, small_record(lease.content.sha256)).value()
                        : store->jobs().fail(lease, {{models::ErrorKind::bad_input, "render", 4, "torn"}, ""}).value());
        EXPECT_TRUE(put_away->job(lease.job));
        return lease.job;
    }

    TempFolder folder;
    FakeClock clock;
    CountingRandom random;
    FaultyFiles files;
    IntakeConfig config;
    std::unique_ptr<queue::Store> store;
    std::optional<queue::Spool> spool;
    std::optional<InboxFolders> folders;
    std::optional<PutAway> put_away;
    std::unique_ptr<Intake> intake;
    int accepted = 0;
};

TEST_F(IntakeTest, AFileIsTakenWhenItHasSettledAndGoesToDone) {
    drop("a.pdf", "hello");
    pass(0);
    pass(1999);
    EXPECT_EQ(inbox(), ".biaod-claim/ a.pdf done/ failed/");
    pass(1);
    EXPECT_EQ(inbox(), ".biaod-claim/ done/ failed/");
    EXPECT_EQ(accepted, 1);
    ASSERT_EQ(jobs().size(), 1u);
    EXPECT_EQ(jobs()[0].name, "a.pdf");
    EXPECT_EQ(names_in(folder.path("inbox/done")), "") << "not before its job is at rest";
    work(true);
    EXPECT_EQ(names_in(folder.path("inbox/done")), "a.pdf");
    EXPECT_EQ(names_in(folder.path("inbox/.biaod-claim")), "");
}

TEST_F(IntakeTest, AFileThatGrowsIsNotTaken) {
    std::string content;
    for (int i = 0; i < 5; ++i) {
        drop("slow.pdf", content += "more ");
        pass(1500);
    }
    EXPECT_TRUE(jobs().empty());
    pass(2000);
    ASSERT_EQ(jobs().size(), 1u);
    EXPECT_EQ(jobs()[0].bytes, content.size());
}

TEST_F(IntakeTest, AWriterThatHoldsTheFileOverTheClaimIsWaitedFor) {
    drop("held.pdf", "half");
    pass(0);
    int reads = 0;
    files.on_read = [&] {
        if (++reads > 2) return;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path("inbox/.biaod-claim"))) {
            if (entry.is_regular_file()) write_file(entry.path(), "half and half " + std::to_string(reads));
        }
    };
    pass(2000);
    EXPECT_TRUE(jobs().empty());
    EXPECT_EQ(intake->waiting(), 1u);
    pass(2000);
    files.on_read = {};
    pass(2000);
    ASSERT_EQ(jobs().size(), 1u);
    EXPECT_EQ(jobs()[0].bytes, 15u);
}

TEST_F(IntakeTest, SubFoldersAreLabelsAndAreKept) {
    drop("县/乡/a.pdf", "hello");
    settle();
    ASSERT_EQ(jobs().size(), 1u);
    const auto arrivals = store->catalogue().arrivals(jobs()[0].id).value();
    EXPECT_EQ(arrivals[0].arrival.labels, (std::vector<std::string>{"县", "乡"}));
    work(true);
    EXPECT_EQ(read_file(folder.path("inbox/done/县/乡/a.pdf")), "hello");
    drop("县/新/b.pdf", "in a folder that is new after the scan");
    pass(0);
    pass(30'000);
    pass(2000);
    EXPECT_EQ(jobs().size(), 2u);
}

TEST_F(IntakeTest, WhatIsNoDocumentIsPassedOver) {
    for (const char* name :
         {".hidden", "~$open.docx", "a.PART", "a.tmp", "b.crdownload", ".git/config", "done/x", "failed/y"}) {
        drop(name, "x");
    }
    std::filesystem::create_symlink("/etc/passwd", folder.path("inbox/link.pdf"));
    ASSERT_EQ(::mkfifo(folder.path("inbox/fifo.pdf").c_str(), 0600), 0);
    std::filesystem::create_directory(folder.path("inbox/folder.pdf"));
    settle();
    pass(30'000);
    EXPECT_TRUE(jobs().empty());
    drop("a.part", "finished");
    std::filesystem::rename(folder.path("inbox/a.part"), folder.path("inbox/a.pdf"));
    settle();
    EXPECT_EQ(jobs().size(), 1u) << "the browser has renamed it";
}

// Names are bytes; what is shown of them is another matter (log_test, messages_test).
TEST_F(IntakeTest, NamesOfAnyBytesComeOutAsTheyWere) {
    const std::vector<std::string> names{"new\nline.pdf",
                                         "tab\tbell\a.pdf",
                                         "\x1b[31mred.pdf",
                                         "\u202egpj.exe.pdf",
                                         "\xff\xfe broken.pdf",
                                         "\xed\xa0\x80.pdf",
                                         std::string(255, 'n'),
                                         std::string(251, 'x') + ".pdf",
                                         "-rf",
                                         "a b'\"$(x).pdf",
                                         "\\",
                                         "%s%n.pdf",
                                         "\xe2\x80\xa8.pdf",
                                         "con.pdf "};
    for (const std::string& name : names) {
        drop(name, "content of " + name);
        drop("sub\n\xff/" + name, "lower content of " + name);
    }
    settle();
    ASSERT_EQ(jobs().size(), 2 * names.size());
    for (std::size_t i = 0; i < 2 * names.size(); ++i) work(i % 2 == 0);
    for (const std::string& name : names) {
        for (const std::string& path : {name, "sub\n\xff/" + name}) {
            const bool done = std::filesystem::exists(folder.path("inbox/done/" + path));
            EXPECT_NE(done, std::filesystem::exists(folder.path("inbox/failed/" + path))) << path;
        }
    }
    EXPECT_EQ(names_in(folder.path("inbox/.biaod-claim")), "");
}

TEST_F(IntakeTest, LinksFifosAndDevicesAreLeftAlone) {
    write_file(folder.path("outside/secret.pdf"), "secret");
    namespace fs = std::filesystem;
    fs::create_symlink(folder.path("outside/secret.pdf"), folder.path("inbox/link.pdf"));
    fs::create_directory_symlink(folder.path("outside"), folder.path("inbox/linked"));
    fs::create_symlink("loop.pdf", folder.path("inbox/loop.pdf"));
    ASSERT_EQ(::mkfifo(folder.path("inbox/fifo.pdf").c_str(), 0600), 0);
    static_cast<void>(::mknod(folder.path("inbox/zero.pdf").c_str(), S_IFCHR | 0600, makedev(1, 5)));  // root only
    fs::create_directories(folder.path("inbox/folder.pdf/deeper.pdf"));
    drop("folder.pdf/deeper.pdf/real.pdf", "real");
    drop("hard.pdf", "hard");
    fs::create_hard_link(folder.path("inbox/hard.pdf"), folder.path("outside/hard.pdf"));
    fs::create_hard_link(folder.path("inbox/hard.pdf"), folder.path("inbox/same.pdf"));
    settle();
    pass(30'000);
    EXPECT_EQ(jobs().size(), 2u) << "real.pdf, and the content of the two hard links";
    for (const queue::JobRow& job : jobs()) EXPECT_NE(job.name, "secret.pdf");
    work(true);
    work(true);
    EXPECT_EQ(read_file(folder.path("inbox/done/folder.pdf/deeper.pdf/real.pdf")), "real");
    EXPECT_EQ(names_in(folder.path("inbox/done")), "folder.pdf/ hard.pdf same.pdf");
    EXPECT_EQ(read_file(folder.path("outside/secret.pdf")), "secret");
    EXPECT_EQ(read_file(folder.path("outside/hard.pdf")), "hard");
    EXPECT_TRUE(fs::is_symlink(folder.path("inbox/link.pdf")));
    EXPECT_TRUE(fs::is_fifo(folder.path("inbox/fifo.pdf")));
}

TEST_F(IntakeTest, ADocumentThatIsCalledLikeAReasonIsNotReplacedByOne) {
    for (const char* name : {"a.pdf.reason.json", "a.pdf"}) {
        drop(name, std::string("content of ") + name);
        settle();
        work(false);
    }
    EXPECT_EQ(read_file(folder.path("inbox/failed/a.pdf.reason.json")), "content of a.pdf.reason.json");
    EXPECT_EQ(read_file(folder.path("inbox/failed/a~2.pdf")), "content of a.pdf");
    EXPECT_EQ(names_in(folder.path("inbox/failed")),
              "a.pdf.reason.json a.pdf.reason.json.reason.json a~2.pdf a~2.pdf.reason.json");
}

TEST_F(IntakeTest, SameContentTwiceIsReadOnce) {
    drop("a.pdf", "hello");
    drop("b.pdf", "hello");
    settle();
    EXPECT_EQ(jobs().size(), 1u);
    work(true);
    EXPECT_EQ(names_in(folder.path("inbox/done")), "a.pdf b.pdf");
    drop("c.pdf", "hello");
    settle();
    EXPECT_EQ(names_in(folder.path("inbox/done")), "a.pdf b.pdf c.pdf") << "of a job that is done already";
    EXPECT_EQ(jobs()[0].state, JobState::done);
}

TEST_F(IntakeTest, ANameThatIsTakenGetsANumber) {
    for (const char* content : {"one", "two", "three"}) {
        drop("a.pdf", content);
        settle();
        work(std::string(content) != "three");
    }
    EXPECT_EQ(names_in(folder.path("inbox/done")), "a.pdf a~2.pdf");
    EXPECT_EQ(names_in(folder.path("inbox/failed")), "a.pdf a.pdf.reason.json");
    EXPECT_EQ(read_file(folder.path("inbox/done/a~2.pdf")), "two");
}

TEST_F(IntakeTest, AFailedFileHasItsReasonBeside) {
    drop("县/a.pdf", "hello");
    settle();
    work(false);
    const auto reason = nlohmann::json::parse(read_file(folder.path("inbox/failed/县/a.pdf.reason.json")));
    EXPECT_EQ(reason["stage"], "render");
    EXPECT_EQ(reason["kind"], "bad_input");
    EXPECT_EQ(reason["page"], 4);
    EXPECT_EQ(reason["reason"], "torn");
    EXPECT_EQ(reason["attempts"], 1);
    EXPECT_TRUE(reason["limit"].is_null());
    EXPECT_TRUE(reason["versions"].contains("biaod"));
    EXPECT_EQ(read_file(folder.path("inbox/failed/县/a.pdf")), "hello");
}

TEST_F(IntakeTest, AFileOverTheLimitFailsWithoutAJob) {
    start(4);
    drop("big.pdf", "hello");
    settle();
    EXPECT_TRUE(jobs().empty());
    EXPECT_EQ(names_in(folder.path("inbox/failed")), "big.pdf big.pdf.reason.json");
    EXPECT_EQ(nlohmann::json::parse(read_file(folder.path("inbox/failed/big.pdf.reason.json")))["limit"], "file_size");
    EXPECT_EQ(store->outbox().head()->head, 1u) << "and the bus hears of it";
}

TEST_F(IntakeTest, AnEmptyFileIsGivenTime) {
    drop("empty.pdf", "");
    settle();
    pass(30'000);
    EXPECT_TRUE(jobs().empty());
    pass(30'000);
    EXPECT_EQ(jobs().size(), 1u);
}

TEST_F(IntakeTest, LowDiskLeavesFilesInTheInbox) {
    files.free = 999;
    drop("a.pdf", "hello");
    settle();
    EXPECT_TRUE(jobs().empty());
    EXPECT_NE(intake->paused(), "");
    EXPECT_EQ(read_file(folder.path("inbox/a.pdf")), "hello");
    files.free = 1000;
    pass(0);
    EXPECT_EQ(jobs().size(), 1u);
    EXPECT_EQ(intake->paused(), "");
}

TEST_F(IntakeTest, ARestartFindsWhatWasClaimed) {
    drop("县/a.pdf", "hello");
    pass(0);
    files.fail_at = 3;  // of the operations after the looks: the disk is full in the middle of the copy
    pass(2000);
    files.fail_at = 0;
    EXPECT_TRUE(jobs().empty());
    EXPECT_NE(names_in(folder.path("inbox/.biaod-claim")), "");
    start();
    pass(0);
    ASSERT_EQ(jobs().size(), 1u);
    EXPECT_EQ(store->catalogue().arrivals(jobs()[0].id)->front().arrival.labels, std::vector<std::string>{"县"});
}

TEST_F(IntakeTest, ARestartMovesOriginalsOfJobsThatEndedMeanwhile) {
    drop("a.pdf", "hello");
    drop("b.pdf", "world");
    settle();
    const auto lease = store->jobs().claim(1000).value().value();
    ASSERT_TRUE(*store->jobs().finish(lease, small_record(lease.content.sha256)));  // and no put_away: it crashed
    start();
    EXPECT_EQ(names_in(folder.path("inbox/done")), lease.arrival.name);
    work(true);
    EXPECT_EQ(names_in(folder.path("inbox/done")), "a.pdf b.pdf");
    EXPECT_EQ(jobs().size(), 2u);
}

// Whatever operation of the disk fails, after a restart the file is accepted, once.
TEST_F(IntakeTest, NeverLostWhateverFails) {
    for (int turn = 1; turn <= 20; ++turn) {
        const std::string name = "f" + std::to_string(turn) + ".pdf";
        drop(name, "content " + std::to_string(turn));
        pass(0);
        files.fail_at = turn;
        pass(2000);
        files.fail_at = 0;
        start();
        settle();
        ASSERT_EQ(jobs().size(), static_cast<std::size_t>(turn));
        work(turn % 2 == 0);
        ASSERT_TRUE(std::filesystem::exists(folder.path((turn % 2 == 0 ? "inbox/done/" : "inbox/failed/") + name)));
    }
    EXPECT_EQ(names_in(folder.path("inbox/.biaod-claim")), "");
    EXPECT_EQ(names_in(folder.path("spool/tmp")), "");
}

TEST_F(IntakeTest, ManyFilesAreTakenInBoundedRounds) {
    for (int i = 0; i < 100; ++i) drop(std::to_string(i) + ".pdf", std::to_string(i));
    intake->round();
    clock.advance(2000);
    EXPECT_EQ(intake->round(), 0);
    EXPECT_LT(jobs().size(), 100u);
    pass(0);
    EXPECT_EQ(jobs().size(), 100u);
}

TEST(Names, StayWithin255Bytes) {
    EXPECT_EQ(numbered_name("a.pdf", 1), "a.pdf");
    EXPECT_EQ(numbered_name("a.pdf", 12), "a~12.pdf");
    EXPECT_EQ(numbered_name("noext", 2), "noext~2");
    EXPECT_EQ(numbered_name(".x", 2), ".x~2");
    const std::string longest = std::string(1, 'a') + [] {
        std::string text;
        for (int i = 0; i < 83; ++i) text += "表";
        return text;
    }() + ".pdf";  // 254 bytes
    EXPECT_LE(numbered_name(longest, 10).size(), 255u);
    EXPECT_LE(reason_name(longest).size(), 255u);
    EXPECT_NE(reason_name(longest), reason_name(longest + "x")) << "though they begin alike";
    const std::string cut = reason_name(longest).substr(0, reason_name(longest).rfind('~'));
    EXPECT_TRUE(cut.ends_with("表")) << "not cut within a character";
}

}  // namespace
}  // namespace biaod::tests
