#include "engine/ingest/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/status_macros.h"
#include "storage/utf8.h"

namespace onrecord {
namespace {

constexpr size_t kPageHeadBytes = 4096;

struct Mark {
  absl::string_view bytes;
  const char* charset;
};

constexpr Mark kMarks[] = {
    {{"\xEF\xBB\xBF", 3}, "UTF-8"},
    {{"\xFE\xFF", 2}, "UTF-16BE"},
    {{"\xFF\xFE", 2}, "UTF-16LE"},
};

bool IsUtf8(absl::string_view charset) {
  return charset.empty() || absl::EqualsIgnoreCase(charset, "utf-8") ||
         absl::EqualsIgnoreCase(charset, "utf8");
}

// The name under which ICU has what browsers understand by `charset`.
std::string IcuName(absl::string_view charset) {
  for (const absl::string_view subset :
       {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii"}) {
    if (absl::EqualsIgnoreCase(charset, subset)) return "windows-1252";
  }
  return std::string(charset);
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

absl::StatusOr<Converter> Open(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", name, "\" is no known encoding"));
  }
  return converter;
}

absl::StatusOr<std::string> Convert(absl::string_view bytes,
                                    const std::string& name) {
  ONRECORD_ASSIGN_OR_RETURN(const Converter from, Open(name));
  ONRECORD_ASSIGN_OR_RETURN(const Converter to, Open("UTF-8"));
  UErrorCode error = U_ZERO_ERROR;
  // Without this, bytes that mean nothing would become question marks.
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr,
                      nullptr, &error);
  std::string text;
  char buffer[4096];
  UChar pivot[1024];
  UChar* pivot_source = pivot;
  UChar* pivot_target = pivot;
  const char* source = bytes.data();
  bool reset = true;
  do {
    error = U_ZERO_ERROR;
    char* target = buffer;
    ucnv_convertEx(to.get(), from.get(), &target, buffer + sizeof buffer,
                   &source, bytes.data() + bytes.size(), pivot, &pivot_source,
                   &pivot_target, pivot + std::size(pivot), reset,
                   /*flush=*/true, &error);
    text.append(buffer, target - buffer);
    reset = false;
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(error)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "not valid ", name, " at byte ", source - bytes.data() - 1));
  }
  return text;
}

// The value after "charset" and an equals sign in `tag`, without quotes.
absl::string_view CharsetIn(absl::string_view tag) {
  constexpr absl::string_view kName = "charset";
  const auto found =
      std::search(tag.begin(), tag.end(), kName.begin(), kName.end(),
                  [](char a, char b) { return absl::ascii_tolower(a) == b; });
  if (found == tag.end()) return {};
  absl::string_view value = tag.substr(found - tag.begin() + kName.size());
  value = absl::StripLeadingAsciiWhitespace(value);
  if (value.empty() || value[0] != '=') return {};
  value = absl::StripLeadingAsciiWhitespace(value.substr(1));
  const size_t begin = value.find_first_not_of("\"'");
  if (begin == absl::string_view::npos) return {};
  value.remove_prefix(begin);
  return value.substr(0, value.find_first_of("\"' \t\r\n;/>"));
}

}  // namespace

absl::StatusOr<std::string> ToUtf8(absl::string_view bytes,
                                   absl::string_view declared) {
  for (const Mark& mark : kMarks) {
    if (absl::StartsWith(bytes, mark.bytes)) {
      bytes.remove_prefix(mark.bytes.size());
      declared = mark.charset;
      break;
    }
  }
  if (!IsUtf8(declared)) return Convert(bytes, IcuName(declared));
  ONRECORD_RETURN_IF_ERROR(CheckUtf8(bytes));
  return std::string(bytes);
}

absl::string_view CharsetOfPage(absl::string_view html) {
  absl::string_view head = html.substr(0, kPageHeadBytes);
  for (size_t at = head.find('<'); at != absl::string_view::npos;
       at = head.find('<', at + 1)) {
    const absl::string_view tag = head.substr(at + 1);
    if (!absl::StartsWithIgnoreCase(tag, "meta")) continue;
    const absl::string_view charset = CharsetIn(tag.substr(0, tag.find('>')));
    if (!charset.empty()) return charset;
  }
  return {};
}

}  // namespace onrecord
