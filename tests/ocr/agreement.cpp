#include "tests/ocr/agreement.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "models/text_norm.hpp"

namespace biaod::tests {
namespace {

using nlohmann::ordered_json;

const std::vector<std::string> kApplicants = {"natural_person", "business", "research", "social_welfare",
                                              "legal_service",  "other",    "total"};
const std::vector<std::string> kOutcomes = {"upheld", "corrected", "other", "pending", "total"};

std::vector<std::string> proactive_columns(const std::string& form, const std::string& item) {
    if (form == "2021") {
        if (item == "fees") return {"amount"};
        return item == "rules" || item == "normative_documents"
                   ? std::vector<std::string>{"issued", "repealed", "in_force"}
                   : std::vector<std::string>{"decisions"};
    }
    if (item == "rules" || item == "normative_documents") return {"created", "published", "total_published"};
    if (item == "fees") return {"previous_items", "change"};
    if (item == "procurement") return {"items", "amount"};
    return {"previous_items", "change", "decisions"};
}

// Pointer of each value → what is printed.
std::map<std::string, std::string> printed_values(const synth::Truth& truth) {
    std::map<std::string, std::string> out;
    auto add = [&](const std::string& base, const std::vector<std::string>& columns,
                   const std::vector<std::string>& values) {
        for (std::size_t i = 0; i < columns.size(); ++i) out[base + "/" + columns[i]] = values.at(i);
    };
    for (const auto& [item, values] : truth.proactive)
        add("/report/proactive_disclosure/" + item, proactive_columns(truth.form, item), values);
    for (const auto& [key, values] : truth.requests) {
        std::string path = key;
        std::replace(path.begin(), path.end(), '.', '/');
        const bool result = key != "received" && key != "carried_in" && key != "carried_out";
        add(std::string("/report/requests/") + (result ? "results/" : "") + path, kApplicants, values);
    }
    for (const auto& [key, values] : truth.review) add("/report/review_and_litigation/" + key, kOutcomes, values);
    return out;
}

bool same_value(const ordered_json& value, const std::string& printed) {
    if (printed.empty() || printed == "-" || printed == "/") return value.is_null();
    const std::size_t start = printed[0] == '+' ? 1 : 0;
    double expected = 0;
    std::from_chars(printed.data() + start, printed.data() + printed.size(), expected);
    return value.is_number() && std::abs(value.get<double>() - expected) < 1e-9;
}

// The record's table that has most of the grid's labels, of these the one with the fewest cells; null if none has any.
const models::Table* table_of(const models::Record& record, const synth::Grid& grid) {
    constexpr std::size_t kFewestCharacters = 3;  // of a label that tells of a table
    std::set<std::u32string> labels;
    for (const synth::GridCell& c : grid.cells)
        if (std::u32string text = models::fold(c.text); !c.figure && text.size() >= kFewestCharacters)
            labels.insert(std::move(text));
    const auto known = [&](const models::Table& table) {
        return std::ranges::count_if(
            table.cells, [&](const models::Cell& cell) { return labels.contains(models::fold(cell.text)); });
    };
    const auto rank = [&](const models::Table& table) {
        return std::pair(known(table), -static_cast<std::ptrdiff_t>(table.cells.size()));
    };
    const auto best = std::ranges::max_element(record.tables, {}, rank);
    return best == record.tables.end() || known(*best) == 0 ? nullptr : &*best;
}

void compare_grid(const models::Record& record, const synth::Grid& grid, Agreement& out) {
    out.cells += static_cast<int>(grid.cells.size());
    const models::Table* table = table_of(record, grid);
    if (table == nullptr) return;
    out.cells_published += static_cast<int>(table->cells.size());
    for (const synth::GridCell& c : grid.cells) {
        const auto cell = std::ranges::find_if(table->cells, [&](const models::Cell& p) {
            return p.row == c.row && p.col == c.col && p.row_span == c.row_span && p.col_span == c.col_span;
        });
        if (cell == table->cells.end()) continue;
        ++out.cells_found;
        if (!c.figure && !c.text.empty())
            out.labels.push_back({cell->confidence, models::fold(cell->text) == models::fold(c.text)});
    }
}

// For each character of `printed` the place of its like in `read` that it is aligned to, by edit distance; -1: none.
std::vector<int> aligned(std::u32string_view printed, std::u32string_view read) {
    enum Step : char { both, skip_printed, skip_read };
    const std::size_t width = read.size() + 1;
    std::vector<Step> steps((printed.size() + 1) * width, skip_read);
    std::vector<int> above(width), here(width);
    for (std::size_t j = 0; j < width; ++j) above[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= printed.size(); ++i) {
        here[0] = static_cast<int>(i);
        steps[i * width] = skip_printed;
        for (std::size_t j = 1; j < width; ++j) {
            const int of_both = above[j - 1] + (printed[i - 1] != read[j - 1]);
            here[j] = std::min({of_both, above[j] + 1, here[j - 1] + 1});
            steps[i * width + j] = here[j] == of_both ? both : here[j] == above[j] + 1 ? skip_printed : skip_read;
        }
        above.swap(here);
    }
    std::vector<int> places(printed.size(), -1);
    for (std::size_t i = printed.size(), j = read.size(); i > 0 || j > 0;) {
        const Step step = steps[i * width + j];
        if (step == both && printed[i - 1] == read[j - 1]) places[i - 1] = static_cast<int>(j) - 1;
        if (step != skip_read) --i;
        if (step != skip_printed) --j;
    }
    return places;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_point(char32_t c) { return c == U'.' || c == U','; }

// Digits, with points and commas between them; from each one's first character to behind its last.
std::vector<std::pair<std::size_t, std::size_t>> numbers_in(std::u32string_view text) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_digit(text[i])) continue;
        const bool goes_on =
            !found.empty() && (found.back().second == i || (found.back().second + 1 == i && is_point(text[i - 1])));
        if (!goes_on) found.emplace_back(i, i);
        found.back().second = i + 1;
    }
    return found;
}

