// Finds the raster image that is a page of a PDF. Poppler's own interpreter goes over the page and tells what it would
// draw, so nothing is drawn, and the image is decoded once. Private to layout.
//
// Rejected: poppler-glib's list of images, which gives an image as a Cairo surface and cannot tell whether the page
// shows it so; the page had to be drawn, too, and compared. And the image's own bytes (a JPEG's), which a PDF may say
// to read otherwise than the file would by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <opencv2/core.hpp>
#include <string_view>

namespace biaod::layout {

struct ScanImage {
    cv::Size2d dpi;        // across and down, of the page as delivered; 0: the page is not a scan
    bool coloured = true;  // the page may show colours
    // The page at `dpi`, CV_8UC1 or CV_8UC3 (BGR), where the image is all that it shows. Empty: draw the page.
    cv::Mat stored;
};

class ScanFinder {
  public:
    // `bytes`, a PDF that Poppler reads, must outlive it. Images of more than `max_pixels` are not kept.
    ScanFinder(std::string_view bytes, std::int64_t max_pixels);
    ~ScanFinder();
    ScanFinder(const ScanFinder&) = delete;
    ScanFinder& operator=(const ScanFinder&) = delete;

    // The image that covers the page (numbered from 1), its resolution within the bounds that make sense for reading.
    // `page_size` in pt, as delivered.
    ScanImage find(int number, cv::Size2d page_size) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace biaod::layout
