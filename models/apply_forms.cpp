// apply_forms(): the order of the work, and the typed report with its provenance, checks and review items.
#include <algorithm>
#include <set>
#include <span>

#include "models/all_checks.hpp"
#include "models/form_checks.hpp"
#include "models/form_match.hpp"
#include "models/form_meta.hpp"
#include "models/form_values.hpp"
#include "models/forms.hpp"

namespace biaod::models {
namespace {

using Json = nlohmann::ordered_json;

constexpr double most_behind = 0.15;        // in agreement, of another version that fits better
constexpr double clear_lead = 0.02;         // in fit, of the best form over the next one of its type
constexpr double least_confirmable = 0.50;  // a reading below this confidence is flagged whatever the sums say

constexpr std::size_t least_sections = 3;  // of a form, by their titles

constexpr int spoilt_beside = 2;       // cells beside a figure that cannot be read: something lies across them
constexpr double spoilt_share = 0.25;  // of a table's figures that were misread or may be: the others are flagged, too

void set_at(Json& report, const std::string& pointer, Json value) {
    Json* at = &report;
    for (std::size_t from = 1; from <= pointer.size();) {
        const std::size_t end = std::min(pointer.find('/', from), pointer.size());
        at = &(*at)[pointer.substr(from, end - from)];
        from = end + 1;
    }
    *at = std::move(value);
}

// What share of the figures that are flagged for a reason are right: measured on synthesised documents of all kinds
// (tests/bench/accuracy.cpp prints it).
double share_right(ReviewReason reason) {
    switch (reason) {
        case ReviewReason::check_failed:
            return 0.7;
        case ReviewReason::unreadable:
            return 0.3;
        default:
            return 1;  // their readings' own confidence says it
    }
}

// The same of figures that the networks for them read where the text was none.
constexpr double share_right_against_text = 0.7;

bool is_unread(const Figure& figure) { return figure.kind == FigureKind::not_a_figure; }

template <typename T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

// Whether two cells have an edge or a corner in common.
bool touch(const Cell& a, const Cell& b) {
    return a.row <= b.row + b.row_span && b.row <= a.row + a.row_span && a.col <= b.col + b.col_span &&
           b.col <= a.col + a.col_span;
}

class ReportWriter {
  public:
    ReportWriter(const FormMatch& match, const std::vector<TableGrid>& grids, Record& record)
        : form_(*match.form), record_(record), readings_(read_values(match, grids)), meta_(read_meta(form_, record)) {}

    void write() {
        write_meta();
        take_allowed_readings();
        for (std::size_t i = 0; i < form_.slots.size(); ++i) write_value(i);
        flag_failed_checks();
        flag_doubtful_readings();
        flag_spoilt_tables();
        record_.checks = all_checks(form_, meta_, readings_, record_);
        for (const ReviewItem& item : meta_.review) record_.review.push_back(item);
    }

  private:
    const Reading& reading(int slot) const { return readings_[static_cast<std::size_t>(slot)]; }

    void write_meta() {
        Json& report = record_.report;
        report["type"] = form_.type;
        report["form"] = form_.form;
        report["title"] = or_null(meta_.title);
        report["issuer"] = or_null(meta_.issuer);
        report["year"] = or_null(meta_.year);
        report["document_number"] = or_null(meta_.document_number);
        report["addressee"] = or_null(meta_.addressee);
        report["date"] = or_null(meta_.date);
        report["sections"] = Json::array();
        for (const Section& section : meta_.sections) {
            report["sections"].push_back(
                {{"number", section.number}, {"title", section.title}, {"text", section.text}});
        }
    }

    // Of two readings, the one that the form allows there: of a count, 22,347 and not 22.347; of a text, the figure
    // that the networks for figures read, unless sums imply another. The other is the second one.
    void take_allowed_readings() {
        std::set<const Cell*> swapped;
        const std::vector<Reading> as_read = readings_;
        for (std::size_t i = 0; i < readings_.size(); ++i) {
            Reading other = readings_[i];
            const bool unread = is_unread(other.figure) && other.found() && !other.cell->unreadable;
            if (!other.second || (!unread && figure_allowed(form_.slots[i], other))) continue;
            std::swap(other.figure, *other.second);
            if (!other.is_number() || !figure_allowed(form_.slots[i], other)) continue;
            if (unread) {
                const auto implied = implied_value(form_, as_read, static_cast<int>(i));
                if (implied && *implied != other.figure.value) continue;
            }
            if (!other.figure.unit.empty()) other.unit = other.figure.unit;
            for (Cell& cell : record_.tables[static_cast<std::size_t>(other.table)].cells) {
                if (&cell != other.cell || !swapped.insert(&cell).second) continue;
                std::swap(cell.text, *cell.second_reading);
                if (!unread) continue;
                cell.confidence = std::min(cell.confidence, share_right_against_text);
                read_against_text_.insert(&cell);
            }
            readings_[i] = std::move(other);
        }
    }

