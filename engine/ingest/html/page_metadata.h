// What a page says about its article: title, publisher, date, language.

#ifndef ONRECORD_ENGINE_INGEST_HTML_PAGE_METADATA_H_
#define ONRECORD_ENGINE_INGEST_HTML_PAGE_METADATA_H_

#include <string>

#include "engine/ingest/html/page.h"

namespace onrecord {

// A value, and which part of the page said it ("json-ld", "og:title"). Both
// empty if none did.
struct FoundField {
  std::string value;
  std::string from;
};

struct PageMetadata {
  FoundField title;
  FoundField publisher;
  FoundField published;  // EDTF, a day
  FoundField language;   // BCP 47
  FoundField url;

  // The article's text as JSON-LD gives it; empty if it does not.
  std::string body;
};

// Reads the metadata of `page`. The first that says a field counts, in this
// order: JSON-LD (schema.org), Open Graph and article: properties, microdata,
// other `<meta>` names in use, and the elements `<link rel=canonical>`,
// `<time>`, `<h1>`, `<title>` and `<html lang>`. A date that cannot be read for
// certain is passed over.
PageMetadata MetadataOf(const HtmlPage& page);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_HTML_PAGE_METADATA_H_
