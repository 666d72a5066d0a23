#include "engine/extract/topics/found_topics.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/extract/topics/word_family.h"

namespace onrecord {
namespace extract {
namespace {

constexpr size_t kMaxTopics = 8;
constexpr size_t kMinSayings = 2;
constexpr int kMinModifier = 2;  // times that a noun stands before the head

// Nouns of people, time, quantity and talk head phrases of any article. Sorted.
constexpr absl::string_view kGeneralNouns[] = {
    "adviser",    "afternoon", "agency",       "amount",      "analyst",
    "answer",     "article",   "authority",    "basis",       "billion",
    "board",      "body",      "boss",         "capital",     "case",
    "century",    "chair",     "chairman",     "chairwoman",  "chief",
    "citizen",    "city",      "colleague",    "comment",     "committee",
    "company",    "condition", "conference",   "council",     "country",
    "day",        "decade",    "decision",     "department",  "deputy",
    "director",   "effort",    "end",          "evening",     "executive",
    "expert",     "fact",      "firm",         "friend",      "goal",
    "government", "governor",  "group",        "head",        "history",
    "home",       "hour",      "idea",         "interest",    "interview",
    "issue",      "kind",      "lawmaker",     "lawyer",      "leader",
    "level",      "life",      "line",         "lot",         "man",
    "matter",     "meeting",   "member",       "million",     "minister",
    "ministry",   "minute",    "moment",       "month",       "morning",
    "name",       "nation",    "need",         "number",      "office",
    "official",   "opinion",   "others",       "paper",       "parliament",
    "part",       "partner",   "party",        "people",      "percent",
    "percentage", "period",    "person",       "place",       "plan",
    "point",      "policy",    "politician",   "position",    "president",
    "press",      "problem",   "proposal",     "question",    "reason",
    "regard",     "region",    "remark",       "report",      "reporter",
    "respect",    "result",    "right",        "risk",        "role",
    "round",      "scope",     "second",       "secretary",   "senator",
    "set",        "side",      "situation",    "someone",     "sort",
    "source",     "spokesman", "spokesperson", "spokeswoman", "stage",
    "state",      "statement", "step",         "talk",        "term",
    "thing",      "time",      "today",        "town",        "trillion",
    "view",       "way",       "week",         "woman",       "word",
    "world",      "year",      "yesterday",
};

bool IsCommonNoun(Tag tag) { return tag == Tag::kNN || tag == Tag::kNNS; }

// What is known of the phrases with one head.
struct Candidate {
  std::set<size_t> sayings;
  std::map<std::string, int> modifiers;  // lemma of the noun before the head
  std::map<std::string, int> phrases;    // as written, lower case
  uint32_t first = 0;                    // the first token
};

// The entry that counts most, the first of several in the order of the words.
const std::string* MostFrequent(const std::map<std::string, int>& counts,
                                int least) {
  const std::string* best = nullptr;
  int best_count = least - 1;
  for (const auto& [word, count] : counts) {
    if (count <= best_count) continue;
    best = &word;
    best_count = count;
  }
  return best;
}

// Collects the heads of the noun phrases in the contents, by lemma.
std::map<std::string, Candidate> CollectCandidates(
    const Document& document, absl::Span<const Saying> sayings) {
  const std::vector<Token>& tokens = document.tokens();
  std::map<std::string, Candidate> candidates;
  for (size_t i = 0; i < sayings.size(); ++i) {
    for (const TokenRange part : sayings[i].content) {
      for (uint32_t t = part.first; t < part.last; ++t) {
        const Token& head = tokens[t];
        const bool goes_on =
            t + 1 < part.last && IsCommonNoun(tokens[t + 1].tag);
        if (!IsCommonNoun(head.tag) || goes_on || IsStopWord(head.lemma) ||
            head.lemma.size() < 3 ||
            std::binary_search(std::begin(kGeneralNouns),
                               std::end(kGeneralNouns), head.lemma)) {
          continue;
        }
        Candidate& candidate = candidates[head.lemma];
        if (candidate.sayings.empty()) candidate.first = t;
        candidate.sayings.insert(i);
        const bool has_modifier = t > part.first &&
                                  IsCommonNoun(tokens[t - 1].tag) &&
                                  !IsStopWord(tokens[t - 1].lemma);
        if (has_modifier) ++candidate.modifiers[tokens[t - 1].lemma];
        const uint32_t begin = has_modifier ? tokens[t - 1].begin : head.begin;
        ++candidate.phrases[absl::AsciiStrToLower(
            document.text().substr(begin, head.end - begin))];
      }
    }
  }
  return candidates;
}

std::string Slug(absl::string_view name) {
  std::string slug;
  for (const char c : name) {
    // Letters beyond ASCII stay as they are.
    const bool is_letter = absl::ascii_isalnum(c) || (c & 0x80) != 0;
    if (is_letter) {
      slug += absl::ascii_tolower(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  return slug;
}

Topic MakeTopic(const std::string& head, const Candidate& candidate) {
  const std::string* modifier = MostFrequent(candidate.modifiers, kMinModifier);
  const std::string name =
      modifier == nullptr ? head : absl::StrCat(*modifier, " ", head);
  Topic topic;
  topic.set_id(absl::StrCat("topic/", Slug(name)));
  topic.set_name(name);
  (*topic.mutable_name())[0] = absl::ascii_toupper(name[0]);
  topic.set_proposition(absl::StrCat("The ", name, " should be supported."));
  topic.add_phrases(head);
  for (const auto& [phrase, count] : candidate.phrases) {
    if (phrase != head) topic.add_phrases(phrase);
  }
  return topic;
}

}  // namespace

std::vector<Topic> FindTopics(const Document& document,
                              absl::Span<const Saying> sayings) {
  std::vector<std::pair<std::string, Candidate>> ranked;
  for (auto& [head, candidate] : CollectCandidates(document, sayings)) {
    if (candidate.sayings.size() >= kMinSayings) {
      ranked.emplace_back(head, std::move(candidate));
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) {
                     if (a.second.sayings.size() != b.second.sayings.size()) {
                       return a.second.sayings.size() > b.second.sayings.size();
                     }
                     return a.second.first < b.second.first;
                   });
  if (ranked.size() > kMaxTopics) ranked.resize(kMaxTopics);
  std::vector<Topic> topics;
  for (const auto& [head, candidate] : ranked) {
    topics.push_back(MakeTopic(head, candidate));
  }
  return topics;
}

}  // namespace extract
}  // namespace onrecord
