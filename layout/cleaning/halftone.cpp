#include "layout/cleaning/halftone.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "layout/cleaning/levels.hpp"
#include "layout/cleaning/touching_dots.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

constexpr int kDark = 128;
constexpr double kLargestCharacter = 100;  // px, as at 690 dpi
constexpr double kSquare = 0.5;            // character heights
constexpr double kDot = 0.09;              // character heights, of the longer side; at least two points
constexpr float kDots = 18;                // in nine squares
constexpr float kAllOver = 8;              // of nine squares
constexpr int kHole = 5;                   // squares, of writing in the area
constexpr double kStroke = 0.31;           // character heights: dots hardly stand in line over so many points
constexpr int kDirections = 16;            // of strokes
constexpr double kBlankBlock = 0.2;        // character heights
constexpr double kBlank = 0.12;            // of nine squares
constexpr int kThick = 5;                  // of nine points
constexpr double kRuling = 1.3;            // character heights
constexpr double kEdgeWidth = 2, kEdgeHeight = 0.25;  // character heights, of what tells where an area ends
constexpr double kFewDots = 0.5;                      // character heights; a row is higher
constexpr double kBesideEdge = 1, kAcrossEdge = 0.5;  // character heights
constexpr double kMany = 0.75, kFew = 0.25;           // of the dots of the area
constexpr double kLeastGround = 0.3;                  // between strokes, that tells of dots
constexpr double kDash = 0.25;                        // character heights
constexpr double kAround = 0.17;                      // character heights, of writing
constexpr int kSolid = 3;                             // points both ways: no dots of a fill
constexpr double kInLine = 0.375;                     // of an area's points are dots that stand in line as strokes do

// What of `ink` (255) is part of a stroke: of a straight line in some direction, or solid. Dots that lengthen a stroke
// of writing are taken off again: they are thin.
cv::Mat strokes_of(const cv::Mat& ink, double char_height) {
    cv::Mat strokes, along, around;
    cv::morphologyEx(ink, strokes, cv::MORPH_OPEN, box_kernel(kSolid));
    const int length = std::max(6, cvRound(kStroke * char_height)), ruling = cvRound(kRuling * char_height);
    for (int i = 0; i < kDirections; ++i) {
        cv::morphologyEx(ink, along, cv::MORPH_OPEN, line_kernel(length, i * std::numbers::pi / kDirections));
        strokes |= along;
    }
    cv::boxFilter(strokes / 255, around, CV_8U, {3, 3}, {-1, -1}, false, cv::BORDER_CONSTANT);
    strokes &= around >= kThick;
    for (const cv::Mat& kernel : {box_kernel(ruling, 1), box_kernel(1, ruling)}) {
        cv::morphologyEx(ink, along, cv::MORPH_OPEN, kernel);
        strokes |= along;
    }
    return strokes;
}

// The `strokes` and what touches a ruling among them, whose edges are rough.
cv::Mat with_rough_edges(const cv::Mat& strokes, double char_height) {
    const int ruling = cvRound(kRuling * char_height);
    cv::Mat along, taken = strokes.clone();
    for (const cv::Mat& kernel : {box_kernel(ruling, 1), box_kernel(1, ruling)}) {
        cv::morphologyEx(strokes, along, cv::MORPH_OPEN, kernel);
        cv::dilate(along, along, box_kernel(3));
        taken |= along;
    }
    return taken;
}

// Where those of the `strokes` (255) are that are larger both ways than a dash of a ruling, and what is left of others.
cv::Mat writing_of(const cv::Mat& strokes, double char_height) {
    cv::Mat writing = pieces_where(
        strokes, [&](const Piece& piece) { return std::min(piece.box.width, piece.box.height) > kDash * char_height; });
    cv::dilate(writing, writing, box_kernel(odd(kAround * char_height)));
    return writing;
}

