#include "ocr/flush_figures.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "models/median.hpp"

namespace biaod::ocr {
namespace {

constexpr std::size_t kFewestAlike = 6;
constexpr std::size_t kFewestOfHeight = 3;
constexpr double kShareAlike = 0.7;
constexpr double kHang = 0.35;  // of digits' height: as low as a comma hangs

std::vector<PlacedFigure> of_kind(FigureKind kind, const std::vector<PlacedFigure>& figures) {
    std::vector<PlacedFigure> found;
    std::ranges::copy_if(figures, std::back_inserter(found), [&](const PlacedFigure& f) { return f.kind == kind; });
    return found;
}

template <typename Of>
double median_of(const std::vector<PlacedFigure>& figures, Of of) {
    std::vector<double> values;
    for (const PlacedFigure& figure : figures) values.push_back(figure.*of);
    return models::median(std::move(values));
}

// Where most of them end, if alike.
std::optional<double> usual_end(const std::vector<PlacedFigure>& figures, double tolerance) {
    if (figures.size() < kFewestAlike) return std::nullopt;
    const double end = median_of(figures, &PlacedFigure::end);
    const auto alike = std::ranges::count_if(
        figures, [&](const PlacedFigure& figure) { return std::abs(figure.end - end) < tolerance; });
    return static_cast<double>(alike) < kShareAlike * static_cast<double>(figures.size()) ? std::nullopt
                                                                                          : std::optional(end);
}

}  // namespace

FigureKind kind_of(std::string_view figure) {
    if (figure == "/") return FigureKind::slash;
    const bool number = std::ranges::any_of(figure, [](char c) { return c >= '0' && c <= '9'; });
    if (!number) return FigureKind::dash;
    return figure.find(',') == std::string_view::npos ? FigureKind::number : FigureKind::grouped;
}

FlushFigures::FlushFigures(const std::vector<PlacedFigure>& of_table, const std::vector<PlacedFigure>& of_page,
                           double tolerance)
    : tolerance_(tolerance) {
    for (const FigureKind kind : {FigureKind::number, FigureKind::grouped, FigureKind::slash, FigureKind::dash}) {
        std::vector<PlacedFigure> alike = of_kind(kind, of_table);
        if (alike.size() < kFewestAlike) alike = of_kind(kind, of_page);
        if (alike.size() < kFewestOfHeight) continue;
        const auto end = usual_end(alike.size() < kFewestAlike ? of_page : alike, tolerance);
        if (end) usual_[kind] = {kind, *end, median_of(alike, &PlacedFigure::height)};
    }
}

bool FlushFigures::holds(const PlacedFigure& figure) const {
    double hang = 0;
    auto usual = usual_.find(figure.kind);
    if (usual == usual_.end() && figure.kind == FigureKind::grouped) {
        usual = usual_.find(FigureKind::number);
        hang = kHang;
    }
    if (usual == usual_.end() || std::abs(figure.end - usual->second.end) >= tolerance_) return false;
    const double higher = figure.height - usual->second.height;
    return higher > -tolerance_ && higher < tolerance_ + hang * usual->second.height;
}

}  // namespace biaod::ocr
