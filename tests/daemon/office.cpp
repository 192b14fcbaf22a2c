#include "tests/daemon/office.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>

#include "daemon/export/export.hpp"
#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

constexpr int most_waits = 12;  // of 20 s each: the first start of the office program on a busy machine is slow

// Comma, quote, UTF-8, from line 1; texts quoted, numbers not, not as formatted, no formulas, all sheets.
constexpr const char* filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1";

// Fields with their quotes, for these tell a text from a figure.
Grid parse_quoted(const std::string& csv) {
    Grid grid;
    std::vector<std::string> row{""};
    bool quoted = false;
    for (char c : csv) {
        if (c == '"') quoted = !quoted;
        if (c == '\n' && !quoted) {
            grid.push_back(std::exchange(row, {""}));
        } else if (c == ',' && !quoted) {
            row.emplace_back();
        } else {
            row.back() += c;
        }
    }
    return grid;
}

void strip_blank_edges(Grid& grid) {
    for (auto& row : grid) {
        while (!row.empty() && row.back().empty()) row.pop_back();
    }
    while (!grid.empty() && grid.back().empty()) grid.pop_back();
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::uint32_t number_at(const std::string& bytes, std::size_t at, int size) {
    std::uint32_t out = 0;
    for (int i = size - 1; i >= 0; --i) out = out << 8 | static_cast<unsigned char>(bytes.at(at + std::size_t(i)));
    return out;
}

}  // namespace

std::map<std::string, Grid> open_in_office(const std::string& xlsx) {
    TempFolder folder;
    write_file(folder.path("book.xlsx"), xlsx);
    Program office(
        {"/usr/bin/env", "libreoffice", "-env:UserInstallation=file://" + folder.path("profile"), "--headless",
         "--norestore", "--convert-to", filter, "--outdir", folder.path("csv"), folder.path("book.xlsx")},
        folder.path("out"), folder.path("err"), {"HOME=" + folder.path()});
    int code = -1;
    for (int i = 0; i < most_waits && code == -1; ++i) code = office.wait();
    EXPECT_EQ(code, 0) << "libreoffice: " << read_file(folder.path("err"));
    std::map<std::string, Grid> sheets;
    std::error_code missing;
    for (const auto& file : std::filesystem::directory_iterator(folder.path("csv"), missing)) {
        const std::string stem = file.path().stem().string(), prefix = "book-";
        Grid grid = parse_quoted(read_file(file.path().string()));
        strip_blank_edges(grid);
        sheets[stem.starts_with(prefix) ? stem.substr(prefix.size()) : stem] = std::move(grid);
    }
    EXPECT_FALSE(sheets.empty()) << read_file(folder.path("out")) << read_file(folder.path("err"));
    return sheets;
}

Grid expected_grid(const daemon::Sheet& sheet) {
    Grid grid(static_cast<std::size_t>(sheet.rows()), std::vector<std::string>(static_cast<std::size_t>(sheet.cols())));
    for (const daemon::SheetCell& cell : sheet.cells) {
        std::string& place = grid[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.col)];
        if (const auto* figure = std::get_if<models::Decimal>(&cell.value)) place = figure->to_string();
        const auto* text = std::get_if<std::string>(&cell.value);
        if (text && !text->empty()) place = quoted(*text);
    }
    strip_blank_edges(grid);
    return grid;
}

void expect_opens_alike(const daemon::Book& book) {
    const auto bytes = daemon::xlsx_bytes(book);
    ASSERT_TRUE(bytes) << bytes.error().reason;
    const auto found = open_in_office(*bytes);
    const std::vector<std::string> names = daemon::sheet_names(book);
    ASSERT_EQ(found.size(), names.size());
    for (std::size_t s = 0; s < names.size(); ++s) {
        ASSERT_TRUE(found.contains(names[s])) << names[s];
        const Grid& grid = found.at(names[s]);
        const Grid expected = expected_grid(book.sheets[s]);
        ASSERT_EQ(grid.size(), expected.size()) << names[s];
        for (std::size_t row = 0; row < grid.size(); ++row)
            EXPECT_EQ(grid[row], expected[row]) << names[s] << " " << row;
    }
}

std::string part_of(const std::string& xlsx, const std::string& name) {
    // By the central directory (APPNOTE.TXT 4.3.12), for local headers need not say the sizes.
    const std::string signature("PK\x01\x02", 4);
    for (std::size_t at = 0; (at = xlsx.find(signature, at)) != std::string::npos; at += signature.size()) {
        const std::uint32_t packed = number_at(xlsx, at + 20, 4), size = number_at(xlsx, at + 24, 4);
        if (xlsx.compare(at + 46, number_at(xlsx, at + 28, 2), name) != 0) continue;
        const std::size_t local = number_at(xlsx, at + 42, 4);
        const std::size_t data = local + 30 + number_at(xlsx, local + 26, 2) + number_at(xlsx, local + 28, 2);
        std::string out(size, '\0');
        z_stream stream{};
        inflateInit2(&stream, -MAX_WBITS);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(xlsx.data() + data));
        stream.avail_in = packed;
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = size;
        inflate(&stream, Z_FINISH);
        inflateEnd(&stream);
        return out;
    }
    return "";
}

}  // namespace biaod::tests
