#include "ocr/figure_pieces.hpp"

#include <algorithm>
#include <cstdint>
#include <opencv2/imgproc.hpp>

namespace biaod::ocr {
namespace {

constexpr double kStray = 0.2;  // of the tallest piece: what is less tall may be a speck or a minus

// In heights of the digits.
constexpr double kDigit = 0.6;  // a piece this tall is one
constexpr double kHanging = 0.5;
constexpr double kTwoDigits = 0.6;  // the least width of two that touch
constexpr double kStreak = 0.07;    // of a white streak
constexpr int kLeastStreak = 2;     // px

constexpr double kUneven = 1.3;  // the greatest distance of even ones, in the least

constexpr double kThinInk = 0.85;  // of ink_level(): a hair stroke is, too

// Of ink_level(): less than all of a blurred stroke, more where its thin ends are pale.
constexpr double kLoopLevels[] = {0.4, kInkLevel, 0.8, 0.9};

int middle_of(const cv::Rect& piece) { return piece.x + piece.br().x; }  // twice

// Whether dark or pale ink closes so many loops in a part of a picture.
bool closes(const cv::Mat& part, std::ptrdiff_t loops) {
    return std::ranges::any_of(kLoopLevels, [&](double level) {
        cv::Mat paper, labels;
        cv::copyMakeBorder(part >= ink_level(part, level), paper, 1, 1, 1, 1, cv::BORDER_CONSTANT, 255);
        return cv::connectedComponents(paper, labels, 4) - 2 >= loops;  // but the ink, and what is around it
    });
}

}  // namespace

double ink_level(const cv::Mat& part, double share) {
    double darkest = 0;
    cv::minMaxLoc(part, &darkest, nullptr);
    return darkest + share * (255 - darkest);
}

std::vector<cv::Rect> pieces_between_paper(const cv::Mat& gray, const cv::Rect& box) {
    const cv::Rect inside = box & cv::Rect({0, 0}, gray.size());
    if (inside.empty()) return {};
    const cv::Mat part = gray(inside);
    const double level = ink_level(part);
    cv::Mat darkest;
    cv::reduce(part, darkest, 0, cv::REDUCE_MIN);
    std::vector<cv::Rect> pieces;
    for (int x = 0, begin = 0; x <= part.cols; ++x) {
        if (x < part.cols && darkest.at<std::uint8_t>(x) < level) continue;
        if (x > begin)
            pieces.push_back(cv::boundingRect(part.colRange(begin, x) < level) + inside.tl() + cv::Point(begin, 0));
        begin = x + 1;
    }
    return pieces;
}

bool pieces_may_hold(std::size_t digits, const cv::Mat& gray, const cv::Rect& box) {
    const std::vector<cv::Rect> pieces = pieces_between_paper(gray, box);
    if (pieces.size() < 2 || pieces.size() == digits) return true;
    if (digits == 1 && pieces.size() == 2) return true;  // the sides of a broken zero
    const int tallest = std::ranges::max(pieces, {}, &cv::Rect::height).height;
    const int widest = std::ranges::max(pieces, {}, &cv::Rect::width).width;
    if (std::ranges::min(pieces, {}, &cv::Rect::height).height < kDigit * tallest) return true;
    std::vector<int> distances;
    for (std::size_t i = 1; i < pieces.size(); ++i)
        distances.push_back((middle_of(pieces[i]) - middle_of(pieces[i - 1])) / 2);
    const auto [least, most] = std::ranges::minmax(distances);
    if (most > kUneven * least || widest >= least) return true;
    return digits == 2 * pieces.size() && widest >= kTwoDigits * tallest;
}

bool has_hanging_stroke(const cv::Mat& gray, const cv::Rect& box) {
    std::vector<cv::Rect> pieces = pieces_between_paper(gray, box);
    if (pieces.empty()) return false;
    const int tallest = std::ranges::max(pieces, {}, &cv::Rect::height).height;
    std::erase_if(pieces, [&](const cv::Rect& piece) { return piece.height < kStray * tallest; });
    // Half of them are digits at least; the stroke may be taller.
    const auto middle = pieces.begin() + (std::ssize(pieces) - 1) / 2;
    std::ranges::nth_element(pieces, middle, {}, &cv::Rect::height);
    const int digit = middle->height;
    int foot = 0;
    for (const cv::Rect& piece : pieces)
        if (piece.height >= kDigit * digit) foot = std::max(foot, piece.br().y);
    return std::ranges::any_of(pieces, [&](const cv::Rect& piece) { return piece.br().y < foot - kHanging * digit; });
}

bool is_parted_across(const cv::Mat& gray, const cv::Rect& box) {
    const cv::Rect inside = box & cv::Rect({0, 0}, gray.size());
    if (inside.empty()) return false;
    cv::Mat darkest;
    cv::reduce(gray(inside), darkest, 1, cv::REDUCE_MIN);
    const double level = ink_level(gray(inside), kThinInk);
    const int streak = std::max(kLeastStreak, cvRound(kStreak * inside.height));
    bool above = false;
    for (int y = 0, white = 0; y < darkest.rows; ++y) {
        const bool ink = darkest.at<std::uint8_t>(y) < level;
        if (ink && above && white >= streak) return true;
        above = above || ink;
        white = ink ? 0 : white + 1;
    }
    return false;
}

bool closes_eights(const std::string& figure, const cv::Mat& gray, const cv::Rect& box) {
    const auto eights = std::ranges::count(figure, '8');
    const cv::Rect inside = box & cv::Rect({0, 0}, gray.size());
    if (eights == 0 || inside.empty()) return true;
    const std::vector<cv::Rect> pieces = pieces_between_paper(gray, inside);
    if (pieces.size() != figure.size()) {
        const auto others = std::ranges::count_if(figure, [](char c) { return c == '0' || c == '6' || c == '9'; });
        return closes(gray(inside), 2 * eights + others);
    }
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (figure[i] == '8' && !closes(gray(pieces[i]), 2)) return false;
    return true;
}

}  // namespace biaod::ocr
