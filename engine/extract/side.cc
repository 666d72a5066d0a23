#include "engine/extract/side.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/extract/modality.h"

namespace onrecord {
namespace extract {
namespace {

using absl::string_view;

// A single word of the topic that counts for less names it only by chance.
constexpr double kLeastWord = 0.15;

// Nouns that stand for what is proposed, whatever that is.
constexpr string_view kProposalNouns[] = {
    "measure",   "step",       "decision", "plan",    "proposal", "idea",
    "move",      "bill",       "law",      "policy",  "request",  "scheme",
    "shift",     "change",     "reform",   "project", "approach", "demand",
    "agreement", "initiative", "draft",    "push",    "deal",
};

constexpr string_view kPronouns[] = {"it", "them", "this", "that", "so"};

// Prepositions that lead from a noun to what it governs: "opposition TO".
constexpr string_view kLinks[] = {"of", "on",   "to",    "against", "over",
                                  "in", "from", "about", "at",      "for"};

// What follows these is an aside of the predicate.
constexpr string_view kAsides[] = {"for",    "with",  "by",     "after",
                                   "before", "than",  "during", "because",
                                   "as",     "until", "in"};

template <size_t n>
bool Has(const string_view (&table)[n], string_view word) {
  return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

bool IsNoun(Tag tag) {
  return tag == Tag::kNN || tag == Tag::kNNS || tag == Tag::kNNP ||
         tag == Tag::kNNPS;
}

// What holds something back, said as a thing: "the ban", "a halt".
bool IsRestrictive(Effect effect) {
  return effect == Effect::kRestriction || effect == Effect::kHinder;
}

}  // namespace

// From the modal on, until the first noun that is not itself a restriction:
// "should keep its ban on seafood" is keep times ban.
int DirectionOf(const std::string& proposition) {
  const Document document = Document::Analyze(proposition);
  const std::vector<Token>& tokens = document.tokens();
  const std::vector<PolarityHit> hits = FindPolarity(document);
  uint32_t i = 0;
  while (i < tokens.size() && tokens[i].tag != Tag::kMD) ++i;
  if (i == tokens.size()) i = 0;
  int sign = 1;
  auto hit = hits.begin();
  while (i < tokens.size()) {
    while (hit != hits.end() && hit->range.first < i) ++hit;
    const Token& token = tokens[i];
    if (IsNegation(document, i)) sign = -sign;
    const bool is_hit = hit != hits.end() && hit->range.first == i;
    if (is_hit) {
      const bool is_modifier =
          IsNoun(token.tag) && hit->range.last < tokens.size() &&
          IsNoun(tokens[hit->range.last].tag) && std::next(hit) != hits.end() &&
          std::next(hit)->range.first == hit->range.last;
      if (!is_modifier && SignOf(hit->effect) < 0) sign = -sign;
      i = hit->range.last;
      continue;
    }
    const bool is_compound = i + 1 < tokens.size() &&
                             IsNoun(tokens[i + 1].tag) && hit != hits.end() &&
                             hit->range.first == i + 1;
    if ((token.tag == Tag::kNN || token.tag == Tag::kNNS) && !is_compound) {
      break;
    }
    ++i;
  }
  return sign;
}

SideReader::SideReader(const Document& document, const TopicIndex& index)
    : document_(document),
      index_(index),
      polarity_(FindPolarity(document)),
      topic_hits_(FindTopicHits(document, index)) {
  for (const Topic& topic : index.topics()) {
    directions_.push_back(DirectionOf(
        topic.proposition().empty() ? topic.name() : topic.proposition()));
  }
}

std::vector<PolarityHit> SideReader::HitsIn(TokenRange range) const {
  std::vector<PolarityHit> hits;
  auto hit = std::lower_bound(
      polarity_.begin(), polarity_.end(), range.first,
      [](const PolarityHit& h, uint32_t t) { return h.range.first < t; });
  for (; hit != polarity_.end() && hit->range.last <= range.last; ++hit) {
    hits.push_back(*hit);
  }
  return hits;
}

bool SideReader::IsVerbal(TokenRange range) const {
  if (range.size() > 1) return true;
  return IsVerb(At(range.first).tag);
}

// Whether nothing but a noun phrase and the prepositions that govern it stand
// in tokens [from, to).
bool SideReader::IsLinked(uint32_t from, uint32_t to) const {
  for (uint32_t i = from; i < to; ++i) {
    const Tag tag = At(i).tag;
    if (IsFiniteVerb(tag) || tag == Tag::kComma || tag == Tag::kStop ||
        tag == Tag::kCC) {
      return false;
    }
    if (tag == Tag::kIN && !Has(kLinks, At(i).lemma)) return false;
  }
  return true;
}

bool SideReader::HasFiniteVerb(TokenRange range) const {
  for (uint32_t i = range.first; i < range.last; ++i) {
    if (IsFiniteVerb(At(i).tag)) return true;
  }
  return false;
}

// Whether the mention stands before the verb of its clause.
bool SideReader::IsSubject(TokenRange clause, TokenRange mention) const {
  return !HasFiniteVerb({clause.first, mention.first}) &&
         HasFiniteVerb({mention.last, clause.last});
}

// The topic's phrase, else its most telling word, else a word that stands for
// what is proposed.
std::optional<SideReader::Mention> SideReader::FindMention(TokenRange clause,
                                                           int topic) const {
  const TopicHit* best = nullptr;
  for (const TopicHit& hit : topic_hits_) {
    if (hit.topic != topic || !clause.Contains(hit.range)) continue;
    if (!hit.is_phrase && hit.score < kLeastWord) continue;
    if (best == nullptr || hit.score > best->score) best = &hit;
  }
  Mention mention;
  if (best != nullptr) {
    mention.range = best->range;
    for (uint32_t i = best->range.first; i < best->range.last; ++i) {
      mention.stands_for_proposition |= Has(kProposalNouns, At(i).lemma);
    }
    const std::vector<PolarityHit> own = HitsIn(best->range);
    for (size_t i = 0; i < own.size(); ++i) {
      const bool is_modifier =
          i + 1 < own.size() && own[i].range.last == own[i + 1].range.first;
      if (!is_modifier && SignOf(own[i].effect) != 0) {
        mention.sign *= SignOf(own[i].effect);
      }
    }
    return mention;
  }
  for (uint32_t i = clause.first; i < clause.last; ++i) {
    const bool is_noun = IsNoun(At(i).tag) && Has(kProposalNouns, At(i).lemma);
    const bool is_pronoun = i > clause.first && Has(kPronouns, At(i).lemma) &&
                            (i + 1 == clause.last || !IsNoun(At(i + 1).tag)) &&
                            IsVerb(At(i - 1).tag);
    if (!is_noun && !is_pronoun) continue;
    mention.range = {i, i + 1};
    mention.stands_for_proposition = true;
    return mention;
  }
  return std::nullopt;
}

// Verbs before the mention, and nouns and adjectives that lead to it.
void SideReader::MultiplyBefore(TokenRange clause, TokenRange mention,
                                Product* product) const {
  const std::vector<PolarityHit> hits = HitsIn({clause.first, mention.first});
  for (size_t i = 0; i < hits.size(); ++i) {
    const TokenRange range = hits[i].range;
    const int sign = SignOf(hits[i].effect);
    if (hits[i].effect == Effect::kNeutral) {
      product->is_neutral = true;
      product->grounds.push_back(range);
    }
    if (sign == 0) continue;
    // Of "export control curbs" the last noun counts.
    const bool is_modifier =
        i + 1 < hits.size() && range.last == hits[i + 1].range.first &&
        IsNoun(At(range.last - 1).tag) && IsNoun(At(range.last).tag);
    if (is_modifier) continue;
    if (IsVerbal(range) || IsLinked(range.last, mention.first)) {
      product->Multiply(sign, range);
    }
  }
}

// Of a subject: its predicate. Of an object: what is to be done with it ("to
// be lifted", "extended"), and the noun that it modifies ("repair ban").
void SideReader::MultiplyAfter(TokenRange clause, TokenRange mention,
                               Product* product) const {
  const bool is_subject = IsSubject(clause, mention);
  const bool has_finite_verb = HasFiniteVerb(clause);
  bool is_judged = false;
  for (const PolarityHit& hit : HitsIn({mention.last, clause.last})) {
    const int sign = SignOf(hit.effect);
    const Tag tag = At(hit.range.first).tag;
    if (hit.effect == Effect::kNeutral && is_subject) {
      product->is_neutral = true;
      product->grounds.push_back(hit.range);
    }
    if (sign == 0) continue;
    if (hit.range.first == mention.last && IsNoun(tag) &&
        IsNoun(At(mention.last - 1).tag)) {
      product->Multiply(sign, hit.range);
      continue;
    }
    bool is_aside = false;
    bool has_comma = false;
    for (uint32_t i = mention.last; i < hit.range.first; ++i) {
      has_comma |= At(i).tag == Tag::kComma;
      is_aside |= At(i).tag == Tag::kIN && Has(kAsides, At(i).lemma) &&
                  (!is_subject || At(i).lemma != "as");
    }
    if (is_subject) {
      const bool has_verb = [&] {
        for (uint32_t i = mention.last; i <= hit.range.first; ++i) {
          if (IsVerb(At(i).tag)) return true;
        }
        return false;
      }();
      const bool counts =
          IsVerbal(hit.range) || IsJudgement(hit.effect) || tag == Tag::kJJ;
      if (!has_verb || !counts || is_aside) continue;
      if (IsJudgement(hit.effect) && is_judged) continue;
      is_judged |= IsJudgement(hit.effect);
      product->Multiply(sign, hit.range);
    } else if (IsJudgement(hit.effect)) {
      // "Called the bridge a mistake", "described it as a gift".
      if (has_finite_verb || has_comma || is_judged) continue;
      is_judged = true;
      product->Multiply(sign, hit.range);
    } else if (!is_aside && !has_comma &&
               (tag == Tag::kVB || tag == Tag::kVBN || tag == Tag::kVBD)) {
      product->Multiply(sign, hit.range);
    }
  }
}

// Negations of verbs before `end`, and "no" before what leads to the mention.
void SideReader::MultiplyNegations(TokenRange clause, uint32_t end,
                                   Product* product) const {
  for (uint32_t i = clause.first; i < end; ++i) {
    if (IsNegation(document_, i) && NegatesPredicate(document_, i)) {
      product->Multiply(-1, {i, i + 1});
    }
  }
}

Side SideReader::ReadNamed(const Clause& clause, const Mention& mention,
                           int direction, Product product) const {
  MultiplyBefore(clause.range, mention.range, &product);
  MultiplyAfter(clause.range, mention.range, &product);
  const bool is_subject = IsSubject(clause.range, mention.range);
  MultiplyNegations(clause.range,
                    is_subject ? clause.range.last : mention.range.last,
                    &product);
  Side side;
  side.grounds = product.grounds;
  if (product.is_neutral) {
    side.kind = Side::Kind::kUndecided;
  } else if (!product.grounds.empty()) {
    side.kind = Side::Kind::kNamed;
    side.sign = product.sign *
                (mention.stands_for_proposition ? 1 : mention.sign * direction);
  }
  side.grounds.push_back(mention.range);
  return side;
}

// Without the topic's words: what the verbs and judgements say of the
// proposition, or of what it holds back.
Side SideReader::ReadBare(const Clause& clause, int direction,
                          Product product) const {
  bool is_of_thing = false;
  bool is_judged = false;
  for (const PolarityHit& hit : HitsIn(clause.range)) {
    const int sign = SignOf(hit.effect);
    if (hit.effect == Effect::kNeutral) {
      product.is_neutral = true;
      product.grounds.push_back(hit.range);
    }
    if (sign == 0) continue;
    const bool is_noun = !IsVerbal(hit.range) && !IsJudgement(hit.effect);
    is_of_thing |=
        hit.effect == Effect::kReopen || (is_noun && IsRestrictive(hit.effect));
    if (IsJudgement(hit.effect) && is_judged) continue;
    is_judged |= IsJudgement(hit.effect);
    product.Multiply(sign, hit.range);
  }
  MultiplyNegations(clause.range, clause.range.last, &product);
  Side side;
  side.grounds = product.grounds;
  if (product.is_neutral) {
    side.kind = Side::Kind::kUndecided;
  } else if (!product.grounds.empty()) {
    side.kind = Side::Kind::kBare;
    side.sign = product.sign * (is_of_thing ? direction : 1);
  }
  return side;
}

Side SideReader::ReadClause(const Clause& clause, int topic,
                            const Product& cue) const {
  const int direction = directions_[topic];
  const std::optional<Mention> mention = FindMention(clause.range, topic);
  return mention ? ReadNamed(clause, *mention, direction, cue)
                 : ReadBare(clause, direction, cue);
}

SideReader::Product SideReader::ReadCue(const Saying& saying) const {
  Product product;
  for (const PolarityHit& hit : HitsIn(saying.cue)) {
    if (hit.effect == Effect::kNeutral) {
      product.is_neutral = true;
      product.grounds.push_back(hit.range);
    } else if (SignOf(hit.effect) != 0) {
      product.Multiply(SignOf(hit.effect), hit.range);
    }
  }
  for (uint32_t i = saying.cue.first; i < saying.cue.last; ++i) {
    if (IsNegation(document_, i)) product.Multiply(-1, {i, i + 1});
  }
  return product;
}

Side SideReader::Read(const Saying& saying, int topic) const {
  Side result;
  for (const PolarityHit& hit : HitsIn(saying.cue)) {
    if (hit.effect != Effect::kSilent) continue;
    result.kind = Side::Kind::kSilent;
    result.grounds.push_back(hit.range);
    return result;
  }
  const Product cue = ReadCue(saying);
  std::vector<Side> sides;
  for (const TokenRange part : saying.content) {
    for (const Clause& clause : SplitClauses(document_, part)) {
      if (clause.kind == ClauseKind::kCondition ||
          clause.kind == ClauseKind::kTime) {
        continue;
      }
      sides.push_back(ReadClause(clause, topic, cue));
    }
  }
  if (saying.content.empty() && !cue.grounds.empty()) {
    result.kind = cue.is_neutral ? Side::Kind::kUndecided : Side::Kind::kBare;
    result.sign = cue.sign;
    result.grounds = cue.grounds;
    return result;
  }
  // A clause that names the topic says more than one that does not.
  for (const Side::Kind kind :
       {Side::Kind::kUndecided, Side::Kind::kNamed, Side::Kind::kBare}) {
    for (const Side& side : sides) {
      if (side.kind == kind) return side;
    }
  }
  return result;
}

}  // namespace extract
}  // namespace onrecord
