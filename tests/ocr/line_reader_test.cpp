// Second readings of drawn lines.
#include "ocr/line_reader.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "models/number.hpp"
#include "models/text_norm.hpp"
#include "ocr/line_length.hpp"
#include "ocr/network_layers.hpp"
#include "tests/synth/printing.hpp"

namespace biaod::ocr {
namespace {

constexpr double kSize = 12;  // pt
constexpr double kDpi = 300;
constexpr double kPitch = kSize * kDpi / 72;  // px
constexpr double kLine = 30;                  // pt from line to line

struct Drawn {
    cv::Mat gray;
    std::vector<cv::Rect> lines;  // tight boxes
};

// Lines of text; `wider` is added to each character's square, in characters.
Drawn drawn(const std::vector<std::string>& lines, double wider = 0) {
    synth::Printed page;
    page.width = 420;
    page.height = 20 + kLine * static_cast<double>(lines.size());
    synth::DrawnPage on;
    double y = 10;
    for (const std::string& line : lines) {
        double x = 10;
        if (wider == 0) on.texts.push_back({x, y, kSize, "Noto Serif CJK SC", line});
        for (const char32_t c : wider > 0 ? models::to_code_points(line) : std::u32string()) {
            on.texts.push_back({x, y, kSize, "Noto Serif CJK SC", models::to_utf8({&c, 1})});
            x += (1 + wider) * kSize;
        }
        y += kLine;
    }
    page.pages.push_back(std::move(on));
    Drawn out;
    cv::cvtColor(synth::rasterise(page, kDpi)[0], out.gray, cv::COLOR_BGR2GRAY);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const cv::Rect part(0, static_cast<int>((10 + kLine * static_cast<double>(i)) * kDpi / 72), out.gray.cols,
                            static_cast<int>(kLine * kDpi / 72));
        cv::Rect box = cv::boundingRect(out.gray(part) < 128);
        box.y += part.y;
        out.lines.push_back(box);
    }
    return out;
}

class LineReaderTest : public testing::Test {
  protected:
    // Made once: an engine is not for free.
    static void SetUpTestSuite() {
        engine = std::move(*Engine::lend("chi_sim"));
        lines = std::move(*LineReader::create(*engine, no_phrases()));
    }
    static void TearDownTestSuite() {
        lines.reset();
        engine.reset();
    }
    static const Vocabulary& no_phrases() {
        static const Vocabulary none({});
        return none;
    }
    static LineReader& reader() { return *lines; }
    std::string confirmed(const std::vector<std::string>& printed, const std::string& first) {
        const Vocabulary words(
            {"（一）予以公开", "自然人", "行政处罚", "3.危及“三安全一稳定”", "1.本机关不掌握相关政府信息"});
        const Drawn page = drawn(printed);
        const auto near = words.near(first);
        if (!near) return "none";
        const auto text = reader().confirm_phrase(*near, page.gray, page.lines, kPitch, {first, 1, std::nullopt});
        return text ? text->text : "none";
    }

