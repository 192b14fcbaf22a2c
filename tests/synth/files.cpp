#include <cairo-pdf.h>
#include <leptonica/allheaders.h>

#include <cstdlib>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "tests/synth/scanner.hpp"

namespace biaod::synth {
namespace {

struct PixDestroy {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDestroy>;

PixPtr to_pix(const cv::Mat& picture, bool bilevel, double dpi) {
    std::vector<std::uint8_t> png;
    cv::imencode(".png", picture, png);
    PixPtr pix(pixReadMem(png.data(), png.size()));
    if (bilevel) {
        // Leptonica's 1 is black.
        PixPtr gray(pixConvertTo8(pix.get(), 0));
        pix.reset(pixThresholdToBinary(gray.get(), 128));
    }
    pixSetResolution(pix.get(), static_cast<l_int32>(dpi), static_cast<l_int32>(dpi));
    return pix;
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string pictures_to_pdf(const std::vector<cv::Mat>& pictures, double dpi, int jpeg_quality) {
    std::string bytes;
    cairo_surface_t* pdf = cairo_pdf_surface_create_for_stream(append, &bytes, 1, 1);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, "2024-01-01T00:00:00Z");
    cairo_t* context = cairo_create(pdf);
    for (const cv::Mat& picture : pictures) {
        cairo_pdf_surface_set_size(pdf, picture.cols * 72 / dpi, picture.rows * 72 / dpi);
        cv::Mat bgra;
        cv::cvtColor(picture, bgra, picture.channels() == 1 ? cv::COLOR_GRAY2BGRA : cv::COLOR_BGR2BGRA);
        cairo_surface_t* image = cairo_image_surface_create_for_data(bgra.data, CAIRO_FORMAT_RGB24, bgra.cols,
                                                                     bgra.rows, static_cast<int>(bgra.step));
        if (jpeg_quality > 0) {
            std::vector<std::uint8_t> jpeg;
            cv::imencode(".jpg", picture, jpeg, {cv::IMWRITE_JPEG_QUALITY, jpeg_quality});
            auto* owned = static_cast<unsigned char*>(std::malloc(jpeg.size()));
            if (owned == nullptr) throw std::bad_alloc();
            std::copy(jpeg.begin(), jpeg.end(), owned);
            cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_JPEG, owned, jpeg.size(), std::free, owned);
        }
        cairo_save(context);
        cairo_scale(context, 72 / dpi, 72 / dpi);
        cairo_set_source_surface(context, image, 0, 0);
        cairo_paint(context);
        cairo_restore(context);
        cairo_show_page(context);
        cairo_surface_flush(pdf);
        cairo_surface_destroy(image);
    }
    cairo_destroy(context);
    cairo_surface_finish(pdf);
    cairo_surface_destroy(pdf);
    return bytes;
}

std::string pictures_to_tiff(const std::vector<cv::Mat>& pictures, double dpi, bool bilevel) {
    Pixa* pages = pixaCreate(static_cast<l_int32>(pictures.size()));
    for (const cv::Mat& picture : pictures) pixaAddPix(pages, to_pix(picture, bilevel, dpi).release(), L_INSERT);
    l_uint8* data = nullptr;
    std::size_t size = 0;
    const bool failed = pixaWriteMemMultipageTiff(&data, &size, pages) != 0;
    pixaDestroy(&pages);
    if (failed) throw std::runtime_error("cannot write a TIFF");
    std::string bytes(reinterpret_cast<char*>(data), size);
    lept_free(data);
    return bytes;
}

}  // namespace biaod::synth
