// biaod-accuracy: reads synthesised reports in every state that offices deliver them until so many figures were
// compared with what was printed, and tells how many were wrong, how many of those nobody was told of (silent), how
// many right ones were flagged, and whether a confidence means what it says.
//
// The same seed gives the same documents. Half of them deviate from the form, each in ways of its own, which have lines
// of their own.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "models/record_json.hpp"
#include "ocr/document_reader.hpp"
#include "ocr/preload.hpp"
#include "tests/ocr/agreement.hpp"
#include "tests/synth/deviations.hpp"
#include "tests/synth/scanning.hpp"

namespace {

using namespace biaod;

struct Kinds {
    std::vector<std::string> variants = synth::variant_names();  // in turn
    std::vector<std::string> fonts;                              // none: those that are installed
    bool body = false;                                           // with the running text
};

constexpr double kMuchDoubted = 0.1;  // of a document's values, flagged though right

// A document of the run: the n-th is the same in every run.
struct Document {
    std::uint32_t seed = 0;
    std::string variant;
    std::vector<std::string> deviations;  // from the form, as synth::deviate() names them
    synth::Truth truth;
    std::string bytes;
};

Document make(std::uint32_t seed, const Kinds& kinds, std::size_t n) {
    Document document{seed, kinds.variants[n % kinds.variants.size()], {}, {}, {}};
    const std::size_t round = n / kinds.variants.size();
    synth::TruthOptions options;
    options.form = round % 3 == 2 ? "2019" : "2021";
    options.density = round % 4 == 0 ? 0 : round % 4 == 1 ? 0.7 : 0.3;
    options.blanks_for_zeros = round % 5 == 4;
    synth::LayoutOptions layout = synth::random_layout(seed, kinds.fonts);
    if (round % 2 == 1) document.deviations = synth::random_deviations(seed);
    for (const std::string& name : document.deviations) synth::deviate(name, options, layout);
    document.truth = synth::make_truth(seed, options);
    if (!kinds.body) document.truth = synth::some_tables(document.truth, {"proactive", "requests", "review"}, true);
    document.bytes = synth::make_document(document.truth, layout, synth::variant(document.variant, seed), seed);
    return document;
}

constexpr double kBins[] = {0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1};  // upper ends

struct Sum {
    int documents = 0, exact = 0, failed = 0;
    int unrecognised = 0;  // read, but not as a report
    tests::Agreement all;

    void add(const Sum& other) {
        documents += other.documents;
        exact += other.exact;
        failed += other.failed;
        unrecognised += other.unrecognised;
        const tests::Agreement& one = other.all;
        all.values += one.values;
        all.wrong += one.wrong;
        all.silent += one.silent;
        all.flagged_though_right += one.flagged_though_right;
        all.cells += one.cells;
        all.cells_found += one.cells_found;
        all.cells_published += one.cells_published;
        all.characters += one.characters;
        all.character_errors += one.character_errors;
        all.figures.insert(all.figures.end(), one.figures.begin(), one.figures.end());
        for (const auto& [reason, flagged] : one.flagged) {
            all.flagged[reason].count += flagged.count;
            all.flagged[reason].right += flagged.right;
        }
        all.labels.insert(all.labels.end(), one.labels.begin(), one.labels.end());
        all.text.insert(all.text.end(), one.text.begin(), one.text.end());
        all.numbers += one.numbers;
        all.numbers_wrong += one.numbers_wrong;
        all.numbers_silent += one.numbers_silent;
    }

    static double share(int part, int whole) { return part / std::max(1.0, static_cast<double>(whole)); }

