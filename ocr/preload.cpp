#include "ocr/preload.hpp"

#include <malloc.h>
#include <openssl/evp.h>

#include <memory>

#include "layout/files/document.hpp"
#include "ocr/engine.hpp"

namespace biaod::ocr {
namespace {

// A page with a font that is not embedded: drawing it makes Poppler look for fonts. Without a table of objects, which
// Poppler rebuilds.
constexpr std::string_view small_pdf = R"(%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 30 30]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 28>> stream
BT /F 9 Tf 5 5 Td (a) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
)";

// Pictures come and go by the dozen. Given back to the system and fetched again, each page of memory costs as much as
// much of the work on what it holds.
void keep_freed_memory() {
    constexpr int kAll = 1 << 30;
    mallopt(M_MMAP_THRESHOLD, kAll);
    mallopt(M_TRIM_THRESHOLD, kAll);
}

}  // namespace

models::Result<void> preload(const std::string& languages) {
    keep_freed_memory();
    for (const std::string& needed : {languages, std::string(kFigureNetwork), std::string(kSecondNetwork)})
        if (auto found = Engine::find(needed); !found) return found;
    return {};
}

models::Result<void> preload_drawing() {
    // Kept open: Poppler forgets its encodings with its last document.
    static std::unique_ptr<layout::Document> kept;
    auto opened = layout::Document::open(small_pdf, {});
    if (!opened) return tl::unexpected(opened.error());
    kept = std::move(*opened);
    if (auto drawn = kept->page(1); !drawn) return tl::unexpected(drawn.error());
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_Digest("", 0, digest, nullptr, EVP_sha256(), nullptr);
    return {};
}

models::Result<void> warm_up(const std::string& languages) {
    if (auto engine = Engine::lend(languages); !engine) return tl::unexpected(engine.error());
    return {};
}

std::vector<std::string> folders_opened_later() {
    return {"/usr/share/poppler", "/usr/share/fonts",      "/usr/local/share/fonts",
            "/etc/fonts",         "/usr/share/fontconfig", "/var/cache/fontconfig"};
}

}  // namespace biaod::ocr
