#include "engine/extract/topics/topics.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/extract/grammar/clauses.h"
#include "engine/extract/topics/both.h"
#include "engine/extract/topics/proposal_noun.h"

namespace onrecord {
namespace extract {
namespace {

// How much the words around the content count beside those in it.
constexpr double kSentenceFactor = 0.4;
constexpr double kSentenceBeforeFactor = 0.35;
constexpr double kHeadlineFactor = 0.3;

// What is named by the way: "in Geneva", "if there is a fund".
constexpr double kPlaceFactor = 0.2;
constexpr double kConditionFactor = 0.1;

// The same where nothing else in the content is named.
constexpr double kAloneFactor = 0.4;

// What the topic of an earlier saying counts for: of the same speaker in the
// same sentence, the same speaker nearby, anybody just before, the outer one.
constexpr double kSameSentence = 1.0;
constexpr double kSameSpeaker = 0.7;
constexpr double kNeighbour = 0.1;

// The same where the content only points back: "the idea", "it".
constexpr double kPointedTo = 0.8;
constexpr double kParent = 1.2;
constexpr uint32_t kNearbyParagraphs = 2;
constexpr size_t kNearbySayings = 40;

// How far "both" points back at most, so that the cost of a long paragraph
// stays linear.
constexpr uint32_t kNearbySentences = 40;

// From this on the content names its topic itself.
constexpr double kNamed = 0.5;
constexpr double kAroundNamed = 0.3;

// Below this nothing is a topic.
constexpr double kLeast = 0.3;

// Returns `hits` with single words counting less the more sentences have them:
// the article's general subject tells its topics apart no more than an article
// would.
std::vector<TopicHit> WeighByRarity(const Document& document,
                                    std::vector<TopicHit> hits) {
  const auto lemma_of = [&document](const TopicHit& hit) -> const std::string& {
    return document.tokens()[hit.range.first].lemma;
  };
  struct Use {
    double sentences = 0;
    uint32_t last = 0;  // the last of them
  };
  absl::flat_hash_map<std::string, Use> uses;
  for (const TopicHit& hit : hits) {
    if (hit.is_phrase) continue;
    Use& use = uses[lemma_of(hit)];
    const uint32_t sentence = document.tokens()[hit.range.first].sentence;
    if (use.sentences > 0 && use.last == sentence) continue;
    use.last = sentence;
    ++use.sentences;
  }
  const double all = document.sentences().size();
  for (TopicHit& hit : hits) {
    if (!hit.is_phrase && all > 1) {
      hit.score *= 1 - uses[lemma_of(hit)].sentences / all;
    }
  }
  return hits;
}

// Scores one article's sayings, in their order.
class Chooser {
 public:
  Chooser(const Document& document, const TopicIndex& index,
          absl::Span<const Saying> sayings)
      : document_(document),
        index_(index),
        sayings_(sayings),
        hits_(WeighByRarity(document, FindTopicHits(document, index))) {}

  std::vector<TopicChoice> Run();

 private:
  using Scores = std::vector<double>;  // by topic

  // Whether what only a place or a condition names counts like the rest.
  enum class ByTheWay { kCountsLess, kCounts };

  void AddHits(TokenRange range, double factor,
               const std::vector<TokenRange>& except, Scores* scores,
               std::vector<TopicHit>* grounds,
               ByTheWay by_the_way = ByTheWay::kCountsLess) const;
  void AddAcross(TokenRange part, TokenRange cue, Scores* scores,
                 std::vector<TopicHit>* grounds) const;
  double PlaceFactor(TokenRange range, const TopicHit& hit) const;
  TokenRange FrontedTopic(const Saying& saying) const;
  void AddSurroundings(size_t i, double factor, Scores* scores,
                       std::vector<TopicHit>* grounds) const;
  void AddEarlier(size_t i, double factor, bool points_back,
                  Scores* scores) const;
  bool PointsBack(const Saying& saying) const;
  TopicChoice Choose(size_t i) const;
  void ChooseOther(size_t i, TopicChoice* choice) const;
  std::vector<int> TopicsJustBefore(size_t i) const;

  const Sentence& SentenceAt(int i) const { return document_.sentences()[i]; }

