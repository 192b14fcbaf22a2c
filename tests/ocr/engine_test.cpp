#include "ocr/engine.hpp"

#include <gtest/gtest.h>
#include <malloc.h>

namespace biaod::ocr {
namespace {

// With what the legacy recogniser would learn in it is 35 MiB. Where another allocator takes malloc's place this tells
// nothing.
TEST(Engine, KeepsNoRoomForTheLegacyRecogniser) {
    const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    const auto engine = Engine::create("chi_sim");
    ASSERT_TRUE(engine);
    const std::size_t taken = mallinfo2().uordblks + mallinfo2().hblkhd - before;
    EXPECT_LT(taken >> 20, 18u) << "MiB, with Tesseract 5.3.0";
}

}  // namespace
}  // namespace biaod::ocr
