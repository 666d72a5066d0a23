#include "engine/extract/text/name_tagger.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/extract/text/place_names.h"

namespace onrecord {
namespace extract {
namespace {

constexpr size_t kClasses = static_cast<size_t>(NameClass::kOther) + 1;

const WordInfo& Edge() {
  static const WordInfo& edge = *[] {
    auto* info = new WordInfo;
    info->word = 2;
    return info;
  }();
  return edge;
}

bool MayBeName(const WordInfo& word, const Token& token) {
  return word.letters &&
         (word.capital || token.tag == Tag::kNNP || token.tag == Tag::kNNPS ||
          token.tag == Tag::kIN || token.tag == Tag::kCC ||
          token.tag == Tag::kDT || token.tag == Tag::kFW);
}

}  // namespace

NameTagger::NameTagger(const Models& models, const std::vector<WordInfo>& words)
    : models_(models), words_(words) {
  for (const WordInfo& word : words) {
    if (word.letters && !word.capital) lower_[word.lower] = true;
  }
}

void NameTagger::AddFeatures(const Sentence& sentence, uint32_t i,
                             const std::vector<Token>& tokens,
                             FeatureList& features) {
  if (!MayBeName(words_[i], tokens[i])) return;
  const auto inside = [&](int offset) {
    const int64_t at = static_cast<int64_t>(i) + offset;
    return at >= sentence.first && at < sentence.last;
  };
  const auto word = [&](int offset) -> const WordInfo& {
    return inside(offset) ? words_[static_cast<int64_t>(i) + offset] : Edge();
  };
  const auto tag = [&](int offset) -> uint64_t {
    return inside(offset) ? static_cast<uint64_t>(
                                tokens[static_cast<int64_t>(i) + offset].tag)
                          : 99;
  };
  const auto name = [&](int offset) -> uint64_t {
    return inside(offset) ? static_cast<uint64_t>(
                                tokens[static_cast<int64_t>(i) + offset].name)
                          : 99;
  };
  const auto memory = [&](int offset) -> uint64_t {
    if (!inside(offset) || !word(offset).capital) return 99;
    const auto found = memory_.find(word(offset).lower);
    return found == memory_.end() ? 98 : static_cast<uint64_t>(found->second);
  };
  const WordInfo& w = word(0);
  const uint64_t first = i == sentence.first;
  const uint64_t seen_lower = lower_.contains(w.lower);
  const uint64_t before = name(-1);
  const auto place =
      w.capital ? static_cast<uint64_t>(PlaceKindOf(w.lower)) : 0;
  uint32_t t = 100;
  features.Add(t++);
  features.Add(t++, w.word);
  features.Add(t++, w.shape, first, seen_lower);
  for (const uint64_t suffix : w.suffix) features.Add(t++, suffix);
  features.Add(t++, w.prefix);
  features.Add(t++, w.tail);
  features.Add(t++, memory(0));
  features.Add(t++, memory(1), before);
  features.Add(t++, memory(0), before);
  features.Add(t++, memory(-1), memory(1));
  features.Add(t++, word(-1).word);
  features.Add(t++, word(1).word);
  features.Add(t++, word(-2).word);
  features.Add(t++, word(2).word);
  features.Add(t++, word(-1).word, w.word);
  features.Add(t++, w.word, word(1).word);
  features.Add(t++, before, w.word);
  features.Add(t++, before, w.shape, tag(0));
  features.Add(t++, before, name(-2));
  features.Add(t++, before, word(1).word);
  features.Add(t++, before, word(-1).word);
  features.Add(t++, before, w.suffix[2]);
  features.Add(t++, tag(0));
  features.Add(t++, tag(-1), tag(0));
  features.Add(t++, tag(0), tag(1));
  features.Add(t++, tag(-1), tag(0), tag(1));
  features.Add(t++, tag(1), tag(2));
  features.Add(t++, w.shape, word(1).shape);
  features.Add(t++, word(-1).shape, w.shape);
  features.Add(t++, word(1).shape, word(2).word);
  features.Add(t++, word(-1).suffix[2], tag(0));
  features.Add(t++, word(1).suffix[2], tag(0));
  features.Add(t++, word(-1).word, word(1).word);
  features.Add(t++, before, word(1).shape, word(2).shape);
  if (place != 0) {
    features.Add(t++, place);
    features.Add(t++, place, before, word(1).shape);
    features.Add(t++, place, tag(0), tag(1));
  }
}

void NameTagger::Remember(uint32_t i, NameClass name) {
  if (words_[i].capital) memory_[words_[i].lower] = name;
}

void NameTagger::TagSentence(const Sentence& sentence,
                             std::vector<Token>& tokens) {
  FeatureList features;
  for (uint32_t i = sentence.first; i < sentence.last; ++i) {
    features.Clear();
    AddFeatures(sentence, i, tokens, features);
    if (features.size() == 0) continue;
    std::array<int32_t, kClasses> scores = {};
    models_.names.AddScores(features, scores.data());
    tokens[i].name = static_cast<NameClass>(
        std::max_element(scores.begin(), scores.end()) - scores.begin());
    Remember(i, tokens[i].name);
  }
}

}  // namespace extract
}  // namespace onrecord
