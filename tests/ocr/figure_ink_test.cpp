#include "ocr/figure_ink.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocr/engine.hpp"
#include "ocr/figure_pieces.hpp"
#include "ocr/figure_shape.hpp"
#include "tests/ocr/printed_figure.hpp"

namespace biaod::ocr {
namespace {

using tests::printed_figure;

// Found on scans: amounts whose comma both networks read as a point, before a unit that hides where it hangs.
TEST(FigureInk, ANumberHasOnePoint) {
    const auto settled = [](const std::string& read, std::optional<std::string> second = {}) {
        FigureText figure{read, 0.98, std::move(second)};
        const cv::Rect box(10, 20, 13 * static_cast<int>(read.size()), 20);
        settle_by_ink(figure, cv::Mat(60, 400, CV_8UC1, cv::Scalar(255)), box, 25);
        return figure;
    };
    for (const auto& [read, printed] : {std::pair("34.207.3157", "34,207.3157"), {"57.955.3965元", "57,955.3965元"}}) {
        EXPECT_EQ(settled(read).text, printed);
        EXPECT_EQ(settled(read).confidence, 0.98);
        EXPECT_FALSE(settled(read, printed).second);
    }
    EXPECT_EQ(settled("1.284.207.8").text, "1,284,207.8");
    EXPECT_EQ(settled("57.955.8元").text, "57,955.8元");
    EXPECT_EQ(settled("57.955.8元").confidence, kDisagreement) << "or 57.9558, with a speck";
    for (const std::string no_groups : {"84.2071.8187", "1284.207.8", "84..8187", "8.4.2.0"})
        EXPECT_EQ(settled(no_groups).text, no_groups);
    EXPECT_EQ(settled("1.234.567").text, "1,234.567");
    EXPECT_EQ(settled("1.234.567").second, "1,234,567") << "all may be commas";
    EXPECT_EQ(settled("1.234.567", "1,234.567").second, "1,234,567");
}

// Found on scans: one look of five at 11,015 saw no comma.
TEST(FigureInk, OneReadingMayLackTheMarksThatTheInkHas) {
    cv::Rect box;
    const cv::Mat picture = printed_figure("11,015", "Noto Sans CJK SC", box);
    const auto settled = [&](const std::vector<std::string>& texts) {
        std::vector<Reading> readings;
        for (const std::string& text : texts) readings.push_back({text, 0.9, 0.9, {}});
        const Reading* found = reading_as_in_ink(readings, picture, box);
        return found == nullptr ? "" : found->text;
    };
    EXPECT_EQ(settled({"11.015", "11,015", "11015", "11,015", "11.015"}), "11,015");
    EXPECT_EQ(settled({"11015", "11,015", "11.015", "11,015", "11.015"}), "11,015");
    EXPECT_EQ(settled({"11.015", "11,015", "11.015", "11,015"}), "11,015");
    EXPECT_EQ(settled({"11.015", "11,015", "11015", "11015", "11.015"}), "") << "two lack it";
    EXPECT_EQ(settled({"11.015", "11,015", "11015", "11,015"}), "") << "three need not be of both networks";
    EXPECT_EQ(settled({"11.015", "11,015", "11,815", "11,015", "11.015"}), "") << "they differ in a digit, too";
    EXPECT_EQ(settled({"11.015", "11.015", "11015", "11.015", "11.015"}), "") << "none is as in the ink";
    EXPECT_EQ(settled({"1,10.15", "1.10.15", "11015", "1,10,15", "1.10.15"}), "") << "the ink has one mark";
    EXPECT_EQ(settled({}), "");
    cv::Rect lower;
    const cv::Mat decimal = printed_figure("11.05", "Noto Sans CJK SC", lower);
    std::vector<Reading> readings;
    for (const char* text : {"11.05", "11.05", "1105", "11.05", "11.05"}) readings.push_back({text, 0.9, 0.9, {}});
    EXPECT_EQ(reading_as_in_ink(readings, decimal, lower), nullptr) << "another number, if the point is a speck";
    readings[2].text = "11,05";
    EXPECT_NE(reading_as_in_ink(readings, decimal, lower), nullptr);
}

TEST(FigureInk, AGroupBehindASignMayBeOneOfThousands) {
    const cv::Mat paper(60, 400, CV_8UC1, cv::Scalar(255));
    for (const std::string read : {"123.456", "+123.456", "\u589e1.234"}) {
        FigureText figure{read, 0.98, std::nullopt};
        settle_by_ink(figure, paper, cv::Rect(10, 20, 100, 20), 25);
        EXPECT_TRUE(figure.second && figure.second->find(',') != std::string::npos) << read;
    }
}

// Found on a sheet that a pen checked: a stroke through a 4 was a minus to both networks, sure to 0.9996.
TEST(FigureInk, AMinusStandsApart) {
    for (const int gap : {0, 2}) {
        cv::Mat picture(60, 100, CV_8UC1, cv::Scalar(255));
        picture(cv::Rect(10, 30, 8, 3)).setTo(0);
        picture(cv::Rect(18 + gap, 20, 14, 22)).setTo(0);
        FigureText figure{"-4", 0.99, std::nullopt};
        settle_by_ink(figure, picture, cv::boundingRect(picture < 128), 26);
        EXPECT_EQ(figure.text, "-4");
        EXPECT_EQ(figure.second, gap > 0 ? std::nullopt : std::optional<std::string>("4"));
        EXPECT_EQ(figure.confidence, gap > 0 ? 0.99 : kDisagreement);
    }
}

// Found on a fax: both networks read -11, whose feet touch, as -1, and a sign may be as wide as a digit.
TEST(FigureInk, DigitsBehindASignAreAsWideAsTheyAreRead) {
    cv::Mat picture(60, 100, CV_8UC1, cv::Scalar(255));
    picture(cv::Rect(10, 32, 6, 3)).setTo(0);
    picture(cv::Rect(19, 20, 21, 21)).setTo(0);
    const cv::Rect box = cv::boundingRect(picture < 128);
    for (const std::string sign : {"-", "+"}) {
        EXPECT_TRUE(ink_may_hold(sign + "11", picture, box, 12));
        EXPECT_FALSE(ink_may_hold(sign + "1", picture, box, 12));
        EXPECT_TRUE(ink_may_hold(sign + "1", picture, box, 0)) << "the pitch is not known";
    }
    picture(cv::Rect(10, 32, 12, 3)).setTo(0);
    EXPECT_TRUE(ink_may_hold("-1", picture, box, 12)) << "the sign touches: it may be wider";
}

// Found on a clean scan: both networks read 124 as 1224, and too few figures told the pitch.
TEST(FigureInk, EvenPiecesAreDigitsOnAnyPitch) {
    cv::Mat picture(60, 100, CV_8UC1, cv::Scalar(255));
    for (const int x : {10, 28, 46}) picture(cv::Rect(x, 20, 12, 22)).setTo(0);
    const cv::Rect box = cv::boundingRect(picture < 128);
    EXPECT_TRUE(ink_may_hold("124", picture, box, 0));
    EXPECT_FALSE(ink_may_hold("1224", picture, box, 0));
    EXPECT_TRUE(ink_may_hold("1.24", picture, box, 0)) << "a mark may touch";
}

// Found on a strewn page: a speck left of a slash's top made it a sure 7 to both networks.
TEST(FigureInk, ASlashWithASpeckIsNoDigitForSure) {
    const auto settled = [](const cv::Rect& speck) {
        cv::Mat picture(60, 60, CV_8UC1, cv::Scalar(255));
        for (int y = 0; y < 22; ++y) picture(cv::Rect(40 - cvRound(0.5 * y), 20 + y, 2, 1)).setTo(0);
        picture(speck).setTo(0);
        FigureText figure{"7", 0.98, std::nullopt};
        settle_by_ink(figure, picture, cv::boundingRect(picture < 128), 25);
        return figure;
    };
    const FigureText doubted = settled({32, 18, 2, 2});
    EXPECT_EQ(doubted.second, "/");
    EXPECT_LE(doubted.confidence, kDisagreement);
    EXPECT_EQ(settled({33, 20, 6, 3}).second, "/") << "one that touches it";
    EXPECT_FALSE(settled({26, 19, 14, 3}).second) << "a bar is no speck";
}

// Found on faxes, where +9 was a sure 49 to both networks, and +6 a sure 36.
TEST(FigureInk, APlusBeginsBelowTheTopOfTheDigits) {
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "AR PL UMing CN",
                             "AR PL UKai CN", "DejaVu Serif"})
        for (const double scale : {1.0, 0.5}) {
            const auto is_doubted = [&](const std::string& text) {
                cv::Rect box;
                cv::Mat picture = printed_figure(text, font, box);
                cv::resize(picture, picture, {}, scale, scale, cv::INTER_AREA);
                cv::Rect padded = cv::boundingRect(picture < 128);
                padded = {padded.x - 2, padded.y, padded.width + 4, padded.height};
                return first_lacks_top(picture, padded, text.size());
            };
            for (const char* plus : {"+9", "+20", "+173"}) EXPECT_TRUE(is_doubted(plus)) << font << scale << plus;
            for (const char* digits : {"4", "49", "41", "411", "4000", "47", "36", "506", "68", "711", "800", "90"})
                EXPECT_FALSE(is_doubted(digits)) << font << scale << digits;
        }
    cv::Mat old_style(60, 60, CV_8UC1, cv::Scalar(255));
    old_style(cv::Rect(10, 26, 10, 20)).setTo(0);
    old_style(cv::Rect(22, 20, 10, 20)).setTo(0);
    EXPECT_FALSE(first_lacks_top(old_style, cv::boundingRect(old_style < 128), 2));
    old_style(cv::Rect(10, 40, 10, 6)).setTo(255);
    const auto settled = [&](const char* text) {
        FigureText read{text, 0.99, std::nullopt};
        settle_by_ink(read, old_style, cv::boundingRect(old_style < 128), 25);
        EXPECT_EQ(read.text, text);
        return read.second;
    };
    for (const char* digits : {"36", "46", "96"}) EXPECT_EQ(settled(digits), "+6") << digits;
    for (const char* digits : {"16", "26"}) EXPECT_EQ(settled(digits), std::nullopt) << digits << " of an old style";
}

