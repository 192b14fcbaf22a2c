// What the ink of a figure says, and what becomes of a reading by it.
#include "ocr/figure_shape.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocr/engine.hpp"
#include "ocr/figure_ink.hpp"
#include "tests/ocr/printed_figure.hpp"

namespace biaod::ocr {
namespace {

using tests::printed_figure;

TEST(FigureShape, ShapesOfChineseCharactersAreNone) {
    for (const char* text : {"公", "总计", "政府"}) {
        cv::Rect box;
        const cv::Mat picture = printed_figure(text, "Noto Serif CJK SC", box);
        EXPECT_FALSE(shaped_as_figure(picture, box, 44)) << text;
    }
}

// Found on a synthesised scan: a hyphen half as wide as a character was left to what reads text, which read it as 一.
TEST(FigureShape, AHyphenIsAFigureAndTheCharacterForOneIsNot) {
    cv::Mat picture(80, 120, CV_8UC1, cv::Scalar(255));
    for (const auto& [width, shaped] : {std::pair{14, true}, {22, true}, {38, false}}) {
        picture.setTo(255);
        const cv::Rect box(30, 38, width, 4);
        picture(box).setTo(0);
        EXPECT_EQ(shaped_as_figure(picture, box, 44), shaped) << width;
    }
}

TEST(FigureShape, NoDigitIsAsWideAsItIsHigh) {
    EXPECT_TRUE(fits(U"2", {0, 0, 20, 28}, 26));
    EXPECT_FALSE(fits(U"2", {0, 0, 30, 28}, 26));
    EXPECT_TRUE(fits(U"22", {0, 0, 34, 28}, 26));
}

// Found on a synthesised scan: both networks read 47,476 as 47.476.
TEST(FigureShape, ACommaHangsBelowTheLine) {
    int kept = 0, all = 0;
    for (const char* font :
         {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "AR PL UMing CN", "AR PL UKai CN"})
        for (const double scale : {1.0, 0.667, 0.5})
            for (const std::string printed : {"47,476", "47.476", "1,444,400", "103.3879", "9,901.5", "88803"}) {
                cv::Rect box;
                cv::Mat picture = printed_figure(printed, font, box);
                cv::resize(picture, picture, {}, scale, scale, cv::INTER_AREA);
                box = cv::boundingRect(picture < 150);
                EXPECT_TRUE(with_marks_of_ink(printed, picture, box) == printed)
                    << font << " " << printed << " " << scale;
                std::string misread = printed;
                for (char& c : misread) c = c == ',' ? '.' : c == '.' ? ',' : c;
                const std::string seen = with_marks_of_ink(misread, picture, box);
                EXPECT_TRUE(seen == printed || seen == misread) << font << " " << printed << " " << seen;
                kept += seen == printed;
                ++all;
            }
    EXPECT_GE(kept, all * 9 / 10);
}

// Found on scans: amounts whose comma both networks read as a point, before a unit that hides where it hangs.
TEST(FigureInk, ANumberHasOnePoint) {
    const auto settled = [](const std::string& read, std::optional<std::string> second = {}) {
        FigureText figure{read, 0.98, std::move(second)};
        const cv::Rect box(10, 20, 13 * static_cast<int>(read.size()), 20);
        settle_by_ink(figure, cv::Mat(60, 400, CV_8UC1, cv::Scalar(255)), box, 25);
        return figure;
    };
    for (const auto& [read, printed] : {std::pair("84.207.8187", "84,207.8187"), {"57.955.8968元", "57,955.8968元"}}) {
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

TEST(FigureShape, BehindAWordStandsWhatAGapParts) {
    cv::Mat picture(60, 120, CV_8UC1, cv::Scalar(255));
    picture(cv::Rect(10, 10, 12, 30)).setTo(0);  // two parts of one character
    picture(cv::Rect(24, 10, 15, 30)).setTo(0);
    picture(cv::Rect(43, 18, 10, 22)).setTo(0);
    picture(cv::Rect(55, 18, 10, 22)).setTo(0);
    EXPECT_EQ(behind_word(picture, cv::boundingRect(picture < 128)), cv::Rect(43, 18, 22, 22));
    picture(cv::Rect(36, 30, 20, 3)).setTo(0);
    EXPECT_EQ(behind_word(picture, cv::boundingRect(picture < 128)), cv::Rect()) << "they touch";
    EXPECT_EQ(behind_word(picture, cv::Rect()), cv::Rect());
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

TEST(FigureShape, TheTailOfACommaMayLieBelowTheBox) {
    cv::Rect box;
    const cv::Mat picture = printed_figure("47,476", "Noto Serif CJK SC", box);
    cv::Rect digits;
    printed_figure("47476", "Noto Serif CJK SC", digits);
    ASSERT_LT(digits.height, box.height);
    box.height = digits.height;
    EXPECT_EQ(with_marks_of_ink("47.476", picture, box), "47,476");
}

// Found on synthesised scans: both networks saw a slash, and one of them a digit beside it.
TEST(FigureShape, ASlashIsOneStraightStrokeThatRises) {
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
                             "AR PL UMing CN", "AR PL UKai CN", "DejaVu Sans", "DejaVu Serif"})
        for (const double scale : {1.0, 0.5})
            for (const std::string printed : {"/", "1", "7", "4", "2", "11", "一", "丿", "\\", "|", "-", "//"}) {
                cv::Rect box;
                cv::Mat picture = printed_figure(printed, font, box);
                cv::resize(picture, picture, {}, scale, scale, cv::INTER_AREA);
                box = cv::boundingRect(picture < 150);
                EXPECT_EQ(is_slash(picture, box, 44 * scale), printed == "/") << font << " " << printed << " " << scale;
                EXPECT_EQ(is_backslash(picture, box, 44 * scale), printed == "\\")
                    << font << " " << printed << " " << scale;
            }
}

// Found on a fax: a slash whose top was two pixels wider than the rest of it was left to the networks. An upright digit
// of slanted type is none.
TEST(FigureShape, ASmallSlashMayBeUneven) {
    cv::Mat picture(60, 60, CV_8UC1, cv::Scalar(255));
    const cv::Rect box(20, 20, 13, 22);
    const auto draw = [&](double slant) {
        picture.setTo(255);
        for (int y = 0; y < box.height; ++y) {
            const int x = box.br().x - 2 - cvRound(slant * y);
            picture(cv::Rect(x, box.y + y, 2, 1)).setTo(0);
        }
    };
    draw(0.5);
    picture(cv::Rect(29, 20, 4, 1)).setTo(0);
    EXPECT_TRUE(is_slash(picture, box, 25));
    draw(0.22);
    EXPECT_FALSE(is_slash(picture, cv::boundingRect(picture < 128), 25));
    EXPECT_TRUE(may_be_slash(picture, cv::boundingRect(picture < 128), 25));
    draw(0.1);
    EXPECT_FALSE(may_be_slash(picture, cv::boundingRect(picture < 128), 25));
}

// Found on a strewn page: a speck left of a slash's top made it a sure 7 to both networks.
TEST(FigureShape, ASlashWithASpeckIsNoDigitForSure) {
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

TEST(FigureShape, TheBarOfASevenBeginsBeforeItsFoot) {
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "AR PL UMing CN",
                             "AR PL UKai CN", "DejaVu Serif", "DejaVu Sans Italic"})
        for (const double scale : {1.0, 0.5, 0.3}) {
            cv::Rect box;
            cv::Mat picture = printed_figure("7", font, box);
            cv::resize(picture, picture, {}, scale, scale, cv::INTER_AREA);
            EXPECT_FALSE(is_seven_without_bar(picture, cv::boundingRect(picture < 128))) << font << " " << scale;
        }
}

// Found on faxes, where +9 was a sure 49 to both networks, and +6 a sure 36.
TEST(FigureShape, APlusBeginsBelowTheTopOfTheDigits) {
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
TEST(FigureShape, ASteepSlashNeedsOneNetworkThatSaysSo) {
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
        settle_by_ink(read, picture, box, 25, true);
        EXPECT_EQ(read.confidence, second == "71" ? kSureShape : kDisagreement);
    }
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
}

// Found on faxes in a broad type: a zero that no digit's width allows was read as a letter.
TEST(FigureShape, ABroadZeroIsAFigureAndNoCharacterIsAZero) {
    cv::Rect box;
    cv::Mat zero = printed_figure("0", "Noto Serif CJK SC", box);
    cv::resize(zero, zero, {}, 1.4, 1, cv::INTER_LINEAR);
    box = cv::boundingRect(zero < 128);
    ASSERT_GT(box.width, 0.8 * box.height);
    EXPECT_TRUE(shaped_as_figure(zero, box, 44));
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UKai CN"})
        for (const char* character : {"口", "日", "回", "四", "中", "石"}) {
            const cv::Mat picture = printed_figure(character, font, box);
            EXPECT_NE(zero_in(picture, box, 44), Zero::plain) << font << " " << character;
        }
}

// Found beside a pen's tick: its end reached into the next cell, and 34 was surely 734 to both networks.
TEST(FigureShape, AStrokeThatHangsInIsNoPartOfAFigure) {
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UMing CN", "AR PL UKai CN"}) {
        for (const char* printed : {"34", "1", "-5", "+19", "12,345.67", "减4", "/", "701.2578万元"}) {
            cv::Rect box;
            const cv::Mat picture = printed_figure(printed, font, box);
            EXPECT_FALSE(has_hanging_stroke(picture, box)) << font << " " << printed;
        }
        cv::Rect box;
        cv::Mat picture = printed_figure("34", font, box);
        cv::line(picture, {box.x - 18, box.y + box.height / 3}, {box.x - 8, box.y - box.height / 5}, 80, 5);
        EXPECT_TRUE(has_hanging_stroke(picture, cv::boundingRect(picture < 128))) << font;
        // Found on a scan: the end of a tick in the cell before made 46 a sure 746.
        picture = printed_figure("46", font, box);
        cv::line(picture, {box.x - 30, box.y + 28 * box.height / 100}, {box.x - 10, box.y - box.height}, 80, 5);
        EXPECT_TRUE(has_hanging_stroke(picture, cv::boundingRect(picture < 128))) << font;
    }
}

TEST(FigureShape, AZeroIsAHollowThatIsClosedAllAround) {
    int zeros = 0, seen = 0;
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
                             "AR PL UMing CN", "AR PL UKai CN"})
        for (const double dpi : {150, 200, 300})
            for (const bool bilevel : {false, true})
                for (const std::string figure : {"0",  "1",  "2",  "3",  "4",  "5",  "6", "7", "8", "9",
                                                 "11", "10", "00", "口", "日", "一", "U", "D", "n", "/"}) {
                    cv::Rect box;
                    cv::Mat picture = printed_figure(figure, font, box);
                    cv::resize(picture, picture, {}, dpi / 300, dpi / 300, cv::INTER_AREA);
                    if (bilevel) picture = picture >= 150;
                    const bool zero = zero_in(picture, cv::boundingRect(picture < 150), 10.5 * dpi / 72) == Zero::plain;
                    EXPECT_TRUE(figure == "0" || !zero) << font << " " << figure << " at " << dpi;
                    zeros += figure == "0";
                    seen += zero;
                }
    EXPECT_GE(seen, zeros * 9 / 10);
}

