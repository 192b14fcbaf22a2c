// What is to be known of a picture file and Leptonica does not tell. Private to layout.
//
// SECURITY: the bytes are untrusted; every offset is compared with their number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace biaod::layout {

struct BmpSize {
    long long width = 0, height = 0;  // px
};
// From the header, before anything is decoded. nullopt: too short, or the header of 12 bytes that OS/2 wrote.
std::optional<BmpSize> bmp_size(std::string_view bmp);

// Leptonica reads BMP headers of 40 bytes only. A file with one of the longer ones (versions 2 to 5, 52 to 124 bytes)
// comes back with a short one, unless its pixels need more than that says; all others come back as they are.
std::string with_short_bmp_header(std::string_view bmp);

// The chain of a TIFF's pages (TIFF 6.0, section 2; BigTIFF) leads to a page that is not in the file, or in a circle:
// pages are lost. At most `pages` + 1 links are followed.
bool tiff_chain_is_broken(std::string_view tiff, int pages);

}  // namespace biaod::layout
