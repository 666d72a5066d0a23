#include "engine/extract/topics/topic_index.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/extract/topics/word_family.h"

namespace onrecord {
namespace extract {
namespace {

// What a word counts for by where the codebook has it.
constexpr double kPhraseWord = 0.8;
constexpr double kNameWord = 1.0;
constexpr double kPropositionWord = 0.3;
constexpr double kNameFactor = 0.25;

// The last word of a phrase of several is its head: "ban" in "import ban".
constexpr double kHeadFactor = 1.5;

// What a phrase of the codebook counts for, and each word after its first.
constexpr double kPhrase = 2.0;
constexpr double kLongerPhrase = 1.0;

// From this on, words name a topic.
constexpr double kNamed = 0.5;

bool IsWord(const Token& token) {
  return token.tag < Tag::kQuote && token.tag != Tag::kPOS;
}

// The families of a token's word, one for each part between hyphens.
std::vector<std::string> FamiliesOf(const Document& document,
                                    const Token& token) {
  const std::string& word = token.lemma;
  std::vector<std::string> families;
  for (const absl::string_view part : absl::StrSplit(
           word.empty() ? document.TextOf(token) : absl::string_view(word), '-',
           absl::SkipEmpty())) {
    families.push_back(WordFamily(part));
  }
  return families;
}

// The families of the words of `text`, marks left out.
std::vector<std::string> FamiliesOfText(const std::string& text) {
  const Document document = Document::Analyze(text);
  std::vector<std::string> families;
  for (const Token& token : document.tokens()) {
    if (!IsWord(token)) continue;
    for (std::string& family : FamiliesOf(document, token)) {
      families.push_back(std::move(family));
    }
  }
  return families;
}

// The families of the words of `text` that may speak for a topic.
struct WeighedFamily {
  std::string family;
  double factor = 1.0;
};

// Names of places and people speak less: they are in every article on any of
// the topics.
std::vector<WeighedFamily> WeighFamilies(const std::string& text) {
  const Document document = Document::Analyze(text);
  std::vector<WeighedFamily> families;
  for (const Token& token : document.tokens()) {
    if (!IsWord(token) || token.tag == Tag::kCD || IsStopWord(token.lemma)) {
      continue;
    }
    const absl::string_view word = document.TextOf(token);
    const bool is_name = (token.tag == Tag::kNNP || token.tag == Tag::kNNPS ||
                          (token.begin > 0 && token.tag == Tag::kJJ)) &&
                         absl::ascii_isupper(word[0]) &&
                         !(word.size() > 1 && absl::ascii_isupper(word[1]));
    const double factor = is_name ? kNameFactor : 1.0;
    for (std::string& family : FamiliesOf(document, token)) {
      families.push_back({std::move(family), factor});
    }
  }
  return families;
}

}  // namespace

TopicIndex::TopicIndex(absl::Span<const Topic> topics)
    : topics_(topics.begin(), topics.end()) {
  for (size_t i = 0; i < topics_.size(); ++i) {
    const int topic = static_cast<int>(i);
    for (const std::string& phrase : topics_[i].phrases()) {
      AddPhrase(topic, phrase);
      AddWords(topic, phrase, kPhraseWord, kHeadFactor);
    }
    AddWords(topic, topics_[i].name(), kNameWord, 1.0);
    AddWords(topic, topics_[i].proposition(), kPropositionWord, 1.0);
  }
  for (auto& [family, phrases] : phrases_) {
    std::stable_sort(phrases.begin(), phrases.end(),
                     [](const Phrase& a, const Phrase& b) {
                       return a.families.size() > b.families.size();
                     });
  }
  // A word that several topics share tells less, the more so the more equally
  // they do; one that all share, nothing.
  for (auto& [family, weights] : weights_) {
    const double most = *std::max_element(weights.begin(), weights.end());
    const double sharing =
        std::accumulate(weights.begin(), weights.end(), 0.0) / most;
    const double rarity = topics_.size() < 2
                              ? 1.0
                              : std::log(topics_.size() / sharing) /
                                    std::log(1.0 * topics_.size());
    for (double& weight : weights) weight *= rarity;
  }
}

void TopicIndex::AddPhrase(int topic, const std::string& phrase) {
  std::vector<std::string> families = FamiliesOfText(phrase);
  if (families.empty()) return;
  const std::string first = families[0];
  phrases_[first].push_back({topic, std::move(families)});
}

void TopicIndex::AddWords(int topic, const std::string& text, double weight,
                          double head_factor) {
  const std::vector<WeighedFamily> families = WeighFamilies(text);
  for (size_t i = 0; i < families.size(); ++i) {
    std::vector<double>& weights = weights_[families[i].family];
    weights.resize(topics_.size());
    const bool is_head = i > 0 && i + 1 == families.size();
    weights[topic] =
        std::max(weights[topic],
                 weight * families[i].factor * (is_head ? head_factor : 1.0));
  }
}

const std::vector<TopicIndex::Phrase>& TopicIndex::PhrasesFrom(
    const std::string& family) const {
  static const std::vector<Phrase>* const kNone = new std::vector<Phrase>;
  const auto found = phrases_.find(family);
  return found == phrases_.end() ? *kNone : found->second;
}

double TopicIndex::WeightOf(const std::string& family, int topic) const {
  const auto found = weights_.find(family);
  return found == weights_.end() ? 0.0 : found->second[topic];
}

namespace {

// A word, or the part of one between hyphens.
struct Unit {
  std::string family;
  uint32_t token = 0;
};

std::vector<Unit> UnitsOf(const Document& document) {
  std::vector<Unit> units;
  const std::vector<Token>& tokens = document.tokens();
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    if (!IsWord(tokens[i])) {
      units.push_back({"", i});
      continue;
    }
    for (std::string& family : FamiliesOf(document, tokens[i])) {
      units.push_back({std::move(family), i});
    }
  }
  return units;
}

// Whether `token` may stand between the words of a phrase: "lift THE ban".
bool IsFiller(const Token& token) {
  return token.tag == Tag::kDT || token.tag == Tag::kPRPS ||
         token.tag == Tag::kJJ || token.tag == Tag::kPOS;
}

// Whether the word at `token` is a verb that means something else with what
// follows: "CHIPS in" is about no chips. Where a preposition ends a clause, the
// word before it is a verb, whatever it is tagged.
bool IsPhrasalVerb(const Document& document, uint32_t token) {
  const std::vector<Token>& tokens = document.tokens();
  const auto is_here = [&](uint32_t i) {
    return i < tokens.size() && tokens[i].sentence == tokens[token].sentence;
  };
  const uint32_t next = token + 1;
  if (!is_here(next)) return false;
  const Tag tag = tokens[token].tag;
  const bool is_verb = tag == Tag::kVB || tag == Tag::kVBZ || tag == Tag::kVBP;
  if (tokens[next].tag == Tag::kRP) return is_verb;
  return tokens[next].tag == Tag::kIN && (is_verb || tag == Tag::kNNS) &&
         (!is_here(next + 1) || tokens[next + 1].tag >= Tag::kComma);
}

// The unit after `phrase`, whose first word is at unit `first`; 0 if it is not
// there.
size_t MatchPhrase(const Document& document, const std::vector<Unit>& units,
                   size_t first, const std::vector<std::string>& phrase) {
  constexpr int kMaxFillers = 2;
  const std::vector<Token>& tokens = document.tokens();
  const uint32_t sentence = tokens[units[first].token].sentence;
  const auto is_in_sentence = [&](size_t i) {
    return i < units.size() && tokens[units[i].token].sentence == sentence;
  };
  size_t at = first + 1;
  for (size_t i = 1; i < phrase.size(); ++i) {
    int fillers = 0;
    while (is_in_sentence(at) && units[at].family != phrase[i] &&
           fillers < kMaxFillers && IsFiller(tokens[units[at].token])) {
      ++at;
      ++fillers;
    }
    if (!is_in_sentence(at) || units[at].family != phrase[i]) return 0;
    ++at;
  }
  return at;
}

}  // namespace

std::vector<TopicHit> FindTopicHits(const Document& document,
                                    const TopicIndex& index) {
  const std::vector<Unit> units = UnitsOf(document);
  const int topic_count = static_cast<int>(index.topics().size());
  std::vector<TopicHit> hits;
  // The end of the last phrase of each topic: its words do not count again.
  std::vector<size_t> taken(topic_count, 0);
  for (size_t i = 0; i < units.size(); ++i) {
    if (units[i].family.empty()) continue;
    for (const TopicIndex::Phrase& phrase :
         index.PhrasesFrom(units[i].family)) {
      if (taken[phrase.topic] > i) continue;
      const size_t end = MatchPhrase(document, units, i, phrase.families);
      if (end == 0) continue;
      const double score =
          kPhrase + kLongerPhrase * (phrase.families.size() - 1);
      hits.push_back({{units[i].token, units[end - 1].token + 1},
                      phrase.topic,
                      score,
                      true});
      taken[phrase.topic] = end;
    }
    if (IsStopWord(document.tokens()[units[i].token].lemma) ||
        IsPhrasalVerb(document, units[i].token)) {
      continue;
    }
    for (int topic = 0; topic < topic_count; ++topic) {
      const double weight = index.WeightOf(units[i].family, topic);
      if (weight <= 0 || taken[topic] > i) continue;
      hits.push_back(
          {{units[i].token, units[i].token + 1}, topic, weight, false});
    }
  }
  return hits;
}

std::vector<TopicHit>::const_iterator FirstHitFrom(
    const std::vector<TopicHit>& hits, uint32_t from) {
  return std::lower_bound(
      hits.begin(), hits.end(), from,
      [](const TopicHit& hit, uint32_t t) { return hit.range.first < t; });
}

int NamedTopic(const std::vector<TopicHit>& hits, TokenRange range) {
  std::vector<double> scores;  // by topic
  for (auto hit = FirstHitFrom(hits, range.first);
       hit != hits.end() && hit->range.last <= range.last; ++hit) {
    const auto topic = static_cast<size_t>(hit->topic);
    if (scores.size() <= topic) scores.resize(topic + 1);
    scores[topic] += hit->score;
  }
  const auto best = std::max_element(scores.begin(), scores.end());
  return best != scores.end() && *best >= kNamed
             ? static_cast<int>(best - scores.begin())
             : -1;
}

}  // namespace extract
}  // namespace onrecord
