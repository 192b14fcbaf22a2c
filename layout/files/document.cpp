#include "layout/files/document.hpp"

#include <algorithm>

#include "layout/files/document_kinds.hpp"

namespace biaod::layout {
namespace {

using models::ErrorKind;

// A PDF header may stand behind some junk; readers accept it within the first 1024 bytes.
constexpr std::size_t kPdfHeaderWindow = 1024;

std::string whole(double number) { return std::to_string(static_cast<long long>(number)); }

bool starts_with(std::string_view bytes, std::string_view magic) { return bytes.substr(0, magic.size()) == magic; }

std::string sniff_media_type(std::string_view bytes) {
    auto starts = [&](std::string_view magic) { return starts_with(bytes, magic); };
    if (starts("\x89PNG\r\n\x1a\n")) return "image/png";
    if (starts("\xff\xd8\xff")) return "image/jpeg";
    if (starts(std::string_view("II*\0", 4)) || starts(std::string_view("MM\0*", 4)) ||
        starts(std::string_view("II+\0", 4)) || starts(std::string_view("MM\0+", 4)))
        return "image/tiff";
    // Two letters alone may be a text; then come the file's size and four bytes that are zero.
    if (starts("BM") && bytes.size() >= 10 && bytes.substr(6, 4) == std::string_view("\0\0\0\0", 4)) return "image/bmp";
    const std::string_view head = bytes.substr(0, kPdfHeaderWindow);
    const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kPdfHeaderWindow));
    const auto has = [](std::string_view text, std::string_view word) { return text.find(word) != text.npos; };
    if (has(head, "%PDF-")) return "application/pdf";
    // One whose first line was lost is still a PDF by its objects and its end.
    if (has(head, " obj") && has(tail, "startxref")) return "application/pdf";
    return "";
}

// What people drop instead, so that they are told what to do with it.
std::string foreign_kind(std::string_view bytes) {
    struct Kind {
        std::size_t at;
        std::string_view magic;
        const char* name;
    };
    static constexpr Kind kinds[] = {
        {0, "PK\x03\x04", "a ZIP archive or an Office document (docx, xlsx, ofd)"},
        {0, "\xd0\xcf\x11\xe0", "an old Office document (doc, xls, wps)"},
        {0, "{\\rtf", "an RTF text"},
        {0, "GIF8", "a GIF picture"},
        {8, "WEBP", "a WebP picture"},
        {4, "ftyp", "a HEIC or AVIF picture or a film"},
        {4, "jP  ", "a JPEG 2000 picture"},
        {0, "%!PS", "a PostScript file"},
        {0, "Rar!", "a RAR archive"},
        {0, "7z\xbc\xaf", "a 7-Zip archive"},
        {0, "\x1f\x8b", "a gzip archive"},
        {0, "<!DOCTYPE html", "a web page"},
        {0, "<html", "a web page"},
        {0, "<?xml", "an XML file"},
        {0, "<svg", "an SVG drawing"},
        {0, "MZ", "a Windows program"},
    };
    for (const Kind& kind : kinds) {
        if (bytes.size() > kind.at && starts_with(bytes.substr(kind.at), kind.magic)) return kind.name;
    }
    return "";
}

}  // namespace

bool is_blank(const cv::Mat& picture) {
    double least = 0, most = 0;
    cv::minMaxLoc(picture.reshape(1), &least, &most);
    return least == most;
}

models::Result<void> refuse_small_picture(double width, double height, int page) {
    const auto [least, most] = std::minmax(width, height);
    if (least >= kSmallestPicture && most <= kNarrowestPicture * least) return {};
    return models::fail(ErrorKind::bad_input, "open",
                        "the page's picture has " + whole(width) + " x " + whole(height) +
                            " pixels: too small or too narrow to be a page",
                        page);
}

models::Result<void> refuse_large_picture(double width, double height, const DocumentLimits& limits, int page) {
    const auto most = static_cast<double>(limits.max_pixels_per_page);
    if (width * height <= most) return {};
    return models::fail_at_limit("pixels", "open",
                                 "the page's picture has " + whole(width * height / 1e6) +
                                     " megapixels, more than the limit of " + whole(most / 1e6) +
                                     " (limits.megapixels)",
                                 page);
}

models::Result<std::unique_ptr<Document>> Document::open(std::string_view bytes, const DocumentLimits& limits) {
    if (bytes.empty()) return models::fail(ErrorKind::bad_input, "open", "the file is empty");
    const std::string media_type = sniff_media_type(bytes);
    if (media_type.empty()) {
        const std::string kind = foreign_kind(bytes);
        return models::fail(ErrorKind::unsupported, "open",
                            kind.empty() ? "not a PDF, TIFF, JPEG, PNG or BMP file"
                                         : "this is " + kind + "; save or print it as PDF and drop that");
    }
    if (media_type == "application/pdf") return open_pdf(bytes, limits);
    return open_image(bytes, media_type, limits);
}

}  // namespace biaod::layout
