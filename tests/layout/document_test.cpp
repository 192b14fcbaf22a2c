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
    for (const std::string& body : {std::string("<</Type/Catalog/Pages 2 0 R>>"), std::string("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
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
