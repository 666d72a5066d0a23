#include "engine/boilerplate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace onrecord {
namespace {

// A line that begins so is boilerplate, if it is no longer than this.
constexpr size_t kMaxBytes = 300;

constexpr absl::string_view kBeginnings[] = {
    // Other stories.
    "read more",
    "read also",
    "also read",
    "read next",
    "see also:",
    "more on this",
    "more on this story",
    "related:",
    "related story:",
    "related article:",
    "watch:",
    "watch now:",
    "listen:",
    "listen to this",
    "listen now:",
    "video:",
    "don't miss:",
    "don’t miss:",
    "recommended:",
    "you may also like",
    "you might also like",
    "explore more",
    "continue reading",
    "keep reading",
    "story continues below",
    "article continues",
    "click here",
    "tap here",
    "jump to",
    // Pictures.
    "photo:",
    "photos:",
    "photo by",
    "photo credit",
    "photograph:",
    "image:",
    "image credit",
    "image source",
    "picture:",
    "pictured:",
    "file photo",
    "file picture",
    "file image",
    "(photo",
    "caption:",
    "credit:",
    "source:",
    // What pays for it.
    "advertisement",
    "sponsored content",
    "sponsored by",
    "promoted content",
    "paid content",
    "sign up for",
    "sign up to",
    "sign up now",
    "signup for",
    "subscribe now",
    "subscribe to",
    "subscribe for",
    "subscribe today",
    "subscribe:",
    "already a subscriber",
    "already a member",
    "become a subscriber",
    "become a member",
    "start your free trial",
    "this article is for subscribers",
    "this content is for subscribers",
    "to continue reading",
    "you have reached your limit",
    "you have read all your free",
    "support our journalism",
    "support independent journalism",
    "make a donation",
    "donate now",
    "donate today",
    "log in to",
    "log in or",
    "login to",
    "sign in to",
    "sign in or",
    "create an account",
    "create a free account",
    "register for free",
    "register now",
    "get our newsletter",
    "get the latest",
    "get breaking news",
    "download our app",
    "download the app",
    "join our",
    "enter your email",
    // Sharing and rights.
    "follow us",
    "like us on",
    "find us on",
    "share this",
    "share on",
    "print this",
    "email this",
    "e-mail this",
    "copy link",
    "send us a tip",
    "got a tip",
    "contact us",
    "view comments",
    "leave a comment",
    "post a comment",
    "show comments",
    "copyright ©",
    "copyright (c)",
    "copyright 19",
    "copyright 20",
    "©",
    "(c) 20",
    "all rights reserved",
    "terms of use",
    "terms of service",
    "terms and conditions",
    "privacy policy",
    "our standards:",
    // Cookies.
    "we use cookies",
    "this website uses cookies",
    "this site uses cookies",
    "we and our partners",
    "by continuing to use",
    "by continuing to browse",
    "by clicking",
    "accept all",
    "accept cookies",
    "manage preferences",
    "manage cookies",
    "cookie settings",
    "we value your privacy",
    // Who and when.
    "reporting by",
    "additional reporting by",
    "writing by",
    "edited by",
    "editing by",
    "compiled by",
    "last updated",
    "last modified",
    "updated:",
    "updated at",
    "updated on",
    "published:",
    "published on",
    "published at",
    "first published",
    "posted:",
    "posted on",
    "posted by",
    "posted at",
    "written by",
    "story by",
};

// Lines that are this, and nothing more, in any case.
constexpr absl::string_view kWholeLines[] = {
    "ad",
    "ads",
    "share",
    "tweet",
    "comments",
    "comment",
    "newsletter",
    "subscribe",
    "sign up",
    "sign in",
    "log in",
    "menu",
    "search",
    "close",
    "print",
    "email",
    "save",
    "gift this article",
    "more",
    "next",
    "previous",
    "back to top",
    "skip to content",
    "skip to main content",
    "watch",
    "listen",
    "live",
    "loading...",
    "loading…",
    "read full story",
    "whatsapp",
    "facebook",
    "twitter",
    "linkedin",
    "follow",
    "donate",
    "staff writer",
    "staff reporter",
};

constexpr absl::string_view kArticleEnds[] = {
    "related",
    "related stories",
    "related articles",
    "related content",
    "related topics",
    "related news",
    "related coverage",
    "more stories",
    "more news",
    "more on this story",
    "more on this topic",
    "more for you",
    "most read",
    "most popular",
    "most viewed",
    "trending",
    "trending now",
    "recommended",
    "recommended for you",
    "recommended stories",
    "you may also like",
    "you might also like",
    "read next",
    "up next",
    "what to read next",
    "editors' picks",
    "editors’ picks",
    "editor's picks",
    "editor’s picks",
    "latest news",
    "latest stories",
    "top stories",
    "about the author",
    "about the authors",
    "comments",
    "leave a comment",
    "leave a reply",
    "join the conversation",
    "sponsored content",
    "from our partners",
    "from around the web",
    "around the web",
    "sign up for our newsletter",
    "follow us",
};

std::string Lower(absl::string_view line) {
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(line));
}

template <size_t kSize>
bool IsOneOf(absl::string_view line, const absl::string_view (&lines)[kSize]) {
  return std::find(std::begin(lines), std::end(lines), line) != std::end(lines);
}

bool IsWordByte(char c) {
  return absl::ascii_isalnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

// Whether `line` begins with `phrase`, whole words of it.
bool BeginsWith(absl::string_view line, absl::string_view phrase) {
  return absl::StartsWith(line, phrase) &&
         (line.size() == phrase.size() || !absl::ascii_isalpha(phrase.back()) ||
          !IsWordByte(line[phrase.size()]));
}

// "By Ana Ruiz and Kenji Mori, Staff Writers": names, and no end of sentence.
bool IsByline(absl::string_view line) {
  constexpr size_t kMaxWords = 12;
  line = absl::StripAsciiWhitespace(line);
  if (!absl::StartsWith(line, "By ") && !absl::StartsWith(line, "BY ")) {
    return false;
  }
  if (absl::EndsWith(line, ".") || absl::EndsWith(line, ":")) return false;
  const std::vector<absl::string_view> words = absl::StrSplit(
      line.substr(3), absl::ByAnyChar(" ,|/"), absl::SkipEmpty());
  if (words.empty() || words.size() > kMaxWords) return false;
  return std::all_of(words.begin(), words.end(), [](absl::string_view word) {
    return absl::ascii_isupper(word[0]) || !absl::ascii_isalpha(word[0]) ||
           word == "and" || word == "in" || word == "for" || word == "of" ||
           word == "de" || word == "van" || word == "von" || word == "the";
  });
}

}  // namespace

bool IsBoilerplate(absl::string_view line) {
  if (line.size() > kMaxBytes) return false;
  const std::string lower = Lower(line);
  if (lower.empty()) return false;
  return IsOneOf(lower, kWholeLines) || IsOneOf(lower, kArticleEnds) ||
         std::any_of(std::begin(kBeginnings), std::end(kBeginnings),
                     [&](absl::string_view beginning) {
                       return BeginsWith(lower, beginning);
                     }) ||
         IsByline(line);
}

bool EndsArticle(absl::string_view line) {
  constexpr size_t kMaxHeading = 40;
  if (line.size() > kMaxHeading) return false;
  std::string lower = Lower(line);
  while (!lower.empty() && (lower.back() == ':' || lower.back() == '.')) {
    lower.pop_back();
  }
  return IsOneOf(lower, kArticleEnds);
}

}  // namespace onrecord
