#include "tests/synth/printing.hpp"

#include <pango/pangocairo.h>

#include <random>
#include <set>

#include "tests/synth/table_printer.hpp"
#include "tests/synth/text_setter.hpp"

namespace biaod::synth {
namespace {

using Kind = Paragraph::Kind;

constexpr double kLineSpacing = 1.75;  // of the size, in running text

std::vector<std::string> installed_fonts() {
    const char* wanted[] = {"Noto Serif CJK SC",   "Noto Sans CJK SC", "WenQuanYi Zen Hei",
                            "WenQuanYi Micro Hei", "AR PL UMing CN",   "AR PL UKai CN"};
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
    std::set<std::string> names;
    for (int i = 0; i < count; ++i) names.insert(pango_font_family_get_name(families[i]));
    g_free(families);
    std::vector<std::string> fonts;
    for (const char* name : wanted)
        if (names.contains(name)) fonts.emplace_back(name);
    if (fonts.empty()) fonts.emplace_back("Sans");
    return fonts;
}

void print_line(Pen& pen, const SetLine& line, double x, const std::string& font, double size, bool red) {
    const double height = kLineSpacing * size;
    if (pen.y + height > Pen::kBottom) pen.new_page();
    pen.page().texts.push_back({x, pen.y + (height - 1.3 * size) / 2, size, font, line.text, red});
    pen.y += height;
}

void print_centred(Pen& pen, const std::string& text, const std::string& font, double size, bool red) {
    for (const SetLine& line : set_text(text, font, size, Pen::kRight - Pen::kLeft, 0))
        print_line(pen, line, (Pen::kLeft + Pen::kRight - line.width) / 2, font, size, red);
}

void print_running(Pen& pen, const std::string& text, const LayoutOptions& options, bool indented, bool bold = false) {
    const double indent = indented ? 2 * options.body_size : 0;
    const std::string font = options.body_font + (bold ? " Bold" : "");
    bool first = true;
    for (const SetLine& line : set_text(text, font, options.body_size, Pen::kRight - Pen::kLeft, indent)) {
        print_line(pen, line, Pen::kLeft + (first ? indent : 0), font, options.body_size, false);
        first = false;
    }
}

void print_named_table(Pen& pen, const std::string& name, const Grid& grid, const LayoutOptions& options) {
    pen.y += options.bold_headings ? -4 : 4;
    if (name == "proactive") {
        print_table(pen, grid, {3, 2.4, 2.4, 2.4}, 0, options);
    } else if (name == "requests") {
        int header_rows = grid.rows;  // those above the first figure
        for (const GridCell& c : grid.cells)
            if (c.figure) header_rows = std::min(header_rows, c.row);
        print_table(pen, grid, {1.1, 1.4, 3.1, 1, 1, 1, 1.1, 1.1, 0.9, 1}, header_rows, options);
    } else {
        print_table(pen, grid, std::vector<double>(15, 1), 0, options);
    }
    pen.y += 8;
}

}  // namespace

void Pen::new_page() {
    printed_.pages.emplace_back();
    y = kTop;
    if (!options_.page_numbers) return;
    const std::string number = "- " + std::to_string(printed_.pages.size()) + " -";
    page().texts.push_back({printed_.width / 2 - 12, 790, 12, options_.body_font, number});
}

LayoutOptions random_layout(std::uint32_t seed, const std::vector<std::string>& among) {
    std::mt19937 random(seed * 40503u + 977u);
    static const std::vector<std::string> installed = installed_fonts();
    const std::vector<std::string>& fonts = among.empty() ? installed : among;
    LayoutOptions options;
    options.body_font = fonts[random() % fonts.size()];
    options.table_font = random() % 2 == 0 ? options.body_font : fonts[random() % fonts.size()];
    options.body_size = 14 + static_cast<double>(random() % 3);
    options.table_size = 9 + static_cast<double>(random() % 5) / 2;
    options.ruling = 0.5 + static_cast<double>(random() % 4) / 4;
    options.cut_rows = random() % 3 == 0;
    options.repeat_header = random() % 3 == 0;
    options.centred_figures = random() % 4 != 0;
    options.page_numbers = random() % 2 == 0;
    options.red_letterhead = random() % 2 == 0;
    return options;
}

Printed print_report(const Truth& truth, const LayoutOptions& options) {
    Printed printed;
    Pen pen(printed, options);
    for (const Paragraph& p : truth.paragraphs) {
        switch (p.kind) {
            case Kind::letterhead:
                print_centred(pen, p.text, options.body_font, 1.75 * options.body_size, options.red_letterhead);
                break;
            case Kind::document_number:
                print_centred(pen, p.text, options.body_font, options.body_size, false);
                pen.page().lines.push_back(
                    {Pen::kLeft, pen.y + 4, Pen::kRight, pen.y + 4, 1.5, options.red_letterhead});
                pen.y += 14;
                break;
            case Kind::title:
                print_centred(pen, p.text, options.body_font, 1.35 * options.body_size, false);
                pen.y += 10;
                break;
            case Kind::addressee:
                print_running(pen, p.text, options, false);
                break;
            case Kind::heading:
            case Kind::body:
                print_running(pen, p.text, options, true, options.bold_headings && p.kind == Kind::heading);
                break;
            case Kind::table:
                print_named_table(pen, p.text, truth.grids.at(p.text), options);
                break;
        }
    }
    return printed;
}

}  // namespace biaod::synth