// Found on faxes in type of one width: slashed zeros were 2 or 8 to both networks.
TEST(FigureShape, ASlashedZeroIsNoOtherDigit) {
    int zeros = 0, seen = 0;
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
                             "AR PL UMing CN", "AR PL UKai CN", "DejaVu Sans Mono"})
        for (const double dpi : {150, 200, 300})
            for (const bool bilevel : {false, true})
                for (const std::string figure : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "00", "日", "B"})
                    for (const bool slashed : {false, true}) {
                        cv::Rect box;
                        cv::Mat picture = printed_figure(figure, font, box);
                        if (slashed && figure != "0") continue;
                        if (slashed)
                            cv::line(picture, {box.x + box.width / 4, box.br().y - box.height / 4},
                                     {box.br().x - box.width / 4, box.y + box.height / 4}, 0, 3);
                        cv::resize(picture, picture, {}, dpi / 300, dpi / 300, cv::INTER_AREA);
                        if (bilevel) picture = picture >= 150;
                        const bool is =
                            zero_in(picture, cv::boundingRect(picture < 150), 10.5 * dpi / 72) == Zero::slashed;
                        EXPECT_TRUE(figure == "0" || !is) << font << " " << figure << " at " << dpi;
                        zeros += slashed;
                        seen += slashed && is;
                    }
    EXPECT_GE(seen, zeros * 9 / 10);
}

TEST(FigureShape, MarksThatTheInkDoesNotHaveAreLeftToTheReading) {
    cv::Rect box;
    const cv::Mat picture = printed_figure("88803", "Noto Sans CJK SC", box);
    EXPECT_EQ(with_marks_of_ink("88.803", picture, box), "88.803");
}

}  // namespace
}  // namespace biaod::ocr
