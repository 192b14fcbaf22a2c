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

void compare_text(const models::Record& record, const synth::Truth& truth, Agreement& out) {
    std::string read, printed;
    for (const models::Block& block : record.blocks)
        if (block.type == models::BlockType::title || block.type == models::BlockType::heading ||
            block.type == models::BlockType::paragraph)
            read += block.text;
    for (const synth::Paragraph& paragraph : truth.paragraphs)
        if (paragraph.kind != synth::Paragraph::Kind::table) printed += paragraph.text;
    const std::u32string a = models::fold(read), b = models::fold(printed);
    out.characters += static_cast<int>(b.size());
    out.character_errors += models::edit_distance(a, b);
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
