#include "layout/runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <string>
#include <tuple>

namespace biaod::layout {
namespace {

// A picture from rows of '#' (ink) and '.'.
cv::Mat drawn(const std::vector<std::string>& rows) {
    cv::Mat ink(static_cast<int>(rows.size()), static_cast<int>(rows.front().size()), CV_8UC1, cv::Scalar(0));
    for (int y = 0; y < ink.rows; ++y)
        for (int x = 0; x < ink.cols; ++x)
            if (rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#') ink.at<std::uint8_t>(y, x) = 255;
    return ink;
}

cv::Mat noise(cv::Size size, double density, cv::RNG& random) {
    cv::Mat level(size, CV_32F);
    random.fill(level, cv::RNG::UNIFORM, 0, 1);
    return level < density;
}

cv::Mat painted(const Runs& runs, cv::Size size) {
    cv::Mat ink = cv::Mat::zeros(size, CV_8UC1);
    for (const Run& run : runs) ink.row(run.y).colRange(run.from, run.to).setTo(255);
    return ink;
}

TEST(Runs, BordersOfThePictureEndThem) {
    const Runs runs = find_runs(drawn({"##.#", "....", "####"}));
    ASSERT_EQ(runs.size(), 3u);
    EXPECT_EQ(std::tie(runs[0].y, runs[0].from, runs[0].to), std::make_tuple(0, 0, 2));
    EXPECT_EQ(std::tie(runs[1].y, runs[1].from, runs[1].to), std::make_tuple(0, 3, 4));
    EXPECT_EQ(std::tie(runs[2].y, runs[2].from, runs[2].to), std::make_tuple(2, 0, 4));
    EXPECT_EQ(runs[2].length(), 4);
    EXPECT_TRUE(find_runs(cv::Mat::zeros(3, 4, CV_8UC1)).empty());
}

TEST(Runs, PaintedAgainTheyAreThePicture) {
    cv::RNG random(1);
    for (const double density : {0.02, 0.5, 0.98}) {
        const cv::Mat whole = noise({150, 90}, density, random);
        const cv::Mat part = whole(cv::Rect(13, 7, 101, 70));  // its rows are not one behind the other in memory
        for (const cv::Mat& ink : {whole, part}) {
            const Runs runs = find_runs(ink);
            EXPECT_EQ(cv::countNonZero(painted(runs, ink.size()) != ink), 0) << density;
            for (std::size_t i = 1; i < runs.size(); ++i) {
                const bool below = runs[i].y > runs[i - 1].y;
                EXPECT_TRUE(below || (runs[i].y == runs[i - 1].y && runs[i].from > runs[i - 1].to));
            }
        }
    }
}

TEST(Runs, TransposedInTilesIsTransposed) {
    cv::RNG random(3);
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(256, 256), cv::Size(700, 301)}) {
        const cv::Mat ink = noise(size, 0.4, random);
        EXPECT_EQ(cv::countNonZero(transposed(ink) != cv::Mat(ink.t())), 0) << size;
    }
}

TEST(Runs, OfColumnsAreThoseOfTheTransposed) {
    cv::RNG random(4);
    const auto same = [](const layout::Run& a, const layout::Run& b) {
        return a.y == b.y && a.from == b.from && a.to == b.to;
    };
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(256, 40), cv::Size(700, 301)}) {
        const cv::Mat whole = noise(size, 0.4, random), part = whole.colRange(size.width / 3, size.width);
        for (const cv::Mat& ink : {whole, part})
            EXPECT_TRUE(std::ranges::equal(find_column_runs(ink), find_runs(ink.t()), same)) << ink.size();
    }
}

TEST(Connect, CornersTouchAndGapsDoNot) {
    EXPECT_EQ(connect(find_runs(drawn({"#..", ".#.", "..#"}))).all.size(), 1u);
    EXPECT_EQ(connect(find_runs(drawn({"..#", ".#.", "#.."}))).all.size(), 1u);
    EXPECT_EQ(connect(find_runs(drawn({"#..", "..#"}))).all.size(), 2u);
    EXPECT_EQ(connect(find_runs(drawn({"###", "...", "###"}))).all.size(), 2u);
    EXPECT_TRUE(connect({}).all.empty());
}

TEST(Connect, AShapeThatJoinsLateIsOnePiece) {
    const Runs runs = find_runs(drawn({"#....#..#", "#....#...", "#....#..#", "######..#"}));
    const Pieces pieces = connect(runs);
    ASSERT_EQ(pieces.all.size(), 3u);
    EXPECT_EQ(pieces.all[0].box, cv::Rect(0, 0, 6, 4));
    EXPECT_EQ(pieces.all[0].area, 12);
    EXPECT_EQ(pieces.all[1].box, cv::Rect(8, 0, 1, 1));
    EXPECT_EQ(pieces.all[2].box, cv::Rect(8, 2, 1, 2));
    EXPECT_EQ(pieces.of_run, (std::vector<int>{0, 0, 1, 0, 0, 0, 0, 2, 0, 2}));
}

using Summary = std::tuple<int, int, int, int, int>;  // box and area

TEST(Connect, AgreesWithConnectedComponents) {
    cv::RNG random(2);
    for (const double density : {0.01, 0.1, 0.3, 0.4, 0.5, 0.6, 0.8, 0.99}) {
        const cv::Mat ink = noise({230, 170}, density, random);
        cv::Mat labels, stats, centres;
        const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
        std::vector<Summary> expected, found;
        for (int i = 1; i < count; ++i)
            expected.emplace_back(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                                  stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT),
                                  stats.at<int>(i, cv::CC_STAT_AREA));
        const Runs runs = find_runs(ink);
        const Pieces pieces = connect(runs);
        for (const Piece& piece : pieces.all)
            found.emplace_back(piece.box.x, piece.box.y, piece.box.width, piece.box.height, piece.area);
        std::ranges::sort(expected);
        std::ranges::sort(found);
        EXPECT_EQ(found, expected) << density;

        // Each run lies in one component, and runs share a piece where they share a component.
        ASSERT_EQ(pieces.of_run.size(), runs.size());
        std::vector<int> label_of(pieces.all.size(), 0);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            int& label = label_of.at(static_cast<std::size_t>(pieces.of_run[i]));
            const int here = labels.at<int>(runs[i].y, runs[i].from);
            if (label == 0) label = here;
            EXPECT_EQ(label, here) << density;
        }
    }
}

}  // namespace
}  // namespace biaod::layout
