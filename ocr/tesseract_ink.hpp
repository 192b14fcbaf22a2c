// Objects inside Tesseract 5.3.0 that library_shortcuts.cpp works with: pictures and the pieces of ink in them. As in
// tesseract_layout.hpp.
#pragma once

#include <cstdint>
#include <vector>

struct Pix;

namespace tesseract {

struct Image {
    Pix* pix;
};

class ImageData {
  public:
    static void SetPixInternal(Image pix, std::vector<char>* data);  // consumes `pix`
};

class ImageThresholder {
  public:
    Image GetPixRectThresholds();
};

class BLOCK;
class BLOBNBOX;

// y runs upwards.
struct ICOORD {
    std::int16_t x, y;
};
struct TBOX {
    ICOORD bottom_left, top_right;
};

struct C_OUTLINE_LIST {
    void* last = nullptr;
};
class C_OUTLINE {
  public:
    static void FakeOutline(const TBOX& box, C_OUTLINE_LIST* outlines);
};

void outlines_to_blobs(BLOCK* block, ICOORD bottom_left, ICOORD top_right, C_OUTLINE_LIST* outlines);

}  // namespace tesseract
