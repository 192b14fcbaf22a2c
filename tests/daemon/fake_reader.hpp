// A reader that obeys its document: what the first line says is what the worker does. For tests of everything around
// it.
//
//   crash           abort()
//   exit            ends without a word
//   hang            never returns
//   garbage         writes bytes that are no frame
//   huge            announces a result of 4 GiB
//   not_json, deep, wrong_id, no_tables   a result that is no valid record
//   late_crash      a good result, then abort()
//   bad             failure bad_input on page 3
//   temporary       failure temporary
//   once PATH       temporary when PATH does not exist, which it makes; a record otherwise
//   crash_once PATH the same with a crash
//   wait PATH       a record as soon as PATH exists
//   pages N         progress up to N pages, then a record
//   annual          a record of a known form
//   try_open PATH, try_create PATH, try_stat PATH, try_unlink PATH, try_exec PATH, try_socket, try_internet, try_fork,
//   try_kill, try_code, try_thread, try_environment
//                   failure bad_input whose reason is what came of it
//   anything else   a record with `report` null
// Asked for a picture, it returns the first bytes of a JPEG and the page's number.
#pragma once

#include "daemon/worker/document_worker.hpp"

namespace biaod::tests {

// The language decides what the sandbox leaves open: "locked" nothing; "reading" /usr/share; any other also the folder
// of temporary files, for the paths above.
models::Result<daemon::PreparedReader> prepare_fake(const daemon::ReadRequest& request);

}  // namespace biaod::tests
