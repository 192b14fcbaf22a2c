// Lines of writing, numbering, furniture and paragraphs.
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "layout/assemble.hpp"
#include "layout/furniture.hpp"
#include "layout/numbering.hpp"
#include "layout/text_lines.hpp"
#include "tests/layout/support.hpp"

namespace biaod::layout {
namespace {

constexpr double kUnit = 40;

cv::Mat blank() { return cv::Mat::zeros(400, 900, CV_8UC1); }

void block(cv::Mat& ink, int x, int y, int w, int h) { cv::rectangle(ink, cv::Rect(x, y, w, h), 255, cv::FILLED); }

std::vector<cv::Rect> lines_in(const cv::Mat& ink) { return find_text_lines(ink, cv::Rect({0, 0}, ink.size()), kUnit); }

TEST(TextLines, StrokesOfOneCharacterStayTogether) {
    cv::Mat ink = blank();
    for (const int y : {100, 117, 134}) block(ink, 100, y, 38, 5);  // 三
    EXPECT_EQ(lines_in(ink).size(), 1u);
}

TEST(TextLines, TwoLinesAreTwo) {
    cv::Mat ink = blank();
    block(ink, 100, 100, 300, 38);
    block(ink, 100, 152, 300, 38);
    const auto lines = lines_in(ink);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0], cv::Rect(100, 100, 300, 38));
}

TEST(TextLines, LinesThatTouchAreParted) {
    cv::Mat ink = blank();
    for (int x = 100; x < 400; x += 44)
        for (const int y : {100, 141}) block(ink, x, y, 38, 40);
    block(ink, 110, 138, 4, 6);  // a descender that touches the line below
    EXPECT_EQ(lines_in(ink).size(), 2u);
}

// Found on a scan: the second line of a title was cut where few of its strokes run.
TEST(TextLines, ATallLineWithAWeakRowIsOne) {
    cv::Mat ink = blank();
    for (int x = 100; x < 700; x += 90) {
        block(ink, x, 100, 80, 8);
        block(ink, x + 36, 100, 8, 84);
        block(ink, x, 176, 80, 8);
    }
    EXPECT_EQ(lines_in(ink).size(), 1u);
}

// Found on a faint page: of half of a title's characters the strokes across the row were too pale.
TEST(TextLines, ATallLineOfBrokenCharactersIsOne) {
    cv::Mat ink = blank();
    for (int i = 0; i < 8; ++i) {
        const int x = 100 + 90 * i;
        block(ink, x, 100, 80, 24);
        if (i % 2 == 0 || i == 1) block(ink, x + 36, 124, 8, 16);
        block(ink, x, 140, 80, 44);
    }
    EXPECT_EQ(lines_in(ink).size(), 1u);
}

// Found on scans: of a title's second line, 告, the upper and the lower half were read as lines of their own.
TEST(TextLines, TheShortEndOfATitleStaysTogether) {
    constexpr int kHigh = 56;  // the title's characters
    cv::Mat ink = blank();
    block(ink, 100, 60, 600, kHigh);
    block(ink, 380, 150, 50, 26);  // two parts of one character
    block(ink, 385, 180, 40, 26);
    block(ink, 100, 250, 600, 38);  // writing of the usual size
    block(ink, 100, 300, 60, 38);
    auto lines = lines_in(ink);
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines[1], cv::Rect(380, 150, 50, kHigh));
    ink(cv::Rect(0, 0, ink.cols, 140)).setTo(0);
    EXPECT_EQ(lines_in(ink).size(), 4u) << "without the title they are small lines";
}

// Two small lines below a title, each wider than its last characters would be.
TEST(TextLines, SmallLinesBelowATitleAreNotItsEnd) {
    cv::Mat ink = blank();
    block(ink, 100, 60, 600, 56);
    block(ink, 100, 150, 500, 24);
    block(ink, 100, 182, 500, 24);
    EXPECT_EQ(lines_in(ink).size(), 3u);
}

TEST(TextLines, AWideGapPartsALine) {
    cv::Mat ink = blank();
    block(ink, 50, 100, 200, 38);
    block(ink, 600, 100, 200, 38);
    EXPECT_EQ(lines_in(ink).size(), 2u);
}

