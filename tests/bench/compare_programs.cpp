// biaod-bench: biaod against the programs tesseract and ocrmypdf (where it is installed), and against an earlier biaod,
// on the same documents in one run, whole processes each.
//
// They take turns, and the best time of each is compared, which a busy machine disturbs least. Pictures of the pages
// for tesseract are made beforehand and are not counted. Of synthesised documents it also tells what share of the
// characters each program misreads.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <opencv2/imgcodecs.hpp>
#include <optional>
#include <sstream>
#include <thread>

#include "layout/files/document.hpp"
#include "tests/bench/programs.hpp"
#include "tests/synth/scanner.hpp"
#include "tests/synth/scanning.hpp"

namespace {

using namespace biaod;
using bench::Programs;
using bench::Run;
namespace fs = std::filesystem;

constexpr unsigned bound_reports = 10, bound_tables = 4;

struct Options {
    std::vector<std::string> files;
    std::string before;
    int runs = 2;
    unsigned seed = 12, threads = std::thread::hardware_concurrency();
    bool alone = false;
};

struct Document {
    std::string name;
    fs::path file;
    std::vector<std::string> printed;  // lines of its text, where they are known
};

Document synthesised(const std::string& name, const std::string& delivery, const synth::Truth& truth,
                     const Options& options, const fs::path& folder) {
    const synth::Variant variant = synth::variant(delivery, options.seed);
    Document document{name, folder / (name + (variant.tiff ? ".tif" : ".pdf")), {}};
    std::ofstream(document.file, std::ios::binary)
        << make_document(truth, synth::random_layout(options.seed), variant, options.seed);
    for (const synth::Paragraph& paragraph : truth.paragraphs)
        if (paragraph.kind != synth::Paragraph::Kind::table) document.printed.push_back(paragraph.text);
    return document;
}

synth::Truth only_tables(const synth::Truth& report) {
    return synth::some_tables(report, {"proactive", "requests", "review"}, false);
}

// Reports of several units in one file, as a county binds them: how fast it goes once the program has started. As they
// are printed, or nothing but their tables as a scanner delivers them.
Document bound(const std::string& name, unsigned reports, bool scanned, const Options& options,
               const fs::path& folder) {
    const synth::Variant variant = synth::variant(scanned ? "scan300" : "digital", options.seed);
    synth::Printed all;
    std::vector<cv::Mat> scans;
    for (unsigned i = 0; i < reports; ++i) {
        const unsigned seed = options.seed + i;
        synth::Truth truth = synth::make_truth(seed, {});
        if (scanned) truth = only_tables(truth);
        synth::Printed one = print_report(truth, synth::random_layout(seed));
        if (scanned) std::ranges::move(scan_pages(truth, one, variant, seed), std::back_inserter(scans));
        std::ranges::move(one.pages, std::back_inserter(all.pages));
    }
    Document document{name, folder / (name + ".pdf"), {}};
    std::ofstream(document.file, std::ios::binary)
        << (scanned ? synth::pictures_to_pdf(scans, variant.dpi, variant.options.jpeg_quality) : to_pdf(all));
    return document;
}

std::vector<Document> documents_of(const Options& options, const fs::path& folder) {
    std::vector<Document> documents;
    for (const std::string& file : options.files) documents.push_back({fs::path(file).filename(), file, {}});
    if (!documents.empty()) return documents;
    const synth::Truth report = synth::make_truth(options.seed, {});
    for (const char* delivery : {"digital", "scan300", "fax", "phone"})
        documents.push_back(synthesised(delivery, delivery, report, options, folder));
    documents.push_back(synthesised("tables-scan300", "scan300", only_tables(report), options, folder));
    documents.push_back(bound("tables-bound", bound_tables, true, options, folder));
    documents.push_back(bound("digital-bound", bound_reports, false, options, folder));
    return documents;
}

std::vector<fs::path> write_pages(const fs::path& file, const fs::path& folder) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const std::string content = bytes.str();
    std::vector<fs::path> pages;
    auto document = layout::Document::open(content, {});
    if (!document) throw std::runtime_error(document.error().reason);
    for (int i = 1; i <= (*document)->page_count(); ++i) {
        auto page = (*document)->page(i);
        if (!page) throw std::runtime_error(page.error().reason);
        cv::Mat picture = page->picture;
        if (!page->scanned) {
            auto drawn = (*document)->render(i, {0, 0, page->width_pt, page->height_pt}, 300);
            if (!drawn) throw std::runtime_error(drawn.error().reason);
            picture = std::move(*drawn);
        }
        pages.push_back(folder / ("page" + std::to_string(i) + ".png"));
        cv::imwrite(pages.back(), picture);
    }
    return pages;
}

