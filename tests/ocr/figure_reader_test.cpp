#include "ocr/figure_reader.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "ocr/figure_shape.hpp"
#include "ocr/glyph_likeness.hpp"
#include "ocr/line_picture.hpp"
#include "tests/synth/printing.hpp"

namespace biaod::ocr {
namespace {

std::unique_ptr<FigureReader> a_reader(Engine& chinese) {
    auto reader = FigureReader::create(chinese);
    if (!reader) throw std::runtime_error(reader.error().reason);
    return std::move(*reader);
}

// A figure as a printer sets it, at 300 dpi, cropped to its ink.
cv::Mat printed_figure(const std::string& text, const std::string& font, cv::Rect& box) {
    synth::Printed page;
    page.width = 120;
    page.height = 40;
    synth::DrawnPage drawn;
    drawn.texts.push_back({10, 10, 10.5, font, text});
    page.pages.push_back(std::move(drawn));
    cv::Mat gray;
    cv::cvtColor(synth::rasterise(page, 300)[0], gray, cv::COLOR_BGR2GRAY);
    box = cv::boundingRect(gray < 128);
    return gray;
}

TEST(FigureReader, LoneFiguresOfEveryFont) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    int silent = 0, read = 0, all = 0;
    for (const char* font :
         {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "AR PL UMing CN", "AR PL UKai CN"})
        for (const char* figure :
             {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "77", "118", "3440", "72701.2578", "-5", "+19"}) {
            cv::Rect box;
            const cv::Mat picture = printed_figure(figure, font, box);
            // Digits that touch are wide; a lone one never is.
            EXPECT_TRUE(std::string(figure).size() > 1 || shaped_as_figure(picture, box, 44)) << font << " " << figure;
            const FigureText text = reader->read(picture, {box}, 44).front();
            ++all;
            read += text.text == figure && !text.second;
            silent += text.text != figure && !text.second && text.confidence >= 0.8;
        }
    EXPECT_EQ(silent, 0);
    EXPECT_GE(read, all * 97 / 100);
}

// Found on clean scans: of long figures that stood in one row, both networks read each right and were sure of few.
TEST(FigureReader, FiguresAreAsSureAsTheyAreByThemselves) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    const std::string figures[] = {"49929", "40781", "40681", "44594", "5868", "48464", "54927", "24823"};
    int right = 0, sure = 0;
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Micro Hei", "AR PL UMing CN"}) {
        cv::Mat page;
        std::vector<cv::Rect> boxes;
        for (const std::string& figure : figures) {
            cv::Rect box;
            const cv::Mat picture = printed_figure(figure, font, box);
            boxes.push_back(box + cv::Point(0, page.rows));
            page.push_back(picture);
        }
        const std::vector<FigureText> texts = reader->read(page, boxes, 44);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            right += texts[i].text == figures[i] && !texts[i].second;
            sure += texts[i].text == figures[i] && texts[i].confidence >= 0.95;
        }
    }
    EXPECT_EQ(right, 32);
    EXPECT_EQ(sure, 32);
}

// Scanned at the resolution `dpi`, with a line of its own.
cv::Mat scanned_line(const std::string& figure, const std::string& font, double dpi, std::uint64_t seed) {
    cv::Rect box;
    cv::Mat page = printed_figure(figure, font, box);
    cv::resize(page, page, {}, dpi / 300, dpi / 300, cv::INTER_AREA);
    cv::Mat noise(page.size(), CV_16SC1);
    cv::RNG random(seed);
    random.fill(noise, cv::RNG::NORMAL, 0, 6);
    cv::add(page, noise, page, cv::noArray(), CV_8U);
    const cv::Rect ink = cv::boundingRect(page < 150);
    return prepare_line(page, ink, 10.5 * dpi / 72, 31);
}

