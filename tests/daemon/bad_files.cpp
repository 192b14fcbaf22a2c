#include "tests/daemon/bad_files.hpp"

namespace biaod::tests {
namespace {

const std::string kCatalogue = "<</Type/Catalog/Pages 2 0 R>>";
const std::string kOnePage = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const std::string kPage = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>";

std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer = {}) {
    std::string pdf = "%PDF-1.4\n";
    std::string table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const std::string offset = std::to_string(pdf.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        pdf += std::to_string(i + 1) + " 0 obj" + objects[i] + "endobj\n";
    }
    const std::string size = std::to_string(objects.size() + 1), start = std::to_string(pdf.size());
    return pdf + "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer<</Size " + size + "/Root 1 0 R" +
           trailer + ">>\nstartxref\n" + start + "\n%%EOF\n";
}

// Encrypted with a user password that nobody knows.
std::string locked_pdf() {
    const std::string key(32, 'k');
    return pdf_of({kCatalogue, kOnePage, kPage},
                  "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(" + key + ")/U(" + key + ")>>/ID[<0011><0011>]");
}

}  // namespace

std::string blank_pdf() { return pdf_of({kCatalogue, kOnePage, kPage}); }

std::vector<BadFile> bad_files() {
    const std::string whole = blank_pdf();
    return {
        {"text.pdf", "Dear all,\nplease find the report attached.\n", "unsupported", ""},
        {"empty.pdf", "", "bad_input", "empty"},
        {"header.pdf", "%PDF-1.7\n", "bad_input", ""},
        {"torn.pdf", whole.substr(0, whole.find("/Kids")), "bad_input", ""},
        {"locked.pdf", locked_pdf(), "bad_input", "password"},
        {"pageless.pdf", pdf_of({kCatalogue, "<</Type/Pages/Kids[]/Count 0>>"}), "bad_input", "no pages"},
        {"picture.png", "\x89PNG\r\n\x1a\nrubbish", "bad_input", ""},
    };
}

}  // namespace biaod::tests
