#include "layout/files/scan_image.hpp"

#include <Gfx.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace biaod::layout {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kDefaultScanDpi = 300;
constexpr double kMaxScanDpi = 450;  // above this, glyphs gain nothing
constexpr double kMinScanDpi = 100;
constexpr double kFullPageShare = 0.80;
constexpr double kWholePagePt = 1;     // what ends within so much of the page's edge ends there
constexpr double kSameDensity = 0.02;  // a scan whose rows and columns differ by less is copied; else it was stretched
constexpr int kInvisible = 3;          // text rendering mode: neither filled nor stroked

bool is_gray(GfxImageColorMap& colours) {
    const GfxColorSpaceMode mode = colours.getColorSpace()->getMode();
    return colours.getNumPixelComps() == 1 && (mode == csDeviceGray || mode == csCalGray);
}

// `rgb`: of a line of pixels.
bool has_no_colour(const std::vector<unsigned char>& rgb) {
    unsigned char difference = 0;
    for (std::size_t i = 0; i + 2 < rgb.size(); i += 3)
        difference |= static_cast<unsigned char>((rgb[i] ^ rgb[i + 1]) | (rgb[i] ^ rgb[i + 2]));
    return difference == 0;
}

// Gives `take` each line of an image that can be decoded, with its number, until it says false.
template <typename Take>
void each_line(Stream& stream, int width, int height, const GfxImageColorMap& colours, Take take) {
    ImageStream lines(&stream, width, colours.getNumPixelComps(), colours.getBits());
    lines.reset();
    for (int y = 0; y < height; ++y)
        if (unsigned char* line = lines.getLine(); line != nullptr && !take(line, y)) break;
    lines.close();
}

// The image, CV_8UC1 where it shows no colour, else CV_8UC3 (BGR). A line that cannot be decoded is black, as Poppler
// draws it.
cv::Mat decode(Stream& stream, int width, int height, GfxImageColorMap& colours) {
    const bool gray = is_gray(colours);
    bool coloured = false;
    cv::Mat picture(height, width, gray ? CV_8UC1 : CV_8UC3, cv::Scalar::all(0));
    std::vector<unsigned char> rgb(gray ? 0 : static_cast<std::size_t>(width) * 3);
    each_line(stream, width, height, colours, [&](unsigned char* line, int y) {
        if (gray) {
            colours.getGrayLine(line, picture.ptr(y), width);
            return true;
        }
        colours.getRGBLine(line, rgb.data(), width);
        coloured = coloured || !has_no_colour(rgb);
        const cv::Mat view(1, width, CV_8UC3, rgb.data());
        cv::cvtColor(view, picture.row(y), cv::COLOR_RGB2BGR);
        return true;
    });
    if (!gray && !coloured) cv::extractChannel(picture, picture, 0);
    return picture;
}

// The same of an image that is too large to be kept.
bool shows_colour(Stream& stream, int width, int height, GfxImageColorMap& colours) {
    if (is_gray(colours)) return false;
    bool coloured = false;
    std::vector<unsigned char> rgb(static_cast<std::size_t>(width) * 3);
    each_line(stream, width, height, colours, [&](unsigned char* line, int) {
        colours.getRGBLine(line, rgb.data(), width);
        coloured = !has_no_colour(rgb);
        return !coloured;
    });
    return coloured;
}

// A rectangle, unturned or by right angles.
bool is_upright_rectangle(const GfxState& state) {
    const double* matrix = state.getCTM();
    const bool right_angles = (matrix[1] == 0 && matrix[2] == 0) || (matrix[0] == 0 && matrix[3] == 0);
    const GfxPath* path = state.getPath();
    if (!right_angles || path->getNumSubpaths() != 1) return false;
    const GfxSubpath* corners = path->getSubpath(0);
    const int count = corners->getNumPoints();
    if (count != 4 && count != 5) return false;
    for (int i = 0; i < count; ++i) {
        const int next = (i + 1) % count;
        if (corners->getCurve(i)) return false;
        if (corners->getX(i) != corners->getX(next) && corners->getY(i) != corners->getY(next)) return false;
    }
    return true;
}

