// An extractor of which a test knows what it finds.

#ifndef ONRECORD_TESTS_TESTING_LINE_READER_H_
#define ONRECORD_TESTS_TESTING_LINE_READER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/extract/statement/extraction.h"
#include "engine/extractor.h"
#include "engine/timeline.h"
#include "proto/article.pb.h"
#include "proto/codebook.pb.h"
#include "proto/event.pb.h"

namespace onrecord {
namespace testing {

// Reads a line as the words of whom its first word names, about peace, said on
// the day of publication: "Ruiz wants peace".
class LineReader : public Extractor {
 public:
  Producer producer() const override {
    Producer producer;
    producer.set_name("lines");
    producer.set_version(version);
    return producer;
  }

  absl::StatusOr<extract::Extraction> Extract(
      const Article& article, const Codebook& /*codebook*/) override {
    extract::Extraction extraction;
    uint32_t begin = 0;
    for (const absl::string_view line : absl::StrSplit(article.text(), '\n')) {
      const auto end = begin + static_cast<uint32_t>(line.size());
      if (unread.count(std::string(line)) == 0) {
        Read(line, begin, end, article.published(), extraction);
      }
      begin = end + 1;
    }
    return extraction;
  }

  std::string version = "1";
  std::set<std::string> unread;           // lines that it does not see
  std::map<std::string, double> stances;  // by line

 private:
  void Read(absl::string_view line, uint32_t begin, uint32_t end,
            const std::string& said_at, extract::Extraction& extraction) {
    const uint32_t space = begin + static_cast<uint32_t>(line.find(' '));
    extract::ExtractedStatement one;
    one.speaker = static_cast<int>(extraction.entities.size());
    extraction.entities.emplace_back().name =
        std::string(line.substr(0, space - begin));
    extraction.entities.back().kind = Actor::PERSON;
    Span& speaker = *one.statement.mutable_speaker()->mutable_span();
    speaker.set_begin(begin);
    speaker.set_end(space);
    one.statement.set_kind(Statement::INDIRECT);
    Span& content = *one.statement.add_content();
    content.set_begin(space + 1);
    content.set_end(end);
    one.statement.set_topic_id("peace");
    one.statement.set_said_at(said_at);
    const auto stance = stances.find(std::string(line));
    if (stance != stances.end()) one.statement.set_stance(stance->second);
    extraction.statements.push_back(std::move(one));
  }
};

// A timeline in memory that `reader`, which must outlive it, reads for, with
// peace as a topic of its codebook.
inline absl::StatusOr<std::unique_ptr<Timeline>> OpenReadBy(
    LineReader* reader) {
  TimelineOptions options;
  options.extractor = reader;
  options.extraction_threads = 1;
  absl::StatusOr<std::unique_ptr<Timeline>> timeline =
      Timeline::OpenInMemory(options);
  if (!timeline.ok()) return timeline;
  Codebook codebook;
  codebook.add_topics()->set_id("peace");
  const absl::Status added = (*timeline)->AddCodebook(codebook).status();
  if (!added.ok()) return added;
  return timeline;
}

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_LINE_READER_H_
