#include "layout/text_lines.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "layout/ink_profile.hpp"

namespace biaod::layout {
namespace {

// In character heights unless said otherwise.
constexpr double kStrokeGap = 0.45;      // between strokes of one character
constexpr double kLineHeight = 1.25;     // strokes are joined up to this height
constexpr double kBesideCut = 0.3;       // how far a character goes on beside a row that it is cut by
constexpr double kHalfHigh = 0.5;        // a lower piece of ink is on either side of any row
constexpr double kMostAcross = 0.6;      // of the width of the pieces;
constexpr double kManyAcross = 0.35;     // where those are many,
constexpr double kManyPieces = 6;        // character heights
constexpr double kTouchingLines = 1.75;  // a taller band holds more than one line
constexpr double kLowestLine = 0.6;      // of those side by side with others
constexpr double kSameHeight = 1.25;     // ratio of lines of one title
constexpr double kShortEnd = 4.5;        // width of a title's last line, in its heights
constexpr double kWideGap = 4;
constexpr double kPaleReach = 0.6;  // beside a line
constexpr double kPaleRise = 0.3;   // above and below it
constexpr double kMostBlur = 0.07;
constexpr double kPaleStroke = 0.12;
constexpr double kPale = 0.4;          // of the darkness of the line
constexpr double kPalest = 0.25;       // the same of a stroke that goes on in it
constexpr int kPalestInk = 228;        // grey level; paler is the grain of paper
constexpr double kOneCharacter = 1.4;  // width of a line
constexpr double kFullLine = 1.9;      // less room than this many characters
constexpr double kMinLine = 0.18;      // less is a speck

struct Band {
    int top, bottom;  // bottom exclusive
    int height() const { return bottom - top; }
};

// `profile` as row_profile() gives it.
std::vector<Band> bands_of(const cv::Mat& profile, int threshold) {
    std::vector<Band> bands;
    const int n = profile.rows;
    for (int y = 0; y < n; ++y) {
        if (profile.at<int>(y) <= threshold) continue;
        int end = y;
        while (end < n && profile.at<int>(end) > threshold) ++end;
        bands.push_back({y, end});
        y = end;
    }
    return bands;
}

// Whether most of the ink around a row is of characters that it runs through: those of one tall line, such as a title.
bool runs_through_characters(int row, const cv::Mat& ink, double unit) {
    const double beside = kBesideCut * unit;
    int across = 0, all = 0;
    for (const Piece& piece : connect(find_runs(ink)).all) {
        if (piece.box.height < kHalfHigh * unit) continue;
        all += piece.box.width;
        if (piece.box.y < row - beside && piece.box.br().y > row + beside) across += piece.box.width;
    }
    return across > (all > kManyPieces * unit ? kManyAcross : kMostAcross) * all;
}

// Parts a band that is several lines high at the weakest rows near the expected pitch.
void part_tall_band(const Band& band, const cv::Mat& profile, const cv::Mat& ink, double unit, std::vector<Band>& out) {
    if (band.height() <= kTouchingLines * unit) {
        out.push_back(band);
        return;
    }
    const int from = band.top + static_cast<int>(0.6 * unit), to = band.bottom - static_cast<int>(0.6 * unit);
    int cut = -1;
    double weakest = 1e9;
    int strongest = 0;
    for (int y = band.top; y < band.bottom; ++y) strongest = std::max(strongest, profile.at<int>(y));
    for (int y = from; y < std::min(to, band.top + static_cast<int>(1.7 * unit)); ++y) {
        const double value = profile.at<int>(y);
        if (value < weakest) {
            weakest = value;
            cut = y;
        }
    }
    if (cut < 0 || weakest > 0.35 * strongest ||
        runs_through_characters(cut - band.top, ink.rowRange(band.top, band.bottom), unit)) {
        out.push_back(band);
        return;
    }
    out.push_back({band.top, cut});
    part_tall_band({cut + 1, band.bottom}, profile, ink, unit, out);
}

std::vector<Band> join_strokes(const std::vector<Band>& bands, double unit) {
    std::vector<Band> joined;
    for (const Band& band : bands) {
        if (!joined.empty()) {
            Band& last = joined.back();
            const double gap = band.top - last.bottom;
            const double whole = band.bottom - last.top;
            // Strokes of one line, or an accent of noise right beside it.
            if (gap <= kStrokeGap * unit && whole <= kLineHeight * unit &&
                (last.height() < 0.75 * unit || band.height() < 0.75 * unit)) {
                last.bottom = band.bottom;
                continue;
            }
        }
        joined.push_back(band);
    }
    return joined;
}

int width_of(const cv::Mat& line) { return cv::boundingRect(inked_columns(line)).width; }

// The last line of a title may be a character or two, with gaps that part writing of the page's usual size. It is as
// high as the line above it.
std::vector<Band> join_ends_of_titles(const std::vector<Band>& bands, const cv::Mat& ink, double unit) {
    std::vector<Band> joined;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        Band band = bands[i];
        const double title = joined.empty() ? 0 : joined.back().height();
        if (title > kLineHeight * unit && band.top - joined.back().bottom < title) {
            std::size_t end = i;
            while (end + 1 < bands.size() && bands[end + 1].bottom - band.top <= kSameHeight * title) ++end;
            const Band whole{band.top, bands[end].bottom};
            if (whole.height() * kSameHeight >= title &&
                width_of(ink.rowRange(whole.top, whole.bottom)) < kShortEnd * title) {
                band = whole;
                i = end;
            }
        }
        joined.push_back(band);
    }
    return joined;
}

std::vector<cv::Rect> part_by_gaps(const cv::Mat& line, cv::Point origin, double unit) {
    const cv::Mat columns = inked_columns(line);
    std::vector<cv::Rect> pieces;
    int start = -1, last = -1;
    auto close = [&] {
        if (start < 0) return;
        const cv::Mat piece = line.colRange(start, last + 1);
        const cv::Mat rows = inked_rows(piece);
        int top = 0, bottom = rows.rows - 1;
        while (top < bottom && rows.at<std::uint8_t>(top) == 0) ++top;
        while (bottom > top && rows.at<std::uint8_t>(bottom) == 0) --bottom;
        pieces.emplace_back(origin.x + start, origin.y + top, last - start + 1, bottom - top + 1);
    };
    for (int x = 0; x < line.cols; ++x) {
        if (columns.at<std::uint8_t>(x) == 0) continue;
        if (start >= 0 && x - last > kWideGap * unit) {
            close();
            start = -1;
        }
        if (start < 0) start = x;
        last = x;
    }
    close();
    return pieces;
}

// How dark ink is that has `share` of the darkness of the line's.
double level_of(const cv::Mat& line, double share) {
    double darkest = 255;
    cv::minMaxLoc(line, &darkest);
    return 255 - share * (255 - darkest);
}

// Boxes of the pieces of ink in `around`, darker than `level`, that are longer than a speck.
std::vector<cv::Rect> pale_pieces(const cv::Mat& gray, const cv::Rect& around, double level, double char_height) {
    std::vector<cv::Rect> boxes;
    for (const Piece& piece : connect(find_runs(gray(around) < level)).all)
        if (std::max(piece.box.width, piece.box.height) >= kPaleStroke * char_height)
            boxes.push_back(piece.box + around.tl());
    return boxes;
}

cv::Rect widened(const cv::Rect& box, int beside, int above) {
    return {box.x - beside, box.y - above, box.width + 2 * beside, box.height + 2 * above};
}

// The lines of a piece of a band: where others of the band are higher, it may be of several, with paper between.
std::vector<cv::Rect> lines_beside_others(const cv::Mat& ink, const cv::Rect& piece, double char_height) {
    if (piece.height <= kTouchingLines * char_height) return {piece};
    const cv::Mat part = ink(piece);
    std::vector<cv::Rect> lines;
    for (const Band& band : join_strokes(bands_of(row_profile(part), 0), char_height)) {
        if (band.height() < kLowestLine * char_height) return {piece};
        const cv::Rect tight = cv::boundingRect(part.rowRange(band.top, band.bottom));
        lines.push_back(tight + piece.tl() + cv::Point(0, band.top));
    }
    return lines;
}

}  // namespace

