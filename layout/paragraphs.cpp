#include "layout/paragraphs.hpp"

#include <algorithm>
#include <cmath>

#include "layout/numbering.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

using models::Block;
using models::BlockType;

// In heights of the body's lines.
constexpr double kIndent = 0.8;
constexpr double kShort = 1.9;               // a line that ends this far before the right edge ends its paragraph
constexpr double kWideGap = 1.6;             // between two lines, from bottom to top
constexpr double kCentred = 1.2;             // difference of the two side margins
constexpr double kCentredIndent = 2.6;       // a paragraph's first line is indented by 2
constexpr double kLarge = 1.15;              // a title's height against the body's
constexpr std::size_t kLongestHeading = 40;  // characters

double quantile(std::vector<double> values, double share, double fallback) {
    if (values.empty()) return fallback;
    const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<std::size_t>(rank)];
}

bool ends_sentence(const std::u32string& text) {
    static constexpr std::u32string_view marks = U"\u3002\uff1b;!\uff01\u201d";  // 。；！”
    return !text.empty() && marks.find(text.back()) != std::u32string_view::npos;
}

// 〔2022〕38号
bool is_document_number(std::string_view utf8) {
    const std::u32string text = models::fold(utf8);
    const bool year = text.find(U"20") != std::u32string::npos || text.find(U"19") != std::u32string::npos;
    const bool brackets = text.find(U'[') != std::u32string::npos || text.find(U'(') != std::u32string::npos;
    return text.size() < 30 && text.back() == U'\u53f7' && year && brackets;
}

bool is_addressee(std::string_view utf8) {
    const std::u32string text = models::fold(utf8);
    return !text.empty() && text.back() == U':';
}

}  // namespace

ParagraphBuilder::ParagraphBuilder(const std::vector<PageText>& pages) {
    std::vector<double> heights;
    for (const PageText& page : pages)
        for (const ReadLine& line : page.lines)
            if (line.at.width > 10 * line.at.height) heights.push_back(line.at.height);
    body_height_ = quantile(heights, 0.5, 12);
    std::vector<double> all_left, all_right;
    auto edges = [&](const PageText& page, std::vector<double>& left, std::vector<double>& right) {
        for (const ReadLine& line : page.lines) {
            if (line.at.width < 12 * body_height_ || line.at.height > kLarge * body_height_) continue;
            left.push_back(line.at.x);
            right.push_back(line.at.br().x);
        }
    };
    for (const PageText& page : pages) edges(page, all_left, all_right);
    if (!pages.empty()) first_page_ = pages.front().page;
    for (const PageText& page : pages) {
        std::vector<double> left, right;
        edges(page, left, right);
        // A page of few lines follows the document; a scanned page has its own shift.
        const bool enough = left.size() >= 5;
        columns_.push_back({quantile(enough ? left : all_left, 0.1, 0.15 * page.width),
                            quantile(enough ? right : all_right, 0.9, 0.85 * page.width)});
    }
}

bool ParagraphBuilder::centred(const ReadLine& line) const {
    const Column& c = column(line.page);
    const double left = line.at.x - c.left, right = c.right - line.at.br().x;
    return left > kCentredIndent * body_height_ &&
           std::abs(left - right) < kCentred * body_height_ + 0.02 * (c.right - c.left);
}

bool ParagraphBuilder::is_title_line(const ReadLine& line) const {
    if (!title_possible_ || numbering_level(line.text) > 0 || is_document_number(line.text) || is_addressee(line.text))
        return false;
    return line.red || line.at.height > kLarge * body_height_ || centred(line);
}

bool ParagraphBuilder::starts_new(const ReadLine& line) const {
    const ReadLine& last = open_.back();
    const bool title = is_title_line(open_.front()), next_title = is_title_line(line);
    const bool same_page = last.page == line.page;
    const double gap = line.at.y - last.at.br().y;
    if (title != next_title) return true;
    if (title) {
        const double ratio = line.at.height / std::max(1.0, last.at.height);
        return !same_page || ratio > 1.25 || ratio < 0.8 || gap > 1.4 * last.at.height || line.red != last.red;
    }
    if (numbering_level(line.text) > 0 && line.at.x > column(line.page).left + kIndent * body_height_) return true;
    if (numbering_level(line.text) == 1 && numbering_level(open_.front().text) != 0) return true;
    if (same_page && line.at.y < last.at.y + 0.5 * last.at.height) return false;  // a piece of the same line
    if (same_page && gap > kWideGap * body_height_) return true;
    if (line.at.x - column(line.page).left > kIndent * body_height_) return true;
    if (column(last.page).right - last.at.br().x > kShort * body_height_) return true;
    return false;
}

void ParagraphBuilder::finish_paragraph() {
    if (open_.empty()) return;
    Block block;
    const bool title = is_title_line(open_.front());
    double sum = 0;
    std::size_t characters = 0;
    block.page = open_.front().page;
    block.bbox = open_.front().bbox;
    std::string text;
    for (const ReadLine& line : open_) {
        // Between Latin words the line break was a space; between Chinese characters it was nothing.
        if (!text.empty()) text += ' ';
        text += line.text;
        sum += line.confidence * static_cast<double>(line.text.size());
        characters += line.text.size();
        if (line.page != block.page) continue;
        block.bbox = models::around(block.bbox, line.bbox);
    }
    block.text = models::tidy_text(text);
    // What a text layer says stands.
    if (std::ranges::all_of(open_, [](const ReadLine& line) { return line.source == models::TextSource::ocr; }))
        block.text = models::nest_titles(block.text);
    block.confidence = characters > 0 ? sum / static_cast<double>(characters) : 0;
    for (const ReadLine& line : open_) doubt_numbers(block, line);
    const int level = numbering_level(block.text);
    const std::u32string points = models::to_code_points(block.text);
    const bool heading = level > 0 && points.size() <= kLongestHeading && (level == 1 || !ends_sentence(points));
    block.type = title ? BlockType::title : heading ? BlockType::heading : BlockType::paragraph;
    if (heading) block.level = level;
    if (!title && (heading || points.size() > kLongestHeading)) title_possible_ = false;
    blocks_.push_back(std::move(block));
    blocks_.insert(blocks_.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
    open_.clear();
}

void ParagraphBuilder::add_line(const ReadLine& line) {
    if (line.text.empty()) return;
    if (!open_.empty() && starts_new(line)) finish_paragraph();
    open_.push_back(line);
}

void ParagraphBuilder::add_block(Block block) {
    finish_paragraph();
    title_possible_ = false;
    blocks_.push_back(std::move(block));
}

void ParagraphBuilder::add_furniture(Block block) {
    if (open_.empty())
        blocks_.push_back(std::move(block));
    else
        waiting_.push_back(std::move(block));
}

std::vector<Block> ParagraphBuilder::take() {
    finish_paragraph();
    return std::move(blocks_);
}

}  // namespace biaod::layout
