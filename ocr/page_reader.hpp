// Reads one page: layout, then every line and cell. Holds what a reading thread needs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "layout/files/document.hpp"
#include "layout/page_layout.hpp"
#include "layout/page_text.hpp"
#include "models/error.hpp"
#include "models/record.hpp"
#include "ocr/engine.hpp"
#include "ocr/figure_reader.hpp"
#include "ocr/flush_figures.hpp"
#include "ocr/layer_trust.hpp"
#include "ocr/line_length.hpp"
#include "ocr/line_reader.hpp"
#include "ocr/overlay.hpp"
#include "ocr/shared_reads.hpp"
#include "ocr/vocabulary.hpp"

namespace biaod::ocr {

struct ReadPage {
    models::Page page;
    layout::PageText text;
    std::vector<RulingLine> rulings;  // for pictures of the result
};

// One thread's reader over its own handle of the document. The engine is made when the first line must be read from a
// picture: a digital document whose text layer is trusted needs it for a few lines only.
class PageReader {
  public:
    using Shared = SharedReads<PageReader>;

    // All but the languages must outlive the reader. `shared`: with the document's other readers.
    PageReader(layout::Document& document, std::string languages, LayerTrust& trust, const Vocabulary& vocabulary,
               Shared& shared)
        : document_(document),
          languages_(std::move(languages)),
          trust_(trust),
          vocabulary_(vocabulary),
          shared_(shared) {}

    // Errors: those of Document::page() and Engine::lend().
    models::Result<ReadPage> read(int number);

    // Reads lines of other readers' pages until none is in work.
    void help();

  private:
    struct TableTexts {
        std::vector<LineText> of_cells;
        double digit_pitch = 0;  // px; 0: not known
    };

    static cv::Rect2d to_points(const cv::Rect2d& px, double dpi);
    // Whether the page's own picture is fine enough to read from.
    static bool can_be_read(const layout::PageLayout& page);
    models::Result<void> ensure_engine();
    // read(reader, i) for each i below `count`: with other readers' help where pictures are read.
    void read_each(std::size_t count, const Shared::Read& read);
    models::Result<layout::PageLayout> lay_out(int number, int quarter_turns);
    models::Result<ReadPage> read_lines(const layout::PageLayout& page);
    models::Result<layout::PageLayout> lay_out_upright(int number);
    // By the first line that is clear, as 1 and 0; else the mean of a few lines.
    WayUp read_both_ways(const layout::PageLayout& page);
    LineText read_line(const layout::PageLayout& page, const layout::TextLine& line, double char_height, bool cell);
    std::vector<LineText> read_outside_lines(const layout::PageLayout& page);
    LineText look_again(const layout::PageLayout& page, const layout::TextLine& line, const MeasuredLine& measured,
                        double pitch, LineText first);
    FigureReader::Shaped read_figures(const layout::PageLayout& page, const layout::TableLayout& table);
    void doubt_covered(const layout::PageLayout& page, const cv::Rect& inside,
                       const std::vector<layout::TextLine>& lines, double char_height, double digit_pitch,
                       models::Cell& cell);
    LineText read_cell(const layout::PageLayout& page, const layout::TableLayout& table, std::size_t index,
                       std::optional<FigureText> figure, double digit_pitch);
    LineText read_lone_line(const layout::PageLayout& page, const cv::Rect& box, double char_height,
                            std::optional<FigureText> figure, double digit_pitch);
    LineText confirmed(const layout::PageLayout& page, const std::vector<cv::Rect>& lines, double char_height,
                       LineText text);
    LineText read_joined_lines(const layout::PageLayout& page, const std::vector<cv::Rect>& lines, double char_height,
                               double cell_width);
    TableTexts read_texts(const layout::PageLayout& page, const layout::TableLayout& table);
    layout::TableFragment make_table(const layout::PageLayout& page, const layout::TableLayout& table, TableTexts texts,
                                     const FlushSides& flush);
    std::vector<layout::TableFragment> read_tables(const layout::PageLayout& page);

    layout::Document& document_;
    std::string languages_;
    LayerTrust& trust_;
    const Vocabulary& vocabulary_;
    Shared& shared_;
    Engine::Lent engine_;
    std::unique_ptr<LineReader> lines_;
    int read_from_layer_ = 0, read_from_picture_ = 0;  // lines of the page at hand
};

}  // namespace biaod::ocr
