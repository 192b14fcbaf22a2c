// What the mapping makes of a national form whose figures are known, whole or damaged.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "form_printer.hpp"
#include "models/form_match.hpp"

namespace biaod::models::testing {

struct Outcome {
    int right = 0, flagged_right = 0, flagged_wrong = 0, missing = 0, silent = 0;
    std::string first_silent;
};

// Every value of the form has a figure of its own, so a wrong place shows as a wrong figure.
Outcome compare(const std::shared_ptr<const FormDefinition>& form, const Record& record, const Figures& truth);

// The parameter is the form's version.
class NationalForm : public ::testing::TestWithParam<std::string> {
  protected:
    std::shared_ptr<const FormDefinition> form = national_form(GetParam());
    Figures figures = distinct_figures(*form);
    Record record = print_form(*form, figures);
    int values = static_cast<int>(form->slots.size());

    Outcome outcome() const { return compare(form, record, figures); }
    void expect_all_right() const {
        const Outcome out = outcome();
        EXPECT_EQ(out.right, values) << out.first_silent;
        EXPECT_EQ(out.silent, 0) << out.first_silent;
    }
};

}  // namespace biaod::models::testing
