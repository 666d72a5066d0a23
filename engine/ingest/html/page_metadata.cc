#include "engine/ingest/html/page_metadata.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "engine/ingest/html/json_ld.h"
#include "engine/ingest/html/page_date.h"
#include "engine/ingest/html/page_text.h"

namespace onrecord {
namespace {

constexpr absl::string_view kTitles[] = {
    "og:title",       "itemprop=headline", "twitter:title", "dc.title",
    "citation_title", "parsely-title",     "sailthru.title"};

constexpr absl::string_view kPublishers[] = {
    "og:site_name",    "itemprop=publisher",     "publisher",
    "dc.publisher",    "citation_journal_title", "article:publisher_name",
    "application-name"};

constexpr absl::string_view kDates[] = {"article:published_time",
                                        "og:article:published_time",
                                        "og:published_time",
                                        "itemprop=datepublished",
                                        "article:published",
                                        "datepublished",
                                        "date.issued",
                                        "dc.date.issued",
                                        "dcterms.issued",
                                        "dcterms.created",
                                        "dc.date.created",
                                        "dc.date",
                                        "dcterms.date",
                                        "citation_publication_date",
                                        "citation_date",
                                        "publish-date",
                                        "publish_date",
                                        "publishdate",
                                        "publication_date",
                                        "pubdate",
                                        "parsely-pub-date",
                                        "sailthru.date",
                                        "cxenseparse:recs:publishtime",
                                        "displaydate",
                                        "originalpublicationdate",
                                        "release_date",
                                        "date"};

constexpr absl::string_view kLanguages[] = {
    "html lang",        "itemprop=inlanguage", "og:locale",
    "content-language", "dc.language",         "dcterms.language"};

constexpr absl::string_view kUrls[] = {"link canonical", "og:url",
                                       "twitter:url"};

// Everything that is said about the page, by the name under which it is said.
class Sayings {
 public:
  explicit Sayings(const HtmlPage& page) {
    for (size_t i = 0; i < page.size(); ++i) Read(page, i);
  }

  // The first of `names` that has a value that `accept` makes one of.
  template <size_t kSize, typename Accept>
  FoundField First(const absl::string_view (&names)[kSize],
                   Accept accept) const {
    for (const absl::string_view name : names) {
      const auto said = values_.find(name);
      if (said == values_.end()) continue;
      std::string value = accept(said->second);
      if (!value.empty()) return {std::move(value), std::string(name)};
    }
    return {};
  }

  absl::string_view Find(absl::string_view name) const {
    const auto said = values_.find(name);
    return said == values_.end() ? absl::string_view() : said->second;
  }

  const std::optional<JsonLdArticle>& json_ld() const { return json_ld_; }

 private:
  void Read(const HtmlPage& page, size_t index) {
    const HtmlNode& node = page[index];
    if (node.tag.empty()) return;
    if (node.tag == "meta") {
      for (const char* key : {"property", "name", "http-equiv"}) {
        Say(absl::AsciiStrToLower(node.Attribute(key)),
            node.Attribute("content"));
      }
    } else if (node.tag == "html") {
      Say("html lang", node.Attribute("lang"));
    } else if (node.tag == "link" && node.Attribute("rel") == "canonical") {
      Say("link canonical", node.Attribute("href"));
    } else if (node.tag == "title" || node.tag == "h1") {
      Say(node.tag, WordsIn(page, index));
    } else if (node.tag == "time") {
      Say("time", DateIn(page, index));
    } else if (node.tag == "script" && !json_ld_.has_value()) {
      json_ld_ = ParseJsonLd(RawIn(page, index));
    }
    if (node.Has("itemprop")) ReadItem(page, index);
  }

  // Microdata: the value is in the content, the date, or the words.
  void ReadItem(const HtmlPage& page, size_t index) {
    const HtmlNode& node = page[index];
    const std::string name = absl::StrCat(
        "itemprop=", absl::AsciiStrToLower(node.Attribute("itemprop")));
    if (name == "itemprop=articlebody") return;  // as long as the page
    if (node.Has("content")) return Say(name, node.Attribute("content"));
    if (node.Has("datetime")) return Say(name, node.Attribute("datetime"));
    Say(name, WordsIn(page, index));
  }

