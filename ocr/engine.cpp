#include "ocr/engine.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <span>
#include <sstream>
#include <string_view>

#include "ocr/library_shortcuts.hpp"
#include "ocr/network_layers.hpp"

namespace biaod::ocr {
namespace {

// Files of language data by name, each opened once in the life of the process. Mapped: a network that no line of a
// document needs costs nothing.
class LanguageFiles {
  public:
    static LanguageFiles& all() {
        static LanguageFiles files;
        return files;
    }

    // Empty when there is no such file.
    std::span<const char> open(const std::string& path) {
        const std::lock_guard lock(mutex_);
        const std::string name = path.substr(path.rfind('/') + 1);
        const auto found = files_.find(name);
        if (found != files_.end()) return found->second;
        const std::span<const char> mapped = map(path);
        if (!mapped.empty()) files_[name] = mapped;
        return mapped;
    }

  private:
    // To the end of the process.
    static std::span<const char> map(const std::string& path) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return {};
        struct stat status {};
        const auto size = ::fstat(file, &status) == 0 ? static_cast<std::size_t>(status.st_size) : 0;
        void* mapped = size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
        ::close(file);
        if (mapped == MAP_FAILED) return {};
        return {static_cast<const char*>(mapped), size};
    }

    std::mutex mutex_;
    std::map<std::string, std::span<const char>> files_;
};

bool read_language_file(const char* path, std::vector<char>* data) {
    const std::span<const char> bytes = LanguageFiles::all().open(path);
    data->assign(bytes.begin(), bytes.end());
    return !bytes.empty();
}

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

// Engines that were given back. Never destroyed: a process that ends has better things to do.
struct IdleEngines {
    struct Alike {
        std::vector<std::unique_ptr<Engine>> engines;
        int lent = 0;
    };
    std::mutex mutex;
    std::condition_variable given_back;
    std::map<std::string, Alike> by_languages;

    static IdleEngines& all() {
        static IdleEngines& idle = *new IdleEngines;
        return idle;
    }
};

thread_local std::string looked_for;

// With a slash at its end. Tesseract tells where it looks for data when it cannot have it.
std::string find_data_folder() {
    tesseract::TessBaseAPI api;
    api.SetVariable("debug_file", "/dev/null");
    api.Init(nullptr, 0, "none", tesseract::OEM_LSTM_ONLY, nullptr, 0, nullptr, nullptr, false,
             [](const char* path, std::vector<char>*) {
                 looked_for = path;
                 return false;
             });
    return looked_for.substr(0, looked_for.rfind('/') + 1);
}

}  // namespace

struct Engine::State {
    std::string languages;
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

Engine::Engine(const std::string& languages) : state_(new State{languages, {}, {}}) {}
Engine::~Engine() = default;

void Engine::GiveBack::operator()(Engine* engine) const {
    std::unique_ptr<Engine> given(engine);
    IdleEngines& idle = IdleEngines::all();
    const std::lock_guard lock(idle.mutex);
    try {
        auto& alike = idle.by_languages[engine->state_->languages];
        --alike.lent;
        alike.engines.push_back(std::move(given));
    } catch (const std::bad_alloc&) {  // then it is not kept
    }
    idle.given_back.notify_all();
}

models::Result<Engine::Lent> Engine::lend(const std::string& languages, std::chrono::milliseconds patience) {
    IdleEngines& idle = IdleEngines::all();
    std::unique_lock lock(idle.mutex);
    IdleEngines::Alike& alike = idle.by_languages[languages];
    if (alike.lent > 0) idle.given_back.wait_for(lock, patience, [&] { return !alike.engines.empty(); });
    if (!alike.engines.empty()) {
        ++alike.lent;
        Lent lent(alike.engines.back().release());
        alike.engines.pop_back();
        return lent;
    }
    lock.unlock();
    choose_matrix_product();
    static std::once_flag first;
    std::call_once(first, use_shortcuts, true);
    std::unique_ptr<Engine> engine(new Engine(languages));
    auto& api = engine->state_->api;
    if (api.Init(nullptr, 0, languages.c_str(), tesseract::OEM_LSTM_ONLY, nullptr, 0, nullptr, nullptr, false,
                 read_language_file) != 0)
        return no_data(languages);
    // Lines are dark on light by the time they come here; trying the inverse would read doubtful lines twice.
    api.SetVariable("tessedit_do_invert", "0");
    api.SetPageSegMode(tesseract::PSM_RAW_LINE);
    api.SetVariable("debug_file", "/dev/null");
    lock.lock();
    ++alike.lent;
    return Lent(engine.release());
}

models::Result<void> Engine::find(const std::string& languages) {
    static const std::string folder = find_data_folder();
    std::istringstream names(languages);
    for (std::string name; std::getline(names, name, '+');)
        if (LanguageFiles::all().open(folder + name + ".traineddata").empty()) return no_data(languages);
    return {};
}

Reading Engine::read_line(const cv::Mat& picture, const std::string& whitelist) {
    auto& api = state_->api;
    if (whitelist != state_->whitelist) {
        api.SetVariable("tessedit_char_whitelist", whitelist.c_str());
        state_->whitelist = whitelist;
    }
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

bool Engine::is_word(const std::string& text) const { return state_->api.IsValidWord(text.c_str()) != 0; }

std::string Engine::version() { return tesseract::TessBaseAPI::Version(); }

}  // namespace biaod::ocr
