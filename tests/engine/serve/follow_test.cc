// Those who follow events, and those who try to bring the server down.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/engine/serve/raw_client.h"
#include "tests/engine/serve/server_fixture.h"

namespace onrecord {
namespace {

using ::onrecord::testing::RawClient;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::Not;
using ServerTest = ::onrecord::testing::ServerTest;

constexpr char kFollow[] =
    "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n";

// The ids of the events in a stream, in the order in which they came.
std::vector<uint64_t> Ids(absl::string_view stream) {
  std::vector<uint64_t> ids;
  for (size_t at = 0; (at = stream.find("\nid: ", at)) != stream.npos;) {
    at += 5;
    uint64_t id = 0;
    EXPECT_TRUE(
        absl::SimpleAtoi(stream.substr(at, stream.find('\n', at) - at), &id));
    ids.push_back(id);
  }
  return ids;
}

std::vector<uint64_t> FromTo(uint64_t first, uint64_t last) {
  std::vector<uint64_t> ids;
  for (uint64_t id = first; id <= last; ++id) ids.push_back(id);
  return ids;
}

// Those of `clients` who have not yet received `count` events after `timeout`.
size_t ReceiveAll(std::vector<std::unique_ptr<RawClient>>& clients,
                  std::vector<std::string>& received, size_t count,
                  absl::Duration timeout) {
  const absl::Time end = absl::Now() + timeout;
  size_t missing = clients.size();
  while (missing > 0 && absl::Now() < end) {
    std::vector<pollfd> waiting;
    for (const auto& client : clients) {
      waiting.push_back({client->socket_number(), POLLIN, 0});
    }
    poll(waiting.data(), waiting.size(), 200);
    missing = 0;
    for (size_t i = 0; i < clients.size(); ++i) {
      if (waiting[i].revents != 0) clients[i]->Receive(received[i]);
      if (Ids(received[i]).size() < count) ++missing;
    }
  }
  return missing;
}

// How many connections this process may hold both ends of, at most `wanted`.
size_t Affordable(size_t wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return std::min<size_t>(wanted, (limit.rlim_cur - 100) / 2);
}

TEST_F(ServerTest, AThousandWhoFollowMissNothing) {
  const size_t kClients = Affordable(1000);
  constexpr int kEvents = 20;
  ASSERT_GE(kClients, 400u) << "this machine allows too few open files";
  Start();
  const uint64_t before = timeline_->log()->last_log_position();
  std::vector<std::unique_ptr<RawClient>> clients;
  std::vector<std::string> received(kClients);
  for (size_t i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<RawClient>(server_->port()));
    ASSERT_TRUE(clients.back()->connected()) << i;
    clients.back()->Send(absl::StrCat("GET /api/events?after=", before,
                                      " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  }
  AppendEvents(kEvents);
  EXPECT_EQ(ReceiveAll(clients, received, kEvents, absl::Seconds(60)), 0u);
  for (const std::string& stream : received) {
    ASSERT_THAT(Ids(stream),
                ElementsAreArray(FromTo(before + 1, before + kEvents)));
  }
  ExpectHealthy();
}

TEST_F(ServerTest, WhoComesBackGoesOnWhereTheyWere) {
  Start();
  AppendEvents(5);
  const uint64_t last = timeline_->log()->last_log_position();
  RawClient client(server_->port());
  client.Send(absl::StrCat("GET /api/events HTTP/1.1\r\nHost: localhost\r\n",
                           "Last-Event-ID: ", last - 2, "\r\n\r\n"));
  EXPECT_THAT(Ids(client.ReadAll(1000)),
              ElementsAreArray(FromTo(last - 1, last)));
}

TEST_F(ServerTest, WithoutAPlaceOnlyWhatIsNewIsSent) {
  Start();
  RawClient client(server_->port());
  client.Send(kFollow);
  std::string received;
  ASSERT_TRUE(client.Receive(received));
  const uint64_t before = timeline_->log()->last_log_position();
  AppendEvents(1);
  received += client.ReadAll(1000);
  EXPECT_THAT(Ids(received), ElementsAreArray(FromTo(before + 1, before + 1)));
  EXPECT_THAT(received, HasSubstr("event: appended\ndata: {"));
}

TEST_F(ServerTest, WhoDoesNotReadIsDroppedAndHoldsUpNobody) {
  ServerOptions options;
  options.client_timeout = absl::Seconds(1);
  Start(options);
  const uint64_t before = timeline_->log()->last_log_position();
  RawClient deaf(server_->port());
  deaf.Send("GET /api/events?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  std::vector<std::unique_ptr<RawClient>> clients;
  clients.push_back(std::make_unique<RawClient>(server_->port()));
  clients.back()->Send(absl::StrCat("GET /api/events?after=", before,
                                    " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  // More than the sockets' buffers hold.
  constexpr int kEvents = 400;
  NewEvent large;
  large.mutable_actor_introduced()->set_name(std::string(50000, 'x'));
  for (int i = 0; i < kEvents; ++i) {
    ASSERT_THAT(
        timeline_->log()->Append("large", ExpectedRevision::Any(), {large}, {}),
        testing::IsOk());
  }
  std::vector<std::string> received(1);
  EXPECT_EQ(ReceiveAll(clients, received, kEvents, absl::Seconds(60)), 0u);
  ExpectHealthy();
}

TEST_F(ServerTest, WhoSaysNothingIsDropped) {
  ServerOptions options;
  options.client_timeout = absl::Seconds(1);
  Start(options);
  RawClient silent(server_->port());
  RawClient half(server_->port());
  half.Send("GET /healthz HTTP/1.1\r\nHost: loc");
  ExpectHealthy();
  silent.ReadAll(10000);  // ends when the server closes
  half.ReadAll(10000);
  ExpectHealthy();
}

TEST_F(ServerTest, MalformedRequestsChangeNothing) {
  Start();
  static constexpr char kNul[] =
      "GET /\0etc HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string kRequests[] = {
      "\r\n\r\n",
      "GET\r\n\r\n",
      "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
      "NONSENSE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
      "GET / HTTP/1.1\r\nContent-Length: -1\r\nHost: localhost\r\n\r\n",
      "POST /api/articles HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
      "chunked\r\n\r\nZZ\r\n",
      "GET /" + std::string(100000, 'a') +
          " HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET / HTTP/1.1\r\nX: " + std::string(100000, 'b') + "\r\n\r\n",
      "GET /%zz%%%00%ff HTTP/1.1\r\nHost: localhost\r\n\r\n",
      "GET /api/positions?actor=%ff%fe&%00=%00 HTTP/1.1\r\nHost: "
      "localhost\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: localhost\r\nRange: bytes=9-1,-,x\r\n\r\n",
      std::string(kNul, sizeof(kNul) - 1),
      std::string(5000, '\xff'),
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  // TLS
  };
  for (const std::string& request : kRequests) {
    RawClient client(server_->port());
    client.Send(request);
    shutdown(client.socket_number(), SHUT_WR);
    const std::string answer = client.ReadAll(15000);
    EXPECT_FALSE(absl::StartsWith(answer, "HTTP/1.1 5"))
        << request.substr(0, 60) << "\n"
        << answer;
  }
  ExpectHealthy();
}

TEST_F(ServerTest, PathsLeadToNoFile) {
  Start();
  for (const char* path :
       {"/../../../../etc/passwd", "/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/./", "/api/../",
        "/etc/passwd", "/proc/self/environ", "/api/positions/"}) {
    RawClient client(server_->port());
    client.Send(absl::StrCat("GET ", path,
                             " HTTP/1.1\r\nHost: localhost\r\n"
                             "Connection: close\r\n\r\n"));
    const std::string answer = client.ReadAll(15000);
    EXPECT_THAT(answer, HasSubstr(" 404 ")) << path;
    EXPECT_THAT(answer, Not(HasSubstr("root:"))) << path;
  }
}

TEST_F(ServerTest, StoppingEndsWhatFollowsAndFreesThePort) {
  Start();
  RawClient client(server_->port());
  client.Send(kFollow);
  std::string received;
  ASSERT_TRUE(client.Receive(received));
  ServerOptions options;
  options.port = server_->port();
  server_->Stop();
  client.ReadAll(15000);  // ends when the server closes
  server_.reset();
  Start(options);
  ExpectHealthy();
}

}  // namespace
}  // namespace onrecord
