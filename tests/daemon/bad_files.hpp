// Files that no reader can read, as people drop them; small ones that are made here.
#pragma once

#include <string>
#include <vector>

namespace biaod::tests {

struct BadFile {
    std::string name, content;
    std::string kind;         // models::ErrorKind as it is published
    std::string reason_part;  // of what the failure must say
};

std::vector<BadFile> bad_files();

// The smallest PDF with a page, which is blank.
std::string blank_pdf();

}  // namespace biaod::tests
