// The tables of PageReader's pages: figures first, then cell by cell, and what makes a cell doubtful.
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "layout/cleaning/ink.hpp"
#include "layout/text_lines.hpp"
#include "models/number.hpp"
#include "models/text_norm.hpp"
#include "ocr/digit_pitch.hpp"
#include "ocr/flush_figures.hpp"
#include "ocr/page_reader.hpp"
#include "ocr/wrapped_figure.hpp"

namespace biaod::ocr {
namespace {

using layout::PageLayout;
using layout::TextLine;

constexpr double kFigureInLines = 0.5;  // confidence, but of one that fills them
constexpr double kCovered = 0.02;       // of a figure's box
constexpr double kStrokeBeside = 0.5;   // in character heights
constexpr int kInkInRedLight = 150;     // darker than a red seal
constexpr double kBelowGray = 0.75;     // confidence of what was read below a grey seal, or a streak
constexpr double kReadingsDiffer = 0.5;
// Confidence of a text that is a known form's label, whatever the networks said of it; and of one that differs in few
// characters and that no further look confirmed. Measured on synthesised documents.
constexpr double kKnownLabel = 0.99;
constexpr double kMisreadLabel = 0.34;  // edits for each character
constexpr double kUnconfirmedLabel = 0.3;
constexpr double kFigureInPart = 0.5;       // confidence where pale ink stands beside what was read
constexpr double kBesideTable = 0.5;        // in character heights
constexpr double kOverSide = 0.08;          // in character heights, from what rulings leave of a cell
constexpr double kAtSide = 0.3;             // in character heights, from the middle of a cell's vertical ruling
constexpr double kEndsAlike = 0.12;         // in character heights, of figures that are flush right
constexpr double kWidestStroke = 0.3;       // in character heights: digits but 1 are wider
constexpr double kAtItsHeight = 0.3;        // of a cell's height
constexpr std::ptrdiff_t kJoinedLines = 6;  // of a cell that are read as one

std::vector<double> widths_of(const std::vector<TextLine>& lines) {
    std::vector<double> widths;
    for (const TextLine& line : lines) widths.push_back(line.box.width);
    return widths;
}

std::vector<cv::Rect> boxes_of(const std::vector<TextLine>& lines) {
    std::vector<cv::Rect> boxes;
    for (const TextLine& line : lines) boxes.push_back(line.box);
    return boxes;
}

struct PlacedFigures {
    std::vector<PlacedFigure> left, right;
};

// Whether what was read may be a rest of a vertical ruling: on a curled page it looks like a 1, and with a rest of one
// across like a 4 or a 7.
bool may_be_rest(const std::string& text, const cv::Rect& box, double char_height) {
    const bool upright = text == "1" || text == "4" || text == "7";
    return text.size() == 1 && (upright || box.width <= kWidestStroke * char_height);
}

bool is_near_side(const cv::Rect& box, const cv::Rect2d& cell, double near, bool right) {
    return right ? box.br().x > cell.br().x - near : box.x < cell.x + near;
}

PlacedFigure placed(const layout::TableLayout& table, std::size_t i, const std::string& text, bool right) {
    const cv::Rect& box = table.cell_lines[i].front().box;
    const cv::Rect2d cell = table.grid.rect(table.grid.cells[i]);
    return {kind_of(text), right ? cell.br().x - box.br().x : box.x - cell.x, static_cast<double>(box.height)};
}

// Those that tell how figures of the table stand.
PlacedFigures placed_figures(const layout::TableLayout& table, const std::vector<LineText>& texts) {
    PlacedFigures all;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (table.cell_lines[i].size() != 1 || !models::spelled_as_figure(texts[i].text)) continue;
        const cv::Rect& box = table.cell_lines[i].front().box;
        const bool dash = kind_of(texts[i].text) == FigureKind::dash;
        if (!dash && may_be_rest(texts[i].text, box, table.char_height)) continue;
        all.left.push_back(placed(table, i, texts[i].text, false));
        all.right.push_back(placed(table, i, texts[i].text, true));
    }
    return all;
}

// What stands at its cell's side may be more, or less, than a figure, as a pen's stroke that goes on over it or a rest
// of the ruling there: unless it ends before that, where the others do that are set flush with it.
bool is_doubtful_at_side(const layout::TableLayout& table, std::size_t i, const std::string& text,
                         const FlushSides& flush) {
    const TextLine& line = table.cell_lines[i].front();
    if (line.goes_on) return true;
    const layout::GridCell& place = table.grid.cells[i];
    const bool may_be_ruling = may_be_rest(text, line.box, table.char_height);
    const auto is_doubtful = [&](bool right) {
        const bool at_side =
            is_near_side(line.box, table.grid.inner_rect(place), kOverSide * table.char_height, right) ||
            (may_be_ruling && is_near_side(line.box, table.grid.rect(place), kAtSide * table.char_height, right));
        const FlushFigures& others = right ? flush.right : flush.left;
        return at_side && !(line.parted && others.holds(placed(table, i, text, right)));
    };
    return is_doubtful(false) || is_doubtful(true);
}

double shared_length(double a_from, double a_to, double b_from, double b_to) {
    return std::min(a_to, b_to) - std::max(a_from, b_from);
}

// Whether writing stands beside the table at the height of the cell, where another piece of a table above or below is
// wider: rulings were lost, and what belongs into the row may be outside.
bool has_writing_beside(const PageLayout& page, const layout::TableLayout& table, const cv::Rect2d& cell) {
    const cv::Rect2d own = table.grid.bounds();
    const double gap = kBesideTable * table.char_height;
    const auto is_beside = [&](const TextLine& line, double from, double to) {
        const double shared = shared_length(line.box.y, line.box.br().y, cell.y, cell.br().y);
        return !line.red && !line.in_margin && shared > kAtItsHeight * cell.height &&
               shared_length(line.box.x, line.box.br().x, from, to) > gap;
    };
    return std::ranges::any_of(page.tables, [&](const layout::TableLayout& other) {
        const cv::Rect2d wider = other.grid.bounds();
        if (shared_length(own.x, own.br().x, wider.x, wider.br().x) < own.width / 2) return false;
        return std::ranges::any_of(page.lines, [&](const TextLine& line) {
            return is_beside(line, own.br().x, wider.br().x) || is_beside(line, wider.x, own.x);
        });
    });
}

// Doubts what is wider or narrower than its digits are in the other cells, where too few were read side by side to tell
// while they were read.
void doubt_off_pitch(const layout::TableLayout& table, std::vector<LineText>& texts) {
    const auto width = [&](std::size_t i) { return static_cast<double>(table.cell_lines[i].front().box.width); };
    std::vector<MeasuredFigure> figures;
    std::vector<std::size_t> cells;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (table.cell_lines[i].size() != 1 || !models::spelled_as_figure(texts[i].text)) continue;
        cells.push_back(i);
        figures.push_back({texts[i].text, width(i)});
    }
    const double pitch = measure_digit_pitch(figures);
    for (const std::size_t i : cells)
        if (!may_hold(texts[i].text, width(i), pitch))
            texts[i].confidence = std::min(texts[i].confidence, kReadingsDiffer);
}