  void Say(absl::string_view name, absl::string_view value) {
    std::string collapsed = CollapseSpace(value);
    if (name.empty() || collapsed.empty()) return;
    values_.emplace(name, std::move(collapsed));
  }

  static std::string RawIn(const HtmlPage& page, size_t index) {
    std::string text;
    for (int i = index + 1; i < page[index].end; ++i) {
      absl::StrAppend(&text, page[i].text);
    }
    return text;
  }

  // Titles and the like are short; what is long is something else.
  static std::string WordsIn(const HtmlPage& page, size_t index) {
    constexpr int kMaxNodes = 50;
    constexpr size_t kMaxBytes = 500;
    if (page[index].end - static_cast<int>(index) > kMaxNodes) return "";
    std::string words = CollapseSpace(RawIn(page, index));
    return words.size() <= kMaxBytes ? words : "";
  }

  static std::string DateIn(const HtmlPage& page, size_t index) {
    const absl::string_view date = page[index].Attribute("datetime");
    return date.empty() ? WordsIn(page, index) : std::string(date);
  }

  absl::flat_hash_map<std::string, std::string> values_;  // the first of each
  std::optional<JsonLdArticle> json_ld_;
};

std::string AsIs(absl::string_view value) { return std::string(value); }

std::string AsDay(absl::string_view value) {
  const std::optional<absl::CivilDay> day = ParsePageDate(value);
  return day.has_value() ? absl::FormatCivilTime(*day) : "";
}

// "en_US" is "en-US". Of several, the first.
std::string AsLanguage(absl::string_view value) {
  std::string language(value.substr(0, value.find_first_of(",; ")));
  std::replace(language.begin(), language.end(), '_', '-');
  const bool sound = language.size() >= 2 && language.size() <= 35 &&
                     std::all_of(language.begin(), language.end(), [](char c) {
                       return absl::ascii_isalnum(c) || c == '-';
                     });
  return sound ? language : "";
}

std::string AsUrl(absl::string_view value) {
  return absl::StartsWith(value, "http://") ||
                 absl::StartsWith(value, "https://")
             ? std::string(value)
             : "";
}

// `title` without the name of the site after a dash or bar at its end.
std::string WithoutSite(absl::string_view title, absl::string_view site) {
  for (const absl::string_view mark : {" | ", " - ", " – ", " — ", " :: "}) {
    const size_t at = title.rfind(mark);
    if (at == absl::string_view::npos || at == 0) continue;
    const absl::string_view last = title.substr(at + mark.size());
    if (site.empty() ? mark == " | " : absl::EqualsIgnoreCase(last, site)) {
      return std::string(title.substr(0, at));
    }
  }
  return std::string(title);
}

FoundField FromJsonLd(std::string value) {
  if (value.empty()) return {};
  return {std::move(value), "json-ld"};
}

}  // namespace

PageMetadata MetadataOf(const HtmlPage& page) {
  const Sayings sayings(page);
  PageMetadata found;
  if (sayings.json_ld().has_value()) {
    const JsonLdArticle& article = *sayings.json_ld();
    found.title = FromJsonLd(CollapseSpace(article.headline));
    found.publisher = FromJsonLd(CollapseSpace(article.publisher));
    found.published = FromJsonLd(AsDay(article.date_published));
    found.language = FromJsonLd(AsLanguage(article.language));
    found.url = FromJsonLd(AsUrl(article.url));
    found.body = article.body;
  }
  const auto complete = [](FoundField& field, FoundField other) {
    if (field.value.empty()) field = std::move(other);
  };
  complete(found.publisher, sayings.First(kPublishers, AsIs));
  const auto as_title = [&found](absl::string_view value) {
    return WithoutSite(value, found.publisher.value);
  };
  complete(found.title, sayings.First(kTitles, as_title));
  constexpr absl::string_view kShownTitles[] = {"h1", "title"};
  complete(found.title, sayings.First(kShownTitles, as_title));
  complete(found.published, sayings.First(kDates, AsDay));
  constexpr absl::string_view kShownDates[] = {"time"};
  complete(found.published, sayings.First(kShownDates, AsDay));
  complete(found.language, sayings.First(kLanguages, AsLanguage));
  complete(found.url, sayings.First(kUrls, AsUrl));
  return found;
}

}  // namespace onrecord
