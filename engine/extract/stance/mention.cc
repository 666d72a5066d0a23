#include "engine/extract/stance/mention.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/string_view.h"
#include "engine/extract/grammar/clauses.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/stance/polarity_lexicon.h"
#include "engine/extract/topics/proposal_noun.h"

namespace onrecord {
namespace extract {
namespace {

using absl::string_view;

// A single word of the topic that counts for less names it only by chance.
constexpr double kLeastWord = 0.15;

// Of two mentions the one in "chip restrictions" tells more.
constexpr double kRestrictionBonus = 0.5;

// How many tokens before a clause a phrase that ends in it may begin.
constexpr uint32_t kPhraseReach = 8;

constexpr string_view kPronouns = "it them this that so";

}  // namespace

bool HasFiniteVerb(const Document& document, TokenRange range) {
  for (uint32_t i = range.first; i < range.last; ++i) {
    if (IsFiniteVerb(document.tokens()[i].tag)) return true;
  }
  return false;
}

bool IsSubject(const Document& document, TokenRange clause,
               TokenRange mention) {
  return !HasFiniteVerb(document, {clause.first, mention.first}) &&
         HasFiniteVerb(document, {mention.last, clause.last});
}

MentionFinder::MentionFinder(const Document& document, const TopicIndex& index,
                             const std::vector<PolarityHit>& polarity)
    : document_(document),
      polarity_(polarity),
      topic_hits_(FindTopicHits(document, index)) {}

// Whether the mention only says what the clause is about: "On repairs, they…".
bool MentionFinder::IsTopicalised(TokenRange clause, TokenRange mention) const {
  if (mention.first == clause.first || mention.first > clause.first + 2) {
    return false;
  }
  return At(clause.first).tag == Tag::kIN && At(clause.first).lemma != "that" &&
         IsSubject(document_, clause, mention);
}

// Whether a noun that holds something back follows: "chip RESTRICTIONS".
bool MentionFinder::LeadsToRestriction(TokenRange mention) const {
  if (mention.last >= document_.tokens().size()) return false;
  const std::vector<PolarityHit> next =
      PolarityIn(polarity_, {mention.last, mention.last + 1});
  return !next.empty() && IsRestrictive(next[0].effect) &&
         IsNoun(At(mention.last).tag);
}

// The topic's phrase, else its most telling word. `across` is set if a phrase
// begins in the cue and ends in the clause.
const TopicHit* MentionFinder::BestHit(
    TokenRange clause, int topic, std::optional<TopicMention>* across) const {
  const TopicHit* best = nullptr;
  double best_score = 0;
  // "Reducing | trade": a phrase may begin in the cue, which is read already.
  const uint32_t from = clause.first - std::min(clause.first, kPhraseReach);
  for (auto at = FirstHitFrom(topic_hits_, from);
       at != topic_hits_.end() && at->range.first < clause.last; ++at) {
    const TopicHit& hit = *at;
    const bool is_across = hit.range.first < clause.first &&
                           clause.Contains(hit.range.last - 1) && hit.is_phrase;
    if (hit.topic == topic && is_across) {
      across->emplace();
      (*across)->range = {clause.first, hit.range.last};
      (*across)->is_phrase = true;
      return nullptr;
    }
    if (hit.topic != topic || !clause.Contains(hit.range)) continue;
    const Tag tag = At(hit.range.first).tag;
    if (!hit.is_phrase && (hit.score < kLeastWord || IsProper(tag))) continue;
    if (IsTopicalised(clause, hit.range)) continue;
    if (StandsInTimePhrase(document_, clause.first, hit.range.first)) continue;
    // Of "lift the ban" only "lift" is here: it acts on the topic unnamed.
    if (!hit.is_phrase && IsVerbOrModal(tag) &&
        !PolarityIn(polarity_, hit.range).empty()) {
      continue;
    }
    const double score =
        hit.score + (LeadsToRestriction(hit.range) ? kRestrictionBonus : 0);
    if (best == nullptr || score > best_score) {
      best = &hit;
      best_score = score;
    }
  }
  return best;
}

TopicMention MentionFinder::MentionOf(const TopicHit& hit) const {
  TopicMention mention;
  mention.range = hit.range;
  mention.is_phrase = hit.is_phrase;
  for (uint32_t i = hit.range.first; i < hit.range.last; ++i) {
    mention.stands_for_proposition |= IsProposalNoun(At(i).lemma);
  }
  const std::vector<PolarityHit> own = PolarityIn(polarity_, hit.range);
  for (size_t i = 0; i < own.size(); ++i) {
    const bool is_modifier =
        i + 1 < own.size() && own[i].range.last == own[i + 1].range.first;
    if (!is_modifier && SignOf(own[i].effect) != 0) {
      mention.sign *= SignOf(own[i].effect);
    }
  }
  return mention;
}

// "The plan", "the decision", "welcomed it".
std::optional<TopicMention> MentionFinder::StandIn(TokenRange clause) const {
  for (uint32_t i = clause.first; i < clause.last; ++i) {
    const bool is_noun = IsNoun(At(i).tag) && IsProposalNoun(At(i).lemma);
    const bool is_pronoun = i > clause.first &&
                            InList(At(i).lemma, kPronouns) &&
                            (i + 1 == clause.last || !IsNoun(At(i + 1).tag)) &&
                            IsVerbOrModal(At(i - 1).tag);
    // "More would follow": of what was done.
    const bool is_more = At(i).lemma == "more" && i + 1 < clause.last &&
                         At(i + 1).tag == Tag::kMD;
    if (!is_noun && !is_pronoun && !is_more) continue;
    TopicMention mention;
    mention.range = {i, i + 1};
    mention.stands_for_proposition = true;
    mention.is_deed = is_more || (is_noun && IsDeedNoun(At(i).lemma) &&
                                  i > clause.first && IsDefinite(i - 1));
    return mention;
  }
  return std::nullopt;
}

// Whether a noun behind `token` was spoken of before: "the", "both", "his".
bool MentionFinder::IsDefinite(uint32_t token) const {
  const Tag tag = At(token).tag;
  return tag == Tag::kPRPS || tag == Tag::kPOS ||
         InList(At(token).lemma, "the this that these those both two");
}

std::optional<TopicMention> MentionFinder::Find(TokenRange clause,
                                                int topic) const {
  std::optional<TopicMention> across;
  const TopicHit* best = BestHit(clause, topic, &across);
  if (across) return across;
  return best != nullptr ? MentionOf(*best) : StandIn(clause);
}

}  // namespace extract
}  // namespace onrecord
