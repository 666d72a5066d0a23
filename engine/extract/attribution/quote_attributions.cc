#include "engine/extract/attribution/quote_attributions.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/extract/attribution/segments.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {
namespace {

constexpr uint32_t kMinWords = 5;         // of a quotation that is speech
constexpr uint32_t kMinCarriedWords = 7;  // of one without a cue
constexpr uint32_t kMaxGap = 8;           // tokens between parts of a statement
constexpr uint32_t kMaxParagraphs = 2;    // to the attribution before
// Of quotations that go on with one before them: judged, not yet measured.
constexpr uint32_t kCarriedConfidence = 500;
constexpr uint32_t kReopenedConfidence = 800;

constexpr uint32_t kSignedConfidence = 950;
constexpr uint32_t kMaxSignature = 12;  // tokens

// Only attributions that begin within so many tokens are looked at.
constexpr uint32_t kWindow = 800;

constexpr int kFree = -1;
constexpr int kTaken = -2;  // by a cue or source

class Joiner {
 public:
  Joiner(const Reading& reading, std::vector<Attribution>& attributions)
      : reading_(reading), attributions_(attributions) {}

  void Run() {
    found_ = attributions_.size();
    for (const Attribution& attribution : attributions_) {
      starts_.push_back(attribution.content.front().first);
    }
    owner_.assign(reading_.size(), kFree);
    for (size_t k = 0; k < attributions_.size(); ++k) {
      Mark({attributions_[k].cue}, kTaken);
      Mark({attributions_[k].source}, kTaken);
    }
    for (size_t k = 0; k < attributions_.size(); ++k) {
      Mark(attributions_[k].content, static_cast<int>(k));
    }
    for (const Quotation& quotation : reading_.document().quotations()) {
      See(quotation);
    }
    std::sort(attributions_.begin(), attributions_.end(),
              [](const Attribution& a, const Attribution& b) {
                return a.content.front().first < b.content.front().first;
              });
  }

 private:
  // Those that were given whose content begins near `range`, as indices.
  std::pair<size_t, size_t> Near(TokenRange range) const {
    const uint32_t from = range.first > kWindow ? range.first - kWindow : 0;
    const auto first = std::lower_bound(starts_.begin(), starts_.end(), from);
    const auto last =
        std::upper_bound(first, starts_.end(), range.last + kWindow);
    return {first - starts_.begin(), last - starts_.begin()};
  }

  void Mark(const Segments& segments, int owner) {
    for (const TokenRange& range : segments) {
      std::fill(owner_.begin() + range.first, owner_.begin() + range.last,
                owner);
    }
  }

  void See(const Quotation& quotation) {
    const TokenRange range = {quotation.first, quotation.last};
    const uint32_t words = reading_.words().In(range);
    if (words < kMinWords) return;
    uint32_t free = 0;
    int owner = kFree;
    bool one_owner = true;
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (!reading_[i].is_word) continue;
      free += owner_[i] == kFree;
      if (owner_[i] < 0) continue;
      one_owner &= owner == kFree || owner == owner_[i];
      owner = owner_[i];
    }
    if (free == 0) return;
    if (10 * free < 6 * words) {
      if (one_owner && owner >= 0 &&
          !range.Contains(attributions_[owner].head)) {
        Extend(owner, range);
      }
      return;
    }
    const int near = Nearest(range);
    if (near >= 0) return Extend(near, range);
    if (words >= kMinCarriedWords) Carry(quotation);
  }

