#include "layout/cleaning/streaks.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "layout/kernel.hpp"
#include "models/median.hpp"

namespace biaod::layout {
namespace {

constexpr int kBands = 48;             // across the streaks, of which the levels are means
constexpr int kMargins = 2;            // bands at either end
constexpr double kBeside = 0.14;       // character heights to either side, where there is paper: a streak is thinner
constexpr int kDip = 6;                // grey levels
constexpr int kOff = 1;                // px that a band's dip may lie off
constexpr double kSeen = 0.25;         // of the bands dip: along a table's side and in writing none does
constexpr double kDark = 0.9;          // of the bands are darker than the paper around
constexpr double kLeastWay = 0.25;     // of the way from edge to edge
constexpr double kPartly = 0.6;        // of the bands: a streak that goes all the way may be interrupted
constexpr double kPaper = 1;           // character heights to either side: there is paper
constexpr double kInMargins = 0.03;    // of a margin's columns may be darker than those beside: more is writing
constexpr double kContinuous = 0.55;   // of the rows of a margin
constexpr int kMost = 8;               // more lines are a form's
constexpr double kAllTheWay = 0.9;     // of it; what goes less far comes off
constexpr double kMostOff = 0.7;       // of the paper's level: darker ones that do not go all the way are rulings
constexpr int kCrossedWithin = 3;      // bands from where it begins
constexpr double kBesideCrossing = 2;  // character heights
constexpr double kCrossing = 0.75;     // of the paper's level: the mean along a line that crosses
constexpr int kMostThatComeOff = 4;    // more are rulings of a table
constexpr double kTogether = 0.6;      // of the bands in which two are interrupted
constexpr int kBlurred = 1;            // px on either side of a streak
constexpr double kLost = 0.5;          // of the light: print in a streak that takes less still stands out
constexpr double kLeastLight = 0.1;
constexpr double kBlank = 0.85;   // of the lightest beside a streak: nothing is printed there
constexpr double kEnough = 0.25;  // of a band's length
constexpr double kUneven = 1.4;   // times what a streak takes in three quarters of the bands

// The mean levels of bands across streaks down the picture, or along its rows, if `level`; CV_8UC1, a row for each.
cv::Mat band_levels(const cv::Mat& gray, bool level) {
    const int along = level ? gray.cols : gray.rows;
    cv::Mat levels(kBands, level ? gray.rows : gray.cols, CV_8UC1);
    std::vector<int> sums(static_cast<std::size_t>(levels.cols));
    for (int band = 0; band < kBands; ++band) {
        const int from = band * along / kBands, to = (band + 1) * along / kBands;
        std::ranges::fill(sums, 0);
        if (level)
            for (int y = 0; y < gray.rows; ++y)
                sums[static_cast<std::size_t>(y)] =
                    std::accumulate(gray.ptr<std::uint8_t>(y) + from, gray.ptr<std::uint8_t>(y) + to, 0);
        else
            for (int y = from; y < to; ++y)
                std::transform(sums.begin(), sums.end(), gray.ptr<std::uint8_t>(y), sums.begin(), std::plus<int>());
        std::ranges::transform(sums, levels.ptr<std::uint8_t>(band),
                               [&](int sum) { return static_cast<std::uint8_t>(sum / (to - from)); });
    }
    return levels;
}

// Where they dip; CV_8UC1, a row for each band.
cv::Mat find_dips(const cv::Mat& levels, int beside) {
    cv::Mat dips = cv::Mat::zeros(levels.size(), CV_8UC1);
    for (int y = 0; y < levels.rows; ++y) {
        const auto* of_band = levels.ptr<std::uint8_t>(y);
        for (int x = beside; x < levels.cols - beside; ++x)
            dips.at<std::uint8_t>(y, x) = std::min(of_band[x - beside], of_band[x + beside]) - of_band[x] >= kDip;
    }
    return dips;
}

// The bands through which a streak goes from an edge, the first one or the last: it comes off somewhere, or at the
// other edge. None if the column `x` of dips is no streak's, which beside rulings and writing does not dip, but is
// `dark`.
cv::Range way_from(bool first, const cv::Mat& dips, const cv::Mat& dark, int x) {
    const auto at = [&](const cv::Mat& of, int band) {
        return of.at<std::uint8_t>(first ? band : kBands - 1 - band, x);
    };
    for (int band = 0; band < kMargins; ++band)
        if (at(dips, band) == 0) return {};
    int reach = 0, dipping = 0, darker = 0;
    for (int band = 0; band < kBands; ++band) {
        darker += at(dark, band) != 0;
        if (at(dips, band) == 0) continue;
        ++dipping;
        if (darker >= kDark * (band + 1) && dipping >= kSeen * (band + 1)) reach = band + 1;
    }
    if (reach < kLeastWay * kBands) return {};
    return first ? cv::Range(0, reach) : cv::Range(kBands - reach, kBands);
}

// The bands through which a streak that is interrupted goes down the column, from margin to margin: a ruling of a table
// that an edge of the picture cuts is interrupted, too, but begins at one edge.
cv::Range interrupted_way(const cv::Mat& dips, int x) {
    const auto dips_from = [&](int first) {
        for (int band = first; band < first + kMargins; ++band)
            if (dips.at<std::uint8_t>(band, x) == 0) return false;
        return true;
    };
    const bool first = dips_from(0);
    if (!first && !dips_from(kBands - kMargins)) return {};
    const cv::Mat column = dips.col(x);
    const cv::Rect all = cv::boundingRect(column);
    if (all.height <= kBands - kMargins || cv::countNonZero(column) < kPartly * kBands) return {};
    return {first ? 0 : std::max(1, all.y), all.br().y};
}

struct Streak {
    cv::Range columns;  // or rows
    cv::Range bands;
    bool interrupted = false;
};

// What share of the paper's level it takes in the margin that it begins in.
double darkest(const cv::Mat& levels, const cv::Mat& paper, const Streak& streak) {
    const int margin = streak.bands.start == 0 ? 0 : kBands - 1;
    double most = 0;
    for (int x = streak.columns.start; x < streak.columns.end; ++x)
        most = std::max(most, 1 - double(levels.at<std::uint8_t>(margin, x)) / paper.at<std::uint8_t>(margin, x));
    return most;
}

// Whether it is darker than what is beside it all along the margin that it begins in; specks are in a few places.
bool is_continuous(const cv::Mat& upright, const Streak& streak) {
    const int margin = kMargins * upright.rows / kBands;
    const int first = streak.bands.start == 0 ? 0 : upright.rows - margin;
    const int left = std::max(0, streak.columns.start - kBlurred - 1);
    const int right = std::min(upright.cols - 1, streak.columns.end + kBlurred);
    int most = 0;
    for (int x = streak.columns.start; x < streak.columns.end; ++x) {
        int darker = 0;
        for (int y = first; y < first + margin; ++y) {
            const auto* row = upright.ptr<std::uint8_t>(y);
            darker += 2 * row[x] < row[left] + row[right] - kDip;
        }
        most = std::max(most, darker);
    }
    return most > kContinuous * margin;
}

// Whether a line runs across it where it begins, `beside` px to either side; `upright` is the picture with the streak
// going down.
bool is_crossed_in_margin(const cv::Mat& upright, const Streak& streak, int beside) {
    const int depth = kCrossedWithin * upright.rows / kBands;
    const cv::Range rows =
        streak.bands.start == 0 ? cv::Range(0, depth) : cv::Range(upright.rows - depth, upright.rows);
    for (const cv::Range& side : {cv::Range(std::max(0, streak.columns.start - beside), streak.columns.start),
                                  cv::Range(streak.columns.end, std::min(upright.cols, streak.columns.end + beside))}) {
        if (side.empty()) continue;
        cv::Mat means;
        cv::reduce(upright(rows, side), means, 1, cv::REDUCE_AVG, CV_32F);
        double least = 0, most = 0;
        cv::minMaxLoc(means, &least, &most);
        if (least < kCrossing * most) return true;
    }
    return false;
}

// Whether two of the streaks that are interrupted are so at the same bands: they are rulings, and cells span some.
bool are_interrupted_together(const std::vector<Streak>& streaks, const cv::Mat& dips) {
    std::vector<cv::Mat> gaps;
    for (const Streak& streak : streaks)
        if (streak.interrupted) gaps.push_back(dips.col((streak.columns.start + streak.columns.end) / 2) == 0);
    for (std::size_t i = 0; i < gaps.size(); ++i)
        for (std::size_t k = i + 1; k < gaps.size(); ++k) {
            const int fewer = std::min(cv::countNonZero(gaps[i]), cv::countNonZero(gaps[k]));
            if (cv::countNonZero(gaps[i] & gaps[k]) >= kTogether * fewer) return true;
        }
    return false;
}

std::vector<Streak> find_streaks(const cv::Mat& gray, bool level, double char_height) {
    const int beside = std::max(4, cvRound(kBeside * char_height));
    const int along = level ? gray.cols : gray.rows, across = level ? gray.rows : gray.cols;
    if (along < 2 * kBands || across <= 2 * beside) return {};
    const cv::Mat levels = band_levels(gray, level);
    cv::Mat dips = find_dips(levels, beside), paper;
    for (const cv::Range& margin : {cv::Range(0, kMargins), cv::Range(kBands - kMargins, kBands)})
        if (cv::countNonZero(dips.rowRange(margin)) > kInMargins * kMargins * across) return {};
    cv::dilate(levels, paper, box_kernel(2 * cvRound(kPaper * char_height) + 1, 1));
    cv::Mat dark = paper - levels >= kDip;
    for (cv::Mat* of : {&dips, &dark}) cv::dilate(*of, *of, box_kernel(2 * kOff + 1, 1));
    std::vector<Streak> streaks;
    for (int x = 0; x < across; ++x) {
        const cv::Range down = way_from(true, dips, dark, x), up = way_from(false, dips, dark, x);
        cv::Range way = down.size() >= up.size() ? down : up;
        const cv::Range partly = interrupted_way(dips, x);
        const bool interrupted = way.size() < kAllTheWay * kBands && !partly.empty();
        if (interrupted) way = partly;
        if (way.empty()) continue;
        if (streaks.empty() || x > streaks.back().columns.end) {
            streaks.push_back({{x, x + 1}, way, interrupted});
            continue;
        }
        Streak& last = streaks.back();
        last.columns.end = x + 1;
        last.bands = {std::min(last.bands.start, way.start), std::max(last.bands.end, way.end)};
        last.interrupted = last.interrupted && interrupted;
    }
    std::erase_if(streaks, [&](const Streak& streak) { return streak.columns.size() > 2 * beside; });
    if (streaks.empty()) return {};
    const cv::Mat upright = level ? cv::Mat(gray.t()) : gray;
    std::erase_if(streaks, [&](const Streak& streak) { return !is_continuous(upright, streak); });
    // Of a table that the picture's edge cuts rulings go from there, too, but they are as dark as print, or many, or
    // others cross them at once.
    const auto comes_off = [](const Streak& streak) {
        return streak.interrupted || streak.bands.size() < kAllTheWay * kBands;
    };
    std::erase_if(streaks, [&](const Streak& streak) {
        return comes_off(streak) && (darkest(levels, paper, streak) > kMostOff ||
                                     is_crossed_in_margin(upright, streak, cvRound(kBesideCrossing * char_height)));
    });
    if (are_interrupted_together(streaks, dips)) std::erase_if(streaks, std::mem_fn(&Streak::interrupted));
    for (const bool interrupted : {false, true}) {
        const auto is_such = [&](const Streak& streak) {
            return comes_off(streak) && streak.interrupted == interrupted;
        };
        if (std::ranges::count_if(streaks, is_such) > kMostThatComeOff) std::erase_if(streaks, is_such);
    }
    if (std::ssize(streaks) > kMost) return {};
    return streaks;
}

// What share of the light a streak takes in column `x`, as columns `left` and `right` beside it show where they are
// paper; a value for each band, from the next ones where writing hides it.
std::vector<double> shades_of(const cv::Mat& gray, int x, int left, int right, const cv::Range& bands) {
    std::vector<double> shades(kBands, -1), known;
    for (int band = bands.start; band < bands.end; ++band) {
        const int from = band * gray.rows / kBands, to = (band + 1) * gray.rows / kBands;
        std::vector<double> rows;
        double paper = 0;
        for (int y = from; y < to; ++y)
            paper = std::max<double>(paper, std::max(gray.at<std::uint8_t>(y, left), gray.at<std::uint8_t>(y, right)));
        if (paper == 0) continue;
        for (int y = from; y < to; ++y) {
            const int a = gray.at<std::uint8_t>(y, left), b = gray.at<std::uint8_t>(y, right);
            if (std::min(a, b) >= kBlank * paper) rows.push_back(1 - 2.0 * gray.at<std::uint8_t>(y, x) / (a + b));
        }
        if (static_cast<double>(rows.size()) < kEnough * (to - from)) continue;
        known.push_back(std::max(0.0, models::median(std::move(rows))));
        shades[static_cast<std::size_t>(band)] = known.back();
    }
    if (known.empty()) return {};
    // A ruling below a streak is darker than it is anywhere else.
    const auto high = known.begin() + std::ssize(known) * 3 / 4;
    std::ranges::nth_element(known, high);
    const double most = kUneven * *high;
    double last = -1;
    for (int band = bands.start; band < bands.end; ++band) {
        double& shade = shades[static_cast<std::size_t>(band)];
        if (shade < 0 && last < 0)
            shade = *std::ranges::find_if(shades, [](double other) { return other >= 0; });
        else if (shade < 0)
            shade = last;
        last = shade = std::min(shade, most);
    }
    return shades;
}

}  // namespace

cv::Mat erase_streaks(cv::Mat& gray, double char_height) {
    cv::Mat where;
    for (const bool level : {false, true}) {
        const std::vector<Streak> streaks = find_streaks(gray, level, char_height);
        if (streaks.empty()) continue;
        cv::Mat upright = level ? cv::Mat(gray.t()) : gray;
        cv::Mat found = cv::Mat::zeros(upright.size(), CV_8UC1);
        for (const Streak& streak : streaks) {
            const cv::Range &columns = streak.columns, &bands = streak.bands;
            const int left = std::max(0, columns.start - kBlurred - 1);
            const int right = std::min(upright.cols - 1, columns.end + kBlurred);
            for (int x = left + 1; x < right; ++x) {
                const std::vector<double> shades = shades_of(upright, x, left, right, bands);
                if (shades.empty()) continue;
                for (int band = bands.start; band < bands.end; ++band) {
                    const cv::Range rows(band * upright.rows / kBands, (band + 1) * upright.rows / kBands);
                    const double shade = shades[static_cast<std::size_t>(band)];
                    cv::Mat part = upright.col(x).rowRange(rows);
                    part.convertTo(part, -1, 1 / std::max(kLeastLight, 1 - shade));
                    if (shade > kLost) found.col(x).rowRange(rows).setTo(255);
                }
            }
        }
        if (level) {
            cv::transpose(upright, gray);
            cv::transpose(found, found);
        }
        if (cv::countNonZero(found) > 0) where = where.empty() ? found : where | found;
    }
    return where;
}

}  // namespace biaod::layout
