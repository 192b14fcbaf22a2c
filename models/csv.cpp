#include "models/csv.hpp"

#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

tl::unexpected<Error> fault(int line, const std::string& what) {
    return fail(ErrorKind::bad_input, "csv", "line " + std::to_string(line) + ": " + what);
}

class CsvReader {
  public:
    explicit CsvReader(std::string_view text) : text_(text) {}

    Result<std::vector<CsvRow>> read() {
        std::vector<CsvRow> rows;
        while (at_ < text_.size()) {
            CsvRow row{line_, {}};
            do {
                auto field = read_field();
                if (!field) return tl::unexpected(field.error());
                if (to_valid_utf8(*field) != *field) return fault(row.line, "not UTF-8");
                row.fields.push_back(std::move(*field));
            } while (take(','));
            take('\r');
            if (at_ < text_.size() && !take('\n')) return fault(line_, "text after a closing quote");
            ++line_;
            if (row.fields.size() > 1 || !row.fields.front().empty()) rows.push_back(std::move(row));
        }
        return rows;
    }

  private:
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    Result<std::string> read_field() {
        if (take('"')) return read_quoted();
        const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
        std::string field(text_.substr(at_, end - at_));
        if (field.ends_with('\r')) field.pop_back();
        at_ = end;
        return field;
    }

    Result<std::string> read_quoted() {
        const int begins = line_;
        std::string field;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"' && !take('"')) return field;
            if (c == '\n') ++line_;
            field += c;
        }
        return fault(begins, "a quote is not closed");
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
};

}  // namespace

Result<std::vector<CsvRow>> parse_csv(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return CsvReader(text).read();
}

std::string csv_line(const std::vector<std::string>& fields) {
    std::string out;
    for (const std::string& field : fields) {
        if (&field != &fields.front()) out += ',';
        const bool plain =
            field.find_first_of(",\"\r\n") == field.npos && !field.starts_with(' ') && !field.ends_with(' ');
        if (plain) {
            out += field;
            continue;
        }
        out += '"';
        for (char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
        out += '"';
    }
    return out + "\r\n";
}

std::string csv_text(std::string text) {
    const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    return formula ? "'" + text : text;
}

}  // namespace biaod::models
