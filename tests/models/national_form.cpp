#include "national_form.hpp"

#include "models/form_values.hpp"

namespace biaod::models::testing {

Outcome compare(const std::shared_ptr<const FormDefinition>& form, const Record& record, const Figures& truth) {
    const auto grids = make_grids(record);
    const auto readings = read_values(match_form(form, grids), grids);
    Outcome out;
    for (std::size_t i = 0; i < form->slots.size(); ++i) {
        const Reading& reading = readings[i];
        const std::string& want = truth.at(form->slots[i].pointer);
        const bool right = reading.found() && reading.cell->text == want;
        const bool flagged =
            reading.found() && (reading.place_doubtful || reading.figure.kind == FigureKind::not_a_figure);
        out.missing += !reading.found();
        out.right += right && !flagged;
        out.flagged_right += right && flagged;
        out.flagged_wrong += reading.found() && !right && flagged;
        if (reading.found() && !right && !flagged) {
            ++out.silent;
            if (out.first_silent.empty())
                out.first_silent = form->slots[i].pointer + " = " + reading.cell->text + ", want " + want;
        }
    }
    return out;
}

}  // namespace biaod::models::testing
