#include "layout/rulings/back_rulings.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 30;
constexpr int kShown = 195;

// A page of print, and rulings of some level below it.
struct Page {
    cv::Mat gray = cv::Mat(1200, 1000, CV_8UC1, cv::Scalar(255));
    std::vector<Ruling> rulings;

    void table(int level) {
        for (int y = 100; y <= 1100; y += 100) line({true, double(y), 100, 900, 3, 0}, level);
        for (int x = 100; x <= 900; x += 160) line({false, double(x), 100, 1100, 3, 0}, level);
    }
    void line(Ruling r, int level) {
        r.inked = r.length();
        rulings.push_back(r);
        cv::min(gray(stroke_of(r, 0)), level, gray(stroke_of(r, 0)));
    }
    // Lines of characters, without those at the table's verticals if `in_cells`.
    void write(bool in_cells) {
        for (int y = 110; y < 1060; y += 50)
            for (int x = 110; x < 880; x += 16)
                if (!in_cells || std::abs((x + 8 - 100) % 160 - 80) < 62) cv::rectangle(gray, {x, y, 16, 28}, 20, 3);
    }
    int taken(int& level) const {
        std::vector<Ruling> left = rulings;
        level = take_back_rulings(left, gray, kUnit);
        return static_cast<int>(rulings.size() - left.size());
    }
};

// Another program's reports, printed on both sides of thin sheets: the back's tables were taken for the front's.
TEST(BackRulings, ArePaleAndPrintRunsOnOverThem) {
    int level = 0;
    Page page;
    page.table(kShown);
    page.write(false);
    EXPECT_EQ(page.taken(level), static_cast<int>(page.rulings.size())) << "with the horizontals";
    EXPECT_LE(level, kShown);
    EXPECT_GT(level, 140);
}

TEST(BackRulings, PrintKeepsClearOfATablesOwn) {
    int level = 0;
    Page page;
    page.table(kShown);
    page.write(true);
    EXPECT_EQ(page.taken(level), 0);
    EXPECT_EQ(level, 255);
}

TEST(BackRulings, DarkOnesAreOfTheFront) {
    int level = 0;
    Page page;
    page.table(60);
    page.write(false);
    EXPECT_EQ(page.taken(level), 0) << "struck through, as it may be";
}

TEST(BackRulings, APaleRulingBetweenDarkOnesStays) {
    int level = 0;
    Page page;
    page.table(kShown);
    page.write(false);
    const std::size_t back = page.rulings.size();
    page.line({false, 940, 100, 500, 3, 0}, 20);
    page.line({false, 990, 100, 500, 3, 0}, 20);
    page.line({true, 300, 940, 990, 3, 0}, kShown);
    EXPECT_EQ(page.taken(level), static_cast<int>(back));
}

}  // namespace
}  // namespace biaod::layout
