#include "engine/extract/text/tagger.h"

#include <algorithm>
#include <array>

#include "engine/extract/models/weight_table.h"
#include "engine/extract/text/characters.h"
#include "engine/extract/text/place_names.h"

namespace onrecord {
namespace extract {
namespace {

constexpr size_t kTags = static_cast<size_t>(Tag::kPunct) + 1;

// Stands for what is before the first and after the last word.
const WordInfo& Edge() {
  static const WordInfo& edge = *[] {
    auto* info = new WordInfo;
    info->word = 2;
    return info;
  }();
  return edge;
}

}  // namespace

absl::optional<Tag> TagOfMark(absl::string_view word) {
  const Character c = CharacterAt(word, 0);
  switch (c.type) {
    case CharClass::kPeriod:
      if (word.size() > 1 && IsWordClass(CharacterAt(word, 1).type)) {
        return absl::nullopt;  // ".5"
      }
      return word.size() == 1 ? Tag::kStop : Tag::kPunct;
    case CharClass::kStop:
      return Tag::kStop;
    case CharClass::kComma:
      return c.value == ',' ? Tag::kComma : Tag::kPunct;
    case CharClass::kQuote:
      return Tag::kQuote;
    case CharClass::kDash:
    case CharClass::kHyphen:
      return Tag::kPunct;
    case CharClass::kConnector:
      if (word.size() > 1 || c.value == '&' || c.value == '@') {
        return absl::nullopt;
      }
      return Tag::kPunct;
    case CharClass::kMark:
      if (c.value == '%') return absl::nullopt;
      return Tag::kPunct;
    default:
      return absl::nullopt;
  }
}

bool IsTitleCase(const Sentence& sentence, const std::vector<WordInfo>& words) {
  int capital = 0;
  int lower = 0;
  for (uint32_t i = sentence.first; i < sentence.last; ++i) {
    if (!words[i].letters) continue;
    (words[i].capital ? capital : lower) += 1;
  }
  return capital >= 3 && capital > 2 * lower;
}

void AddTagFeatures(const Sentence& sentence, bool title_case, uint32_t i,
                    const std::vector<WordInfo>& words,
                    const std::vector<Token>& tokens, FeatureList& features) {
  const auto word = [&](int offset) -> const WordInfo& {
    const int64_t at = static_cast<int64_t>(i) + offset;
    return at < sentence.first || at >= sentence.last ? Edge() : words[at];
  };
  const auto tag = [&](uint32_t back) -> uint64_t {
    return i < sentence.first + back
               ? kTags
               : static_cast<uint64_t>(tokens[i - back].tag);
  };
  const WordInfo& w = word(0);
  const uint64_t case_of = title_case + 2 * (i == sentence.first) +
                           4 * (i > sentence.first && word(-1).word != 2 &&
                                tokens[i - 1].tag == Tag::kQuote);
  const uint64_t before = tag(1);
  uint32_t t = 1;
  features.Add(t++);
  features.Add(t++, w.word);
  for (const uint64_t suffix : w.suffix) features.Add(t++, suffix);
  features.Add(t++, w.prefix);
  features.Add(t++, w.tail);
  features.Add(t++, w.shape, case_of);
  features.Add(t++, w.word, w.capital, case_of);
  features.Add(t++, word(-1).word);
  features.Add(t++, word(1).word);
  features.Add(t++, word(-2).word);
  features.Add(t++, word(2).word);
  features.Add(t++, before);
  features.Add(t++, before, tag(2));
  features.Add(t++, before, w.word);
  features.Add(t++, before, w.shape);
  features.Add(t++, before, w.suffix[2]);
  features.Add(t++, before, w.suffix[1], word(1).suffix[1]);
  features.Add(t++, before, tag(2), w.word);
  features.Add(t++, word(-1).suffix[2]);
  features.Add(t++, word(1).suffix[2]);
  features.Add(t++, word(1).shape, w.shape);
  features.Add(t++, word(-1).word, w.word);
  features.Add(t++, w.word, word(1).word);
  features.Add(t++, before, word(1).word);
  features.Add(t++, before, word(-1).word, w.suffix[1]);
  const auto place =
      w.capital ? static_cast<uint64_t>(PlaceKindOf(w.lower)) : 0;
  if (place != 0) {
    features.Add(t++, place);
    features.Add(t++, place, word(1).word);
    features.Add(t++, place, word(1).suffix[1]);
  }
}

// Whether a word tagged so stands before the noun that it describes.
bool IsDescribing(Tag tag) {
  return tag == Tag::kDT || tag == Tag::kJJ || tag == Tag::kJJR ||
         tag == Tag::kJJS || tag == Tag::kPRPS || tag == Tag::kPOS ||
         tag == Tag::kCD;
}

// "That further CURBS would hurt": before a modal, and behind what describes
// it, a word in -s is a noun. "Further" is taken for an adverb there.
void MakeNounBeforeModal(const Sentence& sentence, uint32_t modal,
                         std::vector<Token>& tokens) {
  if (modal < sentence.first + 2 || tokens[modal - 1].tag != Tag::kVBZ) return;
  Tag& before = tokens[modal - 2].tag;
  const bool opens_clause =
      before == Tag::kRB &&
      (modal - 2 == sentence.first || tokens[modal - 3].tag == Tag::kIN ||
       tokens[modal - 3].tag == Tag::kWDT);
  if (opens_clause) before = Tag::kJJ;
  if (IsDescribing(before)) tokens[modal - 1].tag = Tag::kNNS;
}

// "Assured HER by phone": no noun follows that could be hers.
void MakeObjectBefore(absl::string_view text, uint32_t next,
                      std::vector<Token>& tokens) {
  Token& token = tokens[next - 1];
  if (token.tag != Tag::kPRPS ||
      text.substr(token.begin, token.end - token.begin) != "her") {
    return;
  }
  switch (tokens[next].tag) {
    case Tag::kIN:
    case Tag::kDT:
    case Tag::kTO:
    case Tag::kWDT:
    case Tag::kComma:
    case Tag::kStop:
      token.tag = Tag::kPRP;
      break;
    default:
      break;
  }
}

// "“…,” Ana Ruiz POSTS from Madrid": behind speech and a name stands a verb.
void MakeVerbBehindSpeech(const Sentence& sentence, uint32_t next,
                          std::vector<Token>& tokens) {
  uint32_t first = next - 1;
  if (tokens[first].tag != Tag::kNNS) return;
  while (first > sentence.first && tokens[first - 1].tag == Tag::kNNP) --first;
  const bool has_name = first + 1 < next;
  if (!has_name || first < sentence.first + 2 ||
      tokens[first - 1].tag != Tag::kQuote ||
      tokens[first - 2].tag != Tag::kComma) {
    return;
  }
  const Tag tag = tokens[next].tag;
  if (tag == Tag::kIN || tag == Tag::kComma || tag == Tag::kStop) {
    tokens[next - 1].tag = Tag::kVBZ;
  }
}

// What the tag of `token` shows about those before it.
void CorrectBefore(absl::string_view text, const Sentence& sentence,
                   uint32_t token, std::vector<Token>& tokens) {
  if (token == sentence.first) return;
  if (tokens[token].tag == Tag::kMD) {
    MakeNounBeforeModal(sentence, token, tokens);
  }
  MakeObjectBefore(text, token, tokens);
  MakeVerbBehindSpeech(sentence, token, tokens);
}

void TagSentence(absl::string_view text, const Sentence& sentence,
                 const Models& models, const std::vector<WordInfo>& words,
                 std::vector<Token>& tokens) {
  const bool title_case = IsTitleCase(sentence, words);
  FeatureList features;
  for (uint32_t i = sentence.first; i < sentence.last; ++i) {
    Token& token = tokens[i];
    if (token.tag == Tag::kQuote || token.tag == Tag::kPOS) continue;
    const absl::optional<Tag> mark =
        TagOfMark(text.substr(token.begin, token.end - token.begin));
    const absl::optional<Tag> tag = mark.has_value() ? mark : words[i].only_tag;
    if (tag.has_value()) {
      token.tag = *tag;
      CorrectBefore(text, sentence, i, tokens);
      continue;
    }
    std::array<int32_t, kTags> scores = {};
    features.Clear();
    AddTagFeatures(sentence, title_case, i, words, tokens, features);
    models.tagger.AddScores(features, scores.data());
    token.tag = static_cast<Tag>(
        std::max_element(scores.begin(), scores.end()) - scores.begin());
    CorrectBefore(text, sentence, i, tokens);
  }
}

}  // namespace extract
}  // namespace onrecord
