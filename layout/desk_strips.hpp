// What a picture shows above and below a sheet of paper, and where on the sheet page numbers stand.
#pragma once

namespace biaod::layout {

// How far a desk, or a scanner's black, reaches into the picture from above and from below, in its unit of length.
struct DeskStrips {
    double above = 0, below = 0;
};

// Whether `y`, in a picture of that height, lies in the outer 12 % of the sheet, where page numbers and running headers
// stand.
inline bool in_outer_part(double y, double height, const DeskStrips& desk) {
    constexpr double kOuterShare = 0.12;
    const double sheet = height - desk.above - desk.below, from_top = y - desk.above;
    return from_top < kOuterShare * sheet || from_top > (1 - kOuterShare) * sheet;
}

}  // namespace biaod::layout
