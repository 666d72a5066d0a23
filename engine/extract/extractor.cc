#include "engine/extract/extractor.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "engine/edtf.h"
#include "engine/extract/attribution/attribution_model.h"
#include "engine/extract/cues/cues.h"
#include "engine/extract/details.h"
#include "engine/extract/grammar/grammar.h"
#include "engine/extract/join.h"
#include "engine/extract/parts.h"
#include "engine/extract/repeat.h"
#include "engine/extract/selection.h"
#include "engine/extract/sieves/nesting.h"
#include "engine/extract/sieves/sieve.h"
#include "engine/extract/speakers/affiliation.h"
#include "engine/extract/speakers/speakers.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "engine/extract/topics/found_topics.h"
#include "engine/extract/topics/topic_index.h"
#include "engine/extract/topics/topic_split.h"
#include "engine/extract/topics/topics.h"
#include "storage/status_macros.h"
#include "storage/utf8.h"

namespace onrecord {
namespace extract {
namespace {

// In the order of the text; of two that begin together, the longer first.
std::vector<Finding> Sorted(std::vector<Finding> attributions) {
  const auto end = [](const Finding& attribution) {
    return attribution.content.empty() ? attribution.cue.last
                                       : attribution.content.back().last;
  };
  std::vector<int> order(attributions.size());
  std::iota(order.begin(), order.end(), 0);
  const auto begin = [](const Finding& attribution) {
    return attribution.content.empty() ? attribution.cue.first
                                       : attribution.content.front().first;
  };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    const uint32_t first = begin(attributions[a]);
    const uint32_t second = begin(attributions[b]);
    if (first != second) return first < second;
    return end(attributions[a]) > end(attributions[b]);
  });
  std::vector<int> place(order.size());
  for (size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<Finding> sorted;
  sorted.reserve(order.size());
  for (const int index : order) {
    sorted.push_back(std::move(attributions[index]));
    int& from = sorted.back().carried_from;
    if (from >= 0) from = place[from];
  }
  return sorted;
}

// What rules and models find, in the order of the text.
std::vector<Finding> FindAll(const Grammar& grammar, const TopicIndex& topics) {
  const Document& document = grammar.document();
  const CueList cues(grammar);
  std::vector<Finding> found =
      JoinLearned(cues, RunSieves(cues), FindAttributions(document));
  const std::vector<int> parents = FindParents(document, found);
  return Sorted(SplitByTopic(document, topics, parents, std::move(found)));
}

class StatementBuilder {
 public:
  StatementBuilder(const Document& document,
                   const std::vector<Finding>& attributions,
                   const Speakers& speakers)
      : document_(document), attributions_(attributions), speakers_(speakers) {}

  ExtractedStatement Build(int index) const {
    const Finding& attribution = attributions_[index];
    const Speakers::Roles& roles = speakers_.roles[index];
    ExtractedStatement extracted;
    Statement& statement = extracted.statement;
    extracted.speaker = roles.speaker.entity;
    extracted.joint_speakers = roles.speaker.joint;
    if (!attribution.source.empty() || extracted.speaker >= 0) {
      *statement.mutable_speaker() =
          MentionOf(attribution.source, roles.speaker);
    }
    if (extracted.speaker < 0) {
      statement.set_speaker_unknown(roles.speaker.reason.empty()
                                        ? "the text names no speaker"
                                        : roles.speaker.reason);
    }
    if (!attribution.cue.empty()) {
      *statement.mutable_cue() = SpanOf(document_, attribution.cue);
    }
    for (const TokenRange range : attribution.content) {
      *statement.add_content() = SpanOf(document_, range);
    }
    statement.set_kind(KindOfFinding(document_, attribution));
    if (!attribution.addressee.empty()) {
      extracted.addressee = roles.addressee.entity;
      *statement.mutable_addressee() =
          MentionOf(attribution.addressee, roles.addressee);
    }
    if (roles.relay.entity >= 0) {
      extracted.relayed_by = roles.relay.entity;
      *statement.mutable_relayed_by() =
          MentionOf(roles.relay_range, roles.relay);
    }
    statement.set_confidence(
        attribution.confidence *
        (extracted.speaker < 0 ? 1.0 : roles.speaker.confidence));
    statement.set_reason(attribution.sieve);
    return extracted;
  }

  Mention MentionOf(TokenRange range, const Reference& reference) const {
    Mention mention;
    if (!range.empty()) *mention.mutable_span() = SpanOf(document_, range);
    mention.set_role(reference.role);
    mention.set_confidence(reference.confidence);
    mention.set_reason(reference.reason);
    if (reference.entity >= 0) {
      mention.set_unnamed(speakers_.entities[reference.entity].entity.unnamed);
    }
    return mention;
  }

