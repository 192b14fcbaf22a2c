#include "layout/tables/row_break.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string_view>

#include "layout/numbering.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

constexpr double kDoubtful = 0.6;  // confidence; a character that stands alone is seldom read as surely when misread

constexpr int kLastRows = 40;
constexpr std::ptrdiff_t kTellingLabels = 3;
constexpr std::ptrdiff_t kTornLabels = 2;
constexpr int kMostMarks = 2;
constexpr std::ptrdiff_t kManyDigits = 3;
constexpr std::size_t kLongestNumber = 3;  // characters before the bracket that closes it
constexpr std::size_t kTellingLength = 5;  // characters of a label that is known although one was misread

struct Pair {
    const FragmentCell* upper;
    const FragmentCell* lower;
    int upper_index;
    std::size_t lower_index;
    bool known_label;    // both together are one
    bool among_numbers;  // other labels above in its column are numbered
};

bool blank(const FragmentCell& c) { return c.cell.text.empty() && (c.faint || !c.cell.unreadable); }

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_label(const FragmentCell& c) { return !blank(c) && !is_figure(c) && contains_han(c.cell.text); }

bool numbered(const FragmentCell& c) { return numbering_level(c.cell.text) > 0 || lacks_point(c.cell.text); }

// "、本年新收": no label begins with the mark behind its number.
bool lost_its_number(const FragmentCell& c) { return models::fold(c.cell.text).starts_with(U'\u3001'); }

bool was_numbered(const FragmentCell& c) { return numbered(c) || lost_its_number(c); }

bool spans(const Pair& p) { return p.upper->cell.row_span > 1 || p.lower->cell.row_span > 1; }

// The number of a label, or what is left of it, without what follows.
bool is_bare_number(const models::Cell& c) {
    const std::u32string text = models::fold(c.text);
    const auto digits = std::u32string_view(text).substr(text.starts_with(U'(') ? 1 : 0);
    return !text.empty() && (!contains_han(c.text) || std::ranges::all_of(digits, is_numeral));
}

// The first row of the lower fragment: where its last label stands, whether it holds figures, and whether the first
// figures of the whole table stand below it. What is written below figures (无, 见附件) is no label.
struct FirstRow {
    int labels = 0;
    int last_label_col = -1;
    int figures = 0;
    int unread = 0;  // cells whose ink says nothing: figures, unless labels are more
    bool in_header = false;
    bool known_header = false;  // of known labels, and no figure but marks: brackets and specks

    bool holds_alone(int these) const { return labels == 0 && figures + unread == these; }
    bool has_figures() const { return figures > 0 || unread > labels; }
};

bool is_lone_mark(const FragmentCell& c) {
    return models::to_code_points(c.cell.text).size() == 1 && !contains_han(c.cell.text);
}

// The cells of the last rows above the break: a long table is not looked through at each page.
std::vector<const FragmentCell*> last_rows(const std::vector<FragmentCell>& upper, int upper_rows) {
    std::vector<const FragmentCell*> last;
    for (const FragmentCell& c : upper)
        if (c.cell.row + c.cell.row_span > upper_rows - kLastRows) last.push_back(&c);
    return last;
}

// Whether the column above holds more figures than labels.
bool stands_below_figures(const FragmentCell& c, const std::vector<const FragmentCell*>& last) {
    std::ptrdiff_t more = 0;
    for (const FragmentCell* above : last)
        if (above->cell.col == c.cell.col && !above->cell.text.empty()) more += is_figure(*above) ? 1 : -1;
    return more > 0;
}

FirstRow look_at_first_row(const std::vector<FragmentCell>& upper, const std::vector<const FragmentCell*>& last,
                           const std::vector<FragmentCell>& lower, const KnownLabels& known) {
    FirstRow row;
    std::ptrdiff_t known_labels = 0;
    int marks = 0, last_mark_col = -1;
    for (const FragmentCell& c : lower) {
        if (c.cell.row != 0) continue;
        if (is_label(c) && !stands_below_figures(c, last)) {
            ++row.labels;
            row.last_label_col = std::max(row.last_label_col, c.cell.col);
        }
        row.figures += is_figure(c) && !c.cell.text.empty();
        row.unread += is_figure(c) && c.cell.text.empty();
        if (is_figure(c) && is_lone_mark(c)) {
            ++marks;
            last_mark_col = std::max(last_mark_col, c.cell.col);
        }
        known_labels += known.contains(models::label_key(c.cell.text));
    }
    row.known_header = known_labels >= kTellingLabels && row.figures == marks && marks <= kMostMarks &&
                       last_mark_col < row.last_label_col;
    if (row.known_header) row.figures = 0;
    row.in_header = row.labels > 1 && !row.has_figures() && std::none_of(upper.begin(), upper.end(), is_figure) &&
                    std::any_of(lower.begin(), lower.end(), is_figure);
    return row;
}

