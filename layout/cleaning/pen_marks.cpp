#include "layout/cleaning/pen_marks.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "layout/disjoint_sets.hpp"
#include "layout/kernel.hpp"
#include "layout/runs.hpp"

namespace biaod::layout {
namespace {

// In character heights.
constexpr double kSmallest = 0.5, kLargest = 3;  // of a tick, either way
constexpr double kWidestDigit = 0.75;            // a Chinese character is wider

// Of a tick's box.
constexpr double kThin = 0.3;       // of its area is ink
constexpr double kFootFrom = 0.08;  // of its width from the left, where it is lowest
constexpr double kFootTo = 0.6;
constexpr double kHead = 0.75;       // of its width, where it is highest
constexpr double kArmBelow = 0.25;   // of its height from the top: its left arm begins below, and
constexpr double kArmAbove = 0.12;   // of its height above its foot
constexpr double kOpenAbove = 0.45;  // of its width: nothing stands above its left arm
constexpr double kWidestArm = 0.28;  // of its width, but for
constexpr double kFootHeight = 0.35;
constexpr double kCrowded = 0.05;  // of its rows hold more than its arms

constexpr double kLean = 0.25;  // px that its arms lean for each row, at least
constexpr double kBend = 0.1;   // of their height, off the way between their ends

constexpr double kSteepest = 1.2;             // px beside for each px across a ruling, and
constexpr int kSlack = 2;                     // px
constexpr int kPrintEdge = 5;                 // px: the blur of what stands close to it
constexpr double kBlur = 0.1;                 // in character heights, around a stroke
constexpr std::size_t kMostContacts = 20000;  // of a page that a pen marked

double middle(const Run& run) { return (run.from + run.to) / 2.0; }

// `piece` is the one of that index in the picture that `runs` are of.
bool is_tick(const Runs& runs, const std::vector<int>& of_run, int index, const Piece& piece, double char_height) {
    const cv::Rect& box = piece.box;
    const auto [smaller, larger] = std::minmax(box.width, box.height);
    if (smaller < kSmallest * char_height || larger > kLargest * char_height || piece.area > kThin * box.area())
        return false;
    double head = 0, foot = 0, leftmost = box.br().x, arm = 0;
    bool open = true;
    std::vector<int> strokes(static_cast<std::size_t>(box.height));  // in each row
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (of_run[i] != index) continue;
        const Run& run = runs[i];
        ++strokes[static_cast<std::size_t>(run.y - box.y)];
        const double height = static_cast<double>(run.y - box.y) / box.height;
        if (run.y == box.y) head = middle(run);
        if (run.y == box.br().y - 1) foot = middle(run);
        if (run.from < leftmost) {
            leftmost = run.from;
            arm = height;
        }
        open = open && (height > kArmBelow || run.from > box.x + kOpenAbove * box.width);
    }
    // Where a digit touches a tick, rows hold a third stroke.
    const auto crowded = std::ranges::count_if(strokes, [](int n) { return n > 2; });
    if (static_cast<double>(crowded) > kCrowded * box.height) return false;
    const double at_head = (head - box.x) / box.width, at_foot = (foot - box.x) / box.width;
    return open && at_head > kHead && at_foot > kFootFrom && at_foot < kFootTo && arm > kArmBelow &&
           arm < 1 - kArmAbove;
}

// Whether the middles of the runs keep close to the way from the first to the last, and lean.
bool is_straight(const std::vector<const Run*>& arm) {
    if (arm.empty()) return false;
    const double rows = arm.back()->y - arm.front()->y + 1.0;
    const double top = middle(*arm.front()), lean = middle(*arm.back()) - top;
    const double slack = std::max<double>(kSlack, kBend * rows);
    return std::abs(lean) > kLean * rows && std::ranges::all_of(arm, [&](const Run* run) {
               return std::abs(top + lean * (run->y - arm.front()->y) / rows - middle(*run)) <= slack;
           });
}

// Whether the strokes are nothing but two thin and straight arms: what a figure or a dash that meets them would add is
// not there.
bool has_but_two_arms(const Runs& runs, const cv::Rect& box) {
    std::vector<const Run*> left_arm, right_arm;
    for (std::size_t i = 0, end = 0; i < runs.size(); i = end) {
        for (end = i; end < runs.size() && runs[end].y == runs[i].y;) ++end;
        if (end - i > 2) return false;
        const bool both = end - i == 2;
        if (both) left_arm.push_back(&runs[i]);
        if (both || left_arm.empty()) right_arm.push_back(&runs[end - 1]);
    }
    const bool thin = std::ranges::all_of(runs, [&](const Run& run) {
        return run.y > box.br().y - kFootHeight * box.height || run.length() < kWidestArm * box.width;
    });
    return thin && is_straight(left_arm) && is_straight(right_arm);
}

// Where ink ends at an erased ruling on one side and begins on the other.
struct Contact {
    cv::Point before, behind;
};

// Of rulings in one direction; `has_ink` tells it of a point by its places across and along them, `size` is how many
// there are.
template <typename HasInk>
std::vector<Contact> contacts_over(const std::vector<Ruling>& rulings, double beside, cv::Size size, HasInk has_ink) {
    std::vector<cv::Range> bands;
    for (const Ruling& r : rulings) {
        const double half = r.thickness / 2 + beside;
        bands.emplace_back(cvFloor(r.at - half), cvCeil(r.at + half));
    }
    const auto band_at = [&](int across) {
        return std::ranges::find_if(bands, [&](const cv::Range& b) { return b.start <= across && across < b.end; });
    };
    std::vector<Contact> contacts;
    for (std::size_t i = 0; i < rulings.size(); ++i) {
        const int before = bands[i].start - 1;
        int behind = bands[i].end;
        if (before < 0 || band_at(before) != bands.end()) continue;  // the second stroke of a double one
        for (auto other = band_at(behind); other != bands.end(); other = band_at(behind)) behind = other->end;
        if (behind >= size.height) continue;
        const int reach = cvRound(kSteepest * (behind - before)) + kSlack;
        const int first = std::max(0, cvRound(rulings[i].from)), last = std::min(size.width, cvRound(rulings[i].to));
        for (int x = first; x < last; ++x) {
            if (!has_ink(before, x)) continue;
            for (int u = std::max(0, x - reach); u <= std::min(size.width - 1, x + reach); ++u)
                if (has_ink(behind, u)) contacts.push_back({{x, before}, {u, behind}});
            if (contacts.size() > kMostContacts) return contacts;
        }
    }
    return contacts;
}

std::vector<Contact> find_contacts(const std::vector<Ruling>& rulings, double beside, const cv::Mat& ink) {
    std::vector<Ruling> horizontals, verticals;
    for (const Ruling& r : rulings) (r.horizontal ? horizontals : verticals).push_back(r);
    std::vector<Contact> contacts = contacts_over(
        horizontals, beside, ink.size(), [&](int across, int along) { return ink.at<uchar>(across, along) != 0; });
    for (const Contact& c : contacts_over(verticals, beside, {ink.rows, ink.cols},
                                          [&](int across, int along) { return ink.at<uchar>(along, across) != 0; }))
        contacts.push_back({{c.before.y, c.before.x}, {c.behind.y, c.behind.x}});
    return contacts;
}

// Pieces of ink that rulings parted, as one.
struct Crossing {
    cv::Rect box;
    Runs runs;
    std::vector<Contact> contacts;
};

class Crossings {
  public:
    explicit Crossings(const cv::Mat& ink)
        : runs_(find_runs(ink)), pieces_(connect(runs_)), sets_(pieces_.all.size()) {}

