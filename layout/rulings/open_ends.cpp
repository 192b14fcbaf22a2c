#include "layout/rulings/open_ends.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "layout/ink_profile.hpp"
#include "layout/rulings/open_sides.hpp"
#include "layout/rulings/table_rulings.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kTouch = 0.8;
constexpr double kLeastBeyond = 1.2;  // a row of writing
constexpr double kMostBeyond = 12;
constexpr double kPiece = 0.25;  // of a table's width
constexpr double kEndsAlike = 0.8;
constexpr double kOffTheRow = 0.3;    // the page's rest of skew
constexpr double kPast = 0.1;         // steps by which crumbs may lie beside a vertical's end
constexpr double kCrumbs = 0.013;     // of the row's columns hold ink; where no vertical tells of the row, instead
constexpr double kMostCrumbs = 0.45;  // with pieces of a horizontal among them,
constexpr double kSomeCrumbs = 0.15;  // or with some of a row as high as the next,
constexpr double kManyCrumbs = 0.04;  // or without any,
constexpr double kFewCrumbs = 0.004;  // or of a row as high as the next;
constexpr double kAsHigh = 0.15;      // two rows differ by
constexpr double kFewest = 0.0015;    // where pieces of an outer vertical are left;
constexpr int kSideCrumbs = 2;        // px
constexpr int kLeastQuarters = 3;     // in so many quarters of it, and there
constexpr double kEven = 0.1;         // times as many as if they lay evenly,
constexpr double kThinnest = 3;       // px thick, or
constexpr double kThin = 0.08;
constexpr double kThick = 0.05;         // but for a share of them
constexpr double kMostOfOneCell = 4.8;  // beyond
constexpr double kMoreThanBeside = 3;
constexpr double kStrip = 0.15;
constexpr double kRunsOn = 0.75;  // of its way is ink,
constexpr double kInkGap = 0.5;   // and no gap as wide: a stroke beyond the table leaves one
constexpr double kTallestStroke = 1.1;
constexpr double kWriting = 0.5;    // squares of a character's height that are ink, at least
constexpr double kNoWriting = 0.2;  // the same, at most
constexpr double kLostTip = 2;      // of a horizontal
constexpr double kHalf = 0.5;

class Ends {
  public:
    Ends(std::vector<Ruling>& rulings, const cv::Mat& faint, const cv::Mat& text, const DeskStrips& desk, double unit,
         bool scanned)
        : rulings_(rulings), faint_(faint), text_(text), desk_(desk), unit_(unit), scanned_(scanned) {}

    void close(const TableRulings& table, bool below) {
        const double last = last_found(table, below);
        auto end = lost_end(table, last, below);
        if (!end && scanned_) end = row_without_verticals(table, last, below);
        if (!end || !holds_writing(table, last, *end)) return;
        const bool torn = scanned_ && ends_page(table, *end, below);
        const bool ruled = find_crumbs(table, last, *end, below) || (!torn && is_row(table, last, *end, below));
        if (!ruled && !torn) return;
        double thickness = 1;
        for (const std::size_t v : table.verticals) thickness = std::max(thickness, rulings_[v].thickness);
        const double width = table.right - table.left;
        for (const double side : {table.left, table.right}) draw_out(table, side, last, *end, below);
        if (!ruled) return;
        for (const std::size_t v : table.verticals)
            if (beyond(tip(rulings_[v], below), *end, below) > 0) (below ? rulings_[v].to : rulings_[v].from) = *end;
        rulings_.push_back({true, *end, table.left, table.right, thickness, width});
    }

  private:
    static double tip(const Ruling& vertical, bool below) { return below ? vertical.to : vertical.from; }

    // How far `y` lies beyond `from`.
    static double beyond(double y, double from, bool below) { return below ? y - from : from - y; }

    // The outermost horizontal that was found; a piece of one is what is left of it, if there are others.
    double last_found(const TableRulings& table, bool below) const {
        const auto outermost = [&](double shortest) {
            std::optional<double> at;
            for (const std::size_t h : table.horizontals) {
                const Ruling& r = rulings_[h];
                if (r.length() >= shortest && (!at || beyond(r.at, *at, below) > 0)) at = r.at;
            }
            return at;
        };
        const auto last = outermost(kPiece * (table.right - table.left));
        return last ? *last : *outermost(0);
    }

