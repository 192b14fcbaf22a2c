#include "ocr/figure_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <span>
#include <stdexcept>

#include "models/form_values.hpp"
#include "models/number.hpp"
#include "ocr/figure_shape.hpp"
#include "ocr/glyph_likeness.hpp"
#include "ocr/line_picture.hpp"
#include "tests/ocr/printed_figure.hpp"

namespace biaod::ocr {
namespace {

using tests::printed_figure;

std::unique_ptr<FigureReader> a_reader(Engine& chinese) {
    auto reader = FigureReader::create(chinese);
    if (!reader) throw std::runtime_error(reader.error().reason);
    return std::move(*reader);
}

// How many figures of a table are read right, and surely.
int count_sure(FigureReader& reader, std::span<const std::string> figures, const std::string& font, double pitch = 0) {
    cv::Mat page;
    std::vector<cv::Rect> boxes;
    for (const std::string& figure : figures) {
        cv::Rect box;
        const cv::Mat picture = printed_figure(figure, font, box);
        boxes.push_back(box + cv::Point(0, page.rows));
        page.push_back(picture);
    }
    const std::vector<FigureText> texts = reader.read(page, boxes, 44, pitch);
    int sure = 0;
    for (std::size_t i = 0; i < texts.size(); ++i)
        sure += texts[i].text == figures[i] && !texts[i].second && texts[i].confidence >= models::doubt_number_below;
    return sure;
}

double pitch_of(const std::string& font) {
    cv::Rect two, three;
    printed_figure("22", font, two);
    printed_figure("222", font, three);
    return three.width - two.width;
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
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "WenQuanYi Micro Hei", "AR PL UMing CN"})
        EXPECT_EQ(count_sure(*reader, figures, font), 8) << font;
}

// Found on clean scans: by itself the Chinese network read each with a point.
TEST(FigureReader, FiguresWithCommasAreAsSureAsTheyAreByThemselves) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    const std::string figures[] = {"87,603", "25,305", "19,648", "2,666", "3,447", "8,056"};
    for (const char* font : {"AR PL UMing CN", "WenQuanYi Zen Hei"})
        EXPECT_EQ(count_sure(*reader, figures, font, pitch_of(font)), 6) << font;
}

// The English network knows no such word: it must read the digits behind it, and they must be as wide.
TEST(FigureReader, DigitsBehindAWordForTheirSignAreReadTwice) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    int sure = 0;
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UMing CN"}) {
        const double pitch = pitch_of(font);
        for (const char* figure : {"\u589e18", "\u51cf14", "\u589e39", "\u51cf5"}) {  // 增, 减
            cv::Rect box;
            const cv::Mat line = printed_figure(figure, font, box);
            const FigureText text = reader->read(line, {box}, 44, pitch).front();
            EXPECT_EQ(text.text, figure) << font;
            sure += !text.second && text.confidence >= models::doubt_number_below;
            if (std::string_view(figure).ends_with("5")) continue;  // of one digit the width tells less
            for (const double other : {0.0, 0.4 * pitch, 2 * pitch})
                EXPECT_LT(reader->read(line, {box}, 44, other).front().confidence, models::doubt_number_below)
                    << font << figure << other;
        }
    }
    EXPECT_GE(sure, 9);
    // Digits that touch: the Chinese network still reads them.
    cv::Rect box;
    cv::Mat line = printed_figure("\u589e11", "Noto Sans CJK SC", box);
    const cv::Rect digits = behind_word(line, box);
    cv::rectangle(line, cv::Rect(digits.x, digits.br().y - 3, digits.width, 3), cv::Scalar(0), cv::FILLED);
    const FigureText text = reader->read(line, {box}, 44, pitch_of("Noto Sans CJK SC")).front();
    EXPECT_EQ(text.text, "\u589e11");
    EXPECT_LT(text.confidence, models::doubt_number_below);
}

// Found on a scan with noughts in all of a table's cells: the first was sure to 0.92, and with it 127 were in doubt.
TEST(FigureReader, TheSurerReadingSpeaksForAllThatLookTheSame) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    for (const char* font : {"Noto Sans CJK SC", "Noto Serif CJK SC", "AR PL UMing CN"}) {
        cv::Mat page;
        std::vector<cv::Rect> boxes;
        cv::RNG random(7);
        for (int copy = 0; copy < 5; ++copy) {
            cv::Rect box;
            cv::Mat picture = printed_figure("0", font, box);
            cv::Mat noise(picture.size(), CV_16SC1);
            random.fill(noise, cv::RNG::NORMAL, 0, 4);
            cv::add(picture, noise, picture, cv::noArray(), CV_8U);
            boxes.push_back(box + cv::Point(0, page.rows));
            page.push_back(picture);
        }
        const std::vector<FigureText> texts = reader->read(page, boxes, 44);
        for (const FigureText& text : texts) {
            EXPECT_EQ(text.text, "0") << font;
            EXPECT_EQ(text.confidence, texts[0].confidence) << font;
        }
    }
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

// Found on faxes in type of one width: slashed zeros were 2, 5 or 8 to one network or the other.
TEST(FigureReader, SlashedZerosConfirmEachOther) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    cv::Mat page;
    std::vector<cv::Rect> boxes;
    for (const char* font : {"WenQuanYi Zen Hei", "AR PL UMing CN", "Noto Sans CJK SC", "DejaVu Sans"})
        for (const int reach : {4, 5, 6}) {
            cv::Rect zero;
            cv::Mat picture = printed_figure("0", font, zero);
            cv::line(picture, {zero.x + zero.width / reach, zero.br().y - zero.height / reach},
                     {zero.br().x - zero.width / reach, zero.y + zero.height / reach}, 0, 3);
            cv::resize(picture, picture, {}, 2 / 3.0, 2 / 3.0, cv::INTER_AREA);
            picture = picture >= 150;
            cv::copyMakeBorder(picture, picture, 0, 0, 0, 600 - picture.cols, cv::BORDER_CONSTANT, 255);
            boxes.push_back(cv::boundingRect(picture < 150) + cv::Point(0, page.rows));
            page.push_back(picture);
        }
    const auto sure = [&](const std::vector<cv::Rect>& table) {
        const std::vector<FigureText> read = reader->read(page, table, 29, 0);
        return std::ranges::count_if(read, [](const FigureText& figure) {
            return figure.text == "0" && !figure.second && figure.confidence >= models::doubt_number_below;
        });
    };
    std::ptrdiff_t alone = 0;
    for (const cv::Rect& box : boxes) alone += sure({box});
    EXPECT_LT(alone, std::ssize(boxes) - 1) << "else this shows nothing";
    EXPECT_GE(sure(boxes), std::ssize(boxes) - 1)
        << "one is surely an 8 to both networks, which a pen might have crossed";
}

// Found in a font whose ones have broad feet that touch: both networks read 11 as 1.
TEST(FigureReader, DigitsThatTouchAreReadApart) {
    auto engine = Engine::lend("chi_sim");
    ASSERT_TRUE(engine) << engine.error().reason;
    const auto reader = a_reader(**engine);
    const double pitch = pitch_of("Noto Serif CJK SC");
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

TEST(FigureReader, SpellingOfFigures) {
    for (const char* text : {"0", "1,444,400", "103.3879万元", "减4", "－253", "/"})
        EXPECT_TRUE(models::spelled_as_figure(text)) << text;
    for (const char* text : {"", "总计", "3.其他"}) EXPECT_FALSE(models::spelled_as_figure(text)) << text;
}

}  // namespace
}  // namespace biaod::ocr