// Whether something stands in the cell beside its lines, or stood beyond the sheet's edge.
bool may_hold_more(const PageLayout& page, const layout::TableLayout& table, const layout::GridCell& place,
                   const std::vector<TextLine>& lines) {
    if (table.is_cut(place)) return true;
    const cv::Rect inside = table.grid.inner_rect(place);
    if (layout::may_hold_writing(page.gray, inside, table.char_height, boxes_of(lines))) return true;
    return lines.empty() && !page.with_back.empty() &&
           layout::may_hold_writing_of_its_own(page.with_back, inside, table.char_height);
}

}  // namespace

LineText PageReader::read_cell(const PageLayout& page, const layout::TableLayout& table, std::size_t index,
                               std::optional<FigureText> figure, double digit_pitch) {
    const std::vector<TextLine>& lines = table.cell_lines[index];
    const bool alone = lines.size() == 1;
    if (can_be_read(page) && !lines.empty() && std::ranges::none_of(lines, &TextLine::from_layer)) {
        const std::vector<cv::Rect> boxes = boxes_of(lines);
        return alone
                   ? read_lone_line(page, boxes.front(), table.char_height, std::move(figure), digit_pitch)
                   : read_joined_lines(page, boxes, table.char_height, table.grid.rect(table.grid.cells[index]).width);
    }
    LineText cell{"", 1, std::nullopt};
    for (const TextLine& line : lines) {
        if (!cell.text.empty()) cell.text += ' ';
        if (line.from_layer()) {
            cell.text += line.layer_text;
            continue;
        }
        const LineText read = read_line(page, line, table.char_height, alone);
        cell.text += read.text;
        cell.confidence = std::min(cell.confidence, read.disputed.empty() ? read.confidence : kReadingsDiffer);
        if (read.second) cell.second = read.second;
    }
    cell.text = models::tidy_text(cell.text);
    return cell;
}

