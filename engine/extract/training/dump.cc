// Prints how texts are taken apart, for comparing with annotated ones:
//
//   dump FILE...
//
// For each file "#doc NAME", then a line per token: begin, end, tag, name
// class, quotation, lemma; an empty line after each sentence.

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "engine/extract/text/document.h"

namespace onrecord {
namespace extract {
namespace {

void Dump(const std::string& path, const std::string& text) {
  const Document document = Document::Analyze(text);
  std::cout << "#doc\t" << path << "\n";
  for (const Sentence& sentence : document.sentences()) {
    for (uint32_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = document.tokens()[i];
      std::cout << token.begin << "\t" << token.end << "\t"
                << static_cast<int>(token.tag) << "\t"
                << static_cast<int>(token.name) << "\t" << token.quotation
                << "\t" << token.lemma << "\n";
    }
    std::cout << "\n";
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    onrecord::extract::Dump(argv[i], text.str());
  }
  return 0;
}
