#include <array>
#include <charconv>
#include <limits>

#include "models/number.hpp"

namespace biaod::models {
namespace {

bool multiply_by_ten(std::int64_t& value) { return !__builtin_mul_overflow(value, std::int64_t{10}, &value); }

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view fraction = point == text.npos ? std::string_view{} : text.substr(point + 1);
    if (text.empty() || point == 0 || (point != text.npos && fraction.empty())) return std::nullopt;
    if (fraction.size() > static_cast<std::size_t>(max_scale)) return std::nullopt;

    const std::string digits = std::string(text.substr(0, point)) + std::string(fraction);
    std::int64_t units = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), units);
    if (error != std::errc{} || end != digits.data() + digits.size() || units < 0) return std::nullopt;

    Decimal out;
    out.units_ = negative ? -units : units;
    out.scale_ = static_cast<int>(fraction.size());
    while (out.scale_ > 0 && out.units_ % 10 == 0) {
        out.units_ /= 10;
        --out.scale_;
    }
    return out;
}

Decimal Decimal::whole(std::int64_t value) {
    Decimal out;
    out.units_ = value;
    return out;
}

std::optional<Decimal> Decimal::from_json(const nlohmann::ordered_json& number) {
    if (number.is_number_integer()) return parse(number.dump());
    if (!number.is_number()) return std::nullopt;
    std::array<char, 400> text{};  // the longest double in plain digits
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), number.get<double>(), std::chars_format::fixed);
    return error == std::errc{} ? parse(std::string_view(text.data(), end)) : std::nullopt;
}

Decimal Decimal::negated() const {
    Decimal out = *this;
    out.units_ = units_ == std::numeric_limits<std::int64_t>::min() ? units_ : -units_;
    return out;
}

std::optional<Decimal> Decimal::sum(const Decimal& a, const Decimal& b) {
    Decimal x = a, y = b;
    while (x.scale_ < y.scale_) {
        if (!multiply_by_ten(x.units_)) return std::nullopt;
        ++x.scale_;
    }
    while (y.scale_ < x.scale_) {
        if (!multiply_by_ten(y.units_)) return std::nullopt;
        ++y.scale_;
    }
    if (__builtin_add_overflow(x.units_, y.units_, &x.units_)) return std::nullopt;
    while (x.scale_ > 0 && x.units_ % 10 == 0) {
        x.units_ /= 10;
        --x.scale_;
    }
    return x;
}

std::string Decimal::to_string() const {
    std::string digits = std::to_string(units_);
    const bool negative = digits.front() == '-';
    if (negative) digits.erase(0, 1);
    if (scale_ > 0) {
        const auto places = static_cast<std::size_t>(scale_);
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, 1, '.');
    }
    return negative ? "-" + digits : digits;
}

nlohmann::ordered_json Decimal::to_json() const {
    if (scale_ == 0) return units_;
    const std::string text = to_string();
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace biaod::models