// Takes down what a page draws. Its units are points, y runs downwards.
class Contents final : public OutputDev {
  public:
    Contents(cv::Size2d page, std::int64_t max_pixels) : page_(page), max_pixels_(max_pixels) {}

    // Whether there is one image, as large as the page; and whether it is all that the page shows.
    bool is_one_image() const { return images_ == 1 && largest_ > (1 - kSameDensity) * page_.area(); }
    bool shows_one_image() const { return is_one_image() && plain_ && !above_; }

    double covered() const { return covered_; }
    cv::Size2d dpi() const { return dpi_; }
    bool coloured() const { return coloured_; }
    const cv::Mat& picture() const { return picture_; }

    bool upsideDown() override { return true; }
    bool useDrawChar() override { return true; }
    bool interpretType3Chars() override { return false; }

    void drawImage(GfxState* state, Object* reference, Stream* stream, int width, int height, GfxImageColorMap* colours,
                   bool interpolate, const int* mask_colours, bool is_inline) override {
        note(*state, width, height);
        const bool whole = is_one_image();
        const bool fits =
            dpi_.width <= kMaxScanDpi && dpi_.height <= kMaxScanDpi && std::int64_t{width} * height <= max_pixels_;
        if (whole && mask_colours == nullptr && fits) {
            picture_ = decode(*stream, width, height, *colours);
            coloured_ = picture_.channels() != 1;
            plain_ = plain_ && is_whole_page(*state) && is_plain(*state);
            above_ = false;
        } else if (whole && mask_colours == nullptr && !is_inline) {
            coloured_ = shows_colour(*stream, width, height, *colours);
        } else {
            OutputDev::drawImage(state, reference, stream, width, height, colours, interpolate, mask_colours,
                                 is_inline);
        }
    }
    void drawImageMask(GfxState* state, Object* reference, Stream* stream, int width, int height, bool invert,
                       bool interpolate, bool is_inline) override {
        note(*state, width, height);
        plain_ = false;
        GfxRGB colour;
        state->getFillRGB(&colour);
        coloured_ = colour.r != colour.g || colour.r != colour.b;
        OutputDev::drawImageMask(state, reference, stream, width, height, invert, interpolate, is_inline);
    }
    void drawMaskedImage(GfxState* state, Object*, Stream*, int width, int height, GfxImageColorMap*, bool, Stream*,
                         int, int, bool, bool) override {
        note(*state, width, height);
        plain_ = false;
    }
    void drawSoftMaskedImage(GfxState* state, Object*, Stream*, int width, int height, GfxImageColorMap*, bool, Stream*,
                             int, int, GfxImageColorMap*, bool) override {
        note(*state, width, height);
        plain_ = false;
    }

    void stroke(GfxState*) override { above_ = true; }
    void fill(GfxState*) override { above_ = true; }
    void eoFill(GfxState*) override { above_ = true; }
    void drawChar(GfxState* state, double, double, double, double, double, double, CharCode, int,
                  const Unicode* unicode, int characters) override {
        const bool blank = characters == 1 && unicode[0] == ' ';
        // Glyphs of Type 3 are drawings, which the mode does not hide.
        const bool drawn = state->getFont() != nullptr && state->getFont()->getType() == fontType3;
        const bool invisible = !drawn && (state->getRender() & kInvisible) == kInvisible;
        above_ = above_ || !(blank || invisible);
    }

    void clip(GfxState* state) override { plain_ = plain_ && is_upright_rectangle(*state); }
    void eoClip(GfxState* state) override { clip(state); }
    void clipToStrokePath(GfxState*) override { plain_ = false; }
    void beginTransparencyGroup(GfxState*, const double*, GfxColorSpace*, bool, bool, bool) override { plain_ = false; }
    void setSoftMask(GfxState*, const double*, bool, Function*, GfxColor*) override { plain_ = false; }

