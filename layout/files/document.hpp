// Opens a dropped file (PDF, TIFF, JPEG, PNG, BMP) and hands out its pages as pictures and text layers.
//
// Sources: PDF through Poppler (an encrypted file is tried with the empty password), pictures through Leptonica; a JPEG
// is turned by its Exif orientation (libexif).
//
// SECURITY: the bytes are untrusted. Sizes are checked before a picture is made, because Poppler answers an oversized
// page with a 1x1 picture and no error. One Document belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "models/error.hpp"
#include "models/record.hpp"

namespace biaod::layout {

struct DocumentLimits {
    int max_pages = 2000;
    std::int64_t max_pixels_per_page = 100'000'000;
};

// One word of a PDF text layer. Boxes in pt, as delivered.
struct LayerWord {
    std::string text;                 // UTF-8
    models::Box bbox;                 // of the whole word
    std::vector<models::Box> glyphs;  // one for each code point of text
    std::string font;                 // the PDF's name of the font; empty when unknown
    int rotation = 0;                 // clockwise turn of the writing direction: 0, 90, 180, 270
};

struct PageContent {
    double width_pt = 0, height_pt = 0;  // as delivered
    cv::Mat picture;                     // CV_8UC1 or CV_8UC3 (BGR), as delivered
    double dpi = 0;                      // of picture, across
    double dpi_down = 0;                 // where it is another; 0: the same
    bool scanned = false;                // a raster image covers the page: any text layer is somebody's OCR
    std::vector<LayerWord> words;        // empty without a text layer

    cv::Size2d density() const { return {dpi, dpi_down > 0 ? dpi_down : dpi}; }
};

class Document {
  public:
    virtual ~Document() = default;

    // Errors: unsupported (a kind of file that is not read), bad_input (damaged, empty, locked, no pages, over a
    // limit). `bytes` must outlive the document.
    static models::Result<std::unique_ptr<Document>> open(std::string_view bytes, const DocumentLimits& limits);

    virtual int page_count() const = 0;
    virtual std::string media_type() const = 0;

    // The page (numbered from 1): scans at their native resolution, digital pages at a resolution that is enough for
    // rulings. Errors: bad_input with the page.
    virtual models::Result<PageContent> page(int number) = 0;

    // What page(number) met with: data of the picture that is damaged or missing, where the rest could be read. A
    // sentence; empty when all is well or the page was not asked for.
    virtual std::string damage(int number) const = 0;

    // A part of the page rendered at `dpi`, for reading what a digital page draws without a text layer. `part` in
    // pt. For images the picture itself, scaled. CV_8UC1 or CV_8UC3.
    virtual models::Result<cv::Mat> render(int number, const models::Box& part, double dpi) = 0;
};

}  // namespace biaod::layout