// The only line of a scan's cell: a figure, a label of a known form or any text.
LineText PageReader::read_lone_line(const PageLayout& page, const cv::Rect& box, double char_height,
                                    std::optional<FigureText> figure, double digit_pitch) {
    LineText text = lines_->read_cell_line(page.gray, box, char_height, std::move(figure), digit_pitch);
    return models::spelled_as_figure(text.text) ? text : confirmed(page, {box}, char_height, std::move(text));
}

// A label, compared with those of known forms.
LineText PageReader::confirmed(const PageLayout& page, const std::vector<cv::Rect>& lines, double char_height,
                               LineText text) {
    auto near = vocabulary_.near(text.text);
    if (near) {
        if (auto phrase = lines_->confirm_phrase(*near, page.gray, lines, char_height, text)) {
            text = std::move(*phrase);
            near = vocabulary_.near(text.text);
        }
    }
    if (vocabulary_.knows(text.text)) {
        text.confidence = std::max(text.confidence, kKnownLabel);
    } else if (near && near->distance < kMisreadLabel) {
        text.confidence = std::min(text.confidence, kUnconfirmedLabel);
    }
    return text;
}

LineText PageReader::read_joined_lines(const PageLayout& page, const std::vector<cv::Rect>& lines, double char_height,
                                       double cell_width) {
    LineText text{"", 1, std::nullopt};
    for (auto begin = lines.begin(); begin != lines.end();) {
        const auto end = begin + std::min(kJoinedLines, lines.end() - begin);
        LineText part = lines_->read_cell_text(page.gray, {begin, end}, char_height);
        if (std::ssize(lines) <= kJoinedLines) text.symbols = std::move(part.symbols);
        text.text += (text.text.empty() ? "" : " ") + part.text;
        text.confidence = std::min(text.confidence, part.confidence);
        begin = end;
    }
    text.text = models::tidy_text(text.text);
    if (models::spelled_as_figure(text.text)) {
        if (may_be_wrapped(lines, cell_width, char_height)) {
            const auto parts = lines_->figures().read(page.gray, lines, char_height);
            if (auto figure = wrapped_figure(parts, text.text))
                return {std::move(figure->text), figure->confidence, std::move(figure->second)};
        }
        text.confidence = std::min(text.confidence, kFigureInLines);
    } else if (FigureReader::may_misread_figure(text.text)) {
        text.second = only_figure(lines_->figures().read(page.gray, lines, char_height));
    }
    return confirmed(page, lines, char_height, std::move(text));
}

