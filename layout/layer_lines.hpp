// Puts a PDF's text layer in the place of lines that would have to be read from the picture.
#pragma once

#include <vector>

#include "layout/files/document.hpp"
#include "layout/page_layout.hpp"

namespace biaod::layout {

// Replaces the picture lines of `page` by lines made of `words`, in cells and outside. A word without ink below it is
// invisible and dropped; a picture line that no word covers stays, to be read. Requires an unwarped page.
void use_text_layer(const std::vector<LayerWord>& words, PageLayout& page);

// Takes out short rulings that are strokes of the text layer's glyphs: no ruling runs through a glyph's middle.
// Requires an unwarped page; `char_height` in px.
void drop_strokes_of(const std::vector<LayerWord>& words, const PageTransform& transform, double char_height,
                     std::vector<Ruling>& rulings);

}  // namespace biaod::layout
