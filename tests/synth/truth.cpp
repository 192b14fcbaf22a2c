#include "tests/synth/truth.hpp"

#include <fstream>
#include <random>
#include <stdexcept>

#include "tests/synth/figures.hpp"

namespace biaod::synth {
namespace {

using nlohmann::json;

json data_file(const std::string& name) {
    std::ifstream in(std::string(BIAOD_SYNTH_DATA) + "/" + name);
    if (!in) throw std::runtime_error("missing data file " + name);
    return json::parse(in);
}

class Writer {
  public:
    Writer(Truth& truth, std::mt19937& random) : truth_(truth), random_(random), phrases_(data_file("phrases.json")) {}

    void write(const TruthOptions& options, const json& form) {
        const std::size_t unit = random_() % phrases_["units"].size();
        truth_.issuer = phrases_["units"][unit];
        truth_.year = 2019 + static_cast<int>(random_() % 7);
        using Kind = Paragraph::Kind;
        if (options.letterhead) {
            add(Kind::letterhead, truth_.issuer + "\u6587\u4ef6");  // 文件
            truth_.document_number = phrases_["short_codes"][unit].get<std::string>() + "\u3014" +
                                     std::to_string(truth_.year + 1) + "\u3015" + std::to_string(1 + random_() % 90) +
                                     "\u53f7";  // 〔 〕 号
            add(Kind::document_number, truth_.document_number);
        }
        add(Kind::title, pick("titles"));
        if (options.letterhead) add(Kind::addressee, pick("addressees"));
        add(Kind::body, pick("openings"));
        const auto& sections = form["sections"];
        add(Kind::heading, sections[0]);
        for (const auto& heading : phrases_["sub_headings"]) {
            add(Kind::heading, heading);
            add(Kind::body, sentences(2 + random_() % 3));
        }
        const char* tables[] = {"proactive", "requests", "review"};
        for (std::size_t i = 0; i < 3; ++i) {
            add(Kind::heading, sections[i + 1]);
            add(Kind::table, tables[i]);
        }
        add(Kind::heading, sections[4]);
        add(Kind::body, pick("problems"));
        add(Kind::body, pick("measures"));
        add(Kind::heading, sections[5]);
        add(Kind::body, pick("other"));
    }

  private:
    void add(Paragraph::Kind kind, const std::string& text) { truth_.paragraphs.push_back({kind, text}); }

    std::string pick(const char* list) {
        const json& choices = phrases_[list];
        return filled(choices[random_() % choices.size()]);
    }

    std::string sentences(std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += pick("sentences");
        return text;
    }

    std::string filled(std::string text) {
        const std::pair<const char*, std::string> slots[] = {{"{unit}", truth_.issuer},
                                                             {"{year}", std::to_string(truth_.year)},
                                                             {"{n}", std::to_string(100 + random_() % 1900)},
                                                             {"{m}", std::to_string(10 + random_() % 90)},
                                                             {"{k}", std::to_string(1 + random_() % 9)}};
        for (const auto& [slot, value] : slots)
            for (std::size_t at = text.find(slot); at != std::string::npos; at = text.find(slot))
                text.replace(at, std::string(slot).size(), value);
        return text;
    }

    Truth& truth_;
    std::mt19937& random_;
    json phrases_;
};

Grid fill_grid(const json& form, const std::string& table, const std::vector<std::string>& values) {
    const json& description = form["tables"][table];
    Grid grid{description["rows"], description["cols"], {}};
    for (const json& c : description["labels"]) grid.cells.push_back({c[0], c[1], c[2], c[3], c[4], false});
    std::size_t next = 0;
    for (const json& c : description["values"]) grid.cells.push_back({c[0], c[1], c[2], c[3], values.at(next++), true});
    return grid;
}

std::vector<std::string> in_order(const Figures& figures, const std::vector<std::string>& keys) {
    std::vector<std::string> values;
    for (const std::string& key : keys) values.insert(values.end(), figures.at(key).begin(), figures.at(key).end());
    return values;
}

}  // namespace

Truth make_truth(std::uint32_t seed, const TruthOptions& options) {
    std::mt19937 random(seed * 2654435761u + 12345u);
    Truth truth;
    truth.id = "synth" + std::to_string(seed);
    truth.form = options.form;
    const json form = data_file("form" + options.form + ".json");
    Writer(truth, random).write(options, form);
    fill_figures(truth, options, random);
    reword_zeros(truth, options.wording);
    truth.grids["proactive"] = fill_grid(form, "proactive", in_order(truth.proactive, proactive_keys(truth.form)));
    truth.grids["requests"] = fill_grid(form, "requests", in_order(truth.requests, request_keys(truth.form)));
    truth.grids["review"] = fill_grid(form, "review", in_order(truth.review, review_keys()));
    reword_grids(truth, options.wording, random);
    return truth;
}

Truth some_tables(Truth truth, const std::set<std::string>& tables, bool headings) {
    using Kind = Paragraph::Kind;
    std::erase_if(truth.paragraphs, [&](const Paragraph& p) {
        if (p.kind == Kind::table) return !tables.contains(p.text);
        return !headings || (p.kind != Kind::title && p.kind != Kind::heading);
    });
    std::erase_if(truth.grids, [&](const auto& grid) { return !tables.contains(grid.first); });
    if (!tables.contains("proactive")) truth.proactive.clear();
    if (!tables.contains("requests")) truth.requests.clear();
    if (!tables.contains("review")) truth.review.clear();
    return truth;
}

nlohmann::ordered_json to_json(const Truth& truth) {
    nlohmann::ordered_json out;
    out["id"] = truth.id;
    out["form"] = truth.form;
    out["issuer"] = truth.issuer;
    out["year"] = truth.year;
    out["doc_number"] = nullptr;
    if (!truth.document_number.empty()) out["doc_number"] = truth.document_number;
    out["proactive"] = truth.proactive;
    out["requests"] = truth.requests;
    out["review"] = truth.review;
    out["wrong"] = nullptr;
    if (!truth.wrong.empty()) out["wrong"] = truth.wrong;
    out["text"] = nlohmann::ordered_json::array();
    for (const Paragraph& p : truth.paragraphs)
        if (p.kind != Paragraph::Kind::table) out["text"].push_back(p.text);
    for (const auto& [name, grid] : truth.grids)
        for (const GridCell& c : grid.cells)
            out["grids"][name].push_back(
                {{"row", c.row}, {"col", c.col}, {"row_span", c.row_span}, {"col_span", c.col_span}, {"text", c.text}});
    return out;
}

}  // namespace biaod::synth
