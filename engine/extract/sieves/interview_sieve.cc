// Interviews set as questions and answers: "Q: So there will be no cut?", "A: I
// did not say that."

#include <vector>

#include "engine/extract/grammar/subjects.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/sieves/sieve.h"

namespace onrecord {
namespace extract {
namespace {

// So many answers make an interview.
constexpr size_t kLeastAnswers = 2;

class InterviewSieve {
 public:
  InterviewSieve(const char* name, SieveState& state)
      : name_(name), state_(state), document_(state.document()) {}

  void Run() {
    std::vector<TokenRange> answers;
    uint32_t first_question = 0;
    for (const Paragraph& paragraph : document_.paragraphs()) {
      const TokenRange range = TokensOf(paragraph);
      if (BeginsWith(range, "q") && first_question == 0) {
        first_question = range.first;
      }
      if (!BeginsWith(range, "a")) continue;
      answers.push_back({range.first + 2, range.last});
    }
    if (answers.size() < kLeastAnswers || first_question == 0) return;
    const Subject who = FindInterviewee(first_question);
    if (!who.found()) return;
    const int first = static_cast<int>(state_.found.size());
    for (size_t i = 0; i < answers.size(); ++i) {
      Finding found;
      found.cue = {answers[i].first - 1, answers[i].first};  // the colon
      found.content = {answers[i]};
      if (i == 0) {
        found.source = who.range;
        found.core = who.core;
      } else {
        found.carried_from = first;
      }
      found.inferred = true;
      found.frame = Frame::kParenthetical;
      found.confidence = 0.9;
      found.sieve = name_;
      state_.UseQuotations(found);
      state_.found.push_back(std::move(found));
    }
  }

 private:
  TokenRange TokensOf(const Paragraph& paragraph) const {
    if (paragraph.first >= paragraph.last) return {};
    return {document_.sentences()[paragraph.first].first,
            document_.sentences()[paragraph.last - 1].last};
  }

  // Whether the paragraph begins with the letter and a colon, and goes on.
  bool BeginsWith(TokenRange paragraph, const char* letter) const {
    return paragraph.size() > 3 && WordIs(document_, paragraph.first, letter) &&
           WordIs(document_, paragraph.first + 1, ":");
  }

  // Who is said to speak to the medium, before the first question.
  Subject FindInterviewee(uint32_t before) const {
    for (const VerbGroup& group : state_.grammar().verb_groups()) {
      if (group.range.first >= before) break;
      const std::string& verb = document_.tokens()[group.head].lemma;
      if (!InList(verb, "speak talk sit answer")) continue;
      const Subject subject = FindSubject(state_.grammar(), group);
      if (subject.found()) return subject;
    }
    return {};
  }

  const char* const name_;
  SieveState& state_;
  const Document& document_;
};

}  // namespace

void SiftInterview(const char* name, SieveState& state) {
  InterviewSieve(name, state).Run();
}

}  // namespace extract
}  // namespace onrecord