  // The free tokens of `range`.
  std::vector<TokenRange> FreeIn(TokenRange range) const {
    std::vector<TokenRange> ranges;
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (owner_[i] != kFree) continue;
      if (!ranges.empty() && ranges.back().last == i) {
        ++ranges.back().last;
      } else {
        ranges.push_back({i, i + 1});
      }
    }
    return ranges;
  }

  void Extend(int k, TokenRange range) {
    Attribution& attribution = attributions_[k];
    std::vector<TokenRange> ranges = FreeIn(range);
    ranges.insert(ranges.end(), attribution.content.begin(),
                  attribution.content.end());
    std::sort(ranges.begin(), ranges.end(),
              [](TokenRange a, TokenRange b) { return a.first < b.first; });
    attribution.content = SegmentsOf(reading_, ranges);
    Mark(attribution.content, k);
  }

  static uint32_t Gap(TokenRange a, TokenRange b) {
    return a.last <= b.first   ? b.first - a.last
           : b.last <= a.first ? a.first - b.last
                               : 0;
  }

  // The attribution of mostly quoted words in the same paragraph that is
  // nearest, if one is near.
  int Nearest(TokenRange range) const {
    int best = -1;
    uint32_t best_gap = kMaxGap;
    const auto [first, last] = Near(range);
    for (size_t k = first; k < last; ++k) {
      const Attribution& attribution = attributions_[k];
      const TokenRange all = {attribution.content.front().first,
                              attribution.content.back().last};
      if (reading_[all.first].paragraph != reading_[range.first].paragraph &&
          reading_[all.last - 1].paragraph != reading_[range.first].paragraph) {
        continue;
      }
      if (range.Contains(attribution.head)) continue;
      uint32_t quoted = 0;
      for (const TokenRange& part : attribution.content) {
        quoted += reading_.quoted().In(part);
      }
      if (10 * quoted <= 7 * WordsIn(reading_, attribution.content)) continue;
      const uint32_t gap =
          std::min(Gap(all, range),
                   Gap({attribution.head, attribution.head + 1}, range));
      if (gap >= best_gap) continue;
      best = static_cast<int>(k);
      best_gap = gap;
    }
    return best;
  }

  void Carry(const Quotation& quotation) {
    const TokenRange range = {quotation.first, quotation.last};
    const Attribution* before = nullptr;
    const auto consider = [&](const Attribution& attribution) {
      if (attribution.source.empty() || attribution.cue.last > range.first) {
        return;
      }
      const uint32_t last =
          std::max(attribution.cue.last, attribution.content.back().last) - 1;
      if (reading_[range.first].paragraph >
          reading_[std::min(last, range.first)].paragraph + kMaxParagraphs) {
        return;
      }
      if (before == nullptr || before->head <= attribution.head) {
        before = &attribution;
      }
    };
    const auto [first, last] = Near(range);
    for (size_t k = first; k < last; ++k) consider(attributions_[k]);
    if (attributions_.size() > found_) consider(attributions_.back());
    if (before == nullptr) return;
    Attribution attribution = *before;
    attribution.content = SegmentsOf(reading_, FreeIn(range));
    if (attribution.content.empty()) return;
    attribution.confidence =
        quotation.carried ? kReopenedConfidence : kCarriedConfidence;
    attribution.source_confidence = attribution.confidence;
    attribution.carried = true;
    Mark(attribution.content, static_cast<int>(attributions_.size()));
    attributions_.push_back(attribution);
  }

  const Reading& reading_;
  std::vector<Attribution>& attributions_;
  size_t found_ = 0;              // how many were given
  std::vector<uint32_t> starts_;  // of their contents
  std::vector<int> owner_;        // of each token: an index into attributions_
};

}  // namespace

std::vector<Attribution> SignedQuotations(const Reading& reading) {
  const Document& document = reading.document();
  std::vector<Attribution> found;
  for (const Quotation& quotation : document.quotations()) {
    const uint32_t dash = quotation.last;
    if (!quotation.closed || dash + 1 >= reading.size() ||
        reading[dash].boundary != Boundary::kDash ||
        reading[dash].paragraph > quotation.paragraph + 1) {
      continue;
    }
    const TokenRange paragraph = reading.ParagraphOf(dash);
    const TokenRange name = reading.Trimmed({dash + 1, paragraph.last});
    const bool is_name =
        name.first == dash + 1 && name.size() <= kMaxSignature &&
        document.words()[name.first].capital && reading.verbs().In(name) == 0 &&
        reading.quoted().In(name) == 0;
    const Segments content =
        SegmentsOf(reading, {{quotation.first, quotation.last}});
    if (!is_name || WordsIn(reading, content) < kMinWords) continue;
    Attribution attribution;
    attribution.source = name;
    attribution.cue = {dash, dash + 1};
    attribution.head = dash;
    attribution.content = content;
    attribution.confidence = kSignedConfidence;
    attribution.source_confidence = kSignedConfidence;
    found.push_back(attribution);
  }
  return found;
}

void JoinQuotations(const Reading& reading,
                    std::vector<Attribution>& attributions) {
  Joiner(reading, attributions).Run();
}

}  // namespace extract
}  // namespace onrecord
