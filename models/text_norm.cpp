#include "models/text_norm.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <cstdio>

namespace biaod::models {
namespace {

char32_t fold_mark(char32_t c) {
    switch (c) {
        case U'[':
        case U'{':
        case 0x3010:
        case 0x3014:
        case 0x3016:
        case 0x3018:
        case 0x300C:
        case 0x300E:
        case 0x2768:
        case 0xFE5D:
            return U'(';
        case U']':
        case U'}':
        case 0x3011:
        case 0x3015:
        case 0x3017:
        case 0x3019:
        case 0x300D:
        case 0x300F:
        case 0x2769:
        case 0xFE5E:
            return U')';
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x2018:
        case 0x2019:
        case 0x301D:
        case 0x301E:
        case U'\'':
            return U'"';
        case 0x2010:
        case 0x2011:
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2015:
        case 0x2212:
        case 0x2500:
        case 0x2501:
        case 0x2E3A:
        case 0xFE63:
            return U'-';
        default:
            return c;
    }
}

bool is_ignorable(char32_t c) {
    const auto cp = static_cast<UChar32>(c);
    return u_isUWhiteSpace(cp) || u_iscntrl(cp) || u_charType(cp) == U_FORMAT_CHAR;
}

std::u32string nfkc(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
    const std::u32string points = to_code_points(utf8);
    if (U_FAILURE(status)) return points;  // ICU without its data: compare unnormalised
    const auto text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(points.data()),
                                                    static_cast<int32_t>(points.size()));
    const icu::UnicodeString normal = normalizer->normalize(text, status);
    if (U_FAILURE(status)) return points;
    std::u32string out;
    for (int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
        out.push_back(static_cast<char32_t>(normal.char32At(i)));
    }
    return out;
}

bool is_cjk_mark(char32_t c) { return (c >= 0x3001 && c <= 0x301F) || (c >= 0xFF01 && c <= 0xFF5E); }

char32_t full_width(char32_t c) {
    switch (c) {
        case U',':
        case U':':
        case U';':
        case U'!':
        case U'?':
        case U'(':
        case U')':
            return c + 0xFEE0;  // the Halfwidth and Fullwidth Forms block mirrors ASCII
        default:
            return c;
    }
}

}  // namespace

std::u32string to_code_points(std::string_view utf8) {
    std::u32string out;
    out.reserve(utf8.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
    const auto length = static_cast<int64_t>(utf8.size());
    for (int64_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, length, c);
        out.push_back(c < 0 ? U'\uFFFD' : static_cast<char32_t>(c));
    }
    return out;
}

std::string to_utf8(std::u32string_view code_points) {
    std::string out;
    for (char32_t c : code_points) {
        std::uint8_t buffer[U8_MAX_LENGTH];
        int32_t used = 0;
        UBool error = false;
        U8_APPEND(buffer, used, U8_MAX_LENGTH, static_cast<UChar32>(c), error);
        if (error) {
            out += "\xEF\xBF\xBD";
        } else {
            out.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(used));
        }
    }
    return out;
}

std::string to_valid_utf8(std::string_view bytes) { return to_utf8(to_code_points(bytes)); }

std::string escape_name(std::string_view bytes) {
    std::string out;
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto length = static_cast<int64_t>(bytes.size());
    char escaped[16];
    for (int64_t i = 0; i < length;) {
        const int64_t start = i;
        UChar32 c = 0;
        U8_NEXT(data, i, length, c);
        if (c < 0) {
            for (int64_t k = start; k < i; ++k) {
                std::snprintf(escaped, sizeof escaped, "\\x%02X", data[k]);
                out += escaped;
            }
        } else if (u_iscntrl(c) || u_charType(c) == U_FORMAT_CHAR || c == 0x2028 || c == 0x2029) {
            std::snprintf(escaped, sizeof escaped, "\\u{%04X}", static_cast<unsigned>(c));
            out += escaped;
        } else {
            out.append(bytes.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
        }
    }
    return out;
}

bool is_han(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    return c == 0x3007 || uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

bool is_one_han(std::string_view utf8) {
    const std::u32string points = to_code_points(utf8);
    return points.size() == 1 && is_han(points[0]);
}

std::u32string fold(std::string_view utf8) {
    std::u32string out;
    for (char32_t c : nfkc(utf8)) {
        if (!is_ignorable(c)) out.push_back(fold_mark(c));
    }
    return out;
}

std::u32string label_key(std::string_view utf8) {
    std::u32string out;
    for (char32_t c : fold(utf8)) {
        const auto cp = static_cast<UChar32>(c);
        if (u_isalnum(cp) || is_han(c)) out.push_back(static_cast<char32_t>(u_tolower(cp)));
    }
    return out;
}

std::string tidy_text(std::string_view utf8) {
    const std::u32string in = to_code_points(utf8);
    std::u32string out;
    for (std::size_t i = 0; i < in.size(); ++i) {
        const bool after_chinese = !out.empty() && (is_han(out.back()) || is_cjk_mark(out.back()));
        std::size_t next = i;
        while (next < in.size() && u_isUWhiteSpace(static_cast<UChar32>(in[next]))) ++next;
        if (next > i) {
            // A line break is kept: it is structure, not OCR noise.
            const bool has_break = in.substr(i, next - i).find(U'\n') != std::u32string::npos;
            const bool before_chinese = next < in.size() && (is_han(in[next]) || is_cjk_mark(in[next]));
            if (has_break) {
                out.push_back(U'\n');
            } else if (!(after_chinese && before_chinese)) {
                out.append(in, i, next - i);
            }
            i = next - 1;
            continue;
        }
        const char32_t wide = full_width(in[i]);
        if (wide != in[i]) {
            std::size_t follow = i + 1;
            while (follow < in.size() && u_isUWhiteSpace(static_cast<UChar32>(in[follow]))) ++follow;
            const bool before_chinese = follow == in.size() || is_han(in[follow]) || is_cjk_mark(in[follow]);
            const bool at_start = out.empty();
            out.push_back((after_chinese || at_start) && before_chinese ? wide : in[i]);
        } else {
            out.push_back(in[i]);
        }
    }
    return to_utf8(out);
}

}  // namespace biaod::models