 private:
  const Document& document_;
  const std::vector<Finding>& attributions_;
  const Speakers& speakers_;
};

// Whether the cue says that something was reported, as media do.
bool IsReport(const Document& document, TokenRange cue) {
  for (uint32_t i = cue.first; i < cue.last; ++i) {
    if (document.tokens()[i].lemma == "report") return true;
  }
  return false;
}

// Sets what the speaker is to what is told. `outer` are the sayings before.
void DescribeSpeaker(const Document& document, const Speakers& speakers,
                     const std::vector<Saying>& outer, Saying* saying) {
  if (saying->speaker < 0) return;
  const EntityRecord& record = speakers.entities[saying->speaker];
  saying->is_medium = IsMedium(record) ||
                      (IsReport(document, saying->cue) && MayBeMedium(record));
  saying->is_unnamed = record.entity.unnamed;
  if (saying->parent < 0) return;
  const int around = outer[saying->parent].speaker;
  saying->is_of_outer =
      around >= 0 && SpeaksFor(speakers.entities[around], record);
}

// Statements and their sayings, of the findings that are selected.
void BuildStatements(const Grammar& grammar,
                     const std::vector<Finding>& attributions,
                     Extraction* extraction, std::vector<Saying>* sayings) {
  const Document& document = grammar.document();
  const std::vector<int> parents = FindParents(document, attributions);
  const Speakers speakers = ResolveSpeakers(grammar, attributions, parents);
  const std::vector<bool> selected =
      SelectStatements(document, attributions, parents, speakers);
  const StatementBuilder builder(document, attributions, speakers);
  std::vector<int> place(attributions.size(), -1);
  for (size_t i = 0; i < attributions.size(); ++i) {
    if (!selected[i]) continue;
    place[i] = static_cast<int>(extraction->statements.size());
    ExtractedStatement extracted = builder.Build(i);
    int parent = parents[i];
    while (parent >= 0 && !selected[parent]) parent = parents[parent];
    if (parent >= 0) extracted.parent = place[parent];
    Saying saying;
    saying.source = attributions[i].source;
    saying.cue = attributions[i].cue;
    saying.content = attributions[i].content;
    saying.kind = extracted.statement.kind();
    saying.speaker = extracted.speaker;
    saying.parent = extracted.parent;
    saying.is_joint = !extracted.joint_speakers.empty();
    DescribeSpeaker(document, speakers, *sayings, &saying);
    sayings->push_back(std::move(saying));
    extraction->statements.push_back(std::move(extracted));
  }
  for (const EntityRecord& record : speakers.entities) {
    extraction->entities.push_back(record.entity);
  }
}

// Extracts from one part of a text. `listed` are the codebook's topics.
Extraction ExtractPart(absl::string_view text,
                       std::optional<absl::CivilDay> published,
                       const TopicIndex& listed) {
  const Document document = Document::AnalyzeArticle(text);
  const Grammar grammar(document);
  Extraction extraction;
  std::vector<Saying> sayings;
  BuildStatements(grammar, FindAll(grammar, listed), &extraction, &sayings);
  if (listed.empty()) extraction.found_topics = FindTopics(document, sayings);
  const TopicIndex found(extraction.found_topics);
  const TopicIndex& topics = listed.empty() ? found : listed;
  std::vector<TopicChoice> choices = ChooseTopics(document, topics, sayings);
  // Topics that were found are words; a statement is not one for each of them.
  if (!listed.empty()) {
    RepeatForOtherTopics(&sayings, &extraction.statements, &choices);
  }
  AddDetails(document, published, topics, choices, sayings,
             &extraction.statements);
  return extraction;
}

}  // namespace

absl::StatusOr<Extraction> Extract(const Article& article,
                                   const Codebook& codebook) {
  const absl::string_view text = article.text();
  if (const absl::Status utf8 = CheckUtf8(text); !utf8.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`text` is ", utf8.message()));
  }
  std::optional<absl::CivilDay> published;
  if (!article.published().empty()) {
    ONRECORD_ASSIGN_OR_RETURN(published, ParseDay(article.published()));
  }
  const TopicIndex listed(
      std::vector<Topic>(codebook.topics().begin(), codebook.topics().end()));
  const std::vector<absl::string_view> parts = SplitIntoParts(text);
  PartJoiner joiner(parts.size());
  for (const absl::string_view part : parts) {
    joiner.Add(static_cast<uint32_t>(part.data() - text.data()),
               ExtractPart(part, published, listed));
  }
  return joiner.Take();
}

}  // namespace extract
}  // namespace onrecord
