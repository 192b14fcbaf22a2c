// biaod export: Excel workbooks and CSV of reports, of the tables of other documents, and of the sums over reports.
#include "daemon/export/export.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "daemon/cli/command_line.hpp"
#include "daemon/export/files.hpp"
#include "daemon/export/records.hpp"
#include "daemon/log.hpp"

namespace biaod::daemon {
namespace {

using models::ErrorKind;
using models::Record;
using models::Result;
using models::UnitReport;

struct ExportOptions {
    RecordSource source;
    std::string out, format = "xlsx", roster, form;
    std::vector<std::string> units;
    int year = 0;
    bool summary = false, tables = false, byte_order_mark = false;
};

int report(const Result<std::vector<std::filesystem::path>>& written) {
    if (!written) return complain(written.error());
    for (const auto& path : *written) std::cout << path.string() << '\n';
    return exit_done;
}

// One book for each document.
int export_documents(const ExportOptions& options, const models::FormSet& forms, ExportFiles& files) {
    int code = exit_done;
    const auto take = [&](const Record& record) {
        if (code == exit_usage) return;
        const auto unit = models::unit_report(forms, record);
        if (options.year != 0 && (!unit || unit->year != options.year)) return;
        const auto book = unit && !options.tables ? report_book(record, forms) : tables_book(record);
        if (!book) {
            std::cerr << "biaod: " << shown(record.source.name) << ": " << shown(book.error().reason) << '\n';
            code = exit_input_failed;
            return;
        }
        const std::string stem = std::filesystem::path(record.source.name).stem().string();
        code = std::max(code, report(files.write(stem, *book)));
    };
    const auto complaints = for_each_record(options.source, std::cin, std::cerr, take);
    if (!complaints) return complain(complaints.error());
    return *complaints > 0 ? std::max(code, exit_input_failed) : code;
}

// The newest form that a report of the year is on, of the type that most of them have; or the one asked for.
Result<std::shared_ptr<const models::FormDefinition>> choose_form(const ExportOptions& options,
                                                                  const models::FormSet& forms,
                                                                  const std::vector<UnitReport>& reports) {
    std::map<std::string, std::pair<int, std::string>> types;  // count, newest form
    for (const UnitReport& unit : reports) {
        if (unit.year != options.year) continue;
        auto& [count, newest] = types[unit.form->type];
        ++count;
        newest = std::max(newest, unit.form->form);
    }
    const auto by_count = [](const auto& a, const auto& b) { return a.second.first < b.second.first; };
    const auto most = std::ranges::max_element(types, by_count);
    if (most == types.end()) {
        return models::fail(ErrorKind::bad_input, "export",
                            "there is no report for the year " + std::to_string(options.year));
    }
    auto form = models::find_form(forms, most->first, options.form.empty() ? most->second.second : options.form);
    if (!form) {
        return models::fail(ErrorKind::config, "export", "there is no form " + options.form + " of " + most->first);
    }
    return form;
}

Result<std::vector<models::RosterUnit>> read_roster(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) return models::fail(ErrorKind::config, "roster", path + " cannot be read");
    auto roster = models::parse_roster(text);
    if (!roster) return models::fail(ErrorKind::config, "roster", path + ": " + roster.error().reason);
    return roster;
}

// Of the machine's own clock, now.
int utc_offset_minutes() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return static_cast<int>(local.tm_gmtoff / 60);
}

int export_summary(const ExportOptions& options, const models::FormSet& forms, ExportFiles& files) {
    std::optional<std::vector<models::RosterUnit>> roster;
    if (!options.roster.empty()) {
        auto read = read_roster(options.roster);
        if (!read) return complain(read.error());
        roster = std::move(*read);
    }
    std::vector<UnitReport> reports;
    const auto complaints = for_each_record(options.source, std::cin, std::cerr, [&](const Record& record) {
        if (auto unit = models::unit_report(forms, record)) reports.push_back(std::move(*unit));
    });
    if (!complaints) return complain(complaints.error());
    const auto form = choose_form(options, forms, reports);
    if (!form) return complain(form.error());

    const models::SummaryChoice choice{*form, options.year, options.units};
    const models::Summary summary = models::summarise(choice, reports);
    std::optional<models::Deliveries> deliveries;
    if (roster) deliveries = models::deliveries(*roster, choice, reports, utc_offset_minutes());
    const Book book = summary_book(summary, models::against_last_year(summary, reports), deliveries);
    const int code = report(files.write("summary-" + std::to_string(options.year), book));
    return *complaints > 0 ? std::max(code, exit_input_failed) : code;
}

int run_export(const ExportOptions& options) {
    const auto forms = models::FormSet::builtin();
    if (!forms) return complain(forms.error());
    if (options.summary && options.year == 0)
        return complain(models::fail(ErrorKind::config, "export", "--summary needs --year").value());
    ExportFiles files(options.out, options.format == "csv" ? ExportFormat::csv : ExportFormat::xlsx,
                      options.byte_order_mark);
    return options.summary ? export_summary(options, *forms, files) : export_documents(options, *forms, files);
}

}  // namespace

void add_export(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("export", "Excel workbooks or CSV of reports, tables, and sums of reports");
    const auto options = std::make_shared<ExportOptions>();
    add_config_option(*command, options->source.config);
    command->add_option("ids", options->source.ids, "numbers of jobs, or 8 or more digits of hashes; all without")
        ->type_name("ID");
    command
        ->add_option("--records", options->source.files,
                     "records of `biaod parse` in place of the journal; - is standard input")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command
        ->add_option("--out", options->out,
                     "a file (.xlsx, .csv: the first sheet), or a folder for a file each (for CSV, each sheet)")
        ->required()
        ->type_name("FILE|DIR");
    command->add_option("--format", options->format)->check(CLI::IsMember({"xlsx", "csv"}))->capture_default_str();
    command->add_flag("--bom", options->byte_order_mark,
                      "begin CSV with a byte order mark, so that Excel reads Chinese");
    command->add_option("--year", options->year, "only reports for this year")->check(CLI::Range(1900, 9999));
    command->add_flag("--tables", options->tables, "the tables as they stand in the document, also of a known form");
    CLI::Option* summary = command->add_flag("--summary", options->summary, "the sums over the reports of --year");
    command->add_option("--form", options->form, "the form to add up; without, the newest that a report is on")
        ->needs(summary);
    command->add_option("--unit", options->units, "only these units")
        ->type_name("NAME")
        ->allow_extra_args(false)
        ->needs(summary);
    command->add_option("--roster", options->roster, "units that have to report (CSV: unit, deadline, aliases)")
        ->type_name("FILE")
        ->needs(summary);
    command->callback([&chosen, options] { chosen = [options] { return run_export(*options); }; });
}

}  // namespace biaod::daemon
