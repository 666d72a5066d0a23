#include "engine/report/page_statements.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/projections/day.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// A speaker further than this from the words is not shown beside them.
constexpr size_t kFarthestSpeaker = 600;

// As the positions do, however long a chain of repeats is.
constexpr int kMaxRepeats = 16;

// Whom a mention means, for people.
std::string NameOf(const MentionRow& mention) {
  if (mention.unnamed() || mention.actor_name().empty()) {
    return mention.text().empty() ? mention.actor_name() : mention.text();
  }
  return mention.actor_name();
}

// What a statement takes up of its text.
Passage Extent(const StatementRow& row) {
  Passage extent{std::string::npos, 0};
  const auto cover = [&extent](size_t begin, size_t end) {
    extent.begin = std::min(extent.begin, begin);
    extent.end = std::max(extent.end, end);
  };
  for (const Span& span : row.content()) cover(span.begin(), span.end());
  if (row.cue().has_begin()) cover(row.cue().begin(), row.cue().end());
  const MentionRow& speaker = row.speaker();
  if (speaker.has_begin() &&
      (extent.end == 0 || (speaker.end() + kFarthestSpeaker >= extent.begin &&
                           speaker.begin() <= extent.end + kFarthestSpeaker))) {
    cover(speaker.begin(), speaker.end());
  }
  return extent;
}

// Sets `part` to [begin, end) as seen from `passage`. Returns false if it does
// not lie in it.
bool SetSpan(absl::string_view text, const Passage& passage, size_t begin,
             size_t end, PageSpan* part) {
  if (begin < passage.begin || end > passage.end || begin >= end) return false;
  const size_t before =
      Utf16Length(text.substr(passage.begin, begin - passage.begin));
  part->set_begin(static_cast<uint32_t>(before));
  part->set_end(static_cast<uint32_t>(
      before + Utf16Length(text.substr(begin, end - begin))));
  return true;
}

void SetFields(const StatementRow& row, PageStatement& statement) {
  statement.set_id(row.statement_id());
  statement.set_speaker_name(NameOf(row.speaker()));
  statement.set_role(row.speaker().role());
  statement.set_speaker_reason(row.speaker().reason().empty()
                                   ? row.speaker_unknown()
                                   : row.speaker().reason());
  statement.set_speaker_confidence(row.speaker().confidence());
  statement.set_kind(absl::AsciiStrToLower(Statement::Kind_Name(row.kind())));
  statement.set_said_at(row.said_at());
  statement.set_confidence(row.confidence());
  statement.set_reason(row.reason());
  if (row.has_stance()) statement.set_stance(row.stance());
  statement.set_conditional(row.conditional());
  statement.set_relayed_by(NameOf(row.relayed_by()));
  statement.set_duplicate_of(row.duplicate_of());
}

}  // namespace

absl::StatusOr<std::unique_ptr<PageStatements>> PageStatements::Create(
    Timeline* timeline, PageData* data) {
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<PassageFinder> finder,
                            PassageFinder::Create());
  return std::unique_ptr<PageStatements>(
      new PageStatements(timeline, data, std::move(finder)));
}

PageStatements::PageStatements(Timeline* timeline, PageData* data,
                               std::unique_ptr<PassageFinder> finder)
    : timeline_(timeline), data_(data), finder_(std::move(finder)) {}