    void write_value(std::size_t slot) {
        const ValueSlot& value = form_.slots[slot];
        const Reading& r = readings_[slot];
        set_at(record_.report, value.pointer, r.is_number() ? r.figure.value.to_json() : Json(nullptr));
        if (value.unit_pointer) set_at(record_.report, *value.unit_pointer, or_null(r.unit));
        if (!r.found()) {
            if (!value.optional) flag(static_cast<int>(slot), ReviewReason::missing);
            return;
        }
        Provenance from{r.cell->text,
                        r.cell->confidence,
                        record_.tables[static_cast<std::size_t>(r.table)].id,
                        r.cell->row,
                        r.cell->col,
                        0,
                        {}};
        if (!r.cell->boxes.empty()) {
            from.page = r.cell->boxes.front().page;
            from.bbox = r.cell->boxes.front().bbox;
        }
        record_.provenance["/report" + value.pointer] = std::move(from);
    }

    void flag(int slot, ReviewReason reason, std::optional<std::string> suggested = {}) {
        flagged_.insert(slot);
        if (reason != ReviewReason::low_confidence) misread_.insert(slot);
        const Reading& r = reading(slot);
        ReviewItem item{
            "/report" + form_.slots[static_cast<std::size_t>(slot)].pointer, reason, "", std::move(suggested), 0, {}};
        if (r.found()) {
            item.printed = r.cell->text;
            if (!r.cell->boxes.empty()) {
                item.page = r.cell->boxes.front().page;
                item.bbox = r.cell->boxes.front().bbox;
            }
        }
        if (const auto from = record_.provenance.find(item.field); from != record_.provenance.end())
            from->second.confidence = std::min(from->second.confidence, share_right(reason));
        record_.review.push_back(std::move(item));
    }

    void flag_failed_checks() {
        for (const Suspect& suspect : find_suspects(form_, readings_)) {
            std::optional<std::string> suggested;
            if (suspect.suggested) suggested = suspect.suggested->to_string();
            flag(suspect.slot, ReviewReason::check_failed, suggested);
        }
        for (std::size_t i = 0; i < form_.slots.size(); ++i) {
            if (!figure_allowed(form_.slots[i], readings_[i])) flag(static_cast<int>(i), ReviewReason::check_failed);
        }
    }

    // How many of the value cells around one, diagonally too, hold no figure.
    int unread_beside(const Reading& one) const {
        std::set<const Cell*> unread;
        for (const Reading& other : readings_) {
            if (!other.found() || other.table != one.table || !touch(*other.cell, *one.cell)) continue;
            if (is_unread(other.figure) || read_against_text_.contains(other.cell)) unread.insert(other.cell);
        }
        return static_cast<int>(unread.size());
    }

    void flag_doubtful_readings() {
        std::set<int> doubted, confirmable;
        for (std::size_t i = 0; i < readings_.size(); ++i) {
            const Reading& r = readings_[i];
            const int slot = static_cast<int>(i);
            if (!r.found()) continue;
            if (is_unread(r.figure)) {
                const auto implied = implied_value(form_, readings_, slot);
                flag(slot, ReviewReason::unreadable, implied ? std::optional(implied->to_string()) : std::nullopt);
                doubted.insert(slot);
                continue;
            }
            if (r.is_sure() && !(r.is_number() && unread_beside(r) >= spoilt_beside)) continue;
            doubted.insert(slot);
            const bool tellable = r.is_number() || is_slash_or_seven(r);
            if (!r.is_odd() && tellable && r.cell->confidence >= least_confirmable) confirmable.insert(slot);
        }
        const std::set<int> confirmed = confirmed_by_equations(form_, readings_, doubted);
        for (int slot : doubted) {
            const Reading& r = reading(slot);
            const bool settled = confirmable.contains(slot) && confirmed.contains(slot);
            const bool misread =
                r.second || (r.place_doubtful && !r.column_in_order) || r.cell->confidence < doubt_below;
            if (misread && !(settled && r.is_none())) misread_.insert(slot);
            if (is_unread(r.figure) || settled) continue;
            if (r.second) {
                flag(slot, ReviewReason::readings_disagree, *r.cell->second_reading);
            } else {
                flag(slot, ReviewReason::low_confidence);
            }
        }
    }

