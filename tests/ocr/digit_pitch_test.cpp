#include "ocr/digit_pitch.hpp"

#include <gtest/gtest.h>

namespace biaod::ocr {
namespace {

constexpr double kPitch = 20;

// As wide as print is: 0.85 of the pitch for the last digit, less for a 1 at either end.
std::vector<MeasuredFigure> table() {
    return {{"0", 17}, {"0", 17}, {"56", 37}, {"17", 32}, {"4030", 77}, {"1126", 71}, {"35", 17}, {"6.5", 41}};
}

TEST(DigitPitch, MostFiguresTellIt) {
    EXPECT_NEAR(measure_digit_pitch(table()), kPitch, 0.1);  // though 5 was read as 35
    EXPECT_EQ(measure_digit_pitch({{"0", 17}, {"56", 37}, {"4030", 77}}), 0);
    EXPECT_EQ(measure_digit_pitch({{"1", 7}, {"11", 27}, {"-5", 30}, {"6.5", 41}, {"/", 10}}), 0);
}

// Found on a scan: of a table of five figures two told the pitch, and 115, whose ones touch, stayed 15.
TEST(DigitPitch, OfFewFiguresThoseWithOnesTellItToo) {
    const double pitch = measure_digit_pitch({{"25", 37}, {"61", 33}, {"15", 52}, {"88623", 97}});
    EXPECT_NEAR(pitch, kPitch, 1.5);
    EXPECT_FALSE(may_hold("15", 52, pitch));
    EXPECT_TRUE(may_hold("115", 52, pitch));
    EXPECT_EQ(measure_digit_pitch({{"11", 27}, {"61", 33}, {"15", 33}, {"1", 7}}), 0) << "ones alone";
}

// Found on a clean scan: four narrow zeros told the pitch, and 124 was as wide as the 1224 that both networks read.
TEST(DigitPitch, LoneFiguresTellLessThanThoseWithOnes) {
    const std::vector<MeasuredFigure> figures{{"0", 13},  {"0", 13},  {"0", 13},   {"0", 13},
                                              {"13", 32}, {"10", 33}, {"1224", 52}};
    EXPECT_TRUE(may_hold("124", 52, measure_digit_pitch(figures)));
    EXPECT_FALSE(may_hold("1224", 52, measure_digit_pitch(figures)));
}

// Found on a scan: a lone 0 is wide, and by three of them five digits were too narrow. In other faces it is as narrow
// as other digits are.
TEST(DigitPitch, FiguresOfMoreDigitsTellItBetter) {
    std::vector<MeasuredFigure> figures{{"58", 38}, {"27799", 98}, {"0", 20}, {"0", 20}, {"0", 20}};
    EXPECT_NEAR(measure_digit_pitch(figures), 20.4, 0.3) << "two count twice";
    EXPECT_TRUE(may_hold("45474", 98, measure_digit_pitch(figures)));
    figures.push_back({"33", 37});
    for (const double zero : {17, 20}) {
        figures.insert(figures.end(), 10, {"0", zero});
        EXPECT_NEAR(measure_digit_pitch(figures), 20.2, 0.3) << "three tell it alone";
        EXPECT_FALSE(may_hold("134433", 92, measure_digit_pitch(figures)));
    }
    EXPECT_NEAR(measure_digit_pitch({{"0", 18}, {"0", 18}, {"0", 18}, {"7", 17}}), kPitch, 0.5);
    EXPECT_NEAR(measure_digit_pitch({{"58", 37}, {"27799", 97}, {"33", 37}, {"16", 31}}), kPitch, 0.5);
    EXPECT_EQ(measure_digit_pitch({{"58", 37}, {"27799", 97}, {"33", 37}}), 0);
}

// Found on faxes: both networks read 5 as 35 and 181 as 7181.
TEST(DigitPitch, ADigitThatIsMadeUpDoesNotFit) {
    for (const auto& [printed, read, width] : {std::tuple("5", "35", 17),
                                               {"56", "356", 37},
                                               {"181", "7181", 48},
                                               {"0", "60", 18},
                                               {"14433", "134433", 92}}) {
        EXPECT_TRUE(may_hold(printed, width, kPitch)) << printed;
        EXPECT_FALSE(may_hold(read, width, kPitch)) << read;
        EXPECT_TRUE(may_hold(read, width, 0)) << "where the pitch is not known";
    }
}

TEST(DigitPitch, ADigitThatIsMissingDoesNotFit) {
    EXPECT_FALSE(may_hold("4198", 97, kPitch));
    EXPECT_TRUE(may_hold("41598", 97, kPitch));
}

// Found in a font whose ones have broad feet: where they touch, both networks read 11 as 1, and 1,111 as 111.
TEST(DigitPitch, AOneThatWasMergedWithTheNextDoesNotFit) {
    for (const auto& [printed, read, width] : {std::tuple("11", "1", 27), {"1,111", "111", 65}}) {
        EXPECT_TRUE(may_hold(printed, width, kPitch)) << printed;
        EXPECT_FALSE(may_hold(read, width, kPitch)) << read;
    }
    EXPECT_TRUE(may_hold("1", 15, kPitch)) << "a lone one has feet, too";
}

TEST(DigitPitch, MarksAreAsWideAsTheyMayBe) {
    for (const int width : {37 + 5, 37 + 40}) EXPECT_TRUE(may_hold("-56", width, kPitch)) << width;
    for (const int width : {97 + 8, 97 + 80}) EXPECT_TRUE(may_hold("41,598.", width, kPitch)) << width;
    EXPECT_FALSE(may_hold("-5", 77, kPitch));
    EXPECT_TRUE(may_hold("56\u5143", 20, kPitch)) << "not for texts";
}

TEST(DigitPitch, OnesAreThin) {
    EXPECT_TRUE(may_hold("1", 6, kPitch));
    EXPECT_TRUE(may_hold("11", 26, kPitch));
    EXPECT_TRUE(may_hold("111", 46, kPitch));
}

}  // namespace
}  // namespace biaod::ocr
