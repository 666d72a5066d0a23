#include "engine/extract/speakers/speakers.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "engine/extract/grammar/subjects.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/speakers/mention.h"
#include "engine/extract/speakers/name_order.h"
#include "engine/extract/speakers/role_words.h"
#include "engine/extract/speakers/spelling.h"

namespace onrecord {
namespace extract {
namespace {

class SpeakerResolver {
 public:
  SpeakerResolver(const Grammar& grammar,
                  const std::vector<Finding>& attributions,
                  const std::vector<int>& parents)
      : grammar_(grammar),
        document_(grammar.document()),
        tokens_(document_.tokens()),
        attributions_(attributions),
        parents_(parents),
        book_(grammar),
        resolver_(book_) {}

  Speakers Run() {
    speakers_.roles.resize(attributions_.size());
    std::vector<int> order(attributions_.size());
    std::iota(order.begin(), order.end(), 0);
    // Sources in the order of the text; of one source, the outer one first.
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
      return attributions_[a].source.first < attributions_[b].source.first;
    });
    size_t next = 0;
    const std::vector<NounPhrase>& phrases = grammar_.noun_phrases();
    uint32_t read_until = 0;
    for (size_t p = 0; p <= phrases.size(); ++p) {
      const uint32_t limit = p < phrases.size()
                                 ? phrases[p].range.first
                                 : static_cast<uint32_t>(tokens_.size());
      while (next < order.size() &&
             attributions_[order[next]].source.first <= limit) {
        const int index = order[next++];
        if (attributions_[index].source.empty()) continue;
        read_until = std::max(read_until, attributions_[index].source.last);
        ResolveSource(index);
      }
      if (p < phrases.size() && phrases[p].range.first >= read_until) {
        read_until = std::max(read_until, ReadName(phrases[p]));
      } else if (p < phrases.size()) {
        ReadInnerName(phrases[p]);
      }
    }
    ResolveCarried();
    for (size_t i = 0; i < attributions_.size(); ++i) ResolveAround(i);
    speakers_.entities = book_.records();
    for (EntityRecord& record : speakers_.entities) PutGivenNameFirst(&record);
    return std::move(speakers_);
  }

 private:
  // The order of the text stays an alias.
  static void PutGivenNameFirst(EntityRecord* record) {
    Entity& entity = record->entity;
    if (entity.kind != Actor::PERSON || entity.unnamed) return;
    std::string name = GivenNameFirst(entity.name);
    if (name == entity.name) return;
    std::vector<std::string>& aliases = entity.aliases;
    aliases.erase(std::remove(aliases.begin(), aliases.end(), name),
                  aliases.end());
    aliases.push_back(std::move(entity.name));
    entity.name = std::move(name);
  }

  bool HasCapital(TokenRange range) const {
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (IsCapitalized(document_.TextOf(tokens_[i])) &&
          !InList(Lower(document_, i),
                  "he she it they i we this that these "
                  "those the a an you")) {
        return true;
      }
    }
    return false;
  }

  // One word that has its capital only because it begins a sentence.
  bool MayBeNoName(const NounMention& mention) const {
    const TokenRange name = mention.name_range;
    if (name.size() != 1 || tokens_[name.first].name != NameClass::kNone ||
        mention.kind == Actor::COUNTRY) {
      return false;
    }
    const uint32_t first =
        document_.sentences()[tokens_[name.first].sentence].first;
    return (name.first == first || IsMark(tokens_[name.first - 1].tag)) &&
           book_.FindByName(mention.name) < 0;
  }

  // Whether a verb follows, or the phrase opens its sentence and something
  // about it stands between commas: "Mori, whom he replaced, said".
  bool IsSubject(TokenRange range) const {
    const uint32_t first =
        document_.sentences()[tokens_[range.first].sentence].first;
    if (range.first == first && range.last < tokens_.size() &&
        tokens_[range.last].tag == Tag::kComma) {
      return true;
    }
    const VerbGroup* group = grammar_.VerbGroupAt(range.last);
    return group != nullptr && group->form == VerbGroup::Form::kFinite;
  }

