#include "engine/program/program_extractor.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "engine/ingest/json.h"
#include "engine/program/row_reader.h"
#include "proto/extractor.pb.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

std::string RequestFor(const Article& article, const Codebook& codebook) {
  ExtractorRequest request;
  request.set_id(article.id());
  request.set_url(article.url());
  request.set_title(article.title());
  request.set_publisher(article.publisher());
  request.set_published(article.published());
  request.set_language(article.language());
  request.set_text(article.text());
  *request.mutable_topics() = codebook.topics();
  std::string json;
  // Fails on texts that are not UTF-8 only.
  (void)google::protobuf::util::MessageToJsonString(request, &json);
  return json;
}

// Whether `line` closes an article's statements: no row has these fields.
bool IsEnd(absl::string_view line) {
  line = absl::StripLeadingAsciiWhitespace(line);
  if (!absl::ConsumePrefix(&line, "{")) return false;
  line = absl::StripLeadingAsciiWhitespace(line);
  return absl::StartsWith(line, "\"end\"") ||
         absl::StartsWith(line, "\"error\"");
}

absl::Status ReadEnd(absl::string_view line, const std::string& article_id) {
  ExtractorEnd end;
  ONRECORD_RETURN_IF_ERROR(ParseJson(line, end, UnknownFields::kRefuse));
  if (!end.error().empty()) {
    return absl::InternalError(absl::StrCat("says: ", end.error()));
  }
  if (end.end() == article_id) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("`end` is \"", end.end(), "\", expected the article's id"));
}

absl::Status WithContext(const absl::Status& status,
                         absl::string_view context) {
  return absl::Status(status.code(),
                      absl::StrCat(context, " ", status.message()));
}

}  // namespace

ProgramExtractor::ProgramExtractor(std::string command,
                                   const ProgramExtractorOptions& options)
    : command_(std::move(command)), options_(options) {}

Producer ProgramExtractor::producer() const {
  Producer producer;
  producer.set_name(command_);
  return producer;
}

absl::StatusOr<extract::Extraction> ProgramExtractor::Ask(
    const Article& article, const Codebook& codebook,
    absl::string_view request) {
  if (program_ == nullptr || program_->HasEnded()) {
    ONRECORD_ASSIGN_OR_RETURN(program_, ChildProcess::Start(command_));
  }
  RowReader rows(article, codebook, absl::StrCat("found by ", command_));
  int number = 0;
  absl::Status read;
  const auto take = [&](absl::string_view line) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) return true;
    const bool is_end = IsEnd(line);
    read = is_end ? ReadEnd(line, article.id()) : rows.Add(line);
    if (!read.ok())
      read = WithContext(read, absl::StrCat("line ", number, ":"));
    return read.ok() && !is_end;
  };
  const absl::Status exchanged =
      program_->Exchange(request, absl::Now() + options_.timeout, take);
  ONRECORD_RETURN_IF_ERROR(read);
  ONRECORD_RETURN_IF_ERROR(exchanged);
  return std::move(rows).Take();
}

absl::StatusOr<extract::Extraction> ProgramExtractor::Extract(
    const Article& article, const Codebook& codebook) {
  const std::string request = RequestFor(article, codebook);
  MutexLock lock(&mu_);
  absl::Status status;
  for (int attempt = 0; attempt < options_.max_attempts; ++attempt) {
    absl::StatusOr<extract::Extraction> extraction =
        Ask(article, codebook, request);
    if (extraction.ok()) return extraction;
    program_ = nullptr;
    status = extraction.status();
    if (!absl::IsUnavailable(status) && !absl::IsDeadlineExceeded(status)) {
      break;
    }
  }
  if (absl::IsUnavailable(status)) {
    status = absl::InternalError(
        absl::StrCat("ended early ", options_.max_attempts, " times"));
  }
  return WithContext(status, absl::StrCat("extractor `", command_, "`"));
}

}  // namespace onrecord
