#include "engine/ingest/files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace onrecord {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ostringstream content;
  if (path == kStandardInput) {
    content << std::cin.rdbuf();
    return std::move(content).str();
  }
  std::error_code error;
  const std::filesystem::file_status status =
      std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return absl::NotFoundError(absl::StrCat(path, ": no such file"));
  }
  if (std::filesystem::is_directory(status)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": is a directory, expected a file"));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return absl::InternalError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  if (file.peek() != std::ifstream::traits_type::eof()) {
    content << file.rdbuf();
  }
  if (file.bad() || content.bad()) {
    return absl::InternalError(absl::StrCat(path, ": cannot be read"));
  }
  return std::move(content).str();
}

absl::Status ForEachLine(
    absl::string_view path, absl::string_view content,
    const std::function<absl::Status(absl::string_view line)>& line) {
  size_t number = 0;
  while (!content.empty()) {
    ++number;
    const size_t end = content.find('\n');
    const absl::string_view text = content.substr(0, end);
    content.remove_prefix(end == absl::string_view::npos ? content.size()
                                                         : end + 1);
    if (absl::StripAsciiWhitespace(text).empty()) continue;
    if (absl::Status status = line(text); !status.ok()) {
      return absl::Status(status.code(), absl::StrCat(path, ":", number, ": ",
                                                      status.message()));
    }
  }
  return absl::OkStatus();
}

}  // namespace onrecord
