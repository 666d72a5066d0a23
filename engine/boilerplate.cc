#include "engine/boilerplate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

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
    "more on this:",
    "more on this story",
    "more on this topic",
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
    "caption:",
    "credit:",
    "source:",
    // What pays for it.
    "sponsored content",
    "promoted content",
    "paid content",
    "sign up for",
    "sign up to",
    "sign up now",
    "sign up here",
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
    "follow @",
    "follow him on",
    "follow her on",
    "follow them on",
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
    "by our correspondent",
    "by our correspondents",
    "by our foreign staff",
    "by our own correspondent",
    "by our reporter",
    "by our reporters",
    "by our staff",
    "by staff writer",
    "by staff writers",
    "by a staff reporter",
    "updated:",
    "published:",
    "posted:",
};

// A line that begins so is boilerplate if names are all that follows.
constexpr absl::string_view kCredits[] = {
    "by",
    "photo by",
    "photos by",
    "photograph by",
    "picture by",
    "pictures by",
    "graphic by",
    "graphics by",
    "video by",
    "reporting by",
    "additional reporting by",
    "with reporting by",
    "with additional reporting by",
    "writing by",
    "additional writing by",
    "written by",
    "editing by",
    "additional editing by",
    "edited by",
    "compiled by",
    "translated by",
    "translation by",
    "story by",
    "posted by",
    "with assistance from",
    "with assistance by",
    "with contributions from",
};

// A line that begins so is boilerplate if it does not end as a sentence does.
constexpr absl::string_view kLabels[] = {
    "last updated", "last modified",   "updated at", "updated on",
    "published on", "published at",    "posted on",  "posted at",
    "sponsored by", "first published",
};

// What lines of boilerplate end with, without the last stop.
constexpr absl::string_view kEndings[] = {
    "contributed to this report",  "contributed to this story",
    "contributed to this article", "contributed reporting",
    "all rights reserved",
};

// Lines that are this, and nothing more, in any case.
constexpr absl::string_view kWholeLines[] = {
    "advertisement",
    "advertisements",
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

// Whether `line` is no more than names: "Ana Ruiz and Kenji Mori in Paris;
// editing by Jo Field". What ends as a sentence does is more.
bool IsNames(absl::string_view line) {
  constexpr size_t kMaxWords = 40;
  constexpr absl::string_view kSmall[] = {
      "and",     "in",         "for",       "of",      "de",     "van",
      "von",     "der",        "the",       "by",      "with",   "from",
      "editing", "additional", "reporting", "writing", "at",     "on",
      "al",      "da",         "el",        "le",      "bureau", "staff"};
  absl::ConsumeSuffix(&line, ".");
  const std::vector<absl::string_view> words =
      absl::StrSplit(line, absl::ByAnyChar(" ,;|/()"), absl::SkipEmpty());
  if (words.empty() || words.size() > kMaxWords) return false;
  return std::all_of(words.begin(), words.end(), [&](absl::string_view word) {
    return absl::ascii_isupper(word[0]) || !absl::ascii_isalpha(word[0]) ||
           IsOneOf(absl::AsciiStrToLower(word), kSmall);
  });
}

// "By Ana Ruiz", "Reporting by Ana Ruiz; editing by Kenji Mori". Of the words
// before the names, only the first is read in any case: a small "by" begins no
// byline.
bool IsCredit(absl::string_view line, absl::string_view lower) {
  return absl::ascii_isupper(line[0]) &&
         std::any_of(std::begin(kCredits), std::end(kCredits),
                     [&](absl::string_view credit) {
                       return BeginsWith(lower, credit) &&
                              IsNames(line.substr(credit.size()));
                     });
}

// "Ana Ruiz in Paris contributed to this report": of one sentence.
bool EndsAsCredit(absl::string_view stem) {
  return !absl::StrContains(stem, ". ") &&
         std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](absl::string_view ending) {
                       return absl::EndsWith(stem, ending);
                     });
}