// A label that was torn within its number, or behind it: "(" above "七)总计".
bool number_goes_on(const Pair& p) {
    return (!is_label(*p.upper) || is_bare_number(p.upper->cell)) && !numbered(*p.upper) &&
           numbering_level(p.upper->cell.text + p.lower->cell.text) > 0 && is_label(*p.lower);
}

// The rest of a figure too long for its cell: alone in a row of blanks, below digits that fill their line, or as many
// as mostly do.
bool figure_goes_on(const Pair& p, const FirstRow& first_row) {
    return first_row.holds_alone(1) && is_figure(*p.lower) && is_figure(*p.upper) &&
           (p.upper->last_line_full || std::ranges::count_if(p.upper->cell.text, is_digit) >= kManyDigits);
}

// How many brackets the label opens behind its number and does not close again; below 0 where it closes more. A number
// that was misread may have lost one of its own, and a parenthesis that was torn from its other half is often read as
// the mark of a title.
std::ptrdiff_t open_brackets(const std::string& label) {
    const std::u32string folded = models::fold(label);
    const std::size_t closed = folded.find(U')');
    const std::size_t number = !folded.starts_with(U'(') ? 0 : closed <= kLongestNumber ? closed + 1 : 1;
    const auto opens = [](char32_t c) { return c == U'(' || c == U'\u300a'; };
    const auto closes = [](char32_t c) { return c == U')' || c == U'\u300b'; };
    const auto text = std::u32string_view(folded).substr(number);
    return std::ranges::count_if(text, opens) - std::ranges::count_if(text, closes);
}

// A label that was torn within its brackets.
bool bracket_goes_on(const Pair& p) {
    return is_label(*p.upper) && is_label(*p.lower) && open_brackets(p.upper->cell.text) > 0 &&
           open_brackets(p.lower->cell.text) < 0;
}

// The end of a label that was torn before its last mark.
bool is_closing_mark(const std::string& text) {
    const std::u32string folded = models::fold(text);
    return !folded.empty() && folded.find_first_not_of(U")\"\u00bb\u3002\uff0c,;:\u3001") == std::u32string::npos;
}

// The mark at a label's end, alone in a row of blanks: read as one, or as anything with doubt.
bool last_mark_goes_on(const Pair& p, const FirstRow& first_row) {
    const models::Cell& mark = p.lower->cell;
    const bool is_mark = is_closing_mark(mark.text) || mark.confidence <= kDoubtful;
    return first_row.holds_alone(is_figure(*p.lower) ? 1 : 0) && is_mark &&
           models::to_code_points(mark.text).size() <= 1 && is_label(*p.upper) && p.upper->last_line_full;
}

// Of a label that spans rows, and was torn through a line of writing, the upper part says nothing or other things;
// those of its column are numbered, the lower part is not.
bool torn_number_goes_on(const Pair& p) {
    return p.among_numbers && spans(p) && is_label(*p.lower) && !numbered(*p.lower);
}

// The number of a label stayed above, and was read as a figure; the rest stands before blanks alone.
bool rest_of_label_goes_on(const Pair& p, const FirstRow& first_row) {
    return first_row.last_label_col == p.lower->cell.col && first_row.figures + first_row.unread == 0 &&
           p.among_numbers && is_figure(*p.upper) && is_label(*p.lower) && !numbered(*p.lower);
}

// A label whose number stayed above, where so little of it was not read.
bool number_stayed_above(const Pair& p) {
    return !spans(p) && is_label(*p.lower) && lost_its_number(*p.lower) && p.upper->cell.text.empty();
}

