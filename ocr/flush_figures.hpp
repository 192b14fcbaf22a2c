// Figures that are set flush right, as spreadsheets print them, or flush left: all end alike before the rulings at that
// side.
#pragma once

#include <map>
#include <string_view>
#include <vector>

namespace biaod::ocr {

// Numbers stand alike, and so do those whose digits are grouped, by commas that hang below the line, and the marks for
// none: a stroke is higher than digits, and a dash lower.
enum class FigureKind { number, grouped, slash, dash };

FigureKind kind_of(std::string_view figure);

// A figure in its cell.
struct PlacedFigure {
    FigureKind kind = FigureKind::number;
    double end = 0;     // px, from its box to the middle of the ruling at its right, or left
    double height = 0;  // px
};

// How most figures of each kind stand: in a table or, where it has few of them, on its page; where that has few, too,
// they end as its other figures do. Very few grouped numbers stand as the other numbers but for their commas.
class FlushFigures {
  public:
    // `tolerance` px, of how they end and of their heights.
    FlushFigures(const std::vector<PlacedFigure>& of_table, const std::vector<PlacedFigure>& of_page, double tolerance);

    // Whether the figure ends where most of its kind do, as high as they are; never where they do not end alike, or are
    // too few to tell.
    bool holds(const PlacedFigure& figure) const;

  private:
    double tolerance_;
    std::map<FigureKind, PlacedFigure> usual_;
};

struct FlushSides {
    FlushFigures left, right;
};

}  // namespace biaod::ocr
