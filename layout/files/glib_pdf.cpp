#include "layout/files/glib_pdf.hpp"

#include <poppler.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

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
