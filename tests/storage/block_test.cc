#include "storage/block.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "storage/coding.h"
#include "storage/hash.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

std::vector<EncodedBlock> Encode(const CommitHeader& header,
                                 const std::string& stream,
                                 const std::vector<std::string>& serialized,
                                 size_t block_bytes) {
  std::string bytes;
  std::vector<EncodedEvent> events;
  for (const std::string& event : serialized) {
    const size_t begin = bytes.size();
    PutString(event, &bytes);
    events.push_back({begin, bytes.size(), PeekEvent(event).kinds});
  }
  const StreamEvents run{stream, 0, bytes, events};
  return EncodeCommit(header, absl::MakeConstSpan(&run, 1), block_bytes);
}

// The worked example of FORMAT.md.
TEST(BlockTest, IsLaidOutAsTheFormatSays) {
  CommitHeader header;
  header.first_log_position = 1;
  header.events = 1;
  header.commit_id = "c";
  const auto blocks =
      Encode(header, "a", {MakeEvent("p").SerializeAsString()}, 4000);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].last_log_position, 1u);
  EXPECT_EQ(ToHex(blocks[0].bytes.substr(8)),
            "01000101000100000000000000002001630001610001"
            "06a20103120170");
  std::string checksum;
  PutFixed64(Checksum(blocks[0].bytes.substr(8)), &checksum);
  EXPECT_EQ(blocks[0].bytes.substr(0, 8), checksum);
}

TEST(BlockTest, CutsACommitWhereItIsFull) {
  CommitHeader header;
  header.commit = 7;
  header.first_log_position = 100;
  header.recorded_time_us = -5;
  header.events = 10;
  header.texts = {Sha256({"text"})};
  std::vector<std::string> events;
  for (int i = 0; i < 10; ++i) {
    events.push_back(MakeEvent(std::string(100, 'x')).SerializeAsString());
  }
  const auto blocks = Encode(header, "a", events, 350);
  ASSERT_EQ(blocks.size(), 4u);
  uint64_t next = 100;
  for (const EncodedBlock& encoded : blocks) {
    Block block;
    ASSERT_OK(block.Parse(encoded.bytes));
    EXPECT_EQ(block.commit(), 7u);
    EXPECT_EQ(block.first_log_position(), next);
    EXPECT_EQ(block.last_log_position(), encoded.last_log_position);
    EXPECT_EQ(block.recorded_time_us(), -5);
    EXPECT_EQ(block.commit_events(), 10u);
    EXPECT_EQ(block.starts_commit(), next == 100);
    EXPECT_EQ(block.ends_commit(), encoded.last_log_position == 109);
    EXPECT_EQ(block.texts().empty(), next != 100);
    for (size_t i = 0; i < block.events(); ++i) {
      EXPECT_EQ(block.revision_of(i), next - 100 + i);
    }
    next = encoded.last_log_position + 1;
  }
  EXPECT_EQ(next, 110u);
}

TEST(BlockTest, RefusesEveryFlippedBitAndEveryCut) {
  CommitHeader header;
  header.first_log_position = 1;
  header.events = 2;
  std::string bytes = Encode(header, "a",
                             {MakeEvent("p").SerializeAsString(),
                              MakeEvent("q").SerializeAsString()},
                             4000)[0]
                          .bytes;
  Block block;
  for (size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(block.Parse(bytes.substr(0, i)).ok()) << i;
    for (int bit = 0; bit < 8; ++bit) {
      bytes[i] ^= static_cast<char>(1 << bit);
      EXPECT_THAT(block.Parse(bytes), StatusIs(absl::StatusCode::kDataLoss));
      EXPECT_EQ(block.events(), 0u);
      bytes[i] ^= static_cast<char>(1 << bit);
    }
  }
  EXPECT_OK(block.Parse(bytes));
}

TEST(BlockTest, RefusesANewerFormat) {
  std::string rest(1, '\x02');
  std::string bytes;
  PutFixed64(Checksum(rest), &bytes);
  Block block;
  EXPECT_THAT(
      block.Parse(bytes + rest),
      StatusIs(absl::StatusCode::kUnimplemented, HasSubstr("format 2")));
}

TEST(PeekEventTest, TellsTheIdAndTheKind) {
  NewEvent event = MakeEvent("p");
  event.set_valid_time("2025");
  EXPECT_EQ(PeekEvent(event.SerializeAsString()).id, "");
  EXPECT_EQ(PeekEvent(event.SerializeAsString()).kinds,
            KindBit(NewEvent::kActorIntroducedFieldNumber));
  event.set_id("e");
  const std::string bytes = event.SerializeAsString();
  EXPECT_EQ(PeekEvent(bytes).id, "e");
  EXPECT_EQ(PeekEvent(bytes).kinds,
            KindBit(NewEvent::kActorIntroducedFieldNumber) | kOwnIdBit);
}

}  // namespace
}  // namespace onrecord