    // Where a row of one cell ends of which no vertical was found: at what is left of a horizontal, or at crumbs.
    std::optional<double> row_without_verticals(const TableRulings& table, double last, bool below) const {
        const auto is_side_lost = [&](double end) {
            return is_open(table, last) || side_holds_crumbs(table, last, end);
        };
        if (const auto end = row_of_pieces(table, last, below); end && is_side_lost(*end)) return end;
        for (const double crumbs : {kManyCrumbs, kFewCrumbs})
            if (const auto end = row_of_crumbs(table, last, below, crumbs); end && is_side_lost(*end)) return end;
        return std::nullopt;
    }

    // Where, beyond its last horizontal and a row of one cell, pieces of a horizontal lie from one side of the table to
    // the other and cover half of the way, or some pieces and crumbs between.
    std::optional<double> row_of_pieces(const TableRulings& table, double last, bool below) const {
        std::vector<const Ruling*> pieces;
        for (const Ruling& r : rulings_) {
            const double off = beyond(r.at, last, below);
            if (r.horizontal && off > kLeastBeyond * unit_ && off < kMostOfOneCell * unit_ && r.from < table.right &&
                r.to > table.left)
                pieces.push_back(&r);
        }
        if (pieces.empty()) return std::nullopt;
        std::ranges::sort(pieces, {}, &Ruling::from);
        const double end = pieces.front()->at, left = pieces.front()->from;
        double right = left, length = 0;
        for (const Ruling* piece : pieces) {
            if (std::abs(piece->at - end) > kOffTheRow * unit_ || is_of_another(*piece, below)) return std::nullopt;
            length += std::max(0.0, piece->to - std::max(piece->from, right));
            right = std::max(right, piece->to);
        }
        const auto reaches_sides = [&](double from, double to) {
            return std::abs(from - table.left) < kLostTip * unit_ && std::abs(to - table.right) < kLostTip * unit_;
        };
        const bool whole = reaches_sides(left, right) && length > kHalf * (table.right - table.left);
        const int top = cvRound(end - kOffTheRow / 2 * unit_), bottom = cvRound(end + kOffTheRow / 2 * unit_) + 1;
        const cv::Mat row = part(faint_, table, top, bottom);
        const cv::Rect ink = row.empty() ? cv::Rect() : cv::boundingRect(row);
        const bool enough =
            thin_crumbs(row, kCrumbs) > kMostCrumbs ||
            (is_as_high(beyond(end, last, below), table, last, below) && thin_crumbs(row, kFewCrumbs, 0) > kSomeCrumbs);
        const bool crumbs = reaches_sides(table.left + ink.x, table.left + ink.br().x) && enough &&
                            holds_crumbs(table, end, below, kCrumbs);
        if (!(whole || crumbs) || !is_one_cell(table, last, end)) return std::nullopt;
        return end;
    }

