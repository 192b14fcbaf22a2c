// biaod requeue: reads a document again.
#include <iostream>

#include "daemon/cli/command_line.hpp"
#include "daemon/cli/journal.hpp"
#include "daemon/version.hpp"
#include "queue/file_layer.hpp"
#include "queue/sqlite_store.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {
namespace {

models::Result<void> requeue_job(const Config& config, const std::string& id) {
    // Read-only first: a mistyped path must not make a new journal.
    const auto journal = open_journal(config);
    if (!journal) return tl::unexpected(journal.error());
    const auto job = find_job((*journal)->catalogue(), id);
    if (!job) return tl::unexpected(job.error());
    const auto spool = queue::system_files().open_folder(config.spool_path());
    if (!spool) return tl::unexpected(spool.error());
    if (!queue::system_files().open_file(spool->get(), job->sha256)) {
        return models::fail(models::ErrorKind::bad_input, "spool",
                            "the copy of this document is no longer kept: drop the file into the inbox again");
    }
    const auto store = queue::open_sqlite_store({config.journal_path(), pipeline_version}, queue::system_clock(),
                                                queue::system_random());
    if (!store) return tl::unexpected(store.error());
    const auto done = (*store)->jobs().requeue(job->id);
    if (!done) return tl::unexpected(done.error());
    if (!*done) {
        return models::fail(models::ErrorKind::bad_input, "journal",
                            "job " + std::to_string(job->id) + " is " + queue::to_string(job->state) + " already");
    }
    std::cout << "job " << job->id << " waits again\n";
    return {};
}

int requeue(const std::string& config_path, const std::vector<std::string>& ids) {
    const auto config = load_config(config_path);
    if (!config) return complain(config.error());
    int code = exit_done;
    for (const std::string& id : ids) {
        const auto requeued = requeue_job(*config, id);
        if (!requeued) code = std::max(code, complain(requeued.error()));
    }
    return code;
}

}  // namespace

void add_requeue(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("requeue", "reads documents again; a new record is a new revision");
    const auto path = std::make_shared<std::string>();
    const auto ids = std::make_shared<std::vector<std::string>>();
    add_config_option(*command, *path);
    command->add_option("id", *ids, "numbers of jobs, or 8 or more digits of hashes")->required();
    command->callback([&chosen, path, ids] { chosen = [path, ids] { return requeue(*path, *ids); }; });
}

}  // namespace biaod::daemon
