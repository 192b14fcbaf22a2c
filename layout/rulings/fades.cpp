#include "layout/rulings/fades.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "layout/ink_profile.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kHairline = 0.06;
constexpr double kThinnest = 2.2;  // px
constexpr int kShortest = 2;       // px
constexpr double kWidestGap = 3;
constexpr double kClear = 0.3;
constexpr double kSpan = 8;
constexpr double kInked = 0.25;     // of the span
constexpr std::size_t kFewest = 4;  // pieces
constexpr double kThinlyInked = 0.06;
constexpr std::size_t kFewestThinly = 12;  // pieces, over twice the span
constexpr double kStray = 1.5;     // px off the line from one piece to the next, and a fiftieth of their distance
constexpr double kCrossed = 0.15;  // of a gap's length, that rulings across it cover

// Along the line x runs, across it y.
struct Fade {
    double from = 0, to = 0, at = 0;
};

using Chain = std::vector<Fade>;

class Direction {
  public:
    Direction(const cv::Mat& ink, bool horizontal, double unit) : ink_(ink), horizontal_(horizontal), unit_(unit) {}

    std::vector<Chain> chains(const Pieces& pieces) const {
        std::vector<Fade> fades;
        for (const Piece& piece : pieces.all) {
            const cv::Rect box = swapped(piece.box);
            const double thickness = static_cast<double>(piece.area) / box.width;
            if (box.width < kShortest || box.width < box.height || thickness > std::max(kThinnest, kHairline * unit_) ||
                box.height > 2 * thickness + 2 || !clear(box))
                continue;
            fades.push_back({static_cast<double>(box.x), static_cast<double>(box.br().x), box.y + box.height / 2.0});
        }
        std::sort(fades.begin(), fades.end(), [](const Fade& a, const Fade& b) { return a.from < b.from; });
        std::vector<Chain> chains = chained(fades);
        std::erase_if(chains, [&](const Chain& chain) { return !is_hairline(chain); });
        return chains;
    }

    void draw(const Chain& chain, cv::Mat& ink) const {
        for (std::size_t i = 1; i < chain.size(); ++i) {
            const cv::Point a(cvRound(chain[i - 1].to) - 1, cvRound(chain[i - 1].at - 0.5));
            const cv::Point b(cvRound(chain[i].from), cvRound(chain[i].at - 0.5));
            cv::line(ink, horizontal_ ? a : cv::Point(a.y, a.x), horizontal_ ? b : cv::Point(b.y, b.x), 255, 1);
        }
    }

  private:
    // Each fade goes to the chain that ends nearest before it. Chains are looked up by where they are: a page of specks
    // has very many.
    std::vector<Chain> chained(const std::vector<Fade>& fades) const {
        const double widest = kWidestGap * unit_;
        const int band = static_cast<int>(kStray + widest / 50) + 1;
        std::vector<Chain> chains;
        std::map<int, std::vector<std::size_t>> open;  // by the band that the chain's last fade is in
        for (const Fade& fade : fades) {
            const int here = static_cast<int>(fade.at) / band;
            std::optional<std::size_t> home;
            for (int near = here - 1; near <= here + 1; ++near) {
                const auto found = open.find(near);
                if (found == open.end()) continue;
                std::erase_if(found->second, [&](std::size_t i) { return fade.from - chains[i].back().to > widest; });
                for (const std::size_t i : found->second) {
                    const Fade& last = chains[i].back();
                    const double gap = fade.from - last.to;
                    if (gap < 0 || std::abs(fade.at - last.at) > kStray + gap / 50) continue;
                    if (!home || last.to > chains[*home].back().to) home = i;
                }
            }
            if (home) {
                std::erase(open[static_cast<int>(chains[*home].back().at) / band], *home);
                chains[*home].push_back(fade);
            } else {
                home = chains.size();
                chains.push_back({fade});
            }
            open[here].push_back(*home);
        }
        return chains;
    }

    cv::Rect swapped(const cv::Rect& box) const {
        return horizontal_ ? box : cv::Rect(box.y, box.x, box.height, box.width);
    }

    cv::Mat part(double x0, double y0, double x1, double y1) const {
        const cv::Rect box(cv::Point(cvFloor(x0), cvFloor(y0)), cv::Point(cvCeil(x1), cvCeil(y1)));
        return ink_(swapped(box) & cv::Rect({0, 0}, ink_.size()));
    }

    bool clear(const cv::Rect& box) const {
        const double reach = kClear * unit_;
        return cv::countNonZero(part(box.x, box.y - reach, box.br().x, box.y)) == 0 &&
               cv::countNonZero(part(box.x, box.br().y, box.br().x, box.br().y + reach)) == 0;
    }

    // Share of the gap's length with ink on the line or beside it.
    double crossed(const Fade& before, const Fade& after) const {
        const double at = (before.at + after.at) / 2, reach = kClear / 2 * unit_;
        if (after.from - before.to < 3) return 0;
        const cv::Mat gap = part(before.to + 1, at - reach, after.from - 1, at + reach);
        if (gap.empty()) return 0;
        const cv::Mat any = horizontal_ ? inked_columns(gap) : inked_rows(gap);
        return cv::countNonZero(any) / static_cast<double>(any.total());
    }

    bool is_hairline(const Chain& chain) const {
        const double span = chain.back().to - chain.front().from;
        if (chain.size() < kFewest || span < kSpan * unit_) return false;
        double inked = 0;
        for (const Fade& fade : chain) inked += fade.to - fade.from;
        const bool thinly = inked > kThinlyInked * span && chain.size() >= kFewestThinly && span > 2 * kSpan * unit_;
        if (inked < kInked * span && !thinly) return false;
        std::size_t white = 0;
        for (std::size_t i = 1; i < chain.size(); ++i) {
            const double share = crossed(chain[i - 1], chain[i]);
            if (share > kCrossed) return false;
            white += share == 0;
        }
        return 2 * white >= chain.size() - 1;
    }

    const cv::Mat& ink_;
    bool horizontal_;
    double unit_;
};

}  // namespace

bool draw_fades_through(cv::Mat& ink, const Pieces& pieces, double char_height) {
    const Direction rows(ink, true, char_height), columns(ink, false, char_height);
    const std::vector<Chain> across = rows.chains(pieces), down = columns.chains(pieces);
    for (const Chain& chain : across) rows.draw(chain, ink);
    for (const Chain& chain : down) columns.draw(chain, ink);
    return !across.empty() || !down.empty();
}

}  // namespace biaod::layout
