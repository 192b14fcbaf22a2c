// The whole way on synthesised documents: what was printed is what is read.
#include "ocr/document_reader.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "models/record_json.hpp"
#include "ocr/vocabulary.hpp"
#include "tests/ocr/agreement.hpp"
#include "tests/ocr/reading.hpp"
#include "tests/synth/deviations.hpp"
#include "tests/synth/scanning.hpp"

namespace biaod::ocr {
namespace {

using synth::LayoutOptions;
using synth::Truth;
using synth::TruthOptions;
using tests::forms;
using tests::listed;
using tests::read;
using tests::text_of;

Truth truth_of(std::uint32_t seed) {
    TruthOptions options;
    options.form = seed % 2 == 0 ? "2021" : "2019";
    options.density = seed % 5 == 0 ? 0 : seed % 3 == 0 ? 0.7 : 0.2;
    options.blanks_for_zeros = seed % 4 == 3;
    options.letterhead = seed % 3 == 1;
    return make_truth(seed, options);
}

// A report that deviates from the form as biaod-accuracy's of the same seed does.
struct Report {
    std::uint32_t seed = 0;
    Truth truth;
    LayoutOptions layout;

    std::string as(const std::string& variant) const {
        return make_document(truth, layout, synth::variant(variant, seed), seed);
    }
};

Report deviating(std::uint32_t seed, double density) {
    Report report{seed, {}, synth::random_layout(seed)};
    TruthOptions options;
    options.density = density;
    for (const std::string& name : synth::random_deviations(seed)) synth::deviate(name, options, report.layout);
    report.truth = synth::some_tables(make_truth(seed, options), {"proactive", "requests", "review"}, true);
    return report;
}

// Every figure of every digital document, in both page-breaking styles, with every layout the seed chooses.
TEST(ReadDigital, EveryValueAndEveryCellOfEverySeed) {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        const Truth truth = truth_of(seed);
        const auto variant = synth::variant(seed % 3 == 0 ? "word" : "digital", seed);
        const models::Record record = read(make_document(truth, synth::random_layout(seed), variant, seed));
        const tests::Agreement a = tests::compare(record, truth);
        EXPECT_EQ(a.wrong, 0) << "seed " << seed << listed(a.faults);
        EXPECT_EQ(a.flagged_though_right, 0) << "seed " << seed;
        EXPECT_EQ(tests::structure_f1(a), 1) << "seed " << seed;
        EXPECT_EQ(text_of(record, "issuer"), truth.issuer) << "seed " << seed;
        EXPECT_EQ(record.report.at("year"), truth.year) << "seed " << seed;
    }
}

// Found on this document: between some of the dots below a header's fill its edge was seen, and they were no even row
// any more.
TEST(ReadDigital, DottedRulingsBesideFillsAreFound) {
    const Report report = deviating(1000211, 0.3);
    const tests::Agreement a = tests::compare(read(report.as("word")), report.truth);
    EXPECT_EQ(a.wrong, 0) << listed(a.faults);
    EXPECT_EQ(tests::structure_f1(a), 1);
}

// Those that a known form prints are nearly always right, those that differ from one in a character seldom.
void expect_calibrated_labels(const models::Record& record) {
    const Vocabulary known(tests::forms().phrases());
    int labels = 0;
    for (const models::Table& table : record.tables)
        for (const models::Cell& cell : table.cells) {
            if (known.knows(cell.text)) {
                ++labels;  // one that a page break tore is as sure as its parts
                EXPECT_GT(cell.confidence, 0.98) << cell.text;
            } else if (const auto near = known.near(cell.text); near && near->distance < 0.2) {
                EXPECT_LE(cell.confidence, 0.5) << cell.text;
            }
        }
    EXPECT_GT(labels, 40);
}

TEST(ReadScan, NoWrongValueIsSilent) {
    for (std::uint32_t seed = 100; seed < 104; ++seed) {
        const Truth truth = truth_of(seed);
        const auto variant = synth::variant(seed % 2 == 0 ? "scan300" : "scan300bw", seed);
        const models::Record record = read(make_document(truth, synth::random_layout(seed), variant, seed));
        const tests::Agreement a = tests::compare(record, truth);
        EXPECT_EQ(a.silent, 0) << "seed " << seed << listed(a.faults);
        EXPECT_LE(a.wrong, a.values / 20) << "seed " << seed << listed(a.faults);
        EXPECT_EQ(text_of(record, "form"), truth.form) << "seed " << seed;
        expect_calibrated_labels(record);
    }
}

// Found on such documents: a shadow that was lifted in blocks of one level each left the rest of the blocks as ink.
TEST(ReadScan, ShadowsOverTablesLeaveTheirFigures) {
    int wrong = 0, values = 0;
    for (std::uint32_t seed = 110; seed < 113; ++seed) {
        const Truth truth = synth::some_tables(truth_of(seed), {"proactive", "requests", "review"}, true);
        const models::Record record =
            read(make_document(truth, synth::random_layout(seed), synth::variant("light", seed), seed));
        const tests::Agreement a = tests::compare(record, truth);
        EXPECT_EQ(a.silent, 0) << "seed " << seed << listed(a.faults);
        wrong += a.wrong;
        values += a.values;
    }
    EXPECT_LE(wrong, values / 100);
}

TEST(ReadDigital, AWrongPrintedSumStandsAndIsFlagged) {
    for (std::uint32_t seed = 200; seed < 206; ++seed) {
        TruthOptions options;
        options.wrong_sum = true;
        options.density = 0.5;
        const Truth truth = make_truth(seed, options);
        const models::Record record =
            read(make_document(truth, synth::random_layout(seed), synth::variant("digital", seed), seed));
        EXPECT_EQ(tests::compare(record, truth).wrong, 0);
        const auto failed = std::count_if(record.checks.begin(), record.checks.end(), [](const models::Check& check) {
            return check.status == models::CheckStatus::fail && !check.rule.starts_with("soft.");
        });
        EXPECT_GE(failed, 1) << "seed " << seed << " wrong " << truth.wrong;
        EXPECT_EQ(record.status, models::Status::needs_review);
        const bool flagged = std::any_of(
            record.review.begin(), record.review.end(),
            [](const models::ReviewItem& item) { return item.reason == models::ReviewReason::check_failed; });
        EXPECT_TRUE(flagged) << "seed " << seed;
    }
}

TEST(ReadScan, TurnedPagesAreTurnedBack) {
    const Truth truth = truth_of(7);
    const auto pages = rasterise(print_report(truth, {}), 200);
    for (const int turns : {1, 2, 3}) {
        synth::ScanOptions options;
        options.quarter_turns = turns;
        const std::string pdf = synth::pictures_to_pdf({scan(pages.back(), options, 1)}, 200, 90);
        const models::Record record = read(pdf);
        ASSERT_EQ(record.pages.size(), 1u);
        EXPECT_EQ(record.pages[0].rotation, (4 - turns) % 4 * 90) << turns;
        ASSERT_FALSE(record.blocks.empty());
        // The last page ends with the last paragraph of the text.
        const std::string& last = truth.paragraphs.back().text;
        EXPECT_TRUE(std::any_of(record.blocks.begin(), record.blocks.end(), [&](const models::Block& block) {
            return block.text.find(last.substr(0, 12)) != std::string::npos;
        })) << turns;
    }
}

// The figures of a grid that the record's only table has in their places.
int figures_found(const models::Record& record, const synth::Grid& grid) {
    int found = 0;
    for (const synth::GridCell& printed : grid.cells)
        found += printed.figure && std::ranges::any_of(record.tables.at(0).cells, [&](const models::Cell& cell) {
                     return cell.row == printed.row && cell.col == printed.col && cell.text == printed.text;
                 });
    return found;
}

// Before specks were taken out, a fifth of such a report's figures was not read, and all were flagged.
TEST(ReadScan, SpecksAreNotRead) {
    const Report report = deviating(1000048, 0.7);
    const tests::Agreement a = tests::compare(read(report.as("speckle")), report.truth);
    EXPECT_EQ(a.silent, 0) << listed(a.faults);
    EXPECT_LE(a.wrong, 4) << listed(a.faults);
    EXPECT_LE(a.flagged_though_right, 10);
}

// Found on this document: characters below each other in its columns read like a line, and well.
TEST(ReadScan, ASpreadOfShortLinesIsNoPageOnItsSide) {
    const Report report = deviating(1000417, 0.7);
    const models::Record record = read(report.as("spread"));
    ASSERT_EQ(record.pages.size(), 2u);
    for (const models::Page& page : record.pages) EXPECT_EQ(page.rotation, 0) << page.number;
}

// Its lines are too short to tell which way they run.
TEST(ReadScan, ASidewaysTableOfShortCellsIsTurnedUpright) {
    const Truth truth = synth::some_tables(truth_of(3), {"review"}, false);
    const synth::Grid& grid = truth.grids.at("review");
    const auto pages = rasterise(print_report(truth, {}), 200);
    ASSERT_EQ(pages.size(), 1u);
    for (const int turns : {1, 3}) {
        synth::ScanOptions options;
        options.quarter_turns = turns;
        const models::Record record = read(synth::pictures_to_pdf({scan(pages.back(), options, 1)}, 200, 90));
        ASSERT_EQ(record.pages.size(), 1u);
        EXPECT_EQ(record.pages[0].rotation, (4 - turns) * 90) << turns;
        ASSERT_EQ(record.tables.size(), 1u) << turns;
        EXPECT_EQ(record.tables[0].rows, grid.rows) << turns;
        EXPECT_EQ(record.tables[0].cols, grid.cols) << turns;
        EXPECT_GE(figures_found(record, grid), 14) << turns;  // of 15
    }
}

// A scanned page with a table of figures; the ring of a seal goes through that in the middle.
models::Table read_below_a_ring(const std::string& middle, const cv::Scalar& colour) {
    synth::Printed printed;
    printed.width = 595;
    printed.height = 842;
    synth::DrawnPage drawn;
    for (int i = 0; i <= 3; ++i) {
        drawn.lines.push_back({100, 200.0 + 40 * i, 460, 200.0 + 40 * i, 0.75});
        drawn.lines.push_back({100.0 + 120 * i, 200, 100.0 + 120 * i, 320, 0.75});
    }
    for (int row = 0; row < 3; ++row)
        for (int col = 0; col < 3; ++col)
            drawn.texts.push_back({150.0 + 120 * col, 212.0 + 40 * row, 12, "Noto Serif CJK SC",
                                   row == 1 && col == 1 ? middle : std::to_string(40 + 3 * row + col)});
    printed.pages.push_back(std::move(drawn));
    cv::Mat picture = synth::rasterise(printed, 200)[0], seal(picture.size(), CV_8UC3, cv::Scalar::all(255));
    const auto px = [](double pt) { return cvRound(pt * 200 / 72); };
    cv::circle(seal, {px(272) + 158, px(256)}, 158, colour, 8, cv::LINE_AA);  // of 40 mm
    cv::min(picture, seal, picture);
    const models::Record record = read(synth::pictures_to_pdf({picture}, 200, 90));
    EXPECT_EQ(record.tables.size(), 1u);
    return record.tables.empty() ? models::Table() : record.tables[0];
}

TEST(ReadScan, AFigureBelowASealIsRightOrDoubted) {
    const cv::Scalar red(60, 50, 215), grey(140, 140, 140);
    for (const std::string printed : {"-6", "75", ""}) {
        for (const cv::Scalar& colour : {red, grey}) {
            const models::Table table = read_below_a_ring(printed, colour);
            ASSERT_EQ(table.cells.size(), 9u);
            for (const models::Cell& cell : table.cells) {
                if (cell.row == 1 && cell.col == 1) {
                    EXPECT_TRUE(cell.text == printed || cell.second_reading || cell.confidence < 0.8) << cell.text;
                    EXPECT_TRUE(colour == red || cell.confidence < 0.8) << printed;
                } else if (cell.col == 0) {
                    EXPECT_EQ(cell.text, std::to_string(40 + 3 * cell.row));
                    EXPECT_GT(cell.confidence, 0.8);
                }
            }
        }
    }
}

// A total too long for its narrow column: 1126 as 112 and 6. In a wide column two lines are no such figure, nor are two
// figures of one width.
TEST(ReadScan, AFigureThatFillsItsLinesIsOne) {
    for (const auto& [width, first, second] :
         {std::tuple(30.0, "112", "6"), {120.0, "112", "6"}, {30.0, "112", "634"}}) {
        synth::Printed printed;
        synth::DrawnPage drawn;
        for (int i = 0; i <= 3; ++i) {
            drawn.lines.push_back({100, 200.0 + 40 * i, 100 + 3 * width, 200.0 + 40 * i, 0.75});
            drawn.lines.push_back({100 + width * i, 200, 100 + width * i, 320, 0.75});
        }
        for (int row = 0; row < 3; ++row)
            for (int col = 0; col < 3; ++col) {
                const double x = 105 + width * col, y = 204 + 40.0 * row;
                const bool two = row == 1 && col == 1;
                drawn.texts.push_back(
                    {x, y, 12, "Noto Serif CJK SC", two ? first : std::to_string(40 + 3 * row + col)});
                if (two) drawn.texts.push_back({x + 5, y + 16, 12, "Noto Serif CJK SC", second});
            }
        printed.pages.push_back(std::move(drawn));
        const models::Record record = read(synth::pictures_to_pdf({synth::rasterise(printed, 300)[0]}, 300, 90));
        ASSERT_EQ(record.tables.size(), 1u);
        ASSERT_EQ(record.tables[0].cells.size(), 9u);
        const models::Cell& cell = record.tables[0].cells[4];
        if (width < 100 && second == std::string("6")) {
            EXPECT_EQ(cell.text, "1126");
            EXPECT_GE(cell.confidence, 0.95);
        } else {
            EXPECT_LE(cell.confidence, 0.5) << cell.text;
        }
    }
}

// The middle cell, as a scan reads it, of a table of nine figures in which `figure` stands `shift` points to the right,
// and something below it.
models::Cell scanned_cell(const std::string& figure, double shift, const std::string& below = "") {
    synth::Printed printed;
    synth::DrawnPage drawn;
    for (int i = 0; i <= 3; ++i) {
        drawn.lines.push_back({100, 200.0 + 30 * i, 280, 200.0 + 30 * i, 0.75});
        drawn.lines.push_back({100 + 60.0 * i, 200, 100 + 60.0 * i, 290, 0.75});
    }
    for (int row = 0; row < 3; ++row)
        for (int col = 0; col < 3; ++col) {
            const bool middle = row == 1 && col == 1;
            drawn.texts.push_back({120 + 60.0 * col + (middle ? shift : 0), 206 + 30.0 * row, 12, "Noto Serif CJK SC",
                                   middle ? figure : "40"});
            if (middle) drawn.texts.push_back({130 + 60.0 * col, 220 + 30.0 * row, 8, "Noto Serif CJK SC", below});
        }
    printed.pages.push_back(std::move(drawn));
    const models::Record record = read(synth::pictures_to_pdf({synth::rasterise(printed, 300)[0]}, 300, 90));
    EXPECT_EQ(record.tables.size(), 1u);
    return record.tables.at(0).cells.at(4);
}

// Found on scans: rests of a double ruling made a line of their own below a figure. A form takes the second reading.
TEST(ReadScan, AFigureBesideMarksIsItsCellsSecondReading) {
    const models::Cell cell = scanned_cell("352", 0, "#");
    EXPECT_NE(cell.text, "352");
    EXPECT_EQ(cell.second_reading, "352") << cell.text;
}

// Found on a photograph: of a curled vertical a rest was left in a blank cell, a sure 1 to both networks.
TEST(ReadScan, ALoneOneWhereARulingIsIsDoubted) {
    for (const bool at_side : {false, true}) {
        const models::Cell cell = scanned_cell("1", at_side ? 33.5 : 0);
        EXPECT_EQ(cell.text, "1");
        EXPECT_EQ(cell.confidence > 0.5, !at_side) << cell.confidence;
    }
    // Found on scans of a report from a word processor: of figures close to the rulings every lone digit was doubted.
    const models::Cell cell = scanned_cell("6", 31.3);
    EXPECT_EQ(cell.text, "6");
    EXPECT_GT(cell.confidence, 0.9);
}

// Found beside a pen's tick that went over a cell's edge: 33 and the rest of it were a sure 334 to both networks.
TEST(ReadScan, AFigureThatReachesItsCellsEdgeIsDoubted) {
    for (const bool at_edge : {false, true}) {
        const models::Cell cell = scanned_cell("334", at_edge ? 19.6 : 0);
        EXPECT_EQ(cell.text, "334");
        EXPECT_EQ(cell.confidence > 0.5, !at_edge) << cell.confidence;
    }
}

TEST(ReadScan, ABlankPageHasNothingOnIt) {
    const std::string pdf = synth::pictures_to_pdf({cv::Mat(1200, 850, CV_8UC1, cv::Scalar(250))}, 100, 80);
    const models::Record record = read(pdf);
    EXPECT_TRUE(record.blocks.empty());
    EXPECT_TRUE(record.tables.empty());
    EXPECT_TRUE(record.report.is_null());
    EXPECT_EQ(record.status, models::Status::needs_review) << "blank paper, or a picture that was lost: for a person";
    ASSERT_EQ(record.review.size(), 1u);
    EXPECT_EQ(record.review[0].reason, models::ReviewReason::unreadable);
}

// However many threads share its pages and their lines.
TEST(ReadScan, ADocumentReadsTheSameWithAnyNumberOfThreads) {
    const Truth truth = synth::some_tables(truth_of(104), {"requests", "review"}, true);
    const std::string bytes = make_document(truth, synth::random_layout(104), synth::variant("fax", 104), 104);
    nlohmann::ordered_json alone;
    for (const int threads : {1, 2, 5}) {
        ReadOptions options;
        options.threads = threads;
        const auto record = read_document({"fax", bytes, ""}, forms(), options);
        ASSERT_TRUE(record) << record.error().reason;
        auto json = models::to_json(*record);
        json["engine"].erase("elapsed_ms");
        if (threads == 1)
            alone = std::move(json);
        else
            EXPECT_EQ(json, alone) << threads << " threads";
    }
    EXPECT_FALSE(alone["tables"].empty());
}

TEST(ReadDocument, BadInputIsAnErrorWithAReason) {
    for (const std::string& bytes : {std::string(), std::string("no document"), std::string("%PDF-1.4\n")}) {
        const auto record = read_document({"bad", bytes, ""}, forms(), {});
        ASSERT_FALSE(record);
        EXPECT_FALSE(record.error().reason.empty());
        EXPECT_EQ(record.error().stage, "open");
    }
    ReadOptions small;
    small.limits.max_bytes = 4;
    EXPECT_FALSE(read_document({"large", "%PDF-1.4\n", ""}, forms(), small));
}

}  // namespace
}  // namespace biaod::ocr