  // A name outside all sources. Returns where reading goes on.
  uint32_t ReadName(const NounPhrase& phrase) {
    if (!HasCapital(phrase.range)) return phrase.range.last;
    TokenRange range = phrase.range;
    const uint32_t after = range.last;
    if (after < tokens_.size() &&
        (tokens_[after].tag == Tag::kComma || WordIs(document_, after, "("))) {
      const Subject with = FindInvertedSubject(grammar_, range.first);
      if (with.found()) range = with.range;
    }
    NounMention mention = ReadMention(grammar_, range);
    if (mention.form != NounMention::Form::kName || mention.name.empty() ||
        MayBeNoName(mention)) {
      return phrase.range.last;
    }
    const int entity =
        resolver_.Resolve(mention, {range.first, -1, false}).entity;
    if (entity >= 0) book_.Note(entity, range.first, IsSubject(range));
    return range.last;
  }

  // A name within a longer source ("president of Kitano Precision").
  void ReadInnerName(const NounPhrase& phrase) {
    if (!HasCapital(phrase.range) || phrase.range.first == 0 ||
        !InList(Lower(document_, phrase.range.first - 1), "of for at from")) {
      return;
    }
    const NounMention mention = ReadMention(grammar_, phrase.range);
    if (mention.form != NounMention::Form::kName || mention.name.empty()) {
      return;
    }
    const int entity =
        resolver_.Resolve(mention, {phrase.range.first, -1, false}).entity;
    if (entity >= 0) book_.Note(entity, phrase.range.first, false);
  }

  // "The APS president": who is called by initials is spoken of as well.
  void NoteBodies(const NounMention& mention) {
    for (const Entity::Office& office : mention.offices) {
      if (!IsInitials(office.of)) continue;
      NounMention body;
      body.form = NounMention::Form::kName;
      body.range = mention.range;
      body.name = office.of;
      body.kind = Actor::ORGANISATION;
      book_.Note(book_.AddNamed(body), mention.range.first, false);
    }
  }

  void ResolveSource(int index) {
    const Finding& attribution = attributions_[index];
    Reference& speaker = speakers_.roles[index].speaker;
    // The same words, read for another attribution just before.
    if (last_source_ == attribution.source && last_index_ >= 0) {
      speaker = speakers_.roles[last_index_].speaker;
      return;
    }
    last_source_ = attribution.source;
    last_index_ = index;
    const std::vector<TokenRange> several =
        Conjuncts(WithAntecedent(attribution.source));
    for (size_t i = 0; i < several.size(); ++i) {
      const NounMention mention = ReadMention(grammar_, several[i]);
      NoteBodies(mention);
      const Reference found =
          resolver_.Resolve(mention, ContextOf(index, several[i].first));
      if (i == 0) {
        speaker = found;
      } else if (found.entity >= 0 && found.entity != speaker.entity) {
        speaker.joint.push_back(found.entity);
      }
      if (found.entity >= 0) {
        book_.Note(found.entity, several[i].first, true);
      }
      for (int other : found.joint) {
        book_.Note(other, several[i].first, true);
      }
    }
  }

  // Of "who", and of "a backbencher" in "Mori, now a backbencher, said": the
  // name that it stands beside, which is the speaker.
  TokenRange WithAntecedent(TokenRange source) const {
    const std::string word = Lower(document_, source.first);
    const bool is_relative = InList(word, "who whom which");
    if (!is_relative && !InList(word, "a an")) return source;
    uint32_t end = source.first;
    while (end > 0 && !is_relative && IsAdverb(tokens_[end - 1].tag)) --end;
    const bool has_comma = end > 0 && tokens_[end - 1].tag == Tag::kComma;
    const bool is_closed =
        source.last < tokens_.size() && tokens_[source.last].tag == Tag::kComma;
    if (!is_relative && (!has_comma || !is_closed)) return source;
    if (has_comma) --end;
    const NounPhrase* before =
        end > 0 ? grammar_.NounPhraseAt(end - 1) : nullptr;
    if (before == nullptr || before->range.last != end) return source;
    const NounMention mention = ReadMention(grammar_, before->range);
    const bool fits = is_relative || mention.kind == Actor::PERSON;
    return mention.form == NounMention::Form::kName && fits ? before->range
                                                            : source;
  }

