#include "daemon/cli/command_line.hpp"
#include "daemon/worker/ocr_worker.hpp"

int main(int argc, char** argv) { return biaod::daemon::command_line(argc, argv, biaod::daemon::prepare_ocr); }
