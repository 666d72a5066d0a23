#include "engine/cli/save_page.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "engine/report/page.h"
#include "engine/report/page_data.h"
#include "proto/page.pb.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status CannotWrite(const std::string& path) {
  return absl::InternalError(absl::StrCat("`--output`: cannot write ", path,
                                          ": ", std::strerror(errno)));
}

}  // namespace

absl::Status SavePage(Timeline& timeline, const PositionQuery& query,
                      const std::string& path, std::ostream& out) {
  ONRECORD_ASSIGN_OR_RETURN(const PageData data,
                            MakePageData(timeline, query, {}));
  const std::string unfinished = absl::StrCat(path, ".part");
  std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
  if (!file) return CannotWrite(path);
  WritePage(data, file);
  file.close();
  if (!file || std::rename(unfinished.c_str(), path.c_str()) != 0) {
    const absl::Status status = CannotWrite(path);
    std::remove(unfinished.c_str());
    return status;
  }
  out << path << ": " << data.statements_size() << " statements of "
      << data.actors_size() << " actors on " << data.topics_size()
      << " topics\n";
  return absl::OkStatus();
}

}  // namespace onrecord
