#include "engine/ingest/html/page_parts.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/ingest/html/page_text.h"

namespace onrecord {
namespace {

using WordSet = absl::flat_hash_set<absl::string_view>;

// A shorter block counts as text only if it ends a sentence.
constexpr size_t kParagraphBytes = 60;

bool IsSkippedTag(absl::string_view tag) {
  static const auto* const tags = new WordSet{
      "script", "style",  "noscript", "template", "iframe",     "object",
      "embed",  "svg",    "math",     "canvas",   "audio",      "video",
      "button", "select", "option",   "textarea", "input",      "label",
      "nav",    "footer", "aside",    "figure",   "figcaption", "dialog",
      "menu",   "head",   "title",    "header",   "picture",    "map"};
  return tags->contains(tag);
}

bool IsSkippedRole(absl::string_view role) {
  static const auto* const roles =
      new WordSet{"navigation", "banner",      "complementary", "contentinfo",
                  "dialog",     "alertdialog", "search",        "menu",
                  "menubar",    "toolbar",     "tooltip"};
  return roles->contains(role);
}

// Words of class names and ids, and pairs of them, of what is around articles.
bool IsSkippedWord(absl::string_view word) {
  static const auto* const words = new WordSet{"nav",
                                               "navbar",
                                               "navigation",
                                               "menu",
                                               "breadcrumb",
                                               "breadcrumbs",
                                               "cookie",
                                               "cookies",
                                               "consent",
                                               "gdpr",
                                               "onetrust",
                                               "subscribe",
                                               "subscription",
                                               "newsletter",
                                               "newsletters",
                                               "signup",
                                               "paywall",
                                               "regwall",
                                               "promo",
                                               "promos",
                                               "promotion",
                                               "related",
                                               "recommended",
                                               "recommendations",
                                               "recirc",
                                               "recirculation",
                                               "taboola",
                                               "outbrain",
                                               "trending",
                                               "popular",
                                               "mostread",
                                               "share",
                                               "sharing",
                                               "sharebar",
                                               "social",
                                               "comments",
                                               "comment",
                                               "disqus",
                                               "caption",
                                               "captions",
                                               "credit",
                                               "credits",
                                               "byline",
                                               "bylines",
                                               "author",
                                               "authors",
                                               "dateline",
                                               "timestamp",
                                               "ad",
                                               "ads",
                                               "advert",
                                               "adverts",
                                               "advertisement",
                                               "advertising",
                                               "sponsor",
                                               "sponsored",
                                               "sidebar",
                                               "footer",
                                               "copyright",
                                               "tags",
                                               "taglist",
                                               "modal",
                                               "popup",
                                               "overlay",
                                               "toast",
                                               "toolbar",
                                               "login",
                                               "signin",
                                               "print",
                                               "visuallyhidden",
                                               "pullquote",
                                               "teaser",
                                               "teasers",
                                               "donate",
                                               "donation",
                                               "readmore",
                                               "disclaimer"};
  static const auto* const pairs =
      new WordSet{"read-more", "read-next",     "read-also",       "also-read",
                  "more-from", "see-also",      "sign-up",         "sign-in",
                  "log-in",    "most-read",     "most-popular",    "up-next",
                  "sr-only",   "screen-reader", "visually-hidden", "pull-quote",
                  "skip-link", "call-to",       "follow-us"};
  return words->contains(word) || pairs->contains(word);
}

// Calls `found` for each word of a class name or id, and each pair joined by a
// hyphen: "articleBody read_more" has article, body, read, more, article-body.
template <typename Found>
bool AnyWord(absl::string_view names, Found found) {
  std::string before;
  std::string word;
  const auto take = [&] {
    const bool hit = !word.empty() &&
                     (found(word) || found(absl::StrCat(before, "-", word)));
    if (!word.empty()) before = word;
    word.clear();
    return hit;
  };
  for (size_t i = 0; i < names.size(); ++i) {
    const char c = names[i];
    const bool new_hump =
        absl::ascii_isupper(c) && i > 0 && absl::ascii_islower(names[i - 1]);
    if ((new_hump || !absl::ascii_isalnum(c)) && take()) return true;
    if (absl::ascii_isspace(c)) before.clear();
    if (absl::ascii_isalnum(c)) word.push_back(absl::ascii_tolower(c));
  }
  return take();
}

bool IsHidden(const HtmlNode& node) {
  std::string style = absl::AsciiStrToLower(node.Attribute("style"));
  style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
  return node.Has("hidden") || node.Attribute("aria-hidden") == "true" ||
         absl::StrContains(style, "display:none") ||
         absl::StrContains(style, "visibility:hidden");
}

bool IsNamedAround(const HtmlNode& node) {
  return IsSkippedRole(node.Attribute("role")) ||
         AnyWord(node.Attribute("class"), IsSkippedWord) ||
         AnyWord(node.Attribute("id"), IsSkippedWord);
}

// How much text in paragraphs there is, and where.
class TextMass {
 public:
  TextMass(const HtmlPage& page, const std::vector<bool>& skipped)
      : sums_(page.size() + 1, 0) {
    const int size = static_cast<int>(page.size());
    for (const TextBlock& block : BlocksOf(page, 0, size, skipped)) {
      const bool ends_sentence =
          absl::ascii_ispunct(static_cast<unsigned char>(block.text.back())) ||
          absl::EndsWith(block.text, "”");
      if (block.element < 0 || block.link_bytes * 2 > block.text.size() ||
          (block.text.size() < kParagraphBytes && !ends_sentence)) {
        continue;
      }
      sums_[block.element + 1] += block.text.size() - block.link_bytes;
    }
    for (size_t i = 1; i < sums_.size(); ++i) sums_[i] += sums_[i - 1];
  }

