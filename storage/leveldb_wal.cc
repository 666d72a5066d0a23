#include "storage/leveldb_wal.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "storage/coding.h"

namespace onrecord {
namespace {

constexpr size_t kBlockBytes = 32768;
constexpr size_t kHeaderBytes = 7;

enum RecordType { kZero = 0, kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

std::array<uint32_t, 256> MakeTable() {
  std::array<uint32_t, 256> table;
  for (uint32_t i = 0; i < table.size(); ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82f63b78u : 0);
    }
    table[i] = crc;
  }
  return table;
}

// The CRC-32C of `bytes`, rotated and shifted as LevelDB stores it.
uint32_t MaskedCrc(absl::string_view bytes) {
  static const auto* const table = new std::array<uint32_t, 256>(MakeTable());
  uint32_t crc = 0xffffffffu;
  for (const char c : bytes) {
    crc = (crc >> 8) ^ (*table)[(crc ^ static_cast<uint8_t>(c)) & 0xff];
  }
  crc ^= 0xffffffffu;
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
}

uint32_t Fixed32(absl::string_view bytes) {
  uint32_t value = 0;
  for (int i = 3; i >= 0; --i) {
    value = value << 8 | static_cast<uint8_t>(bytes[i]);
  }
  return value;
}

// Notes the keys that `record`, a WriteBatch, puts.
void NoteKeys(absl::string_view record, char key_prefix, WalScan* scan) {
  constexpr uint8_t kPut = 1;
  Decoder decoder(record);
  decoder.Bytes(12);  // sequence and count
  while (decoder.ok() && !decoder.empty()) {
    const bool put = decoder.Byte() == kPut;
    const absl::string_view key = decoder.String();
    if (!put) continue;
    decoder.String();
    if (!decoder.ok() || key.empty() || key[0] != key_prefix) continue;
    if (scan->first_key.empty() || key < scan->first_key) {
      scan->first_key = std::string(key);
    }
    if (key > scan->last_key) scan->last_key = std::string(key);
  }
}

}  // namespace

WalScan ScanWal(absl::string_view contents, char key_prefix) {
  WalScan scan;
  std::string record;
  bool in_record = false;
  size_t at = 0;
  while (at < contents.size()) {
    const size_t left_in_block = kBlockBytes - at % kBlockBytes;
    if (left_in_block < kHeaderBytes) {
      // A header does not fit, so the rest of the block is filled with zeros.
      at += left_in_block;
      continue;
    }
    const absl::string_view rest = contents.substr(at);
    if (rest.size() < kHeaderBytes) break;
    const size_t length = static_cast<uint8_t>(rest[4]) |
                          static_cast<size_t>(static_cast<uint8_t>(rest[5]))
                              << 8;
    const int type = rest[6];
    const auto damaged = [&](absl::string_view what) {
      scan.damage = absl::StrCat("byte ", at, ": ", what);
      return scan;
    };
    if (kHeaderBytes + length > left_in_block) {
      return damaged("a record longer than its block");
    }
    if (kHeaderBytes + length > rest.size()) break;
    if (Fixed32(rest) != MaskedCrc(rest.substr(6, length + 1))) {
      return damaged("a record that does not match its checksum");
    }
    const bool starts = type == kFull || type == kFirst;
    const bool goes_on = type == kMiddle || type == kLast;
    if ((!starts && !goes_on) || starts == in_record) {
      return damaged("a record out of order");
    }
    in_record = type == kFirst || type == kMiddle;
    at += kHeaderBytes + length;
    if (starts) record.clear();
    record.append(rest.data() + kHeaderBytes, length);
    if (!in_record) {
      NoteKeys(record, key_prefix, &scan);
      ++scan.records;
      scan.whole_bytes = at;
    }
  }
  return scan;
}

}  // namespace onrecord