// Found in a font whose ones have broad feet that touch: both networks read 11 as 1.
TEST(FigureReader, DigitsThatTouchAreReadApart) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    cv::Rect two, three;
    printed_figure("22", "Noto Serif CJK SC", two);
    printed_figure("222", "Noto Serif CJK SC", three);
    const double pitch = three.width - two.width;
    for (const char* figure : {"11", "111", "1111", "2011"}) {
        cv::Rect box;
        cv::Mat line = printed_figure(figure, "Noto Serif CJK SC", box);
        cv::rectangle(line, cv::Rect(box.x, box.br().y - 3, box.width, 3), cv::Scalar(0), cv::FILLED);
        const FigureText text = reader->read(line, {box}, 44, pitch).front();
        EXPECT_EQ(text.text, figure);
        EXPECT_FALSE(text.second) << figure << " " << *text.second;
        EXPECT_GT(text.confidence, 0.8) << figure;
    }
}

// However many looks agree on it.
TEST(FigureReader, AFigureThatIsNotAsWideAsItsInkIsDoubted) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    cv::Rect box;
    const cv::Mat line = printed_figure("356", "Noto Serif CJK SC", box);
    const double pitch = box.width / 2.85;
    EXPECT_GT(reader->read(line, {box}, 44, pitch).front().confidence, 0.8);
    const FigureText doubted = reader->read(line, {box}, 44, 1.5 * pitch).front();
    EXPECT_TRUE(doubted.text == "356" && doubted.confidence <= 0.5) << doubted.text << " " << doubted.confidence;
}

// A pen's tick, the end of which reaches into the next cell: 34 was surely 734.
TEST(FigureReader, AStrokeThatHangsInIsADoubt) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    cv::Rect box;
    cv::Mat line = printed_figure("34", "Noto Serif CJK SC", box);
    cv::line(line, {box.x - 18, box.y + box.height / 3}, {box.x - 8, box.y - box.height / 5}, 80, 5);
    const FigureText text = reader->read(line, {cv::boundingRect(line < 128)}, 44).front();
    EXPECT_TRUE(text.second || text.confidence <= 0.5) << text.text << " " << text.confidence;
}

TEST(GlyphLikeness, DifferentDigitsAreNeverAlike) {
    int likes = 0, all = 0;
    for (const double dpi : {150, 200, 300})
        for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
                                 "AR PL UMing CN", "AR PL UKai CN"}) {
            std::vector<cv::Mat> pictures;
            std::vector<std::string> figures;
            for (std::uint64_t copy = 0; copy < 3; ++copy)
                for (const char* figure : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "/"}) {
                    pictures.push_back(scanned_line(figure, font, dpi, 100 * copy + pictures.size()));
                    figures.emplace_back(figure);
                }
            const auto like = earliest_likes(pictures);
            for (std::size_t i = 0; i < like.size(); ++i) {
                EXPECT_EQ(figures[like[i]], figures[i]) << font << " at " << dpi;
                likes += like[i] != i;
                ++all;
            }
        }
    EXPECT_GT(likes, all / 3);  // two thirds are copies
}

TEST(FigureReader, ShapesOfChineseCharactersAreNone) {
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

TEST(FigureShape, TheTailOfACommaMayLieBelowTheBox) {
    cv::Rect box;
    const cv::Mat picture = printed_figure("47,476", "Noto Serif CJK SC", box);
    cv::Rect digits;
    printed_figure("47476", "Noto Serif CJK SC", digits);
    ASSERT_LT(digits.height, box.height);
    box.height = digits.height;
    EXPECT_EQ(with_marks_of_ink("47.476", picture, box), "47,476");
}

// A scanner or a ruling that was erased took the last comma's tail: it looks like a point.
TEST(FigureReader, ACommaThatLostItsTailIsAtLeastADoubt) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    for (const char* font : {"Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN"})
        for (const std::string printed : {"1,444,400", "12,345,678", "59,338", "51,839\u4e07\u5143"}) {
            cv::Rect box, head;
            cv::Mat picture = printed_figure(printed, font, box);
            printed_figure(printed.substr(0, printed.rfind(',')), font, head);
            cv::Rect digits;
            printed_figure(printed.substr(0, printed.find(',')), font, digits);
            const int line = digits.height;
            // Below the line, from the last comma on.
            picture(cv::Rect(cv::Point(head.br().x, box.y + line), cv::Point(picture.cols, picture.rows))).setTo(255);
            const FigureText text = reader->read(picture, {cv::boundingRect(picture < 128)}, 44).front();
            EXPECT_TRUE(text.text == printed || text.second || text.confidence <= 0.5) << font << " " << text.text;
        }
    for (const char* printed : {"59.3381", "59.33", "0.338", "1593.388"}) {
        cv::Rect box;
        const cv::Mat picture = printed_figure(printed, "Noto Serif CJK SC", box);
        const FigureText text = reader->read(picture, {box}, 44).front();
        EXPECT_EQ(text.text, printed);
        EXPECT_FALSE(text.second) << "no comma stands there";
    }
}

