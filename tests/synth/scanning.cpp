#include "tests/synth/scanning.hpp"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::synth {
namespace {

constexpr std::uint32_t kWhite = 0xFFFFFF, kGrey = 0xD0D0D0;

// Sheets as they come from the printer and the desk, in order.
std::vector<cv::Mat> sheets(const Truth& truth, const Printed& printed, const Variant& v, std::uint32_t seed) {
    const std::vector<cv::Mat> clean = rasterise(printed, v.dpi);
    std::vector<cv::Mat> out;
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const std::size_t back = i ^ 1;  // printed on both sides
        out.push_back(clean[i].clone());
        mark_paper(out.back(), printed.pages[i], back < clean.size() ? clean[back] : cv::Mat(), truth.issuer, v.paper,
                   v.dpi, seed * 131 + static_cast<std::uint32_t>(i));
    }
    return out;
}

std::vector<cv::Mat> side_by_side(const std::vector<cv::Mat>& pages) {
    std::vector<cv::Mat> out;
    for (std::size_t i = 0; i < pages.size(); i += 2) {
        const cv::Mat blank(pages[i].size(), pages[i].type(), cv::Scalar::all(255));
        cv::hconcat(pages[i], i + 1 < pages.size() ? pages[i + 1] : blank, out.emplace_back());
    }
    return out;
}

// Pairs of pages as an open booklet on the glass: the paper bends down to the fold between them.
std::vector<cv::Mat> spreads(const std::vector<cv::Mat>& pages) {
    std::vector<cv::Mat> out = side_by_side(pages);
    for (cv::Mat& both : out) {
        const double fold = both.cols / 2.0, width = both.cols / 60.0;
        for (int x = 0; x < both.cols; ++x) {
            const double light = 1 - 0.3 * std::exp(-std::abs(x - fold) / width);
            if (light < 0.995) both.col(x).convertTo(both.col(x), -1, light);
        }
    }
    return out;
}

// Pairs of pages on one sheet, as a copier reduces them.
std::vector<cv::Mat> reduced_pairs(const std::vector<cv::Mat>& pages) {
    std::vector<cv::Mat> out = side_by_side(pages);
    for (cv::Mat& both : out) cv::resize(both, both, {}, std::sqrt(0.5), std::sqrt(0.5), cv::INTER_AREA);
    return out;
}

std::vector<cv::Mat> with_blanks(const std::vector<cv::Mat>& pages, double share, cv::RNG& random) {
    std::vector<cv::Mat> out;
    const auto certain = static_cast<std::size_t>(random.uniform(0, static_cast<int>(pages.size())));
    for (std::size_t i = 0; i < pages.size(); ++i) {
        out.push_back(pages[i]);
        if (i == certain || random.uniform(0.0, 1.0) < share)
            out.emplace_back(pages[i].size(), pages[i].type(), cv::Scalar::all(255));
    }
    return out;
}

}  // namespace

std::vector<cv::Mat> scan_pages(const Truth& truth, const Printed& printed, const Variant& v, std::uint32_t seed) {
    cv::RNG random(seed * 6007 + 5);
    std::vector<cv::Mat> on_glass = sheets(truth, printed, v, seed);
    if (v.spread) on_glass = spreads(on_glass);
    if (v.two_up) on_glass = reduced_pairs(on_glass);
    if (v.blank_pages > 0) on_glass = with_blanks(on_glass, v.blank_pages, random);
    std::vector<cv::Mat> scans;
    for (const cv::Mat& sheet : on_glass)
        scans.push_back(scan(sheet, v.options, seed * 131 + static_cast<std::uint32_t>(scans.size())));
    return scans;
}

std::string make_document(const Truth& truth, const LayoutOptions& layout, const Variant& v, std::uint32_t seed) {
    LayoutOptions options = layout;
    if (v.name == "word") options.cut_rows = true;
    if (v.paper.screen > 0 && options.header_fill == kWhite) options.header_fill = kGrey;
    const Printed printed = print_report(truth, options);
    if (v.dpi == 0) return to_pdf(printed);
    const std::vector<cv::Mat> scans = scan_pages(truth, printed, v, seed);
    return v.tiff ? pictures_to_tiff(scans, v.dpi, v.options.bilevel)
                  : pictures_to_pdf(scans, v.dpi, v.options.jpeg_quality);
}

}  // namespace biaod::synth
