// What poppler-glib can do with a PDF and poppler-cpp cannot: list the images of a page, and draw with Cairo. Private
// to layout.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string_view>

namespace biaod::layout {

// The raster image that is a page.
struct ScanImage {
    cv::Size2d dpi;        // across and down, of the page as delivered; 0: the page is not a scan
    bool coloured = true;  // the page may show colours
    // The image as it is stored, CV_8UC1 or CV_8UC3 (BGR), where it seems to be the whole page at `dpi`. The page may
    // show it turned or mirrored, or something above it: compare with what is drawn. Empty: draw the page.
    cv::Mat stored;
};

class GlibPdf {
  public:
    // `bytes`, a PDF that Poppler reads, must outlive it.
    explicit GlibPdf(std::string_view bytes);
    ~GlibPdf();
    GlibPdf(const GlibPdf&) = delete;
    GlibPdf& operator=(const GlibPdf&) = delete;

    // The image that covers the page (numbered from 1), its resolution within the bounds that make sense for reading.
    // `page_size` in pt, as delivered.
    ScanImage find_scan(int number, cv::Size2d page_size) const;

    // Draws a whole page of text and lines, CV_8UC3 (BGR), `size` px at `dpi`; empty when it cannot be drawn. Cairo
    // keeps glyphs from page to page: it takes half the time that Splash does, which is for pictures.
    cv::Mat draw_digital(int number, cv::Size size, double dpi) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace biaod::layout
