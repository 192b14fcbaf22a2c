// The slow layers of Tesseract's recognition network, done faster, to the bit with the library's results: convolution,
// max-pooling, fully connected layers and LSTM. With the library's own, a page takes nearly twice as long.
//
// They take the place of the library's functions in this program, which has functions of the same names: the dynamic
// linker binds the library's tables of virtual functions to them. The product of weights and inputs is the library's
// own point of extension (IntSimdMatrix::intSimdMatrix). All know how Tesseract 5.3.0 lays out its objects
// (tesseract_layout.hpp); with another version, and for what only training needs, the library's own do the work.
// Rejected: a network of our own, with the library for the rest: it gives no other way in than pictures and text.
#pragma once

#include <cstdint>

namespace biaod::ocr {

// Before each engine: weights are laid out for the product that is chosen here.
void choose_matrix_product();

// For tests: false leaves the layers (not the product) to the library. And how many layers have run here.
void use_own_layers(bool own);
std::uint64_t own_layers_run();

}  // namespace biaod::ocr
