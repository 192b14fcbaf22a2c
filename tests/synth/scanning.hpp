// Makes scans of printed pages: what a scanner, a fax or a phone does to them, and the files they write.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "tests/synth/printing.hpp"

namespace biaod::synth {

struct ScanOptions {
    double skew_deg = 0;     // the page turned clockwise
    double perspective = 0;  // how far corners move inwards, share of the side
    double curl = 0;         // height of a bulge across the page, share of the page's height
    double blur = 0;         // standard deviation, px
    double noise = 0;        // standard deviation, grey levels
    double contrast = 1;     // 0.5: pale print
    double shade = 0;        // darkening of the far corner, share
    double speckle = 0;      // black specks, share of the pixels
    bool seal = false;       // a red seal over the middle of the page
    bool colour = false;     // else grey
    bool bilevel = false;
    int jpeg_quality = 0;   // 0: not compressed
    int quarter_turns = 0;  // clockwise
};

// CV_8UC3 in; CV_8UC1 or, with colour, CV_8UC3 out. The same seed gives the same scan.
cv::Mat scan(const cv::Mat& page, const ScanOptions& options, std::uint32_t seed);

// A way of delivering documents: a scan's resolution, damage and file format.
struct Variant {
    std::string name;  // "digital", "word", "scan300", "scan300bw", "scan200seal", "fax", "phone", "faint"
    double dpi = 0;    // 0: the PDF as printed
    ScanOptions options;
    bool tiff = false;  // else PDF
};

// Throws std::invalid_argument for an unknown name.
Variant variant(const std::string& name, std::uint32_t seed);

// PDF of one picture a page, in the size that `dpi` gives; JPEG inside, Flate for bilevel pictures.
std::string pictures_to_pdf(const std::vector<cv::Mat>& pictures, double dpi, int jpeg_quality);

// TIFF of several pages; G4 for bilevel pictures, LZW otherwise.
std::string pictures_to_tiff(const std::vector<cv::Mat>& pictures, double dpi, bool bilevel);

// The file of a truth in a variant: what lands in an inbox.
std::string make_document(const Truth& truth, const LayoutOptions& layout, const Variant& variant, std::uint32_t seed);

}  // namespace biaod::synth
