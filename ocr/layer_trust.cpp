#include "ocr/layer_trust.hpp"

#include <algorithm>
#include <vector>

#include "models/text_norm.hpp"
#include "ocr/line_picture.hpp"

namespace biaod::ocr {
namespace {

using layout::PageLayout;
using layout::TextLine;

// A broken map makes nearly every character wrong; the engine misreads few, but more than half of a small script face.
constexpr double kAlike = 0.25;
constexpr std::size_t kSampleLength = 6;  // code points; shorter lines are samples only where a font has no longer one
constexpr const char* kDigits = "0123456789";
constexpr std::size_t kSamples = 3;  // lines that may fail before a font is distrusted
constexpr int kNamelessPages = 3;    // pages whose nameless fonts are judged before the rest are believed

// A dash alone is read as one, or as a digit: it tells nothing about its font.
bool can_be_judged(const std::string& text) {
    const std::u32string folded = models::fold(text);
    return std::any_of(folded.begin(), folded.end(), [](char32_t c) {
        return models::is_han(c) || (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    });
}

// As a page's number is, in a font of its own: one digit is read as anything by a network for text.
bool is_number(const std::u32string& folded) {
    return std::ranges::all_of(folded, [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

// The lines that stand for each font of a page's text layer, the most fitting first: long enough to judge by, no longer
// than needed.
std::map<std::string, std::vector<const TextLine*>> samples_by_font(const PageLayout& page) {
    std::map<std::string, std::vector<const TextLine*>> samples;
    auto take = [&](const TextLine& line) {
        if (can_be_judged(line.layer_text)) samples[line.font].push_back(&line);
    };
    for (const TextLine& line : page.lines) take(line);
    for (const layout::TableLayout& table : page.tables)
        for (const auto& lines : table.cell_lines)
            for (const TextLine& line : lines) take(line);
    for (auto& [font, lines] : samples) {
        auto cost = [](const TextLine* line) {
            const std::size_t n = models::to_code_points(line->layer_text).size();
            return n >= kSampleLength ? n : 1000 - n;
        };
        std::stable_sort(lines.begin(), lines.end(),
                         [&](const TextLine* a, const TextLine* b) { return cost(a) < cost(b); });
    }
    return samples;
}

}  // namespace

models::Result<bool> LayerTrust::trusts(const PageLayout& page) {
    const auto samples = samples_by_font(page);
    const std::lock_guard lock(mutex_);
    bool all = true;
    for (const auto& [font, lines] : samples) {
        if (font.empty() && nameless_pages_trusted_ >= kNamelessPages) continue;
        const auto known = verdicts_.find(font);
        if (known != verdicts_.end()) {
            all = all && known->second;
            continue;
        }
        const auto verdict = judge(page, lines);
        if (!verdict) return verdict;
        if (!font.empty())
            verdicts_[font] = *verdict;
        else
            nameless_pages_trusted_ += *verdict;
        all = all && *verdict;
    }
    return all;
}

models::Result<bool> LayerTrust::judge(const PageLayout& page, const std::vector<const TextLine*>& lines) {
    if (!engine_) {
        auto engine = Engine::lend(languages_);
        if (!engine) return tl::unexpected(engine.error());
        engine_ = std::move(*engine);
    }
    for (std::size_t i = 0; i < std::min(kSamples, lines.size()); ++i) {
        const cv::Mat picture = prepare_line(page.gray, lines[i]->box, 0, kGlyphPixels);
        const std::u32string expected = models::fold(lines[i]->layer_text);
        if (models::similarity(expected, models::fold(engine_->read_line(picture, "").text)) >= kAlike) return true;
        if (!is_number(expected)) continue;
        auto figures = Engine::lend(kFigureNetwork);
        if (!figures) return tl::unexpected(figures.error());
        if (models::fold((*figures)->read_line(picture, kDigits).text) == expected) return true;
    }
    return false;
}

}  // namespace biaod::ocr
