// biaod parse: reads files now, in worker processes, without daemon or journal.
#include <algorithm>
#include <iostream>
#include <thread>

#include "daemon/cli/command_line.hpp"
#include "daemon/cli/parse_run.hpp"
#include "daemon/worker/process.hpp"

namespace biaod::daemon {

void add_parse(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("parse", "reads files now: one record a line, in the order of the files");
    const auto options = std::make_shared<ParseOptions>();
    options->jobs = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    command->add_option("files", options->files, "files to read (PDF, TIFF, JPEG, PNG)")->required()->type_name("FILE");
    command->add_option("--jobs", options->jobs, "documents read at a time; for a single file, pages")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    command->add_flag("--failures", options->failures, "also print a biaod.failure/1 object for each file that failed");
    command
        ->add_option("--overlay", options->overlay_dir, "write each page as PNG with what was recovered drawn over it")
        ->type_name("DIR");
    command->add_option("--languages", options->languages, "Tesseract's languages")->capture_default_str();
    command->add_flag("--sandbox-debug", options->sandbox_debug, "name the system call that the sandbox refuses");
    command->callback(
        [&chosen, options] { chosen = [options] { return run_parse(*options, own_worker(), std::cout, std::cerr); }; });
}

}  // namespace biaod::daemon
