// What the server answers.

#include "engine/serve/server.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/report/rows.h"
#include "engine/serve/endpoint.h"
#include "proto/page.pb.h"
#include "tests/engine/serve/server_fixture.h"

namespace onrecord {
namespace {

using ::google::protobuf::Struct;
using ::google::protobuf::Value;
using ::onrecord::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::Not;
using ServerTest = ::onrecord::testing::ServerTest;

Struct ParseJsonObject(const std::string& json) {
  Struct object;
  const auto status =
      google::protobuf::util::JsonStringToMessage(json, &object);
  EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << json;
  return object;
}

TEST_F(ServerTest, TheFirstPageIsTheTimeline) {
  Start();
  const auto answer = Client().Get("/");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_THAT(answer->body, HasSubstr("connect-src 'self'"));
  EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer->get_header_value("Content-Type"), HasSubstr("text/html"));
}

TEST_F(ServerTest, WhatThePageDrawsIsAsNewAsTheLog) {
  Start();
  for (const int more : {0, 3}) {
    AppendEvents(more);
    const auto answer = Client().Get("/api/page");
    ASSERT_TRUE(answer);
    PageData data;
    ASSERT_TRUE(
        google::protobuf::util::JsonStringToMessage(answer->body, &data).ok());
    EXPECT_GT(data.segments().from_size(), 0);
    EXPECT_EQ(data.known().rbegin()->log_position(),
              absl::StrCat(timeline_->log()->last_log_position()));
  }
}

TEST_F(ServerTest, AnswersAreTheTimelinesRows) {
  Start();
  const auto rows = timeline_->Positions({});
  ASSERT_THAT(rows, IsOk());
  ASSERT_EQ(rows->size(), 2u);
  const auto answer = Client().Get("/api/positions");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body,
            absl::StrCat("{\"logPosition\":\"",
                         timeline_->log()->last_log_position(), "\",\"rows\":[",
                         ToJson((*rows)[0]), ",", ToJson((*rows)[1]), "]}\n"));
  EXPECT_THAT(Client().Get("/api/positions?actor=Japan")->body,
              Not(HasSubstr("Kenji Mori\"")));
  EXPECT_THAT(Client().Get("/api/positions?as_of=2020-01-01")->body,
              HasSubstr("\"rows\":[]"));
  EXPECT_THAT(Client().Get("/api/positions?known_at=1")->body,
              HasSubstr("\"rows\":[]"));
}

TEST_F(ServerTest, EveryQuestionIsAnswered) {
  Start();
  for (const Endpoint& endpoint : Endpoints()) {
    const std::string path = absl::StrCat(
        endpoint.path,
        endpoint.path == "/api/why" ? "?actor=Japan&topic=tariffs" : "");
    const auto answer = Client().Get(path);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, 200) << path << answer->body;
    EXPECT_TRUE(ParseJsonObject(answer->body).fields().contains("rows"));
  }
}

TEST_F(ServerTest, WrongQuestionsAreToldWhatIsWrong) {
  Start();
  const struct {
    const char* path;
    int status;
    const char* message;
  } kCases[] = {
      {"/api/positions?actr=Japan", 400, "no parameter `actr`"},
      {"/api/positions?actor=Japn", 404, "is it \\\"Japan\\\"?"},
      {"/api/positions?as_of=soon", 400, "`as_of`"},
      {"/api/positions?known_at=9999", 400, "`known_at` is 9999"},
      {"/api/positions?rollup=yes", 400, "expected true or false"},
      {"/api/positions?topic=a&topic=b", 400, "given twice"},
      {"/api/why?actor=Japan", 400, "`topic` is missing"},
      {"/api/events?after=now", 400, "expected a log position"},
      {"/api/nothing", 404, "no such page"},
      {"/favicon.ico", 404, "no such page"},
  };
  for (const auto& wrong : kCases) {
    const auto answer = Client().Get(wrong.path);
    ASSERT_TRUE(answer) << wrong.path;
    EXPECT_EQ(answer->status, wrong.status) << wrong.path;
    EXPECT_THAT(answer->body, HasSubstr(wrong.message)) << wrong.path;
    EXPECT_TRUE(ParseJsonObject(answer->body).fields().contains("error"));
  }
}

