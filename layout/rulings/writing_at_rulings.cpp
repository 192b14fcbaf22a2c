#include "layout/rulings/writing_at_rulings.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "layout/kernel.hpp"
#include "layout/rulings/page_rulings.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kWhite = 255;
constexpr double kRuled = 0.3;       // of a stretch, at least, has no writing beside the ruling
constexpr double kDarker = 0.15;     // of the ruling's darkness, than the ruling is there
constexpr double kStretch = 9;       // in character heights, in which a ruling is alike
constexpr double kLowest = 0.25;     // in character heights, of what stands on a ruling
constexpr double kUnseen = 0.3;      // of a box's height, in which no point of the ruling beside it is seen
constexpr double kNextDigit = 0.25;  // in character heights, from a ruling between two digits,
constexpr double kOfDigit = 0.5;     // and how much of the other one's height it has
constexpr double kAllAlong = 0.8;    // of a strip's rows
constexpr double kFoot = 0.5;        // in character heights, to either side of where it stands
constexpr int kStroke = 200;         // gray value that strokes are darker than,
constexpr int kDarkerWithin = 12;    // by how much, at least, within than at its end,
constexpr int kWidestEnd = 6;        // px, of a stroke's darkest point from there
constexpr double kCutRows = 0.06;    // of a box, in which it is not, by noise

cv::Rect grown(const cv::Rect& box, int by) {
    return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

// Of each column of `rows` the value that `rank` others stand before, the lightest first.
std::vector<std::uint8_t> values_at_rank(const cv::Mat& rows, int rank) {
    std::vector<std::uint8_t> values;
    for (int x = 0; x < rows.cols; ++x) {
        std::array<int, 256> counts{};
        for (int y = 0; y < rows.rows; ++y) ++counts[rows.at<std::uint8_t>(y, x)];
        int value = kWhite;
        for (int above = counts[kWhite]; above <= rank; above += counts[static_cast<std::size_t>(value)]) --value;
        values.push_back(static_cast<std::uint8_t>(value));
    }
    return values;
}

// Points of `rows`, gray values from the middle of a ruling away from it, that are darker than the ruling is in most of
// the rows: of writing, 255 in what it gives. Its own stroke is not looked at: the first `stroke` columns.
cv::Mat darker_than_ruling(const cv::Mat& rows, int stroke) {
    const std::vector<std::uint8_t> own = values_at_rank(rows, static_cast<int>(kRuled * rows.rows));
    const double darker = kDarker * (kWhite - *std::ranges::min_element(own));
    cv::Mat writing = cv::Mat::zeros(rows.size(), CV_8UC1);
    for (int y = 0; y < rows.rows; ++y)
        for (int x = stroke; x < rows.cols; ++x)
            if (rows.at<std::uint8_t>(y, x) < own[static_cast<std::size_t>(x)] - darker)
                writing.at<std::uint8_t>(y, x) = 255;
    return writing;
}

// Marks in `mask` what of the writing beside the ruling erasing takes.
void mark_beside(const Ruling& r, const cv::Mat& gray, double char_height, cv::Mat& mask) {
    const cv::Rect erased = stroke_of(r, kErasedBeside);
    const int middle = cvRound(r.at), stroke = cvRound(r.thickness / 2);
    const int begin = cvCeil(r.from), length = cvFloor(r.to) - begin;
    const int stretches = std::max(1, cvRound(length / (kStretch * char_height)));
    for (const bool before : {false, true}) {
        const cv::Range zone = r.horizontal ? cv::Range(erased.y, erased.br().y) : cv::Range(erased.x, erased.br().x);
        const cv::Range across = before ? cv::Range(zone.start, middle + 1) : cv::Range(middle, zone.end);
        for (int i = 0; i < stretches; ++i) {
            const cv::Range along(begin + length * i / stretches, begin + length * (i + 1) / stretches);
            const cv::Rect area = r.horizontal ? cv::Rect(along.start, across.start, along.size(), across.size())
                                               : cv::Rect(across.start, along.start, across.size(), along.size());
            if (area.empty() || (area & cv::Rect({0, 0}, gray.size())) != area) continue;
            cv::Mat rows = r.horizontal ? transposed(gray(area)) : gray(area).clone();
            if (before) cv::flip(rows, rows, 1);
            cv::Mat writing = darker_than_ruling(rows, stroke);
            if (before) cv::flip(writing, writing, 1);
            mask(area) |= r.horizontal ? transposed(writing) : writing;
        }
    }
}

}  // namespace

