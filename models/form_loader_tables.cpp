// The "tables" part of a form's data file: blocks and label trees.
#include <set>

#include "models/form_loader.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

void add_text(Label& label, const FormNode& node) {
    const std::string text = node.text();
    std::u32string key = label_key(text);
    if (key.empty()) node.fault("has neither letters nor digits");
    label.texts.push_back(text);
    label.keys.push_back(std::move(key));
}

std::string load_key(const FormNode& node) {
    const std::string key = node.text();
    if (key.find_first_of("/~") != std::string::npos) node.fault("must not contain / or ~");
    return key;
}

ValueType load_value_type(const FormNode& node) {
    const std::string word = node.text();
    if (word == "count") return ValueType::count;
    if (word == "signed") return ValueType::signed_;
    if (word == "decimal") return ValueType::decimal;
    if (word == "amount") return ValueType::amount;
    node.fault("must be count, signed, decimal or amount");
}

void load_leaves(const FormNode& list, const AxisLeaf& above, bool may_be_unlabelled, std::vector<AxisLeaf>& leaves) {
    const auto items = list.list();
    if (items.empty()) list.fault("must not be empty");
    for (const FormNode& node : items) {
        node.object({"label", "aliases", "key", "value", "unit", "optional", "unlabelled", "children"});
        AxisLeaf leaf = above;
        if (node.has("unlabelled")) {
            if (!may_be_unlabelled || items.size() != 1 || !node["unlabelled"].flag() || node.has("label")) {
                node.fault("'unlabelled' is for the only row of a block");
            }
        } else {
            Label label;
            add_text(label, node["label"]);
            if (node.has("aliases")) {
                for (const FormNode& alias : node["aliases"].list()) add_text(label, alias);
            }
            leaf.path.push_back(std::move(label));
        }
        if (node.has("key")) leaf.pointer += "/" + load_key(node["key"]);
        if (node.has("value")) leaf.value = load_value_type(node["value"]);
        if (node.has("unit")) leaf.unit_key = load_key(node["unit"]);
        if (node.has("optional")) leaf.optional = node["optional"].flag();
        if (node.has("children")) {
            load_leaves(node["children"], leaf, false, leaves);
        } else {
            leaves.push_back(std::move(leaf));
        }
    }
}

FormBlock load_block(const FormNode& node) {
    node.object({"heading", "corner", "columns", "rows"});
    FormBlock block;
    if (node.has("heading")) add_text(block.heading, node["heading"]);
    if (node.has("corner")) {
        for (const FormNode& text : node["corner"].list()) add_text(block.corner, text);
    }
    load_leaves(node["columns"], {}, false, block.columns);
    load_leaves(node["rows"], {}, true, block.rows);
    return block;
}

}  // namespace

std::vector<FormTable> load_tables(const FormNode& node) {
    std::vector<FormTable> tables;
    std::set<std::string> names;
    for (const FormNode& item : node.list()) {
        item.object({"name", "caption", "pointer", "blocks"});
        FormTable table;
        table.name = item["name"].text();
        if (!names.insert(table.name).second) item["name"].fault("is used twice");
        table.caption = item.has("caption") ? item["caption"].text() : table.name;
        table.pointer = item["pointer"].text();
        if (table.pointer.front() != '/') item["pointer"].fault("must begin with /");
        for (const FormNode& block : item["blocks"].list()) table.blocks.push_back(load_block(block));
        if (table.blocks.empty()) item["blocks"].fault("must not be empty");
        tables.push_back(std::move(table));
    }
    if (tables.empty()) node.fault("must not be empty");
    return tables;
}

}  // namespace biaod::models