// Found on a phone's picture: a thin minus was paler than the ink of its figure, and -1 was read as 1.
TEST(TextLines, PaleStrokesBesideALineBelongToIt) {
    cv::Mat gray(100, 300, CV_8UC1, cv::Scalar(255));
    gray(cv::Rect(140, 40, 6, 30)).setTo(60);    // a 1
    gray(cv::Rect(116, 54, 14, 3)).setTo(150);   // a minus
    gray(cv::Rect(156, 40, 2, 2)).setTo(150);    // a speck
    gray(cv::Rect(150, 40, 10, 28)).setTo(225);  // what shows through from the back
    const cv::Rect line(140, 40, 6, 30), cell(20, 10, 260, 80);
    EXPECT_EQ(with_pale_strokes(gray, line, cell, 40), cv::Rect(116, 40, 30, 30));
    EXPECT_EQ(with_pale_strokes(gray, line, cv::Rect(130, 10, 150, 80), 40), line);  // beyond the cell
}

// Found on a pale copy: the slant of a leading 4 was paler still, and 47624 was read as 17624 by both networks.
TEST(TextLines, PalerStrokesThatGoOnBesideALineBelongToIt) {
    cv::Mat gray(100, 300, CV_8UC1, cv::Scalar(255));
    gray(cv::Rect(140, 40, 6, 30)).setTo(60);   // the stem
    gray(cv::Rect(120, 58, 20, 4)).setTo(200);  // the slant's foot
    gray(cv::Rect(110, 40, 6, 17)).setTo(200);  // as pale, but by itself
    gray(cv::Rect(146, 40, 2, 30)).setTo(200);  // blur
    const cv::Rect line(140, 40, 6, 30), cell(20, 10, 260, 80);
    EXPECT_EQ(with_pale_ends(gray, line, cell, 40), cv::Rect(120, 40, 26, 30));
    EXPECT_EQ(with_pale_strokes(gray, line, cell, 40), line);
    EXPECT_EQ(with_pale_ends(gray, line, cv::Rect(126, 10, 150, 80), 40), cv::Rect(126, 40, 20, 30));
    cv::flip(gray, gray, 1);
    EXPECT_EQ(with_pale_ends(gray, cv::Rect(154, 40, 6, 30), cell, 40), cv::Rect(154, 40, 26, 30));
}

// Found on a report of zeros in a thin font: their sides alone were ink, and 0 as wide as it is high was doubted.
TEST(TextLines, PaleEndsOfALineBelongToIt) {
    cv::Mat gray(100, 300, CV_8UC1, cv::Scalar(255));
    cv::ellipse(gray, {150, 50}, {11, 17}, 0, 0, 360, 150, 3);
    for (const int x : {137, 159}) gray(cv::Rect(x, 39, 4, 22)).setTo(60);
    gray(cv::Rect(146, 20, 8, 5)).setTo(150);  // joined to nothing
    const cv::Rect line(137, 39, 26, 22), cell(20, 10, 260, 80);
    const cv::Rect whole = with_pale_strokes(gray, line, cell, 40);
    EXPECT_NEAR(whole.y, 32, 1);
    EXPECT_NEAR(whole.br().y, 69, 1);
    EXPECT_NEAR(whole.x, line.x, 1);
    EXPECT_NEAR(whole.width, line.width, 2);

    // At 200 dpi: two pixels more at either end are what tells 0 from a digit that is too wide.
    cv::Mat small(60, 60, CV_8UC1, cv::Scalar(255));
    small(cv::Rect(24, 20, 12, 20)).setTo(190);
    small(cv::Rect(23, 22, 14, 16)).setTo(150);
    small(cv::Rect(26, 22, 8, 16)).setTo(255);
    EXPECT_EQ(with_pale_strokes(small, cv::Rect(23, 22, 14, 16), cv::Rect(5, 5, 50, 50), 30), cv::Rect(23, 20, 14, 20));

    // One pixel is, too, where the ink ends sharply on its sides.
    small.setTo(255);
    small(cv::Rect(24, 21, 12, 18)).setTo(190);
    small(cv::Rect(23, 22, 14, 16)).setTo(150);
    EXPECT_EQ(with_pale_strokes(small, cv::Rect(23, 22, 14, 16), cv::Rect(5, 5, 50, 50), 30), cv::Rect(23, 21, 14, 18));

    cv::Mat blurred(100, 300, CV_8UC1, cv::Scalar(255));
    blurred(cv::Rect(135, 37, 30, 26)).setTo(140);
    blurred(line).setTo(60);
    EXPECT_EQ(with_pale_strokes(blurred, line, cell, 40), cv::Rect(135, 39, 30, 22));
}

