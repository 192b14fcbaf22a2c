#include "tests/synth/figures.hpp"

#include <algorithm>

namespace biaod::synth {
namespace {

constexpr int kApplicants = 6;  // columns of the requests table before the total
constexpr int kOutcomes = 4;    // columns of a block of the review table before the total

int below(std::mt19937& random, int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); }
bool chance(std::mt19937& random, double share) { return static_cast<double>(random()) / 4294967296.0 < share; }

using Row = std::vector<int>;

Row random_row(std::mt19937& random, const TruthOptions& options, int columns) {
    Row row;
    for (int i = 0; i < columns; ++i)
        row.push_back(chance(random, options.density) ? 1 + below(random, options.largest) : 0);
    return row;
}

Row with_total(Row row) {
    int total = 0;
    for (const int value : row) total += value;
    row.push_back(total);
    return row;
}

std::vector<std::string> printed(const Row& row, bool blanks) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < row.size(); ++i)
        out.push_back(blanks && row[i] == 0 && i + 1 < row.size() ? "" : std::to_string(row[i]));
    return out;
}

void fill_requests(Truth& truth, const TruthOptions& options, std::mt19937& random) {
    std::map<std::string, Row> rows;
    Row handled(kApplicants, 0);
    for (const std::string& key : request_keys(truth.form)) {
        if (key == "received" || key == "carried_in" || key == "total" || key == "carried_out") continue;
        rows[key] = random_row(random, options, kApplicants);
        for (int i = 0; i < kApplicants; ++i)
            handled[static_cast<std::size_t>(i)] += rows[key][static_cast<std::size_t>(i)];
    }
    rows["total"] = handled;
    rows["carried_out"] = random_row(random, options, kApplicants);
    for (int i = 0; i < kApplicants; ++i) {
        const auto c = static_cast<std::size_t>(i);
        const int all = handled[c] + rows["carried_out"][c];
        const int carried_in = all > 0 ? below(random, all + 1) / 3 : 0;
        rows["carried_in"].push_back(carried_in);
        rows["received"].push_back(all - carried_in);
    }
    for (auto& [key, row] : rows) row = with_total(row);
    if (options.wrong_sum) {
        const std::string key = chance(random, 0.5) ? "total" : "received";
        const auto column = static_cast<std::size_t>(below(random, kApplicants + 1));
        rows[key][column] += 1 + below(random, 9);
        truth.wrong = key + "/" + std::to_string(column);
    }
    for (const auto& [key, row] : rows) truth.requests[key] = printed(row, options.blanks_for_zeros);
}

std::string count(std::mt19937& random, int bound) { return std::to_string(below(random, bound)); }

std::string signed_count(std::mt19937& random) {
    const int value = below(random, 60) - 20;
    return value > 0 && chance(random, 0.5) ? "+" + std::to_string(value) : std::to_string(value);
}

std::string amount(std::mt19937& random, const char* unit) {
    std::string text = count(random, 90000);
    if (chance(random, 0.7)) text += "." + std::to_string(1000 + below(random, 8999));
    return chance(random, 0.4) ? text + unit : text;
}

void fill_proactive(Truth& truth, std::mt19937& random) {
    auto& p = truth.proactive;
    auto zeros_or = [&](std::vector<std::string> values) {
        return chance(random, 0.3) ? std::vector<std::string>(values.size(), "0") : values;
    };
    p["rules"] = {"0", "0", "0"};
    p["normative_documents"] = zeros_or({count(random, 90), count(random, 30), count(random, 400)});
    if (truth.form == "2021") {
        for (const char* key : {"licenses", "penalties", "compulsion"}) p[key] = zeros_or({count(random, 90000)});
        p["fees"] = zeros_or({amount(random, "")});
        return;
    }
    for (const char* key : {"licenses", "other_services", "penalties", "compulsion"})
        p[key] = zeros_or({count(random, 60000), signed_count(random), count(random, 90000)});
    p["fees"] = zeros_or({count(random, 60), signed_count(random)});
    p["procurement"] = zeros_or({count(random, 60), amount(random, "\u4e07\u5143")});  // 万元
}

}  // namespace

std::vector<std::string> proactive_keys(const std::string& form) {
    if (form == "2021") return {"rules", "normative_documents", "licenses", "penalties", "compulsion", "fees"};
    return {"rules",     "normative_documents", "licenses", "other_services",
            "penalties", "compulsion",          "fees",     "procurement"};
}

std::vector<std::string> request_keys(const std::string& form) {
    std::vector<std::string> keys = {"received",
                                     "carried_in",
                                     "granted",
                                     "partially_granted",
                                     "denied.state_secret",
                                     "denied.prohibited_by_law",
                                     "denied.endangers_security",
                                     "denied.third_party_rights",
                                     "denied.internal_affairs",
                                     "denied.process_information",
                                     "denied.enforcement_file",
                                     "denied.administrative_query",
                                     "unable.not_held",
                                     "unable.needs_creation",
                                     "unable.still_unclear",
                                     "not_processed.petition",
                                     "not_processed.duplicate",
                                     "not_processed.published",
                                     "not_processed.excessive",
                                     "not_processed.reissue"};
    if (form == "2021")
        keys.insert(keys.end(), {"other.not_corrected_in_time", "other.fee_unpaid_in_time", "other.other"});
    else
        keys.push_back("other");
    keys.insert(keys.end(), {"total", "carried_out"});
    return keys;
}

std::vector<std::string> review_keys() { return {"review", "litigation_direct", "litigation_after_review"}; }

void fill_figures(Truth& truth, const TruthOptions& options, std::mt19937& random) {
    fill_proactive(truth, random);
    fill_requests(truth, options, random);
    for (const std::string& key : review_keys())
        truth.review[key] = printed(with_total(random_row(random, options, kOutcomes)), options.blanks_for_zeros);
}

}  // namespace biaod::synth
