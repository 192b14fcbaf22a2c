#include "daemon/config_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <sstream>

#include "queue/bus_protocol.hpp"

namespace biaod::daemon {

ConfigReader::ConfigReader(const toml::table* table, std::string file, std::string prefix, std::string& mistake)
    : table_(table), file_(std::move(file)), prefix_(std::move(prefix)), mistake_(mistake) {}

std::string ConfigReader::name_of(const std::string& key) const { return prefix_.empty() ? key : prefix_ + "." + key; }

void ConfigReader::refuse(const toml::source_region& where, const std::string& what) {
    if (mistake_.empty()) mistake_ = file_ + ":" + std::to_string(where.begin.line) + ": " + what;
}

const toml::node* ConfigReader::take(const char* key) {
    known_.insert(key);
    return table_ && mistake_.empty() ? table_->get(key) : nullptr;
}

void ConfigReader::text(const char* key, std::string& value) {
    const toml::node* node = take(key);
    if (!node) return;
    if (!node->is_string()) return refuse(node->source(), name_of(key) + " must be a text in quotes");
    value = node->as_string()->get();
}

void ConfigReader::texts(const char* key, std::vector<std::string>& value) {
    const toml::node* node = take(key);
    if (!node) return;
    const toml::array* array = node->as_array();
    std::vector<std::string> read;
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        if (const auto* text = array->get(i)->as_string()) read.push_back(text->get());
    }
    if (!array || read.size() != array->size()) {
        return refuse(node->source(), name_of(key) + " must be a list of texts");
    }
    value = read;
}

void ConfigReader::choice(const char* key, std::string& value, const std::vector<std::string>& allowed) {
    const toml::node* node = take(key);
    if (!node) return;
    std::string read;
    text(key, read);
    if (std::find(allowed.begin(), allowed.end(), read) == allowed.end()) {
        std::string all;
        for (const std::string& each : allowed) all += (all.empty() ? "" : ", ") + each;
        return refuse(node->source(), name_of(key) + " must be one of: " + all);
    }
    value = read;
}

void ConfigReader::flag(const char* key, bool& value) {
    const toml::node* node = take(key);
    if (!node) return;
    if (!node->is_boolean()) return refuse(node->source(), name_of(key) + " must be true or false");
    value = node->as_boolean()->get();
}

void ConfigReader::address(const char* key, std::string& host, int& port) {
    const toml::node* node = take(key);
    if (!node) return;
    std::string read;
    text(key, read);
    if (read.empty()) return;
    const std::size_t colon = read.rfind(':');
    std::string name = read.substr(0, colon);
    if (name.size() > 2 && name.front() == '[' && name.back() == ']') name = name.substr(1, name.size() - 2);
    int number = 0;
    const char* end = read.data() + read.size();
    const auto parsed = std::from_chars(read.data() + (colon == std::string::npos ? 0 : colon + 1), end, number);
    const bool good = colon != std::string::npos && !name.empty() && parsed.ec == std::errc() && parsed.ptr == end &&
                      number > 0 && number <= 65'535;
    if (!good) return refuse(node->source(), name_of(key) + " must be an address and a port: 127.0.0.1:8080");
    host = name;
    port = number;
}

void ConfigReader::require(const char* key, bool holds, const std::string& otherwise) {
    const toml::node* node = take(key);
    if (node && !holds) refuse(node->source(), name_of(key) + ": " + otherwise);
}

void ConfigReader::path(const char* key, std::string& value) {
    const toml::node* node = take(key);
    if (!node) return;
    std::string read;
    text(key, read);
    if (read.empty()) return refuse(node->source(), name_of(key) + " must be a path");
    value = completed(read);
}

void ConfigReader::endpoint(const char* key, std::string& value, bool has_keys) {
    const toml::node* node = take(key);
    if (!node) return;
    std::string read;
    text(key, read);
    const std::string scheme = "ipc://";
    if (read.starts_with(scheme) && read.size() > scheme.size()) read = scheme + completed(read.substr(scheme.size()));
    const auto checked = queue::check_endpoint(read, has_keys);
    if (!checked && mistake_.empty()) return refuse(node->source(), name_of(key) + ": " + checked.error().reason);
    value = read;
}

std::string ConfigReader::completed(const std::string& path) const {
    const std::filesystem::path folder = std::filesystem::absolute(file_).parent_path();
    std::string complete = (folder / path).lexically_normal().string();
    while (complete.size() > 1 && complete.back() == '/') complete.pop_back();
    return complete;
}

bool ConfigReader::take_number(const char* key, double least, double most, bool decimal, double& value) {
    const toml::node* node = take(key);
    if (!node) return false;
    if (const auto* whole = node->as_integer()) {
        value = static_cast<double>(whole->get());
    } else if (const auto* fraction = node->as_floating_point(); fraction && decimal) {
        value = fraction->get();
    } else {
        refuse(node->source(), name_of(key) + (decimal ? " must be a number" : " must be a whole number"));
        return false;
    }
    if (!(value >= least && value <= most)) {
        std::ostringstream range;
        range.imbue(std::locale::classic());
        range.precision(15);
        range << name_of(key) << " must be between " << least << " and " << most;
        refuse(node->source(), range.str());
        return false;
    }
    return true;
}

ConfigReader ConfigReader::section(const char* key) {
    const toml::node* node = take(key);
    const toml::table* table = node ? node->as_table() : nullptr;
    if (node && !table) refuse(node->source(), name_of(key) + " must be a section: [" + name_of(key) + "]");
    return {table, file_, name_of(key), mistake_};
}

void ConfigReader::done() {
    if (!table_) return;
    for (const auto& [key, node] : *table_) {
        if (!known_.contains(std::string(key.str()))) {
            return refuse(node.source(), name_of(std::string(key.str())) + " is not a key of biaod");
        }
    }
}

}  // namespace biaod::daemon
