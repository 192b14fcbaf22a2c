// Cairo's and Pango's objects, which free themselves. Private to the synthesiser.
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>

namespace biaod::synth {

using Context = std::unique_ptr<cairo_t, void (*)(cairo_t*)>;
using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;
using Layout = std::unique_ptr<PangoLayout, void (*)(gpointer)>;

inline Context make_context(const Surface& surface) { return {cairo_create(surface.get()), cairo_destroy}; }

inline Layout make_layout(cairo_t* context, const std::string& text, const std::string& font, double size) {
    Layout layout(pango_cairo_create_layout(context), g_object_unref);
    PangoFontDescription* description = pango_font_description_from_string(font.c_str());
    pango_font_description_set_absolute_size(description, size * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), description);
    pango_font_description_free(description);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

}  // namespace biaod::synth
