// A socket that sends what no HTTP library would.

#ifndef ONRECORD_TESTS_ENGINE_SERVE_RAW_CLIENT_H_
#define ONRECORD_TESTS_ENGINE_SERVE_RAW_CLIENT_H_

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace testing {

// Thread-compatible.
class RawClient {
 public:
  // Connects to `port` of this machine.
  explicit RawClient(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address),
                         sizeof(address)) == 0;
  }
  ~RawClient() { close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }
  int socket_number() const { return socket_; }

  // Sends all of `bytes`, as far as the server takes them.
  void Send(absl::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent =
          send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
  }

  // Adds what has come to `received`. Returns false at the end of it.
  bool Receive(std::string& received) {
    char buffer[65536];
    const ssize_t got = recv(socket_, buffer, sizeof(buffer), 0);
    if (got <= 0) return false;
    received.append(buffer, static_cast<size_t>(got));
    return true;
  }

  // All that comes until the server closes, or nothing came for `timeout_ms`.
  std::string ReadAll(int timeout_ms) {
    std::string received;
    pollfd waiting{socket_, POLLIN, 0};
    while (poll(&waiting, 1, timeout_ms) == 1 && Receive(received)) {
    }
    return received;
  }

 private:
  const int socket_;
  bool connected_ = false;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_SERVE_RAW_CLIENT_H_
