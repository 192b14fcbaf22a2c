#include "ocr/flush_figures.hpp"

#include <gtest/gtest.h>

namespace biaod::ocr {
namespace {

constexpr double kTolerance = 3;

std::vector<PlacedFigure> some(FigureKind kind, int count, double end, double height) {
    std::vector<PlacedFigure> figures;
    for (int i = 0; i < count; ++i) figures.push_back({kind, end + i % 2, height});
    return figures;
}

TEST(FlushFigures, StandAsMostOfTheirKindDo) {
    std::vector<PlacedFigure> figures = some(FigureKind::number, 8, 4, 22);
    figures.push_back({FigureKind::number, 40, 22});
    const std::vector<PlacedFigure> slashes = some(FigureKind::slash, 12, 4, 30);
    figures.insert(figures.end(), slashes.begin(), slashes.end());
    const FlushFigures flush(figures, figures, kTolerance);
    EXPECT_TRUE(flush.holds({FigureKind::number, 5, 23}));
    EXPECT_FALSE(flush.holds({FigureKind::number, 0, 22})) << "nearer to the ruling";
    EXPECT_FALSE(flush.holds({FigureKind::number, 4, 30})) << "as high as a slash";
    EXPECT_TRUE(flush.holds({FigureKind::slash, 4, 30}));
    EXPECT_FALSE(flush.holds({FigureKind::dash, 4, 3})) << "the only one";
}

TEST(FlushFigures, CentredOnesAreNone) {
    std::vector<PlacedFigure> figures;
    for (int i = 0; i < 12; ++i) figures.push_back({FigureKind::number, 30.0 + 5 * (i % 4), 22});
    const FlushFigures flush(figures, figures, kTolerance);
    for (const PlacedFigure& figure : figures) EXPECT_FALSE(flush.holds(figure));
}

TEST(FlushFigures, ASmallTableIsAsItsPage) {
    const std::vector<PlacedFigure> few = some(FigureKind::number, 3, 4, 22), many = some(FigureKind::number, 9, 4, 22);
    EXPECT_FALSE(FlushFigures(few, few, kTolerance).holds(few[0]));
    EXPECT_TRUE(FlushFigures(few, many, kTolerance).holds(few[0]));
    EXPECT_FALSE(FlushFigures(some(FigureKind::number, 9, 20, 22), many, kTolerance).holds(few[0]))
        << "but not a table that has its own way";
}

TEST(FlushFigures, AFewOfAKindEndAsTheOthersDo) {
    for (const int count : {3, 2}) {
        std::vector<PlacedFigure> figures = some(FigureKind::number, count, 4, 22);
        const std::vector<PlacedFigure> slashes = some(FigureKind::slash, 7, 4, 30);
        figures.insert(figures.end(), slashes.begin(), slashes.end());
        EXPECT_EQ(FlushFigures(figures, figures, kTolerance).holds({FigureKind::number, 4, 22}), count == 3);
    }
}

// What spreadsheets print: whole tables were doubted where some numbers had commas.
TEST(FlushFigures, CommasHangBelowTheLine) {
    std::vector<PlacedFigure> figures = some(FigureKind::number, 8, 4, 22);
    const FlushFigures none(figures, figures, kTolerance);
    EXPECT_TRUE(none.holds({FigureKind::grouped, 4, 27})) << "the only one";
    EXPECT_FALSE(none.holds({FigureKind::grouped, 4, 36}));
    EXPECT_FALSE(none.holds({FigureKind::number, 4, 27}));
    const std::vector<PlacedFigure> grouped = some(FigureKind::grouped, 8, 4, 27);
    figures.insert(figures.end(), grouped.begin(), grouped.end());
    const FlushFigures both(figures, figures, kTolerance);
    EXPECT_TRUE(both.holds({FigureKind::number, 4, 22}));
    EXPECT_TRUE(both.holds({FigureKind::grouped, 4, 27}));
    EXPECT_FALSE(both.holds({FigureKind::grouped, 4, 32}));
}

TEST(FlushFigures, KindsAreToldByWhatIsWritten) {
    EXPECT_EQ(kind_of("-204.5"), FigureKind::number);
    EXPECT_EQ(kind_of("-1,204.5"), FigureKind::grouped);
    EXPECT_EQ(kind_of("/"), FigureKind::slash);
    EXPECT_EQ(kind_of("-"), FigureKind::dash);
    EXPECT_EQ(kind_of("\u2014"), FigureKind::dash);
}

}  // namespace
}  // namespace biaod::ocr
