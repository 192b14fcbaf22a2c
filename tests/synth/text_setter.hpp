// Breaks text into lines and measures it, with Pango. Private to the synthesiser.
#pragma once

#include <string>
#include <vector>

namespace biaod::synth {

struct SetLine {
    std::string text;
    double width = 0;            // pt
    double top = 0, bottom = 0;  // pt: of its ink, below the top left at which it is drawn
};

// Lines of at most `width` pt; the first is shortened by `indent` pt.
std::vector<SetLine> set_text(const std::string& text, const std::string& font, double size, double width,
                              double indent);

}  // namespace biaod::synth