    void print(const std::string& name) const {
        const double n = std::max(1, all.values);
        std::printf("%-17s %5d %6d %8d %7d %8.3f %% %7d %11d %7.3f %% %9.4f %8.3f %% %7d\n", name.c_str(), documents,
                    exact, all.values, all.wrong, 100 * (1 - all.wrong / n), all.silent, all.flagged_though_right,
                    100 * all.flagged_though_right / n, tests::structure_f1(all),
                    100 * share(all.character_errors, all.characters), unrecognised);
    }
};

void print_reliability(const char* what, const std::vector<tests::Published>& published) {
    std::printf("\n%-14s %8s %8s %10s\n", what, "up to", "count", "right");
    double from = -1;
    for (const double to : kBins) {
        int count = 0, right = 0;
        for (const tests::Published& p : published) {
            if (p.confidence <= from || p.confidence > to) continue;
            ++count;
            right += p.right;
        }
        if (count > 0) std::printf("%-14s %8.2f %8d %8.3f %%\n", "", to, count, 100.0 * right / count);
        from = to;
    }
}

class Run {
  public:
    Run(std::uint32_t seed, std::size_t skip, int figures, Kinds kinds, std::filesystem::path keep)
        : seed_(seed),
          figures_(figures),
          kinds_(std::move(kinds)),
          keep_(std::move(keep)),
          sums_(kinds_.variants.size()),
          next_(skip) {}

    // Until enough figures were compared, by several threads; rethrows what stopped one of them.
    void work(const models::FormSet& forms, unsigned threads) {
        std::vector<std::jthread> workers;
        for (unsigned i = 0; i < std::max(1U, threads); ++i)
            workers.emplace_back([&] {
                try {
                    while (compared_ < figures_) compare_next(forms);
                } catch (...) {
                    const std::lock_guard lock(mutex_);
                    fault_ = std::current_exception();
                    compared_ = figures_;  // nobody goes on
                }
            });
        workers.clear();
        if (fault_) std::rethrow_exception(fault_);
    }

    int print() const {
        std::printf("%-17s %5s %6s %8s %7s %10s %7s %11s %9s %9s %10s %7s\n", "seed", "docs", "exact", "figures",
                    "wrong", "right", "silent", "right,", "flagged", "structure", "characters", "no form");
        std::printf("%-17u %60s %19s %10s\n", seed_, "flagged", "F1", "misread");
        Sum total;
        for (std::size_t i = 0; i < kinds_.variants.size(); ++i) {
            sums_[i].print(kinds_.variants[i]);
            total.add(sums_[i]);
        }
        total.print("all");
        if (!deviating_.empty())
            std::printf("\nof these, whose labels, figures, rulings or ground deviate from the form\n");
        for (const auto& [name, sum] : deviating_) sum.print(name);
        std::printf("\n%-24s %8s %10s\n", "flagged for", "count", "right");
        for (const auto& [reason, flagged] : total.all.flagged)
            std::printf("%-24s %8d %8.3f %%\n", models::to_string(reason), flagged.count,
                        100.0 * flagged.right / flagged.count);
        print_reliability("figures", total.all.figures);
        print_reliability("labels", total.all.labels);
        print_reliability("running text", total.all.text);
        std::printf("\nnumbers in running text: %d, not read %d, of these in no block that is flagged %d\n",
                    total.all.numbers, total.all.numbers_wrong, total.all.numbers_silent);
        if (total.failed > 0) std::printf("\n%d documents were not read\n", total.failed);
        return total.all.silent > 0 || total.all.numbers_silent > 0 || total.failed > 0 ? 1 : 0;
    }

  private:
    void compare_next(const models::FormSet& forms) {
        ocr::ReadOptions options;
        options.threads = 1;
        const std::size_t n = next_++;
        const Document document = draw(n);
        const auto record = ocr::read_document({"synthesised", document.bytes, ""}, forms, options);
        // What is not read at all lacks every figure.
        const tests::Agreement agreement = tests::compare(record ? *record : models::Record{}, document.truth);
        compared_ += agreement.values;
        const std::lock_guard lock(mutex_);
        const Sum one{1, agreement.wrong == 0, !record, record && record->report.is_null(), agreement};
        sums_[n % sums_.size()].add(one);
        for (const std::string& name : document.deviations) deviating_[name].add(one);
        tell(document, record ? "" : record.error().reason + ", ", agreement);
    }

