#include "ocr/figure_shape.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "layout/runs.hpp"
#include "models/median.hpp"
#include "ocr/figure_pieces.hpp"

namespace biaod::ocr {
namespace {

constexpr double kLargestSpeck = 3;      // px, or
constexpr double kSpeck = 0.12;          // of the character's height
constexpr double kWidestDigit = 0.86;    // of the figure's height
constexpr double kTallestFigure = 1.25;  // in character heights
constexpr double kThinInkLevel = 0.8;    // the same for thin ends: of a comma, and round tops
constexpr double kFlatDash = 0.22;       // of the character's height
constexpr double kAroundDash = 0.4;      // of the character's height: the rest of a character would show there
constexpr double kDashEdge = 0.06;       // of the same: the blur of the dash itself
constexpr double kPaleRest = 0.4;        // of the dash's darkness
constexpr double kHyphen = 0.62;         // of the character's height; the character for one is wider
constexpr double kLowestSlash = 0.5;     // of the character's height
constexpr double kWholeSlash = 0.85;     // of the box; thin ends fade
constexpr double kSlant = 0.25;          // of a slash's height, from its foot to its top;
constexpr double kSteepSlant = 0.15;     // of one in condensed type, where a slanted 1 may be as steep,
constexpr double kLeastSlant = 3;        // px
constexpr double kStraight = 0.06;       // of its height: how far its middle strays, or
constexpr double kLeastSlack = 2;        // px; the same of its width
constexpr int kLeastZero = 9;            // px high: less shows no hollow
constexpr double kNarrowestZero = 0.35;  // of its height
constexpr double kWidestZero = 0.95;
constexpr double kZeroSides = 0.24;    // of its height, from either end: there its sides begin
constexpr double kHollow = 0.28;       // of its width
constexpr double kInsideWidth = 0.28;  // of its width, and
constexpr double kInsideHeight = 0.3;  // of its height, from its middle: between its sides and ends
constexpr double kRises = 0.24;        // of the greater of its variances
constexpr double kSideReach = 0.3;     // of its width: its sides do not lean
constexpr double kClosed = 0.8;        // of its middle third
constexpr double kCorner = 0.1;        // of its width
constexpr double kBehindFoot = 0.15;   // of its width: as far a slanted 7's bar may begin behind its foot
constexpr double kDigitTop = 0.12;     // of the figure's height: where a digit has begun,
constexpr double kHangingFoot = 0.1;   // and how far below the others one of an old style ends, at least
constexpr double kWordReach = 0.25;    // of the figure's height: as far a word's width may be another
constexpr int kFewestColumns = 2;      // px wide is a digit, at least
constexpr double kOwnWidth = 0.94;     // of a digit's share of the width: the next one may begin behind it

// In heights of the digits.
constexpr double kDigit = 0.6;      // a piece this tall is one
constexpr double kMark = 0.5;       // a point or comma is less tall,
constexpr double kMarkRise = 0.35;  // and begins no higher above the line
constexpr double kTail = 0.3;       // of the figure's height
constexpr double kUneven = 0.1;     // more between the digits' feet: figures of an old style
constexpr double kHangs = 0.1;      // below the line
constexpr double kStands = 0.05;

// Whether each point or comma of the figure hangs below its digits, left to right; empty where one can't be told.
std::vector<bool> hanging_marks(const cv::Mat& gray, const cv::Rect& box) {
    // The thin end of a comma may lie below the box.
    const cv::Rect with_tails(box.x, box.y, box.width, box.height + cvRound(kTail * box.height));
    const cv::Mat part = gray(with_tails & cv::Rect({0, 0}, gray.size()));
    auto pieces = layout::connect(layout::find_runs(part < ink_level(part, kThinInkLevel))).all;
    std::sort(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return a.box.x < b.box.x; });
    int height = 0, line = 0, highest_foot = part.rows;
    std::erase_if(pieces, [&](const layout::Piece& piece) { return piece.box.y >= box.height; });
    for (const layout::Piece& piece : pieces) height = std::max(height, piece.box.height);
    for (const layout::Piece& piece : pieces) {
        if (piece.box.height < kDigit * height) continue;
        line = std::max(line, piece.box.br().y);
        highest_foot = std::min(highest_foot, piece.box.br().y);
    }
    if (line - highest_foot > std::max(1.0, kUneven * height)) return {};
    std::vector<bool> hanging;
    for (const layout::Piece& piece : pieces) {
        if (piece.box.height > kMark * height || piece.box.y < line - kMarkRise * height || piece.area < 3) continue;
        const double below = (piece.box.br().y - line) / static_cast<double>(height);
        if (below > kStands && below < kHangs) return {};
        hanging.push_back(below >= kHangs);
    }
    return hanging;
}

// How far one straight stroke leans to the right (to the left: below 0), from its foot to its top, px; 0 for anything
// else.
double lean_of_stroke(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    if (box.height < kLowestSlash * char_height || box.width > box.height) return 0;
    const cv::Mat part = gray(box & cv::Rect({0, 0}, gray.size()));
    const layout::Runs runs = layout::find_runs(part < ink_level(part));
    if (layout::connect(runs).all.size() != 1) return 0;
    const double rise = runs.back().y - runs.front().y;
    if (rise < kWholeSlash * part.rows || runs.size() != static_cast<std::size_t>(rise) + 1) return 0;
    std::vector<int> widths;
    for (const layout::Run& run : runs) widths.push_back(run.length());
    const int stroke = models::median(std::move(widths));
    const auto middle = [](const layout::Run& run) { return (run.from + run.to) / 2.0; };
    const double top = middle(runs.front()), bottom = middle(runs.back());
    const double slack = std::max(kLeastSlack, kStraight * part.rows);
    const bool straight = std::all_of(runs.begin(), runs.end(), [&](const layout::Run& run) {
        const double at = top + (bottom - top) * (run.y - runs.front().y) / rise;
        return run.length() <= stroke + slack && std::abs(middle(run) - at) <= slack;
    });
    return straight ? top - bottom : 0;
}

// Ink as high and wide as a zero, by its runs.
class Oval {
  public:
    static std::optional<Oval> in(const cv::Mat& gray, const cv::Rect& box, double char_height) {
        const cv::Mat part = gray(box & cv::Rect({0, 0}, gray.size()));
        if (part.rows < kLowestSlash * char_height || part.rows < kLeastZero) return std::nullopt;
        if (part.cols < kNarrowestZero * part.rows || part.cols > kWidestZero * part.rows) return std::nullopt;
        return Oval(part);
    }

