#include "engine/projections/statement_brief.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/event.pb.h"
#include "tests/engine/projections/random_history.h"
#include "tests/testing/proto_matchers.h"

namespace onrecord {
namespace testing {
namespace {

// Everything that a brief says, to compare.
std::string Describe(const StatementBrief& b) {
  return absl::StrCat(static_cast<int>(b.kind), "|", b.id, "|", b.actor_id, "|",
                      b.member_of, "|", b.topic_id, "|", b.parent_id, "|",
                      b.duplicate_of, "|", b.said.first, "|", b.said.last, "|",
                      b.has_stance, "|", b.stance, "|", b.conditional, "|",
                      static_cast<int>(b.correction_kind), "|", b.by);
}

TEST(StatementBriefTest, BytesAndMessagesSayTheSame) {
  RandomHistory history(1, RandomHistory::Shape());
  int briefs = 0;
  for (int i = 0; i < 3000; ++i) {
    const NewEvent event = history.Next();
    StatementBrief from_message;
    StatementBrief from_bytes;
    const std::string bytes = event.SerializeAsString();
    const BriefResult result = ReadBrief(event, &from_message);
    ASSERT_EQ(ReadBrief(bytes, &from_bytes), result) << event.DebugString();
    if (result != BriefResult::kBrief) continue;
    ++briefs;
    ASSERT_EQ(Describe(from_bytes), Describe(from_message))
        << event.DebugString();
  }
  EXPECT_GT(briefs, 2000);
}

TEST(StatementBriefTest, StepsOverEverythingElse) {
  const std::string bytes = ParseText<NewEvent>(R"pb(
                              id: "e1"
                              valid_time: "2025"
                              producer { name: "onrecord" version: "1" }
                              statement_recorded {
                                statement {
                                  id: "a@1-2"
                                  article_id: "a"
                                  speaker {
                                    span { begin: 1 end: 2 }
                                    text: "he"
                                    actor_id: "person/a"
                                    unnamed: true
                                    role: "minister"
                                    confidence: 0.5
                                  }
                                  cue { begin: 3 end: 4 }
                                  content { begin: 5 end: 6 }
                                  content { begin: 7 end: 8 }
                                  kind: MIXED
                                  topic_id: "tariffs"
                                  stance: -0.5
                                  stance_grounds { begin: 5 end: 6 }
                                  stance_grounds { begin: 7 end: 8 }
                                  conditional: true
                                  said_at: "2025-04"
                                  confidence: 1
                                  duplicate_of: "b@1-2"
                                }
                              }
                            )pb")
                                .SerializeAsString();
  StatementBrief brief;
  ASSERT_EQ(ReadBrief(bytes, &brief), BriefResult::kBrief);
  EXPECT_EQ(Describe(brief),
            "0|a@1-2|person/a||tariffs||b@1-2|20179|20208|1|-0.5|1|0|");
}

// A parser merges what comes twice; the bytes of two messages are one.
TEST(StatementBriefTest, WhatASerializerDoesNotWriteIsUnusual) {
  const std::string one =
      ParseText<NewEvent>("statement_recorded { statement { id: 'a' } }")
          .SerializeAsString();
  const std::string other =
      ParseText<NewEvent>("actor_introduced { actor_id: 'a' }")
          .SerializeAsString();
  const std::string id = ParseText<NewEvent>("id: 'e'").SerializeAsString();
  StatementBrief brief;
  EXPECT_EQ(ReadBrief(id + one, &brief), BriefResult::kBrief);
  EXPECT_EQ(ReadBrief(id + other, &brief), BriefResult::kOther);
  EXPECT_EQ(ReadBrief(one + one, &brief), BriefResult::kUnusual);
  EXPECT_EQ(ReadBrief(one + other, &brief), BriefResult::kUnusual);
  EXPECT_EQ(ReadBrief(one + id, &brief), BriefResult::kUnusual);
  EXPECT_EQ(ReadBrief("", &brief), BriefResult::kOther);
}

// Whatever the bytes: never beyond them, and never a brief where a parser sees
// another statement.
TEST(StatementBriefTest, DamagedBytesAreNoBriefOrTheParsersOwn) {
  RandomHistory history(2, RandomHistory::Shape());
  for (int i = 0; i < 60; ++i) {
    const std::string bytes = history.Next().SerializeAsString();
    for (size_t at = 0; at < bytes.size(); ++at) {
      for (const char flip : {'\x01', '\x20', '\x80'}) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ flip);
        StatementBrief brief;
        NewEvent event;
        if (ReadBrief(damaged, &brief) != BriefResult::kBrief ||
            !event.ParseFromString(damaged)) {
          continue;
        }
        StatementBrief parsed;
        ASSERT_EQ(ReadBrief(event, &parsed), BriefResult::kBrief);
        ASSERT_EQ(Describe(brief), Describe(parsed)) << event.DebugString();
      }
    }
  }
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
