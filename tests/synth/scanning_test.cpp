#include "tests/synth/scanning.hpp"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <cmath>

namespace biaod::synth {
namespace {

constexpr std::uint32_t kSeed = 12;

const Truth& truth() {
    static const Truth made = make_truth(kSeed, {});
    return made;
}

const Printed& printed() {
    static const Printed pages = [] {
        LayoutOptions options;
        options.header_fill = 0xC8C8C8;  // for a screen
        return print_report(truth(), options);
    }();
    return pages;
}

// At a low resolution, so that all variants can be looked at in a moment.
Variant coarse(const std::string& name, std::uint32_t seed = kSeed, double dpi = 50) {
    Variant v = variant(name, seed);
    if (v.dpi > 0) v.dpi = dpi;
    return v;
}

std::vector<cv::Mat> scans(const std::string& name, std::uint32_t seed = kSeed) {
    return scan_pages(truth(), printed(), coarse(name, seed), seed);
}

TEST(Variant, SameSeedSameFileForEachName) {
    for (const std::string& name : variant_names()) {
        const std::string bytes = make_document(truth(), {}, coarse(name), kSeed);
        EXPECT_EQ(bytes, make_document(truth(), {}, coarse(name), kSeed)) << name;
        EXPECT_TRUE(coarse(name).tiff ? bytes.starts_with("II*") : bytes.starts_with("%PDF")) << name;
    }
}

TEST(Variant, EachDamageDiffersFromTheUndamagedScan) {
    const auto plain = scans("scan200");
    bool damage = false;
    for (const std::string& name : variant_names()) {
        if (damage && name != "jpeg40") {
            const auto damaged = scans(name);
            EXPECT_FALSE(damaged.size() == plain.size() && damaged[1].size() == plain[1].size() &&
                         damaged[1].type() == plain[1].type() && cv::norm(damaged[1], plain[1], cv::NORM_INF) < 20)
                << name;
        }
        damage = damage || name == "faint";  // the last way of delivery
    }
    EXPECT_TRUE(damage);
}

TEST(Variant, UnknownNamesAreRefused) {
    for (const char* name : {"", "scan", "fax+", "fax+unknown", "skew5+fax", "digital+seal", "scan300+fax"})
        EXPECT_THROW(variant(name, 1), std::invalid_argument) << name;
}

TEST(Variant, DamagesJoin) {
    const Variant v = variant("fax+skew5+turn90", 1);
    EXPECT_EQ(v.dpi, 200);
    EXPECT_TRUE(v.options.bilevel);
    EXPECT_TRUE(v.tiff);
    EXPECT_GE(std::abs(v.options.skew_deg), 2.5);
    EXPECT_EQ(v.options.quarter_turns, 1);
    EXPECT_FALSE(variant("fax+seal", 1).options.colour);
}

TEST(Variant, SkewStaysWithinFiveDegreesEitherWay) {
    bool left = false, right = false;
    for (std::uint32_t seed = 0; seed < 30; ++seed) {
        const ScanOptions o = variant("skew5", seed).options;
        EXPECT_LE(std::abs(o.skew_deg) + o.skew_spread, 5);
        (o.skew_deg < 0 ? left : right) = true;
    }
    EXPECT_TRUE(left && right);
}

TEST(ScanPages, OnePictureAPageInA4) {
    for (const char* name : {"scan300", "scan150", "fax", "phone", "seal", "skew5"}) {
        const auto pictures = scans(name);
        ASSERT_EQ(pictures.size(), printed().pages.size()) << name;
        for (const cv::Mat& picture : pictures) {
            EXPECT_NEAR(picture.cols, 210 / 25.4 * 50, 1) << name;
            EXPECT_NEAR(picture.rows, 297 / 25.4 * 50, 1) << name;
        }
    }
}

TEST(ScanPages, ASpreadHoldsTwoPagesOnALandscapeSheet) {
    const auto pictures = scans("spread"), pages = scans("scan200");
    ASSERT_EQ(pictures.size(), (pages.size() + 1) / 2);
    EXPECT_EQ(pictures[0].cols, 2 * pages[0].cols);
    EXPECT_EQ(pictures[0].rows, pages[0].rows);
    // The right half is the second page, not the first; the fold between them is darker.
    Variant straight = coarse("spread");
    straight.options = {};
    Variant single = coarse("scan200");
    single.options = {};
    const cv::Mat both = scan_pages(truth(), printed(), straight, 1)[0];
    const auto alone = scan_pages(truth(), printed(), single, 1);
    const cv::Rect inner(100, 0, alone[1].cols - 100, alone[1].rows);
    EXPECT_LT(cv::norm(both.colRange(both.cols / 2, both.cols)(inner), alone[1](inner), cv::NORM_INF), 8);
    EXPECT_LT(both.at<std::uint8_t>(2, both.cols / 2), 200);
}

TEST(ScanPages, TwoUpHoldsTwoPagesOnASheetOfTheirSize) {
    const auto pictures = scans("two_up"), pages = scans("scan300");
    ASSERT_EQ(pictures.size(), (pages.size() + 1) / 2);
    EXPECT_NEAR(pictures[0].cols, pages[0].rows, 2);
    EXPECT_NEAR(pictures[0].rows, pages[0].cols, 2);
}

TEST(ScanPages, BlankPagesComeBetween) {
    for (std::uint32_t seed = 0; seed < 6; ++seed) {
        const auto pictures = scans("blanks", seed);
        std::size_t blank = 0;
        for (const cv::Mat& picture : pictures) blank += cv::countNonZero(picture < 128) == 0;
        EXPECT_GE(blank, 1u);
        EXPECT_EQ(pictures.size() - blank, printed().pages.size());
    }
}

TEST(ScanPages, SealsAreRedInColourAndDarkInGrey) {
    const auto colour = scans("seal"), grey = scans("sealgrey");
    for (const cv::Mat& page : colour) {
        ASSERT_EQ(page.channels(), 3);
        cv::Mat green, red;
        cv::extractChannel(page, green, 1);
        cv::extractChannel(page, red, 2);
        EXPECT_GT(cv::countNonZero((red - green) > 50), 200);
    }
    for (const cv::Mat& page : grey) EXPECT_EQ(page.channels(), 1);
}

TEST(MakeDocument, TiffsHaveEveryPageAndPdfsKeepTheQuality) {
    const std::string tiff = make_document(truth(), {}, coarse("fax"), kSeed);
    Pixa* pages = pixaReadMemMultipageTiff(reinterpret_cast<const l_uint8*>(tiff.data()), tiff.size());
    ASSERT_NE(pages, nullptr);
    EXPECT_EQ(pixaGetCount(pages), static_cast<int>(printed().pages.size()));
    l_int32 depth = 0;
    EXPECT_EQ(pixaGetPixDimensions(pages, 0, nullptr, nullptr, &depth), 0);
    EXPECT_EQ(depth, 1);
    pixaDestroy(&pages);
    const std::string fine = make_document(truth(), {}, coarse("scan200", kSeed, 100), kSeed);
    const std::string poor = make_document(truth(), {}, coarse("jpeg40", kSeed, 100), kSeed);
    EXPECT_NE(fine.find("DCTDecode"), std::string::npos);
    EXPECT_NE(poor.find("DCTDecode"), std::string::npos);
    EXPECT_LT(poor.size(), 0.8 * static_cast<double>(fine.size()));
}

// A fax whose rulings are whole is "fax", one whose rulings are in pieces "faxbroken".
TEST(MakeDocument, ABrokenFaxHasFewerLongRuns) {
    auto longest_runs = [&](const char* name) {
        Variant v = variant(name, kSeed);
        v.options.skew_deg = 0;
        int long_runs = 0;
        const cv::Mat page = scan_pages(truth(), printed(), v, kSeed)[2];
        for (int y = 0; y < page.rows; ++y)
            for (int x = 0, run = 0; x < page.cols; ++x) {
                run = page.at<std::uint8_t>(y, x) == 0 ? run + 1 : 0;
                long_runs += run == 600;
            }
        return long_runs;
    };
    const int whole = longest_runs("fax");
    EXPECT_GT(whole, 5);
    EXPECT_LT(longest_runs("faxbroken"), whole / 2);
}

}  // namespace
}  // namespace biaod::synth
