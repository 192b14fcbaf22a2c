#include "tests/synth/paper.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tests/synth/imprint.hpp"

namespace biaod::synth {
namespace {

constexpr double kMmPerInch = 25.4;

int px(double mm, double dpi) { return std::max(1, static_cast<int>(std::lround(mm * dpi / kMmPerInch))); }

// Ink upon ink: each channel is darkened by the coverage (CV_8U) of an ink; what is black stays black.
void lay_ink(cv::Mat& page, const cv::Mat& coverage, const cv::Scalar& ink) {
    for (int y = 0; y < page.rows; ++y) {
        auto* row = page.ptr<cv::Vec3b>(y);
        const auto* cover = coverage.ptr<std::uint8_t>(y);
        for (int x = 0; x < page.cols; ++x) {
            if (cover[x] == 0) continue;
            for (int c = 0; c < 3; ++c)
                row[x][c] = cv::saturate_cast<std::uint8_t>(row[x][c] * (1 - cover[x] / 255.0 * (1 - ink[c] / 255.0)));
        }
    }
}

// Whites gaps into the rulings of `dark` that are level, or those that are upright.
void break_along(cv::Mat& page, const cv::Mat& dark, bool level, double share, double dpi, cv::RNG& random) {
    const int longest = px(9, dpi);  // no stroke of a character is that long
    cv::Mat rulings;
    cv::morphologyEx(dark, rulings, cv::MORPH_OPEN, cv::Mat::ones(level ? 1 : longest, level ? longest : 1, CV_8U));
    cv::Mat labels, stats, centroids;
    const int count = cv::connectedComponentsWithStats(rulings, labels, stats, centroids);
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        const int end = level ? box.br().x : box.br().y;
        // Edges of the strokes are lighter than `dark`, so one px more goes on either side.
        const cv::Rect sheet(0, 0, page.cols, page.rows);
        for (int at = level ? box.x : box.y; at < end;) {
            const double mean_gap = 2.5, mean_print = std::max(8.0, mean_gap * (1 - share) / share);
            at += px(random.uniform(0.4, 1.6) * mean_print, dpi);
            const int gap = px(random.uniform(1.0, 4.0), dpi);
            const cv::Rect lost = level ? cv::Rect(at, box.y - 1, std::min(gap, end - at), box.height + 2)
                                        : cv::Rect(box.x - 1, at, box.width + 2, std::min(gap, end - at));
            if (at < end) page(lost & sheet).setTo(cv::Scalar::all(255));
            at += gap;
        }
    }
}

// A stroke of a pen along a curve through three points.
void pen_stroke(cv::Mat& cover, cv::Point2d a, cv::Point2d b, cv::Point2d c, double width) {
    constexpr int kSteps = 24, kShift = 4;  // positions in sixteenths of a px
    std::vector<cv::Point> points;
    for (int i = 0; i <= kSteps; ++i) {
        const double t = static_cast<double>(i) / kSteps;
        const cv::Point2d p = (1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * c;
        points.emplace_back(cv::Point2d(p * (1 << kShift)));
    }
    cv::polylines(cover, points, false, cv::Scalar(230), std::max(1, static_cast<int>(std::lround(width))), cv::LINE_AA,
                  kShift);
}

// The middle of the print of a page, in px; a random figure where there are some.
cv::Point place_of_seal(const cv::Mat& picture, const DrawnPage& printed, double dpi, cv::RNG& random) {
    const double scale = dpi / 72;
    if (!printed.figures.empty()) {
        const auto n = static_cast<int>(printed.figures.size());
        const cv::Rect2d& f = printed.figures[static_cast<std::size_t>(random.uniform(0, n))];
        return {static_cast<int>((f.x + f.width / 2) * scale), static_cast<int>((f.y + f.height / 2) * scale)};
    }
    double lowest = 0;
    for (const DrawnText& text : printed.texts)
        if (text.y < 780) lowest = std::max(lowest, text.y);  // a page number is further down
    return {static_cast<int>(picture.cols * random.uniform(0.45, 0.7)), static_cast<int>(lowest * scale)};
}

}  // namespace

cv::Mat cloud(cv::Size size, int cells, cv::RNG& random) {
    const double longer = std::max(size.width, size.height);
    cv::Mat small(std::max(2, static_cast<int>(cells * size.height / longer)),
                  std::max(2, static_cast<int>(cells * size.width / longer)), CV_32F);
    random.fill(small, cv::RNG::UNIFORM, -1.0, 1.0);
    cv::Mat field;
    cv::resize(small, field, size, 0, 0, cv::INTER_CUBIC);
    return cv::max(-1, cv::min(1, field));
}

void screen_fills(cv::Mat& page, const std::vector<DrawnFill>& fills, double lines_per_inch, double dpi,
                  cv::RNG& random) {
    constexpr int kFiner = 4;  // a point of the page is as black as dots cover of it
    const double angle = (45 + random.uniform(-3.0, 3.0)) * CV_PI / 180, period = kFiner * dpi / lines_per_inch;
    const double cos = std::cos(angle) / period, sin = std::sin(angle) / period;
    for (const DrawnFill& fill : fills) {
        const cv::Vec3b colour(fill.colour & 0xFF, fill.colour >> 8 & 0xFF, fill.colour >> 16 & 0xFF);
        const double share = 1 - (colour[0] + colour[1] + colour[2]) / 3.0 / 255, squared_radius = share / CV_PI;
        const auto inked = [&](int x, int y) {
            const double u = x * cos + y * sin, v = y * cos - x * sin;
            return std::pow(u - std::round(u), 2) + std::pow(v - std::round(v), 2) < squared_radius;
        };
        const double scale = dpi / 72;
        const cv::Rect place = cv::Rect(cv::Point(fill.place.tl() * scale), cv::Point(fill.place.br() * scale)) &
                               cv::Rect({0, 0}, page.size());
        for (int y = place.y; y < place.br().y; ++y)
            for (int x = place.x; x < place.br().x; ++x) {
                auto& point = page.at<cv::Vec3b>(y, x);
                if (point != colour) continue;  // print upon it
                int dots = 0;
                for (int i = 0; i < kFiner * kFiner; ++i)
                    dots += inked(kFiner * x + i % kFiner, kFiner * y + i / kFiner);
                point = cv::Vec3b::all(cv::saturate_cast<std::uint8_t>(255 - 255.0 * dots / (kFiner * kFiner)));
            }
    }
}

void break_rulings(cv::Mat& page, double share, double dpi, cv::RNG& random) {
    cv::Mat gray, dark;
    cv::cvtColor(page, gray, cv::COLOR_BGR2GRAY);
    cv::threshold(gray, dark, 200, 255, cv::THRESH_BINARY_INV);
    // A filled area is no ruling; those that cross it stay whole.
    cv::Mat fills;
    const int thicker_than_rulings = px(1.5, dpi);
    cv::morphologyEx(dark, fills, cv::MORPH_OPEN, cv::Mat::ones(thicker_than_rulings, thicker_than_rulings, CV_8U));
    cv::dilate(fills, fills, cv::Mat::ones(3, 3, CV_8U));
    dark.setTo(0, fills);
    for (const bool level : {true, false}) break_along(page, dark, level, share, dpi, random);
}

void wear_toner(cv::Mat& page, double share, cv::RNG& random) {
    const cv::Mat field = cloud(page.size(), 24, random);
    for (int y = 0; y < page.rows; ++y) {
        auto* row = page.ptr<cv::Vec3b>(y);
        const auto* f = field.ptr<float>(y);
        for (int x = 0; x < page.cols; ++x) {
            const double kept = 1 - share * (1 + f[x]) / 2;
            for (int c = 0; c < 3; ++c) row[x][c] = cv::saturate_cast<std::uint8_t>(255 - (255 - row[x][c]) * kept);
        }
    }
}

void show_back(cv::Mat& page, const cv::Mat& back, double strength, double dpi) {
    cv::Mat through;
    cv::flip(back, through, 1);
    cv::GaussianBlur(through, through, {}, std::max(0.5, dpi / 150));  // paper scatters
    through.convertTo(through, -1, strength, 255 * (1 - strength));
    cv::multiply(page, through, page, 1.0 / 255);
}

void punch_holes(cv::Mat& page, double dpi, cv::RNG& random) {
    // ISO 838: 6 mm wide, 80 mm apart, 12 mm from the edge, about the middle of the side.
    const double middle = page.rows / 2.0 + px(random.uniform(0.1, 4.0), dpi);
    const int x = px(12 + random.uniform(-1.5, 1.5), dpi), radius = px(3, dpi);
    for (const double side : {-40.0, 40.0}) {
        const cv::Point centre(x, static_cast<int>(middle + side * dpi / kMmPerInch));
        cv::circle(page, centre, radius, cv::Scalar::all(150), px(0.5, dpi), cv::LINE_AA);  // the rim's shadow
        cv::circle(page, centre, radius, cv::Scalar::all(random.uniform(15, 70)), cv::FILLED, cv::LINE_AA);
    }
}

void staple(cv::Mat& page, double dpi, cv::RNG& random) {
    const cv::Point2d middle(px(random.uniform(9.0, 13.0), dpi), px(random.uniform(9.0, 13.0), dpi));
    const double angle = random.uniform(-1.1, -0.5), half = px(5.5, dpi);
    const cv::Point2d along(half * std::cos(angle), half * std::sin(angle));
    const int width = px(0.5, dpi);
    auto bar = [&](cv::Point2d shift, int thickness, int grey) {
        cv::line(page, cv::Point(middle - along + shift), cv::Point(middle + along + shift), cv::Scalar::all(grey),
                 thickness, cv::LINE_AA);
    };
    bar({px(0.4, dpi) * 1.0, px(0.5, dpi) * 1.0}, width + px(0.5, dpi), 175);  // its shadow
    bar({0, 0}, width + 1, 60);
    bar({0, 0}, std::max(1, width / 2), 205);  // light along the wire
}

void draw_ticks(cv::Mat& page, const std::vector<cv::Rect2d>& figures, double dpi, cv::RNG& random) {
    if (figures.empty()) return;
    const cv::Scalar pens[] = {{150, 50, 30}, {50, 40, 200}, {90, 90, 90}};  // blue, red, pencil
    const cv::Scalar ink = pens[random.uniform(0, 3)];
    const double mm = dpi / kMmPerInch, width = 0.45 * mm;
    cv::Mat cover(page.size(), CV_8U, cv::Scalar(0));
    auto about = [&](double value) { return value * random.uniform(0.75, 1.25) * mm; };
    const int marks = std::clamp(static_cast<int>(figures.size()) / 8, 2, 12);
    for (int i = 0; i < marks; ++i) {
        const cv::Rect2d& f = figures[static_cast<std::size_t>(random.uniform(0, static_cast<int>(figures.size())))];
        const cv::Point2d right(f.x + f.width, f.y + f.height / 2);
        if (random.uniform(0, 3) > 0) {
            const cv::Point2d foot = right + cv::Point2d(about(2.2), about(1.5));
            const cv::Point2d head = foot + cv::Point2d(about(3.5), -about(5));
            pen_stroke(cover, foot - cv::Point2d(about(1.2), about(1.8)), foot - cv::Point2d(0.4 * mm, 0.6 * mm), foot,
                       width);
            pen_stroke(cover, foot, foot + cv::Point2d(about(0.8), -about(2.5)), head, width);
        } else {
            const cv::Point2d from(f.x - about(1), f.y + f.height * random.uniform(0.3, 0.9));
            const cv::Point2d to(right.x + about(1), f.y + f.height * random.uniform(0.1, 0.7));
            pen_stroke(cover, from, (from + to) / 2 + cv::Point2d(0, about(0.4)), to, width);
        }
    }
    lay_ink(page, cover, ink);
}

void stamp_seal(cv::Mat& page, cv::Point centre, const std::string& name, double dpi, cv::RNG& random) {
    const int radius = px(21, dpi);
    cv::Mat imprint = seal_imprint(name, radius, name.empty() ? 0 : random.uniform(-20.0, 20.0));
    if (!name.empty()) {  // a hand presses unevenly, and the ink has holes
        const double pressure = random.uniform(0.55, 0.85);
        const cv::Mat pressed =
            pressure + 0.25 * cloud(imprint.size(), 5, random) + 0.15 * cloud(imprint.size(), radius / 2, random);
        imprint.convertTo(imprint, CV_32F);
        imprint = imprint.mul(pressed);
        imprint.convertTo(imprint, CV_8U);
    }
    cv::Mat cover(page.size(), CV_8U, cv::Scalar(0));
    const cv::Rect whole(centre.x - radius, centre.y - radius, 2 * radius, 2 * radius);
    const cv::Rect on_page = whole & cv::Rect(0, 0, page.cols, page.rows);
    if (on_page.empty()) return;
    imprint(on_page - whole.tl()).copyTo(cover(on_page));
    lay_ink(page, cover, {40, 40, 215});
}

void print_watermark(cv::Mat& page, double dpi, cv::RNG& random) {
    const char* const words[] = {"仅供内部使用", "样本", "内部资料", "政府信息公开", "复印无效"};
    const std::string text = words[random.uniform(0, 5)];
    const bool again = random.uniform(0, 2) == 0;
    const double height = again ? px(random.uniform(8.0, 14.0), dpi) : px(random.uniform(25.0, 45.0), dpi);
    const cv::Mat cover = watermark_imprint(text, page.size(), height, random.uniform(-50.0, -20.0), again);
    lay_ink(page, cover, cv::Scalar::all(random.uniform(185.0, 230.0)));
}

void mark_paper(cv::Mat& picture, const DrawnPage& printed, const cv::Mat& back, const std::string& issuer,
                const PaperMarks& marks, double dpi, std::uint32_t seed) {
    cv::RNG random(seed + 7);
    if (marks.screen > 0) screen_fills(picture, printed.fills, marks.screen, dpi, random);
    if (marks.watermark) print_watermark(picture, dpi, random);
    if (marks.broken > 0) break_rulings(picture, marks.broken, dpi, random);
    if (marks.toner > 0) wear_toner(picture, marks.toner, random);
    if (marks.bleed > 0 && !back.empty()) show_back(picture, back, marks.bleed, dpi);
    if (marks.ticks) {
        std::vector<cv::Rect2d> figures;
        for (const cv::Rect2d& f : printed.figures)
            figures.emplace_back(f.x * dpi / 72, f.y * dpi / 72, f.width * dpi / 72, f.height * dpi / 72);
        draw_ticks(picture, figures, dpi, random);
    }
    if (marks.seal == PaperMarks::Seal::plain) {
        const int r = px(21, dpi);
        stamp_seal(picture, {picture.cols / 2 + random.uniform(-r, r), picture.rows / 2 + random.uniform(-r, r)}, "",
                   dpi, random);
    }
    if (marks.seal == PaperMarks::Seal::lettered)
        stamp_seal(picture, place_of_seal(picture, printed, dpi, random), issuer, dpi, random);
    if (marks.holes) {
        punch_holes(picture, dpi, random);
        staple(picture, dpi, random);
    }
}

}  // namespace biaod::synth