absl::Status PageStatements::Begin(uint64_t log_position, uint32_t point) {
  point_ = point;
  row_numbers_.clear();
  found_numbers_.clear();
  StatementQuery query;
  query.known_at = log_position;
  ONRECORD_ASSIGN_OR_RETURN(rows_, timeline_->Statements(query));
  for (size_t i = 0; i < rows_.size(); ++i) {
    row_numbers_[rows_[i].statement_id()] = i;
  }
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<SourceRow> articles,
                            timeline_->Articles(log_position));
  for (const SourceRow& article : articles) {
    articles_[article.doc_id()] = article;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<uint32_t>> PageStatements::Find(
    const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::vector<uint32_t> numbers;
  for (const std::string& id : ids) {
    const auto row = row_numbers_.find(id);
    if (row == row_numbers_.end()) continue;
    const auto [at, is_new] = found_numbers_.try_emplace(id, 0);
    if (is_new) {
      ONRECORD_ASSIGN_OR_RETURN(at->second, Add(rows_[row->second]));
    }
    numbers.push_back(at->second);
  }
  return numbers;
}

DayNumber PageStatements::CountedFrom(const StatementRow& row) const {
  const StatementRow* said = &row;
  int repeats = 0;
  for (; repeats < kMaxRepeats; ++repeats) {
    const auto original = row_numbers_.find(said->duplicate_of());
    if (original == row_numbers_.end()) break;
    said = &rows_[original->second];
  }
  if (repeats == kMaxRepeats) said = &row;  // a circle
  return ParseDayRange(said->said_at()).first;
}

absl::StatusOr<uint32_t> PageStatements::Add(const StatementRow& row) {
  std::string told_by;
  const auto parent = row_numbers_.find(row.parent_id());
  if (parent != row_numbers_.end()) {
    told_by = NameOf(rows_[parent->second].speaker());
  }
  const DayNumber day = CountedFrom(row);
  const std::string key =
      absl::StrCat(row.SerializeAsString(), "\n", told_by, "\n", day);
  const auto [at, is_new] = statement_numbers_.try_emplace(
      key, static_cast<uint32_t>(data_->statements_size()));
  PageStatement& statement =
      is_new ? *data_->add_statements()
             : *data_->mutable_statements(static_cast<int>(at->second));
  if (is_new) {
    SetFields(row, statement);
    statement.set_told_by(told_by);
    if (day != kUndated) statement.set_said_day(day);
    statement.set_article(AddArticle(row.doc_id()));
    statement.set_known_from(point_);
    ONRECORD_RETURN_IF_ERROR(SetPassage(row, statement));
  }
  statement.set_known_until(point_ + 1);
  return at->second;
}

uint32_t PageStatements::AddArticle(const std::string& id) {
  const auto [at, is_new] = article_numbers_.try_emplace(
      id, static_cast<uint32_t>(data_->articles_size()));
  if (is_new) {
    const SourceRow& row = articles_[id];
    PageArticle& article = *data_->add_articles();
    article.set_id(id);
    article.set_title(row.title());
    article.set_publisher(row.publisher());
    article.set_url(row.url());
    article.set_published(row.published());
  }
  return at->second;
}

absl::StatusOr<absl::string_view> PageStatements::TextOf(
    const std::string& article_id) {
  const auto [at, is_new] = texts_.try_emplace(article_id);
  const std::string sha256 =
      absl::HexStringToBytes(articles_[article_id].text_sha256());
  if (is_new && !sha256.empty()) {
    absl::StatusOr<std::string> text = timeline_->log()->GetText(sha256);
    if (text.ok()) {
      at->second = *std::move(text);
    } else if (!absl::IsNotFound(text.status())) {
      return text.status();
    }
  }
  return absl::string_view(at->second);
}

absl::Status PageStatements::SetPassage(const StatementRow& row,
                                        PageStatement& statement) {
  ONRECORD_ASSIGN_OR_RETURN(const absl::string_view text, TextOf(row.doc_id()));
  const Passage extent = Extent(row);
  if (extent.begin > extent.end || extent.end > text.size()) {
    return absl::OkStatus();
  }
  const Passage passage = finder_->Around(text, extent.begin, extent.end);
  statement.set_passage(AddPassage(statement.article(), passage, text));
  for (const Span& span : row.content()) {
    if (!SetSpan(text, passage, span.begin(), span.end(),
                 statement.add_content())) {
      statement.mutable_content()->RemoveLast();
    }
  }
  if (row.cue().has_begin() &&
      !SetSpan(text, passage, row.cue().begin(), row.cue().end(),
               statement.mutable_cue())) {
    statement.clear_cue();
  }
  if (row.speaker().has_begin() &&
      !SetSpan(text, passage, row.speaker().begin(), row.speaker().end(),
               statement.mutable_speaker())) {
    statement.clear_speaker();
  }
  return absl::OkStatus();
}

uint32_t PageStatements::AddPassage(uint32_t article, const Passage& passage,
                                    absl::string_view text) {
  const auto [at, is_new] = passage_numbers_.try_emplace(
      std::make_tuple(article, passage.begin, passage.end),
      static_cast<uint32_t>(data_->passages_size()));
  if (is_new) {
    data_->add_passages(
        std::string(text.substr(passage.begin, passage.end - passage.begin)));
  }
  return at->second;
}

}  // namespace onrecord