std::vector<cv::Rect> find_text_lines(const cv::Mat& ink, const cv::Rect& region, double char_height) {
    const cv::Rect inside = region & cv::Rect({0, 0}, ink.size());
    std::vector<cv::Rect> lines;
    if (inside.empty()) return lines;
    const cv::Mat view = ink(inside);
    const cv::Mat profile = row_profile(view);
    std::vector<Band> parted;
    for (const Band& band : bands_of(profile, 0)) part_tall_band(band, profile, view, char_height, parted);
    for (const Band& band : join_ends_of_titles(join_strokes(parted, char_height), view, char_height)) {
        const cv::Mat line = view.rowRange(band.top, band.bottom);
        const std::vector<cv::Rect> pieces = part_by_gaps(line, {inside.x, inside.y + band.top}, char_height);
        for (const cv::Rect& piece : pieces) {
            if (piece.height < kMinLine * char_height && piece.width < kMinLine * char_height) continue;
            const std::vector<cv::Rect> own =
                pieces.size() > 1 ? lines_beside_others(ink, piece, char_height) : std::vector{piece};
            lines.insert(lines.end(), own.begin(), own.end());
        }
    }
    return lines;
}

cv::Rect with_pale_strokes(const cv::Mat& gray, const cv::Rect& line, const cv::Rect& region, double char_height) {
    const cv::Rect inside = region & cv::Rect({0, 0}, gray.size());
    if ((inside & line) != line) return line;
    const double level = level_of(gray(line), kPale);
    const auto pieces_around = [&](int beside, int above) {
        return pale_pieces(gray, widened(line, beside, above) & inside, level, char_height);
    };
    cv::Rect whole = line;
    for (const cv::Rect& piece : pieces_around(cvRound(kPaleReach * char_height), 0)) whole |= piece;
    cv::Rect risen = line;
    const int rise = cvRound(kPaleRise * char_height);
    for (const cv::Rect& piece : pieces_around(cvCeil(kMostBlur * char_height), rise))
        if (!(piece & line).empty()) risen |= piece;
    // Ink that is blurred is so on all sides.
    const int blur = std::min(line.x - risen.x, risen.br().x - line.br().x);
    const int top = line.y - risen.y > blur ? risen.y : line.y;
    const int bottom = risen.br().y - line.br().y > blur ? risen.br().y : line.br().y;
    return {whole.x, top, whole.width, bottom - top};
}