  const Document& document_;
  const TopicIndex& index_;
  const absl::Span<const Saying> sayings_;
  const std::vector<TopicHit> hits_;
  std::vector<TopicChoice> choices_;
};

// Adds what lies in `range` and outside `except`. A word said twice counts
// once.
void Chooser::AddHits(TokenRange range, double factor,
                      const std::vector<TokenRange>& except, Scores* scores,
                      std::vector<TopicHit>* grounds,
                      ByTheWay by_the_way) const {
  auto hit = FirstHitFrom(hits_, range.first);
  std::vector<const TopicHit*> counted;
  for (; hit != hits_.end() && hit->range.first < range.last; ++hit) {
    const bool is_excepted = std::any_of(
        except.begin(), except.end(),
        [hit](TokenRange r) { return r.Contains(hit->range.first); });
    if (hit->range.last > range.last || is_excepted) continue;
    const double place =
        by_the_way == ByTheWay::kCounts ? 1.0 : PlaceFactor(range, *hit);
    const std::string& lemma = document_.tokens()[hit->range.first].lemma;
    const bool is_repeated =
        std::any_of(counted.begin(), counted.end(), [&](const TopicHit* other) {
          return other->topic == hit->topic &&
                 other->range.size() == hit->range.size() &&
                 document_.tokens()[other->range.first].lemma == lemma;
        });
    if (is_repeated) continue;
    counted.push_back(&*hit);
    (*scores)[hit->topic] += factor * place * hit->score;
    grounds->push_back(*hit);
  }
}

// Adds phrases that begin in the cue and end in the content: "reducing |
// trade".
void Chooser::AddAcross(TokenRange part, TokenRange cue, Scores* scores,
                        std::vector<TopicHit>* grounds) const {
  if (cue.last != part.first) return;
  for (auto hit = FirstHitFrom(hits_, cue.first);
       hit != hits_.end() && hit->range.first < cue.last; ++hit) {
    if (hit->is_phrase && part.Contains(hit->range.last - 1)) {
      (*scores)[hit->topic] += hit->score;
      grounds->push_back(*hit);
    }
  }
}

// A topic that only a place or a condition names is by the way.
double Chooser::PlaceFactor(TokenRange range, const TopicHit& hit) const {
  const std::vector<Token>& tokens = document_.tokens();
  for (uint32_t i = range.first; i < hit.range.first; ++i) {
    if (IsConditionWord(document_, i)) return kConditionFactor;
  }
  if (StandsInTimePhrase(document_, range.first, hit.range.first)) {
    return kPlaceFactor;
  }
  if (hit.range.first == range.first) return 1.0;
  const Token& before = tokens[hit.range.first - 1];
  const bool is_name = tokens[hit.range.first].tag == Tag::kNNP;
  return is_name && (before.lemma == "in" || before.lemma == "at")
             ? kPlaceFactor
             : 1.0;
}

// "On borrowing costs, she claimed …": the phrase before the speaker that says
// what the sentence is about. Empty if there is none.
TokenRange Chooser::FrontedTopic(const Saying& saying) const {
  const int at = SentenceOf(document_, saying);
  if (at < 0 || saying.source.empty()) return {};
  const std::vector<Token>& tokens = document_.tokens();
  const uint32_t first = SentenceAt(at).first;
  const uint32_t last = std::min(saying.source.first, SentenceAt(at).last);
  if (first + 2 >= last) return {};
  const std::string& word = tokens[first].lemma;
  if (word != "on" && word != "regarding" && word != "about" &&
      word != "concerning") {
    return {};
  }
  for (uint32_t i = first + 1; i < last; ++i) {
    if (IsVerbOrModal(tokens[i].tag)) return {};
    if (tokens[i].tag == Tag::kComma) return {first, i};
  }
  return {};
}

// The sentence around the content, without the speaker's name; the sentence
// before; and the headline.
void Chooser::AddSurroundings(size_t i, double factor, Scores* scores,
                              std::vector<TopicHit>* grounds) const {
  const Saying& saying = sayings_[i];
  const int sentence = SentenceOf(document_, saying);
  if (sentence < 0) return;
  std::vector<TokenRange> except = saying.content;
  except.push_back(saying.source);
  except.push_back(saying.cue);
  // "That A, but B": what the same cue governs next has its own topic.
  if (i + 1 < sayings_.size() && !saying.cue.empty() &&
      sayings_[i + 1].cue == saying.cue) {
    const std::vector<TokenRange>& next = sayings_[i + 1].content;
    except.insert(except.end(), next.begin(), next.end());
  }
  const Sentence& own = SentenceAt(sentence);
  AddHits({own.first, own.last}, factor * kSentenceFactor, except, scores,
          grounds);
  if (sentence > 0) {
    const Sentence& before = SentenceAt(sentence - 1);
    AddHits({before.first, before.last}, factor * kSentenceBeforeFactor, {},
            scores, grounds);
    const Sentence& headline = SentenceAt(0);
    AddHits({headline.first, headline.last}, factor * kHeadlineFactor, {},
            scores, grounds);
  }
}

// Whether the content begins with what was spoken of before: "the idea", "this
// plan", "it".
bool Chooser::PointsBack(const Saying& saying) const {
  if (saying.content.empty()) return false;
  const TokenRange part = saying.content.front();
  const std::vector<Token>& tokens = document_.tokens();
  uint32_t i = part.first;
  while (i < part.last && tokens[i].tag == Tag::kQuote) ++i;
  if (i == part.last) return false;
  if (tokens[i].tag == Tag::kPRP) {
    return tokens[i].lemma == "it" || tokens[i].lemma == "them";
  }
  if (tokens[i].tag != Tag::kDT) return false;
  const bool is_alone = i + 1 == part.last ||
                        IsVerbOrModal(tokens[i + 1].tag) ||
                        tokens[i + 1].tag == Tag::kRB;
  if (is_alone) return tokens[i].lemma == "this" || tokens[i].lemma == "that";
  return tokens[i].lemma != "a" && IsProposalNoun(tokens[i + 1].lemma);
}

// What the same speaker, or somebody just before, was talking about.
void Chooser::AddEarlier(size_t i, double factor, bool points_back,
                         Scores* scores) const {
  const Saying& saying = sayings_[i];
  const int sentence = SentenceOf(document_, saying);
  if (saying.parent >= 0 && saying.parent < static_cast<int>(i)) {
    const int topic = choices_[saying.parent].topic;
    if (topic >= 0) (*scores)[topic] += factor * kParent;
  }
  if (sentence < 0) return;
  bool is_neighbour = true;
  const size_t end = i - std::min(i, kNearbySayings);
  for (size_t j = i; j-- > end;) {
    const int other = SentenceOf(document_, sayings_[j]);
    if (choices_[j].topic < 0 || other < 0 ||
        static_cast<int>(j) == saying.parent) {
      continue;
    }
    const uint32_t here = SentenceAt(sentence).paragraph;
    const uint32_t there = SentenceAt(other).paragraph;
    if (there > here || here - there > kNearbyParagraphs) break;
    const bool is_same =
        saying.speaker < 0 || sayings_[j].speaker == saying.speaker;
    if (is_same) {
      (*scores)[choices_[j].topic] +=
          factor * (other == sentence ? kSameSentence : kSameSpeaker);
      break;
    }
    if (is_neighbour) {
      (*scores)[choices_[j].topic] +=
          factor * (points_back ? kPointedTo : kNeighbour);
    }
    is_neighbour = false;
  }
}

TopicChoice Chooser::Choose(size_t i) const {
  Scores scores(std::max<size_t>(index_.topics().size(), 1));
  std::vector<TopicHit> grounds;
  for (const TokenRange part : sayings_[i].content) {
    // "Voiced support for" speaks of no support, wherever the content begins.
    AddHits(part, 1.0, {sayings_[i].cue}, &scores, &grounds);
    AddAcross(part, sayings_[i].cue, &scores, &grounds);
  }
  // "If their inspectors come, the door is open": nothing else names one.
  if (*std::max_element(scores.begin(), scores.end()) < kNamed) {
    for (const TokenRange part : sayings_[i].content) {
      AddHits(part, kAloneFactor, {sayings_[i].cue}, &scores, &grounds,
              ByTheWay::kCounts);
    }
  }
  AddHits(FrontedTopic(sayings_[i]), 1.0, sayings_[i].content, &scores,
          &grounds);
  // Where the content names a topic, what is around it says little more.
  const double named = *std::max_element(scores.begin(), scores.end());
  const double factor = named >= kNamed ? kAroundNamed : 1.0;
  AddSurroundings(i, factor, &scores, &grounds);
  AddEarlier(i, factor, named < kLeast && PointsBack(sayings_[i]), &scores);
  TopicChoice choice;
  for (size_t topic = 0; topic < scores.size(); ++topic) {
    if (scores[topic] <= 0) continue;
    choice.scores.push_back({static_cast<int>(topic), scores[topic]});
  }
  std::stable_sort(choice.scores.begin(), choice.scores.end(),
                   [](const TopicScore& a, const TopicScore& b) {
                     return a.score > b.score;
                   });
  if (choice.scores.empty() || choice.scores[0].score < kLeast) {
    choice.unknown = index_.empty() ? "no topics are listed"
                                    : "no words of a topic here or just before";
    return choice;
  }
  choice.topic = choice.scores[0].topic;
  for (const TopicHit& hit : grounds) {
    if (hit.topic == choice.topic) choice.grounds.push_back(hit.range);
  }
  std::sort(choice.grounds.begin(), choice.grounds.end(),
            [](TokenRange a, TokenRange b) { return a.first < b.first; });
  choice.grounds.erase(
      std::unique(choice.grounds.begin(), choice.grounds.end()),
      choice.grounds.end());
  return choice;
}

// The topics named or spoken of nearby before `i`, the last first, each once.
std::vector<int> Chooser::TopicsJustBefore(size_t i) const {
  const int here = SentenceOf(document_, sayings_[i]);
  if (here < 0) return {};
  const uint32_t end = SentenceAt(here).first;
  uint32_t first = here;
  while (first > 0 && here - first < kNearbySentences &&
         SentenceAt(first - 1).paragraph + kNearbyParagraphs >=
             SentenceAt(here).paragraph) {
    --first;
  }
  std::vector<std::pair<uint32_t, int>> places;  // token and topic
  for (auto hit = FirstHitFrom(hits_, SentenceAt(first).first);
       hit != hits_.end() && hit->range.last <= end; ++hit) {
    if (hit->is_phrase) places.emplace_back(hit->range.first, hit->topic);
  }
  for (size_t j = i - std::min(i, kNearbySayings); j < i; ++j) {
    const uint32_t at = sayings_[j].cue.first;
    if (sayings_[j].cue.empty() || choices_[j].topic < 0) continue;
    if (at < SentenceAt(first).first || at >= end) continue;
    places.emplace_back(at, choices_[j].topic);
  }
  std::stable_sort(places.begin(), places.end());
  std::vector<int> topics;
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    if (std::find(topics.begin(), topics.end(), place->second) ==
        topics.end()) {
      topics.push_back(place->second);
    }
  }
  return topics;
}

// "The levy and the cap" are named here, "both" and "both moves" just before.
void Chooser::ChooseOther(size_t i, TopicChoice* choice) const {
  if (IsBoth(document_, sayings_[i].content)) {
    const std::vector<int> before = TopicsJustBefore(i);
    if (before.size() < 2) return;
    choice->topic = before[1];
    choice->other = before[0];
    choice->unknown.clear();
    return;
  }
  for (const TokenRange part : sayings_[i].content) {
    for (const JoinedNouns& joined : FindJoinedNouns(document_, part)) {
      const int left = NamedTopic(hits_, joined.left);
      const int right = NamedTopic(hits_, joined.right);
      if (left < 0 || right < 0 || left == right) continue;
      if (choice->topic != left && choice->topic != right) continue;
      choice->other = choice->topic == left ? right : left;
      return;
    }
  }
}

std::vector<TopicChoice> Chooser::Run() {
  choices_.reserve(sayings_.size());
  for (size_t i = 0; i < sayings_.size(); ++i) {
    TopicChoice choice = Choose(i);
    ChooseOther(i, &choice);
    choices_.push_back(std::move(choice));
  }
  return choices_;
}

}  // namespace

std::vector<TopicChoice> ChooseTopics(const Document& document,
                                      const TopicIndex& index,
                                      absl::Span<const Saying> sayings) {
  return Chooser(document, index, sayings).Run();
}

}  // namespace extract
}  // namespace onrecord
