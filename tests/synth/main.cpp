// biaod-synth: writes synthesised reports with their truth, for tests, benchmarks and scores.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tests/synth/deviations.hpp"
#include "tests/synth/scanning.hpp"

namespace {

void write_file(const std::filesystem::path& path, const std::string& bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        throw std::runtime_error("cannot write " + path.string());
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace biaod::synth;
    CLI::App app{"Writes synthesised annual reports as NAME__VARIANT.pdf|tif and truth/NAME/truth.json"};
    unsigned from = 0, count = 1;
    TruthOptions truth_options;
    std::vector<std::string> variants{"digital"};
    std::string out = ".";
    app.add_option("--from", from, "first seed")->capture_default_str();
    app.add_option("--count", count, "number of seeds")->capture_default_str();
    app.add_option("--form", truth_options.form, "version of the form")
        ->check(CLI::IsMember({"2021", "2019"}))
        ->capture_default_str();
    app.add_option("--variants", variants,
                   joined(variant_names()) +
                       "; a way of delivery and damages are joined by '+', as in fax+skew5; all: each of these")
        ->delimiter(',')
        ->capture_default_str();
    app.add_option("--density", truth_options.density, "share of figures above 0")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_flag("--blanks", truth_options.blanks_for_zeros, "leave zeros blank");
    app.add_flag("--wrong-sum", truth_options.wrong_sum, "print one wrong total");
    app.add_flag("--letterhead", truth_options.letterhead, "with letterhead, document number and addressee");
    std::vector<std::string> deviations;
    app.add_option("--deviations", deviations,
                   "random (some, chosen by the seed) or names of what the tables do otherwise than the form: " +
                       joined(deviation_names()))
        ->delimiter(',');
    std::vector<std::string> fonts;
    app.add_option("--fonts", fonts, "to choose from by the seed, as Pango names them, each 'FAMILY, FAMILY STYLE'")
        ->delimiter(';');
    app.add_option("--out", out, "folder to write to")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    if (variants == std::vector<std::string>{"all"}) variants = variant_names();
    try {
        for (unsigned seed = from; seed < from + count; ++seed) {
            TruthOptions of = truth_options;
            LayoutOptions layout = random_layout(seed, fonts);
            const bool random = deviations == std::vector<std::string>{"random"};
            for (const std::string& name : random ? random_deviations(seed) : deviations) deviate(name, of, layout);
            const Truth truth = make_truth(seed, of);
            const std::filesystem::path folder(out);
            write_file(folder / "truth" / truth.id / "truth.json", to_json(truth).dump(1) + "\n");
            for (const std::string& name : variants) {
                const Variant v = variant(name, seed);
                write_file(folder / (truth.id + "__" + name + (v.tiff ? ".tif" : ".pdf")),
                           make_document(truth, layout, v, seed));
            }
        }
    } catch (const std::exception& e) {
        std::cerr << "biaod-synth: " << e.what() << "\n";
        return 1;
    }
    return 0;
}
