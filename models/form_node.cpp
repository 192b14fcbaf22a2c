#include "models/form_node.hpp"

#include <algorithm>
#include <cstring>

namespace biaod::models {

FormNode::FormNode(const nlohmann::ordered_json& json, std::string pointer)
    : json_(&json), pointer_(std::move(pointer)) {}

void FormNode::fault(const std::string& what) const {
    throw FormFault((pointer_.empty() ? "/" : pointer_) + ": " + what);
}

void FormNode::object(std::initializer_list<const char*> known_keys) const {
    if (!json_->is_object()) fault("must be an object");
    for (const auto& item : json_->items()) {
        const auto same = [&](const char* known) { return item.key() == known; };
        if (std::none_of(known_keys.begin(), known_keys.end(), same)) fault("unknown key '" + item.key() + "'");
    }
}

bool FormNode::has(const char* key) const { return json_->is_object() && json_->contains(key); }

FormNode FormNode::operator[](const char* key) const {
    if (!json_->is_object()) fault("must be an object");
    const auto found = json_->find(key);
    if (found == json_->end()) fault(std::string("lacks '") + key + "'");
    return {*found, pointer_ + "/" + key};
}

std::string FormNode::text() const {
    if (!json_->is_string()) fault("must be a string");
    std::string out = json_->get<std::string>();
    if (out.empty()) fault("must not be empty");
    return out;
}

bool FormNode::flag() const {
    if (!json_->is_boolean()) fault("must be true or false");
    return json_->get<bool>();
}

int FormNode::whole() const {
    if (!json_->is_number_integer()) fault("must be an integer");
    const auto value = json_->get<std::int64_t>();
    if (value < -1000 || value > 1000) fault("must be between -1000 and 1000");
    return static_cast<int>(value);
}

std::vector<FormNode> FormNode::list() const {
    if (!json_->is_array()) fault("must be an array");
    std::vector<FormNode> out;
    for (std::size_t i = 0; i < json_->size(); ++i) out.emplace_back((*json_)[i], pointer_ + "/" + std::to_string(i));
    return out;
}

std::vector<std::string> FormNode::texts() const {
    std::vector<std::string> out;
    for (const FormNode& item : list()) out.push_back(item.text());
    return out;
}

std::vector<std::string> FormNode::texts(const char* key) const {
    return has(key) ? (*this)[key].texts() : std::vector<std::string>{};
}

}  // namespace biaod::models
