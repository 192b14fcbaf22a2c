// Makes scans of sheets of paper: what a scanner, a fax or a phone does to them, and the files they write.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace biaod::synth {

struct ScanOptions {
    double skew_deg = 0;     // the page turned clockwise
    double skew_spread = 0;  // each page is turned by up to so many degrees more, either way
    double perspective = 0;  // how far corners move inwards, share of the side
    double curl = 0;         // height of a bulge across the page, share of the page's height
    double twist = 0;        // the bulge grows less towards the foot of the page, by this share
    double wave = 0;         // height of waves across the page, from their middle, share of the page's height
    double wave_length = 1;  // share of the page's width
    double border = 0;       // what the scanner sees beyond the sheet on each side, share of the page's width
    int surround = 255;      // grey of what is beyond the sheet
    double grain = 0;        // of that within the border, as of wood: standard deviation, share of the grey
    double blur = 0;         // standard deviation, px
    double noise = 0;        // standard deviation, grey levels
    double contrast = 1;     // 0.5: pale print
    double shade = 0;        // darkening of the far corner, share
    double shadow = 0;       // darkening below a hand or a head, share
    double speckle = 0;      // black specks of 1 to 3 px, share of the pixels
    bool streaks = false;    // one to four, of dust on the glass, along the way of the paper
    bool colour = false;     // else grey
    bool bilevel = false;
    double threshold = 150;  // grey level: darker is black on a bilevel scan
    int jpeg_quality = 0;    // 0: not compressed
    int quarter_turns = 0;   // clockwise
};

// CV_8UC3 in; CV_8UC1 or, with colour, CV_8UC3 out. The same seed gives the same scan.
cv::Mat scan(const cv::Mat& page, const ScanOptions& options, std::uint32_t seed);

// PDF of one picture a page, in the size that `dpi` gives; JPEG inside, Flate for bilevel pictures.
std::string pictures_to_pdf(const std::vector<cv::Mat>& pictures, double dpi, int jpeg_quality);

// TIFF of several pages; G4 for bilevel pictures, LZW otherwise.
std::string pictures_to_tiff(const std::vector<cv::Mat>& pictures, double dpi, bool bilevel);

}  // namespace biaod::synth