  private:
    // Takes down an image of so many pixels.
    void note(const GfxState& state, int width, int height) {
        const double* matrix = state.getCTM();
        cv::Size2d size(std::abs(matrix[0]) + std::abs(matrix[2]), std::abs(matrix[1]) + std::abs(matrix[3]));
        if (std::abs(size.width - page_.width) < kWholePagePt) size.width = page_.width;
        ++images_;
        covered_ += size.area();
        if (size.area() <= largest_ || size.width < 1 || size.height < 1) return;
        largest_ = size.area();
        const bool turned = std::abs(matrix[1]) > std::abs(matrix[0]);
        if (turned) std::swap(width, height);
        dpi_ = {width * kPointsPerInch / size.width, height * kPointsPerInch / size.height};
        coloured_ = true;
    }

    // Whether an image stands upright and fills the page.
    bool is_whole_page(const GfxState& state) const {
        const double* matrix = state.getCTM();
        const double left = matrix[4], bottom = matrix[5], right = left + matrix[0], top = bottom + matrix[3];
        return matrix[1] == 0 && matrix[2] == 0 && std::abs(left) < kWholePagePt && std::abs(top) < kWholePagePt &&
               std::abs(right - page_.width) < kWholePagePt && std::abs(bottom - page_.height) < kWholePagePt;
    }

    // Whether an image is shown whole and as it is.
    bool is_plain(GfxState& state) const {
        double left = 0, top = 0, right = 0, bottom = 0;
        state.getClipBBox(&left, &top, &right, &bottom);
        return left < kWholePagePt && top < kWholePagePt && right > page_.width - kWholePagePt &&
               bottom > page_.height - kWholePagePt && state.getFillOpacity() == 1 &&
               state.getBlendMode() == gfxBlendNormal && state.getTransfer()[0] == nullptr;
    }

    cv::Size2d page_;
    std::int64_t max_pixels_;
    int images_ = 0;
    double covered_ = 0, largest_ = 0;  // in square points
    cv::Size2d dpi_;
    bool coloured_ = true;
    bool plain_ = true;   // nothing changes how the image looks
    bool above_ = false;  // something is drawn above it
    cv::Mat picture_;
};

}  // namespace

struct ScanFinder::State {
    GlobalParamsIniter parameters{nullptr};
    PDFDoc document;
    std::int64_t max_pixels;

    State(std::string_view bytes, std::int64_t most)
        : document(new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull))),
          max_pixels(most) {}
};

ScanFinder::ScanFinder(std::string_view bytes, std::int64_t max_pixels)
    : state_(std::make_unique<State>(bytes, max_pixels)) {}
ScanFinder::~ScanFinder() = default;

ScanImage ScanFinder::find(int number, cv::Size2d page_size) const {
    Page* page = state_->document.isOk() ? state_->document.getPage(number) : nullptr;
    if (page == nullptr) return {};
    // Notes are drawn with the page.
    Contents contents(page_size, state_->max_pixels);
    page->display(&contents, kPointsPerInch, kPointsPerInch, 0, false, true, false);
    if (contents.covered() < kFullPageShare * page_size.area()) return {};
    ScanImage scan;
    // What others show, and what is drawn over a picture that is not the whole page, may be coloured.
    const bool whole = contents.is_one_image();
    scan.coloured = contents.coloured() || !whole;
    const cv::Size2d own = contents.dpi();
    const double dpi = own.width > 0 ? std::clamp(own.width, kMinScanDpi, kMaxScanDpi) : kDefaultScanDpi;
    const bool copied = whole && dpi == own.width && std::abs(own.height - dpi) < kSameDensity * dpi;
    scan.dpi = {dpi, copied ? own.height : dpi};
    if (copied && contents.shows_one_image()) scan.stored = contents.picture();
    return scan;
}

}  // namespace biaod::layout
