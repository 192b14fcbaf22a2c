// A form file of any content is taken, or refused with a sentence.
#include "models/forms.hpp"
#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace biaod;
    models::FormSet forms;
    const auto added = forms.add("form.json", tests::FuzzInput(data, size).rest());
    tests::require(added || !added.error().reason.empty(), "refused without a word");
    return 0;
}
