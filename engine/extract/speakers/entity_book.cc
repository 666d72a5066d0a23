#include "engine/extract/speakers/entity_book.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/speakers/gazetteer.h"
#include "engine/extract/speakers/news_agencies.h"
#include "engine/extract/speakers/spelling.h"

namespace onrecord {
namespace extract {
namespace {

constexpr size_t kMaxLookBack = 300;    // mentions
constexpr uint32_t kNearSentences = 4;  // a subject so near is meant first
constexpr size_t kMaxCandidates = 64;   // of one word

// Two spellings this near are one name, if nothing else tells them apart; less
// will do where the second follows the first as its sentence's subject.
constexpr double kNearSpelling = 0.75;
constexpr double kNearSpellingInContext = 0.5;

bool IsSubset(const std::vector<std::string>& small,
              const std::vector<std::string>& large) {
  return std::all_of(small.begin(), small.end(), [&](const std::string& word) {
    return std::find(large.begin(), large.end(), word) != large.end();
  });
}

bool KindsFit(const NounMention& mention, const EntityRecord& record) {
  const Actor::Kind a = mention.kind;
  const Actor::Kind b = record.entity.kind;
  if (a == b || a == Actor::KIND_UNSPECIFIED || b == Actor::KIND_UNSPECIFIED) {
    return true;
  }
  if (a == Actor::COUNTRY || b == Actor::COUNTRY) return false;
  return !mention.kind_sure || !record.kind_sure;
}

// One name is the other's short form.
bool NamesFit(const NounMention& mention, const std::vector<std::string>& words,
              const EntityRecord& record) {
  const std::vector<std::string>& full = record.words;
  if (words == full) return true;
  if (words.empty() || full.empty()) return false;
  const bool person =
      mention.kind == Actor::PERSON || record.entity.kind == Actor::PERSON;
  const auto& small = words.size() <= full.size() ? words : full;
  const auto& large = words.size() <= full.size() ? full : words;
  if (!IsSubset(small, large)) {
    return words.size() == 1 && IsAcronymOf(words[0], full);
  }
  if (small.size() == large.size()) return true;  // in another order
  if (person) {
    // A family name stands last, or first ("Tanaka Kenji").
    return small.back() == large.back() || small.front() == large.front() ||
           small.back() == large.front();
  }
  // "Toyota" of "Toyota Motor Corporation"; not "Bank" of "World Bank".
  return small.front() == large.front() &&
         (small.size() > 1 || !IsBodyWord(small[0]));
}

}  // namespace

EntityBook::EntityBook(const Grammar& grammar) : grammar_(grammar) {
  const Document& document = grammar.document();
  for (const NounPhrase& phrase : grammar.noun_phrases()) {
    uint32_t run = phrase.range.last;
    while (run > phrase.range.first &&
           IsCapitalized(document.TextOf(document.tokens()[run - 1]))) {
      --run;
    }
    if (phrase.range.last - run < 2) continue;
    for (const uint32_t token : {phrase.range.last - 1, run}) {
      for (std::string& word :
           NameWords(document.TextOf(document.tokens()[token]))) {
        introduced_.insert(std::move(word));
      }
    }
  }
}

int EntityBook::AddNamed(const NounMention& mention) {
  const std::vector<std::string> words = NameWords(mention.name);
  const absl::string_view agency = FindNewsAgency(mention.name);
  if (!agency.empty()) return AddAgency(mention, agency);
  int entity = FindNamed(mention, words);
  bool doubtful = false;
  if (entity < 0) {
    entity = FindNearSpelling(mention, words);
    doubtful = entity >= 0;
  }
  if (entity < 0) return Create(mention);
  if (doubtful) {
    AddAlias(mention.name, entity);
    records_[entity].entity.doubtful_aliases.push_back(mention.name);
    for (const std::string& word : words) by_word_[word].push_back(entity);
    return entity;
  }
  Merge(mention, words, entity);
  return entity;
}

// A short name that is the beginning of other bodies' names as well means the
// agency; of a person who was named before, the person.
int EntityBook::AddAgency(const NounMention& mention, absl::string_view name) {
  NounMention person = mention;
  person.kind = Actor::PERSON;
  person.kind_sure = false;
  const std::vector<std::string> words = NameWords(mention.name);
  const int named = FindNamed(person, words);
  if (named >= 0 && records_[named].entity.kind == Actor::PERSON) {
    Merge(person, words, named);
    return named;
  }
  NounMention full = mention;
  full.name = std::string(name);
  full.kind = Actor::ORGANISATION;
  full.kind_sure = true;
  const int entity = AddNamed(full);
  AddAlias(mention.name, entity);
  return entity;
}

int EntityBook::FindNamed(const NounMention& mention,
                          const std::vector<std::string>& words) {
  if (words.empty()) return -1;
  int best = -1;
  double best_score = 0;
  std::vector<std::string> keys = words;
  if (!mention.acronym.empty()) {
    keys.push_back(absl::AsciiStrToLower(mention.acronym));
  }
  for (const std::string& key : keys) {
    const auto found = by_word_.find(key);
    if (found == by_word_.end()) continue;
    size_t seen = 0;
    for (auto it = found->second.rbegin();
         it != found->second.rend() && seen < kMaxCandidates; ++it, ++seen) {
      const EntityRecord& record = records_[*it];
      if (!KindsFit(mention, record)) continue;
      double score = 0;
      if (record.words == words || mention.name == record.entity.name) {
        score = 3;
      } else if (std::find(record.entity.aliases.begin(),
                           record.entity.aliases.end(),
                           mention.name) != record.entity.aliases.end()) {
        score = 2.5;
      } else if (NamesFit(mention, words, record)) {
        score = 2;
      }
      if (mention.kind == Actor::COUNTRY && score < 3) score = 0;
      if (score > best_score) {
        best = *it;
        best_score = score;
      }
    }
  }
  return best;
}

int EntityBook::FindNearSpelling(const NounMention& mention,
                                 const std::vector<std::string>& words) const {
  if (words.size() != 1 || words[0].size() < 5 || mention.kind_sure ||
      mention.kind == Actor::COUNTRY || introduced_.contains(words[0])) {
    return -1;
  }
  const uint32_t token = mention.range.first;
  const uint32_t sentence = grammar_.document().tokens()[token].sentence;
  size_t seen = 0;
  for (auto event = events_.rbegin();
       event != events_.rend() && seen < kMaxLookBack; ++event, ++seen) {
    const EntityRecord& record = records_[event->entity];
    if (record.entity.kind != Actor::PERSON || record.words.empty()) continue;
    const bool next = event->subject && event->sentence + 2 >= sentence &&
                      (mention.kind == Actor::PERSON ||
                       mention.kind == Actor::KIND_UNSPECIFIED);
    for (const std::string* word :
         {&record.words.back(), &record.words.front()}) {
      if (word->front() != words[0].front()) continue;
      const double similarity = SpellingSimilarity(*word, words[0]);
      if (similarity >= kNearSpelling ||
          (next && similarity >= kNearSpellingInContext)) {
        return event->entity;
      }
    }
  }
  return -1;
}

int EntityBook::Create(const NounMention& mention) {
  const auto entity = static_cast<int>(records_.size());
  EntityRecord record;
  record.entity.name = mention.name;
  record.entity.kind = mention.kind;
  const std::vector<Token>& tokens = grammar_.document().tokens();
  const TokenRange span =
      mention.name_range.empty() ? mention.range : mention.name_range;
  record.entity.begin = tokens[span.first].begin;
  record.entity.end = tokens[span.last - 1].end;
  record.words = NameWords(mention.name);
  for (const std::string& word : record.words) {
    by_word_[word].push_back(entity);
  }
  if (record.words.size() > 1) {
    std::string acronym;
    std::string main;
    for (const std::string& word : record.words) {
      acronym.push_back(word[0]);
      if (!InList(word, "of the and for")) main.push_back(word[0]);
    }
    by_word_[acronym].push_back(entity);
    if (main != acronym) by_word_[main].push_back(entity);
  }
  records_.push_back(std::move(record));
  Merge(mention, records_.back().words, entity);
  return entity;
}

void EntityBook::Merge(const NounMention& mention,
                       const std::vector<std::string>& words, int entity) {
  EntityRecord& record = records_[entity];
  Entity& target = record.entity;
  if (mention.kind_sure || target.kind == Actor::KIND_UNSPECIFIED) {
    if (!record.kind_sure) target.kind = mention.kind;
    record.kind_sure |= mention.kind_sure;
  }
  if (mention.gender != Gender::kUnknown) record.gender = mention.gender;
  if (mention.form == NounMention::Form::kName) {
    if (words.size() > record.words.size() && target.kind != Actor::COUNTRY) {
      for (const std::string& word : words) {
        std::vector<int>& list = by_word_[word];
        if (list.empty() || list.back() != entity) list.push_back(entity);
      }
      std::string shorter = std::move(target.name);
      target.name = mention.name;
      record.words = words;
      AddAlias(shorter, entity);
    } else {
      AddAlias(mention.name, entity);
    }
    if (target.kind == Actor::COUNTRY) {
      AddAlias(std::string(TextOf(grammar_.document(), mention.name_range)),
               entity);
    }
    if (!mention.acronym.empty()) {
      AddAlias(mention.acronym, entity);
      by_word_[absl::AsciiStrToLower(mention.acronym)].push_back(entity);
    }
  }
  for (const Entity::Office& office : mention.offices) {
    const bool known =
        std::any_of(target.offices.begin(), target.offices.end(),
                    [&](const Entity::Office& other) {
                      return absl::AsciiStrToLower(other.title) ==
                                 absl::AsciiStrToLower(office.title) &&
                             (other.of == office.of || office.of.empty());
                    });
    if (!known) target.offices.push_back(office);
  }
  for (const std::string& descriptor : mention.descriptors) {
    if (std::find(record.descriptors.begin(), record.descriptors.end(),
                  descriptor) == record.descriptors.end()) {
      record.descriptors.push_back(descriptor);
    }
  }
}

void EntityBook::AddAlias(const std::string& alias, int entity) {
  Entity& target = records_[entity].entity;
  if (alias.empty() || alias == target.name ||
      std::find(target.aliases.begin(), target.aliases.end(), alias) !=
          target.aliases.end()) {
    return;
  }
  target.aliases.push_back(alias);
}

int EntityBook::AddUnnamed(const NounMention& mention,
                           const std::string& member_of) {
  const std::string key =
      absl::StrCat(mention.head, "|", absl::StrJoin(NameWords(member_of), " "));
  const auto [found, fresh] =
      unnamed_.emplace(key, static_cast<int>(records_.size()));
  if (!fresh) return found->second;
  EntityRecord record;
  record.entity.name = mention.name;
  // "The trade minister" is one person whom others may name; "an official" and
  // "officials" are some of a body.
  record.entity.kind = mention.definite && !mention.plural &&
                               IsTitleWord(mention.head) &&
                               !mention.offices.empty()
                           ? Actor::PERSON
                           : Actor::GROUP;
  record.entity.unnamed = true;
  record.entity.member_of = member_of;
  record.entity.offices = mention.offices;
  record.plural = mention.plural;
  record.gender = mention.gender;
  record.descriptors = mention.descriptors;
  if (!mention.head.empty()) record.descriptors.push_back(mention.head);
  const std::vector<Token>& tokens = grammar_.document().tokens();
  record.entity.begin = tokens[mention.range.first].begin;
  record.entity.end = tokens[mention.range.last - 1].end;
  records_.push_back(std::move(record));
  return found->second;
}

int EntityBook::FindByName(absl::string_view name) const {
  NounMention mention;
  mention.name = std::string(name);
  if (const Country* country = FindCountry(name)) {
    mention.name = std::string(country->name);
  }
  const std::vector<std::string> words = NameWords(mention.name);
  if (words.empty()) return -1;
  const auto found = by_word_.find(words[0]);
  if (found == by_word_.end()) return -1;
  size_t seen = 0;
  for (auto it = found->second.rbegin();
       it != found->second.rend() && seen < kMaxCandidates; ++it, ++seen) {
    if (NamesFit(mention, words, records_[*it])) return *it;
  }
  return -1;
}

void EntityBook::Note(int entity, uint32_t token, bool subject) {
  const Document& document = grammar_.document();
  Event event;
  event.entity = entity;
  event.token = token;
  event.sentence = document.tokens()[token].sentence;
  event.paragraph = document.sentences()[event.sentence].paragraph;
  event.subject = subject;
  events_.push_back(event);
}

int EntityBook::LastBefore(
    uint32_t token, bool subjects_first,
    const std::function<bool(const EntityRecord&)>& fits) const {
  const uint32_t sentence = grammar_.document().tokens()[token].sentence;
  int any = -1;
  size_t seen = 0;
  for (auto event = events_.rbegin();
       event != events_.rend() && seen < kMaxLookBack; ++event, ++seen) {
    if (event->token >= token || !fits(records_[event->entity])) continue;
    if (!subjects_first || event->subject) {
      if (event->sentence + kNearSentences >= sentence || any < 0 ||
          !subjects_first) {
        return event->entity;
      }
      break;
    }
    if (any < 0) any = event->entity;
  }
  return any;
}

}  // namespace extract
}  // namespace onrecord
