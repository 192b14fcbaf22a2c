// Joins lines to titles, headings and paragraphs.
#pragma once

#include <vector>

#include "layout/page_text.hpp"
#include "models/record.hpp"

namespace biaod::layout {

// Takes the lines of a document in reading order. A paragraph ends where the next line is indented, where a line stops
// short of the right edge, at a wide gap, at a change of size, at a heading's number and at a table; a page break alone
// ends nothing. Centred or large lines before the first running text are titles.
class ParagraphBuilder {
  public:
    explicit ParagraphBuilder(const std::vector<PageText>& pages);

    void add_line(const ReadLine& line);
    void add_block(models::Block block);      // ends the paragraph (a table)
    void add_furniture(models::Block block);  // does not (a page number between two halves of a paragraph)

    std::vector<models::Block> take();

  private:
    // Where running text stands, pt on the cleaned page.
    struct Column {
        double left = 0, right = 0;
    };

    bool starts_new(const ReadLine& line) const;
    bool is_title_line(const ReadLine& line) const;
    bool centred(const ReadLine& line) const;
    void finish_paragraph();
    const Column& column(int page) const { return columns_[static_cast<std::size_t>(page - first_page_)]; }

    std::vector<Column> columns_;
    int first_page_ = 1;
    double body_height_ = 0;  // pt, median height of the lines
    bool title_possible_ = true;
    std::vector<ReadLine> open_;
    std::vector<models::Block> blocks_;
    std::vector<models::Block> waiting_;  // furniture that came inside the open paragraph
};

}  // namespace biaod::layout
