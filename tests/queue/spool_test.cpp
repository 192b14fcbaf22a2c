#include "queue/spool.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace queue;
using models::ErrorKind;

const std::string hello_hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";  // "hello"

class SpoolTest : public testing::Test {
  protected:
    Spool open(std::uint64_t max_bytes = 1000) {
        return std::move(*Spool::open(files, random, folder.path("spool"), max_bytes));
    }
    Fd source(const std::string& content) {
        write_file(folder.path("in/file"), content);
        auto below = files.open_folder(folder.path("in"));
        return std::move(*files.open_file(below->get(), "file"));
    }
    TempFolder folder;
    CountingRandom random;
    FaultyFiles files;
};

TEST_F(SpoolTest, KeepsACopyUnderItsHash) {
    Spool spool = open();
    const Fd file = source("hello");
    const auto spooled = spool.put(file.get());
    ASSERT_TRUE(spooled);
    EXPECT_EQ(spooled->sha256, hello_hash);
    EXPECT_EQ(spooled->bytes, 5u);
    EXPECT_EQ(read_file(folder.path("spool/" + hello_hash)), "hello");
    EXPECT_EQ(names_in(folder.path("spool/tmp")), "");
    EXPECT_EQ(files.synced, 2) << "the copy, and the folder";
    EXPECT_TRUE(spool.put(file.get())) << "again";
    EXPECT_EQ(*spool.list(), std::vector<std::string>{hello_hash});
}

TEST_F(SpoolTest, AFileThatGrowsDuringTheCopyIsNotKept) {
    Spool spool = open();
    const Fd file = source("hello");
    bool grown = false;
    files.on_read = [&] {
        if (!std::exchange(grown, true)) std::filesystem::resize_file(folder.path("in/file"), 6);
    };
    const auto spooled = spool.put(file.get());
    ASSERT_TRUE(spooled);
    EXPECT_TRUE(spooled->changed);
    EXPECT_EQ(names_in(folder.path("spool")), "tmp/");
    EXPECT_EQ(names_in(folder.path("spool/tmp")), "");
}

TEST_F(SpoolTest, AFileOverTheLimitIsBadInput) {
    Spool spool = open(4);
    const auto spooled = spool.put(source("hello").get());
    ASSERT_FALSE(spooled);
    EXPECT_EQ(spooled.error().kind, ErrorKind::bad_input);
    EXPECT_EQ(files.synced, 0) << "said before anything was copied";
    EXPECT_EQ(names_in(folder.path("spool/tmp")), "");
}

// Whatever operation fails, there is never a wrong file under a hash, the source is untouched, and a second try works.
TEST_F(SpoolTest, EachOperationMayFail) {
    Spool spool = open();
    const Fd file = source("hello");
    int failures = 0;
    for (int turn = 1;; ++turn) {
        files.fail_at = turn;
        const auto spooled = spool.put(file.get());
        if (spooled) break;
        ++failures;
        EXPECT_EQ(spooled.error().kind, ErrorKind::temporary);
        EXPECT_EQ(read_file(folder.path("in/file")), "hello");
        const std::vector<std::string> kept = spool.list().value();
        for (const std::string& name : kept) EXPECT_EQ(read_file(folder.path("spool/" + name)), "hello");
        ASSERT_LT(turn, 100);
    }
    EXPECT_GE(failures, 7) << "look, create, read, write, fsync, look, rename, fsync";
}

TEST_F(SpoolTest, LeftOverCopiesAreRemovedAtStart) {
    write_file(folder.path("spool/tmp/left"), "half");
    write_file(folder.path("spool/" + hello_hash), "hello");
    Spool spool = open();
    EXPECT_EQ(names_in(folder.path("spool/tmp")), "");
    EXPECT_TRUE(spool.get(hello_hash));
}

TEST_F(SpoolTest, OnlyRegularFilesAreOpened) {
    write_file(folder.path("in/file"), "x");
    std::filesystem::create_symlink("file", folder.path("in/link"));
    ASSERT_EQ(::mkfifo(folder.path("in/fifo").c_str(), 0600), 0);
    const auto below = files.open_folder(folder.path("in"));
    for (const char* name : {"link", "fifo", "."}) {
        EXPECT_EQ(files.open_file(below->get(), name).error().kind, ErrorKind::bad_input) << name;
    }
    EXPECT_EQ(files.open_file(below->get(), "nothing").error().kind, ErrorKind::temporary);
}

}  // namespace
}  // namespace biaod::tests
