#include "ocr/page_reader.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <opencv2/imgproc.hpp>

#include "layout/cleaning/ink.hpp"
#include "layout/sheet_margins.hpp"
#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

using layout::PageContent;
using layout::PageLayout;
using layout::TextLine;

constexpr double kReadingDpi = 300;    // at which parts of digital pages are rendered for reading
constexpr double kPartMarginPt = 0.4;  // keeps rulings and neighbours out
constexpr std::size_t kHeadSamples = 4;
constexpr double kLongLine = 8;       // character heights; a line as wide tells which way up it stands
constexpr double kRightWayUp = 0.93;  // mean confidence that lines across the page's writing do not reach
constexpr double kSideways = 0.985;   // the same where the picture says that the page lies on its side
constexpr double kMisfit = 0.6;       // characters that a text may be off its line's width
constexpr double kLargeType = 1.25;   // in character heights

bool may_be_page_number(const PageLayout& page, const TextLine& line) {
    const double middle = line.box.y + line.box.height / 2.0;
    return layout::in_outer_part(middle, page.gray.rows, page.desk) &&
           line.box.width < layout::kWidestPageNumber * page.char_height;
}

// A letterhead, a title or a document's number: what says whose document it is.
bool names_document(const PageLayout& page, const TextLine& line, const std::string& text) {
    return line.box.height > kLargeType * page.char_height || text.ends_with("\u53f7");
}

}  // namespace

cv::Rect2d PageReader::to_points(const cv::Rect2d& px, double dpi) {
    const double s = 72 / dpi;
    return {px.x * s, px.y * s, px.width * s, px.height * s};
}

bool PageReader::can_be_read(const PageLayout& page) { return page.scanned || page.dpi >= kReadingDpi; }

models::Result<void> PageReader::ensure_engine() {
    if (engine_) return {};
    auto engine = Engine::lend(languages_);
    if (!engine) return tl::unexpected(engine.error());
    auto lines = LineReader::create(**engine, vocabulary_);
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
    if (best < (first == 0 ? kRightWayUp : kSideways)) {
        const auto other = lay_out(number, (first + 1) % 4);
        if (!other) return other;
        consider(*other, (first + 1) % 4);
    }
    return best_turns == first ? std::move(page) : lay_out(number, best_turns);
}

models::Result<PageLayout> PageReader::lay_out(int number, int quarter_turns) {
    auto content = document_.page(number);
    if (!content) return tl::unexpected(content.error());
    const bool has_layer = !content->words.empty();
    PageLayout page = analyse_page(std::move(*content), number, quarter_turns);
    if (has_layer) {
        const auto trusted = trust_.trusts(page);
        if (!trusted) return tl::unexpected(trusted.error());
        if (*trusted) return page;
    }
    if (page.scanned || (page.lines.empty() && page.tables.empty())) return page;
    // Read from the pixels, as if the page had been scanned.
    PageContent drawn;
    drawn.width_pt = page.width_pt;
    drawn.height_pt = page.height_pt;
    drawn.dpi = kReadingDpi;
    auto picture = document_.render(number, {0, 0, page.width_pt, page.height_pt}, kReadingDpi);
    if (!picture) return tl::unexpected(picture.error());
    drawn.picture = std::move(*picture);
    return analyse_page(std::move(drawn), number, page.rotation / 90);
}

WayUp PageReader::read_both_ways(const PageLayout& page) {
    // Lines that are read by themselves are not read again for their text.
    struct Sample {
        cv::Rect box;
        double char_height;
        bool alone;
    };
    std::vector<Sample> samples;
    for (const TextLine& line : page.lines)
        if (!line.red) samples.push_back({line.box, page.char_height, true});
    for (const layout::TableLayout& table : page.tables)
        for (const auto& lines : table.cell_lines)
            for (const TextLine& line : lines) samples.push_back({line.box, table.char_height, lines.size() == 1});
    const auto enough = std::ranges::count_if(samples, [](const Sample& sample) {
        return sample.alone && sample.box.width > kLongLine * sample.char_height;
    });
    if (enough >= static_cast<std::ptrdiff_t>(kHeadSamples))
        std::erase_if(samples, [](const Sample& sample) { return !sample.alone; });
    const std::size_t count = std::min(kHeadSamples, samples.size());
    std::partial_sort(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(count), samples.end(),
                      [](const Sample& a, const Sample& b) { return a.box.width > b.box.width; });
    WayUp way;
    for (std::size_t i = 0; i < count; ++i) {
        const WayUp line = lines_->read_both_ways(page.gray, samples[i].box, samples[i].char_height);
        // As on nearly every page the first one is. Characters that stand below each other may look like writing.
        if (line.is_clear() && page.rotation != 0) return line;
        if (line.is_clear()) return line.as_it_stands > line.upside_down ? WayUp{1, 0} : WayUp{0, 1};
        way.as_it_stands += line.as_it_stands / static_cast<double>(count);
        way.upside_down += line.upside_down / static_cast<double>(count);
    }
    return way;
}

LineText PageReader::read_line(const PageLayout& page, const TextLine& line, double char_height, bool cell) {
    auto read = [&](const cv::Mat& gray, const cv::Rect& box, double height) {
        if (!cell) return lines_->read_text(gray, {box}, height);
        auto shaped = lines_->figures().read_shaped(gray, {box}, height);
        return lines_->read_cell_line(gray, box, height, std::move(shaped.figures.front()), shaped.digit_pitch);
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
    out.text.desk = {page.desk.above * 72 / page.dpi, page.desk.below * 72 / page.dpi};
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
                                  line.in_margin, line.on_clip, texts[i].disputed});
    }
    out.text.tables = read_tables(page);

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
        if (line.from_layer()) return;
        if (names_document(page, line, texts[i].text))
            texts[i] =
                by.lines_->read_carefully(line.red ? page.red_gray : page.gray, line.box, page.char_height, texts[i]);
        measured[i].set = set_width(texts[i].text);
        if (!line.red) texts[i] = by.look_again(page, line, measured[i], pitch, std::move(texts[i]));
    });
    return texts;
}

// Where a line is nearly a known heading, or does not fit its width.
LineText PageReader::look_again(const PageLayout& page, const TextLine& line, const MeasuredLine& measured,
                                double pitch, LineText first) {
    if (const auto near = vocabulary_.near(first.text))
        if (auto heading = lines_->confirm_phrase(*near, page.gray, {line.box}, page.char_height, first))
            return std::move(*heading);
    if (std::abs(length_error(measured, pitch)) < kMisfit) return first;
    return lines_->refit(page.gray, line.box, page.char_height, pitch, first);
}

}  // namespace biaod::ocr
