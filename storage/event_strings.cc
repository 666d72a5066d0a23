#include "storage/event_strings.h"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "proto/event.pb.h"
#include "storage/coding.h"
#include "storage/utf8.h"

namespace onrecord {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

// What to look at in messages of one type, by field number. Descriptors tell
// the same, ten times slower.
struct Schema {
  enum class Kind : uint8_t { kOther, kString, kMessage };
  struct Field {
    Kind kind = Kind::kOther;
    const Schema* message = nullptr;
  };
  std::vector<Field> fields;
};

// Schemas of the types that a message is made of.
class Schemas {
 public:
  const Schema* Get(const Descriptor* descriptor) {
    std::unique_ptr<Schema>& slot = schemas_[descriptor];
    if (slot != nullptr) return slot.get();
    slot = std::make_unique<Schema>();
    Schema* const schema = slot.get();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      const size_t number = field->number();
      if (schema->fields.size() <= number) schema->fields.resize(number + 1);
      if (field->type() == FieldDescriptor::TYPE_STRING) {
        schema->fields[number].kind = Schema::Kind::kString;
      } else if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
        schema->fields[number] = {Schema::Kind::kMessage,
                                  Get(field->message_type())};
      }
    }
    return schema;
  }

 private:
  absl::flat_hash_map<const Descriptor*, std::unique_ptr<Schema>> schemas_;
};

bool StringsAreUtf8(const Schema& schema, absl::string_view bytes) {
  Decoder decoder(bytes);
  while (!decoder.empty()) {
    const uint64_t tag = decoder.Varint();
    switch (tag & 7) {
      case 0:
        decoder.Varint();
        break;
      case 1:
        decoder.Bytes(8);
        break;
      case 2: {
        const absl::string_view content = decoder.String();
        const uint64_t number = tag >> 3;
        if (number >= schema.fields.size()) break;
        const Schema::Field& field = schema.fields[number];
        if (field.kind == Schema::Kind::kString && !IsValidUtf8(content)) {
          return false;
        }
        if (field.kind == Schema::Kind::kMessage &&
            !StringsAreUtf8(*field.message, content)) {
          return false;
        }
        break;
      }
      case 5:
        decoder.Bytes(4);
        break;
      default:
        return false;
    }
  }
  return decoder.ok();
}

}  // namespace

bool StringsAreUtf8(absl::string_view event) {
  static Schemas* const schemas = new Schemas;
  static const Schema& schema = *schemas->Get(NewEvent::descriptor());
  return StringsAreUtf8(schema, event);
}

}  // namespace onrecord
