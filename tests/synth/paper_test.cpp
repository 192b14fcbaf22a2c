#include "tests/synth/paper.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::synth {
namespace {

constexpr double kDpi = 100;
const cv::Scalar kWhite = cv::Scalar::all(255);

cv::Mat sheet() { return {1169, 827, CV_8UC3, kWhite}; }

cv::Mat grey(const cv::Mat& page) {
    cv::Mat out;
    cv::cvtColor(page, out, cv::COLOR_BGR2GRAY);
    return out;
}

int darker(const cv::Mat& page, int than = 128) { return cv::countNonZero(grey(page) < than); }

int red(const cv::Mat& page) {
    std::vector<cv::Mat> bgr;
    cv::split(page, bgr);
    return cv::countNonZero((bgr[2] - bgr[1]) > 60);
}

// Where `a` and `b` differ, with a margin.
cv::Rect changed(const cv::Mat& a, const cv::Mat& b) {
    cv::Mat difference;
    cv::absdiff(grey(a), grey(b), difference);
    return cv::boundingRect(difference > 8);
}

TEST(ScreenFills, DotsCoverAsMuchAsTheFillIsDark) {
    constexpr double kFineDpi = 400, kPt = 72 / kFineDpi;
    const cv::Rect place(100, 100, 400, 200), print(200, 150, 30, 60);
    for (const int level : {128, 208, 230}) {
        cv::Mat page(600, 600, CV_8UC3, kWhite);
        page(place).setTo(cv::Scalar::all(level));
        page(print).setTo(0);
        const cv::Mat before = page.clone();
        cv::RNG random(1);
        const auto grey_level = static_cast<std::uint32_t>(level);
        const cv::Rect2d in_pt(place.x * kPt, place.y * kPt, place.width * kPt, place.height * kPt);
        screen_fills(page, {{in_pt, grey_level * 0x010101}}, 85, kFineDpi, random);
        cv::Mat fill = cv::Mat::zeros(page.size(), CV_8UC1);
        fill(place).setTo(255);
        fill(print).setTo(0);
        EXPECT_NEAR(cv::mean(grey(page), fill)[0], level, 4);
        EXPECT_GT(cv::countNonZero((grey(page) < 128) & fill), 0.7 * (255 - level) / 255 * cv::countNonZero(fill));
        EXPECT_EQ(cv::countNonZero((grey(page) != grey(before)) & ~fill), 0);
    }
}

TEST(Watermark, LettersArePaleAndBlackStays) {
    const cv::Rect black(300, 500, 200, 60);
    for (int seed = 1; seed <= 4; ++seed) {
        cv::Mat page = sheet();
        page(black).setTo(0);
        cv::RNG random(static_cast<std::uint64_t>(seed));
        print_watermark(page, kDpi, random);
        EXPECT_EQ(darker(page), black.area()) << seed;
        EXPECT_GT(darker(page, 240), black.area() + 5000) << seed;
    }
}

TEST(BreakRulings, PartOfARulingIsGoneAndTextStays) {
    cv::RNG random(1);
    for (const bool level : {true, false}) {
        cv::Mat page = sheet();
        cv::line(page, {60, 60}, level ? cv::Point(760, 60) : cv::Point(60, 1100), cv::Scalar::all(0), 2);
        const int ruling = darker(page);
        cv::putText(page, "12345", {300, 400}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar::all(0), 2);
        const int whole = darker(page);
        break_rulings(page, 0.1, kDpi, random);
        const double lost = static_cast<double>(whole - darker(page)) / ruling;
        EXPECT_GT(lost, 0.03);
        EXPECT_LT(lost, 0.3);
        cv::Mat text = page(cv::Rect(280, 350, 200, 80)), untouched(text.size(), CV_8UC3, kWhite);
        cv::putText(untouched, "12345", {20, 50}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar::all(0), 2);
        EXPECT_EQ(darker(text), darker(untouched));
    }
}

TEST(BreakRulings, FilledAreasAndWhatStandsBelowThemStay) {
    cv::RNG random(1);
    cv::Mat page = sheet();
    cv::rectangle(page, cv::Rect(100, 100, 600, 60), cv::Scalar::all(190), cv::FILLED);
    for (int x = 100; x <= 700; x += 150) cv::line(page, {x, 100}, {x, 1000}, cv::Scalar::all(0), 2);
    const cv::Rect filled(110, 104, 130, 52), below(110, 170, 130, 820);
    cv::putText(page, "12345", {130, 500}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar::all(0), 2);
    const cv::Mat before = page.clone();
    break_rulings(page, 0.1, kDpi, random);
    EXPECT_FALSE(changed(before, page).empty());
    EXPECT_TRUE(changed(before(filled), page(filled)).empty());
    EXPECT_TRUE(changed(before(below), page(below)).empty());
}

TEST(WearToner, BlackDiffersFromPlaceToPlace) {
    cv::RNG random(2);
    cv::Mat page(600, 400, CV_8UC3, cv::Scalar::all(0));
    wear_toner(page, 0.4, random);
    double least = 0, most = 0;
    cv::minMaxLoc(grey(page), &least, &most);
    EXPECT_LT(least, 25);
    EXPECT_GT(most, 70);
    EXPECT_LE(most, 0.4 * 255 + 1);
    cv::Mat white = sheet();
    wear_toner(white, 0.4, random);
    EXPECT_EQ(darker(white, 255), 0);
}

TEST(ShowBack, TheBackIsMirroredAndFaint) {
    cv::Mat page = sheet(), back = sheet();
    cv::rectangle(page, {400, 1000, 50, 50}, cv::Scalar::all(0), cv::FILLED);
    cv::rectangle(back, {50, 100, 100, 100}, cv::Scalar::all(0), cv::FILLED);
    show_back(page, back, 0.2, kDpi);
    const cv::Mat out = grey(page);
    EXPECT_NEAR(out.at<std::uint8_t>(150, 827 - 100), 255 * 0.8, 3);
    EXPECT_EQ(out.at<std::uint8_t>(150, 100), 255);
    EXPECT_EQ(out.at<std::uint8_t>(1025, 425), 0);
}

TEST(PunchHoles, TwoDiscsAtTheLeftEdge) {
    cv::RNG random(3);
    cv::Mat page = sheet();
    punch_holes(page, kDpi, random);
    const double disc = 3.14159 * 9 / (25.4 * 25.4) * kDpi * kDpi;
    EXPECT_NEAR(darker(page), 2 * disc, 0.35 * disc);
    EXPECT_LT(changed(page, sheet()).br().x, 18 / 25.4 * kDpi);
    EXPECT_NEAR(changed(page, sheet()).height, (80 + 6) / 25.4 * kDpi, 5);
}

TEST(Staple, AWireInTheUpperLeftCorner) {
    cv::RNG random(4);
    cv::Mat page = sheet();
    staple(page, kDpi, random);
    EXPECT_GT(darker(page), 20);
    const cv::Rect place = changed(page, sheet());
    EXPECT_LT(std::max(place.br().x, place.br().y), 22 / 25.4 * kDpi);
}

TEST(DrawTicks, PenIsBesideAndOverFigures) {
    cv::RNG random(5);
    std::vector<cv::Rect2d> figures;
    for (int i = 0; i < 40; ++i) figures.emplace_back(300 + 60 * (i % 5), 300 + 40 * (i / 5), 14, 18);
    cv::Mat page = sheet();
    draw_ticks(page, figures, kDpi, random);
    EXPECT_GT(darker(page, 200), 150);
    const cv::Rect place = changed(page, sheet());
    EXPECT_EQ(place & cv::Rect(260, 230, 360, 400), place);
    int over = 0;
    for (const cv::Rect2d& f : figures) over += darker(page(cv::Rect(f)), 200) > 8;
    EXPECT_GT(over, 0);
    EXPECT_LT(over, 20);

    cv::Mat none = sheet();
    draw_ticks(none, {}, kDpi, random);
    EXPECT_EQ(darker(none, 255), 0);
}

TEST(StampSeal, RedInkAndBlackBelowItStaysBlack) {
    for (const char* name : {"", "\u9752\u5c71\u53bf\u4eba\u6c11\u653f\u5e9c"}) {
        cv::RNG random(6);
        cv::Mat page = sheet();
        cv::line(page, {200, 500}, {600, 500}, cv::Scalar::all(0), 3);
        const int black = darker(page, 40);
        stamp_seal(page, {400, 500}, name, kDpi, random);
        EXPECT_GT(red(page), 1000);
        EXPECT_EQ(darker(page, 40), black);
        const cv::Rect place = changed(page, sheet()) & cv::Rect(0, 0, 827, 490);
        EXPECT_NEAR(place.width, 400, 10);  // the line; the ring is within 42 mm
        EXPECT_NEAR(place.y, 500 - 21 / 25.4 * kDpi, 4);
    }
    cv::RNG random(6);
    cv::Mat page = sheet();
    stamp_seal(page, {0, 0}, "", kDpi, random);     // partly off the sheet
    stamp_seal(page, {-500, 0}, "", kDpi, random);  // wholly
    EXPECT_GT(red(page), 100);
}

TEST(StampSeal, ANameAddsInkWithinTheRing) {
    cv::RNG random(6), again(6);
    cv::Mat plain = sheet(), lettered = sheet();
    stamp_seal(plain, {400, 500}, "", 200, random);
    stamp_seal(lettered, {400, 500}, "\u9752\u5c71\u53bf\u4eba\u6c11\u653f\u5e9c", 200, again);
    EXPECT_GT(darker(lettered, 230), 1.3 * darker(plain, 230));
}

TEST(MarkPaper, ASealStandsUponAFigureOfTheTable) {
    DrawnPage printed;
    printed.figures = {{300, 400, 20, 12}};
    PaperMarks marks;
    marks.seal = PaperMarks::Seal::lettered;
    cv::Mat page = sheet();
    mark_paper(page, printed, {}, "\u9752\u5c71\u53bf", marks, kDpi, 1);
    const cv::Rect place = changed(page, sheet());
    EXPECT_NEAR(place.x + place.width / 2, 310 * kDpi / 72, 4);
    EXPECT_NEAR(place.y + place.height / 2, 406 * kDpi / 72, 4);
}

TEST(MarkPaper, SameSeedSameMarks) {
    DrawnPage printed;
    printed.figures = {{300, 400, 20, 12}, {340, 400, 20, 12}};
    PaperMarks marks{0.1, 0.3, 0.2, true, PaperMarks::Seal::lettered, true};
    std::vector<cv::Mat> pages;
    for (const std::uint32_t seed : {1u, 1u, 2u}) {
        pages.push_back(sheet());
        mark_paper(pages.back(), printed, sheet(), "\u9752\u5c71\u53bf", marks, kDpi, seed);
    }
    EXPECT_EQ(cv::norm(pages[0], pages[1], cv::NORM_INF), 0);
    EXPECT_NE(cv::norm(pages[0], pages[2], cv::NORM_INF), 0);
}

}  // namespace
}  // namespace biaod::synth
