#include "engine/actors/matcher.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/actors/name_key.h"
#include "engine/actors/near_spelling.h"
#include "engine/extract/speakers/gazetteer.h"

namespace onrecord {
namespace {

using Candidates = std::vector<const Actor*>;

// How sure each way of finding somebody is.
constexpr double kByName = 1.0;
constexpr double kByWords = 0.95;
constexpr double kAsCountry = 0.95;
constexpr double kByFamilyName = 0.85;
constexpr double kByShortName = 0.8;
constexpr double kByOffice = 0.8;
constexpr double kByNearSpelling = 0.7;

bool HasSeveralWords(absl::string_view key) {
  return absl::StrContains(key, ' ');
}

Match Found(const Actor& actor, double confidence, absl::string_view reason) {
  return {actor.id(), confidence, std::string(reason), false};
}

Match Ambiguous(const Candidates& candidates, absl::string_view name) {
  Match match;
  match.ambiguous = true;
  match.reason = absl::StrCat("\"", name, "\" could be ");
  for (size_t i = 0; i < candidates.size(); ++i) {
    absl::StrAppend(&match.reason, i == 0 ? "" : " or ", candidates[i]->name());
  }
  return match;
}

bool FitsKind(const extract::Entity& entity, const Actor& actor) {
  const Actor::Kind kind = KindOf(actor);
  return entity.kind == Actor::KIND_UNSPECIFIED ||
         kind == Actor::KIND_UNSPECIFIED ||
         (entity.kind == Actor::PERSON) == (kind == Actor::PERSON);
}

// Whether two persons' names, as keys, may be one person's: neither has a given
// name that contradicts the other's. "Kato" fits "katsunobu kato"; "taro kato"
// does not.
bool GivenNamesFit(absl::string_view a, absl::string_view b) {
  if (!HasSeveralWords(a) || !HasSeveralWords(b)) return true;
  const std::vector<absl::string_view> first = absl::StrSplit(a, ' ');
  const std::vector<absl::string_view> second = absl::StrSplit(b, ' ');
  for (const absl::string_view word : first) {
    if (word == LastWord(a)) continue;
    for (const absl::string_view other : second) {
      if (word == other) return true;
      if ((word.size() == 1 || other.size() == 1) && word[0] == other[0]) {
        return true;
      }
      if (AreNearSpellings(word, other)) return true;
    }
  }
  return UnorderedNameKey(a) == UnorderedNameKey(b);
}

class Finder {
 public:
  Finder(const extract::Entity& entity, const Directory& directory,
         std::optional<absl::CivilDay> day)
      : entity_(entity), directory_(directory), day_(day) {
    names_.push_back(entity.name);
    for (const std::string& alias : entity.aliases) {
      if (std::find(entity.doubtful_aliases.begin(),
                    entity.doubtful_aliases.end(),
                    alias) == entity.doubtful_aliases.end()) {
        names_.push_back(alias);
      }
    }
  }

  Match Find() const {
    for (Match (Finder::*step)() const :
         {&Finder::ByName, &Finder::AsCountry, &Finder::ByWords,
          &Finder::ByNearSpelling, &Finder::ByFamilyName,
          &Finder::ByShortName}) {
      Match match = (this->*step)();
      if (!match.actor_id.empty() || match.ambiguous) return match;
    }
    return {};
  }

 private:
  Candidates Fitting(const Candidates& found) const {
    Candidates fitting;
    for (const Actor* actor : found) {
      if (FitsKind(entity_, *actor) &&
          (entity_.kind != Actor::PERSON ||
           GivenNamesFit(NameKey(entity_.name), NameKey(actor->name())))) {
        fitting.push_back(actor);
      }
    }
    return fitting;
  }

  // One of `candidates`: the only one, or the only one that holds an office
  // that the text gives.
  Match Choose(const Candidates& candidates, double confidence,
               absl::string_view reason, absl::string_view name) const {
    if (candidates.empty()) return {};
    if (candidates.size() == 1) {
      return Found(*candidates[0], confidence, reason);
    }
    Candidates in_office;
    for (const Actor* actor : candidates) {
      if (HoldsAnOffice(*actor)) in_office.push_back(actor);
    }
    if (in_office.size() == 1) {
      return Found(*in_office[0], kByOffice,
                   absl::StrCat(reason, ", told from others by the office"));
    }
    return Ambiguous(candidates, name);
  }

