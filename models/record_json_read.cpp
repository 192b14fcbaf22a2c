// Reading the record back. SECURITY: the bytes may come from a worker or from the network and are untrusted; the
// nesting depth is bounded before nlohmann::json builds anything, since it frees deep values by recursion.
#include <stdexcept>

#include "models/record_json.hpp"
#include "models/record_names.hpp"

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;

// Where reading went wrong; caught at the edge of this file.
struct ReadFault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A value together with its pointer, so that a fault can say where.
class Node {
  public:
    Node(const Json& json, std::string pointer) : json_(json), pointer_(std::move(pointer)) {}

    [[noreturn]] void fault(const std::string& what) const {
        throw ReadFault((pointer_.empty() ? "/" : pointer_) + ": " + what);
    }
    bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
    Node operator[](const char* key) const {
        if (!json_.is_object()) fault("not an object");
        const auto found = json_.find(key);
        if (found == json_.end()) fault(std::string("lacks ") + key);
        return {*found, pointer_ + "/" + key};
    }
    std::string text() const {
        if (!json_.is_string()) fault("not a string");
        return json_.get<std::string>();
    }
    double number() const {
        if (!json_.is_number()) fault("not a number");
        return json_.get<double>();
    }
    std::int64_t whole() const {
        if (!json_.is_number_integer()) fault("not an integer");
        if (json_.is_number_unsigned() && json_.get<std::uint64_t>() > INT64_MAX) fault("too large");
        return json_.get<std::int64_t>();
    }
    int small() const {
        const std::int64_t value = whole();
        if (value < INT32_MIN || value > INT32_MAX) fault("too large");
        return static_cast<int>(value);
    }
    std::optional<std::string> optional_text(const char* key) const {
        if (!has(key)) return std::nullopt;
        return (*this)[key].text();
    }
    template <typename Read>
    auto list(Read read) const {
        if (!json_.is_array()) fault("not an array");
        std::vector<decltype(read(*this))> out;
        for (std::size_t i = 0; i < json_.size(); ++i) {
            out.push_back(read(Node(json_[i], pointer_ + "/" + std::to_string(i))));
        }
        return out;
    }
    template <typename Enum, std::size_t N>
    Enum one_of(const EnumNames<Enum, N>& names) const {
        const std::string name = text();
        for (const auto& [value, known] : names) {
            if (name == known) return value;
        }
        fault("unknown word '" + name + "'");
    }
    const Json& json() const { return json_; }

  private:
    const Json& json_;
    std::string pointer_;
};

Box read_box(const Node& node) {
    const auto v = node.list([](const Node& n) { return n.number(); });
    if (v.size() != 4) node.fault("not four numbers");
    return {v[0], v[1], v[2], v[3]};
}

Page read_page(const Node& n) {
    return {
        n["number"].small(),    n["width"].number(),   n["height"].number(), n["text_source"].one_of(text_source_names),
        n["skew_deg"].number(), n["rotation"].small(), n["dpi"].number()};
}

Block read_block(const Node& n) {
    Block out;
    out.type = n["type"].one_of(block_type_names);
    if (n.has("level")) out.level = n["level"].small();
    out.text = n["text"].text();
    out.page = n["page"].small();
    out.bbox = read_box(n["bbox"]);
    out.confidence = n["confidence"].number();
    out.table = n.optional_text("table");
    return out;
}

Cell read_cell(const Node& n) {
    Cell out;
    out.row = n["row"].small();
    out.col = n["col"].small();
    out.row_span = n["row_span"].small();
    out.col_span = n["col_span"].small();
    out.text = n["text"].text();
    out.confidence = n["confidence"].number();
    out.text_source = n["text_source"].one_of(text_source_names);
    out.boxes = n["boxes"].list([](const Node& b) { return PageBox{b["page"].small(), read_box(b["bbox"])}; });
    return out;
}

Table read_table(const Node& n) {
    Table out;
    out.id = n["id"].text();
    out.caption = n.optional_text("caption");
    out.pages = n["pages"].list([](const Node& p) { return p.small(); });
    out.rows = n["rows"].small();
    out.cols = n["cols"].small();
    out.cells = n["cells"].list(read_cell);
    return out;
}

Provenance read_provenance(const Node& n) {
    return {n["printed"].text(), n["confidence"].number(), n["table"].text(),  n["row"].small(),
            n["col"].small(),    n["page"].small(),        read_box(n["bbox"])};
}

ReviewItem read_review(const Node& n) {
    return {n["field"].text(),   n["reason"].one_of(review_reason_names),
            n["printed"].text(), n.optional_text("suggested"),
            n["page"].small(),   read_box(n["bbox"])};
}

Correction read_correction(const Node& n) {
    return {n["field"].text(),    n["action"].one_of(correction_action_names),
            n["old"].json(),      n["new"].json(),
            n["by"].text(),       n["at"].text(),
            n["revision"].small()};
}

Record read_record(const Node& n) {
    if (n["schema"].text() != "biaod.record/1") n["schema"].fault("not biaod.record/1");
    Record out;
    out.id = n["id"].text();
    out.revision = n["revision"].small();
    const Node source = n["source"];
    out.source.name = source["name"].text();
    out.source.sha256 = source["sha256"].text();
    const std::int64_t bytes = source["bytes"].whole();
    if (bytes < 0) source["bytes"].fault("negative");
    out.source.bytes = static_cast<std::uint64_t>(bytes);
    out.source.media_type = source["media_type"].text();
    out.source.received_at = source["received_at"].text();
    if (source.has("labels")) out.source.labels = source["labels"].list([](const Node& l) { return l.text(); });
    const Node engine = n["engine"];
    out.engine = {engine["version"].text(), engine["tesseract"].text(), engine["languages"].text(),
                  engine["elapsed_ms"].whole()};
    out.pages = n["pages"].list(read_page);
    out.blocks = n["blocks"].list(read_block);
    out.tables = n["tables"].list(read_table);
    out.report = n["report"].json();
    const Node provenance = n["provenance"];
    if (!provenance.json().is_object()) provenance.fault("not an object");
    for (const auto& [key, value] : provenance.json().items()) {
        out.provenance.emplace(key, read_provenance(Node(value, "/provenance/" + key)));
    }
    out.checks = n["checks"].list([](const Node& c) {
        return Check{c["rule"].text(), c["status"].one_of(check_status_names), c["detail"].text()};
    });
    out.review = n["review"].list(read_review);
    if (n.has("corrections")) out.corrections = n["corrections"].list(read_correction);
    out.status = n["status"].one_of(status_names);
    return out;
}

bool too_deep(std::string_view text) {
    constexpr int deepest = 64;  // the record needs 8
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

}  // namespace

Result<Record> record_from_json(const Json& json) {
    try {
        return read_record(Node(json, ""));
    } catch (const ReadFault& fault) {
        return fail(ErrorKind::bad_input, "record", fault.what());
    }
}

Result<Record> parse_record(std::string_view text) {
    if (too_deep(text)) return fail(ErrorKind::bad_input, "record", "nested too deeply");
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return fail(ErrorKind::bad_input, "record", "not JSON");
    return record_from_json(json);
}

}  // namespace biaod::models