cv::Rect with_pale_ends(const cv::Mat& gray, const cv::Rect& line, const cv::Rect& region, double char_height) {
    const cv::Rect inside = region & cv::Rect({0, 0}, gray.size());
    if ((inside & line) != line) return line;
    const double level = std::min<double>(kPalestInk, level_of(gray(line), kPalest));
    const int least = cvCeil(kPaleStroke * char_height);  // less is the blur of the ink
    const cv::Rect around = widened(line, cvRound(kPaleReach * char_height), 0) & inside;
    int left = line.x, right = line.br().x;
    for (const cv::Rect& piece : pale_pieces(gray, around, level, char_height)) {
        if ((piece & line).empty()) continue;
        if (line.x - piece.x >= least) left = std::min(left, piece.x);
        if (piece.br().x - line.br().x >= least) right = std::max(right, piece.br().x);
    }
    return {left, line.y, right - left, line.height};
}

bool fill_cell(const std::vector<double>& line_widths, double cell_width, double char_height) {
    if (line_widths.empty()) return false;
    const bool stacked = line_widths.size() > 1 && std::ranges::all_of(line_widths, [&](double width) {
                             return width < kOneCharacter * char_height;
                         });
    return stacked || cell_width - line_widths.back() < kFullLine * char_height;
}

void sort_reading_order(std::vector<TextLine>& lines) {
    std::stable_sort(lines.begin(), lines.end(),
                     [](const TextLine& a, const TextLine& b) { return a.box.y < b.box.y; });
    for (std::size_t i = 0; i < lines.size();) {
        cv::Rect row = lines[i].box;
        std::size_t end = i + 1;
        for (; end < lines.size(); ++end) {
            const cv::Rect& box = lines[end].box;
            const int shared = std::min(row.br().y, box.br().y) - std::max(row.y, box.y);
            if (2 * shared <= std::min(row.height, box.height)) break;
            row |= box;
        }
        std::sort(lines.begin() + static_cast<std::ptrdiff_t>(i), lines.begin() + static_cast<std::ptrdiff_t>(end),
                  [](const TextLine& a, const TextLine& b) { return a.box.x < b.box.x; });
        i = end;
    }
}

}  // namespace biaod::layout
