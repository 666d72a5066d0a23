#include "engine/repeats.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "engine/projections/statements.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// What one article reports, others repeat for about so long.
constexpr DayNumber kMostDaysApart = 7;

// The actor, or the body that an unnamed speaker spoke from. Empty if unknown.
std::string SpeakerOf(const Statement& statement, const Directory& directory) {
  const Mention& speaker = statement.speaker();
  const bool unnamed = speaker.actor_id().empty();
  const std::string& id = unnamed ? speaker.member_of() : speaker.actor_id();
  if (id.empty()) return "";
  const Actor* const actor = directory.Find(id);
  return absl::StrCat(unnamed ? "of " : "",
                      actor == nullptr ? id : actor->id());
}

}  // namespace

bool RepeatFinder::MayBeOne(const Said& a, const Said& b) {
  if (a.speaker != b.speaker) return false;
  if (a.days.first == kUndated || b.days.first == kUndated) return true;
  const DayNumber apart =
      std::max(a.days.first, b.days.first) - std::min(a.days.last, b.days.last);
  return apart <= (a.text_says_when && b.text_says_when ? 0 : kMostDaysApart);
}

RepeatFinder::Said RepeatFinder::SaidOf(const Statement& statement,
                                        const Directory& directory) {
  return {statement.duplicate_of().empty() ? statement.id()
                                           : statement.duplicate_of(),
          SpeakerOf(statement, directory), ParseDayRange(statement.said_at()),
          statement.has_said_at_span()};
}

absl::Status RepeatFinder::Mark(const Directory& directory,
                                Statement& statement) {
  if (statement.words_key() == 0) return absl::OkStatus();
  const Said said = SaidOf(statement, directory);
  if (said.speaker.empty()) return absl::OkStatus();
  std::vector<Said> before;
  ONRECORD_RETURN_IF_ERROR(
      Statements(&directory.view())
          .ForEachOfWords(
              statement.words_key(), [&](const StatementRecord& record) {
                before.push_back(SaidOf(record.statement(), directory));
                return absl::OkStatus();
              }));
  std::vector<Said>& marked = marked_[statement.words_key()];
  before.insert(before.end(), marked.begin(), marked.end());
  const auto original =
      std::find_if(before.begin(), before.end(), [&](const Said& one) {
        return MayBeOne(one, said) && one.original != statement.id();
      });
  if (original != before.end()) {
    statement.set_duplicate_of(original->original);
  }
  marked.push_back(SaidOf(statement, directory));
  return absl::OkStatus();
}

}  // namespace onrecord
