#include "ocr/second_look.hpp"

#include <gtest/gtest.h>

namespace biaod::ocr {
namespace {

constexpr int kPitch = 36;

// A line of square symbols with white between them, and what was read there.
struct Line {
    cv::Mat picture;
    Reading reading;

    explicit Line(const std::string& letters)
        : picture(50, static_cast<int>(letters.size()) * kPitch, CV_8UC1, cv::Scalar(255)) {
        for (std::size_t i = 0; i < letters.size(); ++i) {
            const int left = static_cast<int>(i) * kPitch;
            picture(cv::Rect(left + 3, 8, kPitch - 6, 34)).setTo(0);
            reading.symbols.push_back({std::string(1, letters[i]), 0.99, left, left + kPitch});
        }
        summarise(reading);
    }
    void weaken(std::size_t i) { reading.symbols[i].confidence = 0.5; }
    std::vector<LinePart> doubtful() const {
        return parts_again(reading, picture, [&](std::size_t i) {
            return reading.symbols[i].confidence < 0.9 ? Again::as_doubtful : Again::no;
        });
    }
};

Reading of(const std::string& letters) { return Line(letters).reading; }

TEST(SecondLook, APartHoldsAWeakSymbolWithItsNeighbours) {
    Line line("abcdefghijklmnopqrstuvwxyzabcdefghijklmn");
    line.weaken(20);
    const auto parts = line.doubtful();
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_LT(parts[0].first, 20u);
    EXPECT_GT(parts[0].last, 21u);
    EXPECT_LT(parts[0].last - parts[0].first, 16u);
    // Cut between the symbols.
    EXPECT_NEAR(parts[0].left, static_cast<int>(parts[0].first) * kPitch, 3);
    EXPECT_NEAR(parts[0].right, static_cast<int>(parts[0].last) * kPitch, 3);
    EXPECT_EQ(cv::countNonZero(line.picture.col(parts[0].left) < 255), 0);
}

// What was read well.
TEST(SecondLook, ANumberNeedsLittleBesideIt) {
    const Line line("abcdefghijklmnopqrstuvwxyzabcdefghijklmn");
    const auto parts_with = [&](std::size_t number, std::size_t doubtful) {
        return parts_again(line.reading, line.picture, [&](std::size_t i) {
            return i == number ? Again::as_number : i == doubtful ? Again::as_doubtful : Again::no;
        });
    };
    const auto apart = parts_with(4, 30);
    ASSERT_EQ(apart.size(), 2U);
    EXPECT_EQ(apart[0].first, 2U);
    EXPECT_EQ(apart[0].last, 7U);
    EXPECT_GT(apart[1].last - apart[1].first, 8U);
    for (const auto& [number, doubtful] : {std::pair(19, 20), {21, 20}}) {
        const auto joined = parts_with(static_cast<std::size_t>(number), static_cast<std::size_t>(doubtful));
        ASSERT_EQ(joined.size(), 1U);
        EXPECT_EQ(joined[0].first, 14U) << "as the doubtful one needs";
        EXPECT_EQ(joined[0].last, 27U);
    }
}

TEST(SecondLook, APartThatReachesOverTwoIsOneWithBoth) {
    const Line line("abcdefghijklmnopqrstuvwxyzabcdefghijklmn");
    const auto parts = parts_again(line.reading, line.picture, [](std::size_t i) {
        return i == 4 || i == 10 ? Again::as_number : i == 13 ? Again::as_doubtful : Again::no;
    });
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].first, 2U);
    EXPECT_EQ(parts[0].last, 20U);
}

TEST(SecondLook, NeighbouringPartsAreOneAndMostOfALineIsAllOfIt) {
    Line line("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
    line.weaken(20);
    line.weaken(24);
    EXPECT_EQ(line.doubtful().size(), 1u);
    for (const std::size_t i : {4, 16, 28, 40, 48}) line.weaken(i);
    const auto parts = line.doubtful();
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].first, 0u);
    EXPECT_EQ(parts[0].last, 52u);
    EXPECT_EQ(parts[0].right, line.picture.cols);
}