bool EndsSentence(absl::string_view line) {
  return absl::EndsWith(line, ".") || absl::EndsWith(line, "!") ||
         absl::EndsWith(line, "?") || absl::EndsWith(line, "”") ||
         absl::EndsWith(line, "\"");
}

// `line` without brackets and dashes around it.
absl::string_view Bare(absl::string_view line) {
  line = absl::StripAsciiWhitespace(line);
  if (absl::ConsumePrefix(&line, "(")) absl::ConsumeSuffix(&line, ")");
  if (absl::ConsumePrefix(&line, "[")) absl::ConsumeSuffix(&line, "]");
  while (absl::ConsumePrefix(&line, "-") || absl::ConsumePrefix(&line, "–") ||
         absl::ConsumePrefix(&line, "—") || absl::ConsumePrefix(&line, "*") ||
         absl::ConsumePrefix(&line, "_")) {
  }
  return absl::StripAsciiWhitespace(line);
}

template <size_t kSize>
bool BeginsWithOneOf(absl::string_view line,
                     const absl::string_view (&beginnings)[kSize]) {
  return std::any_of(
      std::begin(beginnings), std::end(beginnings),
      [&](absl::string_view beginning) { return BeginsWith(line, beginning); });
}

}  // namespace

bool IsBoilerplate(absl::string_view line) {
  if (line.size() > kMaxBytes) return false;
  const absl::string_view bare = Bare(line);
  if (bare.empty()) return false;
  const std::string lower = absl::AsciiStrToLower(bare);
  absl::string_view stem = lower;
  absl::ConsumeSuffix(&stem, ".");
  return IsOneOf(stem, kWholeLines) || IsOneOf(stem, kArticleEnds) ||
         BeginsWithOneOf(lower, kBeginnings) ||
         (BeginsWithOneOf(lower, kLabels) && !EndsSentence(lower)) ||
         EndsAsCredit(stem) || IsCredit(bare, lower);
}

absl::string_view WithoutCredit(absl::string_view line) {
  const absl::string_view stripped = absl::StripTrailingAsciiWhitespace(line);
  const size_t open = stripped.rfind('(');
  if (open == absl::string_view::npos || !absl::EndsWith(stripped, ")")) {
    return line;
  }
  const absl::string_view credit = stripped.substr(open);
  return open > 0 && IsBoilerplate(credit) ? line.substr(0, open) : line;
}

absl::string_view WithoutTimeStamp(absl::string_view line) {
  absl::string_view rest = absl::StripLeadingAsciiWhitespace(line);
  const auto skip_digits = [&rest](size_t most) {
    size_t count = 0;
    while (count < most && count < rest.size() &&
           absl::ascii_isdigit(rest[count])) {
      ++count;
    }
    rest.remove_prefix(count);
    return count;
  };
  if (skip_digits(2) == 0) return line;
  if (!absl::ConsumePrefix(&rest, ":") && !absl::ConsumePrefix(&rest, ".")) {
    return line;
  }
  if (skip_digits(2) != 2) return line;
  rest = absl::StripLeadingAsciiWhitespace(rest);
  for (const absl::string_view zone :
       {"am", "pm", "a.m.", "p.m.", "AM", "PM", "GMT", "UTC", "BST", "CET",
        "CEST", "EST", "EDT", "ET"}) {
    if (BeginsWith(rest, zone)) {
      rest.remove_prefix(zone.size());
      break;
    }
  }
  rest = absl::StripLeadingAsciiWhitespace(rest);
  const bool has_dash =
      absl::ConsumePrefix(&rest, "–") || absl::ConsumePrefix(&rest, "—") ||
      absl::ConsumePrefix(&rest, "- ") || absl::ConsumePrefix(&rest, "|");
  return has_dash ? absl::StripLeadingAsciiWhitespace(rest) : line;
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