  // In the element `index` of `page` and everything in it.
  size_t In(const HtmlPage& page, int index) const {
    return sums_[page[index].end] - sums_[index];
  }

 private:
  std::vector<size_t> sums_;  // sums_[i]: in the nodes before i
};

// Of the elements for which `wanted` holds, the one with most text, if none
// outside it has half as much; -1 if there is none.
template <typename Wanted>
int Foremost(const HtmlPage& page, const TextMass& mass, Wanted wanted) {
  int best = -1;
  size_t second = 0;
  for (int i = 0; i < static_cast<int>(page.size()); ++i) {
    if (!wanted(page[i])) continue;
    const size_t here = mass.In(page, i);
    if (best >= 0 && i < page[best].end) continue;  // inside it
    if (best < 0 || here > mass.In(page, best)) {
      if (best >= 0) second = std::max(second, mass.In(page, best));
      best = i;
    } else {
      second = std::max(second, here);
    }
  }
  if (best < 0 || mass.In(page, best) == 0) return -1;
  return second * 2 > mass.In(page, best) ? -1 : best;
}

// The innermost element of `page` in `top` with four fifths of its text.
int Innermost(const HtmlPage& page, const TextMass& mass, int top) {
  const size_t whole = mass.In(page, top);
  int innermost = top;
  for (int i = top + 1; i < page[innermost].end;) {
    if (mass.In(page, i) * 5 >= whole * 4 && whole > 0) {
      innermost = i;
      ++i;
    } else {
      i = page[i].end;
    }
  }
  return innermost;
}

int FindMain(const HtmlPage& page, const TextMass& mass) {
  const size_t all = mass.In(page, 0);
  const auto holds_much = [&](int element) {
    return element >= 0 && mass.In(page, element) * 4 >= all;
  };
  const int body = Foremost(page, mass, [](const HtmlNode& node) {
    return node.Attribute("itemprop") == "articleBody";
  });
  if (holds_much(body)) return body;
  const int article = Foremost(page, mass, [](const HtmlNode& node) {
    return node.tag == "article" || node.Attribute("role") == "article";
  });
  if (holds_much(article)) return Innermost(page, mass, article);
  const int main = Foremost(page, mass, [](const HtmlNode& node) {
    return node.tag == "main" || node.Attribute("role") == "main";
  });
  return Innermost(page, mass, holds_much(main) ? main : 0);
}

}  // namespace

PageParts FindParts(const HtmlPage& page) {
  PageParts parts;
  parts.skipped.assign(page.size(), false);
  if (page.empty()) return parts;
  for (size_t i = 0; i < page.size(); ++i) {
    parts.skipped[i] =
        IsSkippedTag(page[i].tag) ||
        (page[i].tag != "html" && page[i].tag != "body" && IsHidden(page[i]));
  }
  const TextMass all(page, parts.skipped);
  for (size_t i = 0; i < page.size(); ++i) {
    if (page[i].tag.empty() || page[i].tag == "html" || page[i].tag == "body" ||
        !IsNamedAround(page[i])) {
      continue;
    }
    // A name may mislead: what holds the page's text is not around it.
    if (all.In(page, static_cast<int>(i)) * 2 <= all.In(page, 0)) {
      parts.skipped[i] = true;
    }
  }
  parts.main = FindMain(page, TextMass(page, parts.skipped));
  return parts;
}

}  // namespace onrecord