void take_better(std::map<std::string, Run>& best, const std::string& name, Run run) {
    const auto [known, first] = best.emplace(name, run);
    if (!first && run.wall_s < known->second.wall_s) known->second = std::move(run);
}

void print(const Document& document, int pages, const std::map<std::string, Run>& best) {
    const double own = best.at("biaod").wall_s;
    for (const char* name : {"biaod", "before", "tesseract", "ocrmypdf"}) {
        const auto found = best.find(name);
        if (found == best.end()) continue;
        const Run& run = found->second;
        std::printf("%-28s %-10s %5d %8.2f %8.2f %8.1f %7.2f %7.0f", document.name.c_str(), name, pages, run.wall_s,
                    run.cpu_s, pages / run.wall_s, run.wall_s / own, run.peak_mb);
        if (!document.printed.empty()) std::printf(" %8.2f %%", 100 * bench::share_misread(document.printed, run.text));
        std::printf("\n");
    }
}

void compare(const Options& options, const fs::path& folder) {
    const Programs programs(folder, options.threads);
    const bool ocrmypdf = !options.alone && Programs::is_installed("ocrmypdf");
    if (!options.alone && !ocrmypdf) std::printf("ocrmypdf is not installed: it is left out\n");
    std::printf("%-28s %-10s %5s %8s %8s %8s %7s %7s %10s\n", "document", "program", "pages", "wall s", "CPU s",
                "pages/s", "ratio", "MiB", "misread");
    for (const Document& document : documents_of(options, folder)) {
        const std::vector<fs::path> pages = write_pages(document.file, folder);
        std::map<std::string, Run> best;
        programs.biaod(BIAOD_PROGRAM, document.file);  // not counted: what was just written goes to the disk meanwhile
        for (int run = 0; run < options.runs; ++run) {
            take_better(best, "biaod", programs.biaod(BIAOD_PROGRAM, document.file));
            if (!options.before.empty()) take_better(best, "before", programs.biaod(options.before, document.file));
            if (options.alone) continue;
            take_better(best, "tesseract", programs.tesseract(pages));
            if (ocrmypdf) take_better(best, "ocrmypdf", programs.ocrmypdf(document.file));
        }
        print(document, static_cast<int>(pages.size()), best);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == biaod::bench::kTime) return biaod::bench::time_command(argv[2]);
    CLI::App app{"Times biaod against tesseract, ocrmypdf and an earlier biaod on the same documents", "biaod-bench"};
    Options options;
    app.add_option("files", options.files, "documents; none: synthesised ones, digital and scanned")
        ->check(CLI::ExistingFile);
    app.add_option("--before", options.before, "the program of an earlier biaod")->check(CLI::ExistingFile);
    app.add_option("--runs", options.runs, "runs of each")->check(CLI::Range(1, 20))->capture_default_str();
    app.add_option("--seed", options.seed, "seed of the synthesised documents")->capture_default_str();
    app.add_option("--threads", options.threads, "cores of biaod and ocrmypdf")->capture_default_str();
    app.add_flag("--biaod-only", options.alone, "run neither tesseract nor ocrmypdf");
    CLI11_PARSE(app, argc, argv);
    const fs::path folder = fs::temp_directory_path() / ("biaod-bench-" + std::to_string(getpid()));
    int code = 0;
    try {
        fs::create_directories(folder);
        compare(options, folder);
    } catch (const std::exception& e) {
        std::cerr << "biaod-bench: " << e.what() << "\n";
        code = 1;
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return code;
}
