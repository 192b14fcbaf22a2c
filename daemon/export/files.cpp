#include "daemon/export/files.hpp"

#include <fstream>

#include "daemon/export/export.hpp"
#include "models/text_norm.hpp"

namespace biaod::daemon {
namespace {

namespace fs = std::filesystem;
using models::ErrorKind;
using models::Result;

constexpr std::size_t longest_stem = 120;  // bytes; the sheet's name and the ending come behind it

bool names_a_file(const fs::path& out) {
    const std::string ending = out.extension().string();
    std::error_code ignored;
    return (ending == ".xlsx" || ending == ".csv") && !fs::is_directory(out, ignored);
}

}  // namespace

std::string safe_file_name(const std::string& name) {
    std::string out;
    for (char32_t c : models::to_code_points(models::escape_name(name))) {
        const bool bad = c < 0x20 || std::u32string_view(U"/\\:*?\"<>|").find(c) != std::u32string_view::npos;
        const std::string next = bad ? "_" : models::to_utf8({&c, 1});
        if (out.size() + next.size() > longest_stem) break;
        out += next;
    }
    while (out.ends_with('.') || out.ends_with(' ')) out.pop_back();
    if (out.starts_with('.') || out.starts_with('-')) out.front() = '_';
    return out.empty() ? "_" : out;
}

ExportFiles::ExportFiles(fs::path out, ExportFormat format, bool byte_order_mark)
    : out_(std::move(out)), format_(format), byte_order_mark_(byte_order_mark), is_file_(names_a_file(out_)) {}

std::string ExportFiles::free_stem(const std::string& name) {
    const std::string wish = safe_file_name(name);
    std::string stem = wish;
    for (int n = 2; !stems_.insert(stem).second; ++n) stem = wish + "-" + std::to_string(n);
    return stem;
}

Result<std::vector<fs::path>> ExportFiles::write(const std::string& name, const Book& book) {
    if (is_file_ && written_)
        return models::fail(ErrorKind::config, "export", "--out must be a folder for more than one document");
    std::vector<std::pair<fs::path, std::string>> files;
    const fs::path stem = is_file_ ? fs::path() : out_ / free_stem(name);
    if (format_ == ExportFormat::xlsx) {
        auto bytes = xlsx_bytes(book);
        if (!bytes) return tl::unexpected(bytes.error());
        files.emplace_back(is_file_ ? out_ : fs::path(stem.string() + ".xlsx"), std::move(*bytes));
    } else if (is_file_) {
        files.emplace_back(out_, csv_bytes(book, byte_order_mark_));
    } else {
        const std::vector<std::string> sheets = sheet_names(book);
        for (std::size_t i = 0; i < sheets.size(); ++i)
            files.emplace_back(stem.string() + "-" + safe_file_name(sheets[i]) + ".csv",
                               csv_bytes(book.sheets[i], byte_order_mark_));
    }
    std::vector<fs::path> written;
    for (const auto& [path, bytes] : files) {
        if (const auto done = put(path, bytes); !done) return tl::unexpected(done.error());
        written.push_back(path);
    }
    written_ = true;
    return written;
}

Result<void> ExportFiles::put(const fs::path& path, const std::string& bytes) {
    std::error_code error;
    if (!is_file_) fs::create_directories(out_, error);
    const fs::path part = path.string() + ".part";
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file << bytes;
    file.close();
    if (file) fs::rename(part, path, error);
    if (!file || error) {
        fs::remove(part, error);
        return models::fail(ErrorKind::temporary, "export", path.string() + " cannot be written");
    }
    return {};
}

}  // namespace biaod::daemon