// What part of each square and its eight neighbours is blank: blocks of `block` points both ways without any ink (255).
// CV_32F.
cv::Mat blank_share(const cv::Mat& ink, cv::Size squares, int square, int block) {
    cv::Mat near, blank;
    cv::dilate(ink, near, box_kernel(block));
    cv::copyMakeBorder(near, near, 0, squares.height * square - ink.rows, 0, squares.width * square - ink.cols,
                       cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::resize(near == 0, blank, squares, 0, 0, cv::INTER_AREA);
    blank.convertTo(blank, CV_32F, 1.0 / 255);
    cv::blur(blank, blank, {3, 3});
    return blank;
}

// Where nearly as many of the points of the `ground` are `dots` as in the whole area, their `share`, and close by
// nearly none: a shade fades slowly. Both CV_32F.
cv::Mat is_sharp(const cv::Mat& dots, const cv::Mat& ground, double share, double char_height) {
    const cv::Mat close = box_kernel(odd(kBesideEdge * char_height), odd(kAcrossEdge * char_height));
    cv::Mat many = dots > kMany * share * ground;
    cv::Mat few = (dots < kFew * share * ground) & (ground > kLeastGround * 255);
    cv::dilate(many, many, close);
    cv::dilate(few, few, close);
    return many & few;
}

// The dots (255) between strokes (255, with their rough edges): those of an area, and `all`, beyond its squares too.
struct Dots {
    cv::Mat own, all, strokes;
    double share = 0;  // of the area's ground between strokes that they cover
    double char_height = 0;

    Dots turned() const { return {own.t(), all.t(), strokes.t(), share, char_height}; }
    cv::Size window() const { return {odd(kEdgeWidth * char_height), odd(kEdgeHeight * char_height)}; }

    // What the points (255) cover over some characters' width. CV_32F.
    cv::Mat around(const cv::Mat& points) const {
        cv::Mat out;
        cv::boxFilter(points, out, CV_32F, window(), {-1, -1}, true, cv::BORDER_CONSTANT);
        return out;
    }
};

// Where over some characters' width the dots cover half of the area's own share: to the point from above to below, but
// up to half a window too far to the sides, where dots happen to be many.
cv::Mat level_body(const Dots& dots, const cv::Mat& ground) {
    cv::Mat body = (dots.around(dots.own) > dots.share / 2 * ground) | (dots.strokes & (ground < kLeastGround * 255));
    // Where dots happen to be few, the area does not end.
    cv::morphologyEx(body, body, cv::MORPH_CLOSE, box_kernel(1, odd(kFewDots * dots.char_height)));
    return body;
}

// The upper and lower edges of the area, but those beyond its sides, which `plumb` tells, its body found upright: where
// its body ends, and all dots do at once.
cv::Mat level_edges(const Dots& dots, const cv::Mat& ground, const cv::Mat& body, const cv::Mat& plumb) {
    // Uneven by a point.
    cv::Mat edges, level, within;
    cv::morphologyEx(body, edges, cv::MORPH_GRADIENT, box_kernel(1, 3));
    edges &= body;
    edges &= is_sharp(dots.around(dots.all), ground, dots.share, dots.char_height);
    cv::dilate(edges, level, box_kernel(1, 3));
    cv::morphologyEx(level, level, cv::MORPH_OPEN, box_kernel(dots.window().width, 1));
    cv::dilate(plumb, within, box_kernel(1, dots.window().width));
    return edges & level & within;
}

// The points of `squares` (255) of a picture, as many as are in it: `size`.
cv::Mat points_of(const cv::Mat& squares, int square, cv::Size size) {
    cv::Mat points;
    cv::resize(squares, points, squares.size() * square, 0, 0, cv::INTER_NEAREST);
    return points(cv::Rect({0, 0}, size));
}

// A picture's areas of dots, and what is found in them.
class Areas {
  public:
    // `area`: 255 where there are dots.
    Areas(const cv::Mat& ink, cv::Mat area, double char_height)
        : ink_(ink),
          area_(std::move(area)),
          char_height_(char_height),
          found_{cv::Mat::zeros(ink.size(), CV_8UC1), area_.clone(), {}} {}

    // Takes out of `gray` what is no stroke of a piece of the area, `own`, in `inside`. Strokes go on beyond it, by up
    // to `margin`. `dense`: where its dots may be so many that they touch, `pale`: where they do not. All of the size
    // of `inside`.
    void take_out(const cv::Mat& own, const cv::Mat& dense, const cv::Mat& pale, const cv::Rect& inside, int margin,
                  cv::Mat& gray) {
        const cv::Rect around =
            cv::Rect(inside.x - margin, inside.y - margin, inside.width + 2 * margin, inside.height + 2 * margin) &
            cv::Rect({0, 0}, ink_.size());
        const double black = share_of_dots(ink_(inside), dense);
        if (black <= kTouchingShare) return erase(own, strokes_of(ink_(around), char_height_), inside, around, gray);
        const cv::Mat reach = reach_of_touching_dots(ink_(inside), char_height_);
        const cv::Mat rest = own & pale & ~reach;
        area_(inside).setTo(0, own & ~(reach | rest));
        found_.ground(inside).setTo(0, own & ~(reach | rest));
        const cv::Mat whole = strokes_of(ink_(around), char_height_);
        const bool in_line = black > kInLine;
        erase(own & reach, in_line ? strokes_among_touching_dots(ink_(around), black, char_height_) : whole, inside,
              around, gray);
        if (cv::countNonZero(rest) > 0) erase(rest, whole, inside, around, gray);
    }

    Halftones found() && {
        found_.ink = ink_ & found_.ground;
        return std::move(found_);
    }

  private:
    // What of `part` is none of the `strokes` around.
    void erase(const cv::Mat& part, const cv::Mat& strokes, const cv::Rect& inside, const cv::Rect& around,
               cv::Mat& gray) {
        if (cv::countNonZero(part) == 0) return;
        const cv::Mat within = strokes(inside - around.tl());
        mark_edges(strokes, part, inside, around);
        found_.ground(inside).setTo(0, part & writing_of(within, char_height_));
        gray(inside).setTo(255, part & ~within);
    }

    void mark_edges(const cv::Mat& strokes, const cv::Mat& part, const cv::Rect& inside, const cv::Rect& around) {
        const cv::Mat taken = with_rough_edges(strokes, char_height_), all = ink_(around) & ~taken;
        Dots level{all & area_(around), all, taken, 0, char_height_};
        const cv::Rect within = inside - around.tl();
        level.share = cv::mean(level.own(within), part)[0] / std::max(1.0, cv::mean(~taken(within), part)[0]);
        const Dots plumb = level.turned();
        const cv::Mat ground = level.around(~level.strokes), plumb_ground = plumb.around(~plumb.strokes);
        const cv::Mat body = level_body(level, ground), plumb_body = level_body(plumb, plumb_ground);
        cv::Mat edges = found_.edges(around);
        edges |= level_edges(level, ground, body, plumb_body.t());
        edges |= cv::Mat(level_edges(plumb, plumb_ground, plumb_body, body.t()).t());
    }

    const cv::Mat ink_;
    cv::Mat area_;
    double char_height_;
    Halftones found_;
};

}  // namespace

