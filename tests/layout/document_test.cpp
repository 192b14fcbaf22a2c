#include "layout/files/document.hpp"

#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "layout/files/jpeg.hpp"

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

TEST(Document, WhatPeopleDropInsteadIsNamed) {
    const std::pair<std::string, const char*> files[] = {
        {std::string("PK\x03\x04\x14\0\x06\0", 8), "Office document"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"},
        {"GIF89a", "GIF"},
        {std::string("RIFF\x24\0\0\0WEBPVP8 ", 16), "WebP"},
        {std::string("\0\0\0\x18", 4) + "ftypheic", "HEIC"},
        {"%!PS-Adobe-3.0\n", "PostScript"},
        {"<!DOCTYPE html>", "web page"},
    };
    for (const auto& [bytes, kind] : files) {
        const models::Error error = error_of(bytes);
        EXPECT_EQ(error.kind, ErrorKind::unsupported) << kind;
        EXPECT_NE(error.reason.find(kind), std::string::npos) << error.reason;
        EXPECT_NE(error.reason.find("as PDF"), std::string::npos) << "and what to do";
    }
    for (const char* text : {"B", "BM", "BMW drivers report\n"}) EXPECT_EQ(error_of(text).kind, ErrorKind::unsupported);
}

TEST(Document, APictureTooSmallForWritingIsRefused) {
    for (const cv::Size size :
         {cv::Size(1, 1), cv::Size(2, 2), cv::Size(5, 900), cv::Size(100'000, 1), cv::Size(30, 100'000)}) {
        const models::Error error = error_of(encoded(cv::Mat(size, CV_8UC1, cv::Scalar(0)), ".png"));
        EXPECT_EQ(error.kind, ErrorKind::bad_input);
        EXPECT_EQ(error.page, 1);
        EXPECT_NE(error.reason.find("too small"), std::string::npos) << error.reason;
    }
}

TEST(Document, APictureForPeopleHasItsColoursOrIsGray) {
    for (const cv::Scalar& ink : {cv::Scalar(30, 30, 30), cv::Scalar(40, 30, 200)}) {
        cv::Mat picture(80, 120, CV_8UC3, cv::Scalar::all(255));
        picture(cv::Rect(16, 16, 64, 32)).setTo(ink);
        const auto bytes = jpeg_of(picture);
        ASSERT_TRUE(bytes);
        const cv::Mat shown = cv::imdecode(std::vector<char>(bytes->begin(), bytes->end()), cv::IMREAD_UNCHANGED);
        ASSERT_EQ(shown.size(), picture.size());
        const bool coloured = ink[0] != ink[2];
        EXPECT_EQ(shown.channels(), coloured ? 3 : 1);
        EXPECT_LT(cv::norm(cv::mean(shown(cv::Rect(24, 24, 48, 16))), coloured ? ink : cv::Scalar(ink[0])), 6);
        EXPECT_GT(cv::mean(shown(cv::Rect(90, 60, 20, 10)))[0], 250);
    }
}

TEST(Document, ACutJpegIsReadAndSaysThatItIsDamaged) {
    cv::Mat picture(600, 400, CV_8UC1);
    cv::randu(picture, 0, 255);
    const std::string whole = encoded(picture, ".jpg");
    for (const bool cut : {false, true}) {
        const std::string bytes = whole.substr(0, cut ? whole.size() / 2 : whole.size());
        const auto document = Document::open(bytes, {});
        ASSERT_TRUE(document);
        EXPECT_EQ((*document)->damage(1), "") << "not asked for yet";
        ASSERT_TRUE((*document)->page(1));
        EXPECT_EQ((*document)->damage(1).empty(), !cut);
    }
}

// Programs that write colour profiles give the BMP a header of 124 bytes.
TEST(Document, ABmpWithALongHeaderIsRead) {
    cv::Mat picture(40, 60, CV_8UC3, cv::Scalar::all(255));
    picture(cv::Rect(10, 20, 8, 8)).setTo(cv::Scalar(0, 0, 200));
    std::string bmp = encoded(picture, ".bmp");
    ASSERT_EQ(bmp[14], 40);
    bmp[14] = 124;
    bmp[10] = static_cast<char>(14 + 124);
    bmp.insert(54, std::string(84, '\0'));
    const auto document = Document::open(bmp, {});
    ASSERT_TRUE(document);
    const auto page = (*document)->page(1);
    ASSERT_TRUE(page) << page.error().reason;
    EXPECT_EQ(page->picture.size(), picture.size());
    EXPECT_EQ(page->picture.at<cv::Vec3b>(24, 14), cv::Vec3b(0, 0, 200));
    for (std::size_t length = 0; length < bmp.size(); length += 7) error_of(bmp.substr(0, length));
    bmp[20] = bmp[21] = bmp[24] = bmp[25] = 0x7f;  // of width and height
    EXPECT_EQ(error_of(bmp).limit, "pixels");
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
    EXPECT_EQ(error.limit, "pixels");
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
    EXPECT_EQ(Document::open(bytes, {1, 100'000'000}).error().limit, "pages");
    for (const int page : {1, 2}) EXPECT_EQ((*document)->damage(page), "");

    // Where the second page is said to be: beyond the end, and at the first one.
    const std::size_t first = static_cast<unsigned char>(bytes[4]) | static_cast<unsigned char>(bytes[5]) << 8 |
                              static_cast<unsigned char>(bytes[6]) << 16;
    const std::size_t link = first + 2 + 12 * static_cast<unsigned char>(bytes[first]);
    for (const std::string& target : {std::string("\xff\xff\xff\x7f", 4), bytes.substr(4, 4)}) {
        std::string cut = bytes;
        cut.replace(link, 4, target);
        auto rest = Document::open(cut, {});
        ASSERT_TRUE(rest);
        EXPECT_EQ((*rest)->page_count(), 1);
        ASSERT_TRUE((*rest)->page(1));
        EXPECT_NE((*rest)->damage(1).find("missing"), std::string::npos);
    }
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

// A page of 200 by 100 pt that draws the image /I and what else `draw` says. `image`: its dictionary's entries,
// `notes`: above the page.
std::string image_pdf(const std::string& draw, const std::string& image, const std::string& data,
                      const std::string& notes = "") {
    const auto stream = [](const std::string& entries, const std::string& bytes) {
        return "<<" + entries + "/Length " + std::to_string(bytes.size()) + ">>stream\n" + bytes + "\nendstream ";
    };
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
           "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[" +
           notes +
           "]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>"
           "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/ExtGState<</Half<</ca 0.5>>>>>>>>endobj\n4 0 "
           "obj" +
           stream("", draw) + "endobj\n5 0 obj" +
           stream("/Type/XObject/Subtype/Image/BitsPerComponent 8" + image, data) + "endobj\ntrailer<</Root 1 0 R>>\n";
}

TEST(Document, AScanThatCannotBeDecodedIsNoBlankPage) {
    const models::Error error = error_of(image_pdf(
        "200 0 0 100 0 0 cm /I Do", "/Width 900/Height 450/ColorSpace/DeviceGray/Filter/JBIG2Decode", "rubbish!!!"));
    EXPECT_EQ(error.kind, ErrorKind::bad_input) << error.reason;
    EXPECT_EQ(error.page, 1);
}

// The stored image is only taken for the page where the page shows it as it is stored.
TEST(Document, AScanIsDeliveredAsThePageShowsIt) {
    cv::Mat stored(450, 900, CV_8UC1, cv::Scalar(240));
    for (int i = 0; i < 12; ++i)
        cv::putText(stored, std::to_string(1000 + 37 * i), {20 + 90 * (i % 9), 60 + 33 * i}, cv::FONT_HERSHEY_SIMPLEX,
                    1, cv::Scalar(30), 3);
    const std::string entries = "/Width 900/Height 450/ColorSpace/DeviceGray";
    const std::string data(stored.datastart, stored.dataend);
    const auto delivered = [&](const std::string& draw, const std::string& notes = "") {
        const std::string pdf = image_pdf(draw, entries, data, notes);
        return (*Document::open(pdf, {}))->page(1)->picture;
    };
    const auto grey = [](const cv::Mat& picture) {
        cv::Mat out = picture;
        if (picture.channels() == 3) cv::cvtColor(picture, out, cv::COLOR_BGR2GRAY);
        return out;
    };
    const std::string upright = "q 200 0 0 100 0 0 cm /I Do Q ";
    EXPECT_EQ(cv::norm(delivered(upright), stored, cv::NORM_INF), 0);
    // What a program that read the scan before wrote above it, and what the scan covers.
    EXPECT_EQ(cv::norm(delivered(upright + "BT 3 Tr /F 9 Tf 20 20 Td (4711) Tj ET"), stored, cv::NORM_INF), 0);
    EXPECT_EQ(cv::norm(delivered("20 20 40 40 re f " + upright), stored, cv::NORM_INF), 0);
    // The page shows a part of it, or all of it faintly: what was dark at (24 … 34, 60) px is light.
    for (const char* before : {"100 0 100 100 re W n ", "200 0 m 200 100 l 150 100 l h W n ", "/Half gs "}) {
        const cv::Mat picture = grey(delivered(before + upright));
        double darkest = 0;
        cv::minMaxLoc(picture(cv::Rect(20, 30, 80, 40)), &darkest);
        EXPECT_GT(darkest, 100) << before;
    }

    cv::Mat flipped;
    const std::pair<const char*, int> flips[] = {
        {"200 0 0 -100 0 100 cm /I Do", 0}, {"-200 0 0 100 200 0 cm /I Do", 1}, {"-200 0 0 -100 200 100 cm /I Do", -1}};
    for (const auto& [draw, axis] : flips) {
        cv::flip(stored, flipped, axis);
        EXPECT_LT(cv::norm(grey(delivered(draw)), flipped, cv::NORM_L1) / static_cast<double>(stored.total()), 3)
            << draw;
    }
    // A stroke of a small digit, 0.9 by 6 pt, drawn; a point of text; at (150, 20) pt from below.
    for (const char* above : {"150 20 0.9 6 re f", "BT /F 9 Tf 149.5 20 Td (.) Tj ET"}) {
        const cv::Mat picture = grey(delivered(upright + above));
        cv::Mat difference;
        cv::absdiff(picture, stored, difference);
        EXPECT_GT(cv::norm(difference(cv::Rect(668, 320, 24, 48)), cv::NORM_INF), 150) << above;
    }
    const std::string link = "<</Type/Annot/Subtype/Link/Rect[150 20 160 30]/Border[0 0 0]>>";
    EXPECT_EQ(cv::norm(delivered(upright, link), stored, cv::NORM_INF), 0);
    const std::string square = "<</Type/Annot/Subtype/Square/Rect[150 20 160 30]/C[0 0 0]/IC[0 0 0]>>";
    EXPECT_LT(grey(delivered(upright, square)).at<std::uint8_t>(337, 697), 60);
}

TEST(Document, AScanIsColouredWhereItShowsColours) {
    cv::Mat rgb(450, 900, CV_8UC3, cv::Scalar::all(240));
    const auto delivered = [&] {
        const std::string data(rgb.datastart, rgb.dataend);
        return (*Document::open(
                    image_pdf("200 0 0 100 0 0 cm /I Do", "/Width 900/Height 450/ColorSpace/DeviceRGB", data), {}))
            ->page(1)
            ->picture;
    };
    EXPECT_EQ(delivered().type(), CV_8UC1);
    rgb.at<cv::Vec3b>(200, 300) = {200, 30, 40};
    const cv::Mat picture = delivered();
    ASSERT_EQ(picture.size(), rgb.size());
    ASSERT_EQ(picture.type(), CV_8UC3);
    EXPECT_EQ(picture.at<cv::Vec3b>(200, 300), cv::Vec3b(40, 30, 200));
    EXPECT_EQ(picture.at<cv::Vec3b>(0, 0), cv::Vec3b(240, 240, 240));

    // Finer than it is read: drawn.
    rgb = cv::Mat(1500, 3000, CV_8UC3, cv::Scalar::all(240));
    const auto fine = [&] {
        const std::string data(rgb.datastart, rgb.dataend);
        const std::string pdf =
            image_pdf("200 0 0 100 0 0 cm /I Do", "/Width 3000/Height 1500/ColorSpace/DeviceRGB", data);
        return (*Document::open(pdf, {}))->page(1)->picture;
    };
    EXPECT_EQ(fine().type(), CV_8UC1);
    rgb(cv::Rect(700, 600, 40, 40)).setTo(cv::Scalar(200, 30, 40));
    EXPECT_EQ(fine().type(), CV_8UC3);
}

TEST(Document, APdfMayLackItsFirstLine) {
    const auto document = Document::open(tiny_pdf("[0 0 200 100]", "").substr(9), {});
    ASSERT_TRUE(document) << document.error().reason;
    EXPECT_EQ((*document)->page_count(), 1);
}

TEST(Document, AnOversizedPdfPageIsRefused) {
    EXPECT_EQ(error_of(tiny_pdf("[0 0 14400 14400]", "")).kind, ErrorKind::bad_input);
}

}  // namespace
}  // namespace biaod::layout