    // Whether one stroke stands on either side of a hollow at each height.
    bool is_hollow() const {
        for (std::size_t y = at(kZeroSides); y <= at(1 - kZeroSides); ++y)
            if (rows_[y].size() != 2 || rows_[y][1].from - rows_[y][0].to < kHollow * width_ || !has_sides(y))
                return false;
        return true;
    }

    // Whether a stroke rises to the right between the sides: how the darkness there goes with width and height at once.
    // That of a digit whose halves are alike, or of a bar, is small.
    bool is_slashed() const {
        for (std::size_t y = at(kZeroSides); y <= at(1 - kZeroSides); ++y)
            if (!has_sides(y)) return false;
        double both = 0, across = 0, down = 0;
        for (int y = 0; y < part_.rows; ++y)
            for (int x = 0; x < part_.cols; ++x) {
                const double u = (x + 0.5) / part_.cols - 0.5, v = (y + 0.5) / part_.rows - 0.5;
                if (std::abs(u) > kInsideWidth || std::abs(v) > kInsideHeight) continue;
                const double darkness = 255 - part_.at<std::uint8_t>(y, x);
                both += darkness * u * v;
                across += darkness * u * u;
                down += darkness * v * v;
            }
        return both < -kRises * std::max(across, down);
    }

    // Whether ink lies over the hollow's middle above and below, and at the very ends none in the corners.
    bool is_closed() const {
        return covers_middle(0, at(kZeroSides)) && covers_middle(at(1 - kZeroSides), rows_.size() - 1) && is_round(0) &&
               is_round(rows_.size() - 1);
    }

  private:
    explicit Oval(const cv::Mat& part) : part_(part), rows_(static_cast<std::size_t>(part.rows)), width_(part.cols) {
        for (const layout::Run& run : layout::find_runs(part < ink_level(part)))
            rows_[static_cast<std::size_t>(run.y)].push_back(run);
    }

    std::size_t at(double share) const {
        return static_cast<std::size_t>(share * static_cast<double>(rows_.size() - 1));
    }

    bool has_sides(std::size_t y) const {
        return !rows_[y].empty() && rows_[y].front().from <= kSideReach * width_ &&
               rows_[y].back().to >= (1 - kSideReach) * width_;
    }

