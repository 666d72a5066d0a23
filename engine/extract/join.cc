#include "engine/extract/join.h"

#include <algorithm>
#include <utility>

#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

// Learned attributions less likely than this are left out.
constexpr uint32_t kLeastLearned = 350;

// What is left of an imprecise finding's confidence if no learned attribution
// bears it out.
constexpr double kUnsupported = 0.5;

// The same beside one that is borne out, of the same source: "REJECTED the plan
// and demanded that". The models tend to give a sentence one cue.
constexpr double kBesideSupported = 0.6;

class Joiner {
 public:
  Joiner(const CueList& cues, std::vector<Finding> findings)
      : cues_(cues),
        document_(cues.document()),
        tokens_(document_.tokens()),
        findings_(std::move(findings)),
        supported_(findings_.size(), false),
        sieved_(findings_.size()) {
    by_cue_.assign(tokens_.size(), -1);
    by_content_.assign(tokens_.size(), -1);
    for (size_t i = 0; i < sieved_; ++i) {
      const Finding& finding = findings_[i];
      for (uint32_t t = finding.cue.first; t < finding.cue.last; ++t) {
        if (!finding.only_nested) by_cue_[t] = static_cast<int>(i);
      }
      if (finding.only_nested) continue;
      for (const TokenRange range : finding.content) {
        for (uint32_t t = range.first; t < range.last; ++t) {
          const int other = by_content_[t];
          // The outermost finding of a token.
          if (other < 0 || Size(findings_[other]) < Size(finding)) {
            by_content_[t] = static_cast<int>(i);
          }
        }
      }
    }
  }

  std::vector<Finding> Join(absl::Span<const Attribution> learned) {
    std::vector<bool> learned_content(tokens_.size(), false);
    int before = -1;  // the finding of the last attribution with its own cue
    for (const Attribution& attribution : learned) {
      if (attribution.confidence < kLeastLearned) continue;
      for (const TokenRange range : attribution.content) {
        std::fill(learned_content.begin() + range.first,
                  learned_content.begin() + range.last, true);
      }
      const int match = FindMatch(attribution);
      if (match >= 0) {
        Support(attribution, findings_[match]);
        supported_[match] = true;
      } else if (!attribution.carried) {
        Add(attribution);
      } else if (before >= 0) {
        AddCarried(attribution, before);
      } else {
        continue;
      }
      if (!attribution.carried) {
        before = match >= 0 ? match : static_cast<int>(findings_.size()) - 1;
      }
    }
    const std::vector<bool> supported_source = SupportedSources();
    for (size_t i = 0; i < sieved_; ++i) {
      Finding& finding = findings_[i];
      if (supported_[i] || IsPrecise(finding)) continue;
      if (!finding.cue.empty() && learned_content[finding.cue.first]) continue;
      const bool is_beside =
          !finding.source.empty() && supported_source[finding.source.first];
      finding.confidence *= is_beside ? kBesideSupported : kUnsupported;
    }
    return std::move(findings_);
  }

 private:
  static uint32_t Size(const Finding& finding) {
    uint32_t size = 0;
    for (const TokenRange range : finding.content) size += range.size();
    return size;
  }

  // By token: whether a source begins there of which something is borne out.
  std::vector<bool> SupportedSources() const {
    std::vector<bool> is_source(tokens_.size(), false);
    for (size_t i = 0; i < sieved_; ++i) {
      const TokenRange source = findings_[i].source;
      if (supported_[i] && !source.empty()) is_source[source.first] = true;
    }
    return is_source;
  }

  // Words in quotation marks say by themselves that somebody speaks.
  bool HasQuotation(const Finding& finding) const {
    for (const TokenRange range : finding.content) {
      for (uint32_t t = range.first; t < range.last; ++t) {
        if (tokens_[t].quotation >= 0) return true;
      }
    }
    return false;
  }

  bool IsPrecise(const Finding& finding) const {
    return finding.frame == Frame::kThat || finding.frame == Frame::kNothing ||
           finding.frame == Frame::kParenthetical || finding.only_nested ||
           (finding.frame == Frame::kClause && finding.confidence > 0.85);
  }

  int FindMatch(const Attribution& attribution) const {
    for (uint32_t t = attribution.cue.first;
         t < attribution.cue.last && !attribution.carried; ++t) {
      if (by_cue_[t] >= 0 && !supported_[by_cue_[t]]) return by_cue_[t];
    }
    // The finding with half of the words in common.
    uint32_t words = 0;
    for (const TokenRange range : attribution.content) words += range.size();
    int best = -1;
    uint32_t best_common = 0;
    for (const TokenRange range : attribution.content) {
      const int candidate = by_content_[range.first];
      if (candidate < 0 || supported_[candidate]) continue;
      const uint32_t common = Common(attribution, findings_[candidate]);
      const uint32_t all = words + Size(findings_[candidate]) - common;
      if (common * 2 >= all && common > best_common) {
        best = candidate;
        best_common = common;
      }
    }
    return best;
  }