TEST_F(ServerTest, OnlyReadsUnlessItIsToldOtherwise) {
  Start();
  const uint64_t before = timeline_->log()->last_log_position();
  for (const char* path : {"/", "/api/articles", "/api/positions"}) {
    EXPECT_EQ(Client().Post(path, "{}", "application/json")->status, 405);
    EXPECT_EQ(Client().Delete(path)->status, 405);
    EXPECT_EQ(Client().Put(path, "{}", "application/json")->status, 405);
  }
  EXPECT_EQ(timeline_->log()->last_log_position(), before);
}

constexpr char kArticle[] =
    R"({"id":"b","published":"2025-05-01","text":"Kenji Mori said that he supports the tariffs."})";

TEST_F(ServerTest, RecordsArticlesIfItMay) {
  ServerOptions options;
  options.writes = true;
  Start(options);
  auto answer = Client().Post("/api/articles", kArticle, "application/json");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200) << answer->body;
  EXPECT_THAT(answer->body, HasSubstr("\"articles\":1"));
  answer = Client().Post("/api/articles", kArticle, "application/json");
  EXPECT_THAT(answer->body, HasSubstr("\"alreadyRecorded\":1"));
  EXPECT_THAT(Client().Get("/api/articles")->body,
              HasSubstr("\"docId\":\"b\""));
}

TEST_F(ServerTest, AWrongArticleRecordsNothing) {
  ServerOptions options;
  options.writes = true;
  options.max_body_bytes = 10000;
  Start(options);
  const uint64_t before = timeline_->log()->last_log_position();
  const std::string good(kArticle);
  const struct {
    std::string body;
    const char* type;
    int status;
    const char* message;
  } kCases[] = {
      {"", "application/json", 400, "no article"},
      {"{\"id\":\"c\"}", "application/json", 400, "`text` is empty"},
      {good + "\n{\"text\":", "application/x-ndjson", 400, "line 2"},
      {good, "text/plain", 415, "expected application/json"},
      {std::string(20000, 'x'), "application/json", 413, "too large"},
      {R"({"text":"No.","published":"someday"})", "application/json", 400,
       "someday"},
  };
  for (const auto& wrong : kCases) {
    const auto answer = Client().Post("/api/articles", wrong.body, wrong.type);
    ASSERT_TRUE(answer) << wrong.message;
    EXPECT_EQ(answer->status, wrong.status) << wrong.message << answer->body;
    EXPECT_THAT(answer->body, HasSubstr(wrong.message));
  }
  EXPECT_EQ(timeline_->log()->last_log_position(), before);
}

TEST_F(ServerTest, AWebSiteCannotAskThroughABrowser) {
  Start();
  for (const char* host :
       {"evil.example", "evil.example:80", "127.0.0.1.evil.example"}) {
    const auto answer = Client().Get("/api/positions", {{"Host", host}});
    ASSERT_TRUE(answer);
    // Names that only begin as a loopback address are no address at all.
    EXPECT_EQ(answer->status, 403) << host;
  }
  EXPECT_EQ(Client().Get("/healthz", {{"Host", "localhost:1"}})->status, 200);
  EXPECT_EQ(Client().Get("/healthz", {{"Host", "[::1]:1"}})->status, 200);
}

TEST_F(ServerTest, HostileTextIsDataInEveryAnswer) {
  Article article;
  article.set_id("h");
  article.set_published("2025-05-02");
  article.set_title("</script><script>alert(1)</script>");
  article.set_text(
      "Kenji Mori said that he opposes the tariffs </script>"
      "<img src=x onerror=alert(1)> \x1B[31m.");
  ASSERT_THAT(timeline_->Ingest({article}), IsOk());
  Start();
  for (const char* path :
       {"/api/page", "/api/positions", "/api/statements", "/api/articles"}) {
    const auto answer = Client().Get(path);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->get_header_value("Content-Type"),
              "application/json; charset=utf-8");
    EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
    EXPECT_THAT(answer->body, Not(HasSubstr("<"))) << path;
    EXPECT_THAT(answer->body, Not(HasSubstr("\x1B"))) << path;
    ParseJsonObject(answer->body);
  }
  const auto wrong = Client().Get("/api/positions?actor=%3Cscript%3E");
  EXPECT_THAT(wrong->body, Not(HasSubstr("<")));
}