    // Whether a vertical goes on from the piece on its far side: there is another table.
    bool is_of_another(const Ruling& piece, bool below) const {
        return std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return touch(piece, r, kTouch * unit_) && beyond(tip(r, below), piece.at, below) > kLeastBeyond * unit_;
        });
    }

    // How far the vertical's own ink goes on beyond the last horizontal: strokes of a heading may be joined to it.
    double end_of_ink(const Ruling& vertical, double last, bool below) const {
        const double end = tip(vertical, below);
        const auto [top, bottom] = std::minmax(last, end);
        const int half = cvCeil(vertical.thickness / 2) + 1;
        const cv::Rect way(cv::Point(cvRound(vertical.at) - half, cvRound(top)),
                           cv::Point(cvRound(vertical.at) + half + 1, cvRound(bottom)));
        const cv::Mat ink = faint_(way & cv::Rect({0, 0}, faint_.size()));
        if (ink.empty() || beyond(end, last, below) <= 0) return last;
        const cv::Mat rows = inked_rows(ink);
        int inked = 0, reached = 0;  // of `reached` rows, from the horizontal on
        for (int i = 0; i < rows.rows && i - reached < kInkGap * unit_; ++i) {
            if (rows.at<uchar>(below ? i : rows.rows - 1 - i, 0) == 0) continue;
            ++inked;
            reached = i + 1;
        }
        if (inked <= kRunsOn * reached) return last;
        return reached == rows.rows ? end : last + (below ? reached : -reached);
    }

    // Where the verticals inside the table that run on end, if they end alike.
    std::optional<double> lost_end(const TableRulings& table, double last, bool below) const {
        std::vector<double> tips;
        for (const std::size_t v : table.verticals) {
            const Ruling& ruling = rulings_[v];
            const bool inside =
                ruling.at > table.left + 2 * kTouch * unit_ && ruling.at < table.right - 2 * kTouch * unit_;
            if (!inside || beyond(tip(ruling, below), last, below) <= kLeastBeyond * unit_) continue;
            const double end = end_of_ink(ruling, last, below);
            if (beyond(end, last, below) > kLeastBeyond * unit_) tips.push_back(end);
        }
        if (tips.empty()) return std::nullopt;
        const auto [least, most] = std::ranges::minmax(tips);
        const double end = below ? most : least;
        if (most - least > kEndsAlike * unit_ || beyond(end, last, below) > kMostBeyond * unit_) return std::nullopt;
        return end;
    }

    // Whether no outer vertical meets the table's last horizontal.
    bool is_open(const TableRulings& table, double last) const {
        return std::ranges::none_of(table.verticals, [&](std::size_t v) {
            const Ruling& r = rulings_[v];
            const double side = std::min(std::abs(r.at - table.left), std::abs(r.at - table.right));
            return side < kTouch * unit_ && last > r.from - kTouch * unit_ && last < r.to + kTouch * unit_;
        });
    }

    // Whether pieces of an outer vertical are left beyond the table's last horizontal.
    bool side_holds_crumbs(const TableRulings& table, double last, double end) const {
        const int margin = cvRound(kOffTheRow * unit_), half = cvRound(kOffTheRow * unit_);
        const auto [top, bottom] = std::minmax(last, end);
        const auto ink_at = [&, top = cvRound(top), bottom = cvRound(bottom)](double x) {
            const cv::Rect way(cv::Point(cvRound(x) - half, top + margin),
                               cv::Point(cvRound(x) + half + 1, bottom - margin));
            return cv::countNonZero(faint_(way & cv::Rect({0, 0}, faint_.size())));
        };
        const auto has_crumbs = [&](double side, double outward) {
            return ink_at(side) >= std::max(kSideCrumbs, cvRound(kMoreThanBeside * ink_at(side + outward)));
        };
        return has_crumbs(table.left, -kTouch * unit_) || has_crumbs(table.right, kTouch * unit_);
    }

    // Where, beyond its last horizontal and a row of one cell, crumbs lie across all of the table; the nearest ones. A
    // few tell only of a row as high as the next.
    std::optional<double> row_of_crumbs(const TableRulings& table, double last, bool below, double least) const {
        const int height = cvRound(kOffTheRow * unit_) + 1;
        const bool few = least < kManyCrumbs;
        std::optional<double> nearest, farthest;  // of those with the most
        double most = least;
        for (double off = kLeastBeyond * unit_; off < kMostOfOneCell * unit_; off += 1) {
            if (few && !is_as_high(off, table, last, below)) continue;
            const double at = below ? last + off : last - off;
            if (is_ruled(table, at) || (nearest && std::abs(at - *nearest) > height)) break;
            const int top = cvRound(at) - height / 2;
            const double share = thin_crumbs(part(faint_, table, top, top + height), few ? 0 : kCrumbs);
            if (share < most || !holds_crumbs(table, at, below, std::min(least, kCrumbs)) ||
                !is_one_cell(table, last, at))
                continue;
            if (share > most || !nearest) nearest = at;
            farthest = at;
            most = share;
        }
        if (!nearest) return std::nullopt;
        return (*nearest + *farthest) / 2;
    }

    // Whether a row of the `height` is as high as the one on the other side of the table's last horizontal.
    bool is_as_high(double height, const TableRulings& table, double last, bool below) const {
        double next = 0;
        for (const std::size_t h : table.horizontals) {
            const double other = beyond(last, rulings_[h].at, below);
            if (other > kLeastBeyond * unit_ && (next == 0 || other < next)) next = other;
        }
        return std::abs(height - next) < kAsHigh * unit_;
    }

    // Share of the columns of `row` that hold ink; 0 where it is thicker than a hairline, or lies in a part of the row:
    // more than the share `least` must lie in its quarters, and `even` of what would lie there if it were spread
    // evenly.
    double thin_crumbs(const cv::Mat& row, double least, double even = kEven) const {
        if (row.empty()) return 0;
        const cv::Mat thickness = column_profile(row);
        const int inked = cv::countNonZero(thickness), quarter = row.cols / 4;
        int quarters = 0;
        for (int i = 0; i < 4; ++i)
            quarters += cv::countNonZero(thickness.colRange(i * quarter, (i + 1) * quarter)) >
                        std::max(least * quarter, even * inked / 4);
        const int thick = cv::countNonZero(thickness > std::max(kThinnest, kThin * unit_));
        return quarters < kLeastQuarters || thick > kThick * inked ? 0 : inked / static_cast<double>(row.cols);
    }

    // Whether verticals tell of a row without crumbs: one inside the table, whose lines of writing are those of cells,
    // and an outer one or a next row that is as high.
    bool is_row(const TableRulings& table, double last, double end, bool below) const {
        return scanned_ && is_one_cell(table, last, end) &&
               (side_holds_crumbs(table, last, end) || is_as_high(beyond(end, last, below), table, last, below));
    }

    // Verticals that are no rulings yet part cells; each is then of one line.
    bool is_one_cell(const TableRulings& table, double last, double end) const {
        const int margin = cvRound(kOffTheRow / 2 * unit_);
        const int top = cvRound(std::min(last, end)) + margin, bottom = cvRound(std::max(last, end)) - margin;
        const cv::Rect row(cvFloor(table.left), top, cvCeil(table.right - table.left), bottom - top);
        const cv::Rect inside = row & cv::Rect({0, 0}, text_.size());
        if (inside.empty()) return false;
        cv::Mat writing = text_.rowRange(inside.y, inside.br().y).clone(), wider;
        cv::dilate(writing, wider, cv::Mat::ones(1, 3, CV_8UC1));  // a vertical may lean
        const cv::Mat columns = column_profile(wider);
        for (int x = 0; x < writing.cols; ++x)
            if (columns.at<int>(0, x) > std::max(kTallestStroke * unit_, kRunsOn * writing.rows))
                writing.col(x).setTo(0);
        return holds_one_cell(writing, {inside.x, 0, inside.width, inside.height}, unit_);
    }

    bool is_ruled(const TableRulings& table, double at) const {
        return std::ranges::any_of(rulings_, [&](const Ruling& r) {
            return r.horizontal && std::abs(r.at - at) < kTouch * unit_ && r.from < table.right && r.to > table.left;
        });
    }

    // Whether crumbs lie at `end`, or so near that the verticals may have been followed past them or not so far; then
    // moves it there. Few are enough where the row is as high as the next, or pieces of an outer vertical are left.
    bool find_crumbs(const TableRulings& table, double last, double& end, bool below) const {
        double least = kCrumbs;
        if (scanned_ && is_as_high(beyond(end, last, below), table, last, below)) least = kFewCrumbs;
        if (scanned_ && side_holds_crumbs(table, last, end)) least = kFewest;
        const double outward = below ? kPast * unit_ : -kPast * unit_;
        for (const int steps : {0, -1, 1, -2, 2, 3, 4, 5, 6}) {
            if (!holds_crumbs(table, end + steps * outward, below, least)) continue;
            end += steps * outward;
            return true;
        }
        return false;
    }

    // More than beyond the row, where specks would be the same, and more than on its inner side, or it is the edge of a
    // heading.
    bool holds_crumbs(const TableRulings& table, double end, bool below, double least) const {
        const int in = cvRound(kOffTheRow / 2 * unit_), out = cvRound(kOffTheRow * unit_), height = in + out + 1;
        const int top = cvRound(end) - (below ? in : out), bottom = top + height;
        const double beside = std::max(least_beside(table, below ? bottom : top, below),
                                       least_beside(table, below ? top : bottom, !below));
        return share_inked(table, top, bottom) > std::max(least, kMoreThanBeside * beside * height);
    }

    // A row's share of inked columns in the emptiest strip beside `at`: the feet of a heading may stand near.
    double least_beside(const TableRulings& table, int at, bool below) const {
        const int strip = std::max(3, cvRound(kStrip * unit_)), reach = cvRound(kOffTheRow * unit_);
        double least = 1;
        for (int off = 0; off + strip <= reach; ++off) {
            const int top = below ? at + off : at - off - strip;
            least = std::min(least, share_inked(table, top, top + strip) / strip);
        }
        return least;
    }

    double share_inked(const TableRulings& table, int top, int bottom) const {
        const cv::Mat row = part(faint_, table, top, bottom);
        if (row.empty()) return 0;
        cv::Mat any = inked_columns(row);
        for (const std::size_t v : table.verticals) {  // whose own ink is no crumb, nor what is left of an outer one
            const Ruling& r = rulings_[v];
            const bool outer = std::min(r.at - table.left, table.right - r.at) < kTouch * unit_;
            if (!outer && (r.from > bottom + unit_ || r.to < top - unit_)) continue;
            const double at = r.at - table.left, reach = kOffTheRow * unit_ + r.thickness;
            const cv::Range own(std::clamp(cvFloor(at - reach), 0, any.cols),
                                std::clamp(cvCeil(at + reach), 0, any.cols));
            if (own.size() > 0) any.colRange(own).setTo(0);
        }
        return cv::countNonZero(any) / static_cast<double>(row.cols);
    }

    bool holds_writing(const TableRulings& table, double last, double end) const {
        const int margin = cvRound(kOffTheRow * unit_);
        const auto [top, bottom] = std::minmax(last, end);
        const cv::Mat band = part(text_, table, cvRound(top) + margin, cvRound(bottom) - margin);
        return !band.empty() && cv::countNonZero(band) > kWriting * unit_ * unit_;
    }

    // Whether nothing but a page number is written beyond.
    bool ends_page(const TableRulings& table, double end, bool below) const {
        const int margin = cvRound(kOffTheRow * unit_);
        const int top = below ? cvRound(end) + margin : 0, bottom = below ? text_.rows : cvRound(end) - margin;
        if (top >= bottom) return true;
        const cv::Rect beyond_it(cv::Point(cvRound(table.left), top), cv::Point(cvRound(table.right), bottom));
        return writing_in(text_, beyond_it, desk_, unit_) < kNoWriting * unit_ * unit_;
    }

    cv::Mat part(const cv::Mat& ink, const TableRulings& table, int top, int bottom) const {
        const cv::Rect wanted(cv::Point(cvRound(table.left), top), cv::Point(cvRound(table.right), bottom));
        return ink(wanted & cv::Rect({0, 0}, ink.size()));
    }

    // The outer vertical on one side, to the lost end.
    void draw_out(const TableRulings& table, double side, double last, double end, bool below) {
        for (const std::size_t v : table.verticals) {
            Ruling& ruling = rulings_[v];
            const bool here = std::abs(ruling.at - side) < kTouch * unit_;
            if (!here || beyond(tip(ruling, below), last, below) < -kTouch * unit_) continue;
            ruling.inked += std::max(0.0, beyond(end, tip(ruling, below), below));
            (below ? ruling.to : ruling.from) = end;
            return;
        }
        const auto [from, to] = std::minmax(last, end);
        rulings_.push_back({false, side, from, to, 1, to - from});
    }

    std::vector<Ruling>& rulings_;
    const cv::Mat& faint_;
    const cv::Mat& text_;
    const DeskStrips& desk_;
    double unit_;
    bool scanned_;
};

}  // namespace

void close_open_ends(std::vector<Ruling>& rulings, const cv::Mat& faint, const cv::Mat& text, const DeskStrips& desk,
                     double char_height, bool scanned) {
    const std::vector<TableRulings> tables = tables_of(rulings, char_height);
    Ends ends(rulings, faint, text, desk, char_height, scanned);
    for (const TableRulings& table : tables)
        for (const bool below : {false, true}) ends.close(table, below);
}

}  // namespace biaod::layout
