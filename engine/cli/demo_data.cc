#include "engine/cli/demo_data.h"

namespace onrecord {
namespace {

constexpr char kArticle[] =
#include "engine/cli/demo/article.inc"
    ;

constexpr char kCodebook[] =
#include "engine/cli/demo/codebook.inc"
    ;

}  // namespace

absl::string_view DemoArticle() { return kArticle; }

absl::string_view DemoPublished() { return "2025-04-26"; }

absl::string_view DemoCodebook() { return kCodebook; }

}  // namespace onrecord
