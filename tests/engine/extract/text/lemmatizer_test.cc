#include "engine/extract/text/lemmatizer.h"

#include <string>

#include "gtest/gtest.h"

namespace onrecord {
namespace extract {
namespace {

struct LemmaCase {
  const char* word;
  Tag tag;
  const char* lemma;
};

TEST(LemmatizerTest, GivesDictionaryForms) {
  constexpr LemmaCase kCases[] = {
      {"said", Tag::kVBD, "say"},
      {"denies", Tag::kVBZ, "deny"},
      {"voted", Tag::kVBD, "vote"},
      {"rejected", Tag::kVBN, "reject"},
      {"planned", Tag::kVBD, "plan"},
      {"added", Tag::kVBD, "add"},
      {"called", Tag::kVBD, "call"},
      {"controlled", Tag::kVBN, "control"},
      {"stressed", Tag::kVBD, "stress"},
      {"raised", Tag::kVBD, "raise"},
      {"agreed", Tag::kVBD, "agree"},
      {"used", Tag::kVBN, "use"},
      {"died", Tag::kVBD, "die"},
      {"lying", Tag::kVBG, "lie"},
      {"negotiating", Tag::kVBG, "negotiate"},
      {"treating", Tag::kVBG, "treat"},
      {"warning", Tag::kVBG, "warn"},
      {"opening", Tag::kVBG, "open"},
      {"requiring", Tag::kVBG, "require"},
      {"discussing", Tag::kVBG, "discuss"},
      {"quoted", Tag::kVBD, "quote"},
      {"settled", Tag::kVBD, "settle"},
      {"changed", Tag::kVBD, "change"},
      {"belonged", Tag::kVBD, "belong"},
      {"visited", Tag::kVBD, "visit"},
      {"invited", Tag::kVBD, "invite"},
      {"shed", Tag::kVBD, "shed"},
      {"n't", Tag::kRB, "not"},
      {"n’t", Tag::kRB, "not"},
      {"'s", Tag::kVBZ, "be"},
      {"’s", Tag::kPOS, "'s"},
      {"ca", Tag::kMD, "can"},
      {"Them", Tag::kPRP, "they"},
      {"women", Tag::kNNS, "woman"},
      {"countries", Tag::kNNS, "country"},
      {"crises", Tag::kNNS, "crisis"},
      {"taxes", Tag::kNNS, "tax"},
      {"politics", Tag::kNNS, "politics"},
      {"Tokyo", Tag::kNNP, "tokyo"},
      {"news", Tag::kNN, "news"},
  };
  for (const LemmaCase& test : kCases) {
    EXPECT_EQ(Lemmatize(test.word, test.tag), test.lemma) << test.word;
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