TEST_F(ServerTest, MetricsCountWhatWasAnswered) {
  Start();
  // One connection: a request is counted once its answer is sent, and before
  // the next one on the same connection is read.
  httplib::Client client = Client();
  client.set_keep_alive(true);
  for (int i = 0; i < 3; ++i) client.Get("/api/topics");
  client.Get("/no/such/page");
  const auto answer = client.Get("/metrics");
  ASSERT_TRUE(answer);
  const std::string& text = answer->body;
  EXPECT_THAT(text, HasSubstr("onrecord_http_requests_total{path=\"/api/"
                              "topics\",status=\"200\"} 3\n"));
  EXPECT_THAT(
      text,
      HasSubstr(
          "onrecord_http_requests_total{path=\"other\",status=\"404\"} 1\n"));
  EXPECT_THAT(text, HasSubstr(absl::StrCat(
                        "onrecord_log_position ",
                        timeline_->log()->last_log_position(), "\n")));
  // The exposition format: comments, and samples of a name, labels, a number.
  const std::regex line(
      R"(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[^"\\\n]*",?)+\})? [0-9.e+]+)");
  for (const absl::string_view one :
       absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    EXPECT_TRUE(std::regex_match(std::string(one), line)) << one;
  }
}

// Every {"$ref"} in `value`.
void CollectReferences(const Value& value, std::vector<std::string>& found) {
  if (value.has_list_value()) {
    for (const Value& one : value.list_value().values()) {
      CollectReferences(one, found);
    }
  }
  if (!value.has_struct_value()) return;
  for (const auto& [name, one] : value.struct_value().fields()) {
    if (name == "$ref") found.push_back(one.string_value());
    CollectReferences(one, found);
  }
}

TEST_F(ServerTest, TheDescriptionFitsWhatIsServed) {
  Start();
  const auto answer = Client().Get("/api/openapi.json");
  ASSERT_TRUE(answer);
  const Struct document = ParseJsonObject(answer->body);
  EXPECT_EQ(document.fields().at("openapi").string_value(), "3.0.3");
  const Struct& info = document.fields().at("info").struct_value();
  EXPECT_FALSE(info.fields().at("title").string_value().empty());
  EXPECT_FALSE(info.fields().at("version").string_value().empty());
  const auto& schemas = document.fields()
                            .at("components")
                            .struct_value()
                            .fields()
                            .at("schemas")
                            .struct_value()
                            .fields();
  Value whole;
  *whole.mutable_struct_value() = document;
  std::vector<std::string> references;
  CollectReferences(whole, references);
  EXPECT_GT(references.size(), 10u);
  for (const std::string& reference : references) {
    const std::string name =
        reference.substr(std::string("#/components/schemas/").size());
    EXPECT_TRUE(schemas.contains(name)) << reference;
  }
  const auto& paths = document.fields().at("paths").struct_value().fields();
  EXPECT_EQ(paths.size(), Endpoints().size() + 4);
  for (const auto& [path, operations] : paths) {
    EXPECT_EQ(path[0], '/');
    EXPECT_FALSE(operations.struct_value().fields().contains("post")) << path;
    const Struct& get =
        operations.struct_value().fields().at("get").struct_value();
    EXPECT_TRUE(get.fields().contains("responses")) << path;
    if (path == "/api/events") continue;  // does not end
    EXPECT_NE(Client().Get(path)->status, 404) << path;
  }
}

TEST_F(ServerTest, AnswersHaveTheFieldsThatAreDescribed) {
  Start();
  const Struct document =
      ParseJsonObject(Client().Get("/api/openapi.json")->body);
  const auto& schemas = document.fields()
                            .at("components")
                            .struct_value()
                            .fields()
                            .at("schemas")
                            .struct_value()
                            .fields();
  const Struct answer = ParseJsonObject(Client().Get("/api/positions")->body);
  const auto& described = schemas.at("PositionRow")
                              .struct_value()
                              .fields()
                              .at("properties")
                              .struct_value()
                              .fields();
  for (const Value& row : answer.fields().at("rows").list_value().values()) {
    for (const auto& [name, value] : row.struct_value().fields()) {
      EXPECT_TRUE(described.contains(name)) << name;
    }
  }
}

TEST_F(ServerTest, APortThatIsTakenIsSaid) {
  Start();
  ServerOptions options;
  options.port = server_->port();
  EXPECT_THAT(Server::Start(timeline_.get(), options),
              testing::StatusIs(absl::StatusCode::kUnavailable,
                                HasSubstr(absl::StrCat(options.port))));
}

}  // namespace
}  // namespace onrecord
