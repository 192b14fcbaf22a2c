#include "ocr/document_reader.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <opencv2/core.hpp>
#include <optional>
#include <thread>
#include <vector>

#include "layout/assemble.hpp"
#include "layout/files/document.hpp"
#include "models/text_norm.hpp"
#include "ocr/engine.hpp"
#include "ocr/overlay.hpp"
#include "ocr/page_reader.hpp"
#include "ocr/version.hpp"
#include "ocr/vocabulary.hpp"

namespace biaod::ocr {
namespace {

using models::ErrorKind;

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < length; ++i) {
        hex += digits[digest[i] >> 4];
        hex += digits[digest[i] & 15];
    }
    return hex;
}

// What the threads of one document share.
struct SharedWork {
    SharedWork(std::string_view document, const models::FormSet& forms, const ReadOptions& read_options)
        : bytes(document),
          limits{read_options.limits.max_pages, read_options.limits.max_pixels_per_page},
          options(read_options),
          trust(read_options.languages),
          vocabulary(forms.phrases()) {}

    std::string_view bytes;
    layout::DocumentLimits limits;
    const ReadOptions& options;
    int page_count = 0;
    LayerTrust trust;
    const Vocabulary vocabulary;
    PageReader::Shared shared;
    std::atomic<int> next{1};
    std::mutex mutex;
    std::vector<std::optional<ReadPage>> pages;
    std::vector<std::optional<models::Error>> errors;
    std::vector<std::string> damages;  // of pages that were read all the same
    int done = 0;
};

tl::unexpected<models::Error> out_of_memory(int page) {
    return models::fail_at_limit("memory", "ocr",
                                 "the page needs more memory than a reader may use (limits.memory_mib)", page);
}

// Library exceptions end here: a page's fault is that page's error.
models::Result<ReadPage> read_page_caught(PageReader& reader, int number) {
    try {
        return reader.read(number);
    } catch (const std::bad_alloc&) {
        return out_of_memory(number);
    } catch (const cv::Exception& e) {
        if (e.code == cv::Error::StsNoMem) return out_of_memory(number);
        return models::fail(ErrorKind::internal, "layout", "the page's picture cannot be worked with: " + e.err,
                            number);
    } catch (const std::exception& e) {
        return models::fail(ErrorKind::internal, "ocr", e.what(), number);
    }
}

void read_pages(SharedWork& work, layout::Document& document) {
    PageReader reader(document, work.options.languages, work.trust, work.vocabulary, work.shared);
    for (int number = work.next++; number <= work.page_count; number = work.next++) {
        auto page = read_page_caught(reader, number);
        const std::lock_guard lock(work.mutex);
        const auto index = static_cast<std::size_t>(number - 1);
        if (page) {
            work.pages[index] = std::move(*page);
            work.damages[index] = document.damage(number);
        } else {
            work.errors[index] = page.error();
        }
        ++work.done;
        if (work.options.on_progress) work.options.on_progress({work.done, work.page_count});
        if (work.done == work.page_count) work.shared.finish();
    }
    reader.help();
}

void read_in_threads(SharedWork& work, layout::Document& first) {
    // One that has no page of its own helps from the beginning.
    const int count = std::clamp(work.options.threads, 1, work.page_count + 1);
    std::vector<std::thread> threads;
    for (int i = 1; i < count; ++i)
        threads.emplace_back([&work] {
            // A handle of one's own: Poppler's documents are not for two threads.
            auto document = layout::Document::open(work.bytes, work.limits);
            if (document) read_pages(work, **document);
        });
    read_pages(work, first);
    for (std::thread& thread : threads) thread.join();
}

std::string overlay_name(const std::string& source, int page) {
    std::string name = source;
    std::replace(name.begin(), name.end(), '/', '_');
    std::string number = std::to_string(page);
    return name + ".page-" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number + ".png";
}

models::Result<void> write_overlays(const models::Record& record, SharedWork& work, layout::Document& document) {
    std::error_code ignored;
    std::filesystem::create_directories(*work.options.overlay_dir, ignored);
    for (std::size_t i = 0; i < work.pages.size(); ++i) {
        if (!work.pages[i]) continue;
        const auto content = document.page(static_cast<int>(i) + 1);
        if (!content) continue;  // said already when it was read
        const auto path = *work.options.overlay_dir / overlay_name(record.source.name, static_cast<int>(i) + 1);
        auto written = write_overlay(path, record, record.pages[i], content->picture, work.pages[i]->rulings);
        if (!written) return written;
    }
    return {};
}

