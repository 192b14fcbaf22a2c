#include "layout/cleaning/screens.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "layout/cleaning/levels.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"
#include "models/median.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kLeastHeight = 20;    // px, as at 140 dpi
constexpr double kSquare = 0.5;        // of which it is told how often the level turns
constexpr int kRowsOfSquare = 3;       // that are looked at
constexpr int kStep = 8, kNoStep = 4;  // grey levels from point to point: of a dot's side; less than
// Of the points, so many are turns and so few even: beside writing there is paper.
constexpr double kTurns = 0.35, kEven = 0.4;
constexpr double kSomeTurns = 0.2, kMoreEven = 0.5;  // next to such, as at an area's edge
constexpr double kMost = 0.7;                        // of the picture: more is a camera's noise
constexpr double kMostKept = 0.75;                   // of what is dark, by lines: more is small print
constexpr double kStroke = 0.13;                     // a line is longer than a dot
constexpr int kDirections = 8;                       // of lines
constexpr double kGround = 0.8;                      // of the level between the dots: darker is writing

// How often the level turns along the rows of each square and its eight neighbours, and how often it stays; of the
// points looked at, CV_32F.
struct Texture {
    cv::Mat turns, even;
};

// What the level of a row does at a point: to the points so far before and behind it. Each is 1 or 0: without branches
// many points are looked at at once.
struct Step {
    int before, behind;
    int dark() const { return int{before <= -kStep} & int{behind >= kStep}; }
    int light() const { return int{before >= kStep} & int{behind <= -kStep}; }
    int even() const { return int{std::abs(before) < kNoStep} & int{std::abs(behind) < kNoStep}; }
};

Step step_at(const std::uint8_t* row, int x, int distance = 1) {
    return {row[x] - row[x - distance], row[x + distance] - row[x]};
}

int rows_apart(int square) { return std::max(1, square / kRowsOfSquare); }

Texture texture_of(const cv::Mat& gray, int square) {
    const cv::Size squares = gray.size() / square;
    Texture out{cv::Mat::zeros(squares, CV_32FC1), cv::Mat::zeros(squares, CV_32FC1)};
    const int rows = (square + rows_apart(square) - 1) / rows_apart(square);
    const float share = 1.0F / static_cast<float>(rows * square);
    std::vector<std::uint8_t> turns(static_cast<std::size_t>(gray.cols)), even(turns);
    for (int i = 0; i < squares.height; ++i)
        for (int k = 0; k < rows; ++k) {
            const auto* row = gray.ptr<std::uint8_t>(i * square + k * rows_apart(square));
            auto *turn = turns.data(), *stays = even.data();
            for (int x = 2; x + 2 < gray.cols; ++x) {
                const Step near = step_at(row, x), far = step_at(row, x, 2);  // dots are small or large
                turn[x] = static_cast<std::uint8_t>(near.dark() | near.light() | far.dark() | far.light());
                stays[x] = static_cast<std::uint8_t>(near.even());
            }
            for (int j = 0; j < squares.width; ++j) {
                const auto sum = [&](const std::vector<std::uint8_t>& of) {
                    const auto from = of.begin() + static_cast<std::ptrdiff_t>(j) * square;
                    return share * static_cast<float>(std::accumulate(from, from + square, 0));
                };
                out.turns.at<float>(i, j) += sum(turns);
                out.even.at<float>(i, j) += sum(even);
            }
        }
    for (cv::Mat* of : {&out.turns, &out.even}) cv::blur(*of, *of, {3, 3});
    return out;
}

