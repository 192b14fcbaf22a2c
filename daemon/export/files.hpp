// Where `biaod export` puts its books: one file, or files in a folder.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "daemon/export/book.hpp"
#include "models/error.hpp"

namespace biaod::daemon {

enum class ExportFormat { xlsx, csv };

class ExportFiles {
  public:
    // `out` is a file when it ends in ".xlsx" or ".csv" and is no folder; else a folder, made when it is not there.
    ExportFiles(std::filesystem::path out, ExportFormat format, bool byte_order_mark);

    // Writes a book, whole or not at all: as the file; or into the folder as NAME.xlsx, or as NAME-SHEET.csv for each
    // sheet. As a CSV file the first sheet is all. `name` may be anything; what a file may not be called is replaced,
    // and a second book of a name gets a number. Returns what was written. Errors: config when there is a second book
    // for a file, else temporary.
    models::Result<std::vector<std::filesystem::path>> write(const std::string& name, const Book& book);

  private:
    models::Result<void> put(const std::filesystem::path& path, const std::string& bytes);
    std::string free_stem(const std::string& name);

    std::filesystem::path out_;
    ExportFormat format_;
    bool byte_order_mark_, is_file_;
    bool written_ = false;
    std::set<std::string> stems_;
};

// A file's name without what file systems and shells trip over, at most 120 bytes of valid UTF-8; never empty, hidden
// or a path.
std::string safe_file_name(const std::string& name);

}  // namespace biaod::daemon
