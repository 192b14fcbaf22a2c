#include "ocr/page_reader.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <opencv2/imgproc.hpp>

#include "layout/ink.hpp"
#include "layout/text_lines.hpp"
#include "models/text_norm.hpp"
#include "ocr/line_picture.hpp"

namespace biaod::ocr {
namespace {

using layout::PageLayout;
using layout::TextLine;

constexpr double kReadingDpi = 300;    // at which parts of digital pages are rendered for reading
constexpr double kPartMarginPt = 0.4;  // keeps rulings and neighbours out
constexpr std::size_t kHeadSamples = 4;
constexpr double kRightWayUp = 0.93;    // mean confidence that lines across the page's writing do not reach
constexpr double kMisfit = 0.6;         // characters that a text may be off its line's width
constexpr double kOuterShare = 0.12;    // of the page's height, where page numbers stand
constexpr double kPageNumberWidth = 5;  // in character heights
constexpr double kFigureInLines = 0.5;
constexpr double kCoveredBySeal = 0.02;  // of a figure's box
constexpr double kStrokeBeside = 0.5;    // in character heights
constexpr int kInkInRedLight = 150;      // darker than a red seal
constexpr double kBelowGreySeal = 0.75;  // confidence of what was read there
constexpr double kReadingsDiffer = 0.5;
constexpr double kFigureInPart = 0.5;       // confidence where pale ink stands beside what was read
constexpr double kBesideTable = 0.5;        // in character heights
constexpr double kAtItsHeight = 0.3;        // of a cell's height
constexpr std::ptrdiff_t kJoinedLines = 6;  // of a cell that are read as one

cv::Rect2d to_points(const cv::Rect2d& px, double dpi) {
    const double s = 72 / dpi;
    return {px.x * s, px.y * s, px.width * s, px.height * s};
}

// Whether the page's own picture is fine enough to read from.
bool can_be_read(const PageLayout& page) { return page.scanned || page.dpi >= kReadingDpi; }

bool holds_seal(const PageLayout& page, const cv::Rect& box) {
    const cv::Rect inside = box & cv::Rect({0, 0}, page.seals.size());
    return !inside.empty() && cv::countNonZero(page.seals(inside)) > kCoveredBySeal * inside.area();
}

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

bool may_be_page_number(const PageLayout& page, const TextLine& line) {
    const double middle = line.box.y + line.box.height / 2.0;
    const bool outer = middle < kOuterShare * page.gray.rows || middle > (1 - kOuterShare) * page.gray.rows;
    return outer && line.box.width < kPageNumberWidth * page.char_height;
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

}  // namespace

models::Result<void> PageReader::ensure_engine() {
    if (engine_) return {};
    auto engine = Engine::create(languages_);
    if (!engine) return tl::unexpected(engine.error());
    auto lines = LineReader::create(**engine);
    if (!lines) return tl::unexpected(lines.error());
    engine_ = std::move(*engine);
    lines_ = std::move(*lines);
    return {};
}

void PageReader::read_each(std::size_t count, const Shared::Read& read) {
    if (!engine_) {
        for (std::size_t i = 0; i < count; ++i) read(*this, i);
        return;
    }
    shared_.each(*this, count, read);
}

void PageReader::help() {
    shared_.help(*this, [this] {
        try {
            return ensure_engine().has_value();
        } catch (const std::bad_alloc&) {
            return false;  // the others do without
        }
    });
}

models::Result<ReadPage> PageReader::read(int number) {
    auto page = lay_out_upright(number);
    if (!page) return tl::unexpected(page.error());
    return read_lines(*page);
}

// The picture tells which way the lines run, except where a page holds little but a table of short cells; which end is
// up, only reading tells.
models::Result<PageLayout> PageReader::lay_out_upright(int number) {
    auto page = lay_out(number, -1);
    if (!page || !page->scanned) return page;
    if (auto made = ensure_engine(); !made) return tl::unexpected(made.error());
    const int first = page->rotation / 90;
    int best_turns = first;
    double best = -1;
    auto consider = [&](const PageLayout& candidate, int turns) {
        const WayUp way = read_both_ways(candidate);
        for (const auto& [confidence, more] : {std::pair{way.as_it_stands, 0}, std::pair{way.upside_down, 2}}) {
            if (confidence <= best) continue;
            best = confidence;
            best_turns = (turns + more) % 4;
        }
    };
    consider(*page, first);
    if (best < kRightWayUp) {
        const auto other = lay_out(number, (first + 1) % 4);
        if (!other) return other;
        consider(*other, (first + 1) % 4);
    }
    return best_turns == first ? std::move(page) : lay_out(number, best_turns);
}

models::Result<PageLayout> PageReader::lay_out(int number, int quarter_turns) {
    auto content = document_.page(number);
    if (!content) return tl::unexpected(content.error());
    PageLayout page = analyse_page(*content, number, quarter_turns);
    if (!content->words.empty()) {
        const auto trusted = trust_.trusts(page);
        if (!trusted) return tl::unexpected(trusted.error());
        if (*trusted) return page;
        // Read anew from the pixels, as if the page had been scanned.
        content->words.clear();
    }
    if (content->scanned) return page;
    if (page.lines.empty() && page.tables.empty()) return page;
    auto picture = document_.render(number, {0, 0, content->width_pt, content->height_pt}, kReadingDpi);
    if (!picture) return tl::unexpected(picture.error());
    content->picture = std::move(*picture);
    content->dpi = kReadingDpi;
    return analyse_page(*content, number, page.rotation / 90);
}

WayUp PageReader::read_both_ways(const PageLayout& page) {
    std::vector<cv::Rect> longest;
    for (const TextLine& line : page.lines)
        if (!line.red) longest.push_back(line.box);
    for (const layout::TableLayout& table : page.tables)
        for (const auto& lines : table.cell_lines)
            for (const TextLine& line : lines) longest.push_back(line.box);
    const std::size_t count = std::min(kHeadSamples, longest.size());
    std::partial_sort(longest.begin(), longest.begin() + static_cast<std::ptrdiff_t>(count), longest.end(),
                      [](const cv::Rect& a, const cv::Rect& b) { return a.width > b.width; });
    WayUp way;
    for (std::size_t i = 0; i < count; ++i) {
        const WayUp line = lines_->read_both_ways(page.gray, longest[i], page.char_height);
        // As on nearly every page the first one is.
        if (line.is_clear()) return line.as_it_stands > line.upside_down ? WayUp{1, 0} : WayUp{0, 1};
        way.as_it_stands += line.as_it_stands / static_cast<double>(count);
        way.upside_down += line.upside_down / static_cast<double>(count);
    }
    return way;
}

LineText PageReader::read_line(const PageLayout& page, const TextLine& line, double char_height, bool cell) {
    auto read = [&](const cv::Mat& gray, const cv::Rect& box, double height) {
        if (!cell) return lines_->read_text(gray, {box}, height);
        return lines_->read_cell_line(gray, box, height, lines_->figures().read_shaped(gray, {box}, height).front());
    };
    if (can_be_read(page)) return read(line.red ? page.red_gray : page.gray, line.box, char_height);
    // A digital page's picture is too coarse to read: draw the part again.
    models::Box part = page.transform.to_delivered(line.box);
    part = {std::max(0.0, part.x0 - kPartMarginPt), std::max(0.0, part.y0 - kPartMarginPt),
            std::min(page.width_pt, part.x1 + kPartMarginPt), std::min(page.height_pt, part.y1 + kPartMarginPt)};
    const auto picture = document_.render(page.number, part, kReadingDpi);
    if (!picture) return {};
    cv::Mat gray = layout::to_gray(*picture);
    if (page.rotation == 90) cv::rotate(gray, gray, cv::ROTATE_90_CLOCKWISE);
    if (page.rotation == 180) cv::rotate(gray, gray, cv::ROTATE_180);
    if (page.rotation == 270) cv::rotate(gray, gray, cv::ROTATE_90_COUNTERCLOCKWISE);
    const cv::Rect ink = cv::boundingRect(gray < 160);
    if (ink.empty()) return {};
    return read(gray, ink, char_height * kReadingDpi / page.dpi);
}

models::Result<ReadPage> PageReader::read_lines(const PageLayout& page) {
    read_from_layer_ = read_from_picture_ = 0;
    ReadPage out;
    out.text.page = page.number;
    const bool turned = page.rotation % 180 != 0;
    out.text.width = turned ? page.height_pt : page.width_pt;
    out.text.height = turned ? page.width_pt : page.height_pt;
    const bool needs_engine = can_be_read(page) || !std::ranges::all_of(page.lines, &TextLine::from_layer) ||
                              !std::ranges::all_of(page.tables, [](const layout::TableLayout& table) {
                                  return std::ranges::all_of(table.cell_lines, [](const auto& lines) {
                                      return std::ranges::all_of(lines, &TextLine::from_layer);
                                  });
                              });
    if (needs_engine)
        if (auto made = ensure_engine(); !made) return tl::unexpected(made.error());

    const std::vector<LineText> texts = read_outside_lines(page);
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
        const TextLine& line = page.lines[i];
        if (texts[i].text.empty()) continue;
        const bool from_layer = line.from_layer();
        ++(from_layer ? read_from_layer_ : read_from_picture_);
        out.text.lines.push_back({page.number, to_points(line.box, page.dpi), page.transform.to_delivered(line.box),
                                  texts[i].text, texts[i].confidence,
                                  from_layer ? models::TextSource::layer : models::TextSource::ocr, line.red,
                                  line.in_margin});
    }
    for (const layout::TableLayout& table : page.tables) out.text.tables.push_back(read_table(page, table));

