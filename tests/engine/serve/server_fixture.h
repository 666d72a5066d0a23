// A server of a small timeline.

#ifndef ONRECORD_TESTS_ENGINE_SERVE_SERVER_FIXTURE_H_
#define ONRECORD_TESTS_ENGINE_SERVE_SERVER_FIXTURE_H_

#include <gtest/gtest.h>
#include <httplib.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/serve/server.h"
#include "engine/timeline.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {

class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    timeline_ = *Timeline::OpenInMemory({});
    Codebook codebook;
    Topic& topic = *codebook.add_topics();
    topic.set_id("tariffs");
    topic.set_proposition("The United States should keep its tariffs");
    topic.add_phrases("tariffs");
    ASSERT_THAT(timeline_->AddCodebook(codebook), IsOk());
    Article article;
    article.set_id("a");
    article.set_published("2025-04-26");
    article.set_text(
        "Trade Minister Kenji Mori said that Japan opposes the tariffs.");
    ASSERT_THAT(timeline_->Ingest({article}), IsOk());
  }

  void Start(const ServerOptions& options = {}) {
    auto server = Server::Start(timeline_.get(), options);
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
  }

  httplib::Client Client() {
    httplib::Client client("127.0.0.1", server_->port());
    client.set_read_timeout(60);
    return client;
  }

  // Appends `count` events to the log, one commit each.
  void AppendEvents(int count) {
    for (int i = 0; i < count; ++i) {
      NewEvent event;
      event.mutable_actor_introduced()->set_actor_id(
          absl::StrCat("person/", ++introduced_));
      ASSERT_THAT(timeline_->log()->Append("people", ExpectedRevision::Any(),
                                           {event}, {}),
                  IsOk());
    }
  }

  // It answers as if nothing had been.
  void ExpectHealthy() {
    const auto answer = Client().Get("/healthz");
    ASSERT_TRUE(answer) << httplib::to_string(answer.error());
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "ok\n");
  }

  std::unique_ptr<Timeline> timeline_;
  std::unique_ptr<Server> server_;
  int introduced_ = 0;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_SERVE_SERVER_FIXTURE_H_