// The squares (255) that screens cover.
cv::Mat screened(const Texture& texture) {
    const auto are = [&](double turns, double even) { return (texture.turns > turns) & (texture.even < even); };
    cv::Mat sure = are(kTurns, kEven);
    if (cv::countNonZero(sure) == 0) return {};
    cv::morphologyEx(sure, sure, cv::MORPH_OPEN, box_kernel(3));
    const int count = cv::countNonZero(sure);
    if (count == 0 || count > kMost * static_cast<double>(sure.total())) return {};
    const cv::Mat likely = sure | cv::Mat(are(kSomeTurns, kMoreEven));
    cv::Mat out = pieces_where(likely, [&](const Piece& piece) { return cv::countNonZero(sure(piece.box)) > 0; });
    // At an area's edge a window is half full, and a ruling hides dots.
    cv::morphologyEx(out, out, cv::MORPH_CLOSE, box_kernel(3));
    cv::dilate(out, out, box_kernel(5));
    return out;
}

// How dark the dots of an area are, and how light it is between them.
struct Contrast {
    int dots = 0, paper = 0;
};

Contrast contrast_of(const cv::Mat& gray, const cv::Mat& area, int square) {
    std::vector<int> dark, light;
    for (int y = 1; y + 1 < gray.rows; y += rows_apart(square)) {
        const auto *above = gray.ptr<std::uint8_t>(y - 1), *row = gray.ptr<std::uint8_t>(y),
                   *below = gray.ptr<std::uint8_t>(y + 1), *inside = area.ptr<std::uint8_t>(y);
        for (int x = 1; x + 1 < gray.cols; ++x) {
            if (inside[x] == 0) continue;
            const Step step = step_at(row, x);
            if (step.dark() != 0 && row[x] <= std::min(above[x], below[x])) dark.push_back(row[x]);
            if (step.light() != 0 && row[x] >= std::max(above[x], below[x])) light.push_back(row[x]);
        }
    }
    if (dark.empty() || light.empty()) return {};
    return {models::median(std::move(dark)), models::median(std::move(light))};
}

// What of the picture is as dark over a line of `length` points.
cv::Mat lines_of(const cv::Mat& gray, int length) {
    cv::Mat out, closed;
    for (int i = 0; i < kDirections; ++i) {
        cv::morphologyEx(gray, closed, cv::MORPH_CLOSE, line_kernel(length, i * std::numbers::pi / kDirections));
        if (out.empty())
            out = closed.clone();
        else
            cv::min(out, closed, out);
    }
    return out;
}

// The dots of the `area` (255; its squares `square` px wide) become an even grey, of the level that they look like.
void erase_dots(cv::Mat& gray, const cv::Mat& area, int square, double char_height) {
    const Contrast contrast = contrast_of(gray, area, square);
    const int length = std::max(3, odd(kStroke * char_height));
    cv::Mat lines = lines_of(gray, length);
    const double middle = (contrast.dots + contrast.paper) / 2.0;
    const double kept = cv::countNonZero(area & (lines < middle)), dark = cv::countNonZero(area & (gray < middle));
    if (kept > kMostKept * dark) return;
    const int between = Levels(lines, area).quantile(0.5);
    const cv::Mat ground = area & (lines >= kGround * between);
    lines.convertTo(lines, -1, cv::mean(gray, ground)[0] / std::max(1.0, cv::mean(lines, ground)[0]));
    lines.copyTo(gray, area);
}

}  // namespace

void erase_screens(cv::Mat& gray, double char_height) {
    const int square = cvRound(kSquare * char_height);
    if (char_height < kLeastHeight || gray.cols < 3 * square || gray.rows < 3 * square) return;
    const cv::Mat squares = screened(texture_of(gray, square));
    if (squares.empty() || is_bilevel(gray)) return;
    const Runs runs = find_runs(squares);
    const Pieces pieces = connect(runs);
    for (std::size_t i = 0; i < pieces.all.size(); ++i) {
        const cv::Rect& box = pieces.all[i].box;
        cv::Mat area, part = gray(cv::Rect(box.tl() * square, box.size() * square));
        cv::resize(draw_piece(runs, pieces, i, squares.size())(box), area, part.size(), 0, 0, cv::INTER_NEAREST);
        erase_dots(part, area, square, char_height);
    }
}

}  // namespace biaod::layout
