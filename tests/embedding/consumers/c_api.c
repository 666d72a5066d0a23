/* The C API from C. Prints what it finds wrong, and fails then. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/capi/onrecord.h"

static int failures = 0;

static void Check(int holds, const char* what, int line) {
  if (holds) return;
  fprintf(stderr, "c_api.c:%d: not so: %s\n", line, what);
  ++failures;
}
#define CHECK(condition) Check(condition, #condition, __LINE__)

static const char kCodebook[] =
    "{\"topics\":[{\"id\":\"tariffs\",\"phrases\":[\"tariffs\"],"
    "\"proposition\":\"The United States should keep its tariffs\"}]}";
static const char kArticle[] =
    "{\"id\":\"a1\",\"published\":\"2025-04-26\",\"text\":\"Trade Minister "
    "Kenji Mori said that Japan opposes the tariffs.\"}\n";
static const char kEvent[] =
    "{\"applicationEvent\":{\"payload\":{\"@type\":\"type.googleapis.com/"
    "google.protobuf.StringValue\",\"value\":\"note\"}}}\n";

/* Returns what `what` asks for, to be freed. */
static char* Ask(onrecord_timeline* timeline, const char* what,
                 const char* query) {
  char* rows = NULL;
  char* error = NULL;
  size_t size = 0;
  const onrecord_code code =
      onrecord_query(timeline, what, ONRECORD_JSON, query, strlen(query), &rows,
                     &size, &error);
  if (code != ONRECORD_OK) {
    fprintf(stderr, "%s: %d: %s\n", what, code, error);
    ++failures;
    onrecord_free(error);
    return NULL;
  }
  CHECK(strlen(rows) == size);
  return rows;
}

static void CheckIngestAndAsk(onrecord_timeline* timeline) {
  char* error = NULL;
  onrecord_ingest_report report;
  char* rows;
  CHECK(onrecord_add_codebook(timeline, ONRECORD_JSON, kCodebook,
                              strlen(kCodebook), &report,
                              &error) == ONRECORD_OK);
  CHECK(report.topics == 1);
  CHECK(onrecord_ingest(timeline, ONRECORD_JSON, kArticle, strlen(kArticle),
                        &report, &error) == ONRECORD_OK);
  CHECK(report.articles == 1 && report.statements > 0);
  CHECK(onrecord_ingest(timeline, ONRECORD_JSON, kArticle, strlen(kArticle),
                        &report, &error) == ONRECORD_OK);
  CHECK(report.articles == 0 && report.already_recorded == 1);
  rows = Ask(timeline, "positions", "{\"topic\":\"tariffs\"}");
  CHECK(rows != NULL && strstr(rows, "\"label\":\"against\"") != NULL);
  onrecord_free(rows);
  rows = Ask(timeline, "positions", "{\"asOf\":\"2020-01-01\"}");
  CHECK(rows != NULL && strlen(rows) == 0);
  onrecord_free(rows);
  rows = Ask(timeline, "statements", "");
  CHECK(rows != NULL && strstr(rows, "\"docId\":\"a1\"") != NULL);
  onrecord_free(rows);
}

static void CheckErrors(onrecord_timeline* timeline) {
  char* error = NULL;
  char* rows = NULL;
  size_t size = 0;
  CHECK(onrecord_query(timeline, "opinions", ONRECORD_JSON, "", 0, &rows, &size,
                       &error) == ONRECORD_INVALID_ARGUMENT);
  CHECK(rows == NULL && strstr(error, "expected positions") != NULL);
  onrecord_free(error);
  CHECK(onrecord_query(timeline, "positions", ONRECORD_JSON,
                       "{\"actor\":\"none\"}", 16, &rows, &size,
                       NULL) == ONRECORD_NOT_FOUND);
  CHECK(onrecord_query(timeline, "positions", 7, "x", 1, &rows, &size, NULL) ==
        ONRECORD_INVALID_ARGUMENT);
  CHECK(onrecord_ingest(timeline, ONRECORD_PROTOBUF, "\x7f", 1, NULL, NULL) ==
        ONRECORD_INVALID_ARGUMENT);
}

