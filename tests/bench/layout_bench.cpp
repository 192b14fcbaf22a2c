// The stages of a page's layout, each on the same synthesised scan (A4, 300 dpi).
#include <benchmark/benchmark.h>

#include <opencv2/imgproc.hpp>

#include "layout/cleaning/ink.hpp"
#include "layout/cleaning/skew.hpp"
#include "layout/ink_pieces.hpp"
#include "layout/page_layout.hpp"
#include "layout/rulings/rulings.hpp"
#include "tests/synth/scanning.hpp"

namespace {

using namespace biaod;

const cv::Mat& scanned_page() {
    static const cv::Mat page = [] {
        const auto truth = synth::make_truth(12, {});
        const auto variant = synth::variant("scan300", 12);
        return synth::scan(synth::rasterise(synth::print_report(truth, {}), 300)[1], variant.options, 12);
    }();
    return page;
}

void even_background(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(layout::even_background(scanned_page()));
}

void find_ink(benchmark::State& state) {
    const cv::Mat even = layout::even_background(scanned_page());
    for (auto _ : state) benchmark::DoNotOptimize(layout::find_ink(even));
}

void skew(benchmark::State& state) {
    const layout::Ink ink = layout::find_ink(layout::even_background(scanned_page()));
    for (auto _ : state) benchmark::DoNotOptimize(layout::estimate_skew(ink.text, 6));
}

void ruling_masks(benchmark::State& state) {
    const layout::Ink ink = layout::find_ink(layout::even_background(scanned_page()));
    for (auto _ : state) benchmark::DoNotOptimize(layout::find_ruling_runs(ink.faint, 44));
}

void ink_pieces(benchmark::State& state) {
    const layout::Ink ink = layout::find_ink(layout::even_background(scanned_page()));
    for (auto _ : state) benchmark::DoNotOptimize(layout::InkPieces(ink.faint).char_height(300, {0, 0, 2480, 3508}));
}

void whole_page(benchmark::State& state) {
    layout::PageContent content;
    content.picture = scanned_page();
    content.dpi = 300;
    content.width_pt = 595;
    content.height_pt = 842;
    content.scanned = true;
    for (auto _ : state) benchmark::DoNotOptimize(layout::analyse_page(content, 1, -1));
}

BENCHMARK(even_background)->Unit(benchmark::kMillisecond);
BENCHMARK(find_ink)->Unit(benchmark::kMillisecond);
BENCHMARK(skew)->Unit(benchmark::kMillisecond);
BENCHMARK(ruling_masks)->Unit(benchmark::kMillisecond);
BENCHMARK(ink_pieces)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_page)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
