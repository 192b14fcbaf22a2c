#include "tests/synth/seal.hpp"

#include <pango/pangocairo.h>

#include <cmath>
#include <memory>
#include <vector>

namespace biaod::synth {
namespace {

constexpr double kPi = 3.14159265358979323846;

std::vector<std::string> characters(const std::string& text) {
    std::vector<std::string> out;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) out.emplace_back();
        out.back() += c;
    }
    return out;
}

void draw_star(cairo_t* context, double radius) {
    for (int i = 0; i < 10; ++i) {
        const double r = radius * (i % 2 == 0 ? 0.33 : 0.13), a = -kPi / 2 + i * kPi / 5;
        cairo_line_to(context, r * std::cos(a), r * std::sin(a));
    }
    cairo_close_path(context);
    cairo_fill(context);
}

// Characters stand upright on the ring, from the lower left over the top to the lower right.
void draw_name(cairo_t* context, const std::string& name, double radius) {
    const auto letters = characters(name);
    const double size = 0.3 * radius;
    const double step = std::min(0.42, 1.45 * kPi / static_cast<double>(letters.size()));
    double angle = -step * static_cast<double>(letters.size() - 1) / 2;
    PangoLayout* layout = pango_cairo_create_layout(context);
    PangoFontDescription* font = pango_font_description_from_string("Noto Serif CJK SC Bold");
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    for (const std::string& letter : letters) {
        pango_layout_set_text(layout, letter.data(), static_cast<int>(letter.size()));
        PangoRectangle extents;
        pango_layout_get_extents(layout, nullptr, &extents);
        cairo_save(context);
        cairo_rotate(context, angle);
        cairo_translate(context, 0, -0.72 * radius);
        cairo_scale(context, std::min(1.0, 0.8 * step * radius / size), 1);
        cairo_move_to(context, -0.5 * extents.width / PANGO_SCALE, -0.5 * extents.height / PANGO_SCALE);
        pango_cairo_show_layout(context, layout);
        cairo_restore(context);
        angle += step;
    }
    g_object_unref(layout);
}

}  // namespace

cv::Mat seal_imprint(const std::string& name, int radius, double turn_deg) {
    cv::Mat imprint(2 * radius, (2 * radius + 3) / 4 * 4, CV_8U, cv::Scalar(0));  // rows of whole words, as Cairo wants
    const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
        cairo_image_surface_create_for_data(imprint.data, CAIRO_FORMAT_A8, imprint.cols, imprint.rows,
                                            static_cast<int>(imprint.step)),
        cairo_surface_destroy);
    const std::unique_ptr<cairo_t, void (*)(cairo_t*)> context(cairo_create(surface.get()), cairo_destroy);
    cairo_translate(context.get(), radius, radius);
    cairo_rotate(context.get(), turn_deg * kPi / 180);
    const double width = radius / 18.0;
    cairo_set_line_width(context.get(), width);
    cairo_arc(context.get(), 0, 0, radius - width, 0, 2 * kPi);
    cairo_stroke(context.get());
    draw_star(context.get(), radius);
    if (!name.empty()) draw_name(context.get(), name, radius);
    cairo_surface_flush(surface.get());
    return imprint.colRange(0, 2 * radius).clone();
}

}  // namespace biaod::synth
