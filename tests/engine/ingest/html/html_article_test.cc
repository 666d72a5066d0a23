#include "engine/ingest/html/html_article.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> Pages() {
  std::vector<std::string> names;
  for (const auto& file :
       std::filesystem::directory_iterator("tests/data/pages")) {
    if (file.path().extension() == ".html") {
      names.push_back(file.path().stem().string());
    }
  }
  return names;
}

void Describe(const char* name, const FoundField& field, std::string& out) {
  if (field.value.empty()) return;
  absl::StrAppend(&out, name, ": ", field.value, " (", field.from, ")\n");
}

// The article as the files of expectations have it.
std::string Describe(const HtmlArticle& article) {
  std::string out;
  Describe("title", article.metadata.title, out);
  Describe("publisher", article.metadata.publisher, out);
  Describe("published", article.metadata.published, out);
  Describe("language", article.metadata.language, out);
  Describe("url", article.metadata.url, out);
  return absl::StrCat(out, "\n", article.text, "\n");
}

class PageTest : public ::testing::TestWithParam<std::string> {};

TEST_P(PageTest, GivesItsArticleAndNoMore) {
  const std::string path = "tests/data/pages/" + GetParam();
  ASSERT_OK_AND_ASSIGN(const HtmlArticle article,
                       ReadHtmlArticle(Read(path + ".html")));
  EXPECT_EQ(Describe(article), Read(path + ".expected"));
}

INSTANTIATE_TEST_SUITE_P(Pages, PageTest, ::testing::ValuesIn(Pages()),
                         [](const ::testing::TestParamInfo<std::string>& info) {
                           return info.param;
                         });

std::string TextOf(const std::string& html) {
  absl::StatusOr<HtmlArticle> article = ReadHtmlArticle(html);
  return article.ok() ? article->text : article.status().ToString();
}

std::string Repeated(const std::string& piece, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += piece;
  return all;
}

TEST(HostilePageTest, DeepNestingIsRefused) {
  EXPECT_THAT(ReadHtmlArticle(Repeated("<div>", 100000) + "He said no."),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("nested more than 512 deep")));
  EXPECT_EQ(TextOf(Repeated("<div>", 500) + "He said no."), "He said no.");
}

TEST(HostilePageTest, HugeAttributesAndNumbersOfTags) {
  EXPECT_EQ(TextOf("<p class='" + Repeated("nav-x ", 200000) +
                   "'>He said no, and then no again, to all of it."),
            "He said no, and then no again, to all of it.");
  EXPECT_EQ(TextOf(Repeated("<p></p></b>", 50000) + "<p>He said no."),
            "He said no.");
}

TEST(HostilePageTest, NulBytesAreSpaces) {
  EXPECT_EQ(TextOf(std::string("<p>He\0said no.\0</p>\0<p>Or not.", 31)),
            "He said no.\n\nOr not.");
}

TEST(HostilePageTest, ScriptsAreNotRead) {
  EXPECT_EQ(TextOf("<p>He said no.</p><script>document.write('<p>She said "
                   "yes.</p>')</script><style>p{}</style>"
                   "<script type=application/ld+json>{\"@type\":</script>"
                   "<template><p>They said maybe.</p></template>"),
            "He said no.");
}

TEST(HostilePageTest, NoBytesAtAll) {
  EXPECT_THAT(ReadHtmlArticle(""), StatusIs(absl::StatusCode::kInvalidArgument,
                                            HasSubstr("no article text")));
}

}  // namespace
}  // namespace onrecord