    static Engine::Lent engine;
    static std::unique_ptr<LineReader> lines;
};

Engine::Lent LineReaderTest::engine;
std::unique_ptr<LineReader> LineReaderTest::lines;

TEST_F(LineReaderTest, AWrongFirstReadingOfALabelIsPutRight) {
    EXPECT_EQ(confirmed({"（一）予以公开"}, "《一）子以公升"), "（一）予以公开");
    EXPECT_EQ(confirmed({"自然人"}, "目然人"), "自然人");
    EXPECT_EQ(confirmed({"1.本机关不掌", "握相关政府信息"}, "1.木机关不攀握相关政府信患"),
              "1.本机关不掌握相关政府信息");
}

// Of a long label what differs is read again; the rest stands.
TEST_F(LineReaderTest, OnlyWhatDiffersFromALabelIsReadAgain) {
    const std::string label = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请";
    const Vocabulary words({label});
    const Drawn page = drawn({"1.申请人无正当理由逾期不补正", "、行政机关不再处理其政府", "信息公开申请"});
    LineText first = reader().read_text(page.gray, page.lines, kPitch);
    const auto place = std::ranges::find(first.symbols, "由", &Symbol::text);
    ASSERT_NE(place, first.symbols.end());
    place->text = "甲";
    first.text = "1.申请人无正当理甲逾期不补正、行政机关不再处理其政府信息公开申请";
    const auto text = reader().confirm_phrase(words.near(first.text).value(), page.gray, page.lines, kPitch, first);
    ASSERT_TRUE(text) << first.text;
    EXPECT_EQ(text->text, label);
}

TEST_F(LineReaderTest, APhraseThatIsNotPrintedIsNotConfirmed) {
    EXPECT_EQ(confirmed({"行政强制"}, "行政强制"), "none");
    EXPECT_EQ(confirmed({"自由人"}, "自由人"), "none");
    EXPECT_EQ(confirmed({"自然人"}, "自然人"), "none") << "nothing to put right";
    EXPECT_EQ(confirmed({"自然人"}, "其他"), "none") << "nothing near";
}

// A pencil's stroke across a 9 is a 2 to what reads text; what reads figures sees none.
TEST_F(LineReaderTest, AFigureThatWasReadOnceIsDoubted) {
    Drawn page = drawn({"9"});
    const cv::Rect digit = page.lines.front();
    const int beyond = 2 * digit.width / 3;
    cv::line(page.gray, {digit.x - beyond, digit.br().y + 2}, {digit.br().x + beyond, digit.y + digit.height / 5}, 60,
             5);
    const cv::Rect box = cv::boundingRect(page.gray < 128);
    const LineText text = reader().read_cell_line(page.gray, box, kPitch, std::nullopt, 0);
    ASSERT_TRUE(models::spelled_as_figure(text.text)) << text.text;
    EXPECT_LE(text.confidence, 0.5) << text.text;
}

// Found on a page with ticks: one across a zero was read as a backslash, which stands for nothing to report, as text
// alone. A printed one is told by its shape.
TEST_F(LineReaderTest, ABackslashThatOnlyTextReadsIsDoubted) {
    const Drawn page = drawn({"\\"});
    const auto read = [&](std::optional<FigureText> shaped) {
        return reader().read_cell_line(page.gray, page.lines.front(), kPitch, std::move(shaped), 0);
    };
    const LineText printed = read(std::nullopt), as_text = read(FigureText{});
    EXPECT_EQ(printed.text, "\\");
    EXPECT_GT(printed.confidence, 0.9);
    ASSERT_EQ(as_text.text, "\\");
    EXPECT_LE(as_text.confidence, 0.5);
}

// Found below a page break: the bracket that ended a label was a slash, and its row one of figures.
TEST_F(LineReaderTest, ABracketIsNoFigure) {
    for (const char* printed : {"）", "（"}) {
        const Drawn page = drawn({printed});
        const auto read_as = [&](const char* figure) {
            const FigureText doubtful{figure, 0.5, std::nullopt};
            return reader().read_cell_line(page.gray, page.lines.front(), kPitch, doubtful, 0).text;
        };
        EXPECT_EQ(read_as("/"), printed);
        EXPECT_EQ(read_as("1"), "1") << "a torn digit may look like a bracket";
    }
}

// Found in light narrow faces: of a label's ink, parted as digits are, its number alone was read as a figure.
TEST_F(LineReaderTest, ALabelIsNoFigureThatCoversAPartOfIt) {
    Drawn page = drawn({"1.信访举报投诉类申请"});
    const cv::Rect line = page.lines.front();
    cv::GaussianBlur(page.gray, page.gray, {}, 6);
    const auto read_as = [&](const char* figure, bool covers_ink) {
        FigureText doubtful{figure, 0.5, std::nullopt};
        doubtful.covers_ink = covers_ink;
        return reader().read_cell_line(page.gray, line, kPitch, doubtful, 0);
    };
    const LineText label = read_as("1.", false);
    EXPECT_NE(label.text, "1.");
    ASSERT_LT(label.confidence, 0.9) << "sure, it would be no figure anyway";
    EXPECT_EQ(read_as("1.", true).text, "1.");
    Drawn unit = drawn({"1件"});
    cv::GaussianBlur(unit.gray, unit.gray, {}, 6);
    EXPECT_EQ(reader().read_cell_line(unit.gray, unit.lines.front(), kPitch, FigureText{"1", 0.5, "7", false}, 0).text,
              "1")
        << "no words";
}

// Found in a font with a broad plus.
TEST_F(LineReaderTest, APlusThatLooksLikeTenIsAPlus) {
    const auto read = [](const std::string& printed) {
        const Drawn page = drawn({printed});
        return reader().read_cell_line(page.gray, page.lines.front(), kPitch, std::nullopt, 0).text;
    };
    EXPECT_EQ(read("十6"), "+6");
    EXPECT_EQ(read("十18"), "+18");
    EXPECT_EQ(read("十六"), "十六");
    EXPECT_EQ(read("第十6"), "第十6");
}

// Found in fonts whose minus is as wide as a character.
TEST_F(LineReaderTest, AMinusThatLooksLikeOneIsAMinus) {
    const auto read = [](const std::string& printed, std::optional<FigureText> figure) {
        const Drawn page = drawn({printed});
        return reader().read_cell_line(page.gray, page.lines.front(), kPitch, std::move(figure), 0).text;
    };
    const FigureText doubtful{"16", 0.5, "10"};
    EXPECT_EQ(read("一16", std::nullopt), "-16");
    EXPECT_EQ(read("一般", std::nullopt), "一般");
    EXPECT_EQ(read("一般", doubtful), "一般");
    EXPECT_EQ(read("一16", FigureText{"", 0, std::nullopt}), "-16");
}

// Seen where a 1 stands close to 万. Both readings go on.
TEST_F(LineReaderTest, AFigureWithABracketIsReadAsAFigureWithDoubt) {
    for (const char* printed : {"80,011]万元", "71]万元"}) {
        const Drawn page = drawn({printed});
        const LineText read = reader().read_cell_line(page.gray, page.lines.front(), kPitch, std::nullopt, 0);
        EXPECT_TRUE(models::spelled_as_figure(read.text)) << read.text;
        EXPECT_EQ(read.second, printed);
    }
    const Drawn unit = drawn({"[万元]"});
    const LineText read = reader().read_cell_line(unit.gray, unit.lines.front(), kPitch, std::nullopt, 0);
    EXPECT_FALSE(models::spelled_as_figure(read.text)) << read.text << " is a label";
}

// Found on faxes: 了7 and U were read for 47 and 11, and a form asks for a figure there.
TEST_F(LineReaderTest, AShortTextIsReadAsAFigureToo) {
    const auto read = [](const std::string& printed, std::optional<FigureText> figure = std::nullopt) {
        const Drawn page = drawn({printed});
        return reader().read_cell_line(page.gray, page.lines.front(), kPitch, std::move(figure), 0);
    };
    LineText text = read("了7");
    EXPECT_EQ(text.text, "了7");
    EXPECT_EQ(text.second.value_or("").back(), '7');
    text = read("-S", FigureText{"-", 0.5, "-5"});
    EXPECT_EQ(text.text, "-S");
    EXPECT_EQ(text.second, "-5");
    EXPECT_EQ(read("SS", FigureText{"55", 0.5, "5"}).second, "55");
    FigureText other{"55", 0.5, std::nullopt};
    other.covers_ink = false;
    EXPECT_FALSE(read("SS", other).second) << "it is not as wide";
    EXPECT_FALSE(read("自然人").second);
    EXPECT_FALSE(read("无").second) << "there is nothing to report";
}

// Characters that the networks know hardly.
TEST_F(LineReaderTest, OfUnlikelyCharactersThoseThatMakeWordsAreTaken) {
    for (const auto& [text, blur] : {std::pair("大政策解读和舆情关注力度", 0),
                                     {"公开嵌入办文办会", 2},
                                     {"防止舆情发生", 2},
                                     {"目标、步骤、时限", 3},
                                     {"防止舆情发生", 3}}) {
        Drawn page = drawn({text});
        if (blur > 0) cv::GaussianBlur(page.gray, page.gray, {}, blur);
        EXPECT_EQ(reader().read_text(page.gray, page.lines, kPitch).text, text) << blur;
    }
}

// A scratch beside a 3, which one network takes for a 9.
TEST_F(LineReaderTest, ANumberInTextThatTheNetworksReadDifferentlyIsInDispute) {
    const auto read = [](bool scratched) {
        Drawn page = drawn({"全年收到申请3件并全部办结"});
        const cv::Rect box = page.lines.front();
        const cv::Point at(box.x + cvRound(6 * kPitch) + 4, box.y);
        if (scratched)
            cv::line(page.gray, at + cv::Point(0, box.height / 4), at + cv::Point(0, box.height * 2 / 5), 0, 3);
        const LineText text = reader().read_text(page.gray, {box}, kPitch);
        const LineText cell = reader().read_cell_text(page.gray, {box}, kPitch);
        EXPECT_EQ(cell.confidence < 0.8, scratched) << "of a table";
        EXPECT_GT(text.confidence, 0.8);
        return text.disputed;
    };
    EXPECT_TRUE(read(false).empty());
    const auto disputed = read(true);
    ASSERT_EQ(disputed.size(), 1U);
    EXPECT_NE(disputed[0].read, disputed[0].other);
    EXPECT_TRUE(disputed[0].read == "3" || disputed[0].other == "3");
}

TEST(FigureReader, WhatMayBeReadOfAFigure) {
    for (const char* text : {"了7", "U", "mm57", "必5S2292", "一]1"})
        EXPECT_TRUE(FigureReader::may_misread_figure(text)) << text;
    for (const char* text : {"", "其他", "行政7", "Total"})
        EXPECT_FALSE(FigureReader::may_misread_figure(text)) << text;
}

const std::string kSentence = "坚持以公开为常态不公开为例外的原则要求";

TEST_F(LineReaderTest, ALineTellsWhichEndIsUp) {
    const Drawn page = drawn({kSentence});
    const cv::Rect box = page.lines.front();
    const WayUp upright = reader().read_both_ways(page.gray, box, kPitch);
    EXPECT_TRUE(upright.is_clear());
    EXPECT_GT(upright.as_it_stands, upright.upside_down);
    EXPECT_EQ(reader().read_text(page.gray, {box}, kPitch).text, kSentence) << "the reading that was kept";
    cv::Mat turned;
    cv::rotate(page.gray, turned, cv::ROTATE_180);
    const cv::Rect there(turned.cols - box.br().x, turned.rows - box.br().y, box.width, box.height);
    const WayUp upended = reader().read_both_ways(turned, there, kPitch);
    EXPECT_GT(upended.upside_down, upended.as_it_stands);
    EXPECT_NE(reader().read_text(turned, {there}, kPitch).text, kSentence);
    EXPECT_FALSE((WayUp{0.99, 0, 1}.is_clear())) << "one symbol is read from anything";
}

TEST_F(LineReaderTest, OnlyARightTextKeepsToItsOwnSquares) {
    for (const double wider : {0.0, 0.05}) {
        const Drawn page = drawn({kSentence}, wider);
        const double set = set_width(kSentence);
        EXPECT_TRUE(keeps_to_own_squares(page.gray, page.lines.front(), set)) << wider;
        for (const double off : {-1.0, 1.0})
            EXPECT_FALSE(keeps_to_own_squares(page.gray, page.lines.front(), set + off)) << wider << " " << off;
    }
}

// A number is else read by both networks.
TEST_F(LineReaderTest, AKnownPhraseIsReadOnce) {
    const Drawn page = drawn({"青山县公开36条信息"});
    const auto layers = [&](const Vocabulary& words) {
        const auto by = std::move(*LineReader::create(*engine, words));
        const std::uint64_t before = own_layers_run();
        EXPECT_EQ(by->read_text(page.gray, page.lines, kPitch).text, "青山县公开36条信息");
        return own_layers_run() - before;
    };
    EXPECT_GT(layers(no_phrases()), layers(Vocabulary({"青山县公开36条信息"})));
    EXPECT_EQ(layers(no_phrases()), layers(Vocabulary({"青山县公开36条信息", "青山县公开38条信息"})));
}

TEST_F(LineReaderTest, ARightTextOnAWiderLineStands) {
    const Drawn page = drawn({kSentence}, 0.12);
    const LineText first = reader().read_text(page.gray, page.lines, kPitch);
    ASSERT_EQ(first.text, kSentence);
    const cv::Rect box = page.lines.front();
    ASSERT_GT(length_error({double(box.width), double(box.height), set_width(first.text)}, kPitch), 1)
        << "as if two characters were missing";
    EXPECT_EQ(reader().refit(page.gray, box, kPitch, kPitch, first).text, kSentence);
}

// Found on scans: 县 of a letterhead was read as 有具, and 和 before it.
TEST_F(LineReaderTest, ACarefulReadingOutvotesTheFirst) {
    const std::string printed = "青山县人民政府文件";
    const Drawn page = drawn({printed});
    const auto carefully = [&](const std::string& first) {
        std::vector<Symbol> symbols;
        for (const char32_t c : models::to_code_points(first)) symbols.push_back({models::to_utf8({&c, 1}), 0.97});
        return reader().read_carefully(page.gray, page.lines[0], kPitch, {first, 0.97, std::nullopt, symbols});
    };
    for (const char* misread : {"青山有具人民政府文件", "和青山县人民政府文件", "青山县人民政府文"})
        EXPECT_EQ(carefully(misread).text, printed) << misread;
    EXPECT_EQ(carefully(printed).confidence, 0.97) << "the first, where they agree";
}

TEST_F(LineReaderTest, ACarefulReadingLosesNothingAndDoubtsDigits) {
    const Drawn page = drawn({"青山县公开36条信息"});
    const LineText other =
        reader().read_carefully(page.gray, page.lines[0], kPitch, {"青山县公开38条信息", 0.97, std::nullopt});
    EXPECT_NE(other.text.find("36"), other.text.npos) << other.text;
    EXPECT_LE(other.confidence, 0.5);
    const LineText disputed = reader().read_carefully(
        page.gray, page.lines[0], kPitch, {"青山县公升36条信息", 0.97, std::nullopt, {}, {{"36", "38", 1, {}}}});
    EXPECT_EQ(disputed.text, "青山县公开36条信息");
    EXPECT_EQ(disputed.disputed.size(), 1U) << "of the first, which is not settled";
    const cv::Mat blank(page.gray.size(), CV_8UC1, cv::Scalar(255));
    const LineText lost =
        reader().read_carefully(blank, page.lines[0], kPitch, {"青政发〔2024〕36号", 0.97, std::nullopt});
    EXPECT_EQ(lost.text, "青政发〔2024〕36号");
    EXPECT_LE(lost.confidence, 0.5);
}

TEST_F(LineReaderTest, ATextThatDoesNotFitItsLineIsReadAnew) {
    const Drawn page = drawn({kSentence});
    const std::string lost = kSentence.substr(0, 12) + kSentence.substr(15), made_up = "坚" + kSentence;
    for (const std::string& wrong : {lost, made_up})
        EXPECT_EQ(reader().refit(page.gray, page.lines.front(), kPitch, kPitch, {wrong, 0.8, {}}).text, kSentence)
            << wrong;
}

TEST_F(LineReaderTest, ASurerTextThatFitsIsNotReplaced) {
    const Drawn page = drawn({kSentence});
    std::string other = kSentence;
    other.replace(0, 3, "木");  // as wide
    EXPECT_EQ(reader().refit(page.gray, page.lines.front(), kPitch, kPitch, {other, 0.9, {}}).text, other);
}

}  // namespace
}  // namespace biaod::ocr
