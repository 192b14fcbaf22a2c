#include "tests/synth/table_printer.hpp"

#include <algorithm>
#include <cmath>

#include "tests/synth/text_setter.hpp"

namespace biaod::synth {
namespace {

constexpr double kPadX = 3.5, kPadY = 3;  // pt
constexpr double kClose = 1;              // pt between ink and a ruling
constexpr double kFlush = 1;              // pt between a figure's advance width and a ruling
constexpr double kLineSpacing = 1.4;      // of the size

// A row or a part of one as it stands on a page.
struct RowPart {
    int row;
    std::size_t page;
    double y0, y1;
};

// A cell's part on a page.
struct Piece {
    std::size_t page;
    double y0, y1;
};

struct SetCell {
    const GridCell* cell;
    std::vector<SetLine> lines;
};

class TablePrinter {
  public:
    TablePrinter(Pen& pen, const Grid& grid, const std::vector<double>& columns, int header_rows,
                 const LayoutOptions& options)
        : pen_(pen), grid_(grid), header_rows_(header_rows), options_(options) {
        double total = 0;
        for (const double share : columns) total += share;
        double x = Pen::kLeft;
        edges_.push_back(x);
        for (const double share : columns) edges_.push_back(x += (Pen::kRight - Pen::kLeft) * share / total);
        line_height_ = kLineSpacing * options.table_size;
        for (const GridCell& c : grid.cells)
            cells_.push_back({&c, set_text(c.text, options.table_font, options.table_size, width(c) - 2 * kPadX, 0)});
        measure_rows();
    }

    void print() {
        place_rows();
        for (const SetCell& cell : cells_) print_cell(cell, parts_);
        for (const std::vector<RowPart>& header : headers_again_)
            for (const SetCell& cell : cells_)
                if (cell.cell->row < header_rows_) print_cell(cell, header);
    }

  private:
    double width(const GridCell& c) const {
        return edges_[static_cast<std::size_t>(c.col + c.col_span)] - edges_[static_cast<std::size_t>(c.col)];
    }

    void measure_rows() {
        heights_.assign(static_cast<std::size_t>(grid_.rows), line_height_ + 2 * kPadY);
        for (const int spanning : {0, 1})
            for (const SetCell& c : cells_) {
                if ((c.cell->row_span > 1) != (spanning == 1)) continue;
                const double needed = static_cast<double>(c.lines.size()) * line_height_ + 2 * kPadY;
                double have = 0;
                for (int r = c.cell->row; r < c.cell->row + c.cell->row_span; ++r) have += height(r);
                const auto last = static_cast<std::size_t>(c.cell->row + c.cell->row_span - 1);
                if (needed > have) heights_[last] += needed - have;
            }
    }

    double height(int row) const { return heights_[static_cast<std::size_t>(row)]; }

    void place_rows() {
        for (int row = 0; row < grid_.rows; ++row) {
            const double left = Pen::kBottom - pen_.y;
            if (height(row) <= left) {
                place(row, grown(row, height(row)));
                continue;
            }
            const double lines = std::floor((left - 2 * kPadY) / line_height_);
            const double all = std::round((height(row) - 2 * kPadY) / line_height_);
            const bool header = row < header_rows_;
            double rest = height(row);
            if (options_.cut_rows && !header && lines >= 1 && lines < all) {
                place(row, lines * line_height_ + 2 * kPadY);
                rest = (all - lines) * line_height_ + 2 * kPadY;
            }
            pen_.new_page();
            if (options_.repeat_header && header_rows_ > 0 && row >= header_rows_) {
                headers_again_.emplace_back();
                for (int h = 0; h < header_rows_; ++h) {
                    headers_again_.back().push_back({h, pen_.page_index(), pen_.y, pen_.y + height(h)});
                    pen_.y += height(h);
                }
            }
            place(row, grown(row, rest));
        }
    }

    void place(int row, double part_height) {
        parts_.push_back({row, pen_.page_index(), pen_.y, pen_.y + part_height});
        pen_.y += part_height;
    }

    // The cell's pieces, one for each page.
    static std::vector<Piece> pieces_of(const GridCell& cell, const std::vector<RowPart>& parts) {
        std::vector<Piece> pieces;
        for (const RowPart& part : parts) {
            if (part.row < cell.row || part.row >= cell.row + cell.row_span) continue;
            if (!pieces.empty() && pieces.back().page == part.page)
                pieces.back().y1 = part.y1;
            else
                pieces.push_back({part.page, part.y0, part.y1});
        }
        return pieces;
    }

    std::size_t room(const Piece& piece) const {
        return static_cast<std::size_t>(std::max(0.0, (piece.y1 - piece.y0 - 2 * kPadY) / line_height_ + 0.01));
    }

    // The last part of a row, grown so that the lines of a cell that ends here and was torn before find room.
    double grown(int row, double part_height) const {
        double needed = part_height;
        for (const SetCell& c : cells_) {
            if (c.cell->row + c.cell->row_span - 1 != row) continue;
            std::size_t fitted = 0;
            double above = 0;  // of the piece on this page
            for (const Piece& piece : pieces_of(*c.cell, parts_)) {
                if (piece.page == pen_.page_index())
                    above = piece.y1 - piece.y0;
                else
                    fitted += room(piece);
            }
            if (fitted == 0 || fitted >= c.lines.size()) continue;
            needed = std::max(needed, static_cast<double>(c.lines.size() - fitted) * line_height_ + 2 * kPadY - above);
        }
        return needed;
    }

