#include "layout/rulings/crumbs.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "layout/ink_profile.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kNothing = 6;          // nowhere so long without crumbs,
constexpr double kSpread = 4;           // where the way is so long, in its quarters,
constexpr double kLong = 8;             // where it is longer, in all but one of them;
constexpr double kRow = 0.15;           // to either side of its line: the page's rest of skew;
constexpr double kBeside = 0.2;         // from there on
constexpr double kLeastAlone = 0.04;    // of a way is inked at least, where
constexpr double kClear = 0.5;          // to both sides no ink is;
constexpr double kLine = 2.5;           // a dash is shorter, and any stroke
constexpr double kHole = 0.3;           // in a piece so long
constexpr double kThrough = 0.25;       // of a way that crumbs run through,
constexpr int kThroughParts = 6;        // in each part
constexpr double kStroke = 0.7;         // of writing is longer than these
constexpr double kMoreThan = 3;         // there are so many times fewer,
constexpr double kMoreThanWriting = 2;  // or so many where
constexpr double kDense = 0.4;          // of the way is inked
constexpr double kNone = 0.1;           // and there is as little to the other side;
constexpr double kOwn = 0.4;            // beside a vertical the ink is its own;
constexpr double kThinnest = 3;         // px thick, or
constexpr double kThin = 0.08;          // at most,
constexpr double kThick = 0.05;         // but for a share of them, and one crossing stroke
// Of a side:
constexpr double kDotted = 2.5;  // so far above and below
constexpr int kFewestDots = 4;   // rows of it hold ink

// Whether there is hardly any ink to both sides of `inked` columns of crumbs. Beside dense ones the feet or the heads
// of writing may stand on one side.
bool are_few(int above, int below, int inked, int columns) {
    const auto [least, most] = std::minmax(above, below);
    const bool dense = inked > kDense * columns && least <= kNone * inked;
    return most <= inked / (dense ? kMoreThanWriting : kMoreThan);
}

int empty_parts(const cv::Mat& crumbs, int parts) {
    const int part = crumbs.cols / parts;
    int empty = 0;
    for (int i = 0; i < parts; ++i) empty += cv::countNonZero(crumbs.colRange(i * part, (i + 1) * part)) == 0;
    return empty;
}

int widest_gap(const cv::Mat& columns) {
    int widest = 0, gap = 0;
    for (int x = 0; x < columns.cols; ++x) {
        gap = columns.at<int>(0, x) == 0 ? gap + 1 : 0;
        widest = std::max(widest, gap);
    }
    return widest;
}

// How long the longest piece is that has no wider hole.
int longest_line(const cv::Mat& columns, int hole) {
    int longest = 0, from = 0, last = -1;
    for (int x = 0; x < columns.cols; ++x) {
        if (columns.at<int>(0, x) == 0) continue;
        if (last < 0 || x - last > hole) from = x;
        last = x;
        longest = std::max(longest, x + 1 - from);
    }
    return longest;
}

}  // namespace

// How much ink each column holds between the rows `top` and `bottom`; CV_32S.
cv::Mat Crumbs::columns(double from, double to, double top, double bottom) const {
    const cv::Rect box(cv::Point(cvFloor(from), cvRound(top)), cv::Point(cvCeil(to), cvRound(bottom) + 1));
    return column_profile(faint_(box & cv::Rect({0, 0}, faint_.size())));
}

void Crumbs::take_out_verticals(cv::Mat& columns, double at, double from) const {
    for (const Ruling& r : rulings_) {
        if (r.horizontal || r.from > at + unit_ || r.to < at - unit_) continue;
        const double own = kOwn * unit_ + r.thickness;
        const cv::Range range(std::clamp(cvFloor(r.at - own - from), 0, columns.cols),
                              std::clamp(cvCeil(r.at + own - from), 0, columns.cols));
        if (!range.empty()) columns.colRange(range).setTo(0);
    }
}

// Whether crumbs are in each quarter of a long way but one, and in two of a shorter one, or `everywhere`, and then in
// both halves of a short way: the strokes of a character are in one or two. Where a piece is longer than any stroke,
// two quarters are enough.
bool Crumbs::is_spread(const cv::Mat& crumbs, bool everywhere) const {
    if (longest_line(crumbs, cvRound(kHole * unit_)) > kLine * unit_ && empty_parts(crumbs, 4) <= 2) return true;
    if (crumbs.cols < kSpread * unit_) return !everywhere || empty_parts(crumbs, 2) == 0;
    return empty_parts(crumbs, 4) <= (everywhere ? 0 : crumbs.cols < kLong * unit_ ? 2 : 1);
}

