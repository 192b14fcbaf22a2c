#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "layout/files/document_kinds.hpp"
#include "layout/files/glib_pdf.hpp"
#include "layout/files/scan_image.hpp"

namespace biaod::layout {
namespace {

using models::ErrorKind;

// Hairlines are drawn one pixel wide at any resolution; at this one a 9 pt character is 15 pixels high, enough for
// the rulings, and a page is drawn in a few milliseconds.
constexpr double kDigitalDpi = 150;
// Splash draws an image that ends on a pixel's edge a pixel larger, and blurs it all over; a hair less, and a scan is
// copied as it is.
constexpr double kHair = 1e-5;
// Of the document that this thread works with; the function that Poppler calls belongs to the whole process.
thread_local int poppler_complaints = 0;

std::string to_utf8(const poppler::ustring& text) {
    const poppler::byte_array bytes = text.to_utf8();
    return std::string(bytes.data(), bytes.size());
}

int to_degrees(int poppler_rotation) { return (poppler_rotation % 4) * 90; }

class PdfDocument final : public Document {
  public:
    PdfDocument(std::string_view bytes, const DocumentLimits& limits) : bytes_(bytes), limits_(limits) {}

    models::Result<void> load() {
        poppler::set_debug_error_function([](const std::string&, void*) { ++poppler_complaints; }, nullptr);
        document_.reset(poppler::document::load_from_raw_data(bytes_.data(), static_cast<int>(bytes_.size()), "", ""));
        if (!document_) return models::fail(ErrorKind::bad_input, "open", "not a readable PDF: no valid structure");
        if (document_->is_locked())
            return models::fail(ErrorKind::bad_input, "open", "the PDF is encrypted and needs a password");
        pages_ = document_->pages();
        if (pages_ <= 0) return models::fail(ErrorKind::bad_input, "open", "the PDF has no pages");
        if (pages_ > limits_.max_pages)
            return models::fail_at_limit("pages", "open",
                                         "the PDF has " + std::to_string(pages_) + " pages, more than the limit of " +
                                             std::to_string(limits_.max_pages) + " (limits.pages)");
        scans_ = std::make_unique<ScanFinder>(bytes_, limits_.max_pixels_per_page);
        return {};
    }

    int page_count() const override { return pages_; }
    std::string media_type() const override { return "application/pdf"; }

    models::Result<PageContent> page(int number) override {
        poppler_complaints = 0;
        std::unique_ptr<poppler::page> page(document_->create_page(number - 1));
        if (!page) return models::fail(ErrorKind::bad_input, "open", "the page's structure is damaged", number);
        PageContent content;
        const models::Box size = page_size(*page);
        content.width_pt = size.x1;
        content.height_pt = size.y1;
        if (!(content.width_pt > 1 && content.height_pt > 1))
            return models::fail(ErrorKind::bad_input, "open", "the page has no area", number);
        const ScanImage scan = scans_->find(number, {content.width_pt, content.height_pt});
        content.scanned = scan.dpi.width > 0;
        content.dpi = content.scanned ? scan.dpi.width : kDigitalDpi;
        content.dpi_down = scan.dpi.height;
        const double scale = content.dpi / 72;
        if (auto checked = refuse_small_picture(size.x1 * scale, size.y1 * scale, number); !checked)
            return tl::unexpected(checked.error());
        auto picture = content.scanned ? draw_scan(*page, number, size, scan) : draw_digital(number, size, content.dpi);
        if (!picture) return tl::unexpected(picture.error());
        content.picture = std::move(*picture);
        // Poppler draws nothing for an image that it cannot decode, and a page that was lost would be a blank one.
        if (content.scanned && poppler_complaints > 0 && is_blank(content.picture))
            return models::fail(ErrorKind::bad_input, "render", "the scan on the page is damaged and cannot be decoded",
                                number);
        if (!content.scanned) content.words = text_layer(*page);
        return content;
    }

    std::string damage(int) const override { return ""; }

    models::Result<cv::Mat> render(int number, const models::Box& part, double dpi) override {
        std::unique_ptr<poppler::page> page(document_->create_page(number - 1));
        if (!page) return models::fail(ErrorKind::bad_input, "render", "the page's structure is damaged", number);
        return draw(*page, number, part, {{dpi, dpi}, true, {}});
    }

  private:
    static models::Box page_size(const poppler::page& page) {
        const poppler::rectf rect = page.page_rect(poppler::crop_box);
        double width = rect.width(), height = rect.height();
        const auto orientation = page.orientation();
        if (orientation == poppler::page::landscape || orientation == poppler::page::seascape) std::swap(width, height);
        return {0, 0, width, height};
    }