  bool HoldsAnOffice(const Actor& actor) const {
    for (const extract::Entity::Office& office : entity_.offices) {
      for (const Role& role : actor.roles()) {
        if (SameTitle(role.title(), office.title) &&
            (!day_.has_value() || IsHeldOn(role, *day_))) {
          return true;
        }
      }
    }
    return false;
  }

  Match ByName() const {
    for (const std::string& name : names_) {
      // A family name alone is for a later step, unless it is all there is.
      if (entity_.kind == Actor::PERSON && !HasSeveralWords(NameKey(name)) &&
          HasSeveralWords(NameKey(entity_.name))) {
        continue;
      }
      const Match match =
          Choose(Fitting(directory_.FindByName(name)), kByName, "name", name);
      if (!match.actor_id.empty() || match.ambiguous) return match;
    }
    return {};
  }

  Match AsCountry() const {
    if (entity_.kind == Actor::PERSON) return {};
    for (const std::string& name : names_) {
      const Match match = FindBody(name, directory_);
      if (!match.actor_id.empty()) return match;
    }
    return {};
  }

  Match ByWords() const {
    if (entity_.kind != Actor::PERSON) return {};
    for (const std::string& name : names_) {
      if (!HasSeveralWords(NameKey(name))) continue;
      const Match match = Choose(directory_.FindByWords(name), kByWords,
                                 "name in another order", name);
      if (!match.actor_id.empty() || match.ambiguous) return match;
    }
    return {};
  }

  // A holder of the same office whose family name is spelled nearly so.
  Match ByNearSpelling() const {
    if (entity_.kind != Actor::PERSON || !day_.has_value()) return {};
    Candidates near;
    for (const extract::Entity::Office& office : entity_.offices) {
      const std::string of = FindBody(office.of, directory_).actor_id;
      for (const Actor* holder :
           directory_.FindByRole(office.title, of, *day_)) {
        if (IsNear(*holder) &&
            std::find(near.begin(), near.end(), holder) == near.end()) {
          near.push_back(holder);
        }
      }
    }
    if (near.size() != 1) return {};
    return Found(*near[0], kByNearSpelling,
                 absl::StrCat("a near spelling of ", near[0]->name(),
                              ", who held the same office"));
  }

  bool IsNear(const Actor& holder) const {
    const std::string holder_key = NameKey(holder.name());
    const absl::string_view family_name = LastWord(holder_key);
    for (const std::string& name : names_) {
      for (const absl::string_view word : absl::StrSplit(NameKey(name), ' ')) {
        if (word == family_name || AreNearSpellings(word, family_name)) {
          return true;
        }
      }
    }
    return false;
  }

  Match ByFamilyName() const {
    if (entity_.kind != Actor::PERSON) return {};
    const std::string key = NameKey(entity_.name);
    return Choose(Fitting(directory_.FindByFamilyName(LastWord(key))),
                  HasSeveralWords(key) ? kByOffice : kByFamilyName,
                  "family name", entity_.name);
  }

  // An organisation whose name begins with these words, or that these begin
  // with: "Toyota" for "Toyota Motor Corporation".
  Match ByShortName() const {
    if (entity_.kind != Actor::ORGANISATION) return {};
    const std::string key = NameKey(entity_.name);
    Candidates longer;
    for (const Actor* actor : directory_.FindByFirstWord(entity_.name)) {
      const std::string other = NameKey(actor->name());
      if (absl::StartsWith(other, key + " ") ||
          absl::StartsWith(key, other + " ")) {
        longer.push_back(actor);
      }
    }
    if (longer.size() != 1) return {};
    return Found(*longer[0], kByShortName, "a shorter or longer name");
  }

