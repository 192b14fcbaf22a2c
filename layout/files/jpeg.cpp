#include "layout/files/jpeg.hpp"

#include <leptonica/allheaders.h>

#include <memory>

#include "layout/cleaning/ink.hpp"

namespace biaod::layout {
namespace {

constexpr int kQuality = 82;  // strokes of small type stay clean

struct PixDestroy {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};

bool is_gray(const cv::Mat& picture) {
    for (int y = 0; y < picture.rows; ++y) {
        const auto* row = picture.ptr<std::uint8_t>(y);
        int differs = 0;
        for (int x = 0; x < 3 * picture.cols; x += 3) differs |= (row[x] ^ row[x + 1]) | (row[x] ^ row[x + 2]);
        if (differs != 0) return false;
    }
    return true;
}

}  // namespace

models::Result<std::string> jpeg_of(const cv::Mat& picture) {
    // A grey one takes half the time, and a coloured page is mostly a grey one that was drawn in colour.
    const bool colour = picture.channels() == 3 && !is_gray(picture);
    const cv::Mat gray = colour ? cv::Mat() : to_gray(picture);
    const std::unique_ptr<Pix, PixDestroy> pix(pixCreate(picture.cols, picture.rows, colour ? 32 : 8));
    l_uint8* bytes = nullptr;
    std::size_t size = 0;
    for (int y = 0; pix && y < picture.rows; ++y) {
        l_uint32* line = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
        const auto* row = (colour ? picture : gray).ptr<std::uint8_t>(y);
        for (int x = 0; x < picture.cols; ++x) {
            if (colour) {
                line[x] = static_cast<l_uint32>(row[3 * x + 2]) << L_RED_SHIFT |
                          static_cast<l_uint32>(row[3 * x + 1]) << L_GREEN_SHIFT |
                          static_cast<l_uint32>(row[3 * x]) << L_BLUE_SHIFT;
            } else {
                SET_DATA_BYTE(line, x, row[x]);
            }
        }
    }
    if (!pix || pixWriteMemJpeg(&bytes, &size, pix.get(), kQuality, 0) != 0 || bytes == nullptr)
        return models::fail(models::ErrorKind::internal, "picture", "the picture cannot be written");
    std::string out(reinterpret_cast<const char*>(bytes), size);
    lept_free(bytes);
    return out;
}

}  // namespace biaod::layout
