// The "meta" part of a form's data file: how title, issuer, year and so on are found in the text.
#include "models/form_loader.hpp"

namespace biaod::models {

MetaPatterns load_meta(const FormNode& node) {
    node.object({"title", "letterhead", "year", "issuer", "document_number", "document_number_doubtful",
                 "document_number_print", "addressee", "date"});
    MetaPatterns meta;
    if (node.has("title")) {
        node["title"].object({"patterns", "not"});
        meta.title = load_patterns(node["title"], "patterns", 0);
        meta.not_title = load_patterns(node["title"], "not", 0);
    }
    meta.letterhead = load_patterns(node, "letterhead", 1);
    if (node.has("year")) {
        node["year"].object({"title", "text"});
        meta.year_in_title = load_patterns(node["year"], "title", 1);
        meta.year_in_text = load_patterns(node["year"], "text", 1);
    }
    if (node.has("issuer")) {
        const FormNode issuer = node["issuer"];
        issuer.object({"title", "line", "signature", "text", "core_ending"});
        meta.issuer_in_title = load_patterns(issuer, "title", 1);
        meta.issuer_line = load_patterns(issuer, "line", 1);
        meta.signature = load_patterns(issuer, "signature", 1);
        meta.issuer_in_text = load_patterns(issuer, "text", 1);
        if (issuer.has("core_ending")) meta.issuer_core_ending = load_pattern(issuer["core_ending"], 0);
    }
    meta.document_number = load_patterns(node, "document_number", 3);
    meta.document_number_doubtful = load_patterns(node, "document_number_doubtful", 3);
    if (!meta.document_number.empty() || !meta.document_number_doubtful.empty()) {
        meta.document_number_print = node["document_number_print"].text();
    }
    meta.addressee = load_patterns(node, "addressee", 1);
    meta.date = load_patterns(node, "date", 3);
    return meta;
}

}  // namespace biaod::models
