// For tests of what takes the place of the library's own functions: it must not change a reading.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/engine.hpp"

namespace biaod::ocr::tests {

// A setting that is on, but for a while.
class Setting {
  public:
    Setting(void (*set)(bool), bool on) : set_(set) { set_(on); }
    ~Setting() { set_(true); }
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

  private:
    void (*set_)(bool);
};

// Text, figures, noise, nothing but paper or ink.
std::vector<cv::Mat> printed_lines();

// Reads the lines with the setting on and off: text, places and confidences must be the same to the bit.
void expect_same_readings(Engine& engine, void (*set)(bool));

}  // namespace biaod::ocr::tests