// The running text of a record, with the block that each character stands in.
struct ReadText {
    std::u32string characters;
    std::vector<std::size_t> blocks;

    explicit ReadText(const models::Record& record) {
        for (std::size_t i = 0; i < record.blocks.size(); ++i) {
            const models::Block& block = record.blocks[i];
            if (block.type != models::BlockType::title && block.type != models::BlockType::heading &&
                block.type != models::BlockType::paragraph)
                continue;
            characters += models::fold(block.text);
            blocks.resize(characters.size(), i);
        }
    }

    // Whether a printed number was read as it is, and as no part of a longer one.
    bool has(std::pair<std::size_t, std::size_t> number, const std::vector<int>& places) const {
        const int from = places[number.first], length = static_cast<int>(number.second - number.first);
        for (int i = 0; i < length; ++i)
            if (from < 0 || places[number.first + static_cast<std::size_t>(i)] != from + i) return false;
        const auto outside = [&](int at) {
            return at < 0 || at >= static_cast<int>(characters.size()) ||
                   !is_digit(characters[static_cast<std::size_t>(at)]);
        };
        return outside(from - 1) && outside(from + length);
    }
};

// Where a printed number was read: the places of its characters; where it has none, those of its neighbours.
std::vector<std::size_t> places_of(std::pair<std::size_t, std::size_t> number, const std::vector<int>& places) {
    std::vector<std::size_t> found;
    const auto add = [&](std::size_t i) {
        if (places[i] >= 0) found.push_back(static_cast<std::size_t>(places[i]));
    };
    for (std::size_t i = number.first; i < number.second; ++i) add(i);
    if (!found.empty()) return found;
    for (std::size_t i = number.first; i-- > 0 && found.empty();) add(i);
    const std::size_t before = found.size();
    for (std::size_t i = number.second; i < places.size() && found.size() == before; ++i) add(i);
    return found;
}

void compare_text(const models::Record& record, const synth::Truth& truth, Agreement& out) {
    std::string printed_text;
    for (const synth::Paragraph& paragraph : truth.paragraphs)
        if (paragraph.kind != synth::Paragraph::Kind::table) printed_text += paragraph.text;
    const ReadText read(record);
    const std::u32string printed = models::fold(printed_text);
    out.characters += static_cast<int>(printed.size());
    out.character_errors += models::edit_distance(read.characters, printed);

    const std::vector<int> places = aligned(printed, read.characters);
    std::vector<bool> right(read.characters.size());
    for (const int place : places)
        if (place >= 0) right[static_cast<std::size_t>(place)] = true;
    for (std::size_t i = 0; i < right.size(); ++i)
        out.text.push_back({record.blocks[read.blocks[i]].confidence, right[i]});

    std::set<std::string> flagged;
    for (const models::ReviewItem& item : record.review) flagged.insert(item.field);
    for (const auto& number : numbers_in(printed)) {
        ++out.numbers;
        if (read.has(number, places)) continue;
        ++out.numbers_wrong;
        const auto is_flagged = [&](std::size_t place) {
            return flagged.contains("/blocks/" + std::to_string(read.blocks[place]) + "/text");
        };
        const bool silent = std::ranges::none_of(places_of(number, places), is_flagged);
        out.numbers_silent += silent;
        if (silent) {
            const std::size_t from = number.first < 6 ? 0 : number.first - 6;
            out.faults.push_back("in the text " + models::to_utf8(printed.substr(from, number.second + 3 - from)) +
                                 " was not read so, SILENT");
        }
    }
}

}  // namespace

double structure_f1(const Agreement& agreement) {
    return 2.0 * agreement.cells_found / std::max(1, agreement.cells + agreement.cells_published);
}

Agreement compare(const models::Record& record, const synth::Truth& truth) {
    Agreement out;
    std::map<std::string, models::ReviewReason> flagged;
    for (const models::ReviewItem& item : record.review) flagged.emplace(item.field, item.reason);
    const ordered_json whole = {{"report", record.report}};
    for (const auto& [pointer, printed] : printed_values(truth)) {
        ++out.values;
        const ordered_json::json_pointer path(pointer);
        const bool present = whole.contains(path);
        const bool right = present && same_value(whole.at(path), printed);
        if (const auto of = record.provenance.find(pointer); of != record.provenance.end())
            out.figures.push_back({of->second.confidence, right});
        if (const auto reason = flagged.find(pointer); reason != flagged.end()) {
            Flagged& of = out.flagged[reason->second];
            ++of.count;
            of.right += right;
        }
        if (right) {
            out.flagged_though_right += flagged.contains(pointer);
            continue;
        }
        ++out.wrong;
        const bool silent = present && !flagged.contains(pointer);
        out.silent += silent;
        out.faults.push_back(pointer + ": got " + (present ? whole.at(path).dump() : "nothing") + ", printed " +
                             printed + (silent ? ", SILENT" : ""));
    }
    for (const auto& [name, grid] : truth.grids) compare_grid(record, grid, out);
    compare_text(record, truth, out);
    return out;
}

}  // namespace biaod::tests
