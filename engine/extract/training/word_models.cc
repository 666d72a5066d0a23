#include "engine/extract/training/word_models.h"

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/types/optional.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/name_tagger.h"
#include "engine/extract/text/place_names.h"
#include "engine/extract/text/tagger.h"
#include "engine/extract/training/alignment.h"
#include "engine/extract/training/perceptron.h"
#include "engine/extract/training/shuffle.h"
#include "engine/extract/training/table_writer.h"

namespace onrecord {
namespace extract {
namespace {

constexpr int kEpochs = 6;
constexpr double kScale = 256;

// What the corpus says about a lower-case word.
struct WordCount {
  int count = 0;
  int capital = 0;  // of those inside a sentence
  int inside = 0;
  int person = 0;
  int organisation = 0;
  int first_of_person = 0;  // of several words
  int last_article = -1;
  int articles = 0;
  std::map<Tag, int> tags;
  std::set<uint64_t> second_of_person;
  std::set<uint64_t> beside_in_organisation;
};

using WordCounts = absl::flat_hash_map<uint64_t, WordCount>;

void CountArticle(const AnnotatedArticle& article, int number,
                  WordCounts& counts) {
  const Models empty;
  const auto lower = [&](size_t i) {
    const ByteSpan& span = article.tokens[i].span;
    return InfoOf(absl::string_view(article.text)
                      .substr(span.begin, span.end - span.begin),
                  empty.lexicon);
  };
  const auto& tokens = article.tokens;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const WordInfo info = lower(i);
    WordCount& word = counts[info.lower];
    const absl::optional<Tag> tag = TagFromTreebank(tokens[i].tag);
    if (!tag.has_value()) continue;
    const bool starts = i == 0 || tokens[i - 1].sentence != tokens[i].sentence;
    const bool name_before = !starts && tokens[i - 1].name == tokens[i].name;
    const bool name_after = i + 1 < tokens.size() &&
                            tokens[i + 1].sentence == tokens[i].sentence &&
                            tokens[i + 1].name == tokens[i].name;
    ++word.count;
    ++word.tags[*tag];
    if (!starts) {
      ++word.inside;
      word.capital += info.capital;
    }
    if (word.last_article != number) ++word.articles;
    word.last_article = number;
    if (tokens[i].name == "PERSON") {
      ++word.person;
      if (!name_before && name_after) {
        ++word.first_of_person;
        word.second_of_person.insert(lower(i + 1).lower);
      }
    } else if (tokens[i].name == "ORGANIZATION") {
      ++word.organisation;
      if (name_before) word.beside_in_organisation.insert(lower(i - 1).lower);
      if (name_after) word.beside_in_organisation.insert(lower(i + 1).lower);
    }
  }
}

// True if the word is a name, and not one that many share.
bool IsOneName(const WordCount& word) {
  if (2 * word.capital < word.inside) return false;
  if (2 * (word.person + word.organisation) < word.count) return false;
  if (word.person > word.organisation) {
    return word.second_of_person.size() < 4 ||
           2 * word.first_of_person < word.person;
  }
  return word.beside_in_organisation.size() < 6 || word.articles < 8 ||
         5 * word.person > word.organisation;
}

std::vector<Document> Analyzed(absl::Span<const AnnotatedArticle> corpus,
                               const Models& models) {
  std::vector<Document> documents;
  documents.reserve(corpus.size());
  for (const AnnotatedArticle& article : corpus) {
    documents.push_back(Document::Analyze(article.text, models));
  }
  return documents;
}

size_t Best(const std::vector<int32_t>& scores) {
  return std::max_element(scores.begin(), scores.end()) - scores.begin();
}

NameClass NameFromSilver(const std::string& name) {
  if (name == "PERSON") return NameClass::kPerson;
  if (name == "ORGANIZATION") return NameClass::kOrganisation;
  if (name == "LOCATION") return NameClass::kPlace;
  if (name == "MISC") return NameClass::kOther;
  return NameClass::kNone;
}

}  // namespace

std::string TrainLexicon(absl::Span<const AnnotatedArticle> corpus) {
  WordCounts counts;
  for (size_t i = 0; i < corpus.size(); ++i) {
    CountArticle(corpus[i], static_cast<int>(i), counts);
  }
  TableWriter writer;
  for (const auto& [lower, word] : counts) {
    if (word.count < 3 || word.articles < 2 || IsOneName(word)) continue;
    // Known places are a feature of their own, so that all of them profit.
    if (2 * word.capital > word.inside &&
        PlaceKindOf(lower) != PlaceKind::kNone) {
      continue;
    }
    const auto most = std::max_element(
        word.tags.begin(), word.tags.end(),
        [](const auto& a, const auto& b) { return a.second < b.second; });
    const bool only =
        word.count >= 40 && 500 * (word.count - most->second) <= word.count;
    writer.Add(lower, static_cast<uint16_t>(most->first), only ? 1 : -1, 1);
  }
  std::cerr << "lexicon: " << writer.size() << " words of " << counts.size()
            << "\n";
  return writer.Write();
}

std::string TrainTagger(absl::Span<const AnnotatedArticle> corpus,
                        const Models& models) {
  Perceptron perceptron(static_cast<size_t>(Tag::kPunct) + 1);
  std::vector<Document> documents = Analyzed(corpus, models);
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    size_t right = 0;
    size_t all = 0;
    for (const size_t d : Shuffled(corpus.size(), epoch)) {
      const Document& document = documents[d];
      std::vector<Token> tokens = document.tokens();
      const std::vector<int32_t> silver = AlignTokens(document, corpus[d]);
      FeatureList features;
      for (const Sentence& sentence : document.sentences()) {
        const bool title_case = IsTitleCase(sentence, document.words());
        for (uint32_t i = sentence.first; i < sentence.last; ++i) {
          Token& token = tokens[i];
          if (token.tag == Tag::kQuote || token.tag == Tag::kPOS) continue;
          const absl::optional<Tag> mark = TagOfMark(document.TextOf(token));
          const absl::optional<Tag> known =
              mark.has_value() ? mark : document.words()[i].only_tag;
          if (known.has_value()) {
            token.tag = *known;
            continue;
          }
          features.Clear();
          AddTagFeatures(sentence, title_case, i, document.words(), tokens,
                         features);
          const size_t guess = Best(perceptron.Score(features));
          token.tag = static_cast<Tag>(guess);
          if (silver[i] < 0) continue;
          const absl::optional<Tag> tag =
              TagFromTreebank(corpus[d].tokens[silver[i]].tag);
          if (!tag.has_value()) continue;
          perceptron.Update(features, static_cast<size_t>(*tag), guess);
          right += *tag == token.tag;
          ++all;
        }
      }
    }
    std::cerr << "tagger: epoch " << epoch << " " << 100.0 * right / all
              << "\n";
  }
  TableWriter writer;
  perceptron.Write(/*min_updates=*/3, /*min_weight=*/0.1, kScale, writer);
  std::cerr << "tagger: " << writer.size() << " weights\n";
  return writer.Write();
}

