#include "ocr/overlay.hpp"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <string>

namespace biaod::ocr {
namespace {

using models::Box;

constexpr double kMinPixelsPerPoint = 2;  // the picture is enlarged to this, so that small text can be read
constexpr double kTextPoints = 4.5;

struct Colour {
    double r, g, b;
};
constexpr Colour kRuling{1.0, 0.55, 0.0}, kCell{0.0, 0.6, 0.2}, kSpan{0.1, 0.35, 0.9}, kFlag{0.9, 0.1, 0.1},
    kBlock{0.6, 0.2, 0.7};

struct SurfaceDestroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDestroy {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

// Draws in points on an enlarged copy of the picture.
class Canvas {
  public:
    Canvas(const cv::Mat& picture, double width_pt) {
        cv::Mat colour = picture;
        if (picture.channels() == 1) cv::cvtColor(picture, colour, cv::COLOR_GRAY2BGR);
        const double enlarge = std::max(1.0, kMinPixelsPerPoint * width_pt / picture.cols);
        cv::resize(colour, colour, {}, enlarge, enlarge, cv::INTER_LINEAR);
        cv::cvtColor(colour, pixels_, cv::COLOR_BGR2BGRA);
        surface_.reset(cairo_image_surface_create_for_data(pixels_.data, CAIRO_FORMAT_RGB24, pixels_.cols, pixels_.rows,
                                                           static_cast<int>(pixels_.step)));
        context_.reset(cairo_create(surface_.get()));
        cairo_scale(context_.get(), pixels_.cols / width_pt, pixels_.cols / width_pt);
    }

    void outline(const Box& b, const Colour& c, double width) {
        cairo_set_source_rgba(context_.get(), c.r, c.g, c.b, 0.9);
        cairo_set_line_width(context_.get(), width);
        cairo_rectangle(context_.get(), b.x0, b.y0, b.x1 - b.x0, b.y1 - b.y0);
        cairo_stroke(context_.get());
    }

    void line(const RulingLine& l, const Colour& c, double width) {
        cairo_set_source_rgba(context_.get(), c.r, c.g, c.b, 0.9);
        cairo_set_line_width(context_.get(), width);
        cairo_move_to(context_.get(), l.from.x, l.from.y);
        cairo_line_to(context_.get(), l.to.x, l.to.y);
        cairo_stroke(context_.get());
    }

    void fill(const Box& b, const Colour& c) {
        cairo_set_source_rgba(context_.get(), c.r, c.g, c.b, 0.3);
        cairo_rectangle(context_.get(), b.x0, b.y0, b.x1 - b.x0, b.y1 - b.y0);
        cairo_fill(context_.get());
    }

    void text(const Box& b, const std::string& text, const Colour& c) {
        if (text.empty()) return;
        const std::unique_ptr<PangoLayout, void (*)(gpointer)> layout(pango_cairo_create_layout(context_.get()),
                                                                      g_object_unref);
        const std::unique_ptr<PangoFontDescription, void (*)(PangoFontDescription*)> font(
            pango_font_description_from_string("Sans"), pango_font_description_free);
        pango_font_description_set_absolute_size(font.get(), kTextPoints * PANGO_SCALE);
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        pango_layout_set_width(layout.get(), static_cast<int>(std::max(8.0, b.x1 - b.x0) * PANGO_SCALE));
        pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
        cairo_set_source_rgb(context_.get(), c.r, c.g, c.b);
        cairo_move_to(context_.get(), b.x0 + 0.5, b.y0 - 0.5);
        pango_cairo_show_layout(context_.get(), layout.get());
    }

    bool write(const std::filesystem::path& path) {
        cairo_surface_flush(surface_.get());
        return cairo_surface_write_to_png(surface_.get(), path.c_str()) == CAIRO_STATUS_SUCCESS;
    }

  private:
    cv::Mat pixels_;
    std::unique_ptr<cairo_surface_t, SurfaceDestroy> surface_;
    std::unique_ptr<cairo_t, ContextDestroy> context_;
};

}  // namespace

models::Result<void> write_overlay(const std::filesystem::path& path, const models::Record& record,
                                   const models::Page& page, const cv::Mat& picture,
                                   const std::vector<RulingLine>& rulings) {
    Canvas canvas(picture, page.width);
    for (const models::ReviewItem& item : record.review)
        if (item.page == page.number) canvas.fill(item.bbox, kFlag);
    for (const models::Block& block : record.blocks) {
        if (block.page != page.number || block.type == models::BlockType::table) continue;
        canvas.outline(block.bbox, kBlock, 0.5);
        canvas.text(block.bbox, block.text, kBlock);
    }
    for (const models::Table& table : record.tables)
        for (const models::Cell& cell : table.cells)
            for (const models::PageBox& box : cell.boxes) {
                if (box.page != page.number) continue;
                const bool spans = cell.row_span > 1 || cell.col_span > 1;
                constexpr double kInset = 1;
                const Box inner{box.bbox.x0 + kInset, box.bbox.y0 + kInset, box.bbox.x1 - kInset, box.bbox.y1 - kInset};
                canvas.outline(inner, spans ? kSpan : kCell, 0.8);
                canvas.text(inner, cell.text, spans ? kSpan : kCell);
            }
    for (const RulingLine& ruling : rulings) canvas.line(ruling, kRuling, 0.7);
    if (!canvas.write(path))
        return models::fail(models::ErrorKind::temporary, "overlay", "cannot write " + path.string(), page.number);
    return {};
}

}  // namespace biaod::ocr