// Found in condensed type, where one network reads each slash as 1: the shape and the other one tell.
TEST(FigureInk, ASteepSlashNeedsOneNetworkThatSaysSo) {
    cv::Mat picture(60, 60, CV_8UC1, cv::Scalar(255));
    for (int y = 0; y < 22; ++y) picture(cv::Rect(30 - cvRound(0.2 * y), 20 + y, 2, 1)).setTo(0);
    const cv::Rect box = cv::boundingRect(picture < 128);
    const auto settled = [&](FigureText figure) {
        settle_by_ink(figure, picture, box, 25);
        return figure;
    };
    for (const FigureText& read : {FigureText{"/", kDisagreement, "1"}, FigureText{"1", kDisagreement, "/"},
                                   FigureText{"/", kDisagreement, "|"}, FigureText{"11", kDisagreement, "/"}}) {
        EXPECT_EQ(settled(read).text, "/");
        EXPECT_EQ(settled(read).confidence, kSureShape);
        EXPECT_FALSE(settled(read).second);
    }
    EXPECT_EQ(settled({"1", 0.9, std::nullopt}).text, "1");
    EXPECT_EQ(settled({"/", 0.9, std::nullopt}).confidence, 0.9);
    // A narrow 7 without its bar looks like one, too.
    for (const FigureText& read : {FigureText{"7", kDisagreement, "/"}, FigureText{"/", kDisagreement, "7"},
                                   FigureText{"/", kDisagreement, "71"}, FigureText{"7.", kDisagreement, "/"},
                                   FigureText{"7", 0.98, std::nullopt}}) {
        EXPECT_EQ(settled(read).text, "/");
        EXPECT_EQ(settled(read).second, read.text == "/" ? read.second : read.text);
        EXPECT_EQ(settled(read).confidence, kDisagreement);
    }
    // Found on a fax full of slashes: many were read as 71.
    for (const std::string second : {"71", "7"}) {
        FigureText read{"/", kDisagreement, second};
        settle_by_ink(read, picture, box, 25, {.slashes = true, .slashed_zeros = false});
        EXPECT_EQ(read.confidence, second == "71" ? kSureShape : kDisagreement);
    }
}