// Found on a fax: both networks read -6 as 6 where the minus is thin and short.
TEST(FigureReader, AThinMinusIsReadOrDoubted) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    for (const char* font : {"Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "AR PL UKai CN"})
        for (const std::string digits : {"6", "1", "47", "352"}) {
            cv::Rect box;
            cv::Mat picture = printed_figure(digits, font, box);
            cv::copyMakeBorder(picture, picture, 0, 0, 60, 0, cv::BORDER_CONSTANT, cv::Scalar(255));
            box.x += 60;
            picture(cv::Rect(box.x - 14, box.y + box.height / 2, 10, 2)).setTo(60);
            const FigureText text = reader->read(picture, {cv::boundingRect(picture < 128)}, 44).front();
            EXPECT_TRUE(text.text == "-" + digits || text.second == "-" + digits) << font << " " << text.text;
        }
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

// Found in condensed type, where one network reads each slash as 1: the shape and the other one tell.
TEST(FigureShape, ASteepSlashNeedsOneNetworkThatSaysSo) {
    cv::Mat picture(60, 60, CV_8UC1, cv::Scalar(255));
    for (int y = 0; y < 22; ++y) picture(cv::Rect(30 - cvRound(0.2 * y), 20 + y, 2, 1)).setTo(0);
    const cv::Rect box = cv::boundingRect(picture < 128);
    const auto settled = [&](FigureText figure) {
        settle_by_ink(figure, picture, box, 25);
        return figure;
    };
    for (const FigureText& read : {FigureText{"/", kDisagreement, "1"}, FigureText{"1", kDisagreement, "/"}}) {
        EXPECT_EQ(settled(read).text, "/");
        EXPECT_EQ(settled(read).confidence, kSureShape);
        EXPECT_FALSE(settled(read).second);
    }
    EXPECT_EQ(settled({"1", 0.9, std::nullopt}).text, "1");
    EXPECT_EQ(settled({"7", kDisagreement, "/"}).second, "/") << "still a doubt";
}

// An 8 that a pen crossed looks like a slashed zero; what one network read as one is none to the other.
TEST(FigureInk, ASlashedZeroThatOneNetworkReadsAsEightIsDoubted) {
    cv::Rect box;
    cv::Mat picture = printed_figure("0", "DejaVu Sans", box);
    cv::line(picture, {box.x + box.width / 4, box.br().y - box.height / 4},
             {box.br().x - box.width / 4, box.y + box.height / 4}, 0, 3);
    box = cv::boundingRect(picture < 128);
    ASSERT_TRUE(is_slashed_zero(picture, box, 44));
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
            EXPECT_FALSE(is_zero(picture, box, 44)) << font << " " << character;
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
                    const bool zero = is_zero(picture, cv::boundingRect(picture < 150), 10.5 * dpi / 72);
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
                        const bool is = is_slashed_zero(picture, cv::boundingRect(picture < 150), 10.5 * dpi / 72);
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

TEST(FigureReader, SpellingOfFigures) {
    for (const char* text : {"0", "1,444,400", "103.3879万元", "减4", "－253", "/"})
        EXPECT_TRUE(FigureReader::spelled_as_figure(text)) << text;
    for (const char* text : {"", "总计", "3.其他"}) EXPECT_FALSE(FigureReader::spelled_as_figure(text)) << text;
}

}  // namespace
}  // namespace biaod::ocr
