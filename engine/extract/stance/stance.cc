#include "engine/extract/stance/stance.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "absl/base/macros.h"
#include "absl/strings/string_view.h"
#include "engine/extract/grammar/clauses.h"
#include "engine/extract/stance/modality.h"
#include "engine/extract/stance/side.h"

namespace onrecord {
namespace extract {
namespace {

using absl::string_view;

// How far the same speaker's reasons may stand from what they are for.
constexpr uint32_t kNearbyParagraphs = 1;

// How far "the decision" may stand from what was decided.
constexpr uint32_t kDeedParagraphs = 4;

// How many statements before and after are looked at for them, so that the cost
// of a long paragraph stays linear.
constexpr size_t kNearbySayings = 40;

// How far into a content its main clause is looked for.
constexpr uint32_t kReportReach = 60;

// Contents that begin so are questions, of timing and the like.
constexpr string_view kQuestions[] = {"when", "whether", "why", "how"};

// How far into a content what is dismissed stands behind what it is called.
constexpr uint32_t kDismissedReach = 8;

// What is brushed aside without a side being taken.
constexpr string_view kReports[] = {"suggestion", "speculation", "rumour",
                                    "rumor",      "allegation",  "talk"};

template <size_t n>
bool Has(const string_view (&table)[n], string_view word) {
  return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

// Judges one article's statements, in their order.
class Judge {
 public:
  Judge(const Document& document, const TopicIndex& index,
        absl::Span<const Saying> sayings, absl::Span<const int> topics)
      : document_(document),
        sayings_(sayings),
        topics_(topics),
        reader_(document, index),
        passes_on_(FindPassedOn()) {}

  std::vector<StanceChoice> Run();

 private:
  const Token& At(uint32_t i) const { return document_.tokens()[i]; }

  bool IsOthers(const Saying& child, const Saying& outer) const;
  std::vector<bool> FindPassedOn() const;
  bool IsOwnBody(const Saying& child) const;
  bool IsMainClauseOf(const Saying& child, const Saying& outer) const;
  bool IsQuestion(const Saying& saying) const;
  bool IsAside(size_t i) const;
  int FindBeside(size_t i) const;
  int DeedSign(size_t i) const;
  StanceChoice OwnChoice(size_t i, const Side& side) const;

  const Document& document_;
  const absl::Span<const Saying> sayings_;
  const absl::Span<const int> topics_;
  const SideReader reader_;
  const std::vector<bool> passes_on_;
  std::vector<Side> sides_;
  std::vector<StanceChoice> choices_;
};

// Whether the source is the speaker's own: "her government", "our bank".
bool Judge::IsOwnBody(const Saying& child) const {
  return !child.source.empty() && At(child.source.first).tag == Tag::kPRPS;
}

// Whether what the outer content says is that `child` holds or says something:
// "said THAT BOTH SIDES AGREED to it", not "would stay until they agreed".
bool Judge::IsMainClauseOf(const Saying& child, const Saying& outer) const {
  const TokenRange at = child.source.empty() ? child.cue : child.source;
  if (at.empty() || outer.content.empty()) return false;
  TokenRange part = outer.content.front();
  part.last = std::min(part.last, part.first + kReportReach);
  for (const Clause& clause : SplitClauses(document_, part)) {
    if (clause.range.last <= at.first && clause.kind != ClauseKind::kMain) {
      continue;
    }
    return clause.kind == ClauseKind::kMain && clause.range.Contains(at.first);
  }
  return false;
}

// Whether `child`, within `outer`, is of another than the speaker's own side.
bool Judge::IsOthers(const Saying& child, const Saying& outer) const {
  return !child.is_of_outer && !IsOwnBody(child) &&
         (child.speaker != outer.speaker || outer.speaker < 0);
}

// For each statement, whether it only passes on: a medium's, or one that is
// filled by what others hold or said. What a body holds ("said Chile would
// sue") may be told by one of its own.
std::vector<bool> Judge::FindPassedOn() const {
  const auto size = [](const Saying& saying) {
    uint32_t sum = 0;
    for (const TokenRange part : saying.content) sum += part.size();
    return sum;
  };
  std::vector<uint32_t> filled(sayings_.size(), 0);
  std::vector<bool> reports(sayings_.size(), false);
  uint32_t counted = 0;  // up to this token
  for (const Saying& child : sayings_) {
    if (child.parent < 0) continue;
    const Saying& outer = sayings_[child.parent];
    if (!IsOthers(child, outer)) continue;
    const uint32_t end =
        child.content.empty() ? child.cue.last : child.content.back().last;
    if (end > counted) {
      filled[child.parent] +=
          size(child) + child.cue.size() + child.source.size();
      counted = end;
    }
    if (child.kind != Statement::NARRATION || outer.is_unnamed ||
        child.is_joint) {
      reports[child.parent] =
          reports[child.parent] || IsMainClauseOf(child, outer);
    }
  }
  std::vector<bool> passes_on;
  for (size_t i = 0; i < sayings_.size(); ++i) {
    passes_on.push_back(sayings_[i].is_medium ||
                        (reports[i] && 2 * filled[i] >= size(sayings_[i])));
  }
  return passes_on;
}

// Whether the content asks, or tells the one who is asked what he does: "Q: She
// believes you want a ban".
bool Judge::IsQuestion(const Saying& saying) const {
  if (saying.content.empty() || saying.content[0].empty()) return false;
  const TokenRange content = saying.content[0];
  const string_view first = At(content.first).lemma;
  if (saying.kind != Statement::DIRECT &&
      (Has(kQuestions, first) || first == "you")) {
    return true;
  }
  // "Dismissed as “folklore” suggestions that he had …".
  const uint32_t reach = first == "as" ? kDismissedReach : 2;
  for (uint32_t i = content.first;
       i < std::min(content.first + reach, content.last); ++i) {
    if (Has(kReports, At(i).lemma)) return true;
  }
  return false;
}

// Whether the cue is a participle that goes on with the sentence: "…, adding
// that".
bool Judge::IsAside(size_t i) const {
  const TokenRange cue = sayings_[i].cue;
  return !cue.empty() && At(cue.first).tag == Tag::kVBG;
}

// The nearest statement of the same speaker on the same topic that takes a
// side by itself: before this one, else after it. -1 if none.
int Judge::FindBeside(size_t i) const {
  const int here = SentenceOf(document_, sayings_[i]);
  if (here < 0) return -1;
  const uint32_t paragraph = document_.sentences()[here].paragraph;
  const auto is_beside = [&](size_t j) {
    const int there = SentenceOf(document_, sayings_[j]);
    if (j == i || there < 0 || topics_[j] != topics_[i]) return false;
    if (sayings_[j].speaker != sayings_[i].speaker &&
        sayings_[i].speaker >= 0) {
      return false;
    }
    const uint32_t other = document_.sentences()[there].paragraph;
    const uint32_t apart =
        other > paragraph ? other - paragraph : paragraph - other;
    return apart <= kNearbyParagraphs && choices_[j].stance.value_or(0) != 0;
  };
  for (size_t j = i; j > 0 && i - j < kNearbySayings; --j) {
    if (is_beside(j - 1)) return static_cast<int>(j - 1);
  }
  const size_t end = std::min(sayings_.size(), i + 1 + kNearbySayings);
  for (size_t j = i + 1; j < end; ++j) {
    if (is_beside(j)) return static_cast<int>(j);
  }
  return -1;
}

StanceChoice Judge::OwnChoice(size_t i, const Side& side) const {
  StanceChoice choice;
  choice.conditional = IsConditional(document_, sayings_[i]);
  choice.negated = IsNegated(document_, sayings_[i]);
  if (topics_[i] < 0) {
    choice.unknown = "no topic";
  } else if (side.kind == Side::Kind::kSilent) {
    choice.unknown = "says that no side is taken";
    choice.grounds = side.grounds;
  } else if (passes_on_[i]) {
    choice.unknown = "passes on what somebody else said";
  } else if (IsQuestion(sayings_[i])) {
    choice.unknown = "a question or a report, no side";
  } else if (side.kind == Side::Kind::kUndecided) {
    choice.stance = 0;
    choice.grounds = side.grounds;
  } else if (side.kind == Side::Kind::kNamed) {
    choice.stance = side.sign;
    choice.grounds = side.grounds;
  }
  return choice;
}

// Which side "the decision" was: that of what somebody else did or announced
// just before, else the proposition's own.
int Judge::DeedSign(size_t i) const {
  const int here = SentenceOf(document_, sayings_[i]);
  const size_t end = i - std::min(i, kNearbySayings);
  for (size_t j = i; here >= 0 && j-- > end;) {
    const int there = SentenceOf(document_, sayings_[j]);
    if (there < 0 || topics_[j] != topics_[i]) continue;
    if (document_.sentences()[there].paragraph + kDeedParagraphs <
        document_.sentences()[here].paragraph) {
      break;
    }
    const double stance = choices_[j].stance.value_or(0);
    const bool is_deed =
        sayings_[j].kind == Statement::ACTION || sides_[j].is_announced;
    if (stance == 0 || !is_deed || sayings_[j].speaker == sayings_[i].speaker) {
      continue;
    }
    return stance > 0 ? 1 : -1;
  }
  return 1;
}

std::vector<StanceChoice> Judge::Run() {
  for (size_t i = 0; i < sayings_.size(); ++i) {
    sides_.push_back(topics_[i] < 0 ? Side()
                                    : reader_.Read(sayings_[i], topics_[i]));
    if (sides_[i].is_of_deed) sides_[i].sign *= DeedSign(i);
    choices_.push_back(OwnChoice(i, sides_[i]));
  }
  // What takes no side of the topic by name takes that of what stands beside
  // it, else what its words say without the name.
  std::vector<StanceChoice> result = choices_;
  for (size_t i = 0; i < sayings_.size(); ++i) {
    StanceChoice& choice = result[i];
    if (!choice.unknown.empty()) continue;
    if (choice.stance && (!IsAside(i) || sides_[i].is_firm)) continue;
    const int beside = FindBeside(i);
    const bool has_own_words = !IsAside(i) && sides_[i].is_firm &&
                               (sides_[i].kind == Side::Kind::kMentioned ||
                                (sides_[i].kind == Side::Kind::kBare &&
                                 sayings_[i].kind != Statement::DIRECT));
    if (beside >= 0 && !has_own_words &&
        sayings_[i].kind != Statement::NARRATION) {
      choice.stance = choices_[beside].stance;
      choice.grounds = choices_[beside].grounds;
    } else if (!choice.stance && (sides_[i].kind == Side::Kind::kBare ||
                                  sides_[i].kind == Side::Kind::kMentioned)) {
      choice.stance = sides_[i].sign;
      choice.grounds = sides_[i].grounds;
    } else if (!choice.stance) {
      choice.unknown = "no word takes a side";
    }
  }
  for (StanceChoice& choice : result) {
    std::sort(choice.grounds.begin(), choice.grounds.end(),
              [](TokenRange a, TokenRange b) { return a.first < b.first; });
  }
  return result;
}

}  // namespace

std::vector<StanceChoice> JudgeStances(const Document& document,
                                       const TopicIndex& index,
                                       absl::Span<const Saying> sayings,
                                       absl::Span<const int> topics) {
  ABSL_HARDENING_ASSERT(sayings.size() == topics.size());
  return Judge(document, index, sayings, topics).Run();
}

}  // namespace extract
}  // namespace onrecord
