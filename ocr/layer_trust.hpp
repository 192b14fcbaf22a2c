// Whether a PDF's text layer says what the page shows: broken ToUnicode maps exist, and a map belongs to a font.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace biaod::ocr {

// The verdicts on the fonts of one document; shared by its reading threads.
class LayerTrust {
  public:
    std::optional<bool> verdict(const std::string& font) const;
    void set(const std::string& font, bool trusted);

    // Whether the layer's text of a sample is what was read from its pixels, up to reading errors.
    static bool agree(const std::string& layer, const std::string& read);

  private:
    mutable std::mutex mutex_;
    std::map<std::string, bool> verdicts_;
};

}  // namespace biaod::ocr