    std::vector<Crossing> over(const std::vector<Contact>& contacts) {
        for (const Contact& c : contacts) sets_.unite(piece_at(c.before), piece_at(c.behind));
        std::map<std::size_t, Crossing> found;
        for (const Contact& c : contacts) found[sets_.root(piece_at(c.before))].contacts.push_back(c);
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            const auto piece = static_cast<std::size_t>(pieces_.of_run[i]);
            const auto crossing = found.find(sets_.root(piece));
            if (crossing == found.end()) continue;
            crossing->second.runs.push_back(runs_[i]);
            crossing->second.box |= pieces_.all[piece].box;
        }
        std::vector<Crossing> all;
        for (auto& [piece, crossing] : found) all.push_back(std::move(crossing));
        return all;
    }

  private:
    std::size_t piece_at(const cv::Point& p) const {
        const auto behind = std::upper_bound(runs_.begin(), runs_.end(), p, [](const cv::Point& at, const Run& r) {
            return std::pair(at.y, at.x) < std::pair(r.y, r.from);
        });
        return static_cast<std::size_t>(pieces_.of_run[static_cast<std::size_t>(behind - runs_.begin()) - 1]);
    }

    Runs runs_;
    Pieces pieces_;
    DisjointSets sets_;  // of pieces
};

}  // namespace