TEST(SecondLook, WhatIsUnlikeTheExpectedTextIsAPart) {
    const std::string letters = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    const Line line(letters);
    const auto part_of_line = [&](std::u32string expected) {
        return unlike_part(line.reading, line.picture, expected);
    };
    std::u32string expected(letters.begin(), letters.end());
    expected[20] = U'-';
    LinePart part = part_of_line(expected);
    EXPECT_LT(part.first, 20u);
    EXPECT_GT(part.last, 21u);
    EXPECT_LT(part.last - part.first, 16u);
    EXPECT_NEAR(part.left, static_cast<int>(part.first) * kPitch, 3);
    expected.erase(20, 1);  // a symbol too many
    EXPECT_EQ(part_of_line(expected).first, part.first);
    expected.insert(20, U"--");  // one too few
    part = part_of_line(expected);
    EXPECT_LE(part.first, 20u);
    EXPECT_GE(part.last, 21u);
    expected.front() = U'-';
    EXPECT_EQ(part_of_line(expected).last, 27u);
    expected.back() = U'-';
    EXPECT_EQ(part_of_line(expected).right, line.picture.cols) << "from end to end";
    EXPECT_EQ(part_of_line(expected).left, 0);
    EXPECT_EQ(unlike_part({}, line.picture, expected).right, line.picture.cols) << "of nothing known, all";
}

TEST(SecondLook, APartIsReplacedWhereItsEndsAgree) {
    Line line("abcdefghij");
    const LinePart part{3, 7, 3 * kPitch, 7 * kPitch};
    EXPECT_EQ(part_of(line.reading, part).text, "defg");
    Reading reading = line.reading;
    EXPECT_TRUE(replace_part(reading, part, of("dXYfg")));
    EXPECT_EQ(reading.text, "abcdXYfghij");
    // Symbols cut at the ends are misread there.
    EXPECT_FALSE(replace_part(reading, part, of("Qefg")));
    EXPECT_EQ(reading.text, "abcdXYfghij");
}

// Found on a scan: 317人次 stayed, where two readings of 1317人次 had a rest of the mark behind it.
TEST(SecondLook, TheRestsOfNeighboursAreLeftOut) {
    const Line line("abcdefghij");
    for (const char* read : {"dXfg", "QdXfg", "dXfgQ", "QdXfgQ"}) {
        Reading reading = line.reading;
        EXPECT_TRUE(replace_part(reading, {3, 7, 3 * kPitch, 7 * kPitch}, of(read))) << read;
        EXPECT_EQ(reading.text, "abcdXfghij") << read;
    }
    Reading reading = line.reading;
    EXPECT_TRUE(replace_part(reading, {0, 3, 0, 3 * kPitch}, of("QaXc"))) << "nothing stands before it";
    EXPECT_EQ(reading.text, "QaXcdefghij");
    EXPECT_TRUE(replace_part(reading, {10, 11, 10 * kPitch, 11 * kPitch}, of("jQ"))) << "nor behind";
    EXPECT_EQ(reading.text, "QaXcdefghijQ");
}

TEST(SecondLook, ASymbolThatTheCutTookAwayStays) {
    Line line("abcdefghij");
    const LinePart part{3, 7, 3 * kPitch, 7 * kPitch};
    replace_part(line.reading, part, of("eXg"));
    EXPECT_EQ(line.reading.text, "abcdeXghij") << "d";
    Line other("abcdefghij");
    replace_part(other.reading, part, of("dYf"));
    EXPECT_EQ(other.reading.text, "abcdYfghij") << "g";
}

TEST(SecondLook, AnEndOfTheLineIsNotCut) {
    Line line("abcdefghij");
    replace_part(line.reading, {0, 3, 0, 3 * kPitch}, of("Xbc"));
    EXPECT_EQ(line.reading.text, "Xbcdefghij");
    replace_part(line.reading, {7, 10, 7 * kPitch, 10 * kPitch}, of("hiX"));
    EXPECT_EQ(line.reading.text, "XbcdefghiX");
}

}  // namespace
}  // namespace biaod::ocr
