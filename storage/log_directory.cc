#include "storage/log_directory.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "storage/env_files.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr char kIdentityName[] = "ONRECORD";
constexpr char kIdentityStart[] = "OnRecord event log, format ";
constexpr char kFormat[] = "1";

std::string WithoutSlash(absl::string_view dir) {
  while (dir.size() > 1 && absl::ConsumeSuffix(&dir, "/")) {
  }
  return std::string(dir);
}

absl::Status CannotUse(const LogPaths& paths, absl::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat(paths.dir, " cannot be used: ", why));
}

absl::Status CheckIdentity(leveldb::Env* env, const LogPaths& paths) {
  std::string line;
  const leveldb::Status status =
      leveldb::ReadFileToString(env, paths.identity, &line);
  if (!status.ok()) return CannotUse(paths, status.ToString());
  absl::string_view rest = line;
  if (!absl::ConsumePrefix(&rest, kIdentityStart)) {
    return absl::DataLossError(
        absl::StrCat(paths.identity, " is not what OnRecord writes"));
  }
  rest = absl::StripSuffix(rest, "\n");
  if (rest != kFormat) {
    return absl::UnimplementedError(
        absl::StrCat(paths.dir, " is a log of format ", rest,
                     "; this program knows format ", kFormat));
  }
  return absl::OkStatus();
}

absl::Status WriteIdentity(leveldb::Env* env, const LogPaths& paths) {
  const leveldb::Status status =
      ReplaceFile(env, paths.dir, kIdentityName,
                  absl::StrCat(kIdentityStart, kFormat, "\n"));
  if (!status.ok()) return CannotUse(paths, status.ToString());
  return absl::OkStatus();
}

}  // namespace

LogPaths::LogPaths(absl::string_view dir_name)
    : dir(WithoutSlash(dir_name)),
      identity(absl::StrCat(dir, "/", kIdentityName)),
      log(absl::StrCat(dir, "/log")),
      index(absl::StrCat(dir, "/index")),
      head(absl::StrCat(dir, "/HEAD")) {}

absl::Status PrepareLogDirectory(leveldb::Env* env, const LogPaths& paths,
                                 bool create_if_missing) {
  if (env->FileExists(paths.identity)) return CheckIdentity(env, paths);
  std::vector<std::string> children;
  const leveldb::Status status = env->GetChildren(paths.dir, &children);
  if (!status.ok() && !status.IsNotFound()) {
    return CannotUse(paths, status.ToString());
  }
  for (const std::string& child : children) {
    // The last two may be left of a creation that was cut short.
    if (child == "." || child == ".." || child == "MANIFEST-sync" ||
        child == absl::StrCat(kIdentityName, ".new")) {
      continue;
    }
    return absl::FailedPreconditionError(
        absl::StrCat(paths.dir, " is no OnRecord log: it holds ", child,
                     ", which OnRecord did not write"));
  }
  if (!create_if_missing) {
    return absl::NotFoundError(absl::StrCat("no log in ", paths.dir));
  }
  // It may exist; if it cannot be made, writing in it tells.
  env->CreateDir(paths.dir);
  return WriteIdentity(env, paths);
}

}  // namespace onrecord