// A header has one label in a column and row: two, one above the other, are one that was torn. So are two of a column
// of numbered labels when the second has no number.
bool text_goes_on(const Pair& p, const FirstRow& first_row) {
    if (blank(*p.upper) || blank(*p.lower)) return false;
    if (p.known_label) return true;
    if (is_lone_bracket(*p.upper, *p.lower) || figure_goes_on(p, first_row)) return true;
    if (last_mark_goes_on(p, first_row)) return true;
    if (is_figure(*p.lower)) return false;
    if (number_goes_on(p) || torn_number_goes_on(p) || rest_of_label_goes_on(p, first_row)) return true;
    return is_label(*p.upper) && !numbered(*p.lower) &&
           (p.upper->last_line_full || first_row.in_header || numbered(*p.upper) || bracket_goes_on(p));
}

bool torn(const Pair& p, const FirstRow& first_row) {
    const bool among_labels = p.lower->cell.col < first_row.last_label_col;
    const bool header_row = !first_row.has_figures() && first_row.labels > 1;
    const bool can_span = spans(p) || among_labels || p.known_label;
    // Where labels alone stand, what says nothing is a label's rest, or dots of its background.
    if (blank(*p.lower) || (header_row && p.lower->cell.text.empty())) {
        if (!is_label(*p.upper)) return blank(*p.upper) && among_labels && spans(p);
        return among_labels || (header_row && first_row.last_label_col != p.lower->cell.col) ||
               (spans(p) && !first_row.has_figures());
    }
    if (blank(*p.upper)) return is_label(*p.lower) && can_span;
    if (first_row.known_header && is_lone_mark(*p.lower)) return among_labels && is_label(*p.upper);
    return can_span && text_goes_on(p, first_row);
}

// The label beside the figures spans no rows.
bool known_label_beside_figures(const std::vector<Pair>& pairs) {
    const Pair* last = nullptr;
    for (const Pair& p : pairs)
        if (is_label(*p.upper) && (!last || p.upper->cell.col > last->upper->cell.col)) last = &p;
    return last && last->known_label && !spans(*last) && std::ranges::any_of(pairs, [&](const Pair& p) {
               return p.upper->cell.col > last->upper->cell.col && is_figure(*p.upper);
           });
}

// Where several known labels were torn, or one of two in a row of labels alone, the others were misread. Those that
// span rows may be torn between any two.
bool known_labels_were_torn(const std::vector<Pair>& pairs) {
    const auto known = std::ranges::count_if(pairs, &Pair::known_label);
    const auto in_row =
        std::ranges::count_if(pairs, [](const Pair& p) { return p.known_label && !spans(p) && is_label(*p.upper); });
    const auto written =
        std::ranges::count_if(pairs, [](const Pair& p) { return !blank(*p.upper) && !blank(*p.lower); });
    if (known >= kTellingLabels || in_row >= kTornLabels) return 3 * known >= written;
    return in_row > 0 && 2 * in_row >= written && std::ranges::none_of(pairs, [](const Pair& p) {
               return is_figure(*p.upper) || is_figure(*p.lower) || numbered(*p.lower);
           });
}

bool row_was_cut(const std::vector<Pair>& pairs, const FirstRow& first_row) {
    // What else is in such a row is misread: what is left of a seal, say.
    if (known_label_beside_figures(pairs)) return true;
    if (known_labels_were_torn(pairs)) return true;
    if (first_row.figures + first_row.unread == 0 && std::ranges::any_of(pairs, number_stayed_above)) return true;
    bool goes_on = false;
    for (const Pair& p : pairs) {
        if (spans(p)) {
            if (!torn(p, first_row) && !text_goes_on(p, first_row) && !(blank(*p.upper) || blank(*p.lower)))
                return false;
            continue;
        }
        if (blank(*p.upper) || blank(*p.lower)) continue;
        if (!text_goes_on(p, first_row)) return false;
        goes_on = true;
    }
    return goes_on;
}

// Whether `lower` is a known label but for its first character, and `upper` that character, alone and doubtful: misread
// as another, or its halves as two digits.
bool lost_first_character(const models::Cell& upper, const models::Cell& lower, const KnownLabels& known) {
    const std::u32string rest = models::label_key(lower.text), mark = models::fold(upper.text);
    const bool halves = mark.size() == 2 && std::ranges::all_of(mark, is_digit);
    if (upper.confidence > kDoubtful || !(mark.size() == 1 || halves) || rest.empty()) return false;
    return std::ranges::any_of(
        known, [&](const std::u32string& label) { return label.size() == rest.size() + 1 && label.ends_with(rest); });
}

