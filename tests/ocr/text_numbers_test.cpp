// Numbers in made-up readings.
#include "ocr/text_numbers.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/made_up_reading.hpp"

namespace biaod::ocr {
namespace {

using tests::reading;

std::vector<std::string> numbers(const std::string& text) {
    const Reading line = reading(text);
    std::vector<std::string> found;
    for (const NumberRun& number : numbers_in(line.symbols)) {
        found.emplace_back();
        for (std::size_t i = number.first; i < number.last; ++i) found.back() += line.symbols[i].text;
        if (number.has_strokes) found.back() += " with strokes";
    }
    return found;
}

TEST(TextNumbers, AreDigitsWithPointsAndWhatMayBeADigit) {
    using Found = std::vector<std::string>;
    EXPECT_EQ(numbers("共1,204.5元，12件"), (Found{"1,204.5", "12"}));
    EXPECT_EQ(numbers("共1，204元。5"), (Found{"1，204", "5"})) << "in full width";
    EXPECT_EQ(numbers("年]月|日至20l4年"), (Found{"] with strokes", "| with strokes", "20l4 with strokes"}));
    EXPECT_EQ(numbers("f@l63.co，[说明]，O"), (Found{"63"})) << "beside other marks a letter is one";
    EXPECT_EQ(numbers("没有"), Found{});
}

TEST(TextNumbers, AnItemsNumberIsNone) {
    for (const char* item : {"1.加强", "12、加强", "（3）加强", "(3)加强"}) EXPECT_TRUE(numbers(item).empty()) << item;
    EXPECT_EQ(numbers("1.5万元").size(), 1U);
    EXPECT_EQ(numbers("2024.加强").size(), 1U);
    EXPECT_EQ(numbers("有1.加强").size(), 1U);
    EXPECT_EQ(numbers("《1）加强").size(), 1U);
    EXPECT_EQ(numbers("12").size(), 1U) << "a line of its own";
}

TEST(TextNumbers, AreFoundInAnotherReading) {
    const Reading line = reading("信息121条");
    const NumberRun number = numbers_in(line.symbols).at(0);
    EXPECT_EQ(number_at(line, number, reading("信息424条")), "424");
    EXPECT_EQ(number_at(line, number, reading("信息1，21条")), "1,21");
    EXPECT_EQ(number_at(line, number, reading("5信息1 21。条33")), "121") << "what stands elsewhere is another's";
    EXPECT_EQ(number_at(line, number, reading("信息条")), "");
    EXPECT_EQ(number_at(line, number, reading("")), "");
    EXPECT_EQ(number_at(line, number, reading("信7121条")), "7121") << "which is a mark here";
    EXPECT_EQ(number_at(line, number, reading("信息1215")), "1215");
    const Reading alone = reading("121");
    EXPECT_EQ(number_at(alone, numbers_in(alone.symbols).at(0), reading("9121")), "9121");
}

struct Looks {
    std::string first, second, third, voted, fourth;
};

std::string disputed(const Looks& looks) {
    std::string all;
    const auto fourth = [&] { return reading(looks.fourth); };
    for (const auto& number : disputed_numbers(reading(looks.first), reading(looks.second), reading(looks.third),
                                               reading(looks.voted), fourth))
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
    EXPECT_EQ(disputed({"年]月", "年1月", "年]月", "年]月", "年1月"}), " or 1;");
    EXPECT_EQ(disputed({"有5件，7个", "有3件，1个", "有5件，7个", "有5件，7个", "有3件，7个"}), "5 or 3;");
}

// A look more than needed costs what a line costs.
TEST(TextNumbers, TheFourthLookIsForThoseOnly) {
    int looks = 0;
    const auto fourth = [&] {
        ++looks;
        return reading("有5件，7个");
    };
    const Reading line = reading("有5件，7个"), other = reading("有3件，1个");
    EXPECT_TRUE(disputed_numbers(line, line, line, line, fourth).empty());
    EXPECT_TRUE(disputed_numbers(line, other, other, other, fourth).empty());
    EXPECT_EQ(looks, 0);
    EXPECT_TRUE(disputed_numbers(line, other, line, line, fourth).empty());
    EXPECT_EQ(looks, 1) << "for both";
}

}  // namespace
}  // namespace biaod::ocr
