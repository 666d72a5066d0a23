#include "engine/report/page.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/hash.h"

namespace onrecord {
namespace {

using ::testing::HasSubstr;

constexpr char kHostile[] =
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    "<!-- \xE2\x80\xAE txt.exe \xE2\x80\xA8 \x1B]0;title\x07 \0 \"' ]]>";

PageData Hostile() {
  const std::string text(kHostile, sizeof(kHostile) - 1);
  PageData data;
  data.set_title(text);
  PageActor& actor = *data.add_actors();
  actor.set_id(text);
  actor.set_name(text);
  PageTopic& topic = *data.add_topics();
  topic.set_name(text);
  topic.set_proposition(text);
  PageArticle& article = *data.add_articles();
  article.set_title(text);
  article.set_url("javascript:alert(3)");
  data.add_passages(text);
  data.add_known()->set_log_position("1");
  return data;
}

// The texts between `open` and `close` in `html`.
std::vector<std::string> Between(absl::string_view html, absl::string_view open,
                                 absl::string_view close) {
  std::vector<std::string> found;
  size_t at = 0;
  while ((at = html.find(open, at)) != absl::string_view::npos) {
    at += open.size();
    const size_t end = html.find(close, at);
    found.emplace_back(html.substr(at, end - at));
    at = end;
  }
  return found;
}

TEST(PageTest, HostileTextStaysData) {
  std::ostringstream out;
  WritePage(Hostile(), out);
  const std::string page = out.str();
  const auto data = Between(
      page, "<script type=\"application/json\" id=\"data\">", "</script>");
  ASSERT_EQ(data.size(), 1u);
  EXPECT_EQ(data[0].find('<'), std::string::npos);
  PageData read;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(data[0], &read).ok());
  EXPECT_TRUE(
      google::protobuf::util::MessageDifferencer::Equals(read, Hostile()));
}

TEST(PageTest, ThePolicyNamesEveryScriptAndStyleByItsHash) {
  std::ostringstream out;
  WritePage(Hostile(), out);
  const std::string page = out.str();
  const auto scripts = Between(page, "<script>", "</script>");
  const auto styles = Between(page, "<style>", "</style>");
  ASSERT_EQ(scripts.size(), 2u);
  ASSERT_EQ(styles.size(), 1u);
  const std::string policy =
      Between(page, "Content-Security-Policy\" content=\"", "\"")[0];
  for (const std::string& code : {scripts[0], scripts[1], styles[0]}) {
    EXPECT_THAT(policy, HasSubstr(absl::StrCat(
                            "'sha256-",
                            absl::Base64Escape(AsView(Sha256({code}))), "'")));
  }
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("connect-src 'none'"));
}

TEST(PageTest, CarriesTheLicenseOfWhatItBundles) {
  std::ostringstream out;
  WritePage({}, out);
  EXPECT_THAT(out.str(), HasSubstr("Redistribution and use in source"));
}

TEST(PageTest, TheLivePageHasNoDataAndAsksOnlyItsServer) {
  std::ostringstream out;
  WriteLivePage(out);
  EXPECT_THAT(out.str(), HasSubstr("id=\"data\"></script>"));
  EXPECT_THAT(out.str(), HasSubstr("connect-src 'self'"));
}

}  // namespace
}  // namespace onrecord
