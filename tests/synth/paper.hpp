// What befalls a sheet of paper before it is scanned: faults of the printer, the print on its back, pens, seals,
// punches. Each function changes the picture of a sheet (CV_8UC3) in place; the same state of `random` gives the same
// change.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "tests/synth/printing.hpp"

namespace biaod::synth {

struct PaperMarks {
    enum class Seal {
        none,
        plain,    // ring and star near the middle of the page
        lettered  // with the issuer's name, over figures of a table or, without a table, over text
    };
    double broken = 0;  // rulings that did not print, share of their length
    double toner = 0;   // unevenness of the print's blackness, share
    double bleed = 0;   // how much of the back's print shows through, share
    bool ticks = false;
    Seal seal = Seal::none;
    bool holes = false;      // two punch holes and a staple at the left edge
    bool watermark = false;  // pale letters below the print
    double screen = 0;       // lines an inch of the dots that fills are printed as; 0: an even grey
};

// Black dots on a grid at about 45 degrees, so large that they cover as much of a fill as it is darker than white.
void screen_fills(cv::Mat& page, const std::vector<DrawnFill>& fills, double lines_per_inch, double dpi,
                  cv::RNG& random);

// Gaps of 1 to 4 mm in the rulings of a page that is not turned, 8 mm of length between two of a ruling at least.
void break_rulings(cv::Mat& page, double share, double dpi, cv::RNG& random);

// Blackness differs from place to place, as of a drum that is worn.
void wear_toner(cv::Mat& page, double share, cv::RNG& random);

// `back` as it is when looked at from its own side.
void show_back(cv::Mat& page, const cv::Mat& back, double strength, double dpi);

void punch_holes(cv::Mat& page, double dpi, cv::RNG& random);
void staple(cv::Mat& page, double dpi, cv::RNG& random);

// A checker's pen: ticks beside figures, strokes over some of them. `figures` in px.
void draw_ticks(cv::Mat& page, const std::vector<cv::Rect2d>& figures, double dpi, cv::RNG& random);

// A round seal of 42 mm in red ink; `name` runs along its ring and may be empty. Black stays black below it.
void stamp_seal(cv::Mat& page, cv::Point centre, const std::string& name, double dpi, cv::RNG& random);

// Grey letters of a few words aslant over the page, large in its middle or small all over it; black stays black.
void print_watermark(cv::Mat& page, double dpi, cv::RNG& random);

// All marks, in the order in which they come about. `printed`: the page that `picture` shows; `back` may be empty.
void mark_paper(cv::Mat& picture, const DrawnPage& printed, const cv::Mat& back, const std::string& issuer,
                const PaperMarks& marks, double dpi, std::uint32_t seed);

// A smooth random field within -1 and 1 (CV_32F) with about `cells` hills along the longer side.
cv::Mat cloud(cv::Size size, int cells, cv::RNG& random);

}  // namespace biaod::synth
