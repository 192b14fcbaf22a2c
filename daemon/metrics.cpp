#include "daemon/metrics.hpp"

#include <algorithm>
#include <locale>
#include <sstream>

namespace biaod::daemon {

using models::Result;

namespace {

class Text {
  public:
    Text() { out_.imbue(std::locale::classic()); }
    void metric(const char* name, const char* type, const char* help) {
        name_ = name;
        out_ << "# HELP " << name << ' ' << help << "\n# TYPE " << name << ' ' << type << '\n';
    }
    template <typename Number>
    void value(Number number, const std::string& labels = {}, const char* suffix = "") {
        out_ << name_ << suffix;
        if (!labels.empty()) out_ << '{' << labels << '}';
        out_ << ' ' << number << '\n';
    }
    void summary(const char* stage, std::uint64_t sum_ms, std::uint64_t count) {
        const std::string labels = std::string("stage=\"") + stage + '"';
        value(static_cast<double>(sum_ms) / 1000, labels, "_sum");
        value(count, labels, "_count");
    }
    std::string text() const { return out_.str(); }

  private:
    std::ostringstream out_;
    std::string name_;
};

std::string label(const char* key, const std::string& value) {
    std::string text = std::string(key) + "=\"";
    for (const char c : value) {
        if (c == '\\' || c == '"') text += '\\';
        text += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return text + '"';
}

void write_work(Text& text, const WorkCounters& work) {
    text.metric("biaod_records_total", "counter", "Records made since the start, by their status.");
    text.value(work.complete.load(), label("status", "complete"));
    text.value(work.needs_review.load(), label("status", "needs_review"));
    text.value(work.partial.load(), label("status", "partial"));
    const std::uint64_t flagged = work.needs_review + work.partial, all = flagged + work.complete;
    text.metric("biaod_flagged_share", "gauge", "Share of the records since the start that a person must look at.");
    text.value(all == 0 ? 0.0 : static_cast<double>(flagged) / static_cast<double>(all));
    text.metric("biaod_failures_total", "counter", "Documents that failed since the start.");
    text.value(work.failed.load());
    text.metric("biaod_setbacks_total", "counter", "Documents put back to be tried again since the start.");
    text.value(work.deaths.load(), label("kind", "worker_death"));
    text.value(work.temporary.load(), label("kind", "temporary"));
    text.metric("biaod_stage_seconds", "summary", "Time of documents in each stage since the start.");
    text.summary("wait", work.waited_ms, work.first_claims);
    text.summary("read", work.read_ms, work.ends);
    text.summary("write", work.write_ms, work.writes);
}

void write_journal(Text& text, const JournalState& state, const queue::Clock& clock) {
    const queue::Counts& counts = state.counts;
    text.metric("biaod_documents", "gauge", "Documents in the journal by state.");
    text.value(counts.waiting, label("state", "waiting"));
    text.value(counts.running, label("state", "running"));
    text.value(counts.done, label("state", "done"));
    text.value(counts.failed, label("state", "failed"));
    text.metric("biaod_oldest_waiting_seconds", "gauge", "How long the oldest waiting document has waited.");
    const std::int64_t since = counts.oldest_waiting_ms.value_or(clock.unix_ms());
    text.value(static_cast<double>(std::max<std::int64_t>(0, clock.unix_ms() - since)) / 1000);
    text.metric("biaod_outbox_head", "gauge", "Sequence number of the newest message.");
    text.value(state.head.head);
    text.metric("biaod_outbox_first", "gauge", "Sequence number of the oldest message that is kept.");
    text.value(state.head.first);
    text.metric("biaod_consumer_lag", "gauge", "Messages that a named consumer has not acknowledged.");
    for (const queue::Consumer& consumer : state.consumers) {
        text.value(state.head.head - std::min(state.head.head, consumer.acked), label("consumer", consumer.name));
    }
    text.metric("biaod_consumer_stale", "gauge", "1 when messages that a consumer did not have were removed by age.");
    for (const queue::Consumer& consumer : state.consumers) {
        text.value(consumer.stale ? 1 : 0, label("consumer", consumer.name));
    }
}

}  // namespace

Result<JournalState> read_journal_state(queue::Store& store) {
    const auto counts = store.catalogue().counts();
    if (!counts) return tl::unexpected(counts.error());
    const auto head = store.outbox().head();
    if (!head) return tl::unexpected(head.error());
    const auto consumers = store.outbox().consumers();
    if (!consumers) return tl::unexpected(consumers.error());
    return JournalState{*counts, *head, *consumers};
}

std::string metrics_text(const WorkCounters& counters, const JournalState& state, std::size_t in_inbox,
                         const std::string& paused, const queue::Clock& clock) {
    Text text;
    write_work(text, counters);
    write_journal(text, state, clock);
    text.metric("biaod_inbox_waiting", "gauge", "Files seen in the inbox and not yet accepted.");
    text.value(in_inbox);
    text.metric("biaod_intake_stopped", "gauge", "1 while nothing is taken in (low disk).");
    text.value(paused.empty() ? 0 : 1);
    return text.text();
}

}  // namespace biaod::daemon