Halftones erase_halftones(cv::Mat& gray, double char_height) {
    if (char_height > kLargestCharacter || !is_bilevel(gray)) return {};
    const int square = std::max(6, cvRound(kSquare * char_height)), dot = std::max(2, cvRound(kDot * char_height));
    const cv::Size squares((gray.cols + square - 1) / square, (gray.rows + square - 1) / square);
    cv::Mat dots = cv::Mat::zeros(squares, CV_32FC1);
    const cv::Mat ink = gray < kDark;
    for (const Piece& piece : connect(find_runs(ink)).all)
        if (std::max(piece.box.width, piece.box.height) <= dot)
            ++dots.at<float>(piece.box.y / square, piece.box.x / square);
    const cv::Mat touching = squares_of_touching_dots(ink, squares, square, char_height);
    // The sum over nine squares, and how many of them have any: broken writing has dots, and white between its lines.
    cv::Mat sum, any;
    cv::boxFilter(dots, sum, CV_32F, {3, 3}, {-1, -1}, false, cv::BORDER_CONSTANT);
    cv::boxFilter((dots >= 1) / 255, any, CV_32F, {3, 3}, {-1, -1}, false, cv::BORDER_CONSTANT);
    const cv::Mat by_dots = (sum >= kDots) & (any >= kAllOver), dotted = by_dots | touching;
    if (cv::countNonZero(dotted) == 0) return {};
    const cv::Mat covered = blank_share(ink, squares, square, std::max(5, cvRound(kBlankBlock * char_height))) < kBlank;
    cv::Mat core;
    cv::dilate(dotted & covered, core, box_kernel(3));
    core &= dotted;
    if (cv::countNonZero(core) == 0) return {};
    // Writing takes the place of dots, and has them all around; a row of paper between two such areas has none. At the
    // area's edge a square is half full.
    cv::Mat filled, edge, near_touching;
    cv::dilate(touching, near_touching, box_kernel(3));
    cv::morphologyEx(core, filled, cv::MORPH_CLOSE, box_kernel(kHole));
    core |= filled & covered;
    cv::dilate(core, edge, box_kernel(3));
    core |= edge & ((dots >= 1) | near_touching);
    Areas areas(ink, points_of(core, square, gray.size()), char_height);
    const Runs runs = find_runs(core);
    const Pieces pieces = connect(runs);
    for (std::size_t i = 0; i < pieces.all.size(); ++i) {
        const cv::Rect& box = pieces.all[i].box;
        const cv::Rect inside = cv::Rect(box.tl() * square, box.size() * square) & cv::Rect({0, 0}, gray.size());
        const cv::Mat own = draw_piece(runs, pieces, i, squares)(box);
        const auto points = [&](const cv::Mat& of) { return points_of(of, square, inside.size()); };
        areas.take_out(points(own), points(own & touching(box)), points(own & by_dots(box) & ~touching(box)), inside,
                       2 * square, gray);
    }
    return std::move(areas).found();
}

}  // namespace biaod::layout
