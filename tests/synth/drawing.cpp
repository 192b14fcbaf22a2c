#include <cairo-pdf.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tests/synth/cairo.hpp"
#include "tests/synth/printing.hpp"
#include "tests/synth/text_setter.hpp"

namespace biaod::synth {
namespace {

void draw_page(const DrawnPage& page, cairo_t* context) {
    auto ink = [&](bool red) { cairo_set_source_rgb(context, red ? 0.85 : 0, red ? 0.1 : 0, red ? 0.1 : 0); };
    for (const DrawnFill& fill : page.fills) {
        auto channel = [&](int shift) { return static_cast<double>(fill.colour >> shift & 0xFF) / 255; };
        cairo_set_source_rgb(context, channel(16), channel(8), channel(0));
        cairo_rectangle(context, fill.place.x, fill.place.y, fill.place.width, fill.place.height);
        cairo_fill(context);
    }
    for (const DrawnLine& line : page.lines) {
        ink(line.red);
        // The dots of a ruling that two cells share fall upon each other.
        const double dots[] = {1.5, 1.5};
        cairo_set_dash(context, dots, line.dotted ? 2 : 0, line.y0 == line.y1 ? line.x0 : line.y0);
        cairo_set_line_width(context, line.width);
        cairo_move_to(context, line.x0, line.y0);
        cairo_line_to(context, line.x1, line.y1);
        cairo_stroke(context);
    }
    for (const DrawnText& text : page.texts) {
        if (text.text.empty()) continue;
        ink(text.red);
        const Layout layout = make_layout(context, text.text, text.font, text.size);
        cairo_move_to(context, text.x, text.y);
        pango_cairo_show_layout(context, layout.get());
    }
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::vector<SetLine> set_text(const std::string& text, const std::string& font, double size, double width,
                              double indent) {
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8), cairo_surface_destroy);
    const Context context = make_context(surface);
    const Layout layout = make_layout(context.get(), text, font, size);
    pango_layout_set_width(layout.get(), static_cast<int>(std::max(width, size) * PANGO_SCALE));
    pango_layout_set_indent(layout.get(), static_cast<int>(indent * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_CHAR);
    std::vector<SetLine> lines;
    for (int i = 0; i < pango_layout_get_line_count(layout.get()); ++i) {
        PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), i);
        PangoRectangle ink, logical;
        pango_layout_line_get_extents(line, &ink, &logical);
        const int top = ink.y + pango_layout_get_baseline(layout.get());
        lines.push_back(
            {text.substr(static_cast<std::size_t>(line->start_index), static_cast<std::size_t>(line->length)),
             static_cast<double>(logical.width) / PANGO_SCALE, static_cast<double>(top) / PANGO_SCALE,
             static_cast<double>(top + ink.height) / PANGO_SCALE});
    }
    return lines;
}

std::string to_pdf(const Printed& printed) {
    std::string bytes;
    {
        const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, printed.width, printed.height),
                              cairo_surface_destroy);
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2024-01-01T00:00:00Z");
        const Context context = make_context(surface);
        for (const DrawnPage& page : printed.pages) {
            draw_page(page, context.get());
            cairo_show_page(context.get());
        }
        cairo_surface_finish(surface.get());
    }
    return bytes;
}

std::vector<cv::Mat> rasterise(const Printed& printed, double dpi) {
    std::vector<cv::Mat> pictures;
    const double scale = dpi / 72;
    for (const DrawnPage& page : printed.pages) {
        cv::Mat pixels(static_cast<int>(std::lround(printed.height * scale)),
                       static_cast<int>(std::lround(printed.width * scale)), CV_8UC4, cv::Scalar::all(255));
        const Surface surface(cairo_image_surface_create_for_data(pixels.data, CAIRO_FORMAT_RGB24, pixels.cols,
                                                                  pixels.rows, static_cast<int>(pixels.step)),
                              cairo_surface_destroy);
        const Context context = make_context(surface);
        cairo_scale(context.get(), scale, scale);
        draw_page(page, context.get());
        cairo_surface_flush(surface.get());
        cv::Mat picture;
        cv::cvtColor(pixels, picture, cv::COLOR_BGRA2BGR);
        pictures.push_back(picture);
    }
    return pictures;
}

}  // namespace biaod::synth