// As it stands, or with one character misread.
bool is_known(const std::u32string& label, const KnownLabels& known) {
    if (known.contains(label)) return true;
    return label.size() >= kTellingLength && std::ranges::any_of(known, [&](const std::u32string& other) {
               if (other.size() != label.size()) return false;
               const auto same = std::inner_product(label.begin(), label.end(), other.begin(), std::size_t{0},
                                                    std::plus<>(), std::equal_to<>());
               return same + 1 == label.size();
           });
}

bool make_label(const models::Cell& upper, const models::Cell& lower, const KnownLabels& known) {
    if (known.empty() || upper.text.empty() || lower.text.empty()) return false;
    if (lost_first_character(upper, lower, known)) return !known.contains(models::label_key(lower.text));
    // A label's number alone is no label: what stands below it may be one without it, too.
    const bool number = is_bare_number(upper);
    return is_known(models::label_key(upper.text + lower.text), known) &&
           !known.contains(models::label_key(upper.text)) && (number || !known.contains(models::label_key(lower.text)));
}

}  // namespace

bool is_figure(const FragmentCell& c) {
    if (blank(c)) return false;
    if (starts_as_figure(c.cell.text)) return !numbered(c);
    return !contains_han(c.cell.text) && !is_closing_mark(c.cell.text);
}

bool is_lone_bracket(const FragmentCell& upper, const FragmentCell& lower) {
    const std::u32string mark = models::fold(upper.cell.text);
    const bool doubtful = mark.size() == 1 && upper.cell.confidence <= kDoubtful && !contains_han(upper.cell.text);
    const bool bracket = mark == U"(" || mark == U"0" || mark == U"C" || mark == U"c" || doubtful;
    return bracket && contains_han(lower.cell.text) && numbering_level(lower.cell.text) == 0 &&
           numbering_level("（" + lower.cell.text) > 0;
}

bool closes_bracket(const FragmentCell& upper, const FragmentCell& lower) {
    const std::u32string text = models::fold(upper.cell.text);
    return is_lone_mark(lower) && lower.cell.confidence <= kDoubtful &&
           std::ranges::count(text, U'(') > std::ranges::count(text, U')');
}

RowBreak judge_row_break(const std::vector<FragmentCell>& upper, int upper_rows, const std::vector<FragmentCell>& lower,
                         const KnownLabels& known) {
    RowBreak result;
    result.upper_of.assign(lower.size(), -1);
    const std::vector<const FragmentCell*> last = last_rows(upper, upper_rows);
    const auto in_last_row = [&](const models::Cell& c) { return c.row + c.row_span == upper_rows; };
    std::vector<Pair> pairs;
    std::vector<int> covered_by(lower.size(), -1);  // where a vertical broke off above
    std::set<int> covering;
    std::size_t first_row_cells = 0;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const models::Cell& b = lower[i].cell;
        if (b.row != 0) continue;
        ++first_row_cells;
        for (std::size_t j = 0; j < upper.size(); ++j) {
            const models::Cell& a = upper[j].cell;
            const int index = static_cast<int>(j);
            if (!in_last_row(a)) continue;
            if (a.col != b.col || a.col_span != b.col_span) {
                if (!blank(lower[i]) || b.row_span > 1 || a.col > b.col || a.col + a.col_span < b.col + b.col_span)
                    continue;
                covered_by[i] = index;
                covering.insert(index);
                continue;
            }
            const bool among_numbers = std::ranges::any_of(last, [&](const FragmentCell* above) {
                return above->cell.col == a.col && above != &upper[j] && was_numbered(*above);
            });
            pairs.push_back({&upper[j], &lower[i], index, i, make_label(a, b, known), among_numbers});
        }
    }
    const FirstRow first_row = look_at_first_row(upper, last, lower, known);
    const auto covered = static_cast<std::size_t>(std::ranges::count_if(covered_by, [](int j) { return j >= 0; }));
    const auto last_cells = static_cast<std::size_t>(
        std::ranges::count_if(upper, [&](const FragmentCell& c) { return in_last_row(c.cell); }));
    const bool same_structure =
        pairs.size() + covered == first_row_cells && pairs.size() + covering.size() == last_cells;
    result.cut_row = same_structure && row_was_cut(pairs, first_row);
    if (result.cut_row) result.upper_of = std::move(covered_by);
    for (const Pair& p : pairs)
        if (result.cut_row || torn(p, first_row)) result.upper_of[p.lower_index] = p.upper_index;
    return result;
}

}  // namespace biaod::layout
