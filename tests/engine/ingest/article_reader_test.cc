#include "engine/ingest/article_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/report/rows.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ArticleReaderTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::vector<ArticleRow>> Read(
      const std::vector<std::string>& paths) {
    return ReadArticles(paths, options_);
  }

  static std::vector<std::string> Ids(const std::vector<ArticleRow>& articles) {
    std::vector<std::string> ids;
    for (const ArticleRow& article : articles) ids.push_back(article.id());
    return ids;
  }

  TempDirectory dir_;
  ArticleReaderOptions options_;
};

TEST_F(ArticleReaderTest, PlainTextIsOneArticleNamedAfterTheFile) {
  options_.published = "2025-04-26";
  options_.publisher = "Daily";
  ASSERT_OK_AND_ASSIGN(const auto articles,
                       Read({dir_.Write("a b.txt", "Kono said no.\n")}));
  ASSERT_EQ(articles.size(), 1);
  EXPECT_EQ(articles[0].id(), "a b");
  EXPECT_EQ(articles[0].text(), "Kono said no.\n");
  EXPECT_EQ(articles[0].published(), "2025-04-26");
  EXPECT_EQ(articles[0].publisher(), "Daily");
}

TEST_F(ArticleReaderTest, JsonLinesHoldOneArticleALine) {
  const std::string path = dir_.Write(
      "a.jsonl",
      R"({"id":"1","text":"x","published":"2025-04-26T23:30:00-05:00"})"
      "\n\n"
      R"({"id":"2","text":"y","published":null,"section":"trade"})");
  options_.published = "2024-01-01";
  ASSERT_OK_AND_ASSIGN(const auto articles, Read({path}));
  EXPECT_THAT(Ids(articles), ElementsAre("1", "2"));
  EXPECT_EQ(articles[0].published(), "2025-04-26");
  EXPECT_EQ(articles[1].published(), "2024-01-01") << "the default";
  EXPECT_EQ(articles[0].published_from(), "json");
  EXPECT_EQ(articles[1].published_from(), "flag");
}

constexpr char kPage[] =
    "<!DOCTYPE html><html lang=en><meta charset=utf-8>"
    "<meta property=og:site_name content=Daily>"
    "<meta name=date content=2025-04-26>"
    "<nav>Home</nav><p>Kono said no to the plan.</p></html>";

TEST_F(ArticleReaderTest, PageIsItsMainTextAndWhatItSays) {
  ASSERT_OK_AND_ASSIGN(const auto articles,
                       Read({dir_.Write("a.html", kPage)}));
  ASSERT_EQ(articles.size(), 1);
  EXPECT_EQ(articles[0].id(), "a");
  EXPECT_EQ(articles[0].text(), "Kono said no to the plan.");
  EXPECT_EQ(articles[0].published(), "2025-04-26");
  EXPECT_EQ(articles[0].published_from(), "date");
  EXPECT_EQ(articles[0].publisher(), "Daily");
  EXPECT_EQ(articles[0].language(), "en");
}

TEST_F(ArticleReaderTest, FlagsWinOverWhatAPageSays) {
  options_.published = "2025-05-01";
  options_.publisher = "Wire";
  ASSERT_OK_AND_ASSIGN(const auto articles, Read({dir_.Write("a.htm", kPage)}));
  EXPECT_EQ(articles[0].published(), "2025-05-01");
  EXPECT_EQ(articles[0].published_from(), "flag");
  EXPECT_EQ(articles[0].publisher(), "Wire");
}

struct DetectCase {
  const char* test_name;
  const char* file;
  std::string content;
  const char* input;
  const char* text;
};

class DetectTest : public ArticleReaderTest,
                   public ::testing::WithParamInterface<DetectCase> {};

