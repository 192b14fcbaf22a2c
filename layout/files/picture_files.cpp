#include "layout/files/picture_files.hpp"

#include <cstdint>
#include <cstdlib>
#include <set>

namespace biaod::layout {
namespace {

constexpr std::size_t kFileHeader = 14, kShortHeader = 40;

// nullopt beyond the end.
std::optional<std::uint64_t> number(std::string_view bytes, std::uint64_t at, std::size_t length, bool little) {
    if (at > bytes.size() || bytes.size() - at < length) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < length; ++i) {
        const std::size_t place = static_cast<std::size_t>(at) + (little ? length - 1 - i : i);
        value = value << 8 | static_cast<unsigned char>(bytes[place]);
    }
    return value;
}

std::uint32_t little32(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(number(bytes, at, 4, true).value_or(0));
}

void put_little32(std::string& bytes, std::size_t at, std::size_t value) {
    for (std::size_t i = 0; i < 4; ++i, value >>= 8) bytes[at + i] = static_cast<char>(value & 0xFF);
}

// Blue, green, red, one byte each: what a short header means by 24 and 32 bits without saying so.
bool is_plain(std::string_view bmp, unsigned bits) {
    const std::uint32_t compression = little32(bmp, 30);
    const bool usual_masks = little32(bmp, 54) == 0xff0000 && little32(bmp, 58) == 0xff00 && little32(bmp, 62) == 0xff;
    return compression == 0 || (compression == 3 && bits == 32 && usual_masks);
}

}  // namespace

std::optional<BmpSize> bmp_size(std::string_view bmp) {
    if (bmp.size() < kFileHeader + kShortHeader || little32(bmp, 14) < kShortHeader) return std::nullopt;
    const auto width = static_cast<std::int32_t>(little32(bmp, 18));
    const auto height = static_cast<std::int32_t>(little32(bmp, 22));  // negative: the top line comes first
    return BmpSize{width, std::llabs(height)};
}

std::string with_short_bmp_header(std::string_view bmp) {
    std::string as_it_is(bmp);
    if (bmp.size() < kFileHeader + 124) return as_it_is;
    const std::size_t header = little32(bmp, 14), pixels = little32(bmp, 10);
    const auto bits = static_cast<unsigned>(*number(bmp, 28, 2, true));
    const bool longer = header >= 52 && header <= 124 && pixels >= kFileHeader + header && pixels <= bmp.size();
    if (!longer || !is_plain(bmp, bits)) return as_it_is;
    const std::size_t palette = bits <= 8 ? pixels - kFileHeader - header : 0;
    std::string out(bmp.substr(0, kFileHeader + kShortHeader));
    put_little32(out, 10, kFileHeader + kShortHeader + palette);
    put_little32(out, 14, kShortHeader);
    put_little32(out, 30, 0);
    out += bmp.substr(kFileHeader + header, palette);
    out += bmp.substr(pixels);
    put_little32(out, 2, out.size());
    return out;
}

bool tiff_chain_is_broken(std::string_view tiff, int pages) {
    const bool little = tiff.substr(0, 1) == "I";
    const bool big = number(tiff, 2, 2, little) == 43;
    const std::size_t count_bytes = big ? 8 : 2, entry_bytes = big ? 20 : 12, link_bytes = big ? 8 : 4;
    std::set<std::uint64_t> seen;
    auto link = number(tiff, big ? 8 : 4, link_bytes, little);
    while (link && *link != 0 && static_cast<int>(seen.size()) <= pages) {
        if (!seen.insert(*link).second) return true;
        const auto entries = number(tiff, *link, count_bytes, little);
        if (!entries || *entries > 65'535) return true;
        link = number(tiff, *link + count_bytes + *entries * entry_bytes, link_bytes, little);
    }
    return !link;
}

}  // namespace biaod::layout
