// Numbers in made-up readings.
#include "ocr/text_numbers.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/made_up_reading.hpp"

namespace biaod::ocr {
namespace {

using tests::reading;

std::vector<std::string> numbers(const std::string& text, bool begins_line = true) {
    const Reading line = reading(text);
    std::vector<std::string> found;
    for (const NumberRun& number : numbers_in(line.symbols, begins_line)) {
        found.emplace_back();
        for (std::size_t i = number.first; i < number.last; ++i) found.back() += line.symbols[i].text;
        if (number.has_strokes) found.back() += " with strokes";
    }
    return found;
}

TEST(TextNumbers, AreDigitsWithMarksAndWhatMayBeADigit) {
    using Found = std::vector<std::string>;
    EXPECT_EQ(numbers("共1,204.5元，12件"), (Found{"1,204.5", "12"}));
    EXPECT_EQ(numbers("共1，204元。5"), (Found{"1，204", "5"})) << "in full width";
    EXPECT_EQ(numbers("为3-5、7件，8:30至9%"), (Found{"3-5、7", "8:30", "9"}));
    EXPECT_EQ(numbers("4,;187元5...6"), (Found{"4,;187", "5", "6"})) << "two marks at most";
    EXPECT_EQ(numbers("年]月|日至20l4年"), (Found{"] with strokes", "| with strokes", "20l4 with strokes"}));
    EXPECT_EQ(numbers("办理]-11件"), Found{"]-11 with strokes"});
    EXPECT_EQ(numbers("f@l63.co，[说明]，O"), (Found{"63"})) << "beside other marks a letter is one";
    EXPECT_EQ(numbers("二O二三年"), Found{});
    EXPECT_EQ(numbers("没有"), Found{});
}

TEST(TextNumbers, ABracketWithItsPartnerIsNone) {
    using Found = std::vector<std::string>;
    EXPECT_EQ(numbers("发[2019]14号"), (Found{"2019", "14"}));
    EXPECT_EQ(numbers("发[一九]14号"), Found{"14"});
    EXPECT_EQ(numbers("发〔2019]14号"), (Found{"2019", "14"})) << "taken for one of another kind";
    EXPECT_EQ(numbers("发!2019]14号"), (Found{"2019", "14"})) << "a year";
    EXPECT_EQ(numbers("有]5件[6件"), (Found{"]5 with strokes", "[6 with strokes"}));
    EXPECT_EQ(numbers("其中(163]条"), Found{"163] with strokes"});
}

TEST(TextNumbers, AnItemsNumberIsNone) {
    for (const char* item : {"1.加强", "12、加强", "（3）加强", "(3)加强"}) EXPECT_TRUE(numbers(item).empty()) << item;
    EXPECT_EQ(numbers("1.加强", false).size(), 1U) << "within a line";
    EXPECT_EQ(numbers("1.5万元").size(), 1U);
    EXPECT_EQ(numbers("2024.加强").size(), 1U);
    EXPECT_EQ(numbers("有1.加强").size(), 1U);
    EXPECT_EQ(numbers("《1）加强").size(), 1U);
    EXPECT_EQ(numbers("12）件").size(), 1U) << "the rest of a sentence";
    EXPECT_EQ(numbers("5、8件").size(), 1U);
    EXPECT_EQ(numbers("12").size(), 1U) << "a line of its own";
    EXPECT_EQ(numbers("12.").size(), 1U);
}

TEST(TextNumbers, AreFoundInAnotherReading) {
    const Reading line = reading("信息121条");
    const NumberRun number = numbers_in(line.symbols, true).at(0);
    EXPECT_EQ(number_at(line, number, reading("信息424条")), "424");
    EXPECT_EQ(number_at(line, number, reading("信息1，21条")), "1,21");
    EXPECT_EQ(number_at(line, number, reading("信息1-21条")), "1-21");
    EXPECT_EQ(number_at(line, number, reading("5信息121。条33")), "121") << "what stands elsewhere is another's";
    EXPECT_EQ(number_at(line, number, reading("信息条")), "");
    EXPECT_EQ(number_at(line, number, reading("")), "");
    EXPECT_EQ(number_at(line, number, reading("信7121条")), "7121") << "which is a mark here";
    EXPECT_EQ(number_at(line, number, reading("信息1215")), "1215");
    const Reading alone = reading("121");
    EXPECT_EQ(number_at(alone, numbers_in(alone.symbols, true).at(0), reading("9121")), "9121");
    const Reading star = reading("长14*8件");
    EXPECT_EQ(number_at(star, numbers_in(star.symbols, true).at(0), reading("长14.8件")), "14.8");
}

TEST(TextNumbers, AStrokeIsADigitWhereTwoOthersSayIt) {
    const auto settled = [](const std::string& text, const std::string& second, const std::string& fourth) {
        Reading line = reading(text);
        settle_strokes(line, reading(second), reading(fourth));
        return line.text;
    };
    EXPECT_EQ(settled("年]月2O件", "年1月20件", "年1月20件"), "年1月20件");
    EXPECT_EQ(settled("年]月", "年1月", "年]月"), "年]月");
    EXPECT_EQ(settled("年]月", "年7月", "年7月"), "年]月") << "which no stroke is";
    EXPECT_EQ(settled("发[2019]14号", "发12019114号", "发12019114号"), "发[2019]14号") << "a bracket";
    EXPECT_EQ(settled("共32件，年]月", "共82件，年1月", "共82件，年1月"), "共32件，年1月") << "nothing else";
}

struct Looks {
    std::string first, second, third, voted, fourth;
};

std::string disputed(const Looks& looks) {
    std::string all;
    const Reading first = reading(looks.first), second = reading(looks.second), third = reading(looks.third),
                  voted = reading(looks.voted), fourth = reading(looks.fourth);
    const auto look = [&]() -> const Reading& { return fourth; };
    for (const auto& number : disputed_numbers({first, second, third, voted, look, true, true}))
        all += number.read + " or " + number.other + ";";
    return all;
}

TEST(TextNumbers, AreInDisputeWhereTheNetworksDiffer) {
    EXPECT_EQ(disputed({"有5件", "有5个", "有5件", "有5件", "有3件"}), "") << "they do not";
    EXPECT_EQ(disputed({"有5件", "有3件", "有5件", "有5件", "有3件"}), "5 or 3;");
    EXPECT_EQ(disputed({"有5件", "有3件", "有5件", "有5件", "有5件"}), "") << "its second look";
    EXPECT_EQ(disputed({"有5件", "有3件", "有3件", "有3件", "有5件"}), "") << "the first one's second look";
    EXPECT_EQ(disputed({"有5件", "有3件", "有8件", "有3件", "有3件"}), "3 or 5;") << "one look of three";
    EXPECT_EQ(disputed({"有5件", "有3件", "有8件", "有8件", "有8件"}), "8 or 3;");
    EXPECT_EQ(disputed({"众\"41人", "众941人", "众\"41人", "众\"41人", "众941人"}), "41 or 941;");
    EXPECT_EQ(disputed({"年]月", "年1月", "年1月", "年1月", "年1月"}), "");
    EXPECT_EQ(disputed({"年]月", "年1月", "年]月", "年]月", "年1月"}), "] or 1;");
    EXPECT_EQ(disputed({"有5件，7个", "有3件，1个", "有5件，7个", "有5件，7个", "有3件，7个"}), "5 or 3;");
}

TEST(TextNumbers, AreComparedWithTheirMarksAndStrokes) {
    EXPECT_EQ(disputed({"为35件", "为3-5件", "为35件", "为35件", "为3-5件"}), "35 or 3-5;");
    EXPECT_EQ(disputed({"至1030分", "至10:30分", "至1030分", "至1030分", "至10:30分"}), "1030 or 10:30;");
    EXPECT_EQ(disputed({"长14*8件", "长14.8件", "长14*8件", "长14*8件", "长14.8件"}), "14 or 14.8;8 or 14.8;");
    EXPECT_EQ(disputed({"有5～8件", "有5-8件", "有5～8件", "有5～8件", "有5-8件"}), "");
    EXPECT_EQ(disputed({"5、8件", "6、8件", "5、8件", "5、8件", "6、8件"}), "5、8 or 6、8;")
        << "of a line that goes on";
    EXPECT_EQ(disputed({"办]-11件", "办1-11件", "办]-11件", "办1-11件", ""}), "") << "what a stroke may be";
    EXPECT_EQ(disputed({"有163]条", "有163]条", "有163]条", "有163]条", ""}), "163] or 1631;")
        << "for whoever reads it";
    EXPECT_EQ(disputed({"发[2019]14号", "发〔2019〕14号", "发[2019]14号", "发[2019]14号", ""}), "");
    EXPECT_EQ(disputed({"二O二三", "二0二三", "二O二三", "二O二三", "二0二三"}), "");
}

TEST(TextNumbers, AreInDisputeWhereOneNetworkHasNone) {
    EXPECT_EQ(disputed({"共了次", "共7次", "共了次", "共了次", "共7次"}), " or 7;");
    EXPECT_EQ(disputed({"共了次", "共7次", "共了次", "共了次", "共了次"}), "") << "its second look has none, either";
    EXPECT_EQ(disputed({"共5次", "共了次", "共了次", "共了次", "共了次"}), "") << "nor has any other";
    EXPECT_EQ(disputed({"共5次", "共了次", "共5次", "共了次", "共了次"}), " or 5;");
    EXPECT_EQ(disputed({"共B条", "共8条", "共5条", "共5条", "共8条"}), "5 or 8;") << "one look of three";
    EXPECT_EQ(disputed({"第三条", "第3条", "第三条", "第三条", "第3条"}), "") << "which is like it";
    EXPECT_EQ(disputed({"完成。继续", "完成0继续", "完成。继续", "完成。继续", "完成0继续"}), "");
}

// What stands at the end of a part is cut: 力 of 努力 is a 3.
TEST(TextNumbers, OnlyTheSecondNetworkHasAreNoneAtTheEndsOfAPart) {
    const Reading first = reading("努力保障"), second = reading("3力保障");
    const auto look = [&]() -> const Reading& { return second; };
    EXPECT_TRUE(disputed_numbers({first, second, first, first, look, false, true}).empty());
    EXPECT_EQ(disputed_numbers({first, second, first, first, look, true, true}).size(), 1U);
    const Reading last = reading("保障努"), other = reading("保障3");
    const auto look_at_other = [&]() -> const Reading& { return other; };
    EXPECT_TRUE(disputed_numbers({last, other, last, last, look_at_other, true, false}).empty());
}

// A look more than needed costs what a line costs.
TEST(TextNumbers, TheFourthLookIsForWhereTheyDiffer) {
    int looks = 0;
    const Reading line = reading("有5件，7个"), other = reading("有3件，1个");
    const auto fourth = [&]() -> const Reading& {
        ++looks;
        return line;
    };
    EXPECT_TRUE(disputed_numbers({line, line, line, line, fourth}).empty());
    EXPECT_TRUE(disputed_numbers({line, other, other, other, fourth}).empty());
    EXPECT_EQ(looks, 0);
    EXPECT_TRUE(disputed_numbers({line, other, line, line, fourth}).empty());
    EXPECT_GT(looks, 0);
}

}  // namespace
}  // namespace biaod::ocr
