// One Tesseract engine: reads pictures of single lines. One engine belongs to one thread; making one takes some tens of
// milliseconds and MB. OMP_THREAD_LIMIT=1 must stand in the environment of the process, or each line takes ten times as
// long.
#pragma once

#include <chrono>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "models/error.hpp"

namespace biaod::ocr {

struct Symbol {
    std::string text;          // one character, UTF-8
    double confidence = 0;     // 0..1, as the engine gives it
    int left = 0, right = 0;   // px of the picture that was read; the network's alignment, not tight
    bool starts_word = false;  // a space stands before it
};

struct Reading {
    std::string text;
    double confidence = 0;  // mean over the symbols; 0 when nothing was read
    double weakest = 0;     // the least sure symbol
    std::vector<Symbol> symbols;
};

// Sets text, confidence and weakest by the symbols.
void summarise(Reading& reading);

// Data that is read beside the configured languages: of the network for figures, and of a second one for text.
constexpr const char* kFigureNetwork = "eng";
constexpr const char* kSecondNetwork = "HanS";

class Engine {
  public:
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Lends an engine to one thread: one that another has given back, or a new one, which takes as long to make as some
    // lines to read. While all are lent it first waits with `patience`. Errors: those of find().
    struct GiveBack {
        void operator()(Engine* engine) const;
    };
    using Lent = std::unique_ptr<Engine, GiveBack>;
    static models::Result<Lent> lend(const std::string& languages, std::chrono::milliseconds patience = {});

    // Maps the language data into memory: lend() opens no file of it afterwards. Errors: config, when it is not
    // installed.
    static models::Result<void> find(const std::string& languages);

    // Reads one line, dark on light, as Tesseract's PSM_RAW_LINE. `picture` is CV_8UC1 with the margin that
    // prepare_line() gives it. `whitelist` (UTF-8) limits the characters; empty: no limit.
    Reading read_line(const cv::Mat& picture, const std::string& whitelist);

    // Whether the data of the first of its languages list it as a word.
    bool is_word(const std::string& text) const;

    static std::string version();

  private:
    explicit Engine(const std::string& languages);
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace biaod::ocr
