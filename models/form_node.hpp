// Walking a form's data file with errors that say where: every accessor that does not find what it wants throws
// FormFault with the JSON pointer. For the form loader only; FormFault never leaves it.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace biaod::models {

struct FormFault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class FormNode {
  public:
    FormNode(const nlohmann::ordered_json& json, std::string pointer);

    [[noreturn]] void fault(const std::string& what) const;            // "POINTER: what"
    void object(std::initializer_list<const char*> known_keys) const;  // an object with no other keys

    bool has(const char* key) const;
    FormNode operator[](const char* key) const;  // must be there
    std::string text() const;                    // not empty
    bool flag() const;
    int whole() const;
    std::vector<FormNode> list() const;
    std::vector<std::string> texts() const;                 // a list of texts
    std::vector<std::string> texts(const char* key) const;  // the same; empty when the key is absent

  private:
    const nlohmann::ordered_json* json_;
    std::string pointer_;
};

}  // namespace biaod::models