// What the figures of a scan's table say, by cell, and the pitch of their digits; nothing for other cells.
FigureReader::Shaped PageReader::read_figures(const PageLayout& page, const layout::TableLayout& table) {
    FigureReader::Shaped by_cell{std::vector<std::optional<FigureText>>(table.grid.cells.size())};
    std::vector<std::size_t> cells;
    std::vector<cv::Rect> boxes;
    for (std::size_t i = 0; i < table.cell_lines.size(); ++i) {
        const auto& lines = table.cell_lines[i];
        if (lines.size() != 1 || lines.front().from_layer()) continue;
        cells.push_back(i);
        boxes.push_back(lines.front().box);
    }
    auto read = lines_->figures().read_shaped(page.gray, boxes, table.char_height);
    by_cell.digit_pitch = read.digit_pitch;
    for (std::size_t k = 0; k < cells.size(); ++k) by_cell.figures[cells[k]] = std::move(read.figures[k]);
    return by_cell;
}

// Thin strokes may go with the seal that is taken out above them, and with them a whole figure. In red light, where a
// red seal is nearly paper, a figure must say the same; what lies below a grey one, or a streak, is doubted.
void PageReader::doubt_covered(const PageLayout& page, const cv::Rect& inside, const std::vector<TextLine>& lines,
                               double char_height, double digit_pitch, models::Cell& cell) {
    const bool blank = cell.text.empty() && lines.empty();
    const auto is_covered = [&](const TextLine& line) { return page.may_lack_print(line.box, kCovered); };
    if (lines.size() > 1 && models::spelled_as_figure(cell.text) && std::ranges::any_of(lines, is_covered))
        cell.confidence = std::min(cell.confidence, kReadingsDiffer);
    if (!blank && (lines.size() != 1 || !FigureReader::may_be_figure(cell.text))) return;
    const int reach = cvRound(kStrokeBeside * char_height);
    const cv::Rect box = blank ? inside : lines[0].box;
    const cv::Rect around =
        cv::Rect(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach) & inside;
    const auto doubt = [&](double confidence) { cell.confidence = std::min(cell.confidence, confidence); };
    if (page.has_streak(around, kCovered)) doubt(kBelowGray);
    if (!page.has_seal(around, kCovered)) return;
    if (page.by_red.empty()) return doubt(kBelowGray);
    if (blank) {
        const cv::Mat black_on_white = page.by_red >= kInkInRedLight;
        if (layout::may_hold_writing(black_on_white, inside, char_height)) doubt(kReadingsDiffer);
        return;
    }
    const cv::Rect found = lines[0].box & around;
    if (found.empty()) return doubt(kReadingsDiffer);
    const cv::Rect line = layout::with_pale_strokes(page.by_red, found, inside, char_height);
    const FigureText again = lines_->figures().read(page.by_red, {line}, char_height, digit_pitch).front();
    const std::optional<std::string> other = again.text == cell.text ? again.second : again.text;
    if (!other) return doubt(again.confidence);
    if (!other->empty() && !cell.second_reading) cell.second_reading = other;
    doubt(kReadingsDiffer);
}

PageReader::TableTexts PageReader::read_texts(const PageLayout& page, const layout::TableLayout& table) {
    FigureReader::Shaped figures{std::vector<std::optional<FigureText>>(table.grid.cells.size())};
    if (can_be_read(page)) figures = read_figures(page, table);
    TableTexts texts{std::vector<LineText>(table.grid.cells.size()), figures.digit_pitch};
    read_each(texts.of_cells.size(), [&](PageReader& by, std::size_t i) {
        texts.of_cells[i] = by.read_cell(page, table, i, std::move(figures.figures[i]), figures.digit_pitch);
    });
    if (page.scanned && figures.digit_pitch == 0) doubt_off_pitch(table, texts.of_cells);
    return texts;
}

