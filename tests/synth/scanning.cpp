#include "tests/synth/scanning.hpp"

#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace biaod::synth {
namespace {

constexpr double kPi = 3.14159265358979323846;

void stamp_seal(cv::Mat& page, cv::RNG& random) {
    const int radius = page.cols / 9;
    const cv::Point centre(page.cols / 2 + random.uniform(-radius, radius),
                           page.rows / 2 + random.uniform(-radius, radius));
    cv::Mat red = page.clone();
    const cv::Scalar ink(40, 40, 215);
    cv::circle(red, centre, radius, ink, std::max(2, radius / 22), cv::LINE_AA);
    std::vector<cv::Point> star;
    for (int i = 0; i < 10; ++i) {
        const double r = radius * (i % 2 == 0 ? 0.33 : 0.13), a = -kPi / 2 + i * kPi / 5;
        star.emplace_back(centre.x + static_cast<int>(r * std::cos(a)), centre.y + static_cast<int>(r * std::sin(a)));
    }
    cv::fillPoly(red, std::vector<std::vector<cv::Point>>{star}, ink, cv::LINE_AA);
    // Ink upon ink: black stays black.
    cv::min(page, red, page);
}

// Where each point of the scan comes from, for skew, perspective and curl together.
cv::Mat distort(const cv::Mat& page, const ScanOptions& o, cv::RNG& random) {
    const auto w = static_cast<float>(page.cols), h = static_cast<float>(page.rows);
    auto moved = [&](float x, float y) {
        const double sx = random.uniform(0.3, 1.0) * o.perspective * w,
                     sy = random.uniform(0.3, 1.0) * o.perspective * h;
        return cv::Point2f(x + static_cast<float>(x > 0 ? -sx : sx), y + static_cast<float>(y > 0 ? -sy : sy));
    };
    const cv::Point2f from[] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    const cv::Point2f to[] = {moved(0, 0), moved(w, 0), moved(w, h), moved(0, h)};
    cv::Mat turn = cv::getRotationMatrix2D({w / 2, h / 2}, -o.skew_deg, 1);
    turn.push_back(cv::Mat((cv::Mat_<double>(1, 3) << 0, 0, 1)));
    const cv::Mat both = turn * cv::getPerspectiveTransform(from, to);
    cv::Mat out;
    cv::warpPerspective(page, out, both, page.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    if (o.curl <= 0) return out;
    cv::Mat map_x(page.size(), CV_32F), map_y(page.size(), CV_32F), curled;
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x) {
            map_x.at<float>(y, x) = static_cast<float>(x);
            map_y.at<float>(y, x) = static_cast<float>(y + o.curl * h * std::sin(kPi * x / w));
        }
    cv::remap(out, curled, map_x, map_y, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    return curled;
}

cv::Mat shaded(const cv::Mat& page, double shade) {
    cv::Mat out = page.clone();
    for (int y = 0; y < out.rows; ++y) {
        auto* row = out.ptr<std::uint8_t>(y);
        for (int x = 0; x < out.cols * out.channels(); ++x) {
            const double far =
                (static_cast<double>(y) / out.rows + static_cast<double>(x) / (out.cols * out.channels())) / 2;
            row[x] = cv::saturate_cast<std::uint8_t>(row[x] * (1 - shade * far));
        }
    }
    return out;
}

}  // namespace

cv::Mat scan(const cv::Mat& page, const ScanOptions& o, std::uint32_t seed) {
    cv::RNG random(seed + 1);
    cv::Mat out = page.clone();
    if (o.seal) stamp_seal(out, random);
    if (o.skew_deg != 0 || o.perspective > 0 || o.curl > 0) out = distort(out, o, random);
    if (!o.colour) cv::cvtColor(out, out, cv::COLOR_BGR2GRAY);
    if (o.blur > 0) cv::GaussianBlur(out, out, {}, o.blur);
    if (o.contrast < 1) out.convertTo(out, -1, o.contrast, 255 * (1 - o.contrast) * 0.97);
    if (o.shade > 0) out = shaded(out, o.shade);
    if (o.noise > 0) {
        cv::Mat noise(out.size(), CV_MAKETYPE(CV_16S, out.channels()));
        random.fill(noise, cv::RNG::NORMAL, 0, o.noise);
        cv::add(out, noise, out, cv::noArray(), out.type());
    }
    for (double specks = o.speckle * static_cast<double>(out.total()); specks > 0; --specks)
        out(cv::Rect(random.uniform(0, out.cols - 1), random.uniform(0, out.rows - 1), 1, 1)).setTo(cv::Scalar::all(0));
    if (o.bilevel) cv::threshold(out, out, 150, 255, cv::THRESH_BINARY);
    if (o.quarter_turns % 4 == 1) cv::rotate(out, out, cv::ROTATE_90_CLOCKWISE);
    if (o.quarter_turns % 4 == 2) cv::rotate(out, out, cv::ROTATE_180);
    if (o.quarter_turns % 4 == 3) cv::rotate(out, out, cv::ROTATE_90_COUNTERCLOCKWISE);
    return out;
}

Variant variant(const std::string& name, std::uint32_t seed) {
    cv::RNG random(seed * 7919 + 3);
    Variant v;
    v.name = name;
    ScanOptions& o = v.options;
    if (name == "digital" || name == "word") return v;
    o.skew_deg = random.uniform(-0.9, 0.9);
    if (name == "scan300") {
        v.dpi = 300;
        o.blur = 0.7;
        o.noise = 5;
        o.jpeg_quality = 82;
    } else if (name == "scan300bw") {
        v.dpi = 300;
        o.blur = 0.6;
        o.noise = 6;
        o.bilevel = true;
        v.tiff = true;
    } else if (name == "scan200seal") {
        v.dpi = 200;
        o.blur = 0.6;
        o.noise = 5;
        o.seal = o.colour = true;
        o.jpeg_quality = 75;
    } else if (name == "fax") {
        v.dpi = 200;
        o.noise = 12;
        o.bilevel = true;
        v.tiff = true;
    } else if (name == "phone") {
        v.dpi = 220;
        o.perspective = 0.012;
        o.curl = 0.003;
        o.shade = 0.3;
        o.noise = 4;
        o.blur = 0.7;
        o.seal = o.colour = true;
        o.jpeg_quality = 70;
    } else if (name == "faint") {
        v.dpi = 240;
        o.skew_deg *= 2.5;
        o.contrast = 0.5;
        o.noise = 5;
        o.blur = 0.7;
        v.tiff = true;
    } else {
        throw std::invalid_argument("unknown variant " + name);
    }
    return v;
}

std::string make_document(const Truth& truth, const LayoutOptions& layout, const Variant& v, std::uint32_t seed) {
    LayoutOptions options = layout;
    if (v.name == "word") options.cut_rows = true;
    const Printed printed = print_report(truth, options);
    if (v.dpi == 0) return to_pdf(printed);
    std::vector<cv::Mat> scans;
    for (const cv::Mat& page : rasterise(printed, v.dpi))
        scans.push_back(scan(page, v.options, seed * 131 + static_cast<std::uint32_t>(scans.size())));
    return v.tiff ? pictures_to_tiff(scans, v.dpi, v.options.bilevel)
                  : pictures_to_pdf(scans, v.dpi, v.options.jpeg_quality);
}

}  // namespace biaod::synth
