// Printed figures and exact decimal arithmetic on them.
//
// A figure is what stands in a cell: a number with an optional sign and unit, nothing (blank), a dash or slash that
// says "none", or something else. Sums are taken over Decimal, never over doubles: 0.1 + 0.2 is 0.3 here.
#pragma once

#include <compare>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace biaod::models {

// units ÷ 10^scale, in lowest terms: scale is 0..max_scale and no trailing zero is kept.
class Decimal {
  public:
    static constexpr int max_scale = 9;

    Decimal() = default;
    // ASCII: optional '-', digits, optional '.' and digits. Empty when it is not that or does not fit.
    static std::optional<Decimal> parse(std::string_view text);
    static Decimal whole(std::int64_t value);
    // The decimal that to_json() wrote: the shortest one that is this number. Empty when it does not fit.
    static std::optional<Decimal> from_json(const nlohmann::ordered_json& number);

    bool is_whole() const { return scale_ == 0; }
    bool is_negative() const { return units_ < 0; }
    bool is_zero() const { return units_ == 0; }
    Decimal negated() const;

    // Empty on overflow.
    static std::optional<Decimal> sum(const Decimal& a, const Decimal& b);

    bool operator==(const Decimal&) const = default;

    std::string to_string() const;
    nlohmann::ordered_json to_json() const;  // an integer where whole, else the nearest double

  private:
    std::int64_t units_ = 0;
    int scale_ = 0;
};

enum class FigureKind { number, blank, dash, not_a_figure };

// The words of a language that may stand with a figure; they come from the form's data file.
struct FigureWords {
    std::vector<std::string> units;       // "元", "万元"
    std::vector<std::string> plus_words;  // stand for a sign before the number
    std::vector<std::string> minus_words;
    std::vector<std::string> none_words;  // read as a dash
};

struct Figure {
    FigureKind kind = FigureKind::blank;
    Decimal value;          // of a number
    std::string unit;       // as in FigureWords, empty when none is printed
    bool has_sign = false;  // + or - or a word for it is printed
    bool doubtful = false;  // a number, but oddly printed: a space between digits, leading zeros
};

// The characters that the figures of a scan are read with, by two networks: digits, separators, signs; 元 万 减 增.
inline constexpr char figure_characters[] = "0123456789.,+-/%\u5143\u4e07\u51cf\u589e";

// Whether a text consists of these. A number with another word beside it was read once, as text.
bool spelled_as_figure(std::string_view text);

// Never fails: what cannot be read as a figure is not_a_figure. Full-width forms, spaces and 1,444,400 are understood.
Figure read_figure(std::string_view printed, const FigureWords& words);

// The same, of what may have been read from a picture: a speck at one end of a number is read as a point, a comma or a
// dash, and a tick behind it as V, √ or /. One such mark, which no number ends or begins with ("25.", ".25", "25V"), is
// left out, and the number is doubtful.
Figure read_marred_figure(std::string_view printed, const FigureWords& words);

}  // namespace biaod::models
