// The record that biaod publishes (schema "biaod.record/1"), as C++ values.
//
// Units: boxes are in PDF points (1/72 inch), origin at the top left of the page as delivered (before rotation to
// upright and before deskew). Pages are numbered from 1. Rows and columns are numbered from 0. Confidence is 0..1.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace biaod::models {

struct Box {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    bool operator==(const Box&) const = default;
};

// The smallest box that holds both.
constexpr Box around(const Box& a, const Box& b) {
    return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

struct PageBox {
    int page = 0;
    Box bbox;
};

enum class TextSource { layer, ocr, mixed };

// Where text came from that is put together of two.
constexpr TextSource both(TextSource a, TextSource b) { return a == b ? a : TextSource::mixed; }

struct Page {
    int number = 0;
    double width = 0, height = 0;  // pt, as delivered
    TextSource text_source = TextSource::ocr;
    double skew_deg = 0;  // counter-clockwise positive, of the upright page
    int rotation = 0;     // clockwise turn (0, 90, 180, 270) that was applied to make the page upright
    double dpi = 0;       // of the picture that was analysed
};

enum class BlockType { title, heading, paragraph, table, page_number, header, seal };

// A number in running text that was read in two ways.
struct DisputedNumber {
    std::string read, other;
    int page = 0;
    Box bbox;  // of its line
};

struct Block {
    BlockType type = BlockType::paragraph;
    std::optional<int> level;  // headings: 1 for 一、, 2 for （一）, 3 for 1.
    std::string text;
    int page = 0;
    Box bbox;
    double confidence = 0;
    std::optional<std::string> table;  // id of the table, for BlockType::table

    // What the readers know beyond the published block; not part of the JSON.
    std::vector<DisputedNumber> disputed;
};

struct Cell {
    int row = 0, col = 0, row_span = 1, col_span = 1;
    std::string text;       // as printed, lines joined; empty when the cell is blank
    double confidence = 0;  // of the text; of a blank cell, that nothing is printed in it
    TextSource text_source = TextSource::ocr;
    std::vector<PageBox> boxes;  // one for each page that the cell stands on, in page order

    // What the readers know beyond the published cell; not part of the JSON.
    std::optional<std::string> second_reading;  // present when an independent reading was made and it differs
    bool unreadable = false;                    // there is ink, and no reading is worth publishing
};

struct Table {
    std::string id;  // "t1", "t2", ... in reading order
    std::optional<std::string> caption;
    std::vector<int> pages;
    int rows = 0, cols = 0;
    std::vector<Cell> cells;  // tile the grid; ordered by row, then column
};

struct Provenance {
    std::string printed;
    double confidence = 0;
    std::string table;
    int row = 0, col = 0, page = 0;
    Box bbox;
};

enum class CheckStatus { pass, fail, unknown };

struct Check {
    std::string rule;
    CheckStatus status = CheckStatus::unknown;
    std::string detail;
};

enum class ReviewReason { low_confidence, readings_disagree, check_failed, missing, unreadable };

struct ReviewItem {
    std::string field;  // JSON pointer into the record
    ReviewReason reason = ReviewReason::low_confidence;
    std::string printed;
    std::optional<std::string> suggested;
    int page = 0;  // 0 when no place on a page can be named
    Box bbox;
};

enum class CorrectionAction {
    accept,  // a person looked and found the value right
    correct,
    undo,   // of the last accept or correct that was not undone yet
    reread  // the file was read again: what stood corrected before is flagged where it differs
};

// One entry of the history; it stays when the value changes again.
struct Correction {
    std::string field;  // JSON pointer into the record
    CorrectionAction action = CorrectionAction::accept;
    nlohmann::ordered_json old_value, new_value;
    std::string by;    // who, as they call themselves
    std::string at;    // RFC 3339, UTC
    int revision = 0;  // that it made
};

struct Source {
    std::string name;    // the file's name as dropped, bytes that are not UTF-8 escaped
    std::string sha256;  // hex, lower case
    std::uint64_t bytes = 0;
    std::string media_type;
    std::string received_at;          // RFC 3339, UTC
    std::vector<std::string> labels;  // sub-folders of the inbox that the file stood in
};

struct Engine {
    std::string version;
    std::string tesseract;
    std::string languages;
    std::int64_t elapsed_ms = 0;
};

enum class Status { complete, needs_review, partial };

struct Record {
    std::string id;
    int revision = 1;
    Source source;
    Engine engine;
    std::vector<Page> pages;
    std::vector<Block> blocks;  // reading order
    std::vector<Table> tables;
    nlohmann::ordered_json report;                 // null, or the recognised form's typed values
    std::map<std::string, Provenance> provenance;  // key: JSON pointer into the record
    std::vector<Check> checks;
    std::vector<ReviewItem> review;
    std::vector<Correction> corrections;  // oldest first; not in the JSON when empty
    Status status = Status::complete;
};

}  // namespace biaod::models
