#include "layout/assemble.hpp"

#include <algorithm>

#include "layout/furniture.hpp"
#include "layout/numbering.hpp"
#include "layout/paragraphs.hpp"
#include "layout/sheet_margins.hpp"
#include "layout/spread.hpp"
#include "layout/tables/heading_rows.hpp"
#include "layout/tables/open_columns.hpp"
#include "layout/tables/stitch.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

using models::BlockType;

constexpr double kWidestNote = 100;  // pt
constexpr double kWidestTick = 30;   // pt
constexpr double kReadable = 0.6;    // confidence
constexpr double kFarAbove = 3;      // of its height

// A line or a table fragment, in the order of reading.
struct Item {
    const ReadLine* line = nullptr;
    std::size_t fragment = 0;
    double y = 0;
    BlockType type = BlockType::paragraph;
    bool parts_tables = false;
};

// Whether a line that was read stands at the sheet's upper edge, far above any table: what a fax printed there does,
// but no title of a table on a sheet that was cropped.
bool is_of_fax(const ReadLine& line, const PageText& page) {
    const double middle = line.at.y + line.at.height / 2;
    return line.source == models::TextSource::ocr && middle < page.height / 2 &&
           at_edge_of_sheet(middle, page.height, page.desk) &&
           std::ranges::none_of(page.tables, [&](const TableFragment& table) {
               return table.at.y - line.at.br().y < kFarAbove * line.at.height;
           });
}

// Whether it is what a pen, a stamp, a clip or a fax left on the margins of a sheet: a short line in the outer part
// that could hardly be read, one of a fax, or any at the very foot, where no heading stands.
bool is_note(const ReadLine& line, const PageText& page) {
    const double middle = line.at.y + line.at.height / 2;
    if (line.on_clip) return true;
    if (line.text.empty() || line.at.width > kWidestNote || numbering_level(line.text) > 0 || is_caption(line.text))
        return false;
    const bool at_foot = middle > page.height / 2 && in_margin_of_sheet(middle, page.height, page.desk);
    return at_foot || is_of_fax(line, page) ||
           (line.confidence < kReadable && in_outer_part(middle, page.height, page.desk));
}

// Whether it may be a tick that a pen drew, or a few: on a scan they are read as V, W and the like.
bool is_tick(const ReadLine& line) {
    return line.source == models::TextSource::ocr && line.at.width < kWidestTick && !line.text.empty() &&
           line.text.find_first_not_of("VvWwYyJ ") == line.text.npos;
}

// Whether a line says that what comes after it is another table: one that was not read does, a mark beside a table, a
// note on the margins or one without a letter or digit does not.
bool stands_between_tables(const ReadLine& line, const PageText& page) {
    const double middle = line.at.y + line.at.height / 2;
    const bool beside = std::ranges::any_of(page.tables, [&](const TableFragment& table) {
        return middle > table.at.y && middle < table.at.y + table.at.height;
    });
    return !beside && !is_note(line, page) && (line.text.empty() || !models::label_key(line.text).empty());
}

std::vector<Item> page_items(const PageText& page, const std::vector<BlockType>& types, std::size_t first_fragment) {
    std::vector<Item> items;
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
        const ReadLine& line = page.lines[i];
        const bool parts = types[i] == BlockType::paragraph && !is_tick(line) && stands_between_tables(line, page);
        items.push_back({&line, 0, line.at.y + line.at.height / 2, types[i], parts});
    }
    for (std::size_t i = 0; i < page.tables.size(); ++i) {
        const Item table{nullptr, first_fragment + i, page.tables[i].at.y, BlockType::table, false};
        const auto below = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.y > table.y; });
        items.insert(below, table);
    }
    return items;
}

models::Block furniture_block(const ReadLine& line, BlockType type) {
    models::Block block;
    block.type = type;
    block.text = line.text;
    block.page = line.page;
    block.bbox = line.bbox;
    block.confidence = confidence_of_whole(line);
    return block;
}

models::Block table_block(const models::Table& table) {
    models::Block block;
    block.type = BlockType::table;
    block.page = table.pages.front();
    block.bbox = {1e9, 1e9, -1e9, -1e9};
    double sum = 0;
    for (const models::Cell& cell : table.cells) {
        sum += cell.confidence;
        for (const models::PageBox& box : cell.boxes) {
            if (box.page != block.page) continue;
            block.bbox = models::around(block.bbox, box.bbox);
        }
    }
    block.confidence = table.cells.empty() ? 0 : sum / static_cast<double>(table.cells.size());
    block.table = table.id;
    return block;
}

}  // namespace

Assembled assemble(const std::vector<PageText>& delivered, const KnownLabels& known, const KnownLabels& headings) {
    std::vector<PageText> pages;
    for (const PageText& page : delivered) split_spread(page, pages);
    auto furniture = find_furniture(pages);
    take_heading_rows(pages, furniture, headings);
    close_open_columns(pages, furniture);
    std::vector<TableFragment> fragments;
    std::vector<std::size_t> page_of;  // parallel to `fragments`
    std::vector<Item> items;
    for (std::size_t p = 0; p < pages.size(); ++p) {
        const auto of_page = page_items(pages[p], furniture[p], fragments.size());
        items.insert(items.end(), of_page.begin(), of_page.end());
        fragments.insert(fragments.end(), pages[p].tables.begin(), pages[p].tables.end());
        page_of.resize(fragments.size(), p);
    }

    // A fragment can go on in the next one when nothing was printed between them.
    std::vector<bool> joinable(fragments.size(), false);
    const Item* last_table = nullptr;
    for (const Item& item : items) {
        if (item.parts_tables) last_table = nullptr;
        if (item.line != nullptr) continue;
        if (last_table != nullptr)
            joinable[last_table->fragment] = page_of[last_table->fragment] != page_of[item.fragment];
        last_table = &item;
    }

    Assembled out;
    std::vector<std::size_t> table_of;
    out.tables = stitch_tables(fragments, joinable, table_of, known);

    ParagraphBuilder builder(pages);
    std::size_t tables_placed = 0;
    for (const Item& item : items) {
        if (item.line == nullptr) {
            if (table_of[item.fragment] < tables_placed) continue;  // its first fragment stands already
            ++tables_placed;
            builder.add_block(table_block(out.tables[table_of[item.fragment]]));
        } else if (item.type == BlockType::paragraph) {
            builder.add_line(*item.line);
        } else {
            builder.add_furniture(furniture_block(*item.line, item.type));
        }
    }
    out.blocks = builder.take();
    return out;
}

}  // namespace biaod::layout
