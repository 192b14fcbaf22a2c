// What is published of a value's readings, and what is flagged.
#include "report_fixture.hpp"

namespace biaod::models {
namespace {

class FormReadings : public testing::FormReport {};

INSTANTIATE_TEST_SUITE_P(Versions, FormReadings, ::testing::Values("2021", "2019"));

TEST_P(FormReadings, UnreadableIsNullAndFlagged) {
    const std::string pointer = "/requests/received/natural_person";
    Cell& cell = changed(pointer);
    const std::string was = cell.text;
    cell.unreadable = true;
    cell.text = "";
    apply();
    EXPECT_TRUE(value(pointer).is_null());
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::unreadable});
    EXPECT_EQ(record.review.front().suggested, was);  // the sums imply it
    EXPECT_EQ(record.status, Status::needs_review);
}

TEST_P(FormReadings, AFigureWithASpeckIsPublishedAndFlagged) {
    const std::string pointer = "/requests/received/natural_person";
    Cell& cell = changed(pointer);
    const std::string was = cell.text;
    cell.text += ".";
    apply();
    EXPECT_EQ(value(pointer).dump(), was);
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::low_confidence}) << "though the sums agree";
    EXPECT_EQ(record.review.front().printed, was + ".");
}

// Beside words that the networks for figures do not know a scan's digits are read but once.
TEST_P(FormReadings, ANumberThatWasReadOnceIsFlagged) {
    const std::string pointer = "/requests/received/natural_person";
    const std::string digits = changed(pointer).text;
    for (const auto& [before, behind] : {std::pair("增", ""), {"增加", ""}, {"", "件"}})
        for (const TextSource source : {TextSource::ocr, TextSource::mixed, TextSource::layer}) {
            Cell& cell = changed(pointer);
            cell.text = before + digits + behind;
            cell.text_source = source;
            apply();
            const bool flagged = before != std::string("增") && source != TextSource::layer;
            EXPECT_EQ(reasons(pointer).size(), flagged ? 1u : 0u) << cell.text << static_cast<int>(source);
        }
}

TEST_P(FormReadings, TextInAFigureCellIsFlagged) {
    const std::string pointer = "/requests/received/natural_person";
    changed(pointer).text = "口";
    apply();
    EXPECT_TRUE(value(pointer).is_null());
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::unreadable});
    EXPECT_EQ(record.review.front().printed, "口");
    EXPECT_LE(record.provenance.at("/report" + pointer).confidence, 0.3);
}

TEST_P(FormReadings, DisagreeingReadingsAreFlaggedWhereNoSumDecides) {
    const std::string pointer = "/proactive_disclosure/licenses/decisions";
    changed(pointer).second_reading = "7";
    apply();
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::readings_disagree});
    EXPECT_EQ(record.review.front().suggested, "7");
}

// A comma that lost its tail is read as a point; a count has none.
TEST_P(FormReadings, OfTwoReadingsTheOneThatTheFormAllowsIsTaken) {
    const std::string pointer = "/proactive_disclosure/licenses/decisions";
    Cell& cell = changed(pointer);
    cell.text = "22.347";
    cell.second_reading = "22,347";
    apply();
    EXPECT_EQ(value(pointer), 22347);
    ASSERT_EQ(reasons(pointer), std::vector{ReviewReason::readings_disagree});
    EXPECT_EQ(record.review.front().printed, "22,347");
    EXPECT_EQ(record.review.front().suggested, "22.347");
    EXPECT_EQ(cell.text, "22,347") << "the table says the same";
    EXPECT_EQ(cell.second_reading, "22.347");
    reset();
    cell.text = "-5";
    cell.second_reading = "2.5";
    apply();
    EXPECT_EQ(value(pointer), -5) << "neither is allowed";
}

// Where the ruling between two cells was lost, both values are read from one.
TEST_P(FormReadings, ACellThatTwoValuesShareIsExchangedOnce) {
    const std::string left = "/requests/received/natural_person", right = "/requests/received/business";
    changed(left);
    const Cell* beside = &cell_of(right);
    for (Table& table : record.tables)
        if (const auto at = std::ranges::find(table.cells, beside, [](const Cell& c) { return &c; });
            at != table.cells.end()) {
            table.cells.erase(at);
            break;
        }
    Cell& shared = cell_of(left);
    shared.col_span = 2;
    shared.text = "22.347";
    shared.second_reading = "22,347";
    apply();
    EXPECT_EQ(value(left), 22347);
    EXPECT_EQ(value(right), 22347);
    EXPECT_EQ(shared.text, "22,347");
    EXPECT_EQ(shared.second_reading, "22.347");
}

TEST_P(FormReadings, ADisagreementOfAFigureAndABlankIsAlwaysFlagged) {
    const std::string pointer = "/requests/results/not_processed/petition/other";
    changed(pointer).second_reading = "";
    apply();
    EXPECT_EQ(reasons(pointer), std::vector{ReviewReason::readings_disagree});
}

TEST_P(FormReadings, ReadingsOfOneValueAgree) {
    const std::string pointer = "/proactive_disclosure/licenses/decisions";
    Cell& cell = changed(pointer);
    cell.second_reading = " " + cell.text + "\n";
    apply();
    EXPECT_TRUE(reasons(pointer).empty());
}

