#include "models/form_meta.hpp"

#include <gtest/gtest.h>

#include "form_printer.hpp"

namespace biaod::models {
namespace {

class FormMeta : public ::testing::Test {
  protected:
    std::shared_ptr<const FormDefinition> form = testing::national_form("2021");
    Record record = testing::empty_record();

    void title(const std::string& text, double confidence = 1) {
        testing::add_block(record, BlockType::title, text, confidence);
    }
    void paragraph(const std::string& text, double confidence = 1) {
        testing::add_block(record, BlockType::paragraph, text, confidence);
    }
    void heading(const std::string& text) { testing::add_block(record, BlockType::heading, text); }
    Meta read() const { return read_meta(*form, record); }
    bool flagged(const Meta& meta, const std::string& field) const {
        return std::ranges::any_of(meta.review,
                                   [&](const ReviewItem& item) { return item.field == "/report/" + field; });
    }
    Meta read_title(const std::string& text) {
        record.blocks.clear();
        title(text);
        heading("一、总体情况");
        paragraph("情况如下。");
        return read();
    }
};

TEST_F(FormMeta, LetterheadWinsOverTheTitle) {
    title("神木市栏杆堡镇人民政府文件");
    paragraph("栏政发〔2022〕38号");
    title("栏杆堡镇人民政府");
    title("关于栏杆堡镇人民政府2021年信息公开工作");
    title("年度报告");
    paragraph("神木市人民政府办公室：");
    heading("一、总体情况");
    const Meta meta = read();
    EXPECT_EQ(meta.title, "栏杆堡镇人民政府关于栏杆堡镇人民政府2021年信息公开工作年度报告");
    EXPECT_EQ(meta.issuer, "神木市栏杆堡镇人民政府");
    EXPECT_EQ(meta.year, 2021);
    EXPECT_EQ(meta.document_number, "栏政发〔2022〕38号");
    EXPECT_EQ(meta.addressee, "神木市人民政府办公室");
    EXPECT_TRUE(meta.review.empty());
}

struct TitleCase {
    const char* title;
    const char* issuer;
    int year;
};

TEST_F(FormMeta, Titles) {
    const TitleCase cases[] = {
        {"临川县人民政府2024年政府信息公开工作年度报告", "临川县人民政府", 2024},
        {"丹麻镇政府 2021 年政府信息公开工作年度报告", "丹麻镇政府", 2021},
        {"三河镇2020年政府信息公开工作年度报告", "三河镇", 2020},
        {"雁鸣湖镇２０２１年度政府信息公开年报", "雁鸣湖镇", 2021},
        {"锦界镇人民政府关于报送锦界镇2023年政府信息公开工作的报告", "锦界镇人民政府", 2023},
        {"关于报送锦界镇2023年政府信息公开工作的报告", "锦界镇", 2023},
        {"2021年雁鸣湖镇人民政府信息公开工作年度报告", "雁鸣湖镇人民政府", 2021},
        {"雁鸣湖镇人民政府信息公开工作年度报告(2022年度)", "雁鸣湖镇人民政府", 2022},
        {"中宁县徐套乡人民政府二〇二一年政府信息公开工作年度报告", "中宁县徐套乡人民政府", 2021},
        {"某市财政局2022年关于2021年政府信息公开工作情况的报告", "某市财政局", 2021},
    };
    for (const TitleCase& c : cases) {
        const Meta meta = read_title(c.title);
        EXPECT_EQ(meta.year, c.year) << c.title;
        EXPECT_EQ(meta.issuer, c.issuer) << c.title;
        EXPECT_FALSE(flagged(meta, "issuer")) << c.title;
    }
}

TEST_F(FormMeta, IssuerOnTheLineAbove) {
    title("宁海市西店镇人民政府");
    title("2022年政府信息公开工作年度报告");
    heading("一、总体情况");
    const Meta meta = read();
    EXPECT_EQ(meta.issuer, "宁海市西店镇人民政府");
    EXPECT_EQ(meta.year, 2022);
}

// Seen on a scan: 川 in the title was read as 咱, and in the text as itself.
TEST_F(FormMeta, IssuerThatTheTextSpellsOtherwiseIsTheTextsAndFlagged) {
    title("临咱县人民政府2024年政府信息公开工作年度报告");
    heading("一、总体情况");
    paragraph("2024年，临川县人民政府认真公开信息。");
    EXPECT_EQ(read().issuer, "临咱县人民政府");  // once may be the misread one
    paragraph("按照临川县人民政府的要求编制。");
    const Meta meta = read();
    EXPECT_EQ(meta.issuer, "临川县人民政府");
    const auto item = std::ranges::find(meta.review, "/report/issuer", &ReviewItem::field);
    ASSERT_NE(item, meta.review.end());
    EXPECT_EQ(item->reason, ReviewReason::readings_disagree);
    EXPECT_EQ(item->suggested, "临咱县人民政府");
    paragraph("临咱县人民政府办公室");
    EXPECT_EQ(read().issuer, "临川县人民政府");  // misread twice, as a font's 川 may be
    EXPECT_TRUE(flagged(read(), "issuer"));
    for (int i = 0; i < 2; ++i) paragraph("临咱县人民政府办公室");
    EXPECT_EQ(read().issuer, "临咱县人民政府");  // printed more often
    EXPECT_FALSE(flagged(read(), "issuer"));
}

// Seen on scans: 和 before a title, and a 1 of its year that was read as a bracket.
TEST_F(FormMeta, WhatWasReadIntoTheEndsOfATitlesIssuerIsTakenOutAndFlagged) {
    for (const char* misread : {"和白塔县教育局2023年", "白塔县教育局202)年"}) {
        record.blocks.clear();
        title(misread + std::string("政府信息公开工作年度报告"));
        paragraph("现将白塔县教育局2023年政府信息公开工作情况报告如下。");
        const Meta meta = read();
        EXPECT_EQ(meta.issuer, "白塔县教育局") << misread;
        const auto item = std::ranges::find(meta.review, "/report/issuer", &ReviewItem::field);
        ASSERT_NE(item, meta.review.end()) << misread;
        EXPECT_NE(item->suggested, meta.issuer);
    }
    record.blocks.clear();
    title("云水县梅岭乡人民政府2023年政府信息公开工作年度报告");
    paragraph("现将梅岭乡人民政府2023年政府信息公开工作情况报告如下。");
    EXPECT_EQ(read().issuer, "云水县梅岭乡人民政府") << "the county above it";
    EXPECT_FALSE(flagged(read(), "issuer"));
}

// Seen on a phone's picture: the same in a letterhead, where a longer name is that of the county above.
TEST_F(FormMeta, ACharacterReadBeforeALetterheadIsTakenOutAndFlagged) {
    const auto with = [&](const std::string& letterhead, const std::string& in_title) {
        record.blocks.clear();
        title(letterhead + "文件");
        title(in_title + "2023年政府信息公开工作年度报告");
        paragraph("现将白塔县教育局2023年政府信息公开工作情况报告如下。");
        return read();
    };
    for (const auto& [above, below] :
         {std::pair("和白塔县教育局", "白塔县教育局"), {"白塔县教育局", "和白塔县教育局"}}) {
        const Meta meta = with(above, below);
        EXPECT_EQ(meta.issuer, "白塔县教育局") << above;
        const auto item = std::ranges::find(meta.review, "/report/issuer", &ReviewItem::field);
        ASSERT_NE(item, meta.review.end()) << above;
        EXPECT_EQ(item->reason, ReviewReason::readings_disagree);
        EXPECT_EQ(item->suggested, "和白塔县教育局");
    }
    EXPECT_EQ(with("白培县教育局", "白塔县教育局").issuer, "白塔县教育局") << "as in the text";
    EXPECT_TRUE(flagged(read(), "issuer"));
    EXPECT_EQ(with("云水市白塔县教育局", "白塔县教育局").issuer, "云水市白塔县教育局");
    EXPECT_FALSE(flagged(read(), "issuer"));
}

TEST_F(FormMeta, IssuerAndDateOfTheSignature) {
    title("2022年政府信息公开工作年度报告");
    heading("一、总体情况");
    paragraph("2022年，我镇认真公开信息。");
    heading("六、其他需要报告的事项");
    paragraph("无。");
    paragraph("西店镇人民政府");
    paragraph("二〇二三年一月十二日");
    const Meta meta = read();
    EXPECT_EQ(meta.issuer, "西店镇人民政府");
    EXPECT_EQ(meta.date, "2023-01-12");
}

TEST_F(FormMeta, TitleThatWasTakenForAParagraph) {
    paragraph("西店镇2022年政府信息公开工作年度报告");
    paragraph("按照《条例》规定，《西店镇2022年政府信息公开工作年度报告》现予发布。");
    heading("一、总体情况");
    EXPECT_EQ(read().title, "西店镇2022年政府信息公开工作年度报告");
    EXPECT_EQ(read().issuer, "西店镇");
}

TEST_F(FormMeta, IssuerOfTheOpeningSentenceIsFlagged) {
    for (const char* version : {"2021", "2019"}) {
        form = testing::national_form(version);
        record.blocks.clear();
        title("2022年政府信息公开工作年度报告");
        paragraph(
            "根据《中华人民共和国政府信息公开条例》规定，现将西店镇人民政府2022年度政府信息公开工作情况报告如下。");
        heading("一、总体情况");
        paragraph("2022年，我镇认真公开信息。");
        Meta meta = read();
        EXPECT_EQ(meta.issuer, "西店镇人民政府") << version;
        const auto item = std::ranges::find(meta.review, "/report/issuer", &ReviewItem::field);
        ASSERT_NE(item, meta.review.end()) << version;
        EXPECT_EQ(item->reason, ReviewReason::low_confidence) << version;
        EXPECT_EQ(item->printed, record.blocks[1].text) << version;
        EXPECT_EQ(item->page, 1) << version;

        // The sentence may also begin with the name.
        record.blocks[1].text = "西店镇人民政府2022年政务公开工作如下。";
        EXPECT_EQ(read().issuer, "西店镇人民政府") << version;

        // A signature is surer.
        paragraph("东店镇人民政府");
        meta = read();
        EXPECT_EQ(meta.issuer, "东店镇人民政府") << version;
        EXPECT_FALSE(flagged(meta, "issuer")) << version;
    }
}

TEST_F(FormMeta, BracketsOfTheDocumentNumber) {
    for (const char* printed :
         {"栏政发〔2022〕38号", "栏政发[2022]38号", "栏政发【2022】38号", "栏政发（2022）38 号", "栏政发〔2022]38号"}) {
        record.blocks.clear();
        title("栏杆堡镇人民政府文件");
        paragraph(printed);
        title("栏杆堡镇2021年政府信息公开工作年度报告");
        const Meta meta = read();
        EXPECT_EQ(meta.document_number, "栏政发〔2022〕38号") << printed;
        EXPECT_FALSE(flagged(meta, "document_number")) << printed;
    }
}

TEST_F(FormMeta, ADamagedDocumentNumberIsFlagged) {
    title("栏杆堡镇人民政府文件");
    paragraph("栏政发I2022)38号");
    title("栏杆堡镇2021年政府信息公开工作年度报告");
    EXPECT_EQ(read().document_number, "栏政发〔2022〕38号");
    EXPECT_TRUE(flagged(read(), "document_number"));
    record.blocks[1].text = "乱码";
    EXPECT_FALSE(read().document_number);
    EXPECT_TRUE(flagged(read(), "document_number"));
}

TEST_F(FormMeta, AReferenceInTheTextIsNoDocumentNumber) {
    title("三河镇2020年政府信息公开工作年度报告");
    paragraph("按照《通知》（宁政办发〔2019〕25号）的要求，现予公布。");
    heading("一、总体情况");
    EXPECT_FALSE(read().document_number);
    EXPECT_FALSE(flagged(read(), "document_number"));
}

TEST_F(FormMeta, MissingAndDoubtfulAreFlagged) {
    heading("一、总体情况");
    Meta meta = read();
    EXPECT_TRUE(flagged(meta, "title") && flagged(meta, "issuer") && flagged(meta, "year"));

    record.blocks.clear();
    title("三河镇2028年政府信息公开工作年度报告");  // misread: the text knows 2020 only
    heading("一、总体情况");
    for (int i = 0; i < 3; ++i) paragraph("2020年，我镇公开信息。");
    meta = read();
    EXPECT_EQ(meta.year, 2028);
    ASSERT_TRUE(flagged(meta, "year"));
    EXPECT_EQ(meta.review.front().suggested, "2020");
}

TEST_F(FormMeta, ALetterheadThatDisagreesIsFlagged) {
    title("神木市栏杆堤镇人民政府文件");
    paragraph("栏政发〔2022〕38号");
    title("栏杆堡镇2021年政府信息公开工作年度报告");
    EXPECT_TRUE(flagged(read(), "issuer"));
}

TEST_F(FormMeta, FaintTitleIsVouchedForByTheText) {
    title("三河镇2020年政府信息公开工作年度报告", 0.6);
    heading("一、总体情况");
    EXPECT_TRUE(flagged(read(), "issuer"));
    paragraph("2020年，三河镇公开信息。");
    EXPECT_TRUE(read().review.empty());
}

TEST_F(FormMeta, SectionsWithDamagedHeadings) {
    title("三河镇2020年政府信息公开工作年度报告");
    heading("—、总体情況");
    paragraph("甲。");
    paragraph("乙。");
    testing::add_block(record, BlockType::page_number, "— 1 —");
    heading("五、存在的主要问题及改进情况");
    paragraph("丙。");
    const Meta meta = read();
    ASSERT_EQ(meta.sections.size(), 2u);
    EXPECT_EQ(meta.sections[0].number, 1);
    EXPECT_EQ(meta.sections[0].text, "甲。\n乙。");
    EXPECT_EQ(meta.sections[1].number, 5);
}

}  // namespace
}  // namespace biaod::models
