// Programs that read a document, each run as its user would run it, on one file, until its text is there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace biaod::bench {

struct Run {
    double wall_s = 0, cpu_s = 0;  // CPU: of the program and what it started, which have ended
    double peak_mb = 0;            // MiB in memory at most, of the largest of these processes
    std::string text;              // all that it read, in its own order
};

// How the program that has the Programs starts itself, with a shell's command behind it, to time that: main() calls
// time_command() then, which prints seconds, CPU seconds and MiB.
inline constexpr const char* kTime = "--time-command";
int time_command(const char* command);

// All throw std::runtime_error when the program fails; `folder` is for their files.
class Programs {
  public:
    Programs(std::filesystem::path folder, unsigned jobs) : folder_(std::move(folder)), jobs_(jobs) {}

    // `program parse FILE` on all cores.
    Run biaod(const std::string& program, const std::filesystem::path& file) const;
    // One page after the other, each on one core: as a script would have it, and Tesseract's own threads take longer.
    Run tesseract(const std::vector<std::filesystem::path>& pages) const;
    // As for a document that may have text of its own: what is seen counts.
    Run ocrmypdf(const std::filesystem::path& file) const;

    static bool is_installed(const std::string& name);

  private:
    std::filesystem::path folder_;
    unsigned jobs_;
};

// The share of the characters of `printed` that `text` does not have in their place: the edit distance of each line to
// the stretch of `text` that is nearest to it. Spaces do not count, nor the width of marks.
double share_misread(const std::vector<std::string>& printed, const std::string& text);

}  // namespace biaod::bench
