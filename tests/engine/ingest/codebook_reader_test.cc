#include "engine/ingest/codebook_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(CodebookReaderTest, ReadsTopicsAndActors) {
  TempDirectory dir;
  ASSERT_OK_AND_ASSIGN(const Codebook codebook,
                       ReadCodebook(dir.Write("book.json", R"({
        "topics": [{"id": "t", "proposition": "P", "phrases": ["a", "b"]}],
        "actors": [
          {"id": "country/x", "name": "X"},
          {"id": "person/p", "name": "P", "memberOf": ["country/x"], "roles":
            [{"title": "minister", "of": "country/x", "from": "2024-05"}]}],
        "author": "passed over"})")));
  EXPECT_EQ(codebook.topics(0).phrases(1), "b");
  EXPECT_EQ(codebook.actors(1).roles(0).from(), "2024-05");
}

struct BadCodebookCase {
  const char* test_name;
  const char* content;
  const char* message;
};

class BadCodebookTest : public ::testing::TestWithParam<BadCodebookCase> {};

TEST_P(BadCodebookTest, IsRefusedWithTheField) {
  TempDirectory dir;
  const std::string path = dir.Write("book.json", GetParam().content);
  EXPECT_THAT(ReadCodebook(path),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr(path), HasSubstr(GetParam().message))));
}

INSTANTIATE_TEST_SUITE_P(
    Codebooks, BadCodebookTest,
    ::testing::Values(
        BadCodebookCase{"NotJson", "topics: []", "not a JSON object"},
        BadCodebookCase{"NoTopicId", R"({"topics":[{"name":"x"}]})",
                        "`topics[0].id` is empty"},
        BadCodebookCase{"SameActorTwice",
                        R"({"actors":[{"id":"a","name":"A"},
                                      {"id":"a","name":"B"}]})",
                        "`actors[1].id` \"a\" is given twice"},
        BadCodebookCase{"NoName", R"({"actors":[{"id":"a"}]})",
                        "`actors[0].name` is empty"},
        BadCodebookCase{"UnknownBody",
                        R"({"actors":[{"id":"a","name":"A",
                                       "memberOf":["b"]}]})",
                        "`actors[0].memberOf` \"b\" is no actor's id"},
        BadCodebookCase{"UnknownOffice",
                        R"({"actors":[{"id":"a","name":"A","roles":
                            [{"title":"t","of":"b"}]}]})",
                        "`actors[0].roles[0].of` \"b\""},
        BadCodebookCase{"NoDate",
                        R"({"actors":[{"id":"a","name":"A","roles":
                            [{"title":"t","from":"soon"}]}]})",
                        "`actors[0].roles[0].from`"},
        BadCodebookCase{"EndsBeforeItBegins",
                        R"({"actors":[{"id":"a","name":"A","roles":
                            [{"title":"t","from":"2025","to":"2024"}]}]})",
                        "`actors[0].roles[0].to` is before"}),
    [](const ::testing::TestParamInfo<BadCodebookCase>& info) {
      return info.param.test_name;
    });

}  // namespace
}  // namespace onrecord
