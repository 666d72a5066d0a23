#include "engine/serve/openapi.h"

#include <google/protobuf/descriptor.h>

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/report/json_value.h"
#include "engine/serve/endpoint.h"
#include "engine/version.h"
#include "proto/article.pb.h"
#include "proto/page.pb.h"

namespace onrecord {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

JsonObject Reference(absl::string_view name) {
  return JsonObject().Add("$ref", absl::StrCat("#/components/schemas/", name));
}

// Schemas of messages, as proto3 JSON writes them, each once.
class Schemas {
 public:
  JsonObject Of(const Descriptor* message) {
    const std::string& name = message->name();
    if (done_.emplace(name, JsonObject()).second) {
      JsonObject properties;
      for (int i = 0; i < message->field_count(); ++i) {
        const FieldDescriptor& field = *message->field(i);
        properties.Add(field.json_name(), OfField(field));
      }
      done_[name] =
          JsonObject().Add("type", "object").Add("properties", properties);
    }
    return Reference(name);
  }

  void Add(const std::string& name, const JsonObject& schema) {
    done_[name] = schema;
  }

  JsonObject All() const {
    JsonObject all;
    for (const auto& [name, schema] : done_) all.Add(name, schema);
    return all;
  }

 private:
  JsonObject OfField(const FieldDescriptor& field) {
    if (!field.is_repeated()) return OfValue(field);
    return JsonObject().Add("type", "array").Add("items", OfValue(field));
  }

  JsonObject OfValue(const FieldDescriptor& field) {
    JsonObject schema;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Of(field.message_type());
      case FieldDescriptor::CPPTYPE_BOOL:
        return schema.Add("type", "boolean");
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return schema.Add("type", "number");
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_UINT32:
        return schema.Add("type", "integer");
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT64:
        return schema.Add("type", "string").Add("pattern", "^-?[0-9]+$");
      case FieldDescriptor::CPPTYPE_ENUM: {
        std::vector<std::string> names;
        for (int i = 0; i < field.enum_type()->value_count(); ++i) {
          names.push_back(field.enum_type()->value(i)->name());
        }
        return schema.Add("type", "string").Add("enum", names);
      }
      case FieldDescriptor::CPPTYPE_STRING:
        return schema.Add("type", "string");
    }
    return schema;
  }

  std::map<std::string, JsonObject> done_;
};

JsonObject Content(absl::string_view type, const JsonObject& schema) {
  return JsonObject().Add(type, JsonObject().Add("schema", schema));
}

JsonObject Response(absl::string_view description, const JsonObject& content) {
  return JsonObject().Add("description", description).Add("content", content);
}

JsonObject Error(absl::string_view description) {
  return Response(description, Content("application/json", Reference("Error")));
}

JsonObject Operation(absl::string_view summary,
                     const std::vector<JsonObject>& parameters,
                     const JsonObject& done) {
  JsonObject operation;
  operation.Add("summary", summary);
  if (!parameters.empty()) operation.Add("parameters", parameters);
  return operation.Add(
      "responses",
      JsonObject().Add("200", done).Add("default", Error("What is wrong")));
}

JsonObject Get(absl::string_view summary,
               const std::vector<JsonObject>& parameters,
               const JsonObject& done) {
  return JsonObject().Add("get", Operation(summary, parameters, done));
}

std::vector<JsonObject> ParametersOf(const Endpoint& endpoint) {
  std::vector<JsonObject> parameters;
  for (const Parameter& parameter : endpoint.parameters) {
    JsonObject& one = parameters.emplace_back();
    one.Add("name", parameter.name)
        .Add("in", "query")
        .Add("description", parameter.description)
        .AddFlag("required", parameter.required)
        .Add("schema", JsonObject().Add(
                           "type", parameter.is_flag ? "boolean" : "string"));
  }
  return parameters;
}

JsonObject RowsOf(const JsonObject& row) {
  const JsonObject properties =
      JsonObject()
          .Add("logPosition", JsonObject().Add("type", "string"))
          .Add("stale",
               JsonObject()
                   .Add("type", "string")
                   .Add("description",
                        "How far the answer goes; there only while the log's "
                        "server is not reached"))
          .Add("rows", JsonObject().Add("type", "array").Add("items", row));
  return JsonObject().Add("type", "object").Add("properties", properties);
}

void AddErrorSchema(Schemas& schemas) {
  const JsonObject text = JsonObject().Add("type", "string");
  const JsonObject error =
      JsonObject()
          .Add("type", "object")
          .Add("properties",
               JsonObject().Add("code", text).Add("message", text));
  schemas.Add("Error",
              JsonObject()
                  .Add("type", "object")
                  .Add("properties", JsonObject().Add("error", error)));
}

JsonObject PostArticles(Schemas& schemas) {
  JsonObject operation;
  operation.Add("summary",
                "Records an article, or several, one a line; those recorded "
                "already change nothing");
  operation.Add(
      "requestBody",
      JsonObject()
          .AddFlag("required", true)
          .Add("content",
               JsonObject()
                   .Add("application/json",
                        JsonObject().Add("schema",
                                         schemas.Of(Article::descriptor())))
                   .Add("application/x-ndjson",
                        JsonObject().Add("schema",
                                         JsonObject().Add("type", "string")))));
  return operation.Add(
      "responses",
      JsonObject()
          .Add("200", Response("How much was recorded",
                               Content("application/json",
                                       JsonObject().Add("type", "object"))))
          .Add("default", Error("What is wrong; nothing was recorded")));
}

}  // namespace

std::string OpenApi(bool writes) {
  Schemas schemas;
  AddErrorSchema(schemas);
  JsonObject paths;
  for (const Endpoint& endpoint : Endpoints()) {
    JsonObject path =
        Get(endpoint.summary, ParametersOf(endpoint),
            Response("The rows", Content("application/json",
                                         RowsOf(schemas.Of(endpoint.row)))));
    if (writes && endpoint.path == "/api/articles") {
      path.Add("post", PostArticles(schemas));
    }
    paths.Add(endpoint.path, path);
  }
  const JsonObject text = JsonObject().Add("type", "string");
  paths.Add(
      "/api/page",
      Get("What the page draws", {},
          Response("All of it", Content("application/json",
                                        schemas.Of(PageData::descriptor())))));
  const JsonObject after =
      JsonObject()
          .Add("name", "after")
          .Add("in", "query")
          .Add("description",
               "Send the events behind this log position; without it, those "
               "that come from now on. A Last-Event-ID header means the same.")
          .Add("schema", text);
  paths.Add("/api/events",
            Get("Events as they are recorded (server-sent events)", {after},
                Response("A stream of `appended` events, each a RecordedEvent "
                         "as JSON, with its log position as id",
                         Content("text/event-stream", text))));
  paths.Add("/healthz", Get("Whether the log can be read", {},
                            Response("It can", Content("text/plain", text))));
  paths.Add("/metrics",
            Get("Counts, for Prometheus", {},
                Response("Its text format", Content("text/plain", text))));
  return JsonObject()
      .Add("openapi", "3.0.3")
      .Add("info", JsonObject()
                       .Add("title", "OnRecord")
                       .Add("description",
                            "Who held what position, when, on which words")
                       .Add("version", kVersion))
      .Add("paths", paths)
      .Add("components", JsonObject().Add("schemas", schemas.All()))
      .ToString();
}

}  // namespace onrecord
