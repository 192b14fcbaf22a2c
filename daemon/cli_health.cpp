// biaod health: whether all is well, for monitoring.
#include "daemon/command_line.hpp"
namespace biaod::daemon {
void add_health(CLI::App&, ChosenCommand&) {}
}  // namespace biaod::daemon
