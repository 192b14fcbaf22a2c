#include "tests/synth/scanner.hpp"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace biaod::synth {
namespace {

constexpr double kPi = 3.14159265358979323846;

// Where each point of the scan comes from, for skew, perspective, curl and waves together.
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
    const cv::Scalar beyond = cv::Scalar::all(o.surround);
    cv::warpPerspective(page, out, both, page.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, beyond);
    if (o.curl <= 0 && o.wave <= 0) return out;
    const double phase = o.wave > 0 ? random.uniform(0.0, 2 * kPi) : 0;
    cv::Mat map_x(page.size(), CV_32F), map_y(page.size(), CV_32F), curled;
    for (int y = 0; y < page.rows; ++y) {
        const double bulge = o.curl * h * (1 - o.twist * y / h);
        for (int x = 0; x < page.cols; ++x) {
            map_x.at<float>(y, x) = static_cast<float>(x);
            const double wave = o.wave * h * std::sin(2 * kPi * x / (w * o.wave_length) + phase);
            map_y.at<float>(y, x) = static_cast<float>(y + bulge * std::sin(kPi * x / w) + wave);
        }
    }
    cv::remap(out, curled, map_x, map_y, cv::INTER_LINEAR, cv::BORDER_CONSTANT, beyond);
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

// A shadow with soft edges that reaches in from the side over a part of the page.
cv::Mat shadowed(const cv::Mat& page, double depth, cv::RNG& random) {
    constexpr int kSmall = 128;
    cv::Mat light(kSmall, kSmall, CV_32F, cv::Scalar(1));
    const int top = random.uniform(0, kSmall / 2), reach = random.uniform(kSmall / 3, 4 * kSmall / 5);
    const int foot = top + random.uniform(kSmall / 4, kSmall / 2), lean = random.uniform(-20, 20);
    const std::vector<cv::Point> shape = {
        {kSmall, top}, {kSmall - reach, top + lean}, {kSmall - reach - 8, foot - lean}, {kSmall, foot + 20}};
    cv::fillPoly(light, std::vector<std::vector<cv::Point>>{shape}, cv::Scalar(1 - depth));
    cv::GaussianBlur(light, light, {}, random.uniform(2.0, 8.0));
    if (random.uniform(0, 2) == 0) cv::flip(light, light, 1);
    cv::resize(light, light, page.size(), 0, 0, cv::INTER_CUBIC);
    if (page.channels() == 3) cv::merge(std::vector<cv::Mat>(3, light), light);
    cv::Mat out;
    cv::multiply(page, light, out, 1, page.type());
    return out;
}

// Ink and dust: mostly single px, some of two and three.
void strew_specks(cv::Mat& page, double share, cv::RNG& random) {
    for (double specks = share * static_cast<double>(page.total()); specks > 0; --specks) {
        const int w = 1 + random.uniform(0, 4) / 3 + random.uniform(0, 8) / 7, h = 1 + random.uniform(0, 4) / 3;
        const cv::Point at(random.uniform(0, page.cols - w), random.uniform(0, page.rows - h));
        page(cv::Rect(at, cv::Size(w, h))).setTo(cv::Scalar::all(random.uniform(0, 90)));
    }
}

// The sheet lies somewhere on a glass that is larger.
cv::Mat on_glass(const cv::Mat& page, const ScanOptions& o, cv::RNG& random) {
    auto side = [&] { return static_cast<int>(random.uniform(0.15, 1.0) * o.border * page.cols); };
    const int top = side(), bottom = side(), left = side(), right = side();
    cv::Mat out;
    cv::copyMakeBorder(page, out, top, bottom, left, right, cv::BORDER_CONSTANT, cv::Scalar::all(o.surround));
    if (o.grain > 0) {
        cv::Mat grain(out.size(), CV_32F);
        random.fill(grain, cv::RNG::NORMAL, 0, 1);
        cv::GaussianBlur(grain, grain, {151, 5}, 40, 1.5);
        cv::Scalar mean, deviation;
        cv::meanStdDev(grain, mean, deviation);
        grain.convertTo(grain, CV_8U, o.grain * o.surround / deviation[0], o.surround);
        cv::cvtColor(grain, grain, cv::COLOR_GRAY2BGR);
        page.copyTo(grain(cv::Rect({left, top}, page.size())));
        out = grain;
    }
    return out;
}

// Over one to three px; they take more and less of the light on their way, and one in four comes off before its end.
void draw_streaks(cv::Mat& page, cv::RNG& random) {
    for (int left = random.uniform(1, 5); left > 0; --left) {
        const int width = random.uniform(1, 4);
        const int x = random.uniform(0, page.cols - width);
        cv::Mat taken(random.uniform(2, 12), 1, CV_32F);
        random.fill(taken, cv::RNG::UNIFORM, 0.7, 1.3);
        taken *= random.uniform(0.1, 0.4);
        cv::resize(taken, taken, {1, page.rows}, 0, 0, cv::INTER_LINEAR);
        const int end = random.uniform(0, 4) == 0 ? cvRound(random.uniform(0.3, 1.0) * page.rows) : page.rows;
        for (int y = 0; y < end; ++y) {
            cv::Mat part = page(cv::Rect(x, y, width, 1));
            part.convertTo(part, -1, 1 - taken.at<float>(y));
        }
    }
}

}  // namespace

cv::Mat scan(const cv::Mat& page, const ScanOptions& o, std::uint32_t seed) {
    cv::RNG random(seed + 1);
    ScanOptions turned = o;
    if (o.skew_spread > 0) turned.skew_deg += random.uniform(-o.skew_spread, o.skew_spread);
    cv::Mat out = o.border > 0 ? on_glass(page, o, random) : page.clone();
    if (turned.skew_deg != 0 || o.perspective > 0 || o.curl > 0 || o.wave > 0) out = distort(out, turned, random);
    if (!o.colour) cv::cvtColor(out, out, cv::COLOR_BGR2GRAY);
    if (o.blur > 0) cv::GaussianBlur(out, out, {}, o.blur);
    if (o.contrast < 1) out.convertTo(out, -1, o.contrast, 255 * (1 - o.contrast) * 0.97);
    if (o.shade > 0) out = shaded(out, o.shade);
    if (o.shadow > 0) out = shadowed(out, o.shadow, random);
    if (o.streaks) draw_streaks(out, random);
    if (o.noise > 0) {
        cv::Mat noise(out.size(), CV_MAKETYPE(CV_16S, out.channels()));
        random.fill(noise, cv::RNG::NORMAL, 0, o.noise);
        cv::add(out, noise, out, cv::noArray(), out.type());
    }
    if (o.speckle > 0) strew_specks(out, o.speckle, random);
    if (o.bilevel) cv::threshold(out, out, o.threshold, 255, cv::THRESH_BINARY);
    if (o.quarter_turns % 4 == 1) cv::rotate(out, out, cv::ROTATE_90_CLOCKWISE);
    if (o.quarter_turns % 4 == 2) cv::rotate(out, out, cv::ROTATE_180);
    if (o.quarter_turns % 4 == 3) cv::rotate(out, out, cv::ROTATE_90_COUNTERCLOCKWISE);
    return out;
}

}  // namespace biaod::synth