    bool is_header(const GridCell& cell) const {
        return std::none_of(grid_.cells.begin(), grid_.cells.end(), [&](const GridCell& other) {
            return other.figure && other.row >= cell.row && other.row < cell.row + cell.row_span;
        });
    }

    using Rulings = LayoutOptions::Rulings;

    // Of a cell's own frame.
    double inset() const { return options_.rulings == Rulings::separate ? options_.ruling + 0.6 : 0; }

    void draw_box(DrawnPage& page, const GridCell& cell, const Piece& piece, bool first, bool last) {
        const double w = options_.ruling, inset = this->inset();
        const double x0 = edges_[static_cast<std::size_t>(cell.col)], x1 = x0 + width(cell);
        if (options_.header_fill != 0xFFFFFF && is_header(cell))
            page.fills.push_back({{x0, piece.y0, x1 - x0, piece.y1 - piece.y0}, options_.header_fill});
        const bool left = cell.col == 0, right = cell.col + cell.col_span == grid_.cols;
        const bool top = cell.row == 0 || !first, bottom = cell.row + cell.row_span == grid_.rows || !last;
        auto ruling = [&](double ax, double ay, double bx, double by, bool outer) {
            page.lines.push_back({ax, ay, bx, by, w, false, options_.rulings == Rulings::dotted && !outer});
        };
        // A ruling where a page break cuts the table may be missing, as may the table's sides.
        const bool head = first || !options_.open_breaks, foot = last || !options_.open_breaks;
        const bool west = !left || !options_.open_sides, east = !right || !options_.open_sides;
        const double ax = x0 + inset, bx = x1 - inset, ay = piece.y0 + inset, by = piece.y1 - inset;
        if (head) ruling(ax - w / 2, ay, bx + w / 2, ay, top);
        if (foot) ruling(ax - w / 2, by, bx + w / 2, by, bottom);
        if (west) ruling(ax, ay, ax, by, left);
        if (east) ruling(bx, ay, bx, by, right);
        if (inset == 0) return;
        // The frame of the whole table.
        if (head && top) ruling(x0, piece.y0, x1, piece.y0, true);
        if (foot && bottom) ruling(x0, piece.y1, x1, piece.y1, true);
        if (west && left) ruling(x0, piece.y0, x0, piece.y1, true);
        if (east && right) ruling(x1, piece.y0, x1, piece.y1, true);
    }

    // Where the lines of a cell in one piece begin.
    double first_line(const std::vector<SetLine>& lines, const Piece& piece) const {
        const double height = static_cast<double>(lines.size()) * line_height_,
                     close = inset() + options_.ruling / 2 + kClose;
        if (!lines.empty() && options_.text_place == LayoutOptions::TextPlace::top)
            return piece.y0 + close - lines.front().top;
        if (!lines.empty() && options_.text_place == LayoutOptions::TextPlace::bottom)
            return piece.y1 - close - lines.back().bottom - (height - line_height_);
        return (piece.y0 + piece.y1 - height) / 2;
    }

    // A piece's lines fill it one after the other; a piece alone is filled from its middle.
    void print_cell(const SetCell& cell, const std::vector<RowPart>& parts) {
        const std::vector<Piece> pieces = pieces_of(*cell.cell, parts);
        const double x0 = edges_[static_cast<std::size_t>(cell.cell->col)];
        const double x1 = x0 + width(*cell.cell);
        std::size_t next = 0;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const Piece& piece = pieces[i];
            DrawnPage& page = pen_.page_at(piece.page);
            draw_box(page, *cell.cell, piece, i == 0, i + 1 == pieces.size());
            const std::size_t left = cell.lines.size() - next;
            const std::size_t count = i + 1 == pieces.size() ? left : std::min(left, room(piece));
            double y = piece.y0 + kPadY;
            if (pieces.size() == 1) y = first_line(cell.lines, piece);
            for (std::size_t k = 0; k < count; ++k, y += line_height_) {
                const SetLine& line = cell.lines[next++];
                double x = x0 + kPadX;
                if (cell.cell->figure && options_.flush_figures)
                    x = x1 - inset() - options_.ruling / 2 - kFlush - line.width;
                else if (cell.cell->figure && options_.centred_figures)
                    x = (x0 + x1 - line.width) / 2;
                page.texts.push_back({x, y, options_.table_size, options_.table_font, line.text});
                if (cell.cell->figure && !line.text.empty()) page.figures.emplace_back(x, y, line.width, line_height_);
            }
        }
    }

    Pen& pen_;
    const Grid& grid_;
    int header_rows_;
    const LayoutOptions& options_;
    double line_height_ = 0;
    std::vector<double> edges_, heights_;
    std::vector<SetCell> cells_;
    std::vector<RowPart> parts_;
    std::vector<std::vector<RowPart>> headers_again_;  // one for each page break
};

}  // namespace

void print_table(Pen& pen, const Grid& grid, const std::vector<double>& columns, int header_rows,
                 const LayoutOptions& options) {
    TablePrinter(pen, grid, columns, header_rows, options).print();
}

}  // namespace biaod::synth
