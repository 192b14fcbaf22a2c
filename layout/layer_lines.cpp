#include "layout/layer_lines.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "layout/text_lines.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

constexpr double kSameLine = 0.5;       // of the lower line's height that two words' boxes must share
constexpr double kWideGap = 4;          // in character heights: as for picture lines
constexpr double kTallWord = 1.9;       // of the size it is set in; a taller box is not a word's
constexpr double kLarge = 2;            // in character heights: of a watermark's letters
constexpr double kLeastOfLarge = 0.3;   // of the size they are set in, to which ink of theirs would be high
constexpr double kLongestStroke = 3;    // in character heights
constexpr double kStrokeInGlyph = 0.4;  // of a stroke's length lies in the glyph's square
constexpr double kCovered = 0.5;        // of a picture line's ink box that words must cover to replace it

struct PlacedWord {
    cv::Rect2d box;
    const LayerWord* word;
};

struct WordLine {
    cv::Rect2d box;
    std::vector<PlacedWord> words;
};

bool has_ink(const cv::Mat& gray, const cv::Rect2d& box) {
    const cv::Rect inside =
        cv::Rect(cv::Point(cvFloor(box.x), cvFloor(box.y)), cv::Point(cvCeil(box.br().x), cvCeil(box.br().y))) &
        cv::Rect({0, 0}, gray.size());
    if (inside.empty()) return false;
    double low = 0, high = 0;
    cv::minMaxLoc(gray(inside), &low, &high);
    return high - low > 24 || low < 200;
}

// The size a character is set in to its width: Chinese characters are as wide as high, digits and letters about half,
// the narrowest marks a quarter.
constexpr double kOfChinese = 1;
constexpr double kOfLatin = 1.8;
constexpr double kOfNarrowMark = 4;

bool is_narrow_mark(char32_t c) { return std::u32string_view(U".,:;'!|").find(c) != std::u32string_view::npos; }

// Marks tell the size of a word that has nothing else.
double size_to_width(char32_t c, bool only_marks) {
    if (c >= 0x2000) return kOfChinese;
    if (is_narrow_mark(c)) return only_marks ? kOfNarrowMark : 0;
    return kOfLatin;
}

// The size that a word is set in, px, from its glyphs' widths.
double em_of(const LayerWord& word, double pixels_per_point) {
    const std::u32string text = models::to_code_points(word.text);
    const bool only_marks = std::ranges::all_of(text, is_narrow_mark);
    double em = 0;
    for (std::size_t i = 0; i < std::min(text.size(), word.glyphs.size()); ++i) {
        const models::Box& g = word.glyphs[i];
        const double advance = word.rotation % 180 == 0 ? g.x1 - g.x0 : g.y1 - g.y0;
        em = std::max(em, advance * size_to_width(text[i], only_marks));
    }
    return em * pixels_per_point;
}

// A word's box takes its height from the font, and Type 3 fonts give boxes of several lines. Such a box is fitted to
// the line of ink that it lies on.
cv::Rect2d fit_to_ink(cv::Rect2d box, double em, const std::vector<cv::Rect>& ink_lines) {
    if (em <= 0 || box.height < kTallWord * em) return box;
    const double middle = box.y + box.height / 2;
    const cv::Rect* nearest = nullptr;
    double distance = 1e9;
    for (const cv::Rect& line : ink_lines) {
        const double shared = std::min<double>(line.br().x, box.br().x) - std::max<double>(line.x, box.x);
        const double off = std::abs(line.y + line.height / 2.0 - middle);
        if (shared < 0.5 * box.width || off >= distance || line.height > kTallWord * em) continue;
        nearest = &line;
        distance = off;
    }
    if (nearest != nullptr && distance < box.height / 2)
        return {box.x, static_cast<double>(nearest->y), box.width, static_cast<double>(nearest->height)};
    return {box.x, middle - 0.6 * em, box.width, 1.2 * em};
}

// Whether a word is set so much larger than all ink where it stands that none is its own: a watermark's, of which the
// picture was cleaned.
bool is_without_ink(const cv::Rect2d& box, double em, double char_height, const std::vector<cv::Rect>& ink_lines) {
    if (em < kLarge * char_height) return false;
    return std::ranges::none_of(ink_lines, [&](const cv::Rect& line) {
        return line.height > kLeastOfLarge * em && !(cv::Rect2d(line) & box).empty();
    });
}

std::vector<cv::Rect> all_ink_lines(const PageLayout& page) {
    std::vector<cv::Rect> boxes;
    for (const TextLine& line : page.lines) boxes.push_back(line.box);
    for (const TableLayout& table : page.tables)
        for (const auto& lines : table.cell_lines)
            for (const TextLine& line : lines) boxes.push_back(line.box);
    return boxes;
}