  static uint32_t Common(const Attribution& attribution,
                         const Finding& finding) {
    uint32_t common = 0;
    for (const TokenRange a : attribution.content) {
      for (const TokenRange b : finding.content) {
        const uint32_t first = std::max(a.first, b.first);
        const uint32_t last = std::min(a.last, b.last);
        if (first < last) common += last - first;
      }
    }
    return common;
  }

  // Whether the learned words begin with the time and place of what stands
  // before the cue: "The plan is dead, she said | on Monday, rebuffing him".
  static bool BeginsInAdjuncts(const Attribution& attribution,
                               const Finding& finding) {
    return finding.frame == Frame::kParenthetical &&
           !attribution.content.empty() &&
           finding.adjuncts.Contains(attribution.content.front().first);
  }

  // The learned words with the quotation marks around them.
  std::vector<TokenRange> ContentOf(const Attribution& attribution) const {
    std::vector<TokenRange> content;
    for (TokenRange range : attribution.content) {
      if (range.first > 0 && tokens_[range.first - 1].tag == Tag::kQuote &&
          tokens_[range.first - 1].quotation >= 0 &&
          tokens_[range.first - 1].quotation ==
              tokens_[range.first].quotation) {
        --range.first;
      }
      const int32_t quotation = tokens_[range.last - 1].quotation;
      if (quotation >= 0) {
        const Quotation& quote = document_.quotations()[quotation];
        // Up to the closing mark if only marks are in between.
        uint32_t end = range.last;
        while (end < quote.last && IsMark(tokens_[end].tag)) ++end;
        if (end == quote.last && quote.closed) range.last = end;
      }
      content.push_back(range);
    }
    return content;
  }

  void Support(const Attribution& attribution, Finding& finding) const {
    const double learned = attribution.confidence / 1000.0;
    finding.confidence = std::max(finding.confidence, learned);
    // Where both mean the same words, the sieve has the edges right more often.
    uint32_t words = 0;
    for (const TokenRange range : attribution.content) words += range.size();
    const uint32_t common = Common(attribution, finding);
    const bool same = common * 2 >= words + Size(finding) - common;
    const bool quoted =
        finding.frame == Frame::kParenthetical && HasQuotation(finding);
    if (!same && !quoted && !BeginsInAdjuncts(attribution, finding)) {
      finding.content = ContentOf(attribution);
    }
    if (attribution.carried) return;
    if (finding.source.empty() && finding.carried_from < 0 &&
        !attribution.source.empty()) {
      finding.source = attribution.source;
      finding.core = attribution.source;
    }
    if (finding.cue.empty()) finding.cue = attribution.cue;
  }

  void Add(const Attribution& attribution) {
    Finding finding;
    finding.source = attribution.source;
    finding.core = attribution.source;
    finding.cue = attribution.cue;
    finding.content = ContentOf(attribution);
    const Cue* cue = cues_.CueAt(attribution.head);
    if (cue != nullptr) {
      finding.entry = cue->match.entry;
      finding.addressee = cue->complement.addressee;
      finding.adjuncts = cue->complement.adjuncts;
    }
    finding.frame = Frame::kObject;
    finding.confidence = attribution.confidence / 1000.0;
    finding.sieve = "learned";
    findings_.push_back(std::move(finding));
  }

  // Words of the one who speaks in the finding `before`.
  void AddCarried(const Attribution& attribution, int before) {
    Finding finding;
    finding.content = ContentOf(attribution);
    finding.carried_from = findings_[before].carried_from >= 0
                               ? findings_[before].carried_from
                               : before;
    finding.frame = Frame::kParenthetical;
    finding.confidence = attribution.confidence / 1000.0;
    finding.sieve = "learned, of the same speaker";
    findings_.push_back(std::move(finding));
  }

  const CueList& cues_;
  const Document& document_;
  const std::vector<Token>& tokens_;
  std::vector<Finding> findings_;
  std::vector<bool> supported_;  // of those that sieves found
  const size_t sieved_;          // how many those are
  std::vector<int> by_cue_;      // by token: the finding whose cue it is in
  std::vector<int> by_content_;  // by token: the outermost finding's content
};

}  // namespace

std::vector<Finding> JoinLearned(const CueList& cues,
                                 std::vector<Finding> findings,
                                 absl::Span<const Attribution> learned) {
  return Joiner(cues, std::move(findings)).Join(learned);
}

}  // namespace extract
}  // namespace onrecord