cv::Mat find_writing_at_rulings(const std::vector<Ruling>& rulings, const cv::Mat& gray, const cv::Mat& text,
                                double char_height) {
    const cv::Rect page({0, 0}, gray.size());
    cv::Mat beside = cv::Mat::zeros(gray.size(), CV_8UC1), times_erased = beside.clone();
    for (const Ruling& r : rulings) {
        mark_beside(r, gray, char_height, beside);
        cv::Mat erased = times_erased(stroke_of(r, kErasedBeside) & page);
        erased += 1;
    }
    beside.setTo(0, times_erased > 1);  // where another one crosses, or is the second of a double ruling
    if (cv::countNonZero(beside) == 0) return {};
    const cv::Mat writing = pieces_where(
        text, [&](const Piece& piece) { return std::max(piece.box.width, piece.box.height) > kLowest * char_height; });
    const cv::Mat reach = box_kernel(2 * cvRound(kFoot * char_height) + 1);
    cv::Mat mask = cv::Mat::zeros(gray.size(), CV_8UC1);
    for (const Piece& piece : connect(find_runs(beside)).all) {
        const cv::Rect around = grown(piece.box, 1) & page;
        if (cv::countNonZero(writing(around)) == 0) continue;
        cv::Mat of_writing;
        cv::dilate(writing(around), of_writing, reach);
        mask(around) |= beside(around) & of_writing;
    }
    return cv::countNonZero(mask) == 0 ? cv::Mat() : mask;
}

bool ends_beside(const cv::Mat& gray, const cv::Mat& ink, const cv::Rect& box, double side, double thickness) {
    const bool right = side > box.x + box.width / 2.0;
    const int half = cvCeil(thickness / 2), middle = cvRound(side), erased = half + cvCeil(kErasedBeside) + 1;
    const int farthest = erased + kWidestEnd, longest = cvFloor(kUnseen * box.height);
    const cv::Rect around(middle - farthest, box.y, 2 * farthest + 1, box.height);
    if (box.empty() || (around & cv::Rect({0, 0}, ink.size())) != around) return false;
    int unseen = 0, cut = 0;
    for (int y = around.y; y < around.br().y; ++y) {
        const auto at = [&](int off) { return right ? middle - off : middle + off; };
        int off = -half;
        while (off <= half && ink.at<std::uint8_t>(y, at(off)) == 0) ++off;
        unseen = off <= half ? 0 : unseen + 1;
        if (unseen > longest) return false;
        const auto value = [&](int from) { return static_cast<int>(gray.at<std::uint8_t>(y, at(from))); };
        int end = 0;
        while (end <= erased && value(end) >= kStroke) ++end;
        if (end > erased) continue;
        int darkest = value(end);
        for (int i = end + 1; i <= end + kWidestEnd && value(i) < kStroke; ++i) darkest = std::min(darkest, value(i));
        cut += value(end) - darkest < kDarkerWithin;
    }
    return cut <= kCutRows * box.height;
}

bool is_parted(const cv::Mat& ink, const cv::Rect& box, double side, double thickness) {
    const bool right = side > box.x + box.width / 2.0;
    const int half = cvCeil(thickness / 2), farthest = half + cvRound(kErasedBeside), middle = cvRound(side);
    const cv::Rect around(middle - farthest, box.y, 2 * farthest + 1, box.height);
    if (box.empty() || (around & cv::Rect({0, 0}, ink.size())) != around) return false;
    const int longest = cvFloor(kUnseen * box.height);
    int unseen = 0;
    for (int y = around.y; y < around.br().y; ++y) {
        const auto is_ink = [&](int off) { return ink.at<std::uint8_t>(y, right ? middle - off : middle + off) != 0; };
        int off = -half;  // from beyond the middle towards the writing
        while (off <= half && !is_ink(off)) ++off;
        unseen = off <= half ? 0 : unseen + 1;
        while (off <= farthest && is_ink(off)) ++off;
        if (off > farthest || unseen > longest) return false;
    }
    return true;
}

bool goes_on_beyond(const cv::Mat& ink, const cv::Rect& box, double side, double thickness, double char_height) {
    const bool right = side > box.x + box.width / 2.0;
    const int near = cvCeil(thickness / 2 + kErasedBeside), far = cvRound(thickness / 2 + kNextDigit * char_height);
    const int middle = cvRound(side);
    const int above = cvRound(kNextDigit * char_height);
    const cv::Rect beyond(right ? middle + near : middle - far, box.y - above, far - near + 1, box.height + 2 * above);
    const cv::Rect inside = beyond & cv::Rect({0, 0}, ink.size());
    if (inside.empty()) return false;
    cv::Mat writing = ink(inside).clone();
    for (int x = 0; x < writing.cols; ++x)  // the second stroke of a double ruling goes on
        if (cv::countNonZero(writing.col(x)) > kAllAlong * writing.rows) writing.col(x).setTo(0);
    const cv::Rect beside(0, box.y - inside.y, writing.cols, box.height);
    return cv::boundingRect(writing(beside & cv::Rect({0, 0}, writing.size()))).height > kOfDigit * box.height;
}

}  // namespace biaod::layout