TEST(TextLines, SpecksAreNone) {
    cv::Mat ink = blank();
    block(ink, 50, 100, 4, 4);
    EXPECT_TRUE(lines_in(ink).empty());
}

TEST(TextLines, ReadingOrderIsRowByRow) {
    std::vector<TextLine> lines = {
        {{300, 102, 50, 20}, "b", false, {}}, {{0, 100, 50, 20}, "a", false, {}}, {{0, 140, 50, 20}, "c", false, {}}};
    sort_reading_order(lines);
    EXPECT_EQ(lines[0].layer_text + lines[1].layer_text + lines[2].layer_text, "abc");
}

TEST(Numbering, LevelsOfOfficialDocuments) {
    EXPECT_EQ(numbering_level("一、总体情况"), 1);
    EXPECT_EQ(numbering_level("（二）部分公开"), 2);
    EXPECT_EQ(numbering_level("(十一) 其他"), 2);
    EXPECT_EQ(numbering_level("3.补正后"), 3);
    EXPECT_EQ(numbering_level("1、不断强化"), 3);
    EXPECT_EQ(numbering_level("（1）细则"), 4);
    EXPECT_EQ(numbering_level("3.25"), 0);
    EXPECT_EQ(numbering_level("一是监督"), 0);
    EXPECT_EQ(numbering_level(""), 0);
}

TEST(Numbering, APointMayBeOverlookedOrMisread) {
    for (const char* text : {"3其他", "3,危及“三安全一稳定”", "12:重复申请"}) EXPECT_TRUE(lacks_point(text)) << text;
    for (const char* text : {"3", "3,", "3,000", "3件次", "3,万元", "10万元以上", "123,危及安全", "3,其"})
        EXPECT_FALSE(lacks_point(text)) << text;
}

TEST(Numbering, PageNumbers) {
    for (const char* text : {"3", "- 3 -", "— 12 —", "第3页", "第3页共9页", "3/9", "一 4 一"})
        EXPECT_TRUE(is_page_number(text)) << text;
    for (const char* text : {"2021年", "三", "共计", "1234567"}) EXPECT_FALSE(is_page_number(text)) << text;
}

ReadLine line(int page, double x, double y, double width, const std::string& text, double height = 16) {
    ReadLine l;
    l.page = page;
    l.at = {x, y, width, height};
    l.bbox = {x, y, x + width, y + height};
    l.text = text;
    l.confidence = 0.9;
    return l;
}

PageText page(int number, std::vector<ReadLine> lines) { return {number, 595, 842, std::move(lines), {}}; }

TEST(Furniture, ALineInTheSamePlaceOnEachPageIsAPageNumber) {
    // Misread on one page, it still stands where the others stand.
    const std::vector<PageText> pages = {page(1, {line(1, 80, 100, 400, "正文"), line(1, 290, 800, 20, "- 1 -")}),
                                         page(2, {line(2, 80, 100, 400, "正文"), line(2, 290, 801, 20, "对虽")})};
    const auto types = find_furniture(pages);
    EXPECT_EQ(types[0][1], models::BlockType::page_number);
    EXPECT_EQ(types[1][1], models::BlockType::page_number);
    EXPECT_EQ(types[1][0], models::BlockType::paragraph);
}

// Found on faxes: of the sender's line, which was read in two, the second part was none and parted a table.
TEST(Furniture, AHeaderMayBeOfSeveralLines) {
    std::vector<PageText> pages;
    for (int n = 1; n <= 3; ++n)
        pages.push_back(
            page(n, {line(n, 20, 20, 120, "2024-01-09 12:50"), line(n, 240, 21, 150, "021 5403 省工业厅"),
                     line(n, 240, 40, 150, "综合处传真"), line(n, 80, 60, 150, "收到的申请" + std::to_string(n)),
                     line(n, 80, 85, 400, "正文" + std::string(3 * n, 'a'))}));
    pages[1].lines[1].text = "021 5403 省上业厅";  // misread
    for (const auto& types : find_furniture(pages)) {
        for (const int i : {0, 1, 2}) EXPECT_EQ(types[i], models::BlockType::header) << i;
        EXPECT_EQ(types[4], models::BlockType::paragraph);
    }
    for (PageText& p : pages)
        p.lines.insert(p.lines.begin() + 2, line(p.page, 80, 30, 300, std::string(5 * p.page, 'b')));
    EXPECT_EQ(find_furniture(pages)[0][3], models::BlockType::paragraph) << "below what is none";
}