std::vector<layout::TableFragment> PageReader::read_tables(const PageLayout& page) {
    std::vector<TableTexts> texts;
    std::vector<PlacedFigures> figures;
    PlacedFigures of_page;
    for (const layout::TableLayout& table : page.tables) {
        texts.push_back(read_texts(page, table));
        figures.push_back(placed_figures(table, texts.back().of_cells));
        const auto& [left, right] = figures.back();
        of_page.left.insert(of_page.left.end(), left.begin(), left.end());
        of_page.right.insert(of_page.right.end(), right.begin(), right.end());
    }
    std::vector<layout::TableFragment> tables;
    for (std::size_t i = 0; i < page.tables.size(); ++i) {
        const double tolerance = kEndsAlike * page.tables[i].char_height;
        const FlushSides flush{{figures[i].left, of_page.left, tolerance},
                               {figures[i].right, of_page.right, tolerance}};
        tables.push_back(make_table(page, page.tables[i], std::move(texts[i]), flush));
    }
    return tables;
}

layout::TableFragment PageReader::make_table(const PageLayout& page, const layout::TableLayout& table, TableTexts texts,
                                             const FlushSides& flush) {
    layout::TableFragment fragment;
    fragment.page = page.number;
    fragment.at = to_points(table.grid.bounds(), page.dpi);
    for (const double edge : table.grid.col_edges) fragment.col_edges.push_back(edge * 72 / page.dpi);
    fragment.rows = table.grid.rows();
    fragment.char_height = table.char_height * 72 / page.dpi;
    fragment.open_top = table.grid.open_top;
    fragment.open_bottom = table.grid.open_bottom;
    for (std::size_t i = 0; i < table.grid.cells.size(); ++i) {
        const layout::GridCell& place = table.grid.cells[i];
        const cv::Rect2d rect = table.grid.rect(place);
        const auto& lines = table.cell_lines[i];
        layout::FragmentCell out;
        models::Cell& cell = out.cell;
        cell.row = place.row;
        cell.col = place.col;
        cell.row_span = place.row_span;
        cell.col_span = place.col_span;
        cell.boxes = {{page.number, page.transform.to_delivered(rect)}};
        cell.confidence = 1;
        cell.text_source = page.scanned ? models::TextSource::ocr : models::TextSource::layer;
        const bool from_layer = std::ranges::any_of(lines, &TextLine::from_layer);
        const bool from_picture = !std::ranges::all_of(lines, &TextLine::from_layer);
        cell.text = std::move(texts.of_cells[i].text);
        cell.confidence = texts.of_cells[i].confidence;
        cell.second_reading = std::move(texts.of_cells[i].second);
        doubt_covered(page, table.grid.inner_rect(place), lines, table.char_height, texts.digit_pitch, cell);
        const bool figure_or_blank = cell.text.empty() || models::spelled_as_figure(cell.text);
        if (page.scanned && figure_or_blank && has_writing_beside(page, table, rect))
            cell.confidence = std::min(cell.confidence, kFigureInPart);
        const bool more = page.scanned && figure_or_blank && may_hold_more(page, table, place, lines);
        const bool at_side =
            page.scanned && lines.size() == 1 && figure_or_blank && is_doubtful_at_side(table, i, cell.text, flush);
        if (more || at_side || std::ranges::any_of(lines, &TextLine::ticked))
            cell.confidence = std::min(cell.confidence, kFigureInPart);
        out.faint = lines.empty() && more;
        cell.unreadable = cell.text.empty() && (out.faint || !lines.empty());
        if (from_picture) cell.text_source = from_layer ? models::TextSource::mixed : models::TextSource::ocr;
        read_from_layer_ += from_layer;
        read_from_picture_ += from_picture;
        out.last_line_full = layout::fill_cell(widths_of(lines), rect.width, table.char_height);
        fragment.cells.push_back(std::move(out));
    }
    return fragment;
}

}  // namespace biaod::ocr
