#include "models/form_loader.hpp"

#include <algorithm>
#include <set>

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;

// "12:5" of a byte offset.
std::string line_and_column(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto line_start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
    return std::to_string(line) + ":" + std::to_string(std::max<std::size_t>(before.size() - line_start, 1));
}

FigureWords load_figures(const FormNode& node) {
    node.object({"units", "plus_words", "minus_words", "none_words"});
    return {node.texts("units"), node.texts("plus_words"), node.texts("minus_words"), node.texts("none_words")};
}

std::string label_of(const AxisLeaf& leaf, bool whole_path) {
    if (leaf.path.empty()) return "";
    if (!whole_path) return leaf.path.back().texts.front();
    std::string out;
    for (const Label& label : leaf.path) out += (out.empty() ? "" : " ") + label.texts.front();
    return out;
}

std::vector<ValueSlot> make_slots(const FormDefinition& form) {
    std::vector<ValueSlot> slots;
    std::set<std::string> seen;
    for (std::size_t t = 0; t < form.tables.size(); ++t) {
        const FormTable& table = form.tables[t];
        for (std::size_t b = 0; b < table.blocks.size(); ++b) {
            const FormBlock& block = table.blocks[b];
            for (std::size_t r = 0; r < block.rows.size(); ++r) {
                for (std::size_t c = 0; c < block.columns.size(); ++c) {
                    const AxisLeaf &row = block.rows[r], &col = block.columns[c];
                    ValueSlot slot;
                    slot.pointer = table.pointer + row.pointer + col.pointer;
                    slot.table = static_cast<int>(t);
                    slot.block = static_cast<int>(b);
                    slot.row = static_cast<int>(r);
                    slot.col = static_cast<int>(c);
                    slot.type = row.value ? *row.value : col.value.value_or(ValueType::count);
                    const auto& unit_key = row.unit_key ? row.unit_key : col.unit_key;
                    if (unit_key) slot.unit_pointer = slot.pointer.substr(0, slot.pointer.rfind('/')) + "/" + *unit_key;
                    slot.optional = row.optional || col.optional;
                    const std::string row_label = label_of(row, false);
                    slot.label = row_label.empty() ? label_of(col, true) : row_label + " " + label_of(col, false);
                    if (!seen.insert(slot.pointer).second)
                        throw FormFault("/tables: two values have the pointer " + slot.pointer);
                    slots.push_back(std::move(slot));
                }
            }
        }
    }
    for (const ValueSlot& slot : slots) {
        for (std::size_t cut = slot.pointer.rfind('/'); cut != 0 && cut != std::string::npos;
             cut = slot.pointer.rfind('/', cut - 1)) {
            if (seen.contains(slot.pointer.substr(0, cut))) {
                throw FormFault("/tables: the value " + slot.pointer.substr(0, cut) + " is also above " + slot.pointer);
            }
        }
        if (slot.unit_pointer && seen.contains(*slot.unit_pointer)) {
            throw FormFault("/tables: a unit and a value have the pointer " + *slot.unit_pointer);
        }
    }
    return slots;
}

FormDefinition load_definition(const Json& json) {
    const FormNode root(json, "");
    root.object({"schema", "type", "form", "source", "figures", "meta", "sections", "tables", "checks"});
    if (root["schema"].text() != "biaod.form/1") root["schema"].fault("must be biaod.form/1");
    FormDefinition form;
    form.type = root["type"].text();
    form.form = root["form"].text();
    if (root.has("figures")) form.figures = load_figures(root["figures"]);
    if (root.has("meta")) form.meta = load_meta(root["meta"]);
    form.sections = root.texts("sections");
    form.tables = load_tables(root["tables"]);
    form.slots = make_slots(form);
    if (root.has("checks")) load_checks(root["checks"], form);
    return form;
}

}  // namespace

Pattern load_pattern(const FormNode& node, int groups) {
    auto pattern = Pattern::compile(node.text());
    if (!pattern) node.fault(pattern.error().reason);
    if (pattern->groups() < groups) node.fault("needs " + std::to_string(groups) + " group(s)");
    return *pattern;
}

std::vector<Pattern> load_patterns(const FormNode& parent, const char* key, int groups) {
    std::vector<Pattern> out;
    if (!parent.has(key)) return out;
    for (const FormNode& item : parent[key].list()) out.push_back(load_pattern(item, groups));
    return out;
}

Result<std::shared_ptr<const FormDefinition>> load_form(std::string_view file_name, std::string_view json_text) {
    const std::string file(file_name);
    try {
        return std::make_shared<const FormDefinition>(load_definition(Json::parse(json_text)));
    } catch (const Json::parse_error& error) {
        const std::size_t at = error.byte > 0 ? error.byte - 1 : 0;
        return fail(ErrorKind::config, "form", file + ":" + line_and_column(json_text, at) + ": " + error.what());
    } catch (const Json::out_of_range& error) {  // a number too large to hold, which it cites
        return fail(ErrorKind::config, "form", file + ": " + error.what());
    } catch (const FormFault& fault) {
        return fail(ErrorKind::config, "form", file + ": " + fault.what());
    }
}

}  // namespace biaod::models