// `reason`: why it, or a part of it, could not be read.
void add_unread_page(models::Record& record, const std::string& reason, std::size_t index) {
    record.status = models::Status::partial;
    models::ReviewItem item;
    item.field = "/pages/" + std::to_string(index);
    item.reason = models::ReviewReason::unreadable;
    item.printed = reason;
    item.page = static_cast<int>(index) + 1;
    record.review.push_back(std::move(item));
}

// Blank paper, or a picture that a library decoded to nothing: not for a program to tell.
void add_nothing_found(models::Record& record) {
    models::ReviewItem item;
    item.field = "/blocks";
    item.reason = models::ReviewReason::unreadable;
    item.printed = "no writing was found on any page";
    item.page = 1;
    record.review.push_back(std::move(item));
}

// Numbers in running text are right or flagged, as those of a form are: one item for a block, which is accepted whole.
void add_disputed_numbers(models::Record& record) {
    for (std::size_t i = 0; i < record.blocks.size(); ++i) {
        const std::vector<models::DisputedNumber>& disputed = record.blocks[i].disputed;
        if (disputed.empty()) continue;
        models::ReviewItem item{"/blocks/" + std::to_string(i) + "/text",
                                models::ReviewReason::readings_disagree,
                                "",
                                "",
                                disputed.front().page,
                                disputed.front().bbox};
        for (const models::DisputedNumber& number : disputed) {
            const char* between = &number == &disputed.front() ? "" : "; ";
            item.printed += between + number.read;
            *item.suggested += between + number.other;
            if (number.page == item.page) item.bbox = models::around(item.bbox, number.bbox);
        }
        record.review.push_back(std::move(item));
    }
}

}  // namespace

models::Result<models::Record> read_document(const Input& input, const models::FormSet& forms,
                                             const ReadOptions& options) {
    const auto start = std::chrono::steady_clock::now();
    if (input.bytes.size() > options.limits.max_bytes)
        return models::fail(ErrorKind::bad_input, "open", "the file is larger than the limit");
    SharedWork work(input.bytes, forms, options);
    auto document = layout::Document::open(input.bytes, work.limits);
    if (!document) return tl::unexpected(document.error());
    cv::setNumThreads(1);
    work.page_count = (*document)->page_count();
    work.pages.resize(static_cast<std::size_t>(work.page_count));
    work.errors.resize(work.pages.size());
    work.damages.resize(work.pages.size());
    if (options.on_progress) options.on_progress({0, work.page_count});
    read_in_threads(work, **document);

    models::Record record;
    record.id = sha256_hex(input.bytes);
    record.source = {models::escape_name(input.name), record.id,         input.bytes.size(),
                     (*document)->media_type(),       input.received_at, {}};
    std::vector<layout::PageText> texts;
    std::optional<models::Error> first_error;
    for (std::size_t i = 0; i < work.pages.size(); ++i) {
        if (work.pages[i]) {
            record.pages.push_back(work.pages[i]->page);
            texts.push_back(std::move(work.pages[i]->text));
            if (!work.damages[i].empty()) add_unread_page(record, work.damages[i], i);
            continue;
        }
        const models::Error error =
            work.errors[i].value_or(models::Error{ErrorKind::internal, "ocr", static_cast<int>(i) + 1, "not read"});
        if (error.kind == ErrorKind::config) return tl::unexpected(error);
        if (!first_error) first_error = error;
        models::Page unread;
        unread.number = static_cast<int>(i) + 1;
        record.pages.push_back(unread);
        layout::PageText blank;
        blank.page = unread.number;
        texts.push_back(blank);
        add_unread_page(record, error.reason, i);
    }
    const bool nothing_read =
        std::none_of(work.pages.begin(), work.pages.end(), [](const auto& p) { return p.has_value(); });
    if (nothing_read && first_error) return tl::unexpected(*first_error);

    layout::Assembled assembled = layout::assemble(texts, forms.label_keys(), forms.heading_keys());
    record.blocks = std::move(assembled.blocks);
    record.tables = std::move(assembled.tables);
    if (record.blocks.empty() && record.tables.empty()) add_nothing_found(record);
    add_disputed_numbers(record);
    models::apply_forms(forms, record);
    if (options.overlay_dir)
        if (auto written = write_overlays(record, work, **document); !written) return tl::unexpected(written.error());
    const auto elapsed = std::chrono::steady_clock::now() - start;
    record.engine = {kVersion, Engine::version(), options.languages,
                     std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count()};
    return record;
}

}  // namespace biaod::ocr
