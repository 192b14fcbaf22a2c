#include "ocr/layer_trust.hpp"

#include "models/text_norm.hpp"

namespace biaod::ocr {
namespace {

// A broken map makes nearly every character wrong; the engine misreads few, in a script face up to half.
constexpr double kAlike = 0.45;

}  // namespace

std::optional<bool> LayerTrust::verdict(const std::string& font) const {
    const std::lock_guard lock(mutex_);
    const auto found = verdicts_.find(font);
    return found == verdicts_.end() ? std::nullopt : std::optional(found->second);
}

void LayerTrust::set(const std::string& font, bool trusted) {
    const std::lock_guard lock(mutex_);
    verdicts_[font] = trusted;
}

bool LayerTrust::agree(const std::string& layer, const std::string& read) {
    return models::similarity(models::fold(layer), models::fold(read)) >= kAlike;
}

}  // namespace biaod::ocr
