// Whether a PDF's text layer says what the page shows: broken ToUnicode maps exist, and a map belongs to a font.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "layout/page_layout.hpp"
#include "models/error.hpp"
#include "ocr/engine.hpp"

namespace biaod::ocr {

// The verdicts on the fonts of one document, shared by its reading threads. One engine serves them all: a digital
// document needs a few lines read, and making an engine takes longer than reading them.
class LayerTrust {
  public:
    explicit LayerTrust(std::string languages) : languages_(std::move(languages)) {}

    // Reads a sample of each font that the page uses and that has no verdict yet, from the page's picture, and
    // compares. The nameless fonts of a page (Type 3) are judged together, on the first pages that use them. False when
    // any font of the page is not trusted. Errors: those of Engine::lend().
    models::Result<bool> trusts(const layout::PageLayout& page);

  private:
    models::Result<bool> judge(const layout::PageLayout& page, const std::vector<const layout::TextLine*>& lines);

    std::string languages_;
    std::mutex mutex_;  // over all that follows, the engine's work included
    Engine::Lent engine_;
    std::map<std::string, bool> verdicts_;
    int nameless_pages_trusted_ = 0;
};

}  // namespace biaod::ocr
