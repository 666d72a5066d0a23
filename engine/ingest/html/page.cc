#include "engine/ingest/html/page.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <algorithm>
#include <climits>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

constexpr size_t kMaxDepth = 512;

constexpr absl::string_view kAttributes[] = {
    "aria-hidden", "class",      "content", "datetime", "hidden",
    "href",        "http-equiv", "id",      "itemid",   "itemprop",
    "itemtype",    "lang",       "name",    "property", "pubdate",
    "rel",         "role",       "style",   "title",    "type"};

bool IsKept(absl::string_view attribute) {
  return std::binary_search(std::begin(kAttributes), std::end(kAttributes),
                            attribute);
}

absl::string_view View(const xmlChar* text) {
  return text == nullptr ? absl::string_view()
                         : reinterpret_cast<const char*>(text);
}

// Takes the parser's events and makes the tree.
class TreeBuilder {
 public:
  explicit TreeBuilder(xmlParserCtxtPtr parser) : parser_(parser) {}

  void Start(const xmlChar* name, const xmlChar** attributes) {
    if (too_deep_) return;
    if (open_.size() >= kMaxDepth) {
      too_deep_ = true;
      xmlStopParser(parser_);
      return;
    }
    HtmlNode node;
    node.tag = absl::AsciiStrToLower(View(name));
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2) {
      std::string attribute = absl::AsciiStrToLower(View(attributes[0]));
      if (IsKept(attribute) && !node.Has(attribute)) {
        node.attributes.emplace_back(std::move(attribute),
                                     std::string(View(attributes[1])));
      }
    }
    open_.push_back(Add(std::move(node)));
  }

  void End(const xmlChar* name) {
    const std::string tag = absl::AsciiStrToLower(View(name));
    const auto found =
        std::find_if(open_.rbegin(), open_.rend(),
                     [&](int index) { return page_[index].tag == tag; });
    if (found == open_.rend()) return;
    while (page_[open_.back()].tag != tag) CloseLast();
    CloseLast();
  }

  void Text(absl::string_view text) {
    if (too_deep_ || IsPassedOver()) return;
    if (!page_.empty() && page_.back().tag.empty() &&
        page_.back().parent == Innermost()) {
      absl::StrAppend(&page_.back().text, text);
      return;
    }
    HtmlNode node;
    node.text = std::string(text);
    const int index = Add(std::move(node));
    page_[index].end = index + 1;
  }

  absl::StatusOr<HtmlPage> Take() && {
    if (too_deep_) {
      return absl::InvalidArgumentError(
          absl::StrCat("elements are nested more than ", kMaxDepth, " deep"));
    }
    while (!open_.empty()) CloseLast();
    return std::move(page_);
  }

 private:
  int Innermost() const { return open_.empty() ? -1 : open_.back(); }

  int Add(HtmlNode node) {
    node.parent = Innermost();
    page_.push_back(std::move(node));
    return static_cast<int>(page_.size()) - 1;
  }

  void CloseLast() {
    page_[open_.back()].end = static_cast<int>(page_.size());
    open_.pop_back();
  }

  // Whether text here is code.
  bool IsPassedOver() const {
    if (open_.empty()) return false;
    const HtmlNode& node = page_[open_.back()];
    return node.tag == "style" ||
           (node.tag == "script" &&
            !absl::StartsWithIgnoreCase(node.Attribute("type"),
                                        "application/ld+json"));
  }

  xmlParserCtxtPtr const parser_;
  HtmlPage page_;
  std::vector<int> open_;
  bool too_deep_ = false;
};

TreeBuilder& BuilderOf(void* parser) {
  return *static_cast<TreeBuilder*>(
      static_cast<xmlParserCtxtPtr>(parser)->_private);
}

void OnStart(void* parser, const xmlChar* name, const xmlChar** attributes) {
  BuilderOf(parser).Start(name, attributes);
}

void OnEnd(void* parser, const xmlChar* name) { BuilderOf(parser).End(name); }

void OnText(void* parser, const xmlChar* text, int size) {
  BuilderOf(parser).Text(
      {reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
}

}  // namespace

absl::string_view HtmlNode::Attribute(absl::string_view name) const {
  for (const auto& [key, value] : attributes) {
    if (key == name) return value;
  }
  return {};
}

bool HtmlNode::Has(absl::string_view name) const {
  return std::any_of(
      attributes.begin(), attributes.end(),
      [name](const auto& attribute) { return attribute.first == name; });
}

absl::StatusOr<HtmlPage> ParseHtml(absl::string_view html) {
  // The library wants to be set up once before threads use it.
  static const bool initialized = (xmlInitParser(), true);
  (void)initialized;
  if (html.size() > INT_MAX) {
    return absl::InvalidArgumentError("the page has more than 2 GiB");
  }
  std::string input(html);
  std::replace(input.begin(), input.end(), '\0', ' ');
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
      htmlNewParserCtxt(), &htmlFreeParserCtxt);
  if (parser == nullptr) return absl::ResourceExhaustedError("out of memory");
  // Events only: the library builds no tree, and prints nothing.
  *parser->sax = xmlSAXHandler();
  parser->sax->startElement = &OnStart;
  parser->sax->endElement = &OnEnd;
  parser->sax->characters = &OnText;
  parser->sax->cdataBlock = &OnText;
  parser->sax->ignorableWhitespace = &OnText;
  TreeBuilder builder(parser.get());
  parser->_private = &builder;
  const htmlDocPtr none = htmlCtxtReadMemory(
      parser.get(), input.data(), static_cast<int>(input.size()), nullptr,
      "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
          HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  if (none != nullptr) xmlFreeDoc(none);
  return std::move(builder).Take();
}

}  // namespace onrecord