    // A part's size in px; an error where it is over the limit.
    models::Result<cv::Size> size_in_pixels(const models::Box& part, cv::Size2d dpi, int number) const {
        const double width = std::ceil((part.x1 - part.x0) * dpi.width / 72 - 0.01);
        const double height = std::ceil((part.y1 - part.y0) * dpi.height / 72 - 0.01);
        if (auto checked = refuse_large_picture(width, height, limits_, number); !checked)
            return tl::unexpected(checked.error());
        return cv::Size(static_cast<int>(width), static_cast<int>(height));
    }

    models::Result<cv::Mat> draw_digital(int number, const models::Box& page_size, double dpi) {
        const auto size = size_in_pixels(page_size, {dpi, dpi}, number);
        if (!size) return tl::unexpected(size.error());
        if (!glib_) glib_ = std::make_unique<GlibPdf>(bytes_);
        cv::Mat picture = glib_->draw_digital(number, *size, dpi);
        if (picture.empty()) return models::fail(ErrorKind::bad_input, "render", "the page could not be drawn", number);
        return picture;
    }

    models::Result<cv::Mat> draw_scan(const poppler::page& page, int number, const models::Box& page_size,
                                      const ScanImage& scan) const {
        if (!scan.stored.empty()) {
            const auto size = size_in_pixels(page_size, scan.dpi, number);
            if (!size) return tl::unexpected(size.error());
            if (scan.stored.size() == *size) return scan.stored;
        }
        return draw(page, number, page_size, scan);
    }

    models::Result<cv::Mat> draw(const poppler::page& page, int number, const models::Box& part,
                                 const ScanImage& scan) const {
        const auto size = size_in_pixels(part, scan.dpi, number);
        if (!size) return tl::unexpected(size.error());
        poppler::page_renderer renderer;
        renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
        renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
        renderer.set_image_format(scan.coloured ? poppler::image::format_rgb24 : poppler::image::format_gray8);
        const poppler::image image = renderer.render_page(
            &page, scan.dpi.width * (1 - kHair), scan.dpi.height * (1 - kHair),
            static_cast<int>(std::floor(part.x0 * scan.dpi.width / 72)),
            static_cast<int>(std::floor(part.y0 * scan.dpi.height / 72)), size->width, size->height);
        if (!image.is_valid() || cv::Size(image.width(), image.height()) != *size)
            return models::fail(ErrorKind::bad_input, "render", "the page could not be drawn", number);
        if (!scan.coloured)
            return cv::Mat(image.height(), image.width(), CV_8UC1, const_cast<char*>(image.const_data()),
                           static_cast<std::size_t>(image.bytes_per_row()))
                .clone();
        // format_rgb24 is R, G, B in memory; OpenCV's order is B, G, R.
        const cv::Mat view(image.height(), image.width(), CV_8UC3, const_cast<char*>(image.const_data()),
                           static_cast<std::size_t>(image.bytes_per_row()));
        cv::Mat picture(view.size(), CV_8UC3);
        const int from_to[] = {0, 2, 1, 1, 2, 0};
        cv::mixChannels(&view, 1, &picture, 1, from_to, 3);
        return picture;
    }

    static std::vector<LayerWord> text_layer(const poppler::page& page) {
        std::vector<LayerWord> words;
        for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
            LayerWord word;
            const poppler::ustring text = box.text();
            word.text = to_utf8(text);
            const poppler::rectf r = box.bbox();
            word.bbox = {r.left(), r.top(), r.right(), r.bottom()};
            for (std::size_t i = 0; i < text.size(); ++i) {
                // A ustring holds UTF-16: the low half of a pair has no glyph of its own.
                if (text[i] >= 0xDC00 && text[i] <= 0xDFFF) continue;
                const poppler::rectf g = box.char_bbox(i);
                word.glyphs.push_back({g.left(), g.top(), g.right(), g.bottom()});
            }
            if (box.has_font_info()) word.font = box.get_font_name(0);
            word.rotation = to_degrees(box.rotation());
            words.push_back(std::move(word));
        }
        return words;
    }

    std::string_view bytes_;
    DocumentLimits limits_;
    std::unique_ptr<poppler::document> document_;
    std::unique_ptr<ScanFinder> scans_;
    std::unique_ptr<GlibPdf> glib_;  // once a page is drawn with it
    int pages_ = 0;
};

}  // namespace

models::Result<std::unique_ptr<Document>> open_pdf(std::string_view bytes, const DocumentLimits& limits) {
    auto document = std::make_unique<PdfDocument>(bytes, limits);
    if (auto loaded = document->load(); !loaded) return tl::unexpected(loaded.error());
    return document;
}

}  // namespace biaod::layout
