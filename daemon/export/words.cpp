#include "daemon/export/words.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <utility>

namespace biaod::daemon {

using models::CheckStatus;
using models::ExclusionReason;
using models::ReviewReason;

std::string words(ReviewReason reason) {
    switch (reason) {
        case ReviewReason::low_confidence:
            return "读数把握不大";
        case ReviewReason::readings_disagree:
            return "两次读数不一致";
        case ReviewReason::check_failed:
            return "勾稽关系不符";
        case ReviewReason::missing:
            return "没有找到这一项";
        case ReviewReason::unreadable:
            return "无法辨认";
    }
    return "";
}

std::string words(CheckStatus status) {
    switch (status) {
        case CheckStatus::pass:
            return "相符";
        case CheckStatus::fail:
            return "不符";
        case CheckStatus::unknown:
            return "无法判断";
    }
    return "";
}

std::string words(const models::Exclusion& exclusion) {
    switch (exclusion.reason) {
        case ExclusionReason::flagged:
            return exclusion.review ? words(*exclusion.review) : "待核对";
        case ExclusionReason::place_flagged:
            return "报告的年度或表式待核对";
        case ExclusionReason::other_unit:
            return "计量单位不同";
        case ExclusionReason::too_large:
            return "数值过大，无法相加";
    }
    return "";
}

std::string check_words(const std::string& detail) {
    static const std::pair<std::regex, const char*> remarks[] = {
        {std::regex("^does not apply to this issuer$"), "不适用于这个单位"},
        {std::regex("^all are 0 or blank$"), "均为 0 或空白"},
        {std::regex(", 0 is usual for this issuer"), "，这个单位通常为 0"},
        {std::regex(", 0 is usual for ([^;]*)"), "，$1通常为 0"},
        {std::regex("^the reported year is not known$"), "没有读出报告的年度"},
        {std::regex("^no year is printed there$"), "该处没有印年份"},
        {std::regex("^reported year ([0-9]+), found ([0-9]+)$"), "报告年度为 $1，该处印作 $2"},
        {std::regex("^the text does not say$"), "正文没有提到"},
        {std::regex(": not printed in the table, the text says ([0-9.-]+)$"), "：表中没有印，正文为 $1"},
        {std::regex(": the table says ([0-9.-]+), the text ([0-9.-]+)$"), "：表中为 $1，正文为 $2"},
        {std::regex("; all are read surely: the print itself does not add up$"), "；各数均读得确切，原件本身不符"},
        {std::regex(": ([0-9]+) figure[(]s[)] not read$"), "：有 $1 个数字没有读出"},
        {std::regex("^([0-9]+) figures, all of the kind that the form asks for$"), "$1 个数字，种类均符合表式"}};
    // std::regex recurses with the text: a longer one than any of ours is not looked at.
    constexpr std::size_t longest = 2000;
    if (detail.size() > longest) return detail;
    for (const auto& [remark, words] : remarks) {
        if (std::regex_search(detail, remark)) return std::regex_replace(detail, remark, words);
    }
    return detail;
}

std::string review_note(const models::ReviewItem& item) {
    std::string out = "待核对：" + words(item.reason);
    if (!item.printed.empty()) out += "\n原件印作：" + item.printed;
    if (item.suggested) out += "\n建议：" + *item.suggested;
    if (item.page > 0) out += "\n原件第 " + std::to_string(item.page) + " 页";
    return out;
}

std::string field_words(const models::FormDefinition* form, const std::string& field) {
    static constexpr std::array<std::pair<const char*, const char*>, 7> names{{{"/report/title", "标题"},
                                                                               {"/report/issuer", "单位"},
                                                                               {"/report/year", "年度"},
                                                                               {"/report/form", "表式"},
                                                                               {"/report/document_number", "文号"},
                                                                               {"/report/addressee", "主送单位"},
                                                                               {"/report/date", "日期"}}};
    for (const auto& [pointer, name] : names) {
        if (field == pointer) return name;
    }
    if (field.starts_with("/blocks/")) return "正文中的数字";
    if (form) {
        for (const models::ValueSlot& slot : form->slots) {
            if (field == "/report" + slot.pointer) return slot.label;
            if (slot.unit_pointer && field == "/report" + *slot.unit_pointer) return slot.label + "（单位）";
        }
    }
    return field;
}

}  // namespace biaod::daemon