  const extract::Entity& entity_;
  const Directory& directory_;
  const std::optional<absl::CivilDay> day_;
  std::vector<std::string> names_;
};

// Words for whoever stands at the top of a body.
bool IsHeadOfBody(absl::string_view title) {
  constexpr absl::string_view kHeads[] = {
      "head",       "leader",      "president", "chair",    "chairman",
      "chairwoman", "chairperson", "chief",     "director", "boss"};
  return std::find(std::begin(kHeads), std::end(kHeads), NameKey(title)) !=
         std::end(kHeads);
}

bool IsRole(const Role& role, absl::string_view title, absl::string_view of) {
  if (of.empty()) return SameTitle(role.title(), title);
  return role.of() == of &&
         (SameTitle(role.title(), title) ||
          (IsHeadOfBody(role.title()) && IsHeadOfBody(title)));
}

// The only one who held an office of `entity` on `day`, of those whom
// `candidates` gives for a title and a body; null if none or several did.
const Actor* OnlyHolder(const extract::Entity& entity,
                        const Directory& directory, absl::CivilDay day,
                        absl::FunctionRef<Candidates(const std::string& title,
                                                     const std::string& of)>
                            candidates) {
  const Actor* holder = nullptr;
  for (const extract::Entity::Office& office : entity.offices) {
    const std::string of = FindBody(office.of, directory).actor_id;
    for (const Actor* actor : candidates(office.title, of)) {
      const bool holds = std::any_of(
          actor->roles().begin(), actor->roles().end(), [&](const Role& role) {
            return IsRole(role, office.title, of) && IsHeldOn(role, day);
          });
      if (!holds || actor == holder) continue;
      if (holder != nullptr) return nullptr;
      holder = actor;
    }
  }
  return holder;
}

}  // namespace

Match FindActor(const extract::Entity& entity, const Directory& directory,
                std::optional<absl::CivilDay> day) {
  return Finder(entity, directory, day).Find();
}

Match FindOfficeHolder(const extract::Entity& entity,
                       const Directory& directory,
                       std::optional<absl::CivilDay> day,
                       const std::vector<const Actor*>& named_before) {
  if (entity.kind != Actor::PERSON || !day.has_value()) return {};
  const Actor* known =
      OnlyHolder(entity, directory, *day,
                 [&](const std::string& title, const std::string& of) {
                   if (!of.empty()) return directory.FindByBody(of);
                   // A title of one word and of no known body tells somebody
                   // only among a few.
                   return HasSeveralWords(NameKey(title))
                              ? directory.FindByTitle(title, *day)
                              : Candidates();
                 });
  if (known != nullptr) {
    return Found(*known, kByOffice, "the only one known to hold the office");
  }
  const Actor* named =
      OnlyHolder(entity, directory, *day,
                 [&](const std::string& /*title*/, const std::string& /*of*/) {
                   return named_before;
                 });
  if (named == nullptr) return {};
  return Found(*named, kByOffice,
               "the only one named before who holds the office");
}

Match FindGovernment(const extract::Entity& entity, const Directory& directory,
                     std::optional<absl::CivilDay> day,
                     const std::vector<const Actor*>& named_before) {
  const std::string key = NameKey(entity.name);
  if (entity.kind == Actor::PERSON || !entity.member_of.empty() ||
      !day.has_value() || (key != "government" && key != "the government")) {
    return {};
  }
  const Actor* country = nullptr;
  for (const Actor* person : named_before) {
    for (const Role& role : person->roles()) {
      const Actor* body = directory.Find(role.of());
      if (body == nullptr || KindOf(*body) != Actor::COUNTRY ||
          body == country || !IsHeldOn(role, *day)) {
        continue;
      }
      if (country != nullptr) return {};
      country = body;
    }
  }
  if (country == nullptr) return {};
  return Found(*country, kByOffice,
               "the country in which those named before hold offices");
}

Match FindBody(absl::string_view text, const Directory& directory) {
  Candidates bodies;
  for (const Actor* actor : directory.FindByName(text)) {
    if (KindOf(*actor) != Actor::PERSON) bodies.push_back(actor);
  }
  if (bodies.size() == 1) return Found(*bodies[0], kByName, "name");
  const extract::Country* country = extract::FindCountry(text);
  if (country == nullptr) return {};
  for (const Actor* actor : directory.FindByName(country->name)) {
    if (KindOf(*actor) == Actor::COUNTRY) {
      return Found(*actor, kAsCountry, "country");
    }
  }
  return {};
}

}  // namespace onrecord
