#include "layout/cleaning/show_through.hpp"

#include <algorithm>
#include <array>

#include "layout/cleaning/levels.hpp"
#include "layout/ink_profile.hpp"
#include "layout/kernel.hpp"

namespace biaod::layout {
namespace {

constexpr double kPoints = 8;          // of a coarse picture, to a character's height; the unit of what follows
constexpr double kTwin = 0.4;          // character heights between the strokes of a double ruling,
constexpr double kShared = 0.8;        // which share so much of their length
constexpr double kPrinted = 0.45;      // of the darkest ink's darkness, at least: strokes of the front
constexpr double kShown = 0.28;        // at most: of the back
constexpr int kPale = 10;              // grey levels below paper, of a coarse point
constexpr int kBlur = 1;               // points to either side of a ruling that it darkens,
constexpr int kAround = 3;             // and those next to them, of which the middle one is looked at
constexpr int kLongestStroke = 6;      // points along a ruling: longer are fills and shadows
constexpr int kPassages = 10;          // of strokes over rulings
constexpr int kPassedRulings = 5;      // that they pass at the least
constexpr double kDarkerShare = 0.05;  // of the pale points: specks, thin strokes
constexpr int kMargin = 4;             // grey levels
constexpr int kRamp = 16;              // grey levels, down to the strokes that stay as they are

// Points along a ruling; 0 is paper.
constexpr int kPaleHere = 255;
constexpr int kUnknown = 1;  // a ruling across, or print

// The strokes of double rulings as one, no farther from each other than `reach`: beside each is the other.
std::vector<Ruling> twins_as_one(std::vector<Ruling> rulings, double reach) {
    std::ranges::sort(rulings, {}, &Ruling::at);
    std::vector<Ruling> joined;
    for (const Ruling& r : rulings) {
        const auto twin = std::ranges::find_if(joined, [&](const Ruling& other) {
            const double edge = other.at + other.thickness / 2,
                         shared = std::min(r.to, other.to) - std::max(r.from, other.from);
            return other.horizontal == r.horizontal && r.at - r.thickness / 2 - edge < reach &&
                   shared > kShared * std::max(r.length(), other.length());
        });
        if (twin == joined.end()) {
            joined.push_back(r);
            continue;
        }
        const double first = twin->at - twin->thickness / 2,
                     last = std::max(twin->at + twin->thickness / 2, r.at + r.thickness / 2);
        *twin = {
            r.horizontal, (first + last) / 2, std::max(r.from, twin->from), std::min(r.to, twin->to), last - first, 0};
    }
    return joined;
}

class Back {
  public:
    Back(const cv::Mat& gray, const std::vector<Ruling>& rulings, double char_height)
        : gray_(gray),
          rulings_(twins_as_one(rulings, kTwin * char_height)),
          step_(std::max(1, cvRound(char_height / kPoints))),
          contrast_(255 - Levels(gray).darkest()) {}

    int level() const { return passes_over_rulings() ? darkest() : 255; }

  private:
    bool passes_over_rulings() const {
        int all = 0, passed = 0;
        for (const Ruling& r : rulings_) {
            const int here = passages(r);
            all += here;
            passed += here > 0;
            if (all >= kPassages && passed >= kPassedRulings) return true;
        }
        return false;
    }

    // How often pale strokes pass the ruling, with paper before and behind, and apart from others across it.
    int passages(const Ruling& r) const {
        const int length = cvFloor(r.length() / step_);
        if (length < 1) return 0;
        cv::Mat printed = cv::Mat::zeros(1, length, CV_8UC1);
        cv::Mat pale = pale_beside(r, -1, printed) & pale_beside(r, 1, printed);
        pale.setTo(kUnknown, printed);
        for (const Ruling& other : rulings_) {
            if (other.horizontal == r.horizontal || !touch(r, other, kAround * step_)) continue;
            const double half = other.thickness / 2 + kBlur * step_;
            const cv::Range own(std::clamp(cvFloor((other.at - half - r.from) / step_), 0, length),
                                std::clamp(cvCeil((other.at + half - r.from) / step_), 0, length));
            if (!own.empty()) pale.colRange(own).setTo(kUnknown);
        }
        int passed = 0, from = length;  // of a stroke that began behind paper
        for (int x = 0; x < length; ++x) {
            const int point = pale.at<std::uint8_t>(0, x), before = x == 0 ? kUnknown : pale.at<std::uint8_t>(0, x - 1);
            if (point == kPaleHere && before == 0) from = x;
            if (point == 0 && before == kPaleHere) passed += from < x && x - from <= kLongestStroke;
            if (point == kUnknown) from = length;
        }
        return passed;
    }

