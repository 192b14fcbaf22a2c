// A spreadsheet program that opens what biaod exports: LibreOffice (Debian's libreoffice-calc-nogui).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "daemon/export/book.hpp"

namespace biaod::tests {

using Grid = std::vector<std::vector<std::string>>;

// The sheets of a workbook as the office program reads them: names to values, each as it would be saved. Texts are
// quoted, figures are not ("12" and 12). A failure of the test when the program is missing or refuses the bytes.
std::map<std::string, Grid> open_in_office(const std::string& xlsx);

// What open_in_office() has to show of a sheet. Blank places are "".
Grid expected_grid(const daemon::Sheet& sheet);

// The values of `book` and those that the office program finds in the workbook made of it are the same.
void expect_opens_alike(const daemon::Book& book);

// A file out of the zip archive that a workbook is ("xl/worksheets/sheet1.xml"); "" when it is not there.
std::string part_of(const std::string& xlsx, const std::string& name);

}  // namespace biaod::tests
