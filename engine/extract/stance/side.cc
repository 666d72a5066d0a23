#include "engine/extract/stance/side.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/stance/direction.h"
#include "engine/extract/stance/modality.h"
#include "engine/extract/stance/status_quo.h"

namespace onrecord {
namespace extract {
namespace {

using absl::string_view;

// Nouns for what is said of a thing. Who releases a list of plans does nothing
// to the plans.
constexpr string_view kDocuments[] = {
    "overview", "report", "list",    "detail",  "statement", "figure",
    "number",   "data",   "outline", "summary", "timetable", "document"};

// What is foretold is no side: "is expected to", "doesn't expect".
constexpr string_view kForecasts[] = {"expect",    "expected", "likely",
                                      "unlikely",  "forecast", "project",
                                      "projected", "predict",  "poise"};

// Modals of what will or ought to be.
constexpr string_view kIntentions[] = {"will",   "would", "can", "shall",
                                       "should", "must",  "'ll", "’ll"};

// Prepositions that lead from a noun to what it governs: "opposition TO".
constexpr string_view kLinks[] = {"of",   "on",  "to",     "against",
                                  "over", "in",  "from",   "about",
                                  "at",   "for", "without"};

// What follows these is an aside of the predicate.
constexpr string_view kAsides[] = {"for",    "with",  "by",     "after",
                                   "before", "than",  "during", "because",
                                   "as",     "until", "in"};

template <size_t n>
bool Has(const string_view (&table)[n], string_view word) {
  return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

Side SilentSide(TokenRange words) {
  Side side;
  side.kind = Side::Kind::kSilent;
  side.grounds = {words};
  return side;
}

}  // namespace

SideReader::SideReader(const Document& document, const TopicIndex& index)
    : document_(document),
      polarity_(FindPolarity(document)),
      mentions_(document, index, polarity_) {
  for (const Topic& topic : index.topics()) {
    const std::string& proposition =
        topic.proposition().empty() ? topic.name() : topic.proposition();
    directions_.push_back(DirectionOf(proposition));
    status_quo_.push_back(StatusQuoSide(proposition));
  }
}

bool SideReader::IsVerbal(TokenRange range) const {
  if (range.size() > 1) return true;
  return IsVerbOrModal(At(range.first).tag);
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

// Whether `next` only goes on with the last of `counted`: "suspend, and later
// withdraw".
bool SideReader::IsRepeated(const std::vector<TokenRange>& counted,
                            TokenRange next) const {
  if (counted.empty() || counted.back().last >= next.first) return false;
  bool has_conjunction = false;
  for (uint32_t i = counted.back().last; i < next.first; ++i) {
    const Tag tag = At(i).tag;
    has_conjunction |= tag == Tag::kCC || tag == Tag::kComma;
    if (tag != Tag::kCC && tag != Tag::kComma && tag != Tag::kRB &&
        tag != Tag::kRBR) {
      return false;
    }
  }
  return has_conjunction;
}

// Whether words of `range` say that no side is taken, or deny a change.
bool SideReader::IsSilent(TokenRange range) const {
  for (const PolarityHit& hit : PolarityIn(polarity_, range)) {
    if (hit.effect == Effect::kSilent) return true;
  }
  return false;
}

// Whether `range` describes the mention in passing: "a HASTY cut", "the
// CONTESTED tax".
bool SideReader::IsAttribute(TokenRange clause, TokenRange range,
                             TokenRange mention) const {
  if (range.last != mention.first || range.first == clause.first) return false;
  const Tag tag = At(range.last - 1).tag;
  const Tag before = At(range.first - 1).tag;
  return (tag == Tag::kJJ || tag == Tag::kVBN || tag == Tag::kVBD ||
          tag == Tag::kNN) &&
         (before == Tag::kDT || before == Tag::kJJ || before == Tag::kPRPS);
}

bool SideReader::HasDocument(TokenRange range) const {
  for (uint32_t i = range.first; i < range.last; ++i) {
    if (IsNoun(At(i).tag) && Has(kDocuments, At(i).lemma)) return true;
  }
  return false;
}

// Verbs before the mention, and nouns and adjectives that lead to it.
void SideReader::MultiplyBefore(TokenRange clause, TokenRange mention,
                                Product* product) const {
  const std::vector<PolarityHit> hits =
      PolarityIn(polarity_, {clause.first, mention.first});
  for (size_t i = 0; i < hits.size(); ++i) {
    const TokenRange range = hits[i].range;
    const int sign = SignOf(hits[i].effect);
    if (sign == 0) continue;
    // Of "export control curbs" the last noun counts.
    const bool is_modifier =
        i + 1 < hits.size() && range.last == hits[i + 1].range.first &&
        IsNoun(At(range.last - 1).tag) && IsNoun(At(range.last).tag);
    if (is_modifier || IsRepeated(product->grounds, range)) continue;
    if (IsAttribute(clause, range, mention)) continue;
    if (HasDocument({range.last, mention.first})) continue;
    product->is_firm |= !IsJudgement(hits[i].effect);
    if (IsVerbal(range) || IsLinked(range.last, mention.first)) {
      product->Multiply(sign, range);
    }
  }
}

// Where the first predicate of the subject `mention` that takes a side ends:
// "would hurt industry | and slow nobody down".
uint32_t SideReader::PredicateEnd(TokenRange clause, TokenRange mention) const {
  uint32_t verb = mention.last;
  while (verb < clause.last && !IsFiniteVerb(At(verb).tag)) ++verb;
  for (uint32_t i = verb + 1; i + 1 < clause.last; ++i) {
    if (At(i).tag == Tag::kCC && IsVerbOrModal(At(i + 1).tag) &&
        !PolarityIn(polarity_, {verb, i}).empty()) {
      return i;
    }
  }
  return clause.last;
}

// Of a subject: its predicate. Of an object: what is to be done with it ("to
// be lifted", "extended"), and the noun that it modifies ("repair ban").
void SideReader::MultiplyAfter(TokenRange clause, TokenRange mention,
                               Product* product) const {
  const bool is_subject = IsSubject(document_, clause, mention);
  const bool has_finite_verb = HasFiniteVerb(document_, clause);
  uint32_t judged = 0;  // where the last judgement ends
  for (const PolarityHit& hit :
       PolarityIn(polarity_, {mention.last, clause.last})) {
    const int sign = SignOf(hit.effect);
    const Tag tag = At(hit.range.first).tag;
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
          if (IsVerbOrModal(At(i).tag)) return true;
        }
        return false;
      }();
      const bool counts =
          IsVerbal(hit.range) || IsJudgement(hit.effect) || tag == Tag::kJJ;
      if (!has_verb || !counts || is_aside) continue;
      if (IsJudgement(hit.effect)) {
        if (judged > 0 && hit.range.first > judged + 1) continue;
        judged = hit.range.last;
      }
      product->Multiply(sign, hit.range);
    } else if (IsJudgement(hit.effect) || tag == Tag::kJJ) {
      // "Called the bridge a mistake", "described it as a gift".
      if (has_finite_verb || has_comma) continue;
      if (judged > 0 && hit.range.first > judged + 1) continue;
      judged = hit.range.last;
      product->Multiply(sign, hit.range);
    } else if ((!is_aside || At(hit.range.first - 1).tag == Tag::kTO) &&
               !has_comma &&
               (tag == Tag::kVB || tag == Tag::kVBN || tag == Tag::kVBD)) {
      product->Multiply(sign, hit.range);
    }
  }
}

// Whether "too" at `token` turns what follows round: "too tight", "too early
// for a cut".
bool SideReader::IsTooMuch(TokenRange clause, uint32_t token) const {
  if (At(token).lemma != "too") return false;
  // "Too tight" wants the opposite.
  for (const PolarityHit& hit :
       PolarityIn(polarity_, {token + 1, clause.last})) {
    if (hit.range.first == token + 1) return !IsJudgement(hit.effect);
  }
  if (token + 1 >= clause.last || At(token + 1).tag != Tag::kJJ) return false;
  // "Too noisy" is a judgement of its own.
  if (token + 2 == clause.last || At(token + 2).tag >= Tag::kQuote) return true;
  const Token& next = At(token + 2);
  return next.lemma == "for" || next.tag == Tag::kTO;
}

// Negations of verbs before `end`, and "no" before what leads to the mention.
void SideReader::MultiplyNegations(TokenRange clause, uint32_t end,
                                   Product* product) const {
  for (uint32_t i = clause.first; i < end; ++i) {
    if ((IsNegation(document_, i) && NegatesPredicate(document_, i)) ||
        IsTooMuch(clause, i)) {
      product->is_firm = true;
      product->Multiply(-1, {i, i + 1});
    }
  }
}

// Whether the clause tells of something that will or can be.
bool SideReader::IsAboutToBe(TokenRange clause) const {
  for (uint32_t i = clause.first; i < clause.last; ++i) {
    if (At(i).tag == Tag::kMD && Has(kIntentions, At(i).lemma)) return true;
  }
  return false;
}

Side SideReader::ReadNamed(const Clause& clause, const TopicMention& mention,
                           int direction, Product product) const {
  for (const PolarityHit& hit : PolarityIn(polarity_, clause.range)) {
    if (hit.effect != Effect::kNeutral) continue;
    product.is_neutral = true;
    product.grounds.push_back(hit.range);
  }
  MultiplyBefore(clause.range, mention.range, &product);
  const bool is_subject = IsSubject(document_, clause.range, mention.range);
  const uint32_t end = is_subject ? PredicateEnd(clause.range, mention.range)
                                  : clause.range.last;
  MultiplyAfter({clause.range.first, end}, mention.range, &product);
  MultiplyNegations(clause.range, is_subject ? end : mention.range.last,
                    &product);
  const int pole =
      mention.stands_for_proposition ? 1 : mention.sign * direction;
  Side side;
  side.grounds = product.grounds;
  if (product.is_neutral) {
    side.kind = Side::Kind::kUndecided;
  } else if (!product.grounds.empty()) {
    side.kind = Side::Kind::kNamed;
    side.is_firm = product.is_firm && mention.is_phrase;
    side.sign = product.sign * pole;
  } else if (IsAboutToBe(clause.range)) {
    side.kind = Side::Kind::kMentioned;
    side.is_firm = mention.is_phrase;
    side.sign = pole;
  }
  side.is_of_deed = mention.is_deed;
  side.is_announced = IsAboutToBe(clause.range);
  side.grounds.push_back(mention.range);
  return side;
}

// "Left its rate at 5%", "rates would stay unchanged": a side of a proposition
// that asks for another level, whichever way that is.
std::optional<Side> SideReader::ReadStatusQuo(const Clause& clause,
                                              const TopicMention& mention,
                                              int topic,
                                              const Product& cue) const {
  if (status_quo_[topic] == 0 || !mention.is_phrase) return std::nullopt;
  const uint32_t first =
      cue.cue.last == clause.range.first ? cue.cue.first : clause.range.first;
  const TokenRange words = FindStatusQuo(document_, {first, clause.range.last});
  if (words.empty()) return std::nullopt;
  Product product;
  MultiplyNegations({first, words.first}, words.first, &product);
  Side side;
  side.kind = Side::Kind::kNamed;
  side.is_firm = true;
  side.sign = status_quo_[topic] * product.sign;
  side.grounds = product.grounds;
  side.grounds.push_back(words);
  return side;
}

// Whether a form of "be" stands before `range`: "it was A MISTAKE".
bool SideReader::FollowsBe(TokenRange clause, TokenRange range) const {
  constexpr uint32_t kReach = 3;
  for (uint32_t i = range.first, steps = 0;
       i-- > clause.first && steps < kReach; ++steps) {
    if (At(i).lemma == "be") return true;
  }
  return false;
}

// Whether `range` names a thing that is not the topic: "worried about THE
// CURRENCY", "urged ALL SIDES to calm down".
bool SideReader::NamesOtherThing(TokenRange range) const {
  for (uint32_t i = range.first; i < range.last; ++i) {
    const Tag tag = At(i).tag;
    if ((tag == Tag::kNN || tag == Tag::kNNS) &&
        PolarityIn(polarity_, {i, i + 1}).empty()) {
      return true;
    }
  }
  return false;
}

// Whether the content names something, but not the topic.
bool SideReader::IsAboutOtherThing(const Saying& saying, int topic) const {
  bool names_other = false;
  for (const TokenRange part : saying.content) {
    if (mentions_.Find(part, topic)) return false;
    names_other |= NamesOtherThing(part);
  }
  return names_other;
}

bool SideReader::HasNegation(TokenRange range) const {
  for (uint32_t i = range.first; i < range.last; ++i) {
    if (IsNegation(document_, i)) return true;
  }
  return false;
}

bool SideReader::HasJudgement(TokenRange range) const {
  for (const PolarityHit& hit : PolarityIn(polarity_, range)) {
    if (IsJudgement(hit.effect)) return true;
  }
  return false;
}

// Whether the clause foretells: "is expected to", "are likely to".
bool SideReader::IsForecast(TokenRange clause) const {
  for (uint32_t i = clause.first; i + 1 < clause.last; ++i) {
    if (At(i).lemma == "be" && Has(kForecasts, At(i + 1).lemma)) return true;
  }
  return false;
}

// Without the topic's words: what the verbs and judgements say of the
// proposition, or of what it holds back.
Side SideReader::ReadBare(const Clause& clause, int direction,
                          Product product) const {
  const bool has_attitude = !product.grounds.empty();
  if (has_attitude && !HasJudgement(clause.range) &&
      !HasNegation(clause.range) && NamesOtherThing(clause.range)) {
    return Side();
  }
  bool is_of_thing = false;
  uint32_t judged = 0;  // where the last judgement ends
  for (const PolarityHit& hit : PolarityIn(polarity_, clause.range)) {
    const int sign = SignOf(hit.effect);
    if (hit.effect == Effect::kNeutral) {
      product.is_neutral = true;
      product.grounds.push_back(hit.range);
    }
    if (sign == 0 || IsRepeated(product.grounds, hit.range)) continue;
    if (IsJudgement(hit.effect)) {
      // "Accused them of bullying": the cue has judged already.
      if (has_attitude && SignOf(hit.effect) == product.sign) continue;
      if (judged > 0 && hit.range.first > judged + 1) continue;
      judged = hit.range.last;
      product.is_firm |=
          hit.effect == Effect::kBad && FollowsBe(clause.range, hit.range);
    } else {
      const bool is_noun =
          IsNoun(At(hit.range.last - 1).tag) && hit.range.size() == 1 &&
          (hit.range.first == 0 || At(hit.range.first - 1).tag != Tag::kTO);
      is_of_thing |= hit.effect == Effect::kReopen ||
                     (is_noun && IsRestrictive(hit.effect));
      product.is_firm = true;
    }
    product.Multiply(sign, hit.range);
  }
  // A negation alone denies something else: "I never met them".
  if (product.grounds.empty()) return Side();
  MultiplyNegations(clause.range, clause.range.last, &product);
  Side side;
  side.grounds = product.grounds;
  if (product.is_neutral) {
    side.kind = Side::Kind::kUndecided;
  } else if (!product.grounds.empty()) {
    side.kind = Side::Kind::kBare;
    side.sign = product.sign * (is_of_thing ? direction : 1);
    side.is_firm = product.is_firm;
  }
  return side;
}

Side SideReader::ReadClause(const Clause& clause, int topic,
                            const Product& cue) const {
  if (cue.grounds.empty() && IsForecast(clause.range)) return Side();
  const int direction = directions_[topic];
  const std::optional<TopicMention> mention =
      mentions_.Find(clause.range, topic);
  if (!mention) return ReadBare(clause, direction, cue);
  const std::optional<Side> status_quo =
      ReadStatusQuo(clause, *mention, topic, cue);
  return status_quo ? *status_quo : ReadNamed(clause, *mention, direction, cue);
}

SideReader::Product SideReader::ReadCue(const Saying& saying) const {
  Product product;
  product.cue = saying.cue;
  for (const PolarityHit& hit : PolarityIn(polarity_, saying.cue)) {
    if (hit.effect == Effect::kNeutral) {
      product.is_neutral = true;
      product.grounds.push_back(hit.range);
    } else if (SignOf(hit.effect) != 0 &&
               !IsRepeated(product.grounds, hit.range)) {
      product.is_firm |= !IsJudgement(hit.effect);
      product.Multiply(SignOf(hit.effect), hit.range);
    }
  }
  for (uint32_t i = saying.cue.first; i < saying.cue.last; ++i) {
    const bool is_not_only =
        i + 1 < saying.cue.last && At(i + 1).lemma == "only";
    if (IsNegation(document_, i) && !is_not_only) {
      product.Multiply(-1, {i, i + 1});
    }
  }
  return product;
}

bool SideReader::Threatens(TokenRange cue) const {
  for (uint32_t i = cue.first; i < cue.last; ++i) {
    if (At(i).lemma == "threaten") return true;
  }
  return false;
}

// "Touch the cap and we will strike": what is told to be done is what should
// not be.
bool SideReader::IsThreat(const std::vector<Clause>& clauses) const {
  if (clauses.size() < 2) return false;
  uint32_t first = clauses[0].range.first;
  while (first < clauses[0].range.last && At(first).tag == Tag::kQuote) ++first;
  if (first == clauses[0].range.last || At(first).tag != Tag::kVB) return false;
  const TokenRange then = clauses[1].range;
  if (At(then.first).lemma != "and" || then.size() < 3) return false;
  const Tag subject = At(then.first + 1).tag;
  if (subject != Tag::kPRP && subject != Tag::kDT && !IsNoun(subject)) {
    return false;
  }
  for (uint32_t i = then.first + 1; i < then.last; ++i) {
    if (At(i).tag == Tag::kMD) return At(i).lemma != "can";
  }
  return false;
}

Side SideReader::Read(const Saying& saying, int topic) const {
  Side result;
  for (uint32_t i = saying.cue.first; i < saying.cue.last; ++i) {
    if (!IsVerbOrModal(At(i).tag) || !Has(kForecasts, At(i).lemma)) continue;
    result.kind = Side::Kind::kSilent;
    result.grounds = {{i, i + 1}};
    return result;
  }
  // Words that begin in the cue and end in the content, too: "took | no side".
  for (auto at = FirstPolarityFrom(polarity_, saying.cue.first);
       at != polarity_.end() && at->range.first < saying.cue.last; ++at) {
    const PolarityHit& hit = *at;
    if (SignOf(hit.effect) != 0) continue;
    if (hit.effect == Effect::kNeutral && IsAboutOtherThing(saying, topic)) {
      return result;
    }
    result.kind = hit.effect == Effect::kSilent ? Side::Kind::kSilent
                                                : Side::Kind::kUndecided;
    result.grounds.push_back(hit.range);
    return result;
  }
  const Product cue = ReadCue(saying);
  std::vector<Side> sides;
  std::vector<Side> by_the_way;  // in relative clauses
  for (const TokenRange part : saying.content) {
    const std::vector<Clause> clauses = SplitClauses(document_, part);
    for (const Clause& clause : clauses) {
      // "Threatened to quit if the mine opens": the condition is what should
      // not be.
      const bool is_threatened =
          clause.kind == ClauseKind::kCondition && Threatens(saying.cue);
      if ((clause.kind == ClauseKind::kCondition && !is_threatened) ||
          clause.kind == ClauseKind::kTime) {
        continue;
      }
      if (is_threatened) {
        sides.push_back(ReadClause(clause, topic, Product()));
        sides.back().sign *= -1;
        continue;
      }
      std::vector<Side>& list =
          clause.kind == ClauseKind::kRelative ? by_the_way : sides;
      list.push_back(IsSilent(clause.range) ? SilentSide(clause.range)
                                            : ReadClause(clause, topic, cue));
    }
    if (!sides.empty() && IsThreat(clauses)) sides.front().sign *= -1;
  }
  if (saying.content.empty() && !cue.grounds.empty()) {
    result.kind = cue.is_neutral ? Side::Kind::kUndecided : Side::Kind::kBare;
    result.sign = cue.sign;
    result.grounds = cue.grounds;
    return result;
  }
  // A clause that names the topic says more than one that does not, and the
  // main clauses more than what is said by the way.
  for (const std::vector<Side>* list : {&sides, &by_the_way}) {
    for (const Side::Kind kind :
         {Side::Kind::kUndecided, Side::Kind::kNamed, Side::Kind::kSilent,
          Side::Kind::kMentioned, Side::Kind::kBare}) {
      for (const Side& side : *list) {
        if (side.kind == kind) return side;
      }
    }
  }
  return result;
}

}  // namespace extract
}  // namespace onrecord
