// The words of the record's enumerations, for the writer and the reader of its JSON.
#pragma once

#include <array>
#include <utility>

#include "models/record.hpp"

namespace biaod::models {

template <typename Enum, std::size_t N>
using EnumNames = std::array<std::pair<Enum, const char*>, N>;

inline constexpr EnumNames<TextSource, 3> text_source_names{
    {{TextSource::layer, "layer"}, {TextSource::ocr, "ocr"}, {TextSource::mixed, "mixed"}}};

inline constexpr EnumNames<BlockType, 7> block_type_names{{{BlockType::title, "title"},
                                                           {BlockType::heading, "heading"},
                                                           {BlockType::paragraph, "paragraph"},
                                                           {BlockType::table, "table"},
                                                           {BlockType::page_number, "page_number"},
                                                           {BlockType::header, "header"},
                                                           {BlockType::seal, "seal"}}};

inline constexpr EnumNames<CheckStatus, 3> check_status_names{
    {{CheckStatus::pass, "pass"}, {CheckStatus::fail, "fail"}, {CheckStatus::unknown, "unknown"}}};

inline constexpr EnumNames<ReviewReason, 5> review_reason_names{{{ReviewReason::low_confidence, "low_confidence"},
                                                                 {ReviewReason::readings_disagree, "readings_disagree"},
                                                                 {ReviewReason::check_failed, "check_failed"},
                                                                 {ReviewReason::missing, "missing"},
                                                                 {ReviewReason::unreadable, "unreadable"}}};

inline constexpr EnumNames<CorrectionAction, 4> correction_action_names{{{CorrectionAction::accept, "accept"},
                                                                         {CorrectionAction::correct, "correct"},
                                                                         {CorrectionAction::undo, "undo"},
                                                                         {CorrectionAction::reread, "reread"}}};

inline constexpr EnumNames<Status, 3> status_names{
    {{Status::complete, "complete"}, {Status::needs_review, "needs_review"}, {Status::partial, "partial"}}};

}  // namespace biaod::models
