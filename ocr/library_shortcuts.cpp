#include "ocr/library_shortcuts.hpp"

#include <leptonica/allheaders.h>

#include <atomic>
#include <new>
#include <vector>

#include "ocr/tesseract_ink.hpp"
#include "ocr/tesseract_layout.hpp"

namespace biaod::ocr {
namespace {

constexpr int kShortestOutline = 8;  // px; the library leaves out what has a shorter one

std::atomic<bool> line_shortcuts{false};
std::atomic<std::uint64_t> lines{0};

}  // namespace

void use_shortcuts(bool use) { line_shortcuts = use && is_known_tesseract(); }
std::uint64_t lines_left_untraced() { return lines; }

}  // namespace biaod::ocr

// Letters for pictures that only debugging draws; each engine asks for them.
L_BMF* bmfCreate(const char*, l_int32) { return nullptr; }

namespace tesseract {

namespace own = biaod::ocr;

class UNICHARSET;
struct ADAPT_TEMPLATES_STRUCT;

ICOORD point(int x, int y) { return {static_cast<std::int16_t>(x), static_cast<std::int16_t>(y)}; }

// Sorts confusable characters into lists: two thirds of what making an engine costs.
class UnicharAmbigs {
  public:
    void LoadUniversal(const UNICHARSET&, UNICHARSET*);
};
void UnicharAmbigs::LoadUniversal(const UNICHARSET&, UNICHARSET*) {}

// Gives each character room to learn in: 26 MB of a Chinese engine. The original keeps what is handed over.
struct ADAPT_CLASS_STRUCT {
    ~ADAPT_CLASS_STRUCT();
};
void AddAdaptedClass(ADAPT_TEMPLATES_STRUCT*, ADAPT_CLASS_STRUCT* handed_over, int) {
    handed_over->~ADAPT_CLASS_STRUCT();
    ::operator delete(static_cast<void*>(handed_over));
}

// The pieces of ink, by which the library tells where each character of a line stands. It takes only their boxes for
// that; the original follows their outlines.
void extract_edges(Image picture, BLOCK* block) {
    if (!own::line_shortcuts) {
        static const auto extract =
            own::of_library<void(Image, BLOCK*)>("_ZN9tesseract13extract_edgesENS_5ImageEPNS_5BLOCKE");
        extract(picture, block);
        return;
    }
    ++own::lines;
    const int height = pixGetHeight(picture.pix);
    C_OUTLINE_LIST outlines;
    Boxa* boxes = pixConnComp(picture.pix, nullptr, 8);
    for (int i = 0; i < boxaGetCount(boxes); ++i) {
        int left = 0, top = 0, box_width = 0, box_height = 0;
        boxaGetBoxGeometry(boxes, i, &left, &top, &box_width, &box_height);
        if (box_width + box_height < own::kShortestOutline / 2) continue;
        const TBOX box{point(left, height - top - box_height), point(left + box_width, height - top)};
        C_OUTLINE::FakeOutline(box, &outlines);
        outlines_to_blobs(block, box.bottom_left, box.top_right, &outlines);
    }
    boxaDestroy(&boxes);
}

// How wide the strokes of a piece of ink are: nothing asks for it.
void SetBlobStrokeWidth(Image picture, BLOBNBOX* piece) {
    if (own::line_shortcuts) return;
    static const auto set =
        own::of_library<void(Image, BLOBNBOX*)>("_ZN9tesseract18SetBlobStrokeWidthENS_5ImageEPNS_8BLOBNBOXE");
    set(picture, piece);
}

// Where black ends in the picture: for the outlines.
Image ImageThresholder::GetPixRectThresholds() {
    if (own::line_shortcuts) return Image{pixCreate(1, 1, 8)};
    static const auto thresholds =
        own::of_library<Image(ImageThresholder*)>("_ZN9tesseract16ImageThresholder20GetPixRectThresholdsEv");
    return thresholds(this);
}

// A line between the library's steps: as it is in memory, where the library packs it as PNG and unpacks it again.
void ImageData::SetPixInternal(Image pix, std::vector<char>* data) {
    l_uint8* bytes = nullptr;
    std::size_t size = 0;
    if (pixWriteMem(&bytes, &size, pix.pix, IFF_SPIX) == 0) data->assign(bytes, bytes + size);
    lept_free(bytes);
    pixDestroy(&pix.pix);
}

}  // namespace tesseract
