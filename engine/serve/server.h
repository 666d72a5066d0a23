// A timeline over HTTP: the page, a JSON API, and events as they come.

#ifndef ONRECORD_ENGINE_SERVE_SERVER_H_
#define ONRECORD_ENGINE_SERVE_SERVER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/timeline.h"

namespace onrecord {

struct ServerOptions {
  // An address of this machine. Whatever is not loopback lets others read.
  std::string host = "127.0.0.1";

  // 0: any that is free.
  int port = 0;

  // Whether POST /api/articles records articles.
  bool writes = false;

  // Connections served at once; more wait for one to end. Each takes a thread,
  // about 100 KB.
  size_t max_connections = 1200;

  // Of a request's body.
  size_t max_body_bytes = size_t{64} << 20;

  // A client that sends or takes nothing for so long is dropped. One that
  // follows events comes back to where it was (Last-Event-ID).
  absl::Duration client_timeout = absl::Seconds(10);

  // A sign of life to those who follow while nothing happens.
  absl::Duration heartbeat = absl::Seconds(15);
};

// Serves until it is stopped or destroyed. Requests have at most 8 KiB of
// address and of each header; what is malformed is answered 400 and changes
// nothing. On a loopback address, requests that name another host are refused,
// so that no web site can read through a browser.
//
// Thread-safe. The timeline must outlive it; events appended by others of this
// process are seen.
class Server {
 public:
  // Starts to serve `timeline`.
  //
  // Returns INVALID_ARGUMENT if the host is none, and UNAVAILABLE if the port
  // is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      Timeline* timeline, const ServerOptions& options);

  // As Stop.
  virtual ~Server() = default;

  virtual int port() const = 0;

  // Takes no more requests, ends what follows, answers what is under way, and
  // returns when all is done.
  virtual void Stop() = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SERVE_SERVER_H_
