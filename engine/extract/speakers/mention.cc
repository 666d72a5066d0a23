#include "engine/extract/speakers/mention.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/speakers/gazetteer.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kPronouns =
    "he she it they i we you who which that him her them us me each both "
    "neither this these those himself herself themselves itself another";
constexpr absl::string_view kPairHeads =
    "side country government nation party capital leader minister";

// One stretch of a phrase between commas.
struct Part {
  NounMention mention;
  bool named = false;
  bool described = false;
};

class MentionReader {
 public:
  explicit MentionReader(const Grammar& grammar)
      : grammar_(grammar),
        document_(grammar.document()),
        tokens_(document_.tokens()) {}

  NounMention Read(TokenRange range) {
    NounMention mention;
    mention.range = range;
    Gender gender = Gender::kUnknown;
    Actor::Kind by_pronoun = Actor::KIND_UNSPECIFIED;
    while (range.size() > 1) {
      const std::string word = Lower(document_, range.last - 1);
      if (word == "who") by_pronoun = Actor::PERSON;
      if (word == "which") by_pronoun = Actor::ORGANISATION;
      if (!InList(word, "who which that") &&
          tokens_[range.last - 1].tag != Tag::kComma) {
        break;
      }
      --range.last;
    }
    if (IsPronoun(range)) {
      mention.form = NounMention::Form::kPronoun;
      mention.name = absl::AsciiStrToLower(TextOf(document_, range));
      mention.gender = GenderOf(mention.name);
      mention.plural = InList(mention.name, "they them we us both these those");
      mention.head = Lower(document_, range.last - 1);
      return mention;
    }
    const std::vector<Part> parts = ReadParts(range, mention.acronym);
    Combine(parts, mention);
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (gender == Gender::kUnknown) gender = GenderOf(Lower(document_, i));
    }
    if (mention.form != NounMention::Form::kName ||
        mention.kind == Actor::PERSON) {
      mention.gender = gender;
    }
    if (mention.name.empty()) {
      mention.name = std::string(TextOf(document_, mention.range));
    }
    if (by_pronoun != Actor::KIND_UNSPECIFIED && !mention.kind_sure &&
        mention.form == NounMention::Form::kName &&
        mention.kind != Actor::COUNTRY) {
      mention.kind = by_pronoun;
      mention.kind_sure = true;
    }
    return mention;
  }

 private:
  bool IsPronoun(TokenRange range) const {
    const std::string first = Lower(document_, range.first);
    if (range.size() == 1) return InList(first, kPronouns);
    const std::string head = tokens_[range.last - 1].lemma;
    if (range.size() == 2 && (first == "both" || first == "neither")) {
      return InList(head, kPairHeads);
    }
    return range.size() == 3 && first == "the" &&
           WordIs(document_, range.first + 1, "two") &&
           InList(head, kPairHeads);
  }

  // A word that can be part of a name.
  bool IsNameLike(uint32_t token) const {
    const absl::string_view word = document_.TextOf(tokens_[token]);
    if (IsMark(tokens_[token].tag)) return false;
    return IsCapitalized(word) || IsNameParticle(Lower(document_, token)) ||
           word == "&" ||
           (tokens_[token].tag == Tag::kPOS && token > 0 &&
            token + 1 < tokens_.size() && IsInsideName(token));
  }

  std::vector<Part> ReadParts(TokenRange range, std::string& acronym) {
    std::vector<Part> parts;
    uint32_t first = range.first;
    for (uint32_t i = range.first; i <= range.last; ++i) {
      const bool open =
          i < range.last && InList(Lower(document_, i), "( [ - -- – —");
      if (i < range.last && tokens_[i].tag != Tag::kComma && !open) continue;
      if (i > first) AddPart({first, i}, parts);
      first = i + 1;
      if (!open || !InList(Lower(document_, i), "( [")) continue;
      uint32_t close = i + 1;
      while (close < range.last && !InList(Lower(document_, close), ") ]")) {
        ++close;
      }
      if (close == i + 2) {
        const absl::string_view word = document_.TextOf(tokens_[i + 1]);
        if (word.size() >= 2 && absl::ascii_isupper(word[0]) &&
            absl::ascii_isupper(word[1])) {
          acronym = std::string(word);
        }
      }
      i = close;
      first = std::min(close + 1, range.last);
    }
    return parts;
  }

  // Reads [first, last) and, behind "and", a second description in it.
  void AddPart(TokenRange range, std::vector<Part>& parts) {
    if (InList(Lower(document_, range.first), "who which whose where when")) {
      return;
    }
    parts.push_back(ReadPart(range));
    if (parts.size() == 1 && parts[0].named) return;
    for (uint32_t i = range.first + 1; i + 1 < range.last; ++i) {
      if (tokens_[i].tag == Tag::kCC && tokens_[i + 1].tag == Tag::kDT &&
          grammar_.NounPhraseAt(i) == nullptr) {
        parts.push_back(ReadPart({i + 1, range.last}));
        return;
      }
    }
  }

  Part ReadPart(TokenRange range) {
    Part part;
    NounMention& mention = part.mention;
    const NounPhrase* phrase = grammar_.NounPhraseAt(range.first);
    uint32_t end = range.last;
    if (phrase != nullptr && phrase->range.first >= range.first) {
      end = std::min(phrase->range.last, range.last);
    }
    // A name of several words may have been cut by a particle or "of".
    while (end < range.last && IsNameParticle(Lower(document_, end)) &&
           end + 1 < range.last && IsNameLike(end + 1) &&
           IsProper(tokens_[end - 1].tag)) {
      end += 2;
    }
    if (ReadCountry({range.first, end}, mention)) {
      part.named = true;
      return part;
    }
    uint32_t first = SkipFront({range.first, end}, mention);
    if (first >= end) first = range.first;
    part.named = ReadName({first, end}, range.first, range.last, mention);
    if (!part.named) {
      ReadDescription({first, end}, range, mention);
      part.described = true;
    }
    return part;
  }

  bool ReadCountry(TokenRange range, NounMention& mention) const {
    const absl::string_view words = TextOf(document_, range);
    const Country* country = FindCountry(words);
    if (country == nullptr) return false;
    // "Japanese" alone is no country, "the Japanese" may be.
    if (range.size() == 1 &&
        ClassifyCountryWord(words) == CountryWord::kDemonym &&
        country->name != words && tokens_[range.first].tag == Tag::kJJ) {
      return false;
    }
    mention.name = std::string(country->name);
    mention.name_range = range;
    mention.kind = Actor::COUNTRY;
    mention.kind_sure = true;
    mention.head = tokens_[range.last - 1].lemma;
    if (IsGovernmentWord(mention.head)) {
      mention.descriptors.push_back(mention.head);
    }
    return true;
  }

  // Past determiner, possessor and demonym; notes whose.
  uint32_t SkipFront(TokenRange range, NounMention& mention) const {
    uint32_t first = range.first;
    const Tag tag = tokens_[first].tag;
    if (tag == Tag::kDT || tag == Tag::kPDT) {
      mention.definite =
          InList(Lower(document_, first), "the this that these those both");
      ++first;
    } else if (tag == Tag::kPRPS) {
      mention.of = Lower(document_, first);
      mention.definite = true;
      ++first;
    }
    for (uint32_t i = range.last; i-- > first;) {
      if (tokens_[i].tag == Tag::kPOS && i > first && i + 1 < range.last &&
          !IsInsideName(i)) {
        mention.of = std::string(TextOf(document_, {first, i}));
        mention.definite = true;
        first = i + 1;
        break;
      }
    }
    for (uint32_t i = first; i + 1 < range.last; ++i) {
      const uint32_t two = std::min(i + 2, range.last - 1);
      for (const uint32_t end : {two, i + 1}) {
        if (end <= i) continue;
        const absl::string_view words = TextOf(document_, {i, end});
        if (ClassifyCountryWord(words) == CountryWord::kNone) continue;
        if (mention.of.empty()) mention.of = std::string(words);
        return i == first ? end : first;
      }
      if (IsCapitalized(document_.TextOf(tokens_[i])) && i > range.first) break;
    }
    return first;
  }

  // "Importers' Association": a plural's apostrophe between capitals.
  bool IsInsideName(uint32_t possessive) const {
    const absl::string_view mark = document_.TextOf(tokens_[possessive]);
    return (mark == "'" || mark == "’") &&
           IsCapitalized(document_.TextOf(tokens_[possessive + 1])) &&
           IsCapitalized(document_.TextOf(tokens_[possessive - 1]));
  }

  // "Finance Minister Anna Berg", "consumer group Safe Table", "Lumora".
  bool ReadName(TokenRange range, uint32_t phrase_first, uint32_t whole_last,
                NounMention& mention) {
    uint32_t run = range.last;
    while (run > range.first && IsNameLike(run - 1)) --run;
    while (run < range.last && IsNameParticle(Lower(document_, run)) &&
           !IsCapitalized(document_.TextOf(tokens_[run]))) {
      ++run;
    }
    // "On Monday Mori said": the day is no part of the name.
    while (run + 1 < range.last && IsWeekday(run)) ++run;
    if (run >= range.last) return false;
    if (run + 1 == range.last && IsTimeWord(document_, run)) return false;
    // Any word may have a capital: at a sentence's start, in a headline.
    bool proper = false;
    for (uint32_t i = run; i < range.last; ++i) {
      proper |= IsProper(tokens_[i].tag) || tokens_[i].tag == Tag::kJJ ||
                tokens_[i].name != NameClass::kNone;
    }
    if (!proper) return false;
    uint32_t title = range.last;  // the last title word with a name behind it
    for (uint32_t i = range.first; i + 1 < range.last; ++i) {
      const std::string word = Lower(document_, i);
      if (i + 1 >= run && (IsTitleWord(word) || IsHonorific(word))) title = i;
    }
    if (title + 1 < range.last) {
      SetName({title + 1, range.last}, mention);
      mention.kind = Actor::PERSON;
      mention.kind_sure = true;
      AddTitle({range.first, title + 1}, {}, mention);
      return true;
    }
    const std::string last_word = Lower(document_, range.last - 1);
    if (run == range.first && IsTitleWord(last_word) &&
        (mention.definite || range.size() == 1 || !mention.of.empty())) {
      return false;  // "the President", "Chief Executive"
    }
    SetName({run, range.last}, mention);
    GuessKind(phrase_first, mention);
    if (mention.kind == Actor::ORGANISATION && mention.kind_sure) {
      SetName(WholeBodyName({run, range.last}, whole_last, phrase_first),
              mention);
    }
    if (run > range.first) {
      const std::string& descriptor = tokens_[run - 1].lemma;
      if (!IsNoun(tokens_[run - 1].tag) && !IsPersonWord(descriptor) &&
          !IsBodyWord(descriptor)) {
        // "former Lumora", "new Labour": an adjective before the name.
        return true;
      }
      mention.descriptors.push_back(descriptor);
      if (IsPersonWord(descriptor)) {
        mention.kind = Actor::PERSON;
        mention.kind_sure = true;
        AddTitle({range.first, run}, {}, mention);
      } else if (IsBodyWord(descriptor) || IsMediaWord(descriptor)) {
        mention.kind = Actor::ORGANISATION;
        mention.kind_sure = true;
      }
    }
    return true;
  }

  // The name of a body with a demonym in front ("Hungarian National Bank") and
  // what "of" joins to it ("Association of Salmon Producers").
  TokenRange WholeBodyName(TokenRange name, uint32_t last,
                           uint32_t phrase_first) const {
    while (name.first > phrase_first &&
           IsCapitalized(document_.TextOf(tokens_[name.first - 1])) &&
           tokens_[name.first - 1].tag != Tag::kDT &&
           tokens_[name.first - 1].tag != Tag::kPOS) {
      --name.first;
    }
    if (name.last + 1 < last && InList(Lower(document_, name.last), "of for") &&
        IsBodyWord(tokens_[name.last - 1].lemma)) {
      uint32_t next = name.last + 1;
      if (tokens_[next].tag == Tag::kDT && next + 1 < last) ++next;
      const NounPhrase* phrase = grammar_.NounPhraseAt(next);
      if (phrase != nullptr && phrase->range.last <= last &&
          IsCapitalized(document_.TextOf(tokens_[phrase->range.last - 1]))) {
        name.last = phrase->range.last;
      }
    }
    return name;
  }

  void SetName(TokenRange range, NounMention& mention) const {
    mention.name_range = range;
    mention.name = std::string(TextOf(document_, range));
    for (const absl::string_view possessive : {"'s", "’s", "'", "’"}) {
      absl::string_view name = mention.name;
      if (absl::ConsumeSuffix(&name, possessive)) {
        mention.name = std::string(name);
        break;
      }
    }
    mention.head = tokens_[range.last - 1].lemma;
  }

  void GuessKind(uint32_t phrase_first, NounMention& mention) const {
    const TokenRange range = mention.name_range;
    int person = 0;
    int organisation = 0;
    int place = 0;
    for (uint32_t i = range.first; i < range.last; ++i) {
      const std::string word = Lower(document_, i);
      if (IsBodyWord(word) || IsMediaWord(word) || IsCompanySuffix(word) ||
          word == "&") {
        mention.kind = Actor::ORGANISATION;
        mention.kind_sure = true;
        if (IsBodyWord(word)) mention.descriptors.push_back(tokens_[i].lemma);
        return;
      }
      person += tokens_[i].name == NameClass::kPerson;
      organisation += tokens_[i].name == NameClass::kOrganisation;
      place += tokens_[i].name == NameClass::kPlace;
    }
    const absl::string_view first = document_.TextOf(tokens_[range.first]);
    const bool acronym = range.size() == 1 && first.size() >= 2 &&
                         absl::ascii_isupper(first[0]) &&
                         absl::ascii_isupper(first[1]) &&
                         !absl::StrContains(first, ".");
    if (WordIs(document_, phrase_first, "the") || acronym) {
      mention.kind = Actor::ORGANISATION;
    } else if (person > 0 && person >= organisation) {
      mention.kind = Actor::PERSON;
    } else if (organisation > 0) {
      mention.kind = Actor::ORGANISATION;
    } else if (place == 0 && range.size() >= 2 && range.size() <= 4) {
      mention.kind = Actor::PERSON;
    }
  }

  // Months may be names: "Jan Smit", "April Jones".
  bool IsWeekday(uint32_t token) const {
    return IsTimeWord(document_, token) &&
           absl::EndsWith(Lower(document_, token), "day");
  }

  // An office: the title's words, and whose: what was noted before it, or a
  // capitalised word that stands before a lower-case title ("Lumora
  // spokesman"), or `rest`, the words behind it.
  void AddTitle(TokenRange title, TokenRange rest, NounMention& mention) const {
    Entity::Office office;
    office.of = mention.of;
    uint32_t first = title.first;
    const bool lower_title =
        !IsCapitalized(document_.TextOf(tokens_[title.last - 1]));
    while (first + 1 < title.last &&
           (tokens_[first].tag == Tag::kCD || tokens_[first].tag == Tag::kDT)) {
      ++first;
    }
    title.first = first;
    while (lower_title && first + 1 < title.last &&
           IsCapitalized(document_.TextOf(tokens_[first])) &&
           (tokens_[first].tag != Tag::kJJ ||
            document_.TextOf(tokens_[first]) == mention.of)) {
      ++first;
    }
    if (first > title.first) {
      const absl::string_view body = TextOf(document_, {title.first, first});
      if (!absl::StrContains(body, office.of) || office.of.empty()) {
        office.of = std::string(body);
      }
      mention.of = office.of;
    }
    while (title.last > first &&
           IsHonorific(Lower(document_, title.last - 1))) {
      --title.last;
    }
    if (first >= title.last) return;
    office.title = std::string(TextOf(document_, {first, title.last}));
    office.begin = tokens_[first].begin;
    office.end = tokens_[title.last - 1].end;
    const std::string head = tokens_[title.last - 1].lemma;
    mention.spokesperson |= IsSpokesperson(head);
    if (!rest.empty()) ReadWhose(rest, office);
    mention.descriptors.push_back(head);
    mention.offices.push_back(std::move(office));
  }

  // "of the Association", "for fisheries", "at the University": whose office.
  void ReadWhose(TokenRange rest, Entity::Office& office) const {
    const std::string link = Lower(document_, rest.first);
    TokenRange body = grammar_.FullPhraseFrom(rest.first + 1, rest.last);
    if (body.empty()) return;
    // "… and a former minister" is another description.
    for (uint32_t i = body.first; i + 1 < body.last; ++i) {
      if (tokens_[i].tag == Tag::kCC && tokens_[i + 1].tag == Tag::kDT) {
        body.last = i;
      }
    }
    const bool proper = HasProper(body);
    if (InList(link, "of at from") || (link == "for" && proper) ||
        (link == "with" && proper) || (link == "in" && proper)) {
      absl::string_view words = TextOf(document_, body);
      if (office.of.empty()) office.of = std::string(words);
      return;
    }
    if (link == "for" || link == "to") {
      absl::StrAppend(&office.title, " ",
                      TextOf(document_, {rest.first, body.last}));
      office.end = tokens_[body.last - 1].end;
    }
  }

  bool HasProper(TokenRange range) const {
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (IsProper(tokens_[i].tag) ||
          IsCapitalized(document_.TextOf(tokens_[i]))) {
        return true;
      }
    }
    return false;
  }

  void ReadDescription(TokenRange base, TokenRange whole,
                       NounMention& mention) const {
    const uint32_t head = base.last - 1;
    mention.head = tokens_[head].lemma;
    mention.plural = tokens_[head].tag == Tag::kNNS ||
                     tokens_[head].tag == Tag::kNNPS ||
                     mention.head == "people";
    mention.name = std::string(TextOf(document_, {base.first, whole.last}));
    const TokenRange rest = {base.last, whole.last};
    if (IsPersonWord(mention.head)) {
      AddTitle(base, rest, mention);
      if (!mention.offices.empty() && mention.of.empty()) {
        mention.of = mention.offices.back().of;
      }
    } else {
      mention.descriptors.push_back(mention.head);
      if (rest.size() > 1 && InList(Lower(document_, rest.first), "of for")) {
        const TokenRange of =
            grammar_.FullPhraseFrom(rest.first + 1, rest.last);
        if (mention.of.empty() && !of.empty()) {
          mention.of = std::string(TextOf(document_, of));
        }
      }
    }
    // "A Lumora spokesman": AddTitle has noted the body.
  }

  // One mention from all parts: the name of the first that has one, the
  // offices and descriptions of the others.
  static void Combine(const std::vector<Part>& parts, NounMention& mention) {
    if (parts.empty()) return;
    size_t main = 0;
    while (main < parts.size() && !parts[main].named) ++main;
    if (main == parts.size() || (main > 0 && !CanDescribe(parts[0]))) main = 0;
    // "Chile's undersecretary, Ignacia Valdés": a description, then a name.
    const TokenRange range = mention.range;
    const std::string acronym = mention.acronym;
    mention = parts[main].mention;
    mention.range = range;
    mention.acronym = acronym;
    if (parts[main].named) mention.form = NounMention::Form::kName;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i == main || !parts[i].described) continue;
      const NounMention& other = parts[i].mention;
      if (parts[main].named && IsPersonWord(other.head) &&
          mention.kind != Actor::COUNTRY) {
        mention.kind = Actor::PERSON;
        mention.kind_sure = true;
        mention.offices.insert(mention.offices.end(), other.offices.begin(),
                               other.offices.end());
        mention.spokesperson |= other.spokesperson;
        if (mention.of.empty()) mention.of = other.of;
      } else if (parts[main].named && IsBodyWord(other.head) &&
                 !mention.kind_sure) {
        mention.kind = Actor::ORGANISATION;
        mention.kind_sure = true;
      }
      mention.descriptors.insert(mention.descriptors.end(),
                                 other.descriptors.begin(),
                                 other.descriptors.end());
    }
  }

  static bool CanDescribe(const Part& part) {
    return part.described &&
           (IsPersonWord(part.mention.head) || IsBodyWord(part.mention.head));
  }

  const Grammar& grammar_;
  const Document& document_;
  const std::vector<Token>& tokens_;
};

}  // namespace

NounMention ReadMention(const Grammar& grammar, TokenRange range) {
  return MentionReader(grammar).Read(range);
}

}  // namespace extract
}  // namespace onrecord
