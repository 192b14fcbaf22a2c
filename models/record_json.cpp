#include "models/record_json.hpp"

#include <cmath>

#include "models/record_names.hpp"
#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double steps) { return std::isfinite(value) ? std::round(value * steps) / steps : 0; }

double confidence_of(double value) {
    const double r = rounded(value, 1e4);
    return r < 0 ? 0 : r > 1 ? 1 : r;
}

Json box_json(const Box& box) {
    return Json::array({rounded(box.x0, 100), rounded(box.y0, 100), rounded(box.x1, 100), rounded(box.y1, 100)});
}

template <typename Enum, std::size_t N>
const char* name_of(const EnumNames<Enum, N>& names, Enum value) {
    for (const auto& [entry, name] : names) {
        if (entry == value) return name;
    }
    return names.front().second;
}

Json page_json(const Page& page) {
    return {{"number", page.number},
            {"width", rounded(page.width, 100)},
            {"height", rounded(page.height, 100)},
            {"text_source", to_string(page.text_source)},
            {"skew_deg", rounded(page.skew_deg, 1e4)},
            {"rotation", page.rotation},
            {"dpi", rounded(page.dpi, 100)}};
}

Json block_json(const Block& block) {
    Json out{{"type", to_string(block.type)}};
    if (block.level) out["level"] = *block.level;
    out["text"] = to_valid_utf8(block.text);
    out["page"] = block.page;
    out["bbox"] = box_json(block.bbox);
    out["confidence"] = confidence_of(block.confidence);
    if (block.table) out["table"] = to_valid_utf8(*block.table);
    return out;
}

Json cell_json(const Cell& cell) {
    Json boxes = Json::array();
    for (const PageBox& box : cell.boxes) boxes.push_back({{"page", box.page}, {"bbox", box_json(box.bbox)}});
    return {{"row", cell.row},
            {"col", cell.col},
            {"row_span", cell.row_span},
            {"col_span", cell.col_span},
            {"text", to_valid_utf8(cell.text)},
            {"confidence", confidence_of(cell.confidence)},
            {"text_source", to_string(cell.text_source)},
            {"boxes", std::move(boxes)}};
}

Json table_json(const Table& table) {
    Json out{{"id", to_valid_utf8(table.id)}};
    if (table.caption) out["caption"] = to_valid_utf8(*table.caption);
    out["pages"] = table.pages;
    out["rows"] = table.rows;
    out["cols"] = table.cols;
    out["cells"] = Json::array();
    for (const Cell& cell : table.cells) out["cells"].push_back(cell_json(cell));
    return out;
}

Json provenance_json(const Provenance& from) {
    return {{"printed", to_valid_utf8(from.printed)},
            {"confidence", confidence_of(from.confidence)},
            {"table", to_valid_utf8(from.table)},
            {"row", from.row},
            {"col", from.col},
            {"page", from.page},
            {"bbox", box_json(from.bbox)}};
}

Json review_json(const ReviewItem& item) {
    Json out{{"field", to_valid_utf8(item.field)},
             {"reason", to_string(item.reason)},
             {"printed", to_valid_utf8(item.printed)}};
    if (item.suggested) out["suggested"] = to_valid_utf8(*item.suggested);
    out["page"] = item.page;
    out["bbox"] = box_json(item.bbox);
    return out;
}

Json correction_json(const Correction& entry) {
    return {{"field", to_valid_utf8(entry.field)},
            {"action", to_string(entry.action)},
            {"old", entry.old_value},
            {"new", entry.new_value},
            {"by", to_valid_utf8(entry.by)},
            {"at", to_valid_utf8(entry.at)},
            {"revision", entry.revision}};
}

template <typename T, typename Write>
Json list_json(const std::vector<T>& items, Write write) {
    Json out = Json::array();
    for (const T& item : items) out.push_back(write(item));
    return out;
}

}  // namespace

const char* to_string(TextSource value) { return name_of(text_source_names, value); }
const char* to_string(BlockType value) { return name_of(block_type_names, value); }
const char* to_string(CheckStatus value) { return name_of(check_status_names, value); }
const char* to_string(ReviewReason value) { return name_of(review_reason_names, value); }
const char* to_string(CorrectionAction value) { return name_of(correction_action_names, value); }
const char* to_string(Status value) { return name_of(status_names, value); }

Json to_json(const Source& source) {
    Json out{{"name", to_valid_utf8(source.name)},
             {"sha256", to_valid_utf8(source.sha256)},
             {"bytes", source.bytes},
             {"media_type", to_valid_utf8(source.media_type)},
             {"received_at", to_valid_utf8(source.received_at)}};
    if (!source.labels.empty())
        out["labels"] = list_json(source.labels, [](const auto& s) { return to_valid_utf8(s); });
    return out;
}

Json to_json(const Record& record) {
    Json out;
    out["schema"] = "biaod.record/1";
    out["id"] = to_valid_utf8(record.id);
    out["revision"] = record.revision;
    out["source"] = to_json(record.source);
    out["engine"] = {{"version", to_valid_utf8(record.engine.version)},
                     {"tesseract", to_valid_utf8(record.engine.tesseract)},
                     {"languages", to_valid_utf8(record.engine.languages)},
                     {"elapsed_ms", record.engine.elapsed_ms}};
    out["pages"] = list_json(record.pages, page_json);
    out["blocks"] = list_json(record.blocks, block_json);
    out["tables"] = list_json(record.tables, table_json);
    out["report"] = record.report;
    out["provenance"] = Json::object();
    for (const auto& [pointer, from] : record.provenance) {
        out["provenance"][to_valid_utf8(pointer)] = provenance_json(from);
    }
    out["checks"] = list_json(record.checks, [](const Check& check) {
        return Json{{"rule", to_valid_utf8(check.rule)},
                    {"status", to_string(check.status)},
                    {"detail", to_valid_utf8(check.detail)}};
    });
    out["review"] = list_json(record.review, review_json);
    if (!record.corrections.empty()) out["corrections"] = list_json(record.corrections, correction_json);
    out["status"] = to_string(record.status);
    return out;
}

Json failure_to_json(const Source& source, const Error& error) {
    return {{"schema", "biaod.failure/1"},
            {"source", to_json(source)},
            {"stage", to_valid_utf8(error.stage)},
            {"kind", to_string(error.kind)},
            {"page", error.page > 0 ? Json(error.page) : Json(nullptr)},
            {"reason", to_valid_utf8(error.reason)}};
}

std::string text_member(const Json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace biaod::models