    for (const layout::Ruling& r : page.rulings) {
        const cv::Point2d from = r.horizontal ? cv::Point2d(r.from, r.at) : cv::Point2d(r.at, r.from);
        const cv::Point2d to = r.horizontal ? cv::Point2d(r.to, r.at) : cv::Point2d(r.at, r.to);
        out.rulings.push_back({page.transform.to_delivered(from), page.transform.to_delivered(to)});
    }
    out.page = {page.number,   page.width_pt, page.height_pt, models::TextSource::ocr,
                page.skew_deg, page.rotation, page.dpi};
    if (read_from_layer_ > 0)
        out.page.text_source = read_from_picture_ > 0 ? models::TextSource::mixed : models::TextSource::layer;
    return out;
}

std::vector<LineText> PageReader::read_outside_lines(const PageLayout& page) {
    const std::size_t count = page.lines.size();
    std::vector<LineText> texts(count);
    read_each(count, [&](PageReader& by, std::size_t i) {
        const TextLine& line = page.lines[i];
        if (line.from_layer())
            texts[i] = {models::tidy_text(line.layer_text), 1, std::nullopt};
        else
            texts[i] = by.read_line(page, line, page.char_height, may_be_page_number(page, line));
    });
    if (!can_be_read(page)) return texts;
    std::vector<MeasuredLine> measured;
    for (std::size_t i = 0; i < count; ++i) {
        const cv::Rect& box = page.lines[i].box;
        measured.push_back({static_cast<double>(box.width), static_cast<double>(box.height), set_width(texts[i].text)});
    }
    const double pitch = measure_pitch(measured);
    read_each(count, [&](PageReader& by, std::size_t i) {
        const TextLine& line = page.lines[i];
        if (line.from_layer() || line.red) return;
        texts[i] = by.look_again(page, line, measured[i], pitch, std::move(texts[i]));
    });
    return texts;
}

// Where a line is nearly a known heading, or does not fit its width.
LineText PageReader::look_again(const PageLayout& page, const TextLine& line, const MeasuredLine& measured,
                                double pitch, LineText first) {
    if (auto heading = lines_->confirm_phrase(vocabulary_, page.gray, {line.box}, page.char_height, first))
        return std::move(*heading);
    if (std::abs(length_error(measured, pitch)) < kMisfit) return first;
    return lines_->refit(page.gray, line.box, page.char_height, pitch, first);
}

LineText PageReader::read_cell(const PageLayout& page, const layout::TableLayout& table,
                               const std::vector<TextLine>& lines, std::optional<FigureText> figure) {
    const bool alone = lines.size() == 1;
    if (can_be_read(page) && !lines.empty() && std::ranges::none_of(lines, &TextLine::from_layer)) {
        const std::vector<cv::Rect> boxes = boxes_of(lines);
        return alone ? read_lone_line(page, boxes.front(), table.char_height, std::move(figure))
                     : read_joined_lines(page, boxes, table.char_height);
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
        cell.confidence = std::min(cell.confidence, read.confidence);
        if (read.second) cell.second = read.second;
    }
    cell.text = models::tidy_text(cell.text);
    return cell;
}

// The only line of a scan's cell: a figure, a label of a known form or any text.
LineText PageReader::read_lone_line(const PageLayout& page, const cv::Rect& box, double char_height,
                                    std::optional<FigureText> figure) {
    LineText text = lines_->read_cell_line(page.gray, box, char_height, std::move(figure));
    if (FigureReader::spelled_as_figure(text.text)) return text;
    auto phrase = lines_->confirm_phrase(vocabulary_, page.gray, {box}, char_height, text);
    return phrase ? std::move(*phrase) : std::move(text);
}

LineText PageReader::read_joined_lines(const PageLayout& page, const std::vector<cv::Rect>& lines, double char_height) {
    LineText text{"", 1, std::nullopt};
    for (auto begin = lines.begin(); begin != lines.end();) {
        const auto end = begin + std::min(kJoinedLines, lines.end() - begin);
        LineText part = lines_->read_text(page.gray, {begin, end}, char_height);
        if (std::ssize(lines) <= kJoinedLines) text.symbols = std::move(part.symbols);
        text.text += (text.text.empty() ? "" : " ") + part.text;
        text.confidence = std::min(text.confidence, part.confidence);
        begin = end;
    }
    text.text = models::tidy_text(text.text);
    if (auto phrase = lines_->confirm_phrase(vocabulary_, page.gray, lines, char_height, text)) return *phrase;
    // A figure in two lines is none that was read twice.
    if (FigureReader::spelled_as_figure(text.text)) text.confidence = std::min(text.confidence, kFigureInLines);
    return text;
}

// What the figures of a scan's table say, by cell; nothing for other cells.
std::vector<std::optional<FigureText>> PageReader::read_figures(const PageLayout& page,
                                                                const layout::TableLayout& table) {
    std::vector<std::optional<FigureText>> by_cell(table.grid.cells.size());
    std::vector<std::size_t> cells;
    std::vector<cv::Rect> boxes;
    for (std::size_t i = 0; i < table.cell_lines.size(); ++i) {
        const auto& lines = table.cell_lines[i];
        if (lines.size() != 1 || lines.front().from_layer()) continue;
        cells.push_back(i);
        boxes.push_back(lines.front().box);
    }
    auto figures = lines_->figures().read_shaped(page.gray, boxes, table.char_height);
    for (std::size_t k = 0; k < cells.size(); ++k) by_cell[cells[k]] = std::move(figures[k]);
    return by_cell;
}

// Thin strokes may go with the seal that is taken out above them, and with them a whole figure. In red light, where a
// red seal is nearly paper, a figure must say the same; what lies below a grey one is doubted.
void PageReader::doubt_below_seal(const PageLayout& page, const cv::Rect& inside, const std::vector<TextLine>& lines,
                                  double char_height, models::Cell& cell) {
    const bool blank = cell.text.empty() && lines.empty();
    if (!blank && (lines.size() != 1 || !FigureReader::may_be_figure(cell.text))) return;
    const int reach = cvRound(kStrokeBeside * char_height);
    const cv::Rect box = blank ? inside : lines[0].box;
    const cv::Rect around =
        cv::Rect(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach) & inside;
    if (!holds_seal(page, around)) return;
    const auto doubt = [&](double confidence) { cell.confidence = std::min(cell.confidence, confidence); };
    if (page.by_red.empty()) return doubt(kBelowGreySeal);
    if (blank) {
        const cv::Mat black_on_white = page.by_red >= kInkInRedLight;
        if (layout::may_hold_writing(black_on_white, inside, char_height)) doubt(kReadingsDiffer);
        return;
    }
    const cv::Rect found = lines[0].box & around;
    if (found.empty()) return doubt(kReadingsDiffer);
    const cv::Rect line = layout::with_pale_strokes(page.by_red, found, inside, char_height);
    const FigureText again = lines_->figures().read(page.by_red, {line}, char_height).front();
    const std::optional<std::string> other = again.text == cell.text ? again.second : again.text;
    if (!other) return doubt(again.confidence);
    if (!other->empty() && !cell.second_reading) cell.second_reading = other;
    doubt(kReadingsDiffer);
}

layout::TableFragment PageReader::read_table(const PageLayout& page, const layout::TableLayout& table) {
    layout::TableFragment fragment;
    fragment.page = page.number;
    fragment.at = to_points(table.grid.bounds(), page.dpi);
    for (const double edge : table.grid.col_edges) fragment.col_edges.push_back(edge * 72 / page.dpi);
    fragment.rows = table.grid.rows();
    fragment.char_height = table.char_height * 72 / page.dpi;
    fragment.open_top = table.grid.open_top;
    fragment.open_bottom = table.grid.open_bottom;
    std::vector<std::optional<FigureText>> figures(table.grid.cells.size());
    if (can_be_read(page)) figures = read_figures(page, table);
    std::vector<LineText> texts(table.grid.cells.size());
    read_each(texts.size(), [&](PageReader& by, std::size_t i) {
        texts[i] = by.read_cell(page, table, table.cell_lines[i], std::move(figures[i]));
    });
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
        cell.text = std::move(texts[i].text);
        cell.confidence = texts[i].confidence;
        cell.second_reading = std::move(texts[i].second);
        doubt_below_seal(page, table.grid.inner_rect(place), lines, table.char_height, cell);
        const bool figure_or_blank = cell.text.empty() || FigureReader::spelled_as_figure(cell.text);
        if (page.scanned && figure_or_blank && has_writing_beside(page, table, rect))
            cell.confidence = std::min(cell.confidence, kFigureInPart);
        const bool more =
            page.scanned && figure_or_blank &&
            layout::may_hold_writing(page.gray, table.grid.inner_rect(place), table.char_height, boxes_of(lines));
        if (more) cell.confidence = std::min(cell.confidence, kFigureInPart);
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
