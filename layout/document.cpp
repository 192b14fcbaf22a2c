#include "layout/document.hpp"

#include "layout/document_kinds.hpp"

namespace biaod::layout {
namespace {

using models::ErrorKind;

// A PDF header may stand behind some junk; readers accept it within the first 1024 bytes.
constexpr std::size_t kPdfHeaderWindow = 1024;

std::string sniff_media_type(std::string_view bytes) {
    auto starts = [&](std::string_view magic) { return bytes.substr(0, magic.size()) == magic; };
    if (starts("\x89PNG\r\n\x1a\n")) return "image/png";
    if (starts("\xff\xd8\xff")) return "image/jpeg";
    if (starts(std::string_view("II*\0", 4)) || starts(std::string_view("MM\0*", 4)) ||
        starts(std::string_view("II+\0", 4)) || starts(std::string_view("MM\0+", 4)))
        return "image/tiff";
    if (starts("BM")) return "image/bmp";
    if (bytes.substr(0, kPdfHeaderWindow).find("%PDF-") != std::string_view::npos) return "application/pdf";
    return "";
}

}  // namespace

models::Result<std::unique_ptr<Document>> Document::open(std::string_view bytes, const DocumentLimits& limits) {
    if (bytes.empty()) return models::fail(ErrorKind::bad_input, "open", "the file is empty");
    const std::string media_type = sniff_media_type(bytes);
    if (media_type.empty())
        return models::fail(ErrorKind::unsupported, "open", "not a PDF, TIFF, JPEG, PNG or BMP file");
    if (media_type == "application/pdf") return open_pdf(bytes, limits);
    return open_image(bytes, media_type, limits);
}

}  // namespace biaod::layout