TEST_P(DetectTest, TheFormIsFound) {
  ASSERT_OK_AND_ASSIGN(const auto articles,
                       Read({dir_.Write(GetParam().file, GetParam().content)}));
  ASSERT_EQ(articles.size(), 1);
  EXPECT_EQ(articles[0].input(), GetParam().input);
  EXPECT_EQ(articles[0].text(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Files, DetectTest,
    ::testing::Values(
        DetectCase{"TextByName", "a.txt", "{not json", "text", "{not json"},
        DetectCase{"PageByName", "a.HTML", "Kono said no.", "html",
                   "Kono said no."},
        DetectCase{"PageByContent", "page", "\n<!doctype HTML><p>Kono said no.",
                   "html", "Kono said no."},
        DetectCase{"JsonByContent", "news.dump", R"({"text":"Kono said no."})",
                   "json", "Kono said no."},
        DetectCase{"TextByContent", "README", "Kono said <b>no</b>.", "text",
                   "Kono said <b>no</b>."},
        DetectCase{"OneObject", "a.json", "{\n \"text\":\n\"Kono said no.\"}",
                   "json", "Kono said no."},
        DetectCase{"Utf8WithMark", "a.txt", "\xEF\xBB\xBFKono said no.", "text",
                   "Kono said no."},
        DetectCase{"Utf16", "a.txt", std::string("\xFF\xFEN\0o\0!\0", 8),
                   "text", "No!"}),
    [](const ::testing::TestParamInfo<DetectCase>& info) {
      return info.param.test_name;
    });

// The three versions of ninjs name things differently.
constexpr char kNinjs1[] =
    R"({"uri":"https://wire.example/1","type":"text","language":"en",)"
    R"("versioncreated":"2025-04-26T08:00:00Z","headline":"No to the plan",)"
    R"("copyrightholder":"Wire","body_text":"Kono said no."})";
constexpr char kNinjs2[] =
    R"({"uri":"https://wire.example/1","type":"text","language":"en",)"
    R"("firstcreated":"2025-04-26T08:00:00Z",)"
    R"("versioncreated":"2025-04-28T08:00:00Z",)"
    R"("infosources":[{"name":"Wire"}],"copyrightholder":"Holder",)"
    R"("headlines":[{"role":"short","value":"No"},)"
    R"({"role":"main","contenttype":"text/plain","value":"No to the plan"}],)"
    R"("bodies":[{"contenttype":"text/html","value":"<p>Other.</p>"},)"
    R"({"contenttype":"text/plain","value":"Kono said no."}]})";
constexpr char kNinjs3[] =
    R"({"uri":"https://wire.example/1","language":"en","pubStatus":"usable",)"
    R"("contentCreated":"2025-04-26T08:00:00Z",)"
    R"("infoSources":[{"name":"Wire"}],"headline":"No to the plan",)"
    R"("bodies":[{"contentType":"application/xhtml+xml",)"
    R"("value":"<p>Kono <b>said</b> no.</p>"}]})";

TEST_F(ArticleReaderTest, NinjsIsReadInEveryVersion) {
  options_.publisher = "Default";
  int files = 0;
  for (const char* json : {kNinjs1, kNinjs2, kNinjs3}) {
    SCOPED_TRACE(json);
    ASSERT_OK_AND_ASSIGN(
        const auto articles,
        Read({dir_.Write(absl::StrCat(++files, ".json"), json)}));
    ASSERT_EQ(articles.size(), 1);
    EXPECT_EQ(articles[0].input(), "ninjs");
    EXPECT_EQ(articles[0].id(), "https://wire.example/1");
    EXPECT_EQ(articles[0].url(), "https://wire.example/1");
    EXPECT_EQ(articles[0].title(), "No to the plan");
    EXPECT_EQ(articles[0].publisher(), "Wire");
    EXPECT_EQ(articles[0].published(), "2025-04-26");
    EXPECT_EQ(articles[0].language(), "en");
    EXPECT_EQ(articles[0].text(), "Kono said no.");
  }
}

TEST_F(ArticleReaderTest, TheFormCanBeGiven) {
  options_.form = InputForm::kText;
  ASSERT_OK_AND_ASSIGN(const auto articles,
                       Read({dir_.Write("a.html", "<p>x</p>")}));
  EXPECT_EQ(articles[0].text(), "<p>x</p>");
}

TEST_F(ArticleReaderTest, ArticlesCanBeReadAgainAsTheyAreListed) {
  ASSERT_OK_AND_ASSIGN(const auto page, Read({dir_.Write("a.html", kPage)}));
  ASSERT_OK_AND_ASSIGN(const auto again,
                       Read({dir_.Write("a.jsonl", ToJson(page[0]))}));
  EXPECT_EQ(ArticleOf(again[0]).SerializeAsString(),
            ArticleOf(page[0]).SerializeAsString());
}

TEST_F(ArticleReaderTest, DirectoryIsReadInOrderOfPaths) {
  dir_.Write("news/b.txt", "x");
  dir_.Write("news/a/z.txt", "x");
  dir_.Write("news/c.jsonl", R"({"id":"j","text":"x"})");
  dir_.Write("news/b/page.html", "<p>Kono said no.</p>");
  dir_.Write("news/picture.png", "not read");
  dir_.Write("news/.cache/old.txt", "not read");
  dir_.Write("news/.hidden.txt", "not read");
  ASSERT_OK_AND_ASSIGN(const auto articles, Read({dir_.Path("news")}));
  EXPECT_THAT(Ids(articles), ElementsAre("a/z", "b/page", "b", "j"));
}

struct BadInputCase {
  const char* test_name;
  const char* file;
  std::string content;
  absl::StatusCode code;
  const char* message;
};

class BadInputTest : public ArticleReaderTest,
                     public ::testing::WithParamInterface<BadInputCase> {};

TEST_P(BadInputTest, IsRefusedWithItsPlace) {
  options_.max_text_bytes = 100;
  const BadInputCase& bad = GetParam();
  const std::string good = dir_.Write("good.txt", "fine");
  const std::string path = dir_.Write(bad.file, bad.content);
  EXPECT_THAT(
      Read({good, path}),
      StatusIs(bad.code, AllOf(HasSubstr(path), HasSubstr(bad.message))));
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, BadInputTest,
    ::testing::Values(
        BadInputCase{"EmptyText", "a.txt", " \n",
                     absl::StatusCode::kInvalidArgument, "`text` is empty"},
        BadInputCase{"EmptyFile", "a.txt", "",
                     absl::StatusCode::kInvalidArgument, "`text` is empty"},
        BadInputCase{"NotUtf8", "a.txt", "ab\xC3(",
                     absl::StatusCode::kInvalidArgument,
                     "not valid UTF-8 at byte 2"},
        BadInputCase{"NotTheEncodingOfThePage", "a.html",
                     "<meta charset=utf-8><p>ab\xC3(",
                     absl::StatusCode::kInvalidArgument,
                     "not valid UTF-8 at byte 25"},
        BadInputCase{"UnknownEncoding", "a.html",
                     "<meta charset=klingon><p>Kono said no.",
                     absl::StatusCode::kInvalidArgument,
                     "\"klingon\" is no known encoding"},
        BadInputCase{"PageWithoutText", "a.html", "<p></p>",
                     absl::StatusCode::kInvalidArgument, "no article text"},
        BadInputCase{"PageTooLong", "a.html", std::string(101, 'x'),
                     absl::StatusCode::kResourceExhausted, "101 bytes"},
        BadInputCase{"TooLong", "a.txt", std::string(101, 'x'),
                     absl::StatusCode::kResourceExhausted, "101 bytes"},
        BadInputCase{
            "NotJson", "a.jsonl", "{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":",
            absl::StatusCode::kInvalidArgument, "a.jsonl:2: not a JSON"},
        BadInputCase{"NotAnObject", "a.jsonl", "[1]",
                     absl::StatusCode::kInvalidArgument, "a.jsonl:1: "},
        BadInputCase{"WrongType", "a.jsonl", R"({"id":"1","text":{"a":1}})",
                     absl::StatusCode::kInvalidArgument, "a.jsonl:1: "},
        BadInputCase{"NoText", "a.jsonl", R"({"id":"1"})",
                     absl::StatusCode::kInvalidArgument,
                     "a.jsonl:1: `text` is empty"},
        BadInputCase{"NoDate", "a.jsonl",
                     R"({"id":"1","text":"x","published":"2025-02-30"})",
                     absl::StatusCode::kInvalidArgument,
                     "a.jsonl:1: `published`"},
        BadInputCase{
            "SameId", "a.jsonl",
            "{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"1\",\"text\":\"y\"}",
            absl::StatusCode::kInvalidArgument, "a.jsonl:2: `id` \"1\""},
        BadInputCase{"NinjsOfAPicture", "a.json",
                     R"({"uri":"urn:1","type":"picture","headline":"Kono"})",
                     absl::StatusCode::kInvalidArgument,
                     "a.json: `type` is \"picture\""},
        BadInputCase{"NinjsWithdrawn", "a.jsonl",
                     R"({"uri":"urn:1","pubstatus":"canceled","headline":"x"})",
                     absl::StatusCode::kInvalidArgument,
                     "a.jsonl:1: `pubstatus` is \"canceled\""},
        BadInputCase{
            "NinjsWithoutBody", "a.jsonl", R"({"uri":"urn:1","headline":"x"})",
            absl::StatusCode::kInvalidArgument, "a.jsonl:1: no body of text"},
        BadInputCase{"NoArticle", "a.jsonl", "\n\n",
                     absl::StatusCode::kInvalidArgument, "holds no article"}),
    [](const ::testing::TestParamInfo<BadInputCase>& info) {
      return info.param.test_name;
    });

TEST_F(ArticleReaderTest, MissingFileIsNotFound) {
  EXPECT_THAT(Read({dir_.Path("none.txt")}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none.txt")));
}

TEST_F(ArticleReaderTest, DirectoryWithoutArticlesIsNotFound) {
  dir_.Write("empty/notes.md", "x");
  EXPECT_THAT(Read({dir_.Path("empty")}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no articles")));
}

}  // namespace
}  // namespace onrecord
