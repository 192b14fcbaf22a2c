// Prints a report: pages of drawing operations, which Cairo turns into a PDF with a text layer or into pictures.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "tests/synth/truth.hpp"

namespace biaod::synth {

struct LayoutOptions {
    std::string body_font = "Noto Serif CJK SC";
    std::string table_font = "Noto Serif CJK SC";
    double body_size = 16, table_size = 10.5;  // pt
    double ruling = 0.75;                      // pt
    bool cut_rows = false;       // a page break may run through a row, as in a word processor; else only through spans
    bool repeat_header = false;  // of the requests table
    bool centred_figures = true;
    bool flush_figures = false;                    // right, close to the cell's ruling, as a spreadsheet prints them
    enum class TextPlace { middle, top, bottom };  // the others: close to the cell's ruling
    TextPlace text_place = TextPlace::middle;
    bool bold_headings = false;  // close above their tables
    bool page_numbers = true;
    bool red_letterhead = false;
    enum class Rulings {
        solid,
        separate,  // each cell has a frame of its own: all rulings are double
        dotted     // within the table; its frame is solid
    };
    Rulings rulings = Rulings::solid;
    bool open_sides = false;               // no outer verticals
    bool open_breaks = false;              // no ruling where a page break cuts a table
    std::uint32_t header_fill = 0xFFFFFF;  // 0xRRGGBB, of rows without figures
};

// Choices made by the seed, the fonts among those given, or, of none, among those that are installed. A font is a
// description as Pango reads it: families in the order in which they are asked for a character, then the style.
LayoutOptions random_layout(std::uint32_t seed, const std::vector<std::string>& among = {});

struct DrawnText {
    double x, y;  // pt, top left of the line
    double size;
    std::string font, text;
    bool red = false;
};

struct DrawnLine {
    double x0, y0, x1, y1, width;  // pt
    bool red = false;
    bool dotted = false;
};

struct DrawnFill {
    cv::Rect2d place;      // pt
    std::uint32_t colour;  // 0xRRGGBB
};

struct DrawnPage {
    std::vector<DrawnText> texts;
    std::vector<DrawnLine> lines;
    std::vector<DrawnFill> fills;     // below everything
    std::vector<cv::Rect2d> figures;  // pt, of tables: where the characters of each stand; blanks have none
};

struct Printed {
    double width = 595.28, height = 841.89;  // pt, A4
    std::vector<DrawnPage> pages;
};

Printed print_report(const Truth& truth, const LayoutOptions& options);

// PDF with a text layer.
std::string to_pdf(const Printed& printed);

// The pages as pictures (CV_8UC3) at a resolution.
std::vector<cv::Mat> rasterise(const Printed& printed, double dpi);

}  // namespace biaod::synth
