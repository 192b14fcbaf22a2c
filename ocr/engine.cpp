#include "ocr/engine.hpp"

#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <string_view>

#include "ocr/network_layers.hpp"

// Takes the place of the library's own function in this program. The original sorts confusable characters into lists,
// two thirds of what making an engine costs; the legacy recogniser alone looks at them, and ours is OEM_LSTM_ONLY. A
// library that is bound to its own function only loses the time.
namespace tesseract {
class UNICHARSET;
class UnicharAmbigs {
  public:
    void LoadUniversal(const UNICHARSET&, UNICHARSET*);
};
void UnicharAmbigs::LoadUniversal(const UNICHARSET&, UNICHARSET*) {}
}  // namespace tesseract

namespace biaod::ocr {
namespace {

// Files of language data by name, each read from the disk once in the life of the process.
class LanguageFiles {
  public:
    static LanguageFiles& all() {
        static LanguageFiles files;
        return files;
    }
    bool read(const std::string& path, std::vector<char>& data) {
        const std::lock_guard lock(mutex_);
        const std::string name = path.substr(path.rfind('/') + 1);
        auto found = files_.find(name);
        if (found == files_.end()) {
            std::error_code unknown;
            const auto size = std::filesystem::file_size(path, unknown);
            if (unknown) return false;
            std::vector<char> bytes(size);
            std::ifstream file(path, std::ios::binary);
            if (!file.read(bytes.data(), std::ssize(bytes))) return false;
            found = files_.emplace(name, std::move(bytes)).first;
        }
        data = found->second;
        return !data.empty();
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::vector<char>> files_;
};

bool read_language_file(const char* path, std::vector<char>* data) { return LanguageFiles::all().read(path, *data); }

tl::unexpected<models::Error> no_data(const std::string& languages) {
    return models::fail(models::ErrorKind::config, "ocr", "Tesseract has no data for \"" + languages + "\"");
}

// Takes `symbol` from the beginning of the whole text; true where spaces stand before it.
bool take_symbol(std::string_view& whole, std::string_view symbol) {
    const std::size_t begin = std::min(whole.find_first_not_of(" \n"), whole.size());
    whole.remove_prefix(begin);
    if (whole.starts_with(symbol)) whole.remove_prefix(symbol.size());
    return begin > 0;
}

// What preload() made for the first who asks.
struct SpareEngine {
    std::mutex mutex;
    std::string languages;
    std::unique_ptr<Engine> engine;
};

SpareEngine& spare_engine() {
    static SpareEngine spare;
    return spare;
}

}  // namespace

struct Engine::State {
    tesseract::TessBaseAPI api;
    std::string whitelist;
};

void summarise(Reading& reading) {
    reading.text.clear();
    reading.confidence = 0;
    reading.weakest = reading.symbols.empty() ? 0 : 1;
    for (const Symbol& symbol : reading.symbols) {
        if (symbol.starts_word && !reading.text.empty()) reading.text += ' ';
        reading.text += symbol.text;
        reading.confidence += symbol.confidence / static_cast<double>(reading.symbols.size());
        reading.weakest = std::min(reading.weakest, symbol.confidence);
    }
}

Engine::Engine() : state_(std::make_unique<State>()) {}
Engine::~Engine() = default;

models::Result<std::unique_ptr<Engine>> Engine::create(const std::string& languages) {
    {
        SpareEngine& spare = spare_engine();
        const std::lock_guard lock(spare.mutex);
        if (spare.engine && spare.languages == languages) return std::move(spare.engine);
    }
    choose_matrix_product();
    std::unique_ptr<Engine> engine(new Engine);
    auto& api = engine->state_->api;
    if (api.Init(nullptr, 0, languages.c_str(), tesseract::OEM_LSTM_ONLY, nullptr, 0, nullptr, nullptr, false,
                 read_language_file) != 0)
        return no_data(languages);
    // Lines are dark on light by the time they come here; trying the inverse would read doubtful lines twice.
    api.SetVariable("tessedit_do_invert", "0");
    api.SetVariable("debug_file", "/dev/null");
    return engine;
}

models::Result<void> Engine::preload(const std::string& languages) {
    auto made = create(languages);
    if (!made) return tl::unexpected(made.error());
    std::vector<char> data;
    const std::string folder = (*made)->state_->api.GetDatapath();
    for (const std::string network : {kFigureNetwork, kSecondNetwork})
        if (!LanguageFiles::all().read(folder + "/" + network + ".traineddata", data)) return no_data(network);
    SpareEngine& spare = spare_engine();
    const std::lock_guard lock(spare.mutex);
    spare.languages = languages;
    spare.engine = std::move(*made);
    return {};
}

Reading Engine::read_line(const cv::Mat& picture, LineMode mode, const std::string& whitelist) {
    auto& api = state_->api;
    if (whitelist != state_->whitelist) {
        api.SetVariable("tessedit_char_whitelist", whitelist.c_str());
        state_->whitelist = whitelist;
    }
    api.SetPageSegMode(mode == LineMode::raw ? tesseract::PSM_RAW_LINE : tesseract::PSM_SINGLE_LINE);
    api.SetImage(picture.data, picture.cols, picture.rows, 1, static_cast<int>(picture.step));
    api.SetSourceResolution(300);
    Reading reading;
    if (api.Recognize(nullptr) == 0) {
        const std::unique_ptr<char[]> whole(api.GetUTF8Text());
        std::string_view rest = whole ? whole.get() : "";
        const std::unique_ptr<tesseract::ResultIterator> it(api.GetIterator());
        if (it != nullptr) {
            do {
                const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_SYMBOL));
                if (text == nullptr) continue;
                Symbol symbol{text.get(), std::clamp(it->Confidence(tesseract::RIL_SYMBOL) / 100.0, 0.0, 1.0), 0, 0,
                              take_symbol(rest, text.get())};
                int top = 0, bottom = 0;
                it->BoundingBox(tesseract::RIL_SYMBOL, &symbol.left, &top, &symbol.right, &bottom);
                reading.symbols.push_back(std::move(symbol));
            } while (it->Next(tesseract::RIL_SYMBOL));
        }
    }
    api.Clear();
    summarise(reading);
    return reading;
}

std::string Engine::version() { return tesseract::TessBaseAPI::Version(); }

}  // namespace biaod::ocr