std::string TrainNames(absl::Span<const AnnotatedArticle> corpus,
                       const Models& models) {
  Perceptron perceptron(static_cast<size_t>(NameClass::kOther) + 1);
  std::vector<Document> documents = Analyzed(corpus, models);
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    size_t right = 0;
    size_t all = 0;
    for (const size_t d : Shuffled(corpus.size(), epoch)) {
      const Document& document = documents[d];
      std::vector<Token> tokens = document.tokens();
      const std::vector<int32_t> silver = AlignTokens(document, corpus[d]);
      NameTagger tagger(models, document.words());
      FeatureList features;
      for (const Sentence& sentence : document.sentences()) {
        for (uint32_t i = sentence.first; i < sentence.last; ++i) {
          tokens[i].name = NameClass::kNone;
          features.Clear();
          tagger.AddFeatures(sentence, i, tokens, features);
          if (features.size() == 0) continue;
          const size_t guess = Best(perceptron.Score(features));
          tokens[i].name = static_cast<NameClass>(guess);
          tagger.Remember(i, tokens[i].name);
          if (silver[i] < 0) continue;
          const NameClass name =
              NameFromSilver(corpus[d].tokens[silver[i]].name);
          perceptron.Update(features, static_cast<size_t>(name), guess);
          right += name == tokens[i].name;
          ++all;
        }
      }
    }
    std::cerr << "names: epoch " << epoch << " " << 100.0 * right / all << "\n";
  }
  TableWriter writer;
  perceptron.Write(/*min_updates=*/3, /*min_weight=*/0.1, kScale, writer);
  std::cerr << "names: " << writer.size() << " weights\n";
  return writer.Write();
}

}  // namespace extract
}  // namespace onrecord
