#include "layout/glib_pdf.hpp"

#include <poppler.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kDefaultScanDpi = 300;
constexpr double kMaxScanDpi = 450;  // above this, glyphs gain nothing
constexpr double kMinScanDpi = 100;
constexpr double kFullPageShare = 0.80;
constexpr double kWholePagePt = 1;     // an image within so much of the page's width is the page
constexpr double kSameDensity = 0.02;  // a scan whose rows and columns differ by less is copied; else it was stretched

struct GObjectUnref {
    void operator()(gpointer object) const {
        if (object != nullptr) g_object_unref(object);
    }
};

struct SurfaceDestroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

using PagePointer = std::unique_ptr<PopplerPage, GObjectUnref>;
using SurfacePointer = std::unique_ptr<cairo_surface_t, SurfaceDestroy>;

// The pixels of an image, CV_8UC1 or CV_8UC3; empty for a mask or one that is seen through.
cv::Mat to_picture(cairo_surface_t* surface) {
    if (cairo_image_surface_get_format(surface) != CAIRO_FORMAT_ARGB32) return {};
    const cv::Mat bgra(cairo_image_surface_get_height(surface), cairo_image_surface_get_width(surface), CV_8UC4,
                       cairo_image_surface_get_data(surface),
                       static_cast<std::size_t>(cairo_image_surface_get_stride(surface)));
    bool coloured = false;
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* row = bgra.ptr<cv::Vec4b>(y);
        int least_opaque = 255, difference = 0;
        for (int x = 0; x < bgra.cols; ++x) {
            difference |= (row[x][0] ^ row[x][1]) | (row[x][0] ^ row[x][2]);
            least_opaque &= row[x][3];
        }
        if (least_opaque != 255) return {};
        coloured = coloured || difference != 0;
    }
    cv::Mat picture;
    if (coloured)
        cv::cvtColor(bgra, picture, cv::COLOR_BGRA2BGR);
    else
        cv::extractChannel(bgra, picture, 0);
    return picture;
}

// `size` in pt, as the image stands on the page.
ScanImage examine(PopplerPage* page, const PopplerImageMapping& mapping, cv::Size2d size) {
    const SurfacePointer surface(poppler_page_get_image(page, mapping.image_id));
    if (surface == nullptr) return {};
    double width = cairo_image_surface_get_width(surface.get());
    double height = cairo_image_surface_get_height(surface.get());
    ScanImage scan;
    scan.stored = to_picture(surface.get());
    scan.coloured = scan.stored.channels() != 1;
    if ((width > height) != (size.width > size.height)) {
        std::swap(width, height);  // stored turned
        scan.stored.release();
    }
    scan.dpi = {width * 72 / size.width, height * 72 / size.height};
    return scan;
}

// Whether text, hidden or not, or a note stands above the images.
bool has_writing_above(PopplerPage* page) {
    char* text = poppler_page_get_text(page);
    const bool words =
        text != nullptr && std::any_of(text, text + std::strlen(text), [](char c) { return c > ' ' || c < 0; });
    g_free(text);
    GList* annotations = poppler_page_get_annot_mapping(page);
    const bool annotated = annotations != nullptr;
    poppler_page_free_annot_mapping(annotations);
    return words || annotated;
}

}  // namespace

struct GlibPdf::State {
    std::unique_ptr<void, GObjectUnref> document;

    PagePointer page(int number) const {
        if (!document) return nullptr;
        return PagePointer(poppler_document_get_page(POPPLER_DOCUMENT(document.get()), number - 1));
    }
};

GlibPdf::GlibPdf(std::string_view bytes) : state_(std::make_unique<State>()) {
    GBytes* view = g_bytes_new_static(bytes.data(), bytes.size());
    GError* error = nullptr;
    state_->document.reset(poppler_document_new_from_bytes(view, nullptr, &error));
    if (error != nullptr) g_error_free(error);
    g_bytes_unref(view);
}

GlibPdf::~GlibPdf() = default;

ScanImage GlibPdf::find_scan(int number, cv::Size2d page_size) const {
    const PagePointer page = state_->page(number);
    if (!page) return {};
    GList* mappings = poppler_page_get_image_mapping(page.get());
    double covered = 0, largest = 0;
    int images = 0;
    ScanImage scan;
    for (GList* item = mappings; item != nullptr; item = item->next) {
        const auto* mapping = static_cast<PopplerImageMapping*>(item->data);
        double width = std::abs(mapping->area.x2 - mapping->area.x1);
        const double height = std::abs(mapping->area.y2 - mapping->area.y1);
        if (std::abs(width - page_size.width) < kWholePagePt) width = page_size.width;
        covered += width * height;
        ++images;
        if (width * height <= largest || width < 1 || height < 1) continue;
        largest = width * height;
        scan = examine(page.get(), *mapping, {width, height});
    }
    poppler_page_free_image_mapping(mappings);
    if (covered < kFullPageShare * page_size.area()) return {};
    // Others may be coloured, and what is drawn over a picture that is not the whole page.
    const bool whole = images == 1 && largest > (1 - kSameDensity) * page_size.area();
    scan.coloured = scan.coloured || !whole;
    const double dpi = scan.dpi.width > 0 ? std::clamp(scan.dpi.width, kMinScanDpi, kMaxScanDpi) : kDefaultScanDpi;
    const bool copied = whole && dpi == scan.dpi.width && std::abs(scan.dpi.height - dpi) < kSameDensity * dpi;
    scan.dpi = {dpi, copied ? scan.dpi.height : dpi};
    if (!copied || has_writing_above(page.get())) scan.stored.release();
    return scan;
}

cv::Mat GlibPdf::draw_digital(int number, cv::Size size, double dpi) const {
    const PagePointer page = state_->page(number);
    if (!page) return {};
    cv::Mat pixels(size, CV_8UC4, cv::Scalar::all(255));
    const SurfacePointer surface(cairo_image_surface_create_for_data(pixels.data, CAIRO_FORMAT_RGB24, pixels.cols,
                                                                     pixels.rows, static_cast<int>(pixels.step)));
    cairo_t* context = cairo_create(surface.get());
    cairo_scale(context, dpi / 72, dpi / 72);
    poppler_page_render(page.get(), context);
    const bool drawn = cairo_status(context) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(context);
    cv::Mat picture;
    if (drawn) cv::cvtColor(pixels, picture, cv::COLOR_BGRA2BGR);
    return picture;
}

}  // namespace biaod::layout
