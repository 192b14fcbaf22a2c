#include "tests/synth/imprint.hpp"

#include <algorithm>
#include <cmath>

#include "tests/synth/cairo.hpp"
#include "tests/synth/wording.hpp"

namespace biaod::synth {
namespace {

constexpr double kPi = 3.14159265358979323846;

void draw_star(cairo_t* context, double radius) {
    for (int i = 0; i < 10; ++i) {
        const double r = radius * (i % 2 == 0 ? 0.33 : 0.13), a = -kPi / 2 + i * kPi / 5;
        cairo_line_to(context, r * std::cos(a), r * std::sin(a));
    }
    cairo_close_path(context);
    cairo_fill(context);
}

// Draws on `coverage` (CV_8U), whose rows must be of whole words, as Cairo wants.
template <typename Draw>
void draw_on(cv::Mat& coverage, const Draw& draw) {
    const Surface surface(cairo_image_surface_create_for_data(coverage.data, CAIRO_FORMAT_A8, coverage.cols,
                                                              coverage.rows, static_cast<int>(coverage.step)),
                          cairo_surface_destroy);
    const Context context = make_context(surface);
    draw(context.get());
    cairo_surface_flush(surface.get());
}

cv::Mat blank(cv::Size size) { return {size.height, (size.width + 3) / 4 * 4, CV_8U, cv::Scalar(0)}; }

// Where the middle of the `layout`'s text is, beside the place at which it is drawn.
cv::Point2d middle_of(PangoLayout* layout) {
    PangoRectangle extents;
    pango_layout_get_extents(layout, nullptr, &extents);
    return cv::Point2d(extents.width, extents.height) * (0.5 / PANGO_SCALE);
}

// Characters stand upright on the ring, from the lower left over the top to the lower right.
void draw_name(cairo_t* context, const std::string& name, double radius) {
    const auto letters = characters(name);
    const double size = 0.3 * radius;
    const double step = std::min(0.42, 1.45 * kPi / static_cast<double>(letters.size()));
    double angle = -step * static_cast<double>(letters.size() - 1) / 2;
    for (const std::string& letter : letters) {
        const Layout layout = make_layout(context, letter, "Noto Serif CJK SC Bold", size);
        const cv::Point2d middle = middle_of(layout.get());
        cairo_save(context);
        cairo_rotate(context, angle);
        cairo_translate(context, 0, -0.72 * radius);
        cairo_scale(context, std::min(1.0, 0.8 * step * radius / size), 1);
        cairo_move_to(context, -middle.x, -middle.y);
        pango_cairo_show_layout(context, layout.get());
        cairo_restore(context);
        angle += step;
    }
}

}  // namespace

cv::Mat seal_imprint(const std::string& name, int radius, double turn_deg) {
    cv::Mat imprint = blank({2 * radius, 2 * radius});
    draw_on(imprint, [&](cairo_t* context) {
        cairo_translate(context, radius, radius);
        cairo_rotate(context, turn_deg * kPi / 180);
        const double width = radius / 18.0;
        cairo_set_line_width(context, width);
        cairo_arc(context, 0, 0, radius - width, 0, 2 * kPi);
        cairo_stroke(context);
        draw_star(context, radius);
        if (!name.empty()) draw_name(context, name, radius);
    });
    return imprint.colRange(0, 2 * radius).clone();
}

cv::Mat watermark_imprint(const std::string& text, cv::Size size, double height, double turn_deg, bool again) {
    cv::Mat imprint = blank(size);
    draw_on(imprint, [&](cairo_t* context) {
        cairo_translate(context, size.width / 2.0, size.height / 2.0);
        cairo_rotate(context, turn_deg * kPi / 180);
        const Layout layout = make_layout(context, text, "Noto Sans CJK SC Bold", height);
        const cv::Point2d middle = middle_of(layout.get());
        const double across = 2 * middle.x + 4 * height, down = 4 * height;
        const int reach = again ? static_cast<int>((size.width + size.height) / std::min(across, down)) : 0;
        for (int row = -reach; row <= reach; ++row)
            for (int column = -reach; column <= reach; ++column) {
                cairo_move_to(context, column * across - middle.x, row * down - middle.y);
                pango_cairo_show_layout(context, layout.get());
            }
    });
    return imprint.colRange(0, size.width).clone();
}

}  // namespace biaod::synth
