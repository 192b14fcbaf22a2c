// Lines are read twice: by the library's own layers, and by those that take their place.
#include "ocr/network_layers.hpp"

#include <gtest/gtest.h>

#include "ocr/engine.hpp"
#include "tests/ocr/same_readings.hpp"

namespace biaod::ocr {
namespace {

TEST(NetworkLayers, ReadAsTheLibrarysDoToTheBit) {
    for (const std::string network : {"chi_sim", kFigureNetwork, kSecondNetwork}) {
        const auto engine = std::move(*Engine::lend(network));
        tests::expect_same_readings(*engine, use_own_layers);
    }
}

TEST(NetworkLayers, TakeTheLibrarysPlace) {
    const auto engine = std::move(*Engine::lend("chi_sim"));
    const auto runs_of = [&](bool own) {
        const tests::Setting layers(use_own_layers, own);
        const std::uint64_t before = own_layers_run();
        engine->read_line(tests::printed_lines()[0], "");
        return own_layers_run() - before;
    };
    EXPECT_EQ(runs_of(false), 0u);
    // Convolution and its curve, pooling, four LSTMs, probabilities.
    EXPECT_EQ(runs_of(true), 8u) << "of this version of Tesseract, 5.3.0";
}

}  // namespace
}  // namespace biaod::ocr