std::vector<WordLine> gather_lines(std::vector<PlacedWord> words, double char_height) {
    std::sort(words.begin(), words.end(), [](const PlacedWord& a, const PlacedWord& b) {
        return a.box.y + a.box.height / 2 < b.box.y + b.box.height / 2;
    });
    std::vector<WordLine> lines;
    for (const PlacedWord& word : words) {
        WordLine* home = nullptr;
        for (auto line = lines.rbegin(); line != lines.rend() && home == nullptr; ++line) {
            const double shared = std::min(line->box.br().y, word.box.br().y) - std::max(line->box.y, word.box.y);
            if (shared > kSameLine * std::min(line->box.height, word.box.height)) home = &*line;
        }
        if (home == nullptr) {
            lines.push_back({word.box, {word}});
            continue;
        }
        home->box |= word.box;
        home->words.push_back(word);
    }
    std::vector<WordLine> parted;
    for (WordLine& line : lines) {
        std::sort(line.words.begin(), line.words.end(),
                  [](const PlacedWord& a, const PlacedWord& b) { return a.box.x < b.box.x; });
        for (const PlacedWord& word : line.words) {
            const bool same = !parted.empty() && &word != &line.words.front() &&
                              word.box.x - parted.back().box.br().x < kWideGap * char_height;
            if (!same) parted.push_back({word.box, {}});
            parted.back().box |= word.box;
            parted.back().words.push_back(word);
        }
    }
    return parted;
}

TextLine to_text_line(const WordLine& line) {
    TextLine out;
    out.box = cv::Rect(cv::Point(cvFloor(line.box.x), cvFloor(line.box.y)),
                       cv::Point(cvCeil(line.box.br().x), cvCeil(line.box.br().y)));
    out.font = line.words.front().word->font;
    double end = 0;
    for (const PlacedWord& word : line.words) {
        const bool gap = !out.layer_text.empty() && word.box.x - end > 0.15 * word.box.height;
        if (gap) out.layer_text += ' ';
        out.layer_text += word.word->text;
        end = word.box.br().x;
    }
    return out;
}

double covered_share(const cv::Rect& line, const std::vector<PlacedWord>& words) {
    double covered = 0;
    for (const PlacedWord& word : words) covered += (cv::Rect2d(line) & word.box).area();
    return covered / std::max(1.0, static_cast<double>(line.area()));
}

void replace_lines(std::vector<TextLine>& lines, const std::vector<PlacedWord>& words, double char_height) {
    std::erase_if(lines, [&](const TextLine& line) { return covered_share(line.box, words) > kCovered; });
    // What the words leave uncovered is writing only when it is as large as writing.
    std::erase_if(lines, [&](const TextLine& line) {
        return covered_share(line.box, words) > 0 ||
               (line.box.height < 0.5 * char_height && line.box.width < 0.5 * char_height);
    });
    for (const WordLine& line : gather_lines(words, char_height)) lines.push_back(to_text_line(line));
    sort_reading_order(lines);
}

}  // namespace

void use_text_layer(const std::vector<LayerWord>& words, PageLayout& page) {
    struct Place {
        int table = -1, cell = -1;
    };
    std::vector<PlacedWord> outside;
    std::vector<std::vector<std::vector<PlacedWord>>> inside(page.tables.size());
    for (std::size_t t = 0; t < page.tables.size(); ++t) inside[t].resize(page.tables[t].grid.cells.size());

    const std::vector<cv::Rect> ink_lines = all_ink_lines(page);
    for (const LayerWord& word : words) {
        const double em = em_of(word, page.dpi / 72);
        const cv::Rect2d box = fit_to_ink(page.transform.to_clean(word.bbox), em, ink_lines);
        if (!has_ink(page.gray, box)) continue;
        if (page.watermark && is_without_ink(box, em, page.char_height, ink_lines)) continue;
        const cv::Point2d middle = (box.tl() + box.br()) / 2;
        Place place;
        for (std::size_t t = 0; t < page.tables.size() && place.table < 0; ++t) {
            const Grid& grid = page.tables[t].grid;
            if (!grid.bounds().contains(middle)) continue;
            for (std::size_t c = 0; c < grid.cells.size(); ++c)
                if (grid.rect(grid.cells[c]).contains(middle)) place = {static_cast<int>(t), static_cast<int>(c)};
        }
        if (place.table < 0)
            outside.push_back({box, &word});
        else
            inside[static_cast<std::size_t>(place.table)][static_cast<std::size_t>(place.cell)].push_back({box, &word});
    }
    replace_lines(page.lines, outside, page.char_height);
    for (std::size_t t = 0; t < page.tables.size(); ++t)
        for (std::size_t c = 0; c < inside[t].size(); ++c)
            replace_lines(page.tables[t].cell_lines[c], inside[t][c], page.char_height);
}

void drop_strokes_of(const std::vector<LayerWord>& words, const PageTransform& transform, double char_height,
                     std::vector<Ruling>& rulings) {
    // The inner part of each glyph: its width can be trusted, its height is the font's.
    std::vector<cv::Rect2d> inner;
    for (const LayerWord& word : words)
        for (const models::Box& glyph : word.glyphs) {
            const cv::Rect2d box = transform.to_clean(glyph);
            const cv::Point2d middle(box.x + box.width / 2, box.y + box.height / 2);
            const double em = std::min(box.width, box.height);
            inner.emplace_back(middle.x - 0.35 * em, middle.y - 0.6 * em, 0.7 * em, 1.2 * em);
        }
    std::erase_if(rulings, [&](const Ruling& r) {
        if (r.length() > kLongestStroke * char_height) return false;
        return std::ranges::any_of(inner, [&](const cv::Rect2d& glyph) {
            const double low = r.horizontal ? glyph.y : glyph.x, high = r.horizontal ? glyph.br().y : glyph.br().x;
            const double from = r.horizontal ? glyph.x : glyph.y, to = r.horizontal ? glyph.br().x : glyph.br().y;
            const double shared = std::min(r.to, to) - std::max(r.from, from);
            return r.at > low && r.at < high && shared > kStrokeInGlyph * r.length();
        });
    });
}

}  // namespace biaod::layout