// The number and the date that a fax prints there are no figures of the report.
TEST(Furniture, ANumberInDisputeIsADoubtOfTheHeader) {
    std::vector<PageText> pages;
    for (int n = 1; n <= 3; ++n)
        pages.push_back(page(n, {line(n, 20, 20, 120, "021 5403 省工业厅"), line(n, 80, 100, 400, "正文")}));
    pages[1].lines[0].disputed = {{"5403", "5408", 0, {}}};
    const std::vector<models::Block> blocks = assemble(pages, {}, {}).blocks;
    std::vector<double> headers;
    for (const models::Block& block : blocks) {
        if (block.type == models::BlockType::header) headers.push_back(block.confidence);
        EXPECT_TRUE(block.disputed.empty());
    }
    ASSERT_EQ(headers.size(), 3U);
    EXPECT_GT(headers[0], 0.5);
    EXPECT_LE(headers[1], 0.5);
}

// A reviewer's: below a header the titles of tables differ in no more than their numbers.
TEST(Furniture, ATablesTitleIsNoHeader) {
    std::vector<PageText> pages;
    for (int n = 1; n <= 4; ++n)
        pages.push_back(page(n, {line(n, 80, 40, 200, "某县统计局编印"),
                                 line(n, 80, 75, 300, "表" + std::to_string(n) + " 各乡镇收入支出情况统计表"),
                                 line(n, 80, 130, 400, "正文")}));
    for (const auto& types : find_furniture(pages)) {
        EXPECT_EQ(types[0], models::BlockType::header);
        EXPECT_EQ(types[1], models::BlockType::paragraph);
    }
}

TEST(Furniture, AHeaderMayStandAtTheFoot) {
    std::vector<PageText> pages;
    for (int n = 1; n <= 3; ++n)
        pages.push_back(page(n, {line(n, 80, 100, 400, "正文"), line(n, 80, 785, 200, "某县人民政府办公室"),
                                 line(n, 80, 805, 200, "二〇二四年一月印发")}));
    for (const auto& types : find_furniture(pages))
        for (const int i : {1, 2}) EXPECT_EQ(types[i], models::BlockType::header);
}

// Found on photographs, which show the desk below the page: the number parted a table from its rest.
TEST(Furniture, APageNumberStandsFurtherInOnADesk) {
    const auto last_of = [](double y, double desk_below) {
        PageText photograph = page(1, {line(1, 80, 100, 400, "正文"), line(1, 290, y, 20, "12")});
        photograph.desk.below = desk_below;
        return find_furniture({photograph})[0][1];
    };
    EXPECT_EQ(last_of(800, 0), models::BlockType::page_number);
    EXPECT_EQ(last_of(660, 0), models::BlockType::paragraph) << "may be a figure";
    EXPECT_EQ(last_of(660, 120), models::BlockType::page_number);
    EXPECT_EQ(last_of(600, 120), models::BlockType::paragraph);
}

TEST(Assemble, ParagraphsGoOnOverAPageBreak) {
    const std::string full = "严格执行信息发布的审查程序做到先审查后公开一事一审全";
    std::vector<PageText> pages = {
        page(1,
             {line(1, 180, 80, 240, "某镇2023年政府信息公开工作年度报告", 22), line(1, 112, 130, 100, "一、总体情况"),
              line(1, 112, 160, 368, full), line(1, 80, 190, 400, full), line(1, 80, 220, 400, full),
              line(1, 80, 250, 400, full), line(1, 80, 280, 400, full), line(1, 290, 800, 20, "- 1 -")}),
        page(2, {line(2, 80, 80, 120, "年没有泄密。"), line(2, 112, 110, 368, full), line(2, 80, 140, 400, full),
                 line(2, 80, 170, 200, "到此为止。"), line(2, 290, 800, 20, "- 2 -")})};
    const auto blocks = assemble(pages).blocks;
    ASSERT_EQ(blocks.size(), 6u);
    EXPECT_EQ(blocks[0].type, models::BlockType::title);
    EXPECT_EQ(blocks[1].type, models::BlockType::heading);
    EXPECT_EQ(blocks[1].level, 1);
    EXPECT_EQ(blocks[2].type, models::BlockType::paragraph);
    EXPECT_TRUE(blocks[2].text.ends_with("全年没有泄密。")) << blocks[2].text;
    EXPECT_EQ(blocks[3].type, models::BlockType::page_number);
    EXPECT_EQ(blocks[4].text, full + full + "到此为止。");
}

