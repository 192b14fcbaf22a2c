// Prints a table over pages. Private to the synthesiser.
#pragma once

#include "tests/synth/printing.hpp"

namespace biaod::synth {

// Where printing stands: the page under the pen and how far down it is. Units: pt.
class Pen {
  public:
    Pen(Printed& printed, const LayoutOptions& options) : printed_(printed), options_(options) { new_page(); }

    static constexpr double kTop = 72, kBottom = 770, kLeft = 78, kRight = 517;

    void new_page();
    DrawnPage& page() { return printed_.pages.back(); }
    std::size_t page_index() const { return printed_.pages.size() - 1; }
    DrawnPage& page_at(std::size_t index) { return printed_.pages[index]; }
    double y = kTop;

  private:
    Printed& printed_;
    const LayoutOptions& options_;
};

// `columns`: shares of the width. `header_rows` are printed again after a page break where the options ask for it.
void print_table(Pen& pen, const Grid& grid, const std::vector<double>& columns, int header_rows,
                 const LayoutOptions& options);

}  // namespace biaod::synth
