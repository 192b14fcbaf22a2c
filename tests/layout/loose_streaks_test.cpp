#include "layout/rulings/loose_streaks.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 20;

// Two tables of rows 40 px high below each other, with rulings of 3 px.
struct Page {
    cv::Mat faint = cv::Mat::zeros(900, 1000, CV_8UC1);
    std::vector<Ruling> rulings;

    Page() {
        for (int y = 100; y <= 340; y += 40) line({true, double(y), 100, 900, 3, 800});
        for (int y = 440; y <= 680; y += 40) line({true, double(y), 100, 900, 3, 800});
        for (int x = 100; x <= 900; x += 200) line({false, double(x), 100, 340, 3, 240});
        for (int x = 100; x <= 900; x += 160) line({false, double(x), 440, 680, 3, 240});
    }
    void line(const Ruling& r) {
        rulings.push_back(r);
        faint(stroke_of(r, 0)).setTo(255);
    }
    // In dashes, as a fax leaves it.
    void streak(int x, int from, int to, double thickness = 1) {
        for (int y = from; y < to; y += 12) faint(cv::Rect(x, y, cvRound(thickness), 8)).setTo(255);
        rulings.push_back({false, double(x), double(from), double(to), thickness, 0.7 * (to - from)});
    }
    bool is_erased() const {
        std::vector<Ruling> left = rulings;
        cv::Mat gray = 255 - faint;
        const cv::Mat where = erase_loose_streaks(left, faint, kUnit, gray);
        EXPECT_EQ(left.size() < rulings.size(), !where.empty());
        return !where.empty();
    }
};

// Another program's faxes: a thin line ran down a part of the page, and was a column.
TEST(LooseStreaks, StopWhereNoRulingDoes) {
    const auto erased = [](int from, int to, double thickness = 1) {
        Page page;
        page.streak(470, from, to, thickness);
        return page.is_erased();
    };
    EXPECT_TRUE(erased(60, 380)) << "beyond the table";
    EXPECT_TRUE(erased(120, 282)) << "in the midst of a row";
    EXPECT_TRUE(erased(180, 458)) << "in the next table";
    EXPECT_FALSE(erased(100, 340)) << "from ruling to ruling";
    EXPECT_FALSE(erased(180, 282)) << "one end of a ruling that broke off";
    EXPECT_FALSE(erased(120, 282, 3)) << "as thick as rulings";
}

// Found on a bilevel scan: the outer hairlines of a table were lost, and its verticals were thinner than the next
// one's.
TEST(LooseStreaks, DoNotBeginAndEndAlike) {
    Page page;
    for (const int x : {160, 470, 560}) page.streak(x, 60, 380);
    EXPECT_FALSE(page.is_erased());
    page.streak(650, 90, 380);
    EXPECT_TRUE(page.is_erased());
}

TEST(LooseStreaks, WhereCrumbsLeadOnItIsAWornRuling) {
    Page page;
    page.streak(470, 120, 282);
    for (int y = 286; y < 298; y += 4) page.faint(cv::Rect(470, y, 1, 2)).setTo(255);
    EXPECT_FALSE(page.is_erased());
}

TEST(LooseStreaks, BecomePaperWithAllTheirDashesButForStrokesAcross) {
    Page page;
    page.streak(470, 60, 380);
    for (int y = 388; y < 420; y += 10) page.faint(cv::Rect(470, y, 1, 6)).setTo(255);  // found as none of it
    page.faint(cv::Rect(455, 356, 40, 4)).setTo(255);                                   // a character's
    cv::Mat gray = 255 - page.faint;
    erase_loose_streaks(page.rulings, page.faint, kUnit, gray);
    EXPECT_EQ(cv::countNonZero(gray(cv::Rect(465, 344, 10, 76)) == 0), 40);
    EXPECT_EQ(cv::countNonZero(gray.row(140) == 0), cv::countNonZero(page.faint.row(140))) << "rulings stay";
}

}  // namespace
}  // namespace biaod::layout
