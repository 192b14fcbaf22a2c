#include <algorithm>

#include "queue/messages.hpp"
#include "queue/sqlite_faces.hpp"

namespace biaod::queue {

using models::Result;

namespace {

// A content that was read by several pipeline versions is one row: that of its newest job. ?1 search, ?2 state, ?3
// year (0: any), ?4 form.
#define BIAOD_DOCUMENTS                                                                                            \
    "WITH row AS ("                                                                                                \
    "SELECT job.id AS job, job.sha256 AS sha256, arrival.name AS name, arrival.labels AS labels, job.state AS "    \
    "state, arrival.received_ms AS received, job.changed_ms AS changed, job.error AS error, document.revision AS " \
    "revision, document.year AS year, document.type AS type, document.form AS form, document.unit AS unit, "       \
    "document.title AS title, document.status AS status, coalesce(document.flags, 0) AS flags, "                   \
    "coalesce(document.failing, 0) AS failing FROM job "                                                           \
    "LEFT JOIN document ON document.sha256 = job.sha256 "                                                          \
    "LEFT JOIN arrival ON arrival.job = job.id AND NOT EXISTS "                                                    \
    "(SELECT 1 FROM arrival AS earlier WHERE earlier.job = job.id AND earlier.id < arrival.id) "                   \
    "WHERE NOT EXISTS (SELECT 1 FROM job AS newer WHERE newer.sha256 = job.sha256 AND newer.id > job.id) "         \
    "UNION ALL SELECT NULL, '', name, labels, 'failed', received_ms, received_ms, error, NULL, NULL, NULL, NULL, " \
    "NULL, NULL, NULL, 0, 0 FROM arrival WHERE job IS NULL), "                                                     \
    "chosen AS (SELECT * FROM row WHERE (?1 = '' OR instr(lower(CAST(name AS TEXT)), lower(?1)) > 0 OR "           \
    "instr(coalesce(unit, ''), ?1) > 0 OR instr(coalesce(title, ''), ?1) > 0) "                                    \
    "AND (?2 = '' OR state = ?2 OR (?2 = 'flagged' AND state = 'done' AND status <> 'complete')) "                 \
    "AND (?3 = 0 OR year = ?3) AND (?4 = '' OR form = ?4)) "

// Ties are broken by the job, newest first, so that pages never overlap.
#define BIAOD_PAGE(COLUMN)                                                                               \
    {                                                                                                    \
        BIAOD_DOCUMENTS "SELECT * FROM chosen ORDER BY " COLUMN " ASC, job DESC LIMIT ?5 OFFSET ?6",     \
            BIAOD_DOCUMENTS "SELECT * FROM chosen ORDER BY " COLUMN " DESC, job DESC LIMIT ?5 OFFSET ?6" \
    }

const char* page_of(DocumentOrder order, bool descending) {
    static constexpr const char* by_column[][2] = {BIAOD_PAGE("changed"), BIAOD_PAGE("received"), BIAOD_PAGE("name"),
                                                   BIAOD_PAGE("unit"),    BIAOD_PAGE("year"),     BIAOD_PAGE("form"),
                                                   BIAOD_PAGE("state"),   BIAOD_PAGE("flags")};
    return by_column[static_cast<std::size_t>(order)][descending ? 1 : 0];
}

std::optional<std::int64_t> optional_integer(Statement& select) {
    const bool none = select.next_is_null();
    const std::int64_t value = select.integer();
    return none ? std::nullopt : std::optional(value);
}

std::optional<int> optional_small(Statement& select) {
    const auto value = optional_integer(select);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

DocumentRow read_document(Statement& select) {
    DocumentRow row;
    row.job = optional_integer(select);
    row.sha256 = select.text();
    row.name = select.text();
    row.labels = labels_of(select.text());
    row.state = job_state_from(select.text()).value_or(JobState::waiting);
    row.received_ms = select.integer();
    row.changed_ms = select.integer();
    row.failure = failure_from_text(select.text());
    row.revision = optional_small(select);
    row.year = optional_small(select);
    row.type = select.text();
    row.form = select.text();
    row.unit = select.text();
    row.title = select.text();
    row.status = select.text();
    row.flags = static_cast<int>(select.integer());
    row.failing = static_cast<int>(select.integer());
    return row;
}

void bind_filter(Statement& select, const DocumentQuery& query) {
    select.bind(query.search).bind(query.state).bind(std::int64_t{query.year.value_or(0)}).bind(query.form);
}

}  // namespace

SqliteOverview::SqliteOverview(Database& database) : database_(database) {}

std::uint64_t SqliteOverview::count(const DocumentQuery& query) {
    // Of all rows: what the first look at the page asks for needs no row but the indices.
    const bool all = query.search.empty() && query.state.empty() && !query.year && query.form.empty();
    Statement select = database_.prepare(
        all ? "SELECT (SELECT count(DISTINCT sha256) FROM job) + (SELECT count(*) FROM arrival WHERE job IS NULL)"
            : BIAOD_DOCUMENTS "SELECT count(*) FROM chosen");
    if (!all) bind_filter(select, query);
    return select.step() ? static_cast<std::uint64_t>(select.integer()) : 0;
}

Result<DocumentPage> SqliteOverview::documents(const DocumentQuery& query) {
    return guarded<DocumentPage>([&] {
        Transaction snapshot(database_, Transaction::Kind::read);
        DocumentPage page;
        page.total = count(query);
        Statement select = database_.prepare(page_of(query.order, query.descending));
        bind_filter(select, query);
        select.bind(static_cast<std::int64_t>(std::min<std::size_t>(query.count, 1000)));
        select.bind(static_cast<std::int64_t>(std::min<std::size_t>(query.offset, 1'000'000'000)));
        while (select.step()) page.rows.push_back(read_document(select));
        return page;
    });
}

Result<Choices> SqliteOverview::choices() {
    return guarded<Choices>([&] {
        Choices choices;
        Statement years = database_.prepare("SELECT DISTINCT year FROM document WHERE year > 0 ORDER BY year DESC");
        while (years.step()) choices.years.push_back(static_cast<int>(years.integer()));
        Statement forms = database_.prepare("SELECT DISTINCT form FROM document WHERE form <> '' ORDER BY form");
        while (forms.step()) choices.forms.push_back(forms.text());
        Statement flagged = database_.prepare("SELECT count(*) FROM document WHERE status <> 'complete'");
        if (flagged.step()) choices.flagged = static_cast<std::uint64_t>(flagged.integer());
        return choices;
    });
}

}  // namespace biaod::queue
