#include "models/form_meta.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "models/form_values.hpp"
#include "models/text_lines.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

constexpr int first_year = 1990, last_year = 2100;
constexpr std::size_t longest_title_run = 4;  // blocks
constexpr std::size_t longest_closing = 60;   // code points of a block with the signature or the date
constexpr std::size_t closing_lines = 8;      // from the end of the document
constexpr int convincing_mentions = 3;        // years in the text that outweigh the title's
constexpr int convincing_spellings = 2;       // of the issuer's name
constexpr std::size_t shortest_spelled = 5;   // code points
constexpr std::size_t longest_misread = 2;    // code points; the name of a county is longer

using Groups = std::vector<std::string>;

std::optional<int> to_number(const std::string& text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<int> to_year(const std::string& text) {
    const auto year = to_number(text);
    return year && *year >= first_year && *year <= last_year ? year : std::nullopt;
}

std::string one_line(const std::string& text) {
    std::string out = tidy_text(text);
    std::erase(out, '\n');
    return out;
}

class MetaReader {
  public:
    MetaReader(const FormDefinition& form, const Record& record)
        : form_(form), patterns_(form.meta), text_(text_lines(form, record)) {}

    Meta read() {
        read_title();
        read_year();
        read_issuer();
        read_document_number();
        read_addressee();
        read_date();
        read_sections();
        return std::move(meta_);
    }

  private:
    void flag(const char* field, ReviewReason reason, const Block* block, std::optional<std::string> suggested = {}) {
        ReviewItem item{std::string("/report/") + field, reason, block ? block->text : "", std::move(suggested), 0, {}};
        if (block) {
            item.page = block->page;
            item.bbox = block->bbox;
        }
        meta_.review.push_back(std::move(item));
    }

    const std::vector<TextLine>& lines() const { return text_.lines; }
    const TextLine& line(std::size_t i) const { return text_.lines[i]; }
    const Block* title_block() const { return title_count_ > 0 ? line(title_at_).block : nullptr; }

    bool is_furniture_of_front(std::size_t i) const {
        const std::string& folded = line(i).folded;
        return find_first(patterns_.not_title, folded) || find_first(patterns_.letterhead, folded) ||
               find_first(patterns_.document_number, folded);
    }

    // The run of blocks at the front that reads as a title; title blocks are preferred, and longer runs of them.
    void read_title() {
        if (patterns_.title.empty()) return;
        int best = 0;
        for (std::size_t i = 0; i < text_.front; ++i) {
            std::string joined;
            int score = 1;
            for (std::size_t n = 1; n <= longest_title_run && i + n <= text_.front; ++n) {
                const TextLine& last = line(i + n - 1);
                if (is_furniture_of_front(i + n - 1)) break;
                joined += last.folded;
                score += last.block->type == BlockType::title ? 10 : last.block->type == BlockType::heading ? -1 : -4;
                const bool first_choice = title_count_ == 0 || score > best;
                if (!first_choice || !find_first(patterns_.title, joined)) continue;
                best = score;
                title_at_ = i;
                title_count_ = n;
                title_ = joined;
            }
        }
        if (title_count_ == 0) {
            flag("title", ReviewReason::missing, nullptr);
            return;
        }
        std::string title;
        for (std::size_t i = 0; i < title_count_; ++i) title += one_line(line(title_at_ + i).block->text);
        meta_.title = title;
    }

    std::map<int, int> years_in_text() const {
        std::map<int, int> mentions;
        for (std::size_t i = title_at_ + title_count_; i < lines().size(); ++i) {
            for (const Pattern& pattern : patterns_.year_in_text) {
                for (const Groups& groups : pattern.find_all(line(i).folded)) {
                    if (const auto year = to_year(groups[1])) ++mentions[*year];
                }
            }
        }
        return mentions;
    }

    void read_year() {
        if (patterns_.year_in_title.empty() && patterns_.year_in_text.empty()) return;
        const std::map<int, int> mentions = years_in_text();
        const auto most = std::ranges::max_element(mentions, {}, [](const auto& m) { return m.second; });
        if (const auto found = find_first(patterns_.year_in_title, title_)) meta_.year = to_year((*found)[1]);
        if (meta_.year) {
            const bool outvoted =
                !mentions.contains(*meta_.year) && most != mentions.end() && most->second >= convincing_mentions;
            if (outvoted) {
                flag("year", ReviewReason::low_confidence, title_block(), std::to_string(most->first));
            } else if (!mentions.contains(*meta_.year) && title_block()->confidence < doubt_below) {
                flag("year", ReviewReason::low_confidence, title_block());
            }
        } else if (most != mentions.end()) {
            meta_.year = most->first;
            flag("year", ReviewReason::low_confidence, title_block());
        } else {
            flag("year", ReviewReason::missing, title_block());
        }
    }

    bool in_body(const std::string& core) const {
        if (core.empty()) return false;
        for (std::size_t i = title_at_ + title_count_; i < lines().size(); ++i) {
            if (line(i).folded.find(core) != std::string::npos) return true;
        }
        return false;
    }

    // A name that the body prints again and again where the title has one that differs in a character, and at least as
    // often as the title's: the title, in large type, is read once, and what it was taken for a line may be, too.
    std::optional<std::string> spelled_in_body(const std::string& name) const {
        const std::u32string wanted = to_code_points(name);
        if (wanted.size() < shortest_spelled) return std::nullopt;
        std::map<std::u32string, int> spellings;
        int as_titled = 0;
        for (std::size_t i = title_at_ + title_count_; i < lines().size(); ++i) {
            const std::u32string text = to_code_points(line(i).folded);
            for (std::size_t at = 0; at + wanted.size() <= text.size(); ++at) {
                std::size_t differing = 0;
                for (std::size_t k = 0; k < wanted.size() && differing < 2; ++k) differing += text[at + k] != wanted[k];
                if (differing == 0) ++as_titled;
                if (differing == 1) ++spellings[text.substr(at, wanted.size())];
            }
        }
        const auto most = std::ranges::max_element(spellings, {}, [](const auto& s) { return s.second; });
        if (most == spellings.end() || most->second < std::max(convincing_spellings, as_titled)) return std::nullopt;
        return to_utf8(most->first);
    }

    // The issuer above the title: a letterhead, or a line that is a name.
    std::optional<std::string> issuer_above(const Block*& where) const {
        const std::size_t end = title_count_ > 0 ? title_at_ : text_.front;
        for (const auto* patterns : {&patterns_.letterhead, &patterns_.issuer_line}) {
            for (std::size_t i = 0; i < end; ++i) {
                if (const auto found = find_first(*patterns, line(i).folded)) {
                    where = line(i).block;
                    return (*found)[1];
                }
            }
        }
        return std::nullopt;
    }

    std::optional<std::string> signature(const Block*& where) const {
        const std::size_t first = lines().size() > closing_lines ? lines().size() - closing_lines : 0;
        for (std::size_t i = lines().size(); i > std::max(first, text_.front); --i) {
            const TextLine& here = line(i - 1);
            if (to_code_points(here.folded).size() > longest_closing) continue;
            if (const auto found = find_first(patterns_.signature, here.folded)) {
                where = here.block;
                return (*found)[1];
            }
        }
        return std::nullopt;
    }

    // The issuer in the opening sentences; doubtful, for other names are printed there, too.
    std::optional<std::string> issuer_in_text(const Block*& where) const {
        for (std::size_t i = title_at_ + title_count_; i < lines().size(); ++i) {
            if (const auto found = find_first(patterns_.issuer_in_text, line(i).folded)) {
                where = line(i).block;
                return (*found)[1];
            }
        }
        return std::nullopt;
    }

    // The name in the opening sentence, where the one in the title is that with a stroke of something else read before
    // it or a part of the year behind it. A title may also name the county above a township: that is longer.
    std::optional<std::string> without_misread_ends(const std::string& in_title) const {
        const Block* where = nullptr;
        const auto in_text = issuer_in_text(where);
        if (!in_text) return std::nullopt;
        const std::u32string title = to_code_points(in_title), name = to_code_points(*in_text);
        const std::size_t at = title.find(name);
        if (name.size() < shortest_spelled || at == title.npos || title == name) return std::nullopt;
        const std::u32string behind = title.substr(at + name.size());
        const auto is_digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
        const bool misread = at <= longest_misread && (behind.empty() || std::ranges::any_of(behind, is_digit));
        return misread ? in_text : std::nullopt;
    }

    // Whether one of two names is the other behind a single character, which no county or township is, and which the
    // body does not print.
    bool misread_before(const std::string& a, const std::string& b) const {
        const std::size_t of_a = to_code_points(a).size(), of_b = to_code_points(b).size();
        return (of_a == of_b + 1 || of_b == of_a + 1) && !in_body(of_a > of_b ? a : b);
    }

    void read_issuer() {
        if (patterns_.issuer_in_title.empty() && patterns_.letterhead.empty() && patterns_.signature.empty()) return;
        std::optional<std::string> in_title;
        if (const auto found = find_first(patterns_.issuer_in_title, title_)) in_title = (*found)[1];
        const Block* where = nullptr;
        const auto above = issuer_above(where);
        if (above) {
            meta_.issuer = above;
            const std::string core = issuer_core(form_, *above);
            if (in_title) {
                const std::string title_core = issuer_core(form_, *in_title);
                const bool title_is_longer = title_core.size() > core.size();
                const bool within = core.ends_with(title_core) || title_core.ends_with(core);
                if (within && !misread_before(core, title_core)) {
                    if (title_is_longer) meta_.issuer = in_title;
                    if (where->confidence < doubt_below && title_core.size() < core.size() && !in_body(core))
                        flag("issuer", ReviewReason::low_confidence, where, in_title);
                } else {
                    const bool by_title = within ? !title_is_longer : in_body(title_core) && !in_body(core);
                    if (by_title) meta_.issuer = in_title;
                    flag("issuer", ReviewReason::readings_disagree, where, by_title ? above : in_title);
                }
            } else if (where->confidence < doubt_below && !in_body(core)) {
                flag("issuer", ReviewReason::low_confidence, where);
            }
            return;
        }
        meta_.issuer = in_title;
        where = title_block();
        if (!meta_.issuer) meta_.issuer = signature(where);
        if (!meta_.issuer && (meta_.issuer = issuer_in_text(where))) {
            flag("issuer", ReviewReason::low_confidence, where);
        } else if (!meta_.issuer) {
            flag("issuer", ReviewReason::missing, title_block());
        } else if (auto name = without_misread_ends(*meta_.issuer)) {
            flag("issuer", ReviewReason::readings_disagree, where, meta_.issuer);
            meta_.issuer = std::move(name);
        } else if (auto spelled = spelled_in_body(*meta_.issuer)) {
            flag("issuer", ReviewReason::readings_disagree, where, meta_.issuer);
            meta_.issuer = std::move(spelled);
        } else if (where->confidence < doubt_below && !in_body(issuer_core(form_, *meta_.issuer))) {
            flag("issuer", ReviewReason::low_confidence, where);
        }
    }

    std::string print_number(const Groups& groups) const {
        std::string out;
        const std::string& format = patterns_.document_number_print;
        for (std::size_t i = 0; i < format.size(); ++i) {
            const bool group =
                format[i] == '$' && i + 1 < format.size() && format[i + 1] >= '1' && format[i + 1] <= '3';
            out += group ? groups[static_cast<std::size_t>(format[++i] - '0')] : std::string(1, format[i]);
        }
        return out;
    }

    void read_document_number() {
        for (const bool doubtful : {false, true}) {
            for (std::size_t i = 0; i < text_.front; ++i) {
                if (title_count_ > 0 && i >= title_at_ && i < title_at_ + title_count_) continue;
                const auto found = find_first(doubtful ? patterns_.document_number_doubtful : patterns_.document_number,
                                              line(i).folded);
                if (!found) continue;
                meta_.document_number = print_number(*found);
                if (doubtful || line(i).block->confidence < doubt_below) {
                    flag("document_number", ReviewReason::low_confidence, line(i).block);
                }
                return;
            }
        }
        // A letterhead without a number: it was printed and not found.
        for (std::size_t i = 0; i < text_.front; ++i) {
            if (!patterns_.document_number.empty() && find_first(patterns_.letterhead, line(i).folded)) {
                flag("document_number", ReviewReason::missing, line(i).block);
                return;
            }
        }
    }

    void read_addressee() {
        for (std::size_t i = title_at_ + title_count_; i < text_.front; ++i) {
            if (const auto found = find_first(patterns_.addressee, line(i).folded)) {
                meta_.addressee = (*found)[1];
                return;
            }
        }
    }

    std::optional<std::string> date_in(const TextLine& from) const {
        if (to_code_points(from.folded).size() > longest_closing) return std::nullopt;
        const auto found = find_first(patterns_.date, from.folded);
        if (!found) return std::nullopt;
        const auto year = to_year((*found)[1]), month = to_number((*found)[2]), day = to_number((*found)[3]);
        if (!year || !month || !day || *month < 1 || *month > 12 || *day < 1 || *day > 31) return std::nullopt;
        char text[16];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", *year % 10000, *month % 100, *day % 100);
        return text;
    }

    void read_date() {
        const std::size_t first = lines().size() > closing_lines ? lines().size() - closing_lines : 0;
        for (std::size_t i = lines().size(); !meta_.date && i > std::max(first, text_.front); --i)
            meta_.date = date_in(line(i - 1));
        for (std::size_t i = title_at_ + title_count_; !meta_.date && i < text_.front; ++i)
            meta_.date = date_in(line(i));
    }

    void read_sections() {
        for (const TextLine& here : lines()) {
            if (here.section >= 0) {
                meta_.sections.push_back({here.section + 1, one_line(here.block->text), ""});
            } else if (!meta_.sections.empty()) {
                std::string& text = meta_.sections.back().text;
                text += (text.empty() ? "" : "\n") + to_valid_utf8(here.block->text);
            }
        }
    }

    const FormDefinition& form_;
    const MetaPatterns& patterns_;
    TextLines text_;
    std::size_t title_at_ = 0, title_count_ = 0;
    std::string title_;  // folded
    Meta meta_;
};

}  // namespace

std::string issuer_core(const FormDefinition& form, const std::string& issuer) {
    if (!form.meta.issuer_core_ending) return issuer;
    const auto ending = form.meta.issuer_core_ending->find(issuer);
    return ending ? issuer.substr(0, issuer.size() - (*ending)[0].size()) : issuer;
}

Meta read_meta(const FormDefinition& form, const Record& record) { return MetaReader(form, record).read(); }

}  // namespace biaod::models