TEST_P(FormReadings, LowConfidenceIsFlaggedUnlessTheSumsConfirm) {
    const std::string in_sums = "/requests/received/natural_person", alone = "/proactive_disclosure/licenses/decisions";
    changed(in_sums).confidence = 0.7;
    cell_of(alone).confidence = 0.7;
    apply();
    EXPECT_TRUE(reasons(in_sums).empty());
    EXPECT_EQ(reasons(alone), std::vector{ReviewReason::low_confidence});
    reset();
    cell_of(in_sums).confidence = 0.3;
    apply();
    EXPECT_EQ(reasons(in_sums), std::vector{ReviewReason::low_confidence});
}

// Found on a JPEG of quality 40: both networks read 257 for 237, sure to 0.956.
TEST_P(FormReadings, ANumberThatNoSumConfirmsMustBeRatherSure) {
    const std::string number = "/proactive_disclosure/licenses/decisions";
    changed(number).confidence = 0.96;
    apply();
    EXPECT_EQ(reasons(number), std::vector{ReviewReason::low_confidence});
    reset();
    cell_of(number).confidence = 0.975;
    apply();
    EXPECT_TRUE(reasons(number).empty());
}

// Found on a copy of a sealed page: a stroke of the seal was read as a 4 among cells that it had made unreadable.
TEST_P(FormReadings, AFigureAmongUnreadOnesIsADoubtUnlessTheSumsConfirmIt) {
    const std::string denied = "/requests/results/denied/", between = denied + "prohibited_by_law/business";
    changed(denied + "state_secret/business").text = "口";
    cell_of(denied + "endangers_security/business").text = "口";
    apply();
    EXPECT_TRUE(reasons(between).empty());  // its row adds up
    cell_of(denied + "prohibited_by_law/total").text = "口";
    apply();
    EXPECT_EQ(reasons(between), std::vector{ReviewReason::low_confidence});
    EXPECT_TRUE(reasons(denied + "enforcement_file/business").empty());
}

// A speck is a point to one look and a comma to the other.
TEST_P(FormReadings, ReadingsThatDifferInASpeckAgree) {
    const std::string pointer = "/proactive_disclosure/licenses/decisions";
    Cell& cell = changed(pointer);
    const std::string was = cell.text;
    cell.text = was + ".";
    cell.second_reading = was + ",";
    apply();
    EXPECT_EQ(value(pointer).dump(), was);
    EXPECT_EQ(reasons(pointer), std::vector{ReviewReason::low_confidence});
    // It may be the rest of a number, of which no sum tells.
    const std::string in_sums = "/requests/received/natural_person";
    changed(in_sums).second_reading = "," + cell_of(in_sums).text;
    apply();
    EXPECT_EQ(reasons(in_sums), std::vector{ReviewReason::low_confidence});
}

TEST_P(FormReadings, WhatIsUnreadableHasNoSecondReading) {
    const std::string pointer = "/proactive_disclosure/licenses/decisions";
    Cell& cell = changed(pointer);
    cell.unreadable = true;
    cell.second_reading = "26";
    apply();
    EXPECT_TRUE(value(pointer).is_null());
    EXPECT_EQ(reasons(pointer), std::vector{ReviewReason::unreadable});
}

// Found on faxes: a 1 that touches a 4 was read as a character, and by what reads figures as a digit.
TEST_P(FormReadings, OfTextTheFigureThatWasReadOfItsInkIsTakenUnlessSumsImplyAnother) {
    const std::string alone = "/proactive_disclosure/licenses/decisions";
    Cell& cell = changed(alone);
    cell.text = "了7";
    cell.second_reading = "17";
    apply();
    EXPECT_EQ(value(alone), 17);
    ASSERT_EQ(reasons(alone), std::vector{ReviewReason::readings_disagree});
    EXPECT_EQ(record.review.front().suggested, "了7");
    EXPECT_EQ(cell.text, "17");
    EXPECT_LE(cell.confidence, 0.7);
    const std::string in_sums = "/requests/received/natural_person";
    for (const bool right : {true, false}) {
        const std::string digits = changed(in_sums).text;
        cell_of(in_sums).text = "口";
        cell_of(in_sums).second_reading = right ? digits : digits + "7";
        apply();
        EXPECT_EQ(value(in_sums).dump(), right ? digits : "null");
        EXPECT_EQ(reasons(in_sums), std::vector{right ? ReviewReason::readings_disagree : ReviewReason::unreadable});
        cell_of(in_sums).text = digits;
    }
}

// A figure that was read against the text is doubted as one that was not read.
TEST_P(FormReadings, AFigureBesideSuchOnesIsADoubt) {
    const std::string denied = "/requests/results/denied/", between = denied + "prohibited_by_law/business";
    changed(between);
    for (const char* unread : {"state_secret/business", "endangers_security/business", "prohibited_by_law/total"}) {
        cell_of(denied + unread).second_reading = cell_of(denied + unread).text;
        cell_of(denied + unread).text = "口";
    }
    // No sum tells.
    cell_of(denied + "prohibited_by_law/total").second_reading.reset();
    cell_of("/requests/results/total/business").text = "口";
    apply();
    EXPECT_EQ(reasons(between), std::vector{ReviewReason::low_confidence});
}

}  // namespace
}  // namespace biaod::models