TEST(FigureInk, AnEightWithAnOpenLoopIsDoubted) {
    cv::Rect box;
    const cv::Mat picture = printed_figure("165", "DejaVu Sans", box);
    for (const auto& [read, sure] : {std::pair("165", true), {"185", false}}) {
        FigureText figure{read, 0.98, std::nullopt};
        settle_by_ink(figure, picture, box, 44);
        EXPECT_EQ(figure.confidence, sure ? 0.98 : kDisagreement) << read;
        EXPECT_EQ(figure.text, read);
    }
}

// Found on a fax in type of one width: both networks read 10071, with slashed zeros, as 19071.
TEST(FigureInk, AZeroBetweenOtherDigitsIsNoNine) {
    cv::Rect box;
    cv::Mat picture = printed_figure("2071", "DejaVu Sans", box);
    const auto settled = [&](const std::string& read) {
        FigureText figure{read, 0.98, std::nullopt};
        settle_by_ink(figure, picture, box, 44);
        return figure;
    };
    EXPECT_EQ(settled("2071").confidence, 0.98);
    EXPECT_EQ(settled("2971").confidence, kDisagreement);
    EXPECT_EQ(settled("2971").second, "2071");
    EXPECT_EQ(settled("291").second, std::nullopt) << "which piece is the 9 is not known";
    const std::vector<cv::Rect> pieces = pieces_between_paper(picture, box);
    ASSERT_EQ(pieces.size(), 4u);
    const cv::Rect zero = pieces[1];
    cv::line(picture, {zero.x + zero.width / 4, zero.br().y - zero.height / 4},
             {zero.br().x - zero.width / 4, zero.y + zero.height / 4}, 0, 3);
    EXPECT_EQ(settled("2971").second, "2071");
    EXPECT_EQ(settled("2071").confidence, 0.98);
    FigureText among_others{"2971", 0.98, std::nullopt};
    settle_by_ink(among_others, picture, box, 44, {.slashes = false, .slashed_zeros = true});
    EXPECT_EQ(among_others.text, "2071");
    EXPECT_EQ(among_others.second, "2971");
    EXPECT_EQ(among_others.confidence, kDisagreement);
}