    bool covers_middle(std::size_t from, std::size_t to) const {
        std::vector<bool> inked(static_cast<std::size_t>(width_));
        for (std::size_t y = from; y <= to; ++y)
            for (const layout::Run& run : rows_[y]) std::fill(inked.begin() + run.from, inked.begin() + run.to, true);
        const auto third = static_cast<std::ptrdiff_t>(width_ / 3);
        const auto closed = std::count(inked.begin() + third, inked.end() - third, true);
        return static_cast<double>(closed) >= kClosed * static_cast<double>(std::ssize(inked) - 2 * third);
    }

    bool is_round(std::size_t y) const {
        return !rows_[y].empty() && rows_[y].front().from >= kCorner * width_ &&
               rows_[y].back().to <= (1 - kCorner) * width_;
    }

    cv::Mat part_;
    std::vector<std::vector<layout::Run>> rows_;
    int width_;
};

// Where the leftmost piece of ink ends, in columns; 0 where none ends before the last column.
int end_of_first(const cv::Mat& ink) {
    const auto inked = [&](int x) { return cv::countNonZero(ink.col(x)) > 0; };
    int end = 0;
    while (end < ink.cols && !inked(end)) ++end;
    while (end < ink.cols && inked(end)) ++end;
    return end == ink.cols ? 0 : end;
}

}  // namespace

bool shaped_as_figure(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    const cv::Rect inside = box & cv::Rect({0, 0}, gray.size());
    if (inside.empty() || inside.height > kTallestFigure * char_height) return false;
    if (inside.width < kHyphen * char_height && is_dash(gray, inside, char_height)) return true;
    int widest = 0;
    for (const cv::Rect& piece : pieces_between_paper(gray, inside)) widest = std::max(widest, piece.width);
    const bool narrow = widest > 0 && widest < kWidestDigit * std::max<double>(inside.height, 0.5 * char_height);
    return narrow || zero_in(gray, inside, char_height) == Zero::plain;
}

bool is_dash(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    if (box.height >= kFlatDash * char_height || box.width >= 2.5 * char_height || box.width <= 1.5 * box.height)
        return false;
    const cv::Rect picture({0, 0}, gray.size());
    const int reach = cvRound(kAroundDash * char_height), gap = cvRound(kDashEdge * char_height) + 1;
    const cv::Rect above(box.x, box.y - gap - reach, box.width, reach),
        below(box.x, box.br().y + gap, box.width, reach);
    const auto darkest = [&](const cv::Rect& part) {
        cv::Mat smooth;
        if ((part & picture).empty()) return 255.0;
        cv::blur(gray(part & picture), smooth, {3, 3});
        double low = 0;
        cv::minMaxLoc(smooth, &low, nullptr);
        return low;
    };
    const double paper = 255, ink = darkest(box);
    return paper - std::min(darkest(above), darkest(below)) < kPaleRest * (paper - ink);
}

bool is_slash(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    return lean_of_stroke(gray, box, char_height) >= kSlant * box.height;
}

bool is_backslash(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    return lean_of_stroke(gray, box, char_height) <= -kSlant * box.height;
}

bool is_slash_with_specks(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    const cv::Rect inside = box & cv::Rect({0, 0}, gray.size());
    const cv::Mat part = gray(inside);
    auto pieces = layout::connect(layout::find_runs(part < ink_level(part))).all;
    if (pieces.size() < 2) return false;
    const double speck = std::max(kLargestSpeck, kSpeck * char_height);
    std::erase_if(pieces, [&](const layout::Piece& p) { return std::max(p.box.width, p.box.height) <= speck; });
    return pieces.size() == 1 && is_slash(gray, pieces.front().box + inside.tl(), char_height);
}

bool is_seven_without_bar(const cv::Mat& gray, const cv::Rect& box) {
    const cv::Mat part = gray(box & cv::Rect({0, 0}, gray.size()));
    if (part.rows < 3) return false;
    const cv::Mat ink = part < ink_level(part);
    const int third = part.rows / 3;
    const cv::Rect top = cv::boundingRect(ink.rowRange(0, third)),
                   foot = cv::boundingRect(ink.rowRange(part.rows - third, part.rows));
    return !top.empty() && !foot.empty() && top.x > foot.x + kBehindFoot * part.cols;
}

bool may_be_slash(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    return lean_of_stroke(gray, box, char_height) >= std::max(kLeastSlant, kSteepSlant * box.height);
}

Zero zero_in(const cv::Mat& gray, const cv::Rect& box, double char_height) {
    const std::optional<Oval> oval = Oval::in(gray, box, char_height);
    if (!oval || !oval->is_closed()) return Zero::none;
    if (oval->is_hollow()) return Zero::plain;
    return oval->is_slashed() ? Zero::slashed : Zero::none;
}

