// The real reader under the real sandbox: each kind of file, and fonts that a PDF names without embedding them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"
#include "tests/synth/scanning.hpp"

namespace biaod::tests {
namespace {

using nlohmann::json;

class ReaderSandboxTest : public testing::Test {
  protected:
    json parse(const std::string& name, const std::string& content, std::vector<std::string> more = {}) {
        write_file(folder.path(name), content);
        std::vector<std::string> arguments{BIAOD_PROGRAM, "parse", "--sandbox-debug", "--jobs", "2"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        arguments.push_back(folder.path(name));
        Program program(arguments, folder.path("out"), folder.path("err"));
        EXPECT_EQ(program.wait(60), 0) << name << ": " << read_file(folder.path("err"));
        return json::parse(read_file(folder.path("out")), nullptr, false);
    }
    static std::string text_of(const json& record) {
        std::string all;
        for (const json& block : record["blocks"]) all += block.value("text", "") + "\n";
        return all;
    }
    static cv::Mat page() {
        synth::Printed printed;
        printed.width = 300;
        printed.height = 200;
        printed.pages.resize(1);
        printed.pages[0].texts.push_back({40, 40, 16, "Noto Sans CJK SC", "政府信息公开"});
        return synth::rasterise(printed, 200)[0];
    }
    static std::string encoded(const std::string& extension, const cv::Mat& picture) {
        std::vector<unsigned char> bytes;
        cv::imencode(extension, picture, bytes);
        return {bytes.begin(), bytes.end()};
    }
    TempFolder folder;
};

TEST_F(ReaderSandboxTest, EveryKindOfFile) {
    const cv::Mat colour = page();
    cv::Mat gray, black;
    cv::cvtColor(colour, gray, cv::COLOR_BGR2GRAY);
    cv::threshold(gray, black, 128, 255, cv::THRESH_BINARY);
    const std::vector<std::pair<std::string, std::string>> files{
        {"colour.png", encoded(".png", colour)},
        {"gray.png", encoded(".png", gray)},
        {"a.jpg", encoded(".jpg", colour)},
        {"a.bmp", encoded(".bmp", colour)},
        {"g4.tif", synth::pictures_to_tiff({black}, 200, true)},
        {"pages.tif", synth::pictures_to_tiff({gray, gray}, 200, false)},
        {"jpeg.pdf", synth::pictures_to_pdf({colour}, 200, 90)},
        {"flate.pdf", synth::pictures_to_pdf({gray}, 200, 0)},
    };
    for (const auto& [name, content] : files) {
        EXPECT_NE(text_of(parse(name, content)).find("信息"), std::string::npos) << name;
    }
}

// Reports as they come in, with all their figures: a scan of many pages, and the synthesiser's other ways of delivery.
TEST_F(ReaderSandboxTest, WholeReports) {
    const std::string sample = BIAOD_SAMPLES "/report_2021_scan";
    const json known = json::parse(read_file(sample + ".truth.json"));
    const json scan = parse("scan.tif", read_file(sample + ".tif"));
    EXPECT_EQ(scan["report"]["year"], known["year"]);
    EXPECT_EQ(scan["report"]["issuer"], known["issuer"]);
    const synth::Truth truth = synth::make_truth(3, {});
    for (const char* name : {"digital", "scan200seal", "fax", "phone"}) {
        const synth::Variant variant = synth::variant(name, 3);
        const std::string file = std::string(name) + (variant.tiff ? ".tif" : ".pdf");
        const json record = parse(file, synth::make_document(truth, synth::random_layout(3), variant, 3));
        EXPECT_EQ(record["report"]["year"], truth.year) << file;
        EXPECT_EQ(record["report"]["issuer"], truth.issuer) << file;
    }
}

TEST_F(ReaderSandboxTest, FontsAndEncodingsThatAreNotEmbedded) {
    const std::string pdf = R"(%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 8 0 R>>>>>> endobj
4 0 obj <</Length 95>> stream
BT /F 20 Tf 50 200 Td <B1B1BEA9B9E3D6DD> Tj ET BT /G 20 Tf 50 100 Td (Annual report 2021) Tj ET   
endstream endobj
5 0 obj <</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>> endobj
6 0 obj <</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>
/FontDescriptor 7 0 R/DW 1000>> endobj
7 0 obj <</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200
/CapHeight 700/StemV 80>> endobj
8 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
)";
    const json record = parse("named.pdf", pdf);
    EXPECT_NE(text_of(record).find("北京广州"), std::string::npos) << text_of(record);
    EXPECT_NE(text_of(record).find("Annual report 2021"), std::string::npos) << text_of(record);
}

TEST_F(ReaderSandboxTest, OverlayPicturesAreTheOnlyThingWritten) {
    parse("a.png", encoded(".png", page()), {"--overlay", folder.path("pictures")});
    EXPECT_EQ(names_in(folder.path("pictures")), "a.png.page-001.png");
}

}  // namespace
}  // namespace biaod::tests
