/* OnRecord's C API: the timeline for programs in other languages.

   Handles are opaque. Messages go in and come out as bytes in one of two
   encodings: JSON lines (proto3 JSON, one object a line), or protobuf messages,
   each after its length as a varint; proto/ has their definitions. No C++ type
   and no exception crosses this interface.

   Every function that can fail returns ONRECORD_OK or another onrecord_code.
   If it fails and `error` is not null, *error is set to a message; otherwise
   *error is left alone. Whatever is handed out through a `char**` is owned by
   the caller: free it with onrecord_free. Outputs are set only on success, and
   end with a NUL that their size does not count.

     onrecord_timeline* timeline = NULL;
     char* error = NULL;
     if (onrecord_open("news.db", NULL, &timeline, &error) != ONRECORD_OK) {
       fprintf(stderr, "%s\n", error);
       onrecord_free(error);
       return 1;
     }
     char* rows = NULL;
     size_t size = 0;
     if (onrecord_query(timeline, "positions", ONRECORD_JSON, "{}", 2, &rows,
                        &size, &error) == ONRECORD_OK) {
       fwrite(rows, 1, size, stdout);
       onrecord_free(rows);
     }
     onrecord_close(timeline);

   A timeline may be used from any number of threads; options and subscriptions
   by one thread at a time.

   The interface is stable: what it has in one ABI version keeps its meaning in
   all later releases with that number, which only add to it. */

#ifndef ONRECORD_ENGINE_CAPI_ONRECORD_H_
#define ONRECORD_ENGINE_CAPI_ONRECORD_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ONRECORD_ABI_VERSION 1

typedef struct onrecord_options onrecord_options;
typedef struct onrecord_timeline onrecord_timeline;
typedef struct onrecord_subscription onrecord_subscription;

/* The canonical codes, with the numbers that gRPC gives them. */
typedef int32_t onrecord_code;
enum {
  ONRECORD_OK = 0,
  ONRECORD_CANCELLED = 1,
  ONRECORD_UNKNOWN = 2,
  ONRECORD_INVALID_ARGUMENT = 3,
  ONRECORD_NOT_FOUND = 5,
  ONRECORD_ALREADY_EXISTS = 6,
  ONRECORD_PERMISSION_DENIED = 7,
  ONRECORD_RESOURCE_EXHAUSTED = 8,
  ONRECORD_FAILED_PRECONDITION = 9,
  ONRECORD_ABORTED = 10,
  ONRECORD_OUT_OF_RANGE = 11,
  ONRECORD_UNIMPLEMENTED = 12,
  ONRECORD_INTERNAL = 13,
  ONRECORD_UNAVAILABLE = 14,
  ONRECORD_DATA_LOSS = 15
};

typedef int32_t onrecord_encoding;
enum { ONRECORD_JSON = 0, ONRECORD_PROTOBUF = 1 };

/* What a stream must be like for an append; or a revision, from 0. */
enum {
  ONRECORD_ANY = -1,
  ONRECORD_NO_STREAM = -2,
  ONRECORD_STREAM_EXISTS = -3
};

/* The ABI version of the library that is linked or loaded: to be compared with
   ONRECORD_ABI_VERSION. */
uint32_t onrecord_abi_version(void);

/* The release, as "0.1.0". Never freed. */
const char* onrecord_version(void);

/* Frees what a function handed out. Null is allowed. */
void onrecord_free(void* pointer);

/* Options. `create_if_missing` and `sync` are on at first, the other switches
   off; see TimelineOptions in engine/timeline.h for the rest. */
onrecord_options* onrecord_options_create(void);
void onrecord_options_destroy(onrecord_options* options);
void onrecord_options_set_create_if_missing(onrecord_options* options,
                                            int value);
void onrecord_options_set_read_only(onrecord_options* options, int value);
void onrecord_options_set_sync(onrecord_options* options, int value);
void onrecord_options_set_log(onrecord_options* options, const char* url);
void onrecord_options_set_accept_data_loss(onrecord_options* options,
                                           int value);
void onrecord_options_set_cache_bytes(onrecord_options* options, size_t bytes);
void onrecord_options_set_write_buffer_bytes(onrecord_options* options,
                                             size_t bytes);

/* Opens the timeline in the directory `dir`, or makes an empty one in memory.
   `options` may be null and are not needed any more afterwards. */
onrecord_code onrecord_open(const char* dir, const onrecord_options* options,
                            onrecord_timeline** timeline, char** error);
