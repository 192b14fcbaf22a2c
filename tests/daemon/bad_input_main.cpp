// biaod-bad-input FOLDER: all files below a folder through the daemon; prints a table of how they ended.
// Exit code 0 when each is accounted for, the daemon stayed up, and the good documents between them are records.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "tests/daemon/bad_input.hpp"
#include "tests/queue/support.hpp"

int main(int argc, char** argv) {
    using namespace biaod::tests;
    CLI::App app("Gives the files below a folder to the daemon and prints a table of how they ended.",
                 "biaod-bad-input");
    std::string folder;
    bool list = false;
    double patience_s = 7200;
    app.add_option("folder", folder, "its sub-folders are the table's rows")->required()->check(CLI::ExistingDirectory);
    app.add_flag("--list", list, "how each file ended");
    app.add_option("--patience", patience_s, "seconds for all of them")->capture_default_str();
    CLI11_PARSE(app, argc, argv);

    std::vector<BadFile> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        files.push_back({std::filesystem::relative(entry.path(), folder).string(), read_file(entry.path().string())});
    }
    std::sort(files.begin(), files.end(), [](const BadFile& a, const BadFile& b) { return a.path < b.path; });
    const BadRun run = feed_bad_files(BIAOD_PROGRAM, files, 10, patience_s);
    if (list) {
        for (const BadOutcome& outcome : run.outcomes) {
            std::cout << outcome.path << ": " << outcome.end;
            if (outcome.page > 0) std::cout << ", page " << outcome.page;
            if (outcome.deaths > 0) std::cout << ", " << outcome.deaths << " deaths";
            std::cout << (outcome.reason.empty() ? "" : ": " + outcome.reason) << '\n';
        }
        std::cout << '\n';
    }
    std::cout << table_of(run) << '\n'
              << files.size() << " bad files, " << run.good << " good documents among them; "
              << static_cast<int>(run.seconds) << " s; faults " << run.faults.size() << '\n';
    for (const std::string& fault : run.faults) std::cerr << "biaod-bad-input: " << fault << '\n';
    return run.faults.empty() ? 0 : 1;
}