cv::Rect without_tick(const cv::Mat& ink, const cv::Rect& line, double char_height) {
    const cv::Rect inside = line & cv::Rect({0, 0}, ink.size());
    if (inside.width < kSmallest * char_height) return line;
    const Runs runs = find_runs(ink(inside));
    const Pieces pieces = connect(runs);
    const auto last = std::ranges::max_element(pieces.all, {}, [](const Piece& piece) { return piece.box.br().x; });
    if (last == pieces.all.end()) return line;
    const int index = static_cast<int>(last - pieces.all.begin());
    if (!is_tick(runs, pieces.of_run, index, *last, char_height)) return line;
    const int end = last->box.x - 1;  // with paper between
    cv::Rect rest;
    for (const Piece& piece : pieces.all) {
        if (&piece == &*last) continue;
        if (piece.box.br().x > end || piece.box.width > kWidestDigit * char_height) return line;
        rest |= piece.box;
    }
    return rest.empty() ? line : rest + inside.tl();
}

void erase_ticks_over(const std::vector<Ruling>& rulings, double beside, double char_height, cv::Mat& ink,
                      cv::Mat& gray) {
    const std::vector<Contact> contacts = find_contacts(rulings, beside, ink);
    if (contacts.empty() || contacts.size() > kMostContacts) return;
    const int blur = cvCeil(kBlur * char_height);
    for (const Crossing& crossing : Crossings(ink).over(contacts)) {
        const cv::Rect& box = crossing.box;
        if (std::max(box.width, box.height) > kLargest * char_height) continue;
        cv::Mat parts = cv::Mat::zeros(box.size(), CV_8UC1);
        for (const Run& run : crossing.runs)
            parts.row(run.y - box.y).colRange(run.from - box.x, run.to - box.x).setTo(255);
        cv::Mat drawn = parts.clone();
        for (const Contact& c : crossing.contacts) cv::line(drawn, c.before - box.tl(), c.behind - box.tl(), 255);
        const Runs strokes = find_runs(drawn);
        const Pieces joined = connect(strokes);
        if (joined.all.size() != 1 || !is_tick(strokes, joined.of_run, 0, joined.all[0], char_height)) continue;
        if (!has_but_two_arms(strokes, joined.all[0].box)) continue;
        const cv::Rect around = cv::Rect(box.x - blur, box.y - blur, box.width + 2 * blur, box.height + 2 * blur) &
                                cv::Rect({0, 0}, gray.size());
        cv::Mat blurred = cv::Mat::zeros(around.size(), CV_8UC1);
        parts.copyTo(blurred(box - around.tl()));
        cv::dilate(blurred, blurred, box_kernel(2 * blur + 1, 2 * blur + 1));
        ink(box).setTo(0, parts);
        cv::Mat print;
        cv::dilate(ink(around), print, box_kernel(kPrintEdge, kPrintEdge));
        blurred.setTo(0, print);
        gray(around).setTo(255, blurred);
    }
}

}  // namespace biaod::layout
