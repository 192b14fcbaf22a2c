#include "daemon/log.hpp"

#include <gtest/gtest.h>

namespace biaod::tests {
namespace {

using daemon::shown;

TEST(Shown, NamesCannotForgeLinesOrTurnTheTerminal) {
    EXPECT_EQ(shown("年报 2021.pdf"), "年报 2021.pdf");
    EXPECT_EQ(shown("a\nb\x1b[2J\x7f"), "a\\x0ab\\x1b[2J\\x7f");
    EXPECT_EQ(shown("a\xC2\x9B"
                    "b"),
              "a\\x9bb")
        << "C1 controls";
    EXPECT_EQ(shown("a\u202Efdp.exe"), "a\\u{202e}fdp.exe");
    EXPECT_EQ(shown("\u2066x\u2069\u200F\uFEFF"), "\\u{2066}x\\u{2069}\\u{200f}\\u{feff}");
    EXPECT_EQ(shown("\xFF\xFE"), "\\xff\\xfe");
    EXPECT_EQ(shown("😀"), "😀");
}

}  // namespace
}  // namespace biaod::tests