// Found on pages with ticks and seals: what a mark left beside or below a table parted it from the next page's half.
TEST(Assemble, MarksDoNotPartTheHalvesOfATable) {
    const auto tables_with = [](const ReadLine& between, double second_top = 600) {
        const auto half = [&](int number, const std::string& text) {
            auto rows = tests::fragment(
                number, 1, {80, 300, 500},
                {tests::fragment_cell(number, 0, 0, 1, 1, text), tests::fragment_cell(number, 0, 1, 1, 1, "7")});
            rows.at = {80, number == 1 ? 600 : second_top, 420, 100};
            PageText one = page(number, {});
            one.tables.push_back(rows);
            return one;
        };
        PageText first = half(1, "行政许可"), second = half(2, "行政处罚");
        (between.page == 1 ? first : second).lines.push_back(between);
        return assemble({first, second}).tables.size();
    };
    EXPECT_EQ(tables_with(line(1, 510, 640, 12, "六")), 1u);
    EXPECT_EQ(tables_with(line(1, 400, 740, 8, "~")), 1u);
    for (const char* tick : {"V", "W v", "Y"}) EXPECT_EQ(tables_with(line(1, 300, 740, 12, tick)), 1u) << tick;
    EXPECT_EQ(tables_with(line(1, 300, 740, 60, "VW")), 2u) << "as wide as a word";
    EXPECT_EQ(tables_with(line(1, 112, 740, 80, "以下为续表")), 2u);
    EXPECT_EQ(tables_with(line(1, 112, 740, 80, "")), 2u);  // not read
    // What a pen or a stamp left on the margins.
    EXPECT_EQ(tables_with(line(1, 430, 780, 60, "请核实")), 1u);
    EXPECT_EQ(tables_with(line(1, 430, 760, 60, "请核实")), 2u) << "where print may stand";
    EXPECT_EQ(tables_with(line(1, 112, 780, 180, "以下各表由各乡镇填写")), 2u) << "long";
    EXPECT_EQ(tables_with(line(1, 112, 780, 60, "三、收费")), 2u) << "a heading";
    EXPECT_EQ(tables_with(line(1, 112, 780, 60, "")), 2u);
    EXPECT_EQ(tables_with(line(1, 112, 780, 60, "附件2")), 2u) << "names what comes";
    ReadLine scrawl = line(1, 430, 740, 60, "更 tz");
    scrawl.confidence = 0.5;
    EXPECT_EQ(tables_with(scrawl), 1u);
    scrawl.at.y = 720;
    EXPECT_EQ(tables_with(scrawl), 2u);
    ReadLine above = line(2, 250, 50, 60, "情况表");  // a title
    EXPECT_EQ(tables_with(above), 2u);
    above.at.y = 8;
    EXPECT_EQ(tables_with(above), 1u) << "a fax's sender, at the sheet's edge";
    EXPECT_EQ(tables_with(above, 60), 2u) << "a title, on a cropped sheet";
    above.source = models::TextSource::layer;
    EXPECT_EQ(tables_with(above), 2u);
    above.source = models::TextSource::ocr;
    above.at.y = 50;
    above.on_clip = true;
    EXPECT_EQ(tables_with(above), 1u);
    above.on_clip = false;
    above.confidence = 0.5;
    EXPECT_EQ(tables_with(above), 1u);
}

TEST(Assemble, LetterheadAndTitleAreTwoTitles) {
    const auto blocks =
        assemble({page(1, {line(1, 100, 80, 380, "某县人民政府文件", 34), line(1, 220, 140, 140, "某政发〔2023〕8号"),
                           line(1, 90, 190, 410, "某县人民政府关于2022年政府信息公开工", 23),
                           line(1, 220, 222, 160, "作的年度报告", 23), line(1, 80, 270, 120, "市政府办公室："),
                           line(1, 112, 300, 388, "正文从这里开始，说明全年工作的总体情况和主要成效，"),
                           line(1, 80, 330, 420, "并按规定的格式报告各项数据以及存在的问题，接受监督，")})})
            .blocks;
    ASSERT_EQ(blocks.size(), 5u);
    EXPECT_EQ(blocks[0].type, models::BlockType::title);
    EXPECT_EQ(blocks[1].type, models::BlockType::paragraph);
    EXPECT_EQ(blocks[2].type, models::BlockType::title);
    EXPECT_EQ(blocks[2].text, "某县人民政府关于2022年政府信息公开工作的年度报告");
    EXPECT_EQ(blocks[3].type, models::BlockType::paragraph);
}

}  // namespace
}  // namespace biaod::layout