int width_behind_first(const cv::Mat& gray, const cv::Rect& box) {
    const cv::Mat part = gray(box & cv::Rect({0, 0}, gray.size()));
    const cv::Mat ink = part < ink_level(part);
    const int end = end_of_first(ink);
    return end == 0 ? 0 : cv::boundingRect(ink.colRange(end, ink.cols)).width;
}

cv::Rect behind_word(const cv::Mat& gray, const cv::Rect& box) {
    const cv::Rect inside = box & cv::Rect({0, 0}, gray.size());
    if (inside.empty()) return {};
    const cv::Mat part = gray(inside), ink = part < ink_level(part);
    const auto reach = static_cast<int>(kWordReach * inside.height);
    for (int off = 0; off <= reach; ++off)  // from where the word should end, to either side
        for (const int x : {inside.height + off, inside.height - off})
            if (x > 0 && x < ink.cols && cv::countNonZero(ink.col(x)) == 0)
                return cv::boundingRect(ink.colRange(x, ink.cols)) + inside.tl() + cv::Point(x, 0);
    return {};
}

bool leads_with_dash(const cv::Mat& gray, const cv::Rect& box) {
    const cv::Mat part = gray(box & cv::Rect({0, 0}, gray.size()));
    const cv::Mat ink = part < ink_level(part);
    const int end = end_of_first(ink);
    if (end == 0) return false;
    const cv::Rect piece = cv::boundingRect(ink.colRange(0, end));
    const double middle = (piece.y + piece.height / 2.0) / ink.rows;
    return piece.height < 0.3 * ink.rows && piece.width > piece.height && middle > 0.3 && middle < 0.75;
}

bool first_lacks_top(const cv::Mat& gray, const cv::Rect& box, std::size_t digits) {
    const cv::Mat part = gray(box & cv::Rect({0, 0}, gray.size()));
    if (digits < 2 || part.empty()) return false;
    const cv::Mat padded = part < ink_level(part, kThinInkLevel), ink = padded(cv::boundingRect(padded));
    if (ink.cols < kFewestColumns * static_cast<int>(digits)) return false;
    const double share = ink.cols / static_cast<double>(digits);
    int own = 0;
    while (own < std::min<double>(2 * share, ink.cols) && cv::countNonZero(ink.col(own)) > 0) ++own;
    if (own >= 2 * share || own == ink.cols) own = cvRound(kOwnWidth * share);  // it touches the next one
    const cv::Rect first = cv::boundingRect(ink.colRange(0, own)),
                   others = cv::boundingRect(ink.colRange(own, ink.cols));
    return first.y - others.y > kDigitTop * others.height &&
           first.br().y - others.br().y < kHangingFoot * others.height;
}

bool fits(const std::u32string& figure, const cv::Rect& box, double char_height) {
    double narrowest = 0, widest = 0;
    for (const char32_t c : figure) {
        const bool mark = c == U'.' || c == U',';
        narrowest += mark ? 0.1 : 0.34;
        widest += c > 0x2000 ? 1.25 : mark ? 0.6 : 0.8;
    }
    const bool digit = figure.size() == 1 && figure[0] >= U'0' && figure[0] <= U'9';
    if (digit && box.width > kWidestDigit * std::max<double>(box.height, 0.5 * char_height)) return false;
    return box.width > (narrowest - 0.34) * char_height && box.width < (widest + 0.4) * char_height;
}

std::string with_marks_of_ink(const std::string& figure, const cv::Mat& gray, const cv::Rect& box) {
    const auto marks = std::count_if(figure.begin(), figure.end(), is_mark);
    if (marks == 0) return figure;
    const std::vector<bool> hanging = hanging_marks(gray, box);
    if (hanging.size() != static_cast<std::size_t>(marks)) return figure;
    std::string out = figure;
    std::size_t next = 0;
    for (char& c : out)
        if (is_mark(c)) c = hanging[next++] ? ',' : '.';
    return out;
}

std::string with_zeros_of_ink(const std::string& figure, const cv::Mat& gray, const cv::Rect& box, double char_height) {
    const std::vector<cv::Rect> pieces = pieces_between_paper(gray, box);
    if (pieces.size() != figure.size()) return figure;
    std::string out = figure;
    for (std::size_t i = 0; i < out.size(); ++i)
        if (out[i] >= '1' && out[i] <= '9' && zero_in(gray, pieces[i], char_height) != Zero::none) out[i] = '0';
    return out;
}

}  // namespace biaod::ocr
