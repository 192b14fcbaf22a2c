// Whole documents as they are delivered: which printer, which damage, which scanner, which kind of file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/synth/paper.hpp"
#include "tests/synth/printing.hpp"
#include "tests/synth/scanner.hpp"

namespace biaod::synth {

// A way of delivering documents.
struct Variant {
    std::string name;
    double dpi = 0;  // 0: the PDF as printed
    PaperMarks paper;
    ScanOptions options;
    bool tiff = false;       // else PDF
    bool spread = false;     // two pages side by side on one landscape scan
    bool two_up = false;     // the same, reduced to a sheet of a page's size
    double blank_pages = 0;  // share of the pages after which a blank one comes; above 0: at least one
};

// Every name that variant() knows, the ways of delivery first, then the damages.
std::vector<std::string> variant_names();

// A name, or several joined by '+': a way of delivery (an office's scanner at 200 dpi where none is named), then the
// damages that are done to it, as in "fax+skew5". Throws std::invalid_argument for an unknown name, and for damage to
// the PDF as printed.
Variant variant(const std::string& name, std::uint32_t seed);

// The pictures that the scanner delivers, in the order of the pages.
std::vector<cv::Mat> scan_pages(const Truth& truth, const Printed& printed, const Variant& variant, std::uint32_t seed);

// The file of a truth in a variant: what lands in an inbox.
std::string make_document(const Truth& truth, const LayoutOptions& layout, const Variant& variant, std::uint32_t seed);

}  // namespace biaod::synth
