#include "layout/document.hpp"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

using models::ErrorKind;

std::string encoded(const cv::Mat& picture, const char* extension) {
    std::vector<std::uint8_t> bytes;
    cv::imencode(extension, picture, bytes);
    return {bytes.begin(), bytes.end()};
}

models::Error error_of(const std::string& bytes, const DocumentLimits& limits = {}) {
    auto document = Document::open(bytes, limits);
    if (!document) return document.error();
    auto page = (*document)->page(1);
    return page ? models::Error{ErrorKind::internal, "none", 0, "no error"} : page.error();
}

TEST(Document, WhatIsNoneIsSaid) {
    EXPECT_EQ(error_of("").kind, ErrorKind::bad_input);
    EXPECT_EQ(error_of("just some text").kind, ErrorKind::unsupported);
    EXPECT_EQ(error_of("%PDF-1.7\nrubbish").kind, ErrorKind::bad_input);
    EXPECT_EQ(error_of("\x89PNG\r\n\x1a\nrubbish").kind, ErrorKind::bad_input);
    EXPECT_FALSE(error_of("").reason.empty());
}

TEST(Document, ATruncatedPictureNamesItsPage) {
    std::string png = encoded(cv::Mat(200, 300, CV_8UC1, cv::Scalar(255)), ".png");
    png.resize(40);
    const models::Error error = error_of(png);
    EXPECT_EQ(error.kind, ErrorKind::bad_input);
    EXPECT_EQ(error.page, 1);
}

TEST(Document, AnOversizedPictureIsRefusedBeforeItIsDecoded) {
    const std::string png = encoded(cv::Mat(200, 300, CV_8UC1, cv::Scalar(255)), ".png");
    const models::Error error = error_of(png, {10, 50'000});
    EXPECT_EQ(error.kind, ErrorKind::bad_input);
    EXPECT_NE(error.reason.find("megapixels"), std::string::npos);
}

TEST(Document, PicturesOfEachKindAreRead) {
    cv::Mat picture(1200, 850, CV_8UC3, cv::Scalar::all(255));
    cv::rectangle(picture, cv::Rect(100, 200, 300, 50), cv::Scalar(0, 0, 200), cv::FILLED);
    for (const char* extension : {".png", ".jpg", ".bmp", ".tif"}) {
        const std::string bytes = encoded(picture, extension);
        auto document = Document::open(bytes, {});
        ASSERT_TRUE(document) << extension;
        auto page = (*document)->page(1);
        ASSERT_TRUE(page) << extension << ": " << page.error().reason;
        EXPECT_EQ(page->picture.size(), picture.size()) << extension;
        EXPECT_TRUE(page->scanned);
        const auto pixel = page->picture.at<cv::Vec3b>(220, 150);
        EXPECT_NEAR(pixel[2], 200, 12) << extension;
        EXPECT_NEAR(pixel[0], 0, 12) << extension;
    }
}

// A JPEG that says in its Exif part how the camera was held.
std::string jpeg_of_camera(const cv::Mat& picture, char orientation) {
    const std::string tiff = {'M', 'M', 0, 42, 0, 0, 0,           8, 0, 1, 1, 0x12, 0,
                              3,   0,   0, 0,  1, 0, orientation, 0, 0, 0, 0, 0,    0};
    const std::string exif = std::string("Exif\0\0", 6) + tiff;
    const std::string app1 = {'\xff', '\xe1', 0, static_cast<char>(exif.size() + 2)};
    return encoded(picture, ".jpg").insert(2, app1 + exif);
}

TEST(Document, ACamerasPictureIsTurnedAsItWasHeld) {
    cv::Mat picture(400, 600, CV_8UC1, cv::Scalar(255));
    picture(cv::Rect(0, 0, 100, 100)).setTo(0);  // stored top left
    const cv::Point seen[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const std::string bytes = jpeg_of_camera(picture, static_cast<char>(orientation));
        auto document = Document::open(bytes, {});
        ASSERT_TRUE(document);
        auto page = (*document)->page(1);
        ASSERT_TRUE(page) << page.error().reason;
        const cv::Mat& turned = page->picture;
        EXPECT_EQ(turned.size(), orientation < 5 ? cv::Size(600, 400) : cv::Size(400, 600)) << orientation;
        const cv::Point corner = seen[orientation - 1];
        const cv::Point at(corner.x == 0 ? 50 : turned.cols - 50, corner.y == 0 ? 50 : turned.rows - 50);
        EXPECT_LT(turned.at<std::uint8_t>(at), 50) << orientation;
    }
}

TEST(Document, EveryPageOfATiffIsRead) {
    Pixa* pages = pixaCreate(2);
    for (const int width : {400, 500}) pixaAddPix(pages, pixCreate(width, 600, 1), L_INSERT);
    l_uint8* data = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(pixaWriteMemMultipageTiff(&data, &size, pages), 0);
    pixaDestroy(&pages);
    const std::string bytes(reinterpret_cast<char*>(data), size);
    lept_free(data);
    auto document = Document::open(bytes, {});
    ASSERT_TRUE(document);
    ASSERT_EQ((*document)->page_count(), 2);
    EXPECT_EQ((*document)->page(1)->picture.cols, 400);
    EXPECT_EQ((*document)->page(2)->picture.cols, 500);
    EXPECT_EQ(Document::open(bytes, {1, 100'000'000}).error().kind, ErrorKind::bad_input);
}

// The smallest PDF with a page: an empty one of 200 by 100 pt, turned by its /Rotate.
std::string tiny_pdf(const std::string& media_box, const std::string& extra) {
    std::string pdf = "%PDF-1.4\n";
    std::vector<std::size_t> offsets;
    for (const std::string& body :
         {std::string("<</Type/Catalog/Pages 2 0 R>>"), std::string("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
          "<</Type/Page/Parent 2 0 R/MediaBox" + media_box + extra + ">>"}) {
        offsets.push_back(pdf.size());
        pdf += std::to_string(offsets.size()) + " 0 obj" + body + "endobj\n";
    }
    const std::size_t xref = pdf.size();
    pdf += "xref\n0 4\n0000000000 65535 f \n";
    for (const std::size_t offset : offsets) {
        const std::string digits = std::to_string(offset);
        pdf += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    return pdf + "trailer<</Size 4/Root 1 0 R>>\nstartxref\n" + std::to_string(xref) + "\n%%EOF\n";
}

TEST(Document, ATurnedPdfPageIsDeliveredTurned) {
    const std::string pdf = tiny_pdf("[0 0 200 100]", "/Rotate 90");
    auto document = Document::open(pdf, {});
    ASSERT_TRUE(document) << document.error().reason;
    auto page = (*document)->page(1);
    ASSERT_TRUE(page);
    EXPECT_DOUBLE_EQ(page->width_pt, 100);
    EXPECT_DOUBLE_EQ(page->height_pt, 200);
    EXPECT_LT(page->picture.cols, page->picture.rows);
}

TEST(Document, AnOversizedPdfPageIsRefused) {
    EXPECT_EQ(error_of(tiny_pdf("[0 0 14400 14400]", "")).kind, ErrorKind::bad_input);
}

}  // namespace
}  // namespace biaod::layout