    // Where so much of a table was misread that was noticed, more of it was that was not.
    void flag_spoilt_tables() {
        for (int table = 0; table < static_cast<int>(form_.tables.size()); ++table) {
            std::vector<int> undoubted;
            int found = 0, doubted = 0;
            for (std::size_t i = 0; i < form_.slots.size(); ++i) {
                if (form_.slots[i].table != table || !readings_[i].found()) continue;
                const int slot = static_cast<int>(i);
                ++found;
                doubted += misread_.contains(slot);
                if (!flagged_.contains(slot)) undoubted.push_back(slot);
            }
            if (doubted <= spoilt_share * found) continue;
            for (const int slot : undoubted) flag(slot, ReviewReason::low_confidence);
        }
    }

    const FormDefinition& form_;
    Record& record_;
    std::vector<Reading> readings_;
    Meta meta_;
    std::set<const Cell*> read_against_text_;
    std::set<int> flagged_;
    std::set<int> misread_;  // or so doubtful that they may be, also of those that sums confirmed
};

// A document with the title and the sections of a form whose tables were not recognised is a report that is missing.
void flag_lost_report(const FormDefinition& form, Record& record) {
    const Meta meta = read_meta(form, record);
    if (!meta.title || meta.sections.size() < least_sections) return;
    ReviewItem item{"/report", ReviewReason::missing, *meta.title, {}, 0, {}};
    const auto title = std::ranges::find(record.blocks, BlockType::title, &Block::type);
    if (title != record.blocks.end()) {
        item.page = title->page;
        item.bbox = title->bbox;
    }
    record.review.push_back(std::move(item));
}

void settle_status(Record& record) {
    if (record.status == Status::partial) return;
    record.status = record.review.empty() ? Status::complete : Status::needs_review;
}

// Which of a form's tables are there: at least half of their labels in any of its versions.
std::set<std::string> printed_tables(std::span<const FormMatch> versions) {
    std::set<std::string> names;
    for (const FormMatch& match : versions)
        for (std::size_t i = 0; i < match.tables.size(); ++i)
            if (2 * match.tables[i].found >= match.tables[i].labels) names.insert(match.form->tables[i].name);
    return names;
}

// How well the labels of these tables and what is printed in them agree: Dice's coefficient, 0..1.
double fit(const FormMatch& match, const std::set<std::string>& tables) {
    double alike = 0, all = 0;
    for (std::size_t i = 0; i < match.tables.size(); ++i) {
        const TableMatch& table = match.tables[i];
        if (!tables.contains(match.form->tables[i].name)) continue;
        alike += 2 * table.found;
        all += table.labels + table.found + table.others;
    }
    return all > 0 ? alike / all : 0;
}

// Sorts the matches, best first. Of the versions of the best form that comes first which fits best the tables that are
// there: one that is lost has more labels in one version than in another. Returns whether another fits nearly as well.
bool sort_by_fit(std::vector<FormMatch>& matches) {
    std::ranges::sort(matches, std::greater{}, &FormMatch::agreement);
    if (matches.empty()) return false;
    const std::string type = matches.front().form->type;
    const double least = std::max(matches.front().agreement - most_behind, least_agreement);
    const auto others = std::stable_partition(matches.begin(), matches.end(), [&](const FormMatch& match) {
        return match.form->type == type && match.agreement >= least;
    });
    const std::span<FormMatch> versions(matches.begin(), others);
    const std::set<std::string> tables = printed_tables(versions);
    const auto by_fit = [&](const FormMatch& match) { return fit(match, tables); };
    std::ranges::stable_sort(versions, std::greater{}, by_fit);
    return versions.size() > 1 && by_fit(versions[0]) - by_fit(versions[1]) < clear_lead;
}

}  // namespace

void apply_forms(const FormSet& forms, Record& record) {
    record.report = nullptr;
    const std::vector<TableGrid> grids = make_grids(record);
    std::vector<FormMatch> matches;
    for (const auto& form : forms.definitions()) matches.push_back(match_form(form, grids));
    const bool unclear = sort_by_fit(matches);
    if (matches.empty() || matches.front().agreement < least_agreement) {
        if (!matches.empty()) flag_lost_report(*matches.front().form, record);
        settle_status(record);
        return;
    }
    record.report = Json::object();
    ReportWriter(matches.front(), grids, record).write();
    if (unclear) {
        record.review.push_back(
            {"/report/form", ReviewReason::low_confidence, matches[0].form->form, matches[1].form->form, 0, {}});
    }
    settle_status(record);
}

}  // namespace biaod::models