  ReferenceContext ContextOf(int index, uint32_t token) const {
    ReferenceContext context;
    context.token = token;
    context.quoted = tokens_[token].quotation >= 0;
    int parent = parents_[index];
    // A parent whose own source stands behind is not resolved yet.
    if (parent >= 0) {
      const Reference& around = speakers_.roles[parent].speaker;
      context.enclosing_speaker = around.entity;
      // An answer of an interview is speech, though without marks.
      context.quoted |= attributions_[parent].inferred;
    }
    return context;
  }

  // "Mori and Berg": two names joined by "and" are two speakers.
  std::vector<TokenRange> Conjuncts(TokenRange source) const {
    for (uint32_t i = source.first + 1; i + 1 < source.last; ++i) {
      if (tokens_[i].tag == Tag::kComma) break;
      if (tokens_[i].tag != Tag::kCC || !WordIs(document_, i, "and")) continue;
      const NounPhrase* left = grammar_.NounPhraseAt(i - 1);
      const NounPhrase* right = grammar_.NounPhraseAt(i + 1);
      if (left == nullptr || right == nullptr || left == right) break;
      const NounMention first = ReadMention(grammar_, {source.first, i});
      const NounMention second = ReadMention(grammar_, {i + 1, source.last});
      if (first.form == NounMention::Form::kName &&
          second.form == NounMention::Form::kName) {
        return {{source.first, i}, {i + 1, source.last}};
      }
      break;
    }
    return {source};
  }

  void ResolveCarried() {
    for (size_t i = 0; i < attributions_.size(); ++i) {
      const int from = attributions_[i].carried_from;
      if (!attributions_[i].source.empty() || from < 0) continue;
      Reference& speaker = speakers_.roles[i].speaker;
      speaker = speakers_.roles[from].speaker;
      speaker.role.clear();
      speaker.confidence *= attributions_[i].inferred ? 0.7 : 0.9;
      speaker.reason =
          attributions_[i].inferred
              ? "inferred: first person behind the speaker's quotation"
              : "speaker of the quotation before";
    }
  }

  // Addressee and relay: "told Herald Television", "in an interview with
  // the Review".
  void ResolveAround(int index) {
    const Finding& attribution = attributions_[index];
    Speakers::Roles& roles = speakers_.roles[index];
    if (!attribution.addressee.empty()) {
      const TokenRange range = attribution.addressee;
      const NounMention mention = ReadMention(grammar_, range);
      if (mention.form == NounMention::Form::kName) {
        const int known = book_.FindByName(mention.name);
        if (known >= 0) {
          roles.addressee.entity = known;
          roles.addressee.confidence = 0.9;
          roles.addressee.reason = "named as addressee";
          if (IsMedium(range)) {
            roles.relay = roles.addressee;
            roles.relay.reason = "the medium that was told";
            roles.relay_range = range;
          }
        }
      }
    }
    for (uint32_t i = attribution.adjuncts.first;
         i + 1 < attribution.adjuncts.last; ++i) {
      if (!WordIs(document_, i, "with") && !WordIs(document_, i, "to")) {
        continue;
      }
      const TokenRange range =
          grammar_.FullPhraseFrom(i + 1, attribution.adjuncts.last);
      if (range.empty() || !HasCapital(range)) continue;
      const NounMention mention = ReadMention(grammar_, range);
      const int known = book_.FindByName(mention.name);
      if (mention.form != NounMention::Form::kName || known < 0 ||
          mention.kind == Actor::COUNTRY) {
        continue;
      }
      roles.relay.entity = known;
      roles.relay.confidence = 0.9;
      roles.relay.reason = "the medium of the interview";
      roles.relay_range = mention.name_range;
      break;
    }
  }

  bool IsMedium(TokenRange range) const {
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (IsMediaWord(Lower(document_, i))) return true;
    }
    return false;
  }

  const Grammar& grammar_;
  const Document& document_;
  const std::vector<Token>& tokens_;
  const std::vector<Finding>& attributions_;
  const std::vector<int>& parents_;
  EntityBook book_;
  ReferenceResolver resolver_;
  Speakers speakers_;
  TokenRange last_source_;
  int last_index_ = -1;
};

}  // namespace

Speakers ResolveSpeakers(const Grammar& grammar,
                         const std::vector<Finding>& attributions,
                         const std::vector<int>& parents) {
  return SpeakerResolver(grammar, attributions, parents).Run();
}

}  // namespace extract
}  // namespace onrecord
