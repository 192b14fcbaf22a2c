#include <gtest/gtest.h>

#include "daemon/worker/pipe.hpp"

namespace biaod::tests {
namespace {

using namespace daemon;

TEST(FrameReader, TakesFramesInPiecesOfAnySize) {
    const std::string stream = progress_frame({1, 3}) + progress_frame({2, 3}) + result_frame("{\"a\":1}");
    for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
        FrameReader reader(100);
        for (std::size_t at = 0; at < stream.size(); at += piece)
            reader.take(std::string_view(stream).substr(at, piece));
        ASSERT_EQ(reader.broken(), "");
        ASSERT_TRUE(reader.result() && reader.progress());
        EXPECT_EQ(*reader.result(), "{\"a\":1}");
        EXPECT_EQ(reader.progress()->pages_done, 2u);
        EXPECT_EQ(reader.progress()->pages_total, 3u);
    }
}

TEST(FrameReader, TakesAFailure) {
    FrameReader reader(100);
    reader.take(failure_frame({models::ErrorKind::bad_input, "render", 3, "坏的"}));
    ASSERT_TRUE(reader.failure());
    EXPECT_EQ(reader.failure()->page, 3);
    EXPECT_EQ(reader.failure()->reason, "坏的");
}

TEST(FrameReader, ReasonsAreShortened) {
    FrameReader reader(100);
    reader.take(failure_frame({models::ErrorKind::internal, "ocr", 0, std::string(1 << 20, 'x')}));
    EXPECT_TRUE(reader.failure());
}

std::string broken_by(const std::string& bytes) {
    FrameReader reader(10);
    reader.take(bytes);
    EXPECT_FALSE(reader.broken().empty());
    reader.take(result_frame("{}"));
    EXPECT_FALSE(reader.result()) << "nothing is taken after the rules were broken";
    return reader.broken();
}

TEST(FrameReader, WhatBreaksTheRulesIsRefusedBeforeItIsStored) {
    broken_by("Segmentation fault");
    broken_by(std::string("P\0\0\0\x09", 5));
    broken_by(std::string("F\xFF\xFF\xFF\xFF", 5));
    broken_by(std::string("F\0\0\0\2{}", 7));
    EXPECT_NE(broken_by(std::string("R\0\0\0\x0B", 5)).find("limit of 10"), std::string::npos);
    FrameReader after(10);
    after.take(result_frame("{}") + "x");
    EXPECT_EQ(after.broken(), "bytes after the last frame");
}

}  // namespace
}  // namespace biaod::tests
