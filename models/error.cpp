#include "models/error.hpp"

namespace biaod::models {

const char* to_string(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::temporary:
            return "temporary";
        case ErrorKind::bad_input:
            return "bad_input";
        case ErrorKind::unsupported:
            return "unsupported";
        case ErrorKind::config:
            return "config";
        case ErrorKind::internal:
            return "internal";
    }
    return "internal";
}

}  // namespace biaod::models
