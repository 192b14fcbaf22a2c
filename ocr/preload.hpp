// Makes a process ready to read documents: loads what reading opens by path, so that the process can give up its right
// to open files before it sees a document.
#pragma once

#include <string>
#include <vector>

#include "models/error.hpp"

namespace biaod::ocr {

// The language data. Memory that is freed stays with the process from now on. Once, with one thread. Errors: config,
// when language data is not installed.
models::Result<void> preload(const std::string& languages);

// The index of the installed fonts, Poppler's list of encodings, the hash: enough to draw pages. Another thread may
// warm up meanwhile.
models::Result<void> preload_drawing();

// An engine for the first thread that reads. Errors: those of Engine::lend().
models::Result<void> warm_up(const std::string& languages);

// Folders from which files are still opened while a document is read: fonts that it names without embedding them, and
// the CMaps of such fonts.
std::vector<std::string> folders_opened_later();

}  // namespace biaod::ocr
