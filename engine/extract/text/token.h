// The pieces that a text is taken apart into.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_TOKEN_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_TOKEN_H_

#include <cstdint>
#include <string>

namespace onrecord {
namespace extract {

// Part of speech: the tags of the Penn Treebank, with punctuation in four.
enum class Tag : uint8_t {
  kCC,
  kCD,
  kDT,
  kEX,
  kFW,
  kIN,
  kJJ,
  kJJR,
  kJJS,
  kLS,
  kMD,
  kNN,
  kNNS,
  kNNP,
  kNNPS,
  kPDT,
  kPOS,
  kPRP,
  kPRPS,
  kRB,
  kRBR,
  kRBS,
  kRP,
  kSYM,
  kTO,
  kUH,
  kVB,
  kVBD,
  kVBG,
  kVBN,
  kVBP,
  kVBZ,
  kWDT,
  kWP,
  kWPS,
  kWRB,
  kQuote,  // any quotation mark
  kComma,
  kStop,   // . ! ?
  kPunct,  // every other mark: colon, dash, bracket
};

// What kind of name a word is part of.
enum class NameClass : uint8_t {
  kNone,
  kPerson,
  kOrganisation,
  kPlace,
  kOther
};

// A word, number or mark. Offsets are bytes of the text, half open.
struct Token {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t sentence = 0;   // index into Document::sentences()
  int32_t quotation = -1;  // index into Document::quotations(), -1 outside
  Tag tag = Tag::kNN;
  NameClass name = NameClass::kNone;
  std::string lemma;  // lower case
};

// Tokens [first, last) and the bytes [begin, end) that they cover.
struct Sentence {
  uint32_t first = 0;
  uint32_t last = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t paragraph = 0;
};

// Sentences [first, last). Line breaks end a paragraph.
struct Paragraph {
  uint32_t first = 0;
  uint32_t last = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// Words in quotation marks, the marks included; within one paragraph. A stray
// mark opens nothing.
struct Quotation {
  uint32_t first = 0;  // tokens [first, last), the marks among them
  uint32_t last = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t paragraph = 0;
  bool opened = true;    // has its opening mark
  bool closed = true;    // has its closing mark; if not, it ends the paragraph
  bool carried = false;  // goes on with the quotation of the paragraph before
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_TOKEN_H_