    // One at a time: in one of many runs cairo met with a font that another thread had let go.
    Document draw(std::size_t n) {
        const std::lock_guard lock(drawing_);
        return make(seed_ + static_cast<std::uint32_t>(n), kinds_, n);
    }

    // Each document that is not as printed, so that it can be made again and looked at.
    void tell(const Document& document, const std::string& error, const tests::Agreement& agreement) {
        const int torn = agreement.cells - agreement.cells_found;
        const bool doubted = agreement.flagged_though_right > kMuchDoubted * agreement.values;
        if (agreement.wrong == 0 && agreement.numbers_silent == 0 && torn == 0 && error.empty() && !doubted) return;
        if (!keep_.empty()) {
            const std::string name = document.truth.id + "__" + document.variant;
            std::ofstream(keep_ / (name + (document.bytes.starts_with("%PDF") ? ".pdf" : ".tif")), std::ios::binary)
                << document.bytes;
            std::filesystem::create_directories(keep_ / "truth" / document.truth.id);
            std::ofstream(keep_ / "truth" / document.truth.id / "truth.json")
                << to_json(document.truth).dump(1) << "\n";
        }
        std::cerr << "seed " << document.seed << " " << document.variant << ": " << error << agreement.wrong
                  << " wrong, " << agreement.silent << " silent, " << agreement.flagged_though_right
                  << " flagged though right, " << torn << " of " << agreement.cells << " cells not found\n";
        if (agreement.silent > 0 || agreement.numbers_silent > 0)
            for (const std::string& fault : agreement.faults)
                if (fault.ends_with("SILENT")) std::cerr << "  " << fault << "\n";
    }

    const std::uint32_t seed_;
    const int figures_;
    const Kinds kinds_;
    const std::filesystem::path keep_;
    std::vector<Sum> sums_;                 // by variant
    std::map<std::string, Sum> deviating_;  // by deviation; a document may have several
    std::atomic<std::size_t> next_;
    std::atomic<int> compared_ = 0;
    std::mutex mutex_, drawing_;
    std::exception_ptr fault_;
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Compares many figures of synthesised reports with what was printed"};
    int figures = 100000;
    unsigned seed = 1, threads = std::thread::hardware_concurrency();
    Kinds kinds;
    app.add_option("--figures", figures, "compare at least so many")
        ->check(CLI::Range(1, 100000000))
        ->capture_default_str();
    app.add_option("--seed", seed, "seed of the first document; each takes the next one")->capture_default_str();
    std::size_t skip = 0;
    app.add_option("--skip", skip, "begin so many documents later, to read again one that a run told of");
    app.add_option("--variants", kinds.variants, "ways of delivery and damages, in turn (see biaod-synth --help)")
        ->delimiter(',')
        ->capture_default_str();
    app.add_option("--threads", threads, "documents that are read at a time")->capture_default_str();
    app.add_option("--fonts", kinds.fonts, "to choose from by the seed (see biaod-synth --help)")->delimiter(';');
    app.add_flag("--body", kinds.body, "with the running text of the reports");
    std::string keep;
    app.add_option("--keep", keep,
                   "folder for the documents that were not read right or much doubted, with their truth");
    CLI11_PARSE(app, argc, argv);
    try {
        // The library's own threads would take the cores from each other; it reads this when it starts.
        if (std::getenv("OMP_THREAD_LIMIT") == nullptr) {
            setenv("OMP_THREAD_LIMIT", "1", 1);
            execv("/proc/self/exe", argv);
        }
        for (const std::string& name : kinds.variants) synth::variant(name, 0);
        const auto forms = models::FormSet::builtin();
        if (!forms) throw std::runtime_error(forms.error().reason);
        if (const auto ready = ocr::preload(ocr::ReadOptions{}.languages); !ready)
            throw std::runtime_error(ready.error().reason);
        if (!keep.empty()) std::filesystem::create_directories(keep);
        Run run(seed, skip, figures, kinds, keep);
        run.work(*forms, threads);
        return run.print();
    } catch (const std::exception& e) {
        std::cerr << "biaod-accuracy: " << e.what() << "\n";
        return 2;
    }
}
