// The fixed words of known forms, to choose between readings that the pixels allow.
//
// A label that was read nearly right is read again with only the label's own characters allowed. Where that reading
// gives the label, whole and surely, it is taken; a line that says something else gives rubbish, and stands as it was
// read at first. Nothing is written that the network does not see.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace biaod::ocr {

class Vocabulary {
  public:
    // `phrases` as they are printed, UTF-8.
    explicit Vocabulary(const std::vector<std::string>& phrases);

    // Whether `text` is one of the phrases.
    bool knows(std::string_view text) const;

    // Whether it is, and no other phrase differs from it in one character, or has one more or less: what was misread so
    // would not be a phrase.
    bool is_sure_of(std::string_view text) const;

    struct Candidate {
        std::string characters;  // that a second reading may use: the phrase's own and the variants of its marks
        std::u32string phrase;   // folded
        double distance = 0;     // of the text: edits for each character
    };

    // The phrase that `text` may have been printed as, where it differs from every phrase but is near to one or to its
    // beginning or end (a label torn by a page break).
    std::optional<Candidate> near(std::string_view text) const;

    // Whether a reading is the candidate's phrase, or its beginning or end at the length of the first reading.
    static bool confirms(const Candidate& candidate, std::string_view first, std::string_view second);

  private:
    struct Phrase {
        std::string characters;
        std::u32string folded;
        bool has_like = false;  // another phrase with one other character
    };
    const Phrase* find(std::string_view text) const;

    std::vector<Phrase> phrases_;
};

}  // namespace biaod::ocr
