#include "layout/cleaning/ink.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "layout/cleaning/blocks.hpp"
#include "layout/cleaning/levels.hpp"
#include "layout/kernel.hpp"

namespace biaod::layout {
namespace {

constexpr int kBackgroundScale = 8;
constexpr double kMinContrast = 40;  // grey levels between paper and the darkest 0.1 %; below, the page is blank
constexpr int kStrokeThresholdMax = 200;
constexpr int kFaintThresholdMax = 228;
constexpr int kClearlyRed = 60;       // grey levels of red above the other channels
constexpr int kReddish = 25;          // the same beside what is clearly red, above the ground's
constexpr int kGround = 11;           // background points: wider than strokes of a seal
constexpr int kNearSeal = 10;         // background points
constexpr double kLeastSeal = 1e-4;   // of the page; less is a scanner's coloured noise
constexpr int kPaperReach = 2;        // background points, in which
constexpr double kInked = 0.65;       // of the lightest, or less, is full of ink
constexpr int kChromaReach = 5;       // px that a scanner's JPEG smears colours
constexpr double kSealShare = 0.12;   // of the seal's points may be darker than its level: strokes below it
constexpr double kThinStroke = 0.35;  // of the way from black to the seal: what thin strokes below a seal reach
constexpr int kGraySeal = 25;         // px around that the level of a grey seal is taken from
constexpr double kTexture = 0.25;     // of the way from there to black: what such a seal is itself
constexpr int kSoftEdge = 2;          // px around its strokes

constexpr double kCellInset = 0.12;   // in character heights: what rulings leave beside them
constexpr double kFaintPoints = 8;    // to a character's height
constexpr int kFaintContrast = 12;    // grey levels below the cell's paper,
constexpr int kOnEvenPaper = 6;       // where it is even
constexpr int kGrain = 2;             // that much darker a sixth of the paper is where it is not even
constexpr double kPaleShare = 0.35;   // of the darkness of the writing beside it;
constexpr double kFadedShare = 0.06;  // of what goes on in a line, as its last digits do where toner runs out,
constexpr double kNextDigit = 0.8;    // character heights from that,
constexpr double kInLine = 2.2;       // points off its top and its foot

// A red area is at least 3 px both ways: every second point of every second row meets it.
bool may_hold_red(const cv::Mat& picture) {
    if (picture.channels() == 1) return false;
    int count = 0;
    for (int y = 0; y < picture.rows; y += 2) {
        const auto* row = picture.ptr<cv::Vec3b>(y);
        for (int x = 0; x < picture.cols; x += 2) count += row[x][2] > std::max(row[x][0], row[x][1]) + kClearlyRed;
    }
    return count > kLeastSeal * static_cast<double>(picture.total()) / 8;
}

// The level of the paper or fill around each point, taken from beside the areas of `without`.
cv::Mat paper_beside(const cv::Mat& gray, const cv::Mat& without) {
    cv::Mat half, small, left_out;
    cv::resize(gray, half, {}, 0.5, 0.5, cv::INTER_AREA);
    cv::dilate(half, half, box_kernel(kBackgroundScale / 2));  // no place is dark for the writing in it
    cv::resize(half, small, {}, 2.0 / kBackgroundScale, 2.0 / kBackgroundScale, cv::INTER_NEAREST);
    cv::resize(without, left_out, small.size(), 0, 0, cv::INTER_AREA);
    // Between a seal's ring and a character each place may hold ink: what is much darker than the lightest near by is
    // left out, too.
    cv::Mat lightest;
    cv::dilate(small, lightest, box_kernel(2 * kPaperReach + 1));
    cv::Mat level = paper_across(small, (left_out > 0) | (small < kInked * lightest));
    cv::blur(level, level, {3, 3});
    cv::resize(level, level, gray.size(), 0, 0, cv::INTER_LINEAR);
    return level;
}

cv::Mat darker_than(const cv::Mat& gray, double level) {
    cv::Mat dark;
    cv::threshold(gray, dark, std::ceil(level) - 1, 255, cv::THRESH_BINARY_INV);
    return dark;
}

// How much redder than green and blue, CV_8UC1.
cv::Mat red_excess(const cv::Mat& picture) {
    constexpr int kRows = 64;  // at a time, which stay in the cache
    cv::Mat channels[3], excess(picture.size(), CV_8UC1);
    for (int y = 0; y < picture.rows; y += kRows) {
        const cv::Range rows(y, std::min(y + kRows, picture.rows));
        cv::split(picture.rowRange(rows), channels);
        cv::max(channels[0], channels[1], channels[0]);
        cv::Mat part = excess.rowRange(rows);
        cv::subtract(channels[2], channels[0], part);
    }
    return excess;
}

// Adds to `red` what is near it and clearly redder than the ground, as a seal on a grey fill is.
void add_reddish(const cv::Mat& excess, cv::Mat& red) {
    const cv::Size small(excess.cols / kBackgroundScale, excess.rows / kBackgroundScale);
    if (small.empty() || cv::countNonZero(red) == 0) return;
    cv::Mat ground, near, reddish;
    cv::resize(excess, ground, small, 0, 0, cv::INTER_AREA);
    cv::medianBlur(ground, ground, kGround);
    cv::resize(ground, ground, excess.size(), 0, 0, cv::INTER_NEAREST);
    cv::subtract(excess, ground, reddish);
    reddish = reddish > kReddish;
    cv::morphologyEx(reddish, reddish, cv::MORPH_OPEN, box_kernel(3));
    cv::resize(red, near, small, 0, 0, cv::INTER_AREA);
    cv::dilate(near > 0, near, box_kernel(2 * kNearSeal + 1));
    cv::resize(near, near, excess.size(), 0, 0, cv::INTER_NEAREST);
    red |= reddish & near;
}

// Black at `black` and white at `white` and above.
cv::Mat stretched(const cv::Mat& gray, double black, double white) {
    const double scale = 255 / std::max(20.0, white - black);
    cv::Mat out;
    gray.convertTo(out, CV_8U, scale, 255 - scale * white);
    return out;
}

// `light` without a grey seal, as stretched() by the seal's level around each point: a grey seal is nearly as dark as
// the rulings below it, and not evenly printed.
cv::Mat without_gray_seal(const cv::Mat& light, const cv::Mat& seal, double black) {
    cv::Mat all, out;
    light.convertTo(all, CV_32F);
    const cv::Mat level = mean_within(light, seal, kGraySeal);
    const cv::Mat white = level - kTexture * (level - black), darkest = black + kThinStroke * (white - black);
    cv::divide(all - darkest, cv::max(white - darkest, 20.0), out, 255);
    cv::Mat faded;
    out.convertTo(faded, CV_8U);
    return faded;
}

// What is darker than the paper of a cell, beside the lines that were found in it; in a picture of `kFaintPoints` to a
// character's height, of `size`.
struct FaintMarks {
    cv::Size size;
    std::vector<cv::Rect> boxes;
};

std::vector<cv::Rect> boxes_of_pieces(const cv::Mat& dark) {
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(dark, labels, stats, centres);
    std::vector<cv::Rect> boxes;
    for (int i = 1; i < count; ++i)
        boxes.emplace_back(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    return boxes;
}

// Whether a mark is as high as a line, at its height and a digit from it, as nothing of the back happens to be.
bool goes_on(const cv::Rect2d& line, const cv::Rect& mark) {
    const double gap = std::max(line.x - mark.br().x, mark.x - line.br().x);
    return gap <= kNextDigit * kFaintPoints && std::abs(mark.y - line.y) <= kInLine &&
           std::abs(mark.br().y - line.br().y) <= kInLine;
}

FaintMarks faint_marks(const cv::Mat& even_gray, const cv::Rect& inside, double char_height,
                       const std::vector<cv::Rect>& known, int on_even_paper) {
    const int inset = cvRound(kCellInset * char_height);
    const cv::Rect part =
        cv::Rect(inside.x + inset, inside.y + inset, inside.width - 2 * inset, inside.height - 2 * inset) &
        cv::Rect({0, 0}, even_gray.size());
    if (part.width < char_height / 2 || part.height < char_height / 2) return {};
    // At an eighth of a character to the point the grain of paper is gone, and a stroke still darkens its point.
    cv::Mat coarse;
    const double scale = kFaintPoints / char_height;
    cv::resize(even_gray(part), coarse, {}, scale, scale, cv::INTER_AREA);
    cv::Mat sorted = coarse.reshape(1, 1).clone();
    cv::sort(sorted, sorted, cv::SORT_ASCENDING);
    const int paper = sorted.at<std::uint8_t>(sorted.cols / 2),
              grain = paper - sorted.at<std::uint8_t>(sorted.cols / 6);
    cv::Mat covered = cv::Mat::zeros(coarse.size(), CV_8UC1);
    std::vector<cv::Rect2d> lines;
    for (const cv::Rect& box : known) {
        lines.emplace_back((box.x - part.x) * scale, (box.y - part.y) * scale, box.width * scale, box.height * scale);
        const cv::Rect2d at(lines.back().tl() - cv::Point2d(1, 1), lines.back().br() + cv::Point2d(1, 1));
        covered(cv::Rect(cv::Point(cvFloor(at.x), cvFloor(at.y)), cv::Point(cvCeil(at.br().x), cvCeil(at.br().y))) &
                cv::Rect({0, 0}, covered.size()))
            .setTo(255);
    }
    double darkest = paper;
    if (cv::countNonZero(covered) > 0) cv::minMaxLoc(coarse, &darkest, nullptr, nullptr, nullptr, covered);
    const double clear = grain < kGrain ? on_even_paper : kFaintContrast;
    const auto marks_of = [&](double share) {
        cv::Mat dark = coarse < paper - std::max(clear, share * (paper - darkest));
        dark.setTo(0, covered);
        return boxes_of_pieces(dark);
    };
    // What shows through from the back is paler by far than what was found.
    FaintMarks marks{coarse.size(), marks_of(kPaleShare)};
    for (const cv::Rect& mark : lines.empty() ? std::vector<cv::Rect>() : marks_of(kFadedShare))
        if (std::ranges::any_of(lines, [&](const cv::Rect2d& line) { return goes_on(line, mark); }))
            marks.boxes.push_back(mark);
    return marks;
}

// A speck is not.
bool may_be_writing(const cv::Rect& mark) { return mark.height >= kFaintPoints / 3 || mark.width >= kFaintPoints / 2; }

}  // namespace

cv::Mat to_gray(const cv::Mat& picture) {
    if (picture.channels() == 1) return picture;
    cv::Mat gray;
    cv::cvtColor(picture, gray, cv::COLOR_BGR2GRAY);
    return gray;
}

cv::Mat red_areas(const cv::Mat& picture) {
    if (!may_hold_red(picture)) return {};
    const cv::Mat excess = red_excess(picture);
    cv::Mat red = excess > kClearlyRed;
    cv::morphologyEx(red, red, cv::MORPH_OPEN, box_kernel(3));
    add_reddish(excess, red);
    return cv::countNonZero(red) < kLeastSeal * static_cast<double>(red.total()) ? cv::Mat() : red;
}

cv::Mat without_seals(const cv::Mat& picture, const cv::Mat& seal) {
    cv::Mat gray = to_gray(picture);
    if (seal.empty()) return gray;
    if (gray.data == picture.data) gray = gray.clone();
    const cv::Rect found = cv::boundingRect(seal);
    // With paper around, to take its level from.
    constexpr int kAround = 10 * kBackgroundScale;
    const cv::Rect part =
        cv::Rect(found.x - kAround, found.y - kAround, found.width + 2 * kAround, found.height + 2 * kAround) &
        cv::Rect({0, 0}, gray.size());
    // A point as light as the seal is paper; only what is darker than the seal is a stroke below it.
    const cv::Mat red_light = in_red_light(picture);
    const double black = Levels(red_light).darkest();
    cv::Mat around, light;
    const bool is_gray = picture.channels() == 1;
    cv::dilate(seal(part), around, box_kernel(2 * (is_gray ? kSoftEdge : kChromaReach) + 1));
    // On a grey fill a seal is darker by as much as the fill is.
    cv::divide(red_light(part), paper_beside(red_light(part), around), light, 255);
    cv::Mat faded;
    if (is_gray) {
        faded = without_gray_seal(light, seal(part), black);
    } else {
        const double white = Levels(light, seal(part)).quantile(kSealShare);
        faded = stretched(light, black + kThinStroke * (white - black), white);
    }
    cv::Mat on_paper;
    cv::multiply(faded, paper_beside(gray(part), around), on_paper, 1.0 / 255);
    on_paper.copyTo(gray(part), around);
    return gray;
}

cv::Mat in_red_light(const cv::Mat& picture) {
    if (picture.channels() == 1) return picture;
    cv::Mat red;
    cv::extractChannel(picture, red, 2);
    return red;
}

cv::Mat red_mask(const cv::Mat& picture) { return red_excess(picture) > kClearlyRed; }

cv::Mat even_background(const cv::Mat& gray) {
    // Means over small blocks, for the grain of paper is to end up on either side of white.
    cv::Mat background = means_of_blocks(gray, {kBackgroundScale, kBackgroundScale});
    // Wide enough to bridge bold titles and filled header cells' text, narrow enough to follow a page's shade.
    // Closing, and not only dilation, for a shadow's edge to stay where it is.
    cv::morphologyEx(background, background, cv::MORPH_CLOSE, box_kernel(7));
    cv::blur(background, background, {5, 5});
    background = cv::max(enlarged(background, kBackgroundScale, gray.size()), 60);  // a black border stays black
    cv::Mat even;
    cv::divide(gray, background, even, 255);
    return even;
}

bool may_hold_writing(const cv::Mat& even_gray, const cv::Rect& inside, double char_height,
                      const std::vector<cv::Rect>& known) {
    return std::ranges::any_of(faint_marks(even_gray, inside, char_height, known, kOnEvenPaper).boxes, may_be_writing);
}

bool may_hold_writing_of_its_own(const cv::Mat& even_gray, const cv::Rect& inside, double char_height) {
    const FaintMarks marks = faint_marks(even_gray, inside, char_height, {}, kFaintContrast);
    const auto runs_on = [&](const cv::Rect& mark) {
        return mark.x == 0 || mark.y == 0 || mark.br().x == marks.size.width || mark.br().y == marks.size.height;
    };
    return std::ranges::none_of(marks.boxes, runs_on) && std::ranges::any_of(marks.boxes, may_be_writing);
}

Ink find_ink(const cv::Mat& even_gray) {
    Ink ink;
    ink.gray = even_gray;
    const Levels levels(even_gray);
    const double darkest = levels.darkest();
    if (255 - darkest < kMinContrast) {
        ink.text = cv::Mat::zeros(even_gray.size(), CV_8UC1);
        ink.faint = ink.text.clone();
        return ink;
    }
    const double between = std::max<double>(levels.otsu(), (darkest + 255) / 2);
    const double stroke = std::clamp(between, 80.0, double{kStrokeThresholdMax});
    const double faint = std::min<double>(kFaintThresholdMax, stroke + 0.45 * (255 - stroke));
    ink.text = darker_than(even_gray, stroke);
    ink.faint = darker_than(even_gray, faint);
    return ink;
}

}  // namespace biaod::layout
