#include "daemon/inbox/upload.hpp"

#include <gtest/gtest.h>

#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using daemon::is_safe_name;
using daemon::Upload;

class UploadTest : public testing::Test {
  protected:
    Upload begin(std::uint64_t max_bytes = 100) {
        auto upload = Upload::begin(folder.path("inbox"), files, random, max_bytes);
        EXPECT_TRUE(upload);
        return std::move(*upload);
    }
    TempFolder folder;
    FaultyFiles files;
    CountingRandom random;
};

TEST_F(UploadTest, StandsUnderItsNameOnlyWhenItIsWhole) {
    Upload upload = begin();
    ASSERT_TRUE(upload.take("hello "));
    EXPECT_TRUE(names_in(folder.path("inbox")).starts_with(".biaod-upload-")) << "passed over by the intake";
    ASSERT_TRUE(upload.take("world"));
    EXPECT_EQ(*upload.finish("报告.pdf"), "报告.pdf");
    EXPECT_EQ(names_in(folder.path("inbox")), "报告.pdf");
    EXPECT_EQ(read_file(folder.path("inbox/报告.pdf")), "hello world");
    EXPECT_GE(files.synced, 2) << "the file and its folder";
}

TEST_F(UploadTest, WhatBreaksOffLeavesNothing) {
    {
        Upload upload = begin();
        ASSERT_TRUE(upload.take("half"));
    }
    EXPECT_EQ(names_in(folder.path("inbox")), "");
}

TEST_F(UploadTest, ATakenNameGetsANumber) {
    write_file(folder.path("inbox/a.pdf"), "first");
    Upload upload = begin();
    ASSERT_TRUE(upload.take("second"));
    EXPECT_EQ(*upload.finish("a.pdf"), "a~2.pdf");
    EXPECT_EQ(read_file(folder.path("inbox/a.pdf")), "first");
}

TEST_F(UploadTest, MoreThanTheLimitIsRefused) {
    Upload upload = begin(4);
    EXPECT_TRUE(upload.take("1234"));
    EXPECT_FALSE(upload.take("5"));
}

TEST(UploadName, IsOneVisibleComponent) {
    for (const char* good : {"a.pdf", "2024年 报告（终稿）.pdf", "no ending"}) EXPECT_TRUE(is_safe_name(good)) << good;
    for (const char* bad : {"", ".", "..", "../a.pdf", "a/b.pdf", "a\\b.pdf", ".hidden", "~$a.docx", "a.part", "a.tmp",
                            "a\nb.pdf", "a\xFF.pdf", "\u202Efdp.exe", "\x7F"}) {
        EXPECT_FALSE(is_safe_name(bad)) << bad;
    }
    EXPECT_FALSE(is_safe_name(std::string(201, 'a')));
    EXPECT_FALSE(is_safe_name(std::string("a\0b", 3)));
}

}  // namespace
}  // namespace biaod::tests