    // Where strokes lie beside the ruling, above or left of it (`side` -1) or below or right of it (1): a row of points
    // along it, kPaleHere or 0. Adds to `printed`, as long, where print is near.
    cv::Mat pale_beside(const Ruling& r, int side, cv::Mat& printed) const {
        const int length = printed.cols;
        const double near = r.at + side * (r.thickness / 2 + kBlur * step_), far = near + side * kAround * step_;
        const cv::Range along(cvRound(r.from), cvRound(r.from) + length * step_);
        const cv::Range across(cvRound(std::min(near, far)), cvRound(std::max(near, far)));
        const cv::Rect box = r.horizontal ? cv::Rect(along.start, across.start, along.size(), across.size())
                                          : cv::Rect(across.start, along.start, across.size(), along.size());
        if ((box & cv::Rect({0, 0}, gray_.size())) != box) return cv::Mat::zeros(1, length, CV_8UC1);
        const cv::Mat strip = r.horizontal ? gray_(box) : cv::Mat(gray_(box).t());
        cv::Mat mean, least = darkest_of_columns(strip);
        cv::resize(strip.rowRange(strip.rows / kAround, strip.rows - strip.rows / kAround), mean, {length, 1}, 0, 0,
                   cv::INTER_AREA);
        cv::erode(least, least, box_kernel(kAround * step_ | 1, 1));
        cv::resize(least, least, {length, 1}, 0, 0, cv::INTER_NEAREST);
        printed |= least < 255 - kPrinted * contrast_;
        return mean < 255 - kPale;
    }

    // Of what is pale on the whole page.
    int darkest() const {
        const double scale = 1.0 / step_;
        cv::Mat coarse, least, printed;
        cv::resize(gray_, coarse, {}, scale, scale, cv::INTER_AREA);
        cv::erode(gray_, least, box_kernel(step_ | 1));
        cv::resize(least, least, coarse.size(), 0, 0, cv::INTER_NEAREST);
        cv::dilate(least < 255 - kPrinted * contrast_, printed, box_kernel(3));
        cv::Mat pale = coarse < 255 - kPale;
        pale.setTo(0, printed);
        for (const Ruling& r : rulings_) erase(r, pale);
        std::array<int, 256> counts{};
        for (int y = 0; y < pale.rows; ++y)
            for (int x = 0; x < pale.cols; ++x)
                if (pale.at<std::uint8_t>(y, x) != 0) ++counts[least.at<std::uint8_t>(y, x)];
        const double most = kDarkerShare * cv::countNonZero(pale);
        if (most == 0) return 255;
        int level = 0;
        for (double seen = 0; level < 255; ++level)
            if ((seen += counts[static_cast<std::size_t>(level)]) > most) break;
        return level - kMargin < 255 - kShown * contrast_ ? 255 : level - kMargin;
    }

    // A hairline may be pale itself.
    void erase(const Ruling& r, cv::Mat& points) const {
        const double half = r.thickness / 2 + kBlur * step_;
        cv::Point2d from(r.from, r.at - half), to(r.to, r.at + half);
        if (!r.horizontal) from = {from.y, from.x}, to = {to.y, to.x};
        const cv::Rect box(cv::Point(cvFloor(from.x / step_), cvFloor(from.y / step_)),
                           cv::Point(cvCeil(to.x / step_), cvCeil(to.y / step_)));
        points(box & cv::Rect({0, 0}, points.size())).setTo(0);
    }

    const cv::Mat& gray_;
    std::vector<Ruling> rulings_;
    int step_;         // px to a point
    double contrast_;  // grey levels between paper and the darkest ink
};

}  // namespace

int show_through_level(const cv::Mat& even_gray, const std::vector<Ruling>& rulings, double char_height) {
    return Back(even_gray, rulings, char_height).level();
}

void whiten_from(int level, cv::Mat& even_gray) {
    cv::Mat table(1, 256, CV_8UC1);
    for (int i = 0; i < 256; ++i) {
        const int from = level - kRamp;
        const int ramp = i < from ? i : from + (i - from) * (255 - from) / kRamp;
        table.at<std::uint8_t>(i) = static_cast<std::uint8_t>(i >= level ? 255 : ramp);
    }
    cv::LUT(even_gray, table, even_gray);
}

}  // namespace biaod::layout
