#include "engine/extract/speakers/references.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/speakers/affiliation.h"
#include "engine/extract/speakers/gazetteer.h"
#include "engine/extract/speakers/role_words.h"
#include "engine/extract/speakers/spelling.h"

namespace onrecord {
namespace extract {
namespace {

// How sure each way of deciding is.
constexpr double kNamed = 0.98;
constexpr double kEnclosing = 0.9;
constexpr double kByPronoun = 0.85;
constexpr double kByDescription = 0.8;
constexpr double kByKind = 0.65;

bool IsPossessivePronoun(absl::string_view word) {
  return InList(word, "his her its their our my your");
}

bool IsBodyKind(const EntityRecord& record) {
  return record.entity.kind == Actor::ORGANISATION ||
         record.entity.kind == Actor::COUNTRY;
}

bool Describes(const EntityRecord& record, absl::string_view word) {
  return std::find(record.descriptors.begin(), record.descriptors.end(),
                   word) != record.descriptors.end() ||
         std::find(record.words.begin(), record.words.end(), word) !=
             record.words.end();
}

// Every word of the title is one of the office's, or only narrows its head.
bool TitleFits(const std::string& title, const EntityRecord& record,
               const std::string& head) {
  for (const Entity::Office& office : record.entity.offices) {
    const std::vector<std::string> have = NameWords(office.title);
    if (have.empty()) continue;
    const std::vector<std::string> want = NameWords(title);
    const bool all =
        std::all_of(want.begin(), want.end(), [&](const std::string& word) {
          return std::find(have.begin(), have.end(), word) != have.end();
        });
    if (all) return true;
  }
  return NameWords(title).size() == 1 && Describes(record, head);
}

// What somebody is, not an office that one alone holds: who it is was said just
// before.
bool IsTrade(absl::string_view word) {
  return InList(word,
                "lawmaker mp mep politician legislator economist analyst "
                "strategist professor lawyer attorney activist author "
                "researcher historian scientist expert billionaire "
                "businessman businesswoman veteran republican democrat "
                "farmer trader broker investor banker engineer");
}

// Bodies of members, which texts call by their initials.
bool IsMembersBodyWord(absl::string_view word) {
  return InList(word,
                "association union federation confederation lobby group "
                "society chamber council league body");
}

bool IsFormer(const Entity::Office& office) {
  const std::string title = absl::AsciiStrToLower(office.title);
  return absl::StartsWith(title, "former ") || absl::StartsWith(title, "ex-");
}

Reference Found(int entity, double confidence, std::string reason) {
  Reference reference;
  reference.entity = entity;
  reference.confidence = confidence;
  reference.reason = std::move(reason);
  return reference;
}

Reference Nobody(std::string reason) {
  Reference reference;
  reference.reason = std::move(reason);
  return reference;
}

}  // namespace

Reference ReferenceResolver::Resolve(const NounMention& mention,
                                     const ReferenceContext& context) {
  Reference reference;
  switch (mention.form) {
    case NounMention::Form::kName:
      reference = Named(mention, context);
      break;
    case NounMention::Form::kPronoun:
      reference = Pronoun(mention, context);
      break;
    case NounMention::Form::kDescription:
      reference = Description(mention, context);
      break;
  }
  if (reference.role.empty() && !mention.offices.empty() &&
      (mention.form == NounMention::Form::kName || IsTitleWord(mention.head))) {
    reference.role = mention.offices.front().title;
  }
  return reference;
}

Reference ReferenceResolver::Named(const NounMention& mention,
                                   const ReferenceContext& context) {
  NounMention known = mention;
  NameBodies(known, context);
  const int entity = book_.AddNamed(known);
  const std::vector<std::string>& doubtful =
      book_.records()[entity].entity.doubtful_aliases;
  if (std::find(doubtful.begin(), doubtful.end(), mention.name) !=
      doubtful.end()) {
    return Found(
        entity, 0.6,
        absl::StrCat("near spelling of ", book_.records()[entity].entity.name,
                     ", in the same place of the story"));
  }
  return Found(entity, kNamed, "named");
}

void ReferenceResolver::NameBodies(NounMention& mention,
                                   const ReferenceContext& context) {
  for (Entity::Office& office : mention.offices) {
    if (!IsPossessivePronoun(office.of)) continue;
    const int body = Possessor(office.of, context, false);
    const bool is_person =
        body < 0 || book_.records()[body].entity.kind == Actor::PERSON;
    office.of = is_person ? "" : book_.records()[body].entity.name;
  }
}

Reference ReferenceResolver::Pair(const ReferenceContext& context) {
  const auto is_country = [](const EntityRecord& record) {
    return record.entity.kind == Actor::COUNTRY;
  };
  const int last = book_.LastBefore(context.token, false, is_country);
  if (last < 0) return Nobody("no two parties named before");
  const int other =
      book_.LastBefore(context.token, false, [&](const EntityRecord& record) {
        return is_country(record) && &record != &book_.records()[last];
      });
  if (other < 0) return Nobody("no two parties named before");
  Reference pair =
      Found(std::min(last, other), kByKind, "the last two countries named");
  pair.joint.push_back(std::max(last, other));
  return pair;
}

Reference ReferenceResolver::Pronoun(const NounMention& mention,
                                     const ReferenceContext& context) {
  const std::string& word = mention.name;
  if (absl::StartsWith(word, "both") || absl::StartsWith(word, "the two") ||
      word == "each" || absl::StartsWith(word, "neither")) {
    return Pair(context);
  }
  if (InList(word, "i we me us my our")) {
    if (context.enclosing_speaker >= 0) {
      return Found(context.enclosing_speaker, kEnclosing,
                   "first person in the speaker's own words");
    }
    return Nobody("the writer's own first person");
  }
  const EntityRecord* enclosing =
      context.enclosing_speaker < 0
          ? nullptr
          : &book_.records()[context.enclosing_speaker];
  if (InList(word, "he she him her himself herself")) {
    const auto fits = [&](const EntityRecord& record) {
      // Who speaks says "I" of himself.
      if (context.quoted && &record == enclosing) return false;
      const bool one_person =
          record.entity.kind == Actor::PERSON ||
          (record.entity.unnamed
               ? !record.plural && !record.entity.offices.empty()
               : record.entity.kind == Actor::KIND_UNSPECIFIED);
      return one_person && (record.gender == Gender::kUnknown ||
                            record.gender == mention.gender);
    };
    if (enclosing != nullptr && fits(*enclosing) && !context.quoted) {
      return Found(context.enclosing_speaker, kEnclosing,
                   "pronoun within the speaker's reported words");
    }
    const int last = book_.LastBefore(context.token, true, fits);
    if (last < 0) return Nobody("no person named before the pronoun");
    book_.record(last).gender = mention.gender;
    return Found(last, kByPronoun, "pronoun: last person that is a subject");
  }
  if (word == "it" || word == "itself") {
    if (enclosing != nullptr && IsBodyKind(*enclosing) && !context.quoted) {
      return Found(context.enclosing_speaker, kEnclosing,
                   "pronoun within the speaker's reported words");
    }
    const int last = book_.LastBefore(context.token, true, IsBodyKind);
    if (last < 0) return Nobody("no body named before the pronoun");
    return Found(last, kByKind, "pronoun: last body that is a subject");
  }
  if (InList(word, "they them themselves those these")) {
    const auto fits = [](const EntityRecord& record) {
      return record.plural || record.entity.kind == Actor::GROUP ||
             record.entity.kind == Actor::ORGANISATION;
    };
    if (enclosing != nullptr && fits(*enclosing) && !context.quoted) {
      return Found(context.enclosing_speaker, kEnclosing,
                   "pronoun within the speakers' reported words");
    }
    const int last = book_.LastBefore(context.token, true, fits);
    if (last < 0) return Nobody("nobody named before the pronoun");
    return Found(last, kByKind, "pronoun: last group that is a subject");
  }
  return Nobody(absl::StrCat("\"", word, "\" names nobody"));
}

Reference ReferenceResolver::Description(const NounMention& mention,
                                         const ReferenceContext& context) {
  // Who speaks for a person is somebody else.
  const std::string whose =
      absl::AsciiStrToLower(mention.of.substr(0, mention.of.find(' ')));
  if (mention.spokesperson && !mention.of.empty() && !IsHonorific(whose)) {
    const int body = Possessor(mention.of, context, true);
    if (body >= 0 && book_.records()[body].entity.kind != Actor::PERSON) {
      return Found(body, 0.9, "speaks for the body");
    }
  }
  if (IsGovernmentWord(mention.head)) return Government(mention, context);
  if (IsPersonWord(mention.head)) return Person(mention, context);
  if (IsBodyWord(mention.head) || IsMediaWord(mention.head)) {
    return Body(mention, context);
  }
  return Unnamed(mention, context);
}

int ReferenceResolver::AddCountry(absl::string_view name,
                                  const NounMention& mention) {
  NounMention country;
  country.form = NounMention::Form::kName;
  country.range = mention.range;
  country.name_range = mention.range;
  country.name = std::string(name);
  country.kind = Actor::COUNTRY;
  country.kind_sure = true;
  country.descriptors = {"government"};
  return book_.AddNamed(country);
}

int ReferenceResolver::CountryOf(int entity, const NounMention& mention) {
  if (entity < 0) return -1;
  const EntityRecord& record = book_.records()[entity];
  if (record.entity.kind == Actor::COUNTRY) return entity;
  std::vector<std::string> places = {record.entity.member_of};
  for (const Entity::Office& office : record.entity.offices) {
    places.push_back(office.of);
  }
  for (const std::string& place : places) {
    const Country* country = FindCountry(place);
    if (country == nullptr) continue;
    return AddCountry(country->name, mention);
  }
  return -1;
}

Reference ReferenceResolver::Government(const NounMention& mention,
                                        const ReferenceContext& context) {
  if (const Country* country = FindCountry(mention.of)) {
    return Found(AddCountry(country->name, mention), 0.95,
                 "a country's government");
  }
  if (IsPossessivePronoun(mention.of)) {
    const int country =
        CountryOf(Possessor(mention.of, context, false), mention);
    if (country >= 0) {
      return Found(country, kByDescription, "the speaker's government");
    }
  } else if (!mention.of.empty()) {
    return Body(mention, context);
  }
  if (!mention.definite) return Unnamed(mention, context);
  const int spoken_for = CountryOf(context.enclosing_speaker, mention);
  if (spoken_for >= 0) {
    return Found(spoken_for, kByDescription, "the speaker's government");
  }
  int last =
      book_.LastBefore(context.token, false, [](const EntityRecord& record) {
        return record.entity.kind == Actor::COUNTRY &&
               Describes(record, "government");
      });
  if (last < 0) {
    last =
        book_.LastBefore(context.token, true, [](const EntityRecord& record) {
          return record.entity.kind == Actor::COUNTRY;
        });
  }
  if (last < 0) return Unnamed(mention, context);
  return Found(last, kByKind, "the government last spoken of");
}

Reference ReferenceResolver::Person(const NounMention& mention,
                                    const ReferenceContext& context) {
  const std::string title =
      mention.offices.empty() ? mention.head : mention.offices.front().title;
  if (mention.definite && !mention.plural) {
    const Country* country = FindCountry(mention.of);
    const auto is_of_country = [&](const EntityRecord& record) {
      if (country == nullptr || record.entity.offices.empty()) return true;
      return std::any_of(record.entity.offices.begin(),
                         record.entity.offices.end(),
                         [&](const Entity::Office& office) {
                           const Country* of = FindCountry(office.of);
                           return of == nullptr || of == country;
                         });
    };
    // Somebody named is meant rather than one whose name is kept back.
    int last =
        book_.LastBefore(context.token, true, [&](const EntityRecord& record) {
          return !record.entity.unnamed &&
                 TitleFits(title, record, mention.head) &&
                 is_of_country(record);
        });
    if (last < 0) {
      last = book_.LastBefore(
          context.token, true, [&](const EntityRecord& record) {
            return record.entity.unnamed && !record.plural &&
                   Describes(record, mention.head) && is_of_country(record);
          });
    }
    if (last >= 0) {
      return Found(last, kByDescription,
                   "description of somebody named before");
    }
    if (mention.of.empty() && IsTrade(mention.head)) {
      last = LastPersonNear(mention, context);
      if (last >= 0) {
        return Found(last, kByKind, "the person last spoken of");
      }
    }
  }
  return Unnamed(mention, context);
}

// The last person named who holds no office and is not of another gender.
int ReferenceResolver::LastPersonNear(const NounMention& mention,
                                      const ReferenceContext& context) const {
  return book_.LastBefore(context.token, true, [&](const EntityRecord& record) {
    const std::vector<Entity::Office>& offices = record.entity.offices;
    return !record.entity.unnamed && record.entity.kind == Actor::PERSON &&
           std::all_of(offices.begin(), offices.end(), IsFormer) &&
           (mention.gender == Gender::kUnknown ||
            record.gender == Gender::kUnknown ||
            mention.gender == record.gender);
  });
}

Reference ReferenceResolver::Body(const NounMention& mention,
                                  const ReferenceContext& context) {
  const bool own_name =
      !mention.of.empty() && !IsPossessivePronoun(mention.of) &&
      (IsStateBodyWord(mention.head) || IsGovernmentWord(mention.head) ||
       absl::EndsWith(mention.name, "central bank"));
  if (own_name) {
    // "China's commerce ministry": the words are as good as a name.
    NounMention named = mention;
    named.form = NounMention::Form::kName;
    named.kind = Actor::ORGANISATION;
    named.kind_sure = true;
    named.name_range = mention.range;
    absl::string_view name = mention.name;
    if (!absl::StrContains(name, mention.of)) {
      named.name = absl::StrCat(
          mention.of,
          FindCountry(mention.of) != nullptr &&
                  ClassifyCountryWord(mention.of) == CountryWord::kDemonym
              ? " "
              : "'s ",
          name);
    }
    const int entity = book_.AddNamed(named);
    book_.record(entity).entity.member_of = mention.of;
    return Found(entity, 0.95, "a body named by what it is");
  }
  if (InList(mention.head, "board management leadership headquarters") &&
      !mention.of.empty()) {
    const int owner = Possessor(mention.of, context, true);
    if (owner >= 0) return Found(owner, 0.85, "speaks for the body");
  }
  if (mention.definite && !mention.plural) {
    const bool may_be_acronym = IsMembersBodyWord(mention.head);
    const int last =
        book_.LastBefore(context.token, false, [&](const EntityRecord& record) {
          return record.entity.kind != Actor::PERSON &&
                 record.entity.kind != Actor::COUNTRY &&
                 !record.entity.unnamed &&
                 (Describes(record, mention.head) ||
                  (may_be_acronym && IsInitials(record.entity.name)) ||
                  (IsMediaWord(mention.head) && IsMedium(record)));
        });
    if (last >= 0) {
      return Found(last, kByDescription, "description of a body named before");
    }
    const bool is_bare = !absl::StrContains(mention.name, ' ');
    if (is_bare && (IsCompanyWord(mention.head) ||
                    InList(mention.head, "organization organisation body"))) {
      const int company = book_.LastBefore(
          context.token, true, [&](const EntityRecord& record) {
            if (record.entity.kind != Actor::ORGANISATION ||
                record.entity.unnamed) {
              return false;
            }
            return std::none_of(record.words.begin(), record.words.end(),
                                [](const std::string& word) {
                                  return IsStateBodyWord(word) ||
                                         IsMediaWord(word);
                                });
          });
      if (company >= 0) {
        return Found(company, kByKind, "the last company that is a subject");
      }
    }
  }
  return Unnamed(mention, context);
}

Reference ReferenceResolver::Unnamed(const NounMention& mention,
                                     const ReferenceContext& context) {
  // "One of them", "one official": of the group spoken of before.
  const std::string last_word =
      absl::AsciiStrToLower(mention.name.substr(mention.name.rfind(' ') + 1));
  const bool of_them = InList(last_word, "them these those");
  const int group =
      book_.LastBefore(context.token, false, [&](const EntityRecord& record) {
        if (!record.entity.unnamed) return false;
        return of_them ? record.entity.kind == Actor::GROUP
                       : Describes(record, mention.head) &&
                             (mention.of.empty() ||
                              FindCountry(mention.of) ==
                                  FindCountry(record.entity.member_of));
      });
  if (group >= 0 &&
      (of_them || mention.of.empty() || FindCountry(mention.of) != nullptr)) {
    return Found(group, kByDescription, "one of the unnamed group before");
  }
  std::string member_of = mention.of;
  if (IsPossessivePronoun(member_of)) {
    const int body = Possessor(member_of, context, false);
    const bool is_body = body >= 0 && IsBodyKind(book_.records()[body]);
    member_of = is_body ? book_.records()[body].entity.name : "";
  }
  NounMention known = mention;
  NameBodies(known, context);
  const int entity = book_.AddUnnamed(known, member_of);
  return Found(entity, 0.9, "the text keeps the name back");
}

int ReferenceResolver::Possessor(const std::string& of,
                                 const ReferenceContext& context, bool add) {
  if (IsPossessivePronoun(of)) {
    NounMention pronoun;
    pronoun.form = NounMention::Form::kPronoun;
    pronoun.name = of == "his"     ? "he"
                   : of == "her"   ? "she"
                   : of == "its"   ? "it"
                   : of == "their" ? "they"
                                   : "we";
    pronoun.gender = GenderOf(pronoun.name);
    return Pronoun(pronoun, context).entity;
  }
  absl::string_view words = of;
  absl::ConsumePrefix(&words, "the ");
  absl::ConsumePrefix(&words, "The ");
  const int known = book_.FindByName(words);
  if (known >= 0 || !add) return known;
  if (!IsCapitalized(words)) return -1;
  NounMention named;
  named.form = NounMention::Form::kName;
  named.range = {context.token, context.token + 1};
  named.name = std::string(words);
  named.kind = Actor::ORGANISATION;
  if (const Country* country = FindCountry(words)) {
    return AddCountry(country->name, named);
  }
  return book_.AddNamed(named);
}

}  // namespace extract
}  // namespace onrecord
