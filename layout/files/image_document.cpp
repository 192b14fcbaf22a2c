#include <leptonica/allheaders.h>
#include <libexif/exif-data.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <opencv2/imgproc.hpp>

#include "layout/files/document_kinds.hpp"
#include "layout/files/picture_files.hpp"

namespace biaod::layout {
namespace {

using models::ErrorKind;

constexpr double kLongSideInches = 11.69;  // A4: assumed where the file does not tell its resolution
constexpr double kMinStatedDpi = 120;      // a lower stated resolution is a default of the writing program,
constexpr double kMaxStatedDpi = 1200;     // a higher one is no scanner's

constexpr const char* kBadHeader = "the picture's header is damaged, or it is a variant that is not read";

struct PixDestroy {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDestroy>;

const l_uint8* as_l_bytes(std::string_view bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

cv::Mat to_mat(Pix* pix) {
    const int width = pixGetWidth(pix), height = pixGetHeight(pix), words = pixGetWpl(pix);
    const bool colour = pixGetDepth(pix) == 32;
    cv::Mat out(height, width, colour ? CV_8UC3 : CV_8UC1);
    for (int y = 0; y < height; ++y) {
        auto* line = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * words;
        auto* row = out.ptr<std::uint8_t>(y);
        for (int x = 0; x < width; ++x) {
            if (!colour) {
                row[x] = static_cast<std::uint8_t>(GET_DATA_BYTE(line, x));
                continue;
            }
            l_int32 r = 0, g = 0, b = 0;
            extractRGBValues(line[x], &r, &g, &b);
            row[3 * x] = static_cast<std::uint8_t>(b);
            row[3 * x + 1] = static_cast<std::uint8_t>(g);
            row[3 * x + 2] = static_cast<std::uint8_t>(r);
        }
    }
    return out;
}

// A camera's picture as it was held (Exif 2.3, tag Orientation).
cv::Mat turned_by_exif(const cv::Mat& picture, std::string_view jpeg) {
    struct Unref {
        void operator()(ExifData* data) const { exif_data_unref(data); }
    };
    const std::unique_ptr<ExifData, Unref> data(
        exif_data_new_from_data(as_l_bytes(jpeg), static_cast<unsigned int>(jpeg.size())));
    ExifEntry* entry = data ? exif_data_get_entry(data.get(), EXIF_TAG_ORIENTATION) : nullptr;
    if (picture.empty() || entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->components < 1)
        return picture;
    const int orientation = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
    cv::Mat out = picture;
    if (orientation >= 5 && orientation <= 8) cv::transpose(picture, out);
    if (orientation == 2 || orientation == 6) cv::flip(out, out, 1);
    if (orientation == 3 || orientation == 7) cv::flip(out, out, -1);
    if (orientation == 4 || orientation == 8) cv::flip(out, out, 0);
    return out;
}

class ImageDocument final : public Document {
  public:
    ImageDocument(std::string_view bytes, std::string media_type, const DocumentLimits& limits)
        : bytes_(bytes), media_type_(std::move(media_type)), limits_(limits) {}

    models::Result<void> load() {
        setMsgSeverity(L_SEVERITY_NONE);
        if (media_type_ != "image/tiff") return {};
        std::FILE* file = fmemopen(const_cast<char*>(bytes_.data()), bytes_.size(), "rb");
        l_int32 count = 0;
        const bool counted = file != nullptr && tiffGetCount(file, &count) == 0;
        if (file != nullptr) std::fclose(file);
        if (!counted || count <= 0) return models::fail(ErrorKind::bad_input, "open", "the TIFF has no readable page");
        if (count > limits_.max_pages)
            return models::fail_at_limit("pages", "open",
                                         "the TIFF has " + std::to_string(count) + " pages, more than the limit of " +
                                             std::to_string(limits_.max_pages) + " (limits.pages)");
        pages_ = count;
        chain_is_broken_ = tiff_chain_is_broken(bytes_, count);
        return {};
    }

    int page_count() const override { return pages_; }
    std::string media_type() const override { return media_type_; }

    models::Result<PageContent> page(int number) override {
        if (auto checked = check_size(number); !checked) return tl::unexpected(checked.error());
        PageContent content;
        double stated_dpi = 0;
        const PixPtr pix(read(number));
        if (pix) {
            stated_dpi = pixGetXRes(pix.get());
            const PixPtr flat(pixRemoveAlpha(pix.get()));
            const PixPtr plain(flat ? pixConvertTo8Or32(flat.get(), L_COPY, 0) : nullptr);
            if (plain) content.picture = to_mat(plain.get());
        }
        if (media_type_ == "image/jpeg") content.picture = turned_by_exif(content.picture, bytes_);
        if (content.picture.empty() || (jpeg_is_damaged_ && is_blank(content.picture)))
            return models::fail(ErrorKind::bad_input, "open",
                                "the picture's data is damaged or incomplete, or of a variant that is not read; save "
                                "it anew as PNG or PDF",
                                number);
        const int long_side = std::max(content.picture.cols, content.picture.rows);
        const bool credible = stated_dpi >= kMinStatedDpi && stated_dpi <= kMaxStatedDpi;
        content.dpi = credible ? stated_dpi : std::max(72.0, long_side / kLongSideInches);
        content.width_pt = content.picture.cols * 72 / content.dpi;
        content.height_pt = content.picture.rows * 72 / content.dpi;
        content.scanned = true;
        return content;
    }

    std::string damage(int number) const override {
        if (jpeg_is_damaged_) return "part of the picture's data is damaged or missing";
        const bool more = chain_is_broken_ && number == pages_;
        return more ? "the file is damaged or was cut: pages after this one are missing" : "";
    }

    models::Result<cv::Mat> render(int number, const models::Box& part, double dpi) override {
        auto content = page(number);
        if (!content) return tl::unexpected(content.error());
        const double scale = content->dpi / 72;
        cv::Rect rect(cv::Point(static_cast<int>(part.x0 * scale), static_cast<int>(part.y0 * scale)),
                      cv::Point(static_cast<int>(part.x1 * scale), static_cast<int>(part.y1 * scale)));
        rect &= cv::Rect({0, 0}, content->picture.size());
        if (rect.empty()) return models::fail(ErrorKind::internal, "render", "an empty part was asked for", number);
        cv::Mat out;
        cv::resize(content->picture(rect), out, {}, dpi / content->dpi, dpi / content->dpi, cv::INTER_CUBIC);
        return out;
    }

  private:
    Pix* read(int number) {
        if (media_type_ == "image/tiff") return pixReadMemTiff(as_l_bytes(bytes_), bytes_.size(), number - 1);
        if (media_type_ == "image/jpeg") {
            l_int32 warnings = 0;
            Pix* pix =
                pixReadMemJpeg(as_l_bytes(bytes_), bytes_.size(), 0, 1, &warnings, L_JPEG_CONTINUE_WITH_BAD_DATA);
            jpeg_is_damaged_ = warnings > 0;
            return pix;
        }
        if (media_type_ == "image/bmp") {
            const std::string bmp = with_short_bmp_header(bytes_);
            return pixReadMemBmp(as_l_bytes(bmp), bmp.size());
        }
        return pixReadMem(as_l_bytes(bytes_), bytes_.size());
    }

    models::Result<void> check_size(int number) const {
        if (media_type_ == "image/bmp") {  // Leptonica decodes it to tell its size
            const auto size = bmp_size(bytes_);
            if (!size) return models::fail(ErrorKind::bad_input, "open", kBadHeader, number);
            return check(static_cast<double>(size->width), static_cast<double>(size->height), number);
        }
        l_int32 width = 0, height = 0, bits = 0, samples = 0, colormapped = 0, format = 0, dpi = 0;
        const bool ok = media_type_ == "image/tiff"
                            ? readHeaderMemTiff(as_l_bytes(bytes_), bytes_.size(), number - 1, &width, &height, &bits,
                                                &samples, &dpi, &colormapped, &format) == 0
                            : pixReadHeaderMem(as_l_bytes(bytes_), bytes_.size(), &format, &width, &height, &bits,
                                               &samples, &colormapped) == 0;
        if (!ok || width <= 0 || height <= 0) return models::fail(ErrorKind::bad_input, "open", kBadHeader, number);
        return check(width, height, number);
    }

    models::Result<void> check(double width, double height, int number) const {
        if (auto checked = refuse_small_picture(width, height, number); !checked) return checked;
        return refuse_large_picture(width, height, limits_, number);
    }

    std::string_view bytes_;
    std::string media_type_;
    DocumentLimits limits_;
    int pages_ = 1;
    bool jpeg_is_damaged_ = false;
    bool chain_is_broken_ = false;  // of a TIFF's pages
};

}  // namespace

models::Result<std::unique_ptr<Document>> open_image(std::string_view bytes, const std::string& media_type,
                                                     const DocumentLimits& limits) {
    auto document = std::make_unique<ImageDocument>(bytes, media_type, limits);
    if (auto loaded = document->load(); !loaded) return tl::unexpected(loaded.error());
    return document;
}

}  // namespace biaod::layout
