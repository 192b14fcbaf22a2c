// biaod with the fake reader: the whole program but for OCR.
#include "daemon/cli/command_line.hpp"
#include "tests/daemon/fake_reader.hpp"

int main(int argc, char** argv) { return biaod::daemon::command_line(argc, argv, biaod::tests::prepare_fake); }
