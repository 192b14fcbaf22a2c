#include "layout/assemble.hpp"

#include <algorithm>

#include "layout/furniture.hpp"
#include "layout/open_columns.hpp"
#include "layout/paragraphs.hpp"
#include "layout/spread.hpp"
#include "layout/stitch.hpp"

namespace biaod::layout {
namespace {

using models::BlockType;

// A line or a table fragment, in the order of reading.
struct Item {
    const ReadLine* line = nullptr;
    std::size_t fragment = 0;
    double y = 0;
    BlockType type = BlockType::paragraph;
};

std::vector<Item> page_items(const PageText& page, const std::vector<BlockType>& types, std::size_t first_fragment) {
    std::vector<Item> items;
    for (std::size_t i = 0; i < page.lines.size(); ++i)
        items.push_back({&page.lines[i], 0, page.lines[i].at.y + page.lines[i].at.height / 2, types[i]});
    for (std::size_t i = 0; i < page.tables.size(); ++i) {
        const Item table{nullptr, first_fragment + i, page.tables[i].at.y, BlockType::table};
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
    block.confidence = line.confidence;
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
            block.bbox = {std::min(block.bbox.x0, box.bbox.x0), std::min(block.bbox.y0, box.bbox.y0),
                          std::max(block.bbox.x1, box.bbox.x1), std::max(block.bbox.y1, box.bbox.y1)};
        }
    }
    block.confidence = table.cells.empty() ? 0 : sum / static_cast<double>(table.cells.size());
    block.table = table.id;
    return block;
}

}  // namespace

Assembled assemble(const std::vector<PageText>& delivered, const KnownLabels& known) {
    std::vector<PageText> pages;
    for (const PageText& page : delivered) split_spread(page, pages);
    auto furniture = find_furniture(pages);
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
        if (item.type == BlockType::page_number || item.type == BlockType::header) continue;
        if (item.line != nullptr) {
            last_table = nullptr;
            continue;
        }
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
