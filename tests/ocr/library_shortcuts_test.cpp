#include "ocr/library_shortcuts.hpp"

#include <gtest/gtest.h>
#include <malloc.h>

#include "ocr/engine.hpp"
#include "tests/ocr/same_readings.hpp"

namespace biaod::ocr {
namespace {

// With what the legacy recogniser would learn in it is 35 MiB. Where another allocator takes malloc's place this tells
// nothing.
TEST(LibraryShortcuts, KeepNoRoomForTheLegacyRecogniser) {
    const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    const auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine);
    const std::size_t taken = mallinfo2().uordblks + mallinfo2().hblkhd - before;
    if (taken >> 20 == 0) GTEST_SKIP() << "an engine that another test gave back";
    EXPECT_LT(taken >> 20, 18u) << "MiB, with Tesseract 5.3.0";
}

TEST(LibraryShortcuts, ChangeNoReading) {
    for (const std::string network : {"chi_sim", kFigureNetwork, kSecondNetwork})
        tests::expect_same_readings(**Engine::lend(network), use_shortcuts);
}

TEST(LibraryShortcuts, LeaveTheInkUntraced) {
    const auto engine = std::move(*Engine::lend("chi_sim"));
    const auto untraced_by = [&](bool use) {
        const tests::Setting shortcuts(use_shortcuts, use);
        const std::uint64_t before = lines_left_untraced();
        engine->read_line(tests::printed_lines()[0], "");
        return lines_left_untraced() - before;
    };
    EXPECT_EQ(untraced_by(false), 0u);
    EXPECT_EQ(untraced_by(true), 1u) << "with Tesseract 5.3.0";
}

}  // namespace
}  // namespace biaod::ocr
