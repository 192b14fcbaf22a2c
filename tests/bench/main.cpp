// biaod-bench: biaod against the tesseract program on the same pages, in one run.
//
// biaod reads the file with all cores; tesseract reads its pages one after the other on one core, as a script would
// have it do. Pictures for tesseract are made beforehand and are not counted. Each is run `--runs` times in turn and
// the best time of each is compared, which a busy machine disturbs least.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <opencv2/imgcodecs.hpp>
#include <sstream>
#include <thread>

#include "layout/page_layout.hpp"
#include "ocr/document_reader.hpp"
#include "ocr/preload.hpp"
#include "tests/synth/scanning.hpp"

namespace {

using namespace biaod;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string contents(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

struct Times {
    double biaod = 1e9, tesseract = 1e9;
    double load = 0, layout = 0;  // of one thread, all pages
    int pages = 0;
};

std::vector<std::filesystem::path> write_pages(const std::string& bytes, const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    auto document = layout::Document::open(bytes, {});
    if (!document) throw std::runtime_error(document.error().reason);
    for (int i = 1; i <= (*document)->page_count(); ++i) {
        auto content = (*document)->page(i);
        if (!content) throw std::runtime_error(content.error().reason);
        cv::Mat picture = content->picture;
        if (!content->scanned) picture = *(*document)->render(i, {0, 0, content->width_pt, content->height_pt}, 300);
        files.push_back(folder / ("page" + std::to_string(i) + ".png"));
        cv::imwrite(files.back(), picture);
    }
    return files;
}

double run_tesseract(const std::vector<std::filesystem::path>& files) {
    const auto start = Clock::now();
    for (const auto& file : files) {
        const std::string command =
            "OMP_THREAD_LIMIT=1 tesseract '" + file.string() + "' - -l chi_sim > /dev/null 2>&1";
        if (std::system(command.c_str()) != 0) throw std::runtime_error("tesseract failed on " + file.string());
    }
    return seconds_since(start);
}

double run_biaod(const std::string& bytes, const models::FormSet& forms, unsigned threads) {
    ocr::ReadOptions options;
    options.threads = static_cast<int>(threads);
    const auto start = Clock::now();
    // As a worker does for its one document.
    if (const auto ready = ocr::preload(options.languages); !ready) throw std::runtime_error(ready.error().reason);
    const auto record = ocr::read_document({"bench", bytes, ""}, forms, options);
    if (!record) throw std::runtime_error(record.error().reason);
    return seconds_since(start);
}

void time_stages(const std::string& bytes, Times& times) {
    auto document = layout::Document::open(bytes, {});
    times.pages = (*document)->page_count();
    for (int i = 1; i <= times.pages; ++i) {
        auto start = Clock::now();
        auto content = (*document)->page(i);
        times.load += seconds_since(start);
        start = Clock::now();
        if (content) analyse_page(*content, i, -1);
        times.layout += seconds_since(start);
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Times biaod against the tesseract program on the same documents"};
    std::vector<std::string> files;
    int runs = 2;
    unsigned seed = 12, threads = std::thread::hardware_concurrency();
    bool without_tesseract = false;
    app.add_option("files", files, "documents; none: a synthesised 300 dpi scan and a digital PDF")
        ->check(CLI::ExistingFile);
    app.add_option("--runs", runs, "runs of each")->check(CLI::Range(1, 20))->capture_default_str();
    app.add_option("--seed", seed, "seed of the synthesised documents")->capture_default_str();
    app.add_option("--threads", threads, "threads of biaod")->capture_default_str();
    app.add_flag("--biaod-only", without_tesseract, "do not run tesseract");
    CLI11_PARSE(app, argc, argv);
    try {
        // Tesseract's own threads would take the cores from each other; the library reads this when it starts.
        if (std::getenv("OMP_THREAD_LIMIT") == nullptr) {
            setenv("OMP_THREAD_LIMIT", "1", 1);
            execv("/proc/self/exe", argv);
        }
        const auto forms = models::FormSet::builtin();
        if (!forms) throw std::runtime_error(forms.error().reason);
        const auto folder = std::filesystem::temp_directory_path() / ("biaod-bench-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
        std::vector<std::pair<std::string, std::string>> documents;
        for (const std::string& file : files) documents.emplace_back(file, contents(file));
        if (files.empty())
            for (const char* name : {"scan300", "digital"})
                documents.emplace_back(std::string("synthesised ") + name,
                                       make_document(synth::make_truth(seed, {}), synth::random_layout(seed),
                                                     synth::variant(name, seed), seed));
        std::cout << "document                        pages  biaod s  pages/s  tesseract s  ratio   load s  layout s\n";
        for (const auto& [name, bytes] : documents) {
            Times times;
            time_stages(bytes, times);
            const auto pages = without_tesseract ? std::vector<std::filesystem::path>{} : write_pages(bytes, folder);
            for (int run = 0; run < runs; ++run) {
                times.biaod = std::min(times.biaod, run_biaod(bytes, *forms, threads));
                if (!without_tesseract) times.tesseract = std::min(times.tesseract, run_tesseract(pages));
            }
            std::printf("%-30s %6d %8.2f %8.1f", name.substr(name.size() > 30 ? name.size() - 30 : 0).c_str(),
                        times.pages, times.biaod, times.pages / times.biaod);
            if (without_tesseract)
                std::printf("            -      -");
            else
                std::printf(" %12.2f %6.2f", times.tesseract, times.tesseract / times.biaod);
            std::printf(" %8.2f %9.2f\n", times.load, times.layout);
        }
        std::filesystem::remove_all(folder);
    } catch (const std::exception& e) {
        std::cerr << "biaod-bench: " << e.what() << "\n";
        return 1;
    }
    return 0;
}
