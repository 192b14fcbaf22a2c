// What poppler-glib can do with a PDF and poppler-cpp cannot: draw with Cairo. Private to layout.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string_view>

namespace biaod::layout {

class GlibPdf {
  public:
    // `bytes`, a PDF that Poppler reads, must outlive it.
    explicit GlibPdf(std::string_view bytes);
    ~GlibPdf();
    GlibPdf(const GlibPdf&) = delete;
    GlibPdf& operator=(const GlibPdf&) = delete;

    // Draws a whole page of text and lines, CV_8UC3 (BGR), `size` px at `dpi`; empty when it cannot be drawn. Cairo
    // keeps glyphs from page to page: it takes half the time that Splash does, which is for pictures.
    cv::Mat draw_digital(int number, cv::Size size, double dpi) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace biaod::layout
