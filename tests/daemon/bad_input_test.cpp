// Files made to break a reader, through the real daemon. A larger folder of them: biaod-bad-input.
#include "tests/daemon/bad_input.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <iostream>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "tests/queue/support.hpp"
#include "tests/synth/scanning.hpp"

namespace biaod::tests {
namespace {

std::string object(int number, const std::string& content) {
    return std::to_string(number) + " 0 obj " + content + " endobj\n";
}

std::string stream(const std::string& entries, const std::string& content) {
    return "<<" + entries + "/Length " + std::to_string(content.size()) + ">> stream\n" + content + "\nendstream";
}

// One page; `page` adds to its dictionary, `objects` are those from 4 on.
std::string pdf(const std::string& media_box, const std::string& page, const std::string& objects,
                const std::string& trailer = "") {
    return "%PDF-1.4\n" + object(1, "<</Type/Catalog/Pages 2 0 R>>") +
           object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>") +
           object(3, "<</Type/Page/Parent 2 0 R/MediaBox" + media_box + page + ">>") + objects +
           "trailer <</Root 1 0 R" + trailer + ">>\n";
}

std::string deflated(const std::string& content) {
    uLongf size = compressBound(content.size());
    std::string packed(size, '\0');
    compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(content.data()),
             content.size());
    packed.resize(size);
    return packed;
}

std::string encoded(const char* extension, const cv::Mat& picture) {
    std::vector<unsigned char> bytes;
    cv::imencode(extension, picture, bytes);
    return {bytes.begin(), bytes.end()};
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

// Sizes of the header, checksum right, and no picture behind it.
std::string png_of(std::uint32_t width, std::uint32_t height) {
    std::string header = "IHDR";
    for (const std::uint32_t value : {width, height}) {
        for (int shift = 24; shift >= 0; shift -= 8) header += static_cast<char>(value >> shift);
    }
    header += std::string("\x08\x00\x00\x00\x00", 5);
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(header.data()), static_cast<uInt>(header.size()));
    std::string png("\x89PNG\r\n\x1a\n\0\0\0\x0d", 12);
    png += header;
    for (int shift = 24; shift >= 0; shift -= 8) png += static_cast<char>(sum >> shift);
    return png;
}

std::vector<BadFile> shapes_of_pdf() {
    const std::string form = "/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R";
    const std::string kid = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>";
    return {
        {"pdf/header only.pdf", "%PDF-1.7\n"},
        {"pdf/no pages.pdf", "%PDF-1.4\n" + object(1, "<</Type/Catalog/Pages 2 0 R>>") +
                                 object(2, "<</Type/Pages/Kids[]/Count 0>>") + "trailer <</Root 1 0 R>>\n"},
        {"pdf/a tree that holds itself.pdf", "%PDF-1.4\n" + object(1, "<</Type/Catalog/Pages 2 0 R>>") +
                                                 object(2, "<</Type/Pages/Kids[2 0 R]/Count 1000000000>>") +
                                                 "trailer <</Root 1 0 R>>\n"},
        {"pdf/a million inches.pdf", pdf("[0 0 72000000 72000000]", "", "")},
        {"pdf/as large as allowed.pdf", pdf("[0 0 14400 14400]", "", "")},
        {"pdf/turned box.pdf", pdf("[300 200 0 0]", "", "")},
        {"pdf/no box.pdf", pdf("[0 0 0 0]", "", "")},
        {"pdf/a form that draws itself.pdf",
         pdf("[0 0 300 200]", form, object(4, stream("", "/F Do")) + object(5, stream(kid, "/F Do /F Do")))},
        {"pdf/bomb.pdf", pdf("[0 0 300 200]", "/Contents 4 0 R",
                             object(4, stream("/Filter/FlateDecode", deflated(std::string(300 << 20, ' ')))))},
        {"pdf/many lines.pdf",
         pdf("[0 0 300 200]", "/Contents 4 0 R", object(4, stream("", repeated("9 9 m 99 99 l S\n", 50'000))))},
        {"pdf/deep.pdf", pdf("[0 0 300 200]", "/Contents 4 0 R", object(4, stream("", repeated("q ", 200'000)))) +
                             repeated("[", 200'000)},
        {"pdf/locked.pdf", pdf("[0 0 300 200]", "", "",
                               "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + repeated("41", 32) + ">/U<" +
                                   repeated("42", 32) + ">>>")},
    };
}

// What a reader can be sent in circles or overrun with, and what a PDF may hold beside its pages.
std::vector<BadFile> more_of_pdf() {
    const std::string words = "/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>";
    const std::string text = object(4, stream("", "BT /F 20 Tf 40 100 Td (Report number 1000) Tj ET")) +
                             object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    const std::string whole = pdf("[0 0 300 200]", words, text);
    std::string kids, pages, deep = "%PDF-1.4\n" + object(1, "<</Type/Catalog/Pages 2 0 R>>");
    for (int n = 3; n < 2104; ++n) {
        kids += std::to_string(n) + " 0 R ";
        pages += object(n, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>");
        deep += object(n - 1, "<</Type/Pages/Count 1/Kids[" + std::to_string(n) + " 0 R]>>");
    }
    const std::string circle = "xref\n0 1\n0000000000 65535 f \ntrailer <</Root 1 0 R/Prev " +
                               std::to_string(whole.size()) + ">>\nstartxref\n" + std::to_string(whole.size()) +
                               "\n%%EOF\n";
    return {
        {"pdf/a table that goes before itself.pdf", whole + circle},
        {"pdf/2101 pages.pdf", "%PDF-1.4\n" + object(1, "<</Type/Catalog/Pages 2 0 R>>") +
                                   object(2, "<</Type/Pages/Kids[" + kids + "]/Count 2101>>") + pages +
                                   "trailer <</Root 1 0 R>>\n"},
        {"pdf/a deep tree.pdf",
         deep + object(2103, "<</Type/Page/MediaBox[0 0 300 200]>>") + "trailer <</Root 1 0 R>>\n"},
        {"pdf/a page that is not there.pdf",
         "%PDF-1.4\n" + object(1, "<</Type/Catalog/Pages 2 0 R>>") +
             object(2, "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>") +
             object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]" + words + ">>") + text +
             "trailer <</Root 1 0 R>>\n"},
        {"pdf/script and attachment.pdf",
         "%PDF-1.4\n" +
             object(1,
                    "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Names<<"
                    "/EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>]>>>>>>") +
             object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>") +
             object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]" + words + ">>") + text +
             object(6, stream("/Type/EmbeddedFile", "MZ")) + "trailer <</Root 1 0 R>>\n"},
        {"pdf/locked, without a password.pdf", read_file(BIAOD_TEST_DATA "/aes256_empty_password.pdf")},
    };
}

std::vector<BadFile> pictures() {
    const cv::Mat white(400, 300, CV_8UC1, cv::Scalar(255));
    const std::string tiff = synth::pictures_to_tiff({white, white}, 200, true);
    cv::Mat grain(400, 300, CV_8UC1);
    cv::randu(grain, 0, 255);
    const std::string jpeg = encoded(".jpg", grain);
    return {
        {"picture/claims four thousand million.png", png_of(0x7fff'ffff, 0x7fff'ffff)},
        {"picture/claims 900 megapixels.png", png_of(30'000, 30'000)},
        {"picture/no width.png", png_of(0, 10)},
        {"picture/nothing behind the header.png", png_of(300, 400)},
        {"picture/half.tif", tiff.substr(0, tiff.size() / 2)},
        {"picture/white.tif", tiff},
        {"picture/one pixel.png", encoded(".png", white(cv::Rect(0, 0, 1, 1)))},
        {"picture/cut.jpg", jpeg.substr(0, jpeg.size() / 2)},
        {"picture/called otherwise.pdf", jpeg},
        {"picture/film.gif", "GIF89a"},
    };
}

// A scan that was cut, and one with bytes that a disk or a line has changed.
std::vector<BadFile> damaged_scans() {
    cv::Mat page(1100, 800, CV_8UC1, cv::Scalar(255));
    for (int y = 100; y <= 900; y += 100) page.row(y).colRange(100, 700).setTo(0);
    for (int x = 100; x <= 700; x += 150) page.col(x < 700 ? x : 699).rowRange(100, 900).setTo(0);
    const std::string scan = synth::pictures_to_pdf({page}, 100, 80);
    std::vector<BadFile> files{{"damaged/whole.pdf", scan}};
    for (const int percent : {2, 40, 90, 99}) {
        const std::string name = "damaged/cut at " + std::to_string(percent) + ".pdf";
        files.push_back({name, scan.substr(0, scan.size() * static_cast<std::size_t>(percent) / 100)});
    }
    std::uint32_t state = 1;
    for (int n = 0; n < 6; ++n) {
        std::string changed = scan;
        for (int i = 0; i < 40; ++i) {
            state = state * 1664525 + 1013904223;
            changed[(state >> 8) % changed.size()] = static_cast<char>(state >> 24);
        }
        files.push_back({"damaged/changed " + std::to_string(n) + ".pdf", changed});
    }
    return files;
}

TEST(BadInput, EachFileIsAccountedForAndDelaysNobody) {
    std::vector<BadFile> files = shapes_of_pdf();
    for (const auto& more : {more_of_pdf(), pictures(), damaged_scans()}) {
        files.insert(files.end(), more.begin(), more.end());
    }
    files.push_back({"text/notes.pdf", "this is no document\n"});
    files.push_back({"text/zeros.tif", std::string(5000, '\0')});
    const BadRun run = feed_bad_files(BIAOD_PROGRAM, files, 10, 110);
    for (const std::string& fault : run.faults) ADD_FAILURE() << fault;
    const auto ended = [&](const std::string& path) {
        for (const BadOutcome& outcome : run.outcomes) {
            if (outcome.path == path) return outcome.end + " " + outcome.limit + " " + outcome.reason;
        }
        return std::string();
    };
    const std::pair<const char*, const char*> ends[] = {
        {"damaged/whole.pdf", "complete"},
        {"text/notes.pdf", "unsupported"},
        {"pdf/header only.pdf", "bad_input"},
        {"pdf/no pages.pdf", "bad_input"},
        {"pdf/a million inches.pdf", "bad_input pixels"},
        {"pdf/locked.pdf", "bad_input"},
        {"pdf/2101 pages.pdf", "bad_input pages"},
        {"pdf/a page that is not there.pdf", "partial"},
        {"pdf/script and attachment.pdf", "complete"},
        {"pdf/locked, without a password.pdf", "complete"},
        {"pdf/a table that goes before itself.pdf", "complete"},
        {"picture/claims 900 megapixels.png", "bad_input"},
        {"picture/no width.png", "bad_input"},
        {"picture/one pixel.png", "bad_input"},
        {"picture/cut.jpg", "partial"},
        {"picture/film.gif", "unsupported  this is a GIF"},
        {"picture/white.tif", "needs_review"},
    };
    for (const auto& [path, end] : ends) EXPECT_TRUE(ended(path).starts_with(end)) << path << ": " << ended(path);
    for (const BadOutcome& outcome : run.outcomes) {
        const bool ours = outcome.end == "internal" && outcome.deaths == 0;
        EXPECT_FALSE(ours) << outcome.path << ": " << outcome.reason;
    }
    std::cout << table_of(run);
}

}  // namespace
}  // namespace biaod::tests
