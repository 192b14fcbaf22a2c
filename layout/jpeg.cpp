#include "layout/jpeg.hpp"

#include <leptonica/allheaders.h>

#include <memory>

namespace biaod::layout {
namespace {

constexpr int kQuality = 82;  // strokes of small type stay clean

struct PixDestroy {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};

}  // namespace

models::Result<std::string> jpeg_of(const cv::Mat& picture) {
    const bool colour = picture.channels() == 3;
    const std::unique_ptr<Pix, PixDestroy> pix(pixCreate(picture.cols, picture.rows, colour ? 32 : 8));
    l_uint8* bytes = nullptr;
    std::size_t size = 0;
    if (pix) {
        for (int y = 0; y < picture.rows; ++y) {
            l_uint32* line = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
            const auto* row = picture.ptr<std::uint8_t>(y);
            for (int x = 0; x < picture.cols; ++x) {
                if (colour) {
                    composeRGBPixel(row[3 * x + 2], row[3 * x + 1], row[3 * x], &line[x]);
                } else {
                    SET_DATA_BYTE(line, x, row[x]);
                }
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