static void CheckEvents(onrecord_timeline* timeline) {
  char* error = NULL;
  char* event = NULL;
  size_t size = 0;
  onrecord_append_result first;
  onrecord_append_result second;
  onrecord_subscription* subscription;
  CHECK(onrecord_append(timeline, "desk", ONRECORD_NO_STREAM, ONRECORD_JSON,
                        kEvent, strlen(kEvent), "id", &first,
                        &error) == ONRECORD_OK);
  CHECK(onrecord_append(timeline, "desk", ONRECORD_NO_STREAM, ONRECORD_JSON,
                        kEvent, strlen(kEvent), "id", &second,
                        &error) == ONRECORD_OK);
  CHECK(!first.already_recorded && second.already_recorded);
  CHECK(first.last_log_position == second.last_log_position);
  CHECK(onrecord_append(timeline, "desk", 5, ONRECORD_JSON, kEvent,
                        strlen(kEvent), NULL, NULL, NULL) == ONRECORD_ABORTED);
  CHECK(onrecord_read(timeline, "desk", 0, 10, ONRECORD_JSON, &event, &size,
                      &error) == ONRECORD_OK);
  CHECK(strstr(event, "\"value\":\"note\"") != NULL);
  onrecord_free(event);

  subscription = onrecord_subscribe(timeline, first.first_log_position - 1);
  CHECK(onrecord_subscription_next(subscription, 1000, ONRECORD_PROTOBUF,
                                   &event, &size, &error) == ONRECORD_OK);
  CHECK(event != NULL && size > 0);
  onrecord_free(event);
  CHECK(onrecord_subscription_checkpoint(subscription) ==
        first.first_log_position);
  CHECK(onrecord_subscription_next(subscription, 1, ONRECORD_JSON, &event,
                                   &size, &error) == ONRECORD_OK);
  CHECK(event == NULL);
  onrecord_subscription_destroy(subscription);
}

static void CheckCare(onrecord_timeline* timeline, const char* backup) {
  char* error = NULL;
  char* head = NULL;
  char* metrics = NULL;
  onrecord_timeline* copy = NULL;
  onrecord_options* options = onrecord_options_create();
  onrecord_code code;
  CHECK(onrecord_verify(timeline, &error) == ONRECORD_OK);
  CHECK(onrecord_head(timeline, &head, &error) == ONRECORD_OK);
  CHECK(onrecord_metrics(timeline, &metrics, &error) == ONRECORD_OK);
  CHECK(strstr(metrics, "onrecord_ingested_articles_total 1\n") != NULL);
  onrecord_free(metrics);
  CHECK(onrecord_backup(timeline, backup, &error) == ONRECORD_OK);
  onrecord_options_set_read_only(options, 1);
  CHECK(onrecord_open(backup, options, &copy, &error) == ONRECORD_OK);
  if (copy != NULL) {
    char* of_copy = NULL;
    CHECK(onrecord_head(copy, &of_copy, &error) == ONRECORD_OK);
    CHECK(strcmp(head, of_copy) == 0);
    CHECK(onrecord_forget(copy, "a1", NULL, NULL, NULL) ==
          ONRECORD_FAILED_PRECONDITION);
    onrecord_free(of_copy);
  }
  onrecord_close(copy);
  copy = NULL;
  onrecord_options_set_log(options, "postgresql:///db?host=/no/such/folder");
  code = onrecord_open(backup, options, &copy, NULL);
  CHECK(code == ONRECORD_UNAVAILABLE || code == ONRECORD_UNIMPLEMENTED);
  CHECK(copy == NULL);
  onrecord_options_destroy(options);
  onrecord_free(head);
  CHECK(onrecord_forget(timeline, "a1", "court", "desk", &error) ==
        ONRECORD_OK);
  CHECK(onrecord_forget(timeline, "none", NULL, NULL, NULL) ==
        ONRECORD_NOT_FOUND);
}

int main(int argc, char** argv) {
  char* error = NULL;
  char dir[4096];
  char backup[4096];
  onrecord_timeline* timeline = NULL;
  onrecord_timeline* second = NULL;
  const char* parent = argc > 1 ? argv[1] : getenv("TEST_TMPDIR");
  snprintf(dir, sizeof dir, "%s/c_api.db", parent);
  snprintf(backup, sizeof backup, "%s/c_api.backup", parent);
  CHECK(onrecord_abi_version() == ONRECORD_ABI_VERSION);
  CHECK(strlen(onrecord_version()) > 0);
  if (onrecord_open(dir, NULL, &timeline, &error) != ONRECORD_OK) {
    fprintf(stderr, "%s\n", error);
    return 1;
  }
  CHECK(onrecord_open(dir, NULL, &second, &error) ==
        ONRECORD_FAILED_PRECONDITION);
  CHECK(second == NULL && strstr(error, dir) != NULL);
  onrecord_free(error);
  CheckIngestAndAsk(timeline);
  CheckErrors(timeline);
  CheckEvents(timeline);
  CheckCare(timeline, backup);
  onrecord_stop(timeline);
  onrecord_close(timeline);
  onrecord_close(NULL);
  return failures == 0 ? 0 : 1;
}
