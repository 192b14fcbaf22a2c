#include "ocr/figure_shape.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

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