// An 8 that a pen crossed looks like a slashed zero; what one network read as one is none to the other.
TEST(FigureInk, ASlashedZeroThatOneNetworkReadsAsEightIsDoubted) {
    cv::Rect box;
    cv::Mat picture = printed_figure("0", "DejaVu Sans", box);
    cv::line(picture, {box.x + box.width / 4, box.br().y - box.height / 4},
             {box.br().x - box.width / 4, box.y + box.height / 4}, 0, 3);
    box = cv::boundingRect(picture < 128);
    ASSERT_EQ(zero_in(picture, box, 44), Zero::slashed);
    const auto settled = [&](FigureText figure) {
        settle_by_ink(figure, picture, box, 44);
        return figure;
    };
    for (const FigureText& read : {FigureText{"8", kDisagreement, "0"}, FigureText{"0", kDisagreement, "8"},
                                   FigureText{"8", 0.99, std::nullopt}}) {
        const FigureText figure = settled(read);
        EXPECT_LE(figure.confidence, kDisagreement);
        EXPECT_TRUE(figure.second == "8") << figure.text;
    }
    EXPECT_GT(settled({"2", kDisagreement, "0"}).confidence, 0.9);
    EXPECT_GT(settled({"0", 0.98, std::nullopt}).confidence, 0.9);
    for (const FigureText& read :
         {FigureText{"8", kDisagreement, "0"}, {"8", 0.9, std::nullopt}, {"8", 0.99, std::nullopt}}) {
        FigureText among_others = read;
        settle_by_ink(among_others, picture, box, 44, {.slashes = false, .slashed_zeros = true});
        EXPECT_EQ(among_others.text, "0");
        EXPECT_EQ(among_others.confidence > 0.9, read.confidence < 0.95) << "a pen may have crossed a sure 8";
    }
}

}  // namespace
}  // namespace biaod::ocr
