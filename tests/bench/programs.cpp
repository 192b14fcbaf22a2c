#include "tests/bench/programs.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>
#include <stdexcept>

#include "models/text_norm.hpp"

namespace biaod::bench {
namespace {

namespace fs = std::filesystem;

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string for_shell(const fs::path& path) {
    std::string out = "'";
    for (const char c : path.string()) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

std::string contents(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

// By this program started anew: a process counts the memory of the one that started it as its own.
Run timed(const std::string& command) {
    const std::string self = for_shell(fs::read_symlink("/proc/self/exe"));
    const auto close = [](std::FILE* pipe) { pclose(pipe); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe(
        popen((self + " " + kTime + " " + for_shell(command)).c_str(), "r"), close);
    Run run;
    if (!pipe || std::fscanf(pipe.get(), "%lf %lf %lf", &run.wall_s, &run.cpu_s, &run.peak_mb) != 3)
        throw std::runtime_error("this failed: " + command);
    return run;
}

std::string text_of(const nlohmann::json& record) {
    std::string text;
    for (const auto& block : record["blocks"]) text += block.value("text", "") + "\n";
    for (const auto& table : record["tables"])
        for (const auto& cell : table["cells"]) text += cell.value("text", "") + "\n";
    return text;
}

std::u32string plain(const std::string& text) {
    std::u32string out = models::fold(text);
    std::erase_if(out, [](char32_t c) { return c == U' ' || c == U'\n' || c == U'\t' || c == U'\f' || c == U'\r'; });
    return out;
}

// The distance of `line` to the part of `text` that is nearest to it.
int distance_within(const std::u32string& line, const std::u32string& text) {
    std::vector<int> above(text.size() + 1, 0), here(text.size() + 1);
    for (std::size_t i = 0; i < line.size(); ++i) {
        here[0] = static_cast<int>(i) + 1;
        for (std::size_t k = 0; k < text.size(); ++k)
            here[k + 1] = std::min({above[k] + (line[i] != text[k]), above[k + 1] + 1, here[k] + 1});
        std::swap(above, here);
    }
    return *std::ranges::min_element(above);
}

}  // namespace

int time_command(const char* command) {
    const auto begin = std::chrono::steady_clock::now();
    if (std::system(command) != 0) return EXIT_FAILURE;
    const double wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    std::printf("%f %f %f\n", wall_s, seconds(used.ru_utime) + seconds(used.ru_stime),
                static_cast<double>(used.ru_maxrss) / 1024);
    return EXIT_SUCCESS;
}

Run Programs::biaod(const std::string& program, const fs::path& file) const {
    const fs::path out = folder_ / "record.json";
    Run run = timed(for_shell(program) + " parse --jobs " + std::to_string(jobs_) + " " + for_shell(file) + " > " +
                    for_shell(out) + " 2> /dev/null");
    run.text = text_of(nlohmann::json::parse(contents(out)));
    return run;
}

Run Programs::tesseract(const std::vector<fs::path>& pages) const {
    Run all;
    for (const fs::path& page : pages) {
        const fs::path out = folder_ / "page";
        const Run run = timed("OMP_THREAD_LIMIT=1 tesseract " + for_shell(page) + " " + for_shell(out) +
                              " -l chi_sim > /dev/null 2>&1");
        all.wall_s += run.wall_s;
        all.cpu_s += run.cpu_s;
        all.peak_mb = std::max(all.peak_mb, run.peak_mb);
        all.text += contents(out.string() + ".txt") + "\n";
    }
    return all;
}

Run Programs::ocrmypdf(const fs::path& file) const {
    const fs::path out = folder_ / "ocr.pdf", text = folder_ / "ocr.txt";
    Run run =
        timed("ocrmypdf -q -l chi_sim --force-ocr --image-dpi 200 --output-type pdf --jobs " + std::to_string(jobs_) +
              " --sidecar " + for_shell(text) + " " + for_shell(file) + " " + for_shell(out) + " > /dev/null 2>&1");
    run.text = contents(text);
    return run;
}

bool Programs::is_installed(const std::string& name) {
    return std::system(("command -v " + name + " > /dev/null").c_str()) == 0;
}

double share_misread(const std::vector<std::string>& printed, const std::string& text) {
    const std::u32string whole = plain(text);
    int wrong = 0;
    std::size_t all = 0;
    for (const std::string& line : printed) {
        const std::u32string characters = plain(line);
        wrong += distance_within(characters, whole);
        all += characters.size();
    }
    return all == 0 ? 0 : wrong / static_cast<double>(all);
}

}  // namespace biaod::bench
