#include <algorithm>

#include "models/embedded.hpp"
#include "models/form_definition.hpp"
#include "models/form_loader.hpp"
#include "models/forms.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {

FormSet::FormSet() = default;
FormSet::~FormSet() = default;
FormSet::FormSet(FormSet&&) noexcept = default;
FormSet& FormSet::operator=(FormSet&&) noexcept = default;

Result<FormSet> FormSet::builtin() {
    FormSet set;
    for (const EmbeddedFile& file : embedded_forms()) {
        if (auto added = set.add(file.name, file.text); !added) return tl::unexpected(added.error());
    }
    return set;
}

Result<void> FormSet::add(std::string_view file_name, std::string_view json_text) {
    auto form = load_form(file_name, json_text);
    if (!form) return tl::unexpected(form.error());
    for (const auto& known : definitions_) {
        if (known->type == (*form)->type && known->form == (*form)->form) {
            return fail(ErrorKind::config, "form",
                        std::string(file_name) + ": the form " + known->type + " " + known->form + " is known already");
        }
    }
    definitions_.push_back(std::move(*form));
    return {};
}

const std::vector<std::shared_ptr<const FormDefinition>>& FormSet::definitions() const { return definitions_; }

std::vector<std::string> FormSet::phrases() const {
    std::vector<std::string> all;
    const auto add = [&](const Label& label) { all.insert(all.end(), label.texts.begin(), label.texts.end()); };
    for (const auto& form : definitions_) {
        all.insert(all.end(), form->sections.begin(), form->sections.end());
        for (const FormTable& table : form->tables) {
            for (const FormBlock& block : table.blocks) {
                add(block.heading);
                add(block.corner);
                for (const auto* leaves : {&block.columns, &block.rows})
                    for (const AxisLeaf& leaf : *leaves) std::ranges::for_each(leaf.path, add);
            }
        }
    }
    return all;
}

std::set<std::u32string> FormSet::label_keys() const {
    std::set<std::u32string> keys;
    for (const std::string& phrase : phrases()) keys.insert(label_key(phrase));
    return keys;
}

std::set<std::u32string> FormSet::heading_keys() const {
    std::set<std::u32string> keys;
    for (const auto& form : definitions_)
        for (const FormTable& table : form->tables)
            for (const FormBlock& block : table.blocks)
                for (const std::string& text : block.heading.texts)
                    if (!text.empty()) keys.insert(label_key(text));
    return keys;
}

}  // namespace biaod::models