bool Crumbs::lead(double at, double from, double to, bool everywhere) const {
    const double reach = kRow * unit_ + 1;
    cv::Mat crumbs = columns(from, to, at - reach, at + reach);
    cv::Mat beside[2] = {columns(from, to, at - reach - kBeside * unit_, at - reach),
                         columns(from, to, at + reach, at + reach + kBeside * unit_)};
    if (crumbs.empty() || beside[0].empty() || beside[1].empty()) return false;
    for (cv::Mat* row : {&crumbs, &beside[0], &beside[1]}) take_out_verticals(*row, at, from);
    const int inked = cv::countNonZero(crumbs);
    const int above = cv::countNonZero(beside[0]), below = cv::countNonZero(beside[1]);
    const auto is_blank = [&](double top, double bottom) {
        cv::Mat row = columns(from, to, top, bottom);
        take_out_verticals(row, at, from);
        return cv::countNonZero(row) == 0;
    };
    const double far = reach + kClear * unit_;
    const auto is_alone = [&] { return is_blank(at - far, at - reach) && is_blank(at + reach, at + far); };
    const bool enough =
        inked > kLeastCrumbs * crumbs.cols || (inked > std::max(1.0, kLeastAlone * crumbs.cols) && is_alone());
    return enough && is_spread(crumbs, everywhere) && are_thin(crumbs) && are_few(above, below, inked, crumbs.cols) &&
           widest_gap(crumbs) < kNothing * unit_;
}

bool Crumbs::run_through(double at, double from, double to) const {
    const double reach = kRow * unit_ + 1;
    const cv::Mat crumbs = columns(from, to, at - reach, at + reach);
    if (crumbs.empty() || empty_parts(crumbs, kThroughParts) > 0) return false;
    if (cv::countNonZero(crumbs) < kThrough * crumbs.cols || longest_line(crumbs, 1) > kStroke * unit_) return false;
    const auto is_blank = [&](double top) {
        return cv::countNonZero(columns(from, to, top, top + kBeside * unit_)) == 0;
    };
    return are_thin(crumbs) && (is_blank(at - reach - kBeside * unit_) || is_blank(at + reach));
}

bool Crumbs::are_thin(const cv::Mat& crumbs) const {
    const int thick = cv::countNonZero(crumbs > std::max(kThinnest, kThin * unit_));
    return thick <= kThinnest + kThick * cv::countNonZero(crumbs);
}

bool Crumbs::are_traces(double at, double from, double to) const {
    cv::Mat crumbs = columns(from, to, at - kRow * unit_ - 1, at + kRow * unit_ + 1);
    if (crumbs.empty()) return false;
    take_out_verticals(crumbs, at, from);
    return empty_parts(crumbs, 4) <= 2;
}

bool Crumbs::are_more_than_beside(double at, double from, double to) const {
    const double reach = kRow * unit_ + 1;
    const auto inked = [&](double top, double bottom) {
        cv::Mat row = columns(from, to, top, bottom);
        if (!row.empty()) take_out_verticals(row, at, from);
        return row.empty() ? 0 : cv::countNonZero(row);
    };
    const int beside = std::max(inked(at - 3 * reach, at - reach - 1), inked(at + reach + 1, at + 3 * reach));
    return inked(at - reach, at + reach) > kMoreThan * beside;
}

double Crumbs::last(double at, double from, double to) const {
    const double reach = kRow * unit_ + 1;
    const cv::Mat crumbs = columns(std::min(from, to), std::max(from, to), at - reach, at + reach);
    if (crumbs.empty() || cv::countNonZero(crumbs) == 0) return 0;
    const cv::Rect inked = cv::boundingRect(crumbs != 0);
    return to > from ? inked.br().x : crumbs.cols - inked.x;
}

double Crumbs::share_of_side(double side, double at) const {
    const auto dots = [&](double from, double to, double top, double bottom) {
        const cv::Rect box(cv::Point(cvRound(from), cvRound(top)), cv::Point(cvRound(to), cvRound(bottom)));
        const cv::Mat rows = inked_rows(faint_(box & cv::Rect({0, 0}, faint_.size())));
        return rows.empty() ? 0 : cv::countNonZero(rows);
    };
    const double half = kRow * unit_, beyond = half + kBeside / 2 * unit_;
    const double top = at - kDotted * unit_, bottom = at + kDotted * unit_;
    const int above = dots(side - half, side + half, top, at), below = dots(side - half, side + half, at, bottom);
    const int beside =
        std::max(dots(side - beyond, side - half, top, bottom), dots(side + half, side + beyond, top, bottom));
    if (above + below < std::max(double{kFewestDots}, kMoreThan * beside)) return 0;
    return std::max(above, below) / (kDotted * unit_);
}

}  // namespace biaod::layout