onrecord_code onrecord_open_in_memory(const onrecord_options* options,
                                      onrecord_timeline** timeline,
                                      char** error);

/* Makes replays that are under way, and later ones, end with CANCELLED. Other
   threads can then be joined before onrecord_close. */
void onrecord_stop(onrecord_timeline* timeline);

/* Closes it; its subscriptions must be gone, and no call under way. Null is
   allowed. */
void onrecord_close(onrecord_timeline* timeline);

typedef struct onrecord_ingest_report {
  uint64_t articles;
  uint64_t already_recorded;
  uint64_t statements;
  uint64_t actors;
  uint64_t topics;
} onrecord_ingest_report;

/* Records a Codebook: one message. `report` may be null. */
onrecord_code onrecord_add_codebook(onrecord_timeline* timeline,
                                    onrecord_encoding encoding,
                                    const char* codebook, size_t size,
                                    onrecord_ingest_report* report,
                                    char** error);

/* Reads and records Articles: any number of messages. `report` may be null. */
onrecord_code onrecord_ingest(onrecord_timeline* timeline,
                              onrecord_encoding encoding, const char* articles,
                              size_t size, onrecord_ingest_report* report,
                              char** error);

/* Asks for "positions", "shifts", "network", "why", "statements", "actors" or
   "topics". `query` is one Query (proto/query.proto), the answer any number of
   PositionRows, ShiftRows, EdgeRows, GroundRows, StatementRows, ActorRows or
   TopicRows (proto/row.proto). */
onrecord_code onrecord_query(onrecord_timeline* timeline, const char* what,
                             onrecord_encoding encoding, const char* query,
                             size_t query_size, char** rows, size_t* rows_size,
                             char** error);

typedef struct onrecord_append_result {
  uint64_t commit;
  uint64_t first_log_position;
  uint64_t last_log_position;
  int32_t already_recorded;
  int32_t reserved;
} onrecord_append_result;

/* Appends NewEvents, at least one, as one commit. `commit_id` may be null; if
   not, the same append again changes nothing. Returns ABORTED if the stream is
   not as `expected_revision` says. `result` may be null. */
onrecord_code onrecord_append(onrecord_timeline* timeline, const char* stream,
                              int64_t expected_revision,
                              onrecord_encoding encoding, const char* events,
                              size_t size, const char* commit_id,
                              onrecord_append_result* result, char** error);

/* Reads RecordedEvents: of `stream` from the revision `from` on, or, if it is
   null, of the log from the log position `from` on; at most `limit`. */
onrecord_code onrecord_read(onrecord_timeline* timeline, const char* stream,
                            uint64_t from, uint64_t limit,
                            onrecord_encoding encoding, char** events,
                            size_t* events_size, char** error);

/* Follows the log behind the log position `checkpoint`; 0 is the start. */
onrecord_subscription* onrecord_subscribe(onrecord_timeline* timeline,
                                          uint64_t checkpoint);

/* Waits for the next event for at most `timeout_ms`. *event is set to null if
   none came. */
onrecord_code onrecord_subscription_next(onrecord_subscription* subscription,
                                         int64_t timeout_ms,
                                         onrecord_encoding encoding,
                                         char** event, size_t* event_size,
                                         char** error);

/* The log position of the event given last: where to resume. */
uint64_t onrecord_subscription_checkpoint(
    const onrecord_subscription* subscription);
void onrecord_subscription_destroy(onrecord_subscription* subscription);

/* Erases the text of an article for good, and records that. `reason` and `by`
   may be null. */
onrecord_code onrecord_forget(onrecord_timeline* timeline,
                              const char* article_id, const char* reason,
                              const char* by, char** error);

/* The head of the log, as `<commits>:<root in hexadecimal digits>`. */
onrecord_code onrecord_head(onrecord_timeline* timeline, char** head,
                            char** error);

/* Copies the log to `dir`, or brings an earlier backup there up to date, while
   others append. */
onrecord_code onrecord_backup(onrecord_timeline* timeline, const char* dir,
                              char** error);

/* Checks everything recorded. Returns DATA_LOSS, with a line for each place in
 *error, if something is damaged. */
onrecord_code onrecord_verify(onrecord_timeline* timeline, char** error);

/* Counters and latencies in Prometheus' text format. */
onrecord_code onrecord_metrics(onrecord_timeline* timeline, char** text,
                               char** error);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* ONRECORD_ENGINE_CAPI_ONRECORD_H_ */
