#include "engine/extract/text/lemmatizer.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace onrecord {
namespace extract {
namespace {

using absl::string_view;

struct Irregular {
  string_view form;
  string_view lemma;
};

// Closed classes and contractions. Sorted by form, like every table here.
constexpr Irregular kFunctionWords[] = {
    {"an", "a"},       {"her", "she"},   {"him", "he"},  {"his", "he"},
    {"me", "i"},       {"my", "my"},     {"n't", "not"}, {"our", "we"},
    {"their", "they"}, {"them", "they"}, {"us", "we"},   {"your", "you"},
};

constexpr Irregular kVerbs[] = {
    {"'d", "would"},
    {"'ll", "will"},
    {"'m", "be"},
    {"'re", "be"},
    {"'s", "be"},
    {"'ve", "have"},
    {"am", "be"},
    {"are", "be"},
    {"arisen", "arise"},
    {"arose", "arise"},
    {"ate", "eat"},
    {"awoke", "awake"},
    {"bade", "bid"},
    {"beaten", "beat"},
    {"became", "become"},
    {"been", "be"},
    {"befallen", "befall"},
    {"befell", "befall"},
    {"began", "begin"},
    {"begun", "begin"},
    {"being", "be"},
    {"bent", "bend"},
    {"besought", "beseech"},
    {"bidden", "bid"},
    {"bitten", "bite"},
    {"blew", "blow"},
    {"blown", "blow"},
    {"bore", "bear"},
    {"born", "bear"},
    {"borne", "bear"},
    {"bought", "buy"},
    {"bound", "bind"},
    {"bred", "breed"},
    {"broke", "break"},
    {"broken", "break"},
    {"brought", "bring"},
    {"built", "build"},
    {"burnt", "burn"},
    {"ca", "can"},
    {"came", "come"},
    {"caught", "catch"},
    {"chose", "choose"},
    {"chosen", "choose"},
    {"clung", "cling"},
    {"crept", "creep"},
    {"dealt", "deal"},
    {"did", "do"},
    {"died", "die"},
    {"does", "do"},
    {"done", "do"},
    {"dove", "dive"},
    {"drank", "drink"},
    {"drawn", "draw"},
    {"dreamt", "dream"},
    {"drew", "draw"},
    {"driven", "drive"},
    {"drove", "drive"},
    {"drunk", "drink"},
    {"dug", "dig"},
    {"dying", "die"},
    {"eaten", "eat"},
    {"fallen", "fall"},
    {"fed", "feed"},
    {"fell", "fall"},
    {"felt", "feel"},
    {"fled", "flee"},
    {"flew", "fly"},
    {"flown", "fly"},
    {"flung", "fling"},
    {"forbade", "forbid"},
    {"forbidden", "forbid"},
    {"foregone", "forgo"},
    {"foresaw", "foresee"},
    {"foreseen", "foresee"},
    {"foretold", "foretell"},
    {"forgave", "forgive"},
    {"forgiven", "forgive"},
    {"forgot", "forget"},
    {"forgotten", "forget"},
    {"forsaken", "forsake"},
    {"fought", "fight"},
    {"found", "find"},
    {"froze", "freeze"},
    {"frozen", "freeze"},
    {"gave", "give"},
    {"given", "give"},
    {"goes", "go"},
    {"gone", "go"},
    {"got", "get"},
    {"gotten", "get"},
    {"grew", "grow"},
    {"ground", "grind"},
    {"grown", "grow"},
    {"had", "have"},
    {"hanged", "hang"},
    {"has", "have"},
    {"heard", "hear"},
    {"held", "hold"},
    {"hid", "hide"},
    {"hidden", "hide"},
    {"hung", "hang"},
    {"inlaid", "inlay"},
    {"is", "be"},
    {"kept", "keep"},
    {"knelt", "kneel"},
    {"knew", "know"},
    {"known", "know"},
    {"laid", "lay"},
    {"lain", "lie"},
    {"leant", "lean"},
    {"leapt", "leap"},
    {"learnt", "learn"},
    {"led", "lead"},
    {"left", "leave"},
    {"lent", "lend"},
    {"lied", "lie"},
    {"lit", "light"},
    {"lost", "lose"},
    {"lying", "lie"},
    {"made", "make"},
    {"meant", "mean"},
    {"met", "meet"},
    {"misheard", "mishear"},
    {"misled", "mislead"},
    {"misspent", "misspend"},
    {"misspoke", "misspeak"},
    {"mistaken", "mistake"},
    {"mistook", "mistake"},
    {"misunderstood", "misunderstand"},
    {"mown", "mow"},
    {"outdone", "outdo"},
    {"outgrew", "outgrow"},
    {"outran", "outrun"},
    {"outsold", "outsell"},
    {"outspent", "outspend"},
    {"overcame", "overcome"},
    {"overheard", "overhear"},
    {"overran", "overrun"},
    {"overridden", "override"},
    {"overrode", "override"},
    {"oversaw", "oversee"},
    {"overseen", "oversee"},
    {"overtaken", "overtake"},
    {"overthrew", "overthrow"},
    {"overthrown", "overthrow"},
    {"paid", "pay"},
    {"partaken", "partake"},
    {"pled", "plead"},
    {"proven", "prove"},
    {"ran", "run"},
    {"rang", "ring"},
    {"rebuilt", "rebuild"},
    {"redone", "redo"},
    {"redrawn", "redraw"},
    {"redrew", "redraw"},
    {"repaid", "repay"},
    {"reran", "rerun"},
    {"resold", "resell"},
    {"rethought", "rethink"},
    {"retold", "retell"},
    {"retook", "retake"},
    {"rewritten", "rewrite"},
    {"ridden", "ride"},
    {"risen", "rise"},
    {"rode", "ride"},
    {"rose", "rise"},
    {"rung", "ring"},
    {"said", "say"},
    {"sang", "sing"},
    {"sank", "sink"},
    {"sat", "sit"},
    {"saw", "see"},
    {"sawn", "saw"},
    {"seen", "see"},
    {"sent", "send"},
    {"sewn", "sew"},
    {"shaken", "shake"},
    {"shaven", "shave"},
    {"shone", "shine"},
    {"shook", "shake"},
    {"shorn", "shear"},
    {"shot", "shoot"},
    {"shown", "show"},
    {"shrank", "shrink"},
    {"shrunk", "shrink"},
    {"slain", "slay"},
    {"slept", "sleep"},
    {"slid", "slide"},
    {"smitten", "smite"},
    {"sold", "sell"},
    {"sought", "seek"},
    {"sown", "sow"},
    {"spat", "spit"},
    {"sped", "speed"},
    {"spelt", "spell"},
    {"spent", "spend"},
    {"spilt", "spill"},
    {"spoilt", "spoil"},
    {"spoke", "speak"},
    {"spoken", "speak"},
    {"sprang", "spring"},
    {"sprung", "spring"},
    {"spun", "spin"},
    {"stank", "stink"},
    {"stole", "steal"},
    {"stolen", "steal"},
    {"stood", "stand"},
    {"strewn", "strew"},
    {"stricken", "strike"},
    {"stridden", "stride"},
    {"strode", "stride"},
    {"strove", "strive"},
    {"struck", "strike"},
    {"strung", "string"},
    {"stuck", "stick"},
    {"stung", "sting"},
    {"sung", "sing"},
    {"sunk", "sink"},
    {"swam", "swim"},
    {"swept", "sweep"},
    {"swollen", "swell"},
    {"swore", "swear"},
    {"sworn", "swear"},
    {"swung", "swing"},
    {"taken", "take"},
    {"taught", "teach"},
    {"thought", "think"},
    {"threw", "throw"},
    {"thrown", "throw"},
    {"tied", "tie"},
    {"told", "tell"},
    {"took", "take"},
    {"tore", "tear"},
    {"torn", "tear"},
    {"trodden", "tread"},
    {"tying", "tie"},
    {"unbound", "unbind"},
    {"underlying", "underlie"},
    {"understood", "understand"},
    {"undertaken", "undertake"},
    {"undertook", "undertake"},
    {"undid", "undo"},
    {"undone", "undo"},
    {"upheld", "uphold"},
    {"vying", "vie"},
    {"was", "be"},
    {"went", "go"},
    {"wept", "weep"},
    {"were", "be"},
    {"withdrawn", "withdraw"},
    {"withdrew", "withdraw"},
    {"withheld", "withhold"},
    {"withstood", "withstand"},
    {"wo", "will"},
    {"woke", "wake"},
    {"woken", "wake"},
    {"won", "win"},
    {"wore", "wear"},
    {"worn", "wear"},
    {"wound", "wind"},
    {"wove", "weave"},
    {"woven", "weave"},
    {"written", "write"},
    {"wrote", "write"},
    {"wrought", "work"},
};

constexpr Irregular kPlurals[] = {
    {"analyses", "analysis"},
    {"bases", "basis"},
    {"calves", "calf"},
    {"children", "child"},
    {"cookies", "cookie"},
    {"crises", "crisis"},
    {"criteria", "criterion"},
    {"data", "datum"},
    {"diagnoses", "diagnosis"},
    {"feet", "foot"},
    {"geese", "goose"},
    {"grandchildren", "grandchild"},
    {"halves", "half"},
    {"hypotheses", "hypothesis"},
    {"knives", "knife"},
    {"leaves", "leaf"},
    {"lies", "lie"},
    {"lives", "life"},
    {"loaves", "loaf"},
    {"mice", "mouse"},
    {"movies", "movie"},
    {"people", "people"},
    {"phenomena", "phenomenon"},
    {"pies", "pie"},
    {"selves", "self"},
    {"series", "series"},
    {"shelves", "shelf"},
    {"shoes", "shoe"},
    {"species", "species"},
    {"teeth", "tooth"},
    {"theses", "thesis"},
    {"thieves", "thief"},
    {"ties", "tie"},
    {"toes", "toe"},
    {"wives", "wife"},
    {"wolves", "wolf"},
    {"zombies", "zombie"},
};

constexpr string_view kSameInPlural[] = {
    "athletics",    "economics",   "ethics",     "goods",
    "headquarters", "logistics",   "means",      "physics",
    "politics",     "mathematics", "statistics", "troops",
};

// Stems whose final consonant stays double, or that take an "e" against the
// rules in Restored, or none.
constexpr Irregular kStems[] = {
    {"abandon", "abandon"},   {"accomplic", "accomplice"},
    {"accustom", "accustom"}, {"adher", "adhere"},
    {"ador", "adore"},        {"allot", "allot"},
    {"analys", "analyse"},    {"ballot", "ballot"},
    {"bang", "bang"},         {"bankrol", "bankroll"},
    {"bath", "bathe"},        {"belong", "belong"},
    {"bias", "bias"},         {"breath", "breathe"},
    {"bus", "bus"},           {"cancell", "cancel"},
    {"canvas", "canvas"},     {"catalogu", "catalogue"},
    {"clang", "clang"},       {"clinch", "clinch"},
    {"com", "come"},          {"combat", "combat"},
    {"compell", "compel"},    {"compet", "compete"},
    {"complet", "complete"},  {"condon", "condone"},
    {"controll", "control"},  {"creat", "create"},
    {"debut", "debut"},       {"delet", "delete"},
    {"deplet", "deplete"},    {"deplor", "deplore"},
    {"dethron", "dethrone"},  {"distill", "distill"},
    {"echo", "echo"},         {"enrol", "enrol"},
    {"enroll", "enroll"},     {"equal", "equal"},
    {"err", "err"},           {"excell", "excel"},
    {"excit", "excite"},      {"expedit", "expedite"},
    {"expell", "expel"},      {"explor", "explore"},
    {"focus", "focus"},       {"fuell", "fuel"},
    {"fulfil", "fulfil"},     {"fulfill", "fulfill"},
    {"gas", "gas"},           {"gossip", "gossip"},
    {"guid", "guide"},        {"hang", "hang"},
    {"harangu", "harangue"},  {"hing", "hinge"},
    {"ignit", "ignite"},      {"ignor", "ignore"},
    {"impell", "impel"},      {"implor", "implore"},
    {"incit", "incite"},      {"input", "input"},
    {"instill", "instill"},   {"interfer", "interfere"},
    {"invit", "invite"},      {"labell", "label"},
    {"nicknam", "nickname"},  {"outlin", "outline"},
    {"overhang", "overhang"}, {"pair", "pair"},
    {"pardon", "pardon"},     {"past", "paste"},
    {"patroll", "patrol"},    {"persever", "persevere"},
    {"phon", "phone"},        {"pilot", "pilot"},
    {"pivot", "pivot"},       {"polic", "police"},
    {"postpon", "postpone"},  {"prolong", "prolong"},
    {"propell", "propel"},    {"rebell", "rebel"},
    {"recit", "recite"},      {"recreat", "recreate"},
    {"repell", "repel"},      {"restor", "restore"},
    {"reunit", "reunite"},    {"rival", "rival"},
    {"ruin", "ruin"},         {"sever", "sever"},
    {"signall", "signal"},    {"sooth", "soothe"},
    {"squar", "square"},      {"tast", "taste"},
    {"ting", "tinge"},        {"total", "total"},
    {"travell", "travel"},    {"typ", "type"},
    {"unhing", "unhinge"},    {"unit", "unite"},
    {"wast", "waste"},        {"welcom", "welcome"},
    {"wheel", "wheel"},       {"worship", "worship"},
};

template <size_t kSize>
string_view Find(const Irregular (&table)[kSize], string_view form) {
  for (const Irregular& row : table) {
    if (row.form == form) return row.lemma;
  }
  return {};
}

bool IsVowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

bool IsOneOf(char c, string_view set) {
  return set.find(c) != string_view::npos;
}

bool HasVowel(string_view stem) {
  return stem.find_first_of("aeiouy") != string_view::npos;
}

int VowelGroups(string_view stem) {
  int groups = 0;
  bool before = false;
  for (size_t i = 0; i < stem.size(); ++i) {
    const bool vowel = IsVowel(stem[i]) || (stem[i] == 'y' && i > 0);
    groups += vowel && !before;
    before = vowel;
  }
  return groups;
}

// Of stems of several syllables that end in one vowel and one consonant, the
// endings that take an "e". Sorted.
constexpr string_view kTakesE[] = {
    "ab", "ad", "ag", "ak", "am", "ap", "ar", "at", "ed", "eg", "ib",
    "id", "ig", "ik", "il", "im", "in", "ip", "ir", "ob", "od", "ok",
    "ol", "ot", "ub", "ud", "uk", "ul", "um", "un", "ur", "ut",
};

// Says whether a stem of at least three letters lost an "e" before its ending.
bool LostE(string_view stem) {
  const char last = stem.back();
  const char before = stem[stem.size() - 2];
  const char third = stem[stem.size() - 3];
  if (IsOneOf(last, "vcu")) return true;
  if (last == 'z') return before != 'z';
  if (last == 's') return before != 's';
  if (last == 'g') {
    return before != 'n' || IsOneOf(third, "ae") || absl::EndsWith(stem, "ung");
  }
  if (last == 'l' && IsOneOf(before, "bcdfgkptz")) return true;
  if (absl::EndsWith(stem, "iat") || absl::EndsWith(stem, "uat")) return true;
  if (absl::EndsWith(stem, "com") || absl::EndsWith(stem, "ven")) return true;
  if (!IsVowel(before) || IsVowel(last) || IsOneOf(last, "wxyh")) return false;
  const bool qu =
      stem.size() >= 4 && third == 'u' && stem[stem.size() - 4] == 'q';
  if (IsVowel(third) && !qu) return false;
  if (VowelGroups(stem) == 1 || (qu && VowelGroups(stem) == 2)) return true;
  return std::binary_search(std::begin(kTakesE), std::end(kTakesE),
                            stem.substr(stem.size() - 2));
}

// The verb that `stem`, what stands before "ed" or "ing", is of.
std::string Restored(string_view stem) {
  const string_view known = Find(kStems, stem);
  if (!known.empty()) return std::string(known);
  if (stem.size() < 3) {
    const bool lost = stem == "us" || stem.back() == 'i' || stem.back() == 'u';
    return std::string(stem) + (lost ? "e" : "");  // "used", "died", "sued"
  }
  const char last = stem.back();
  if (last == stem[stem.size() - 2] && !IsVowel(last)) {
    const bool stays = IsOneOf(last, "lszf") || stem == "add" || stem == "odd";
    return std::string(stays ? stem : stem.substr(0, stem.size() - 1));
  }
  return LostE(stem) ? std::string(stem) + "e" : std::string(stem);
}

std::string WithoutS(string_view word) {
  const size_t size = word.size();
  if (size < 3 || word.back() != 's' || absl::EndsWith(word, "ss") ||
      absl::EndsWith(word, "us") || absl::EndsWith(word, "is")) {
    return std::string(word);
  }
  if (absl::EndsWith(word, "ies") && size > 4) {
    return std::string(word.substr(0, size - 3)) + "y";
  }
  for (string_view ending : {"sses", "shes", "ches", "xes", "zzes", "oes"}) {
    if (absl::EndsWith(word, ending) && size > ending.size() + 1) {
      return std::string(word.substr(0, size - 2));
    }
  }
  return std::string(word.substr(0, size - 1));
}

std::string VerbLemma(string_view word, Tag tag) {
  if (tag == Tag::kVBD && word == "'d") return "have";
  const string_view known = Find(kVerbs, word);
  if (!known.empty()) return std::string(known);
  const size_t size = word.size();
  if (tag == Tag::kVBZ) return WithoutS(word);
  if (tag == Tag::kVBG && size > 4 && absl::EndsWith(word, "ing")) {
    return HasVowel(word.substr(0, size - 3))
               ? Restored(word.substr(0, size - 3))
               : std::string(word);
  }
  if ((tag == Tag::kVBD || tag == Tag::kVBN) && size > 3 &&
      absl::EndsWith(word, "ed")) {
    if (absl::EndsWith(word, "ied") && size > 4) {
      return std::string(word.substr(0, size - 3)) + "y";
    }
    if (absl::EndsWith(word, "eed")) {
      return std::string(word.substr(0, size - 1));
    }
    return HasVowel(word.substr(0, size - 2))
               ? Restored(word.substr(0, size - 2))
               : std::string(word);
  }
  return std::string(word);
}

std::string NounLemma(string_view word) {
  const string_view known = Find(kPlurals, word);
  if (!known.empty()) return std::string(known);
  for (string_view same : kSameInPlural) {
    if (word == same) return std::string(word);
  }
  if (absl::EndsWith(word, "men") && word.size() > 4) {
    return std::string(word.substr(0, word.size() - 2)) + "an";
  }
  if (word == "men") return "man";
  return WithoutS(word);
}

}  // namespace

std::string Lemmatize(string_view word, Tag tag) {
  std::string lower;
  lower.reserve(word.size());
  for (size_t i = 0; i < word.size(); ++i) {
    if (absl::StartsWith(word.substr(i), "\xE2\x80\x99")) {
      lower += '\'';
      i += 2;
    } else {
      lower += absl::ascii_tolower(word[i]);
    }
  }
  switch (tag) {
    case Tag::kMD:
    case Tag::kVB:
    case Tag::kVBD:
    case Tag::kVBG:
    case Tag::kVBN:
    case Tag::kVBP:
    case Tag::kVBZ:
      return VerbLemma(lower, tag);
    case Tag::kNNS:
      return NounLemma(lower);
    case Tag::kNN:
    case Tag::kNNP:
    case Tag::kNNPS:
    case Tag::kCD:
    case Tag::kPOS:
      return lower;
    default:
      break;
  }
  const string_view known = Find(kFunctionWords, lower);
  return known.empty() ? lower : std::string(known);
}

}  // namespace extract
}  // namespace onrecord
