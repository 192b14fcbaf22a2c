// Breaks text into lines and measures it, with Pango. Private to the synthesiser.
#pragma once

#include <string>
#include <vector>

namespace biaod::synth {

struct SetLine {
    std::string text;
    double width = 0;  // pt
};

// Lines of at most `width` pt; the first is shortened by `indent` pt.
std::vector<SetLine> set_text(const std::string& text, const std::string& font, double size, double width,
                              double indent);

}  // namespace biaod::synth
