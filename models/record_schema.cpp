#include "models/embedded.hpp"
#include "models/record_json.hpp"

namespace biaod::models {
namespace {

std::string_view schema_file(std::string_view name) {
    for (const EmbeddedFile& file : embedded_schemas()) {
        if (file.name == name) return file.text;
    }
    return {};
}

}  // namespace

std::string_view record_schema() { return schema_file("record-1.schema.json"); }
std::string_view failure_schema() { return schema_file("failure-1.schema.json"); }

}  // namespace biaod::models
