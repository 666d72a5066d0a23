#!/usr/bin/env bash
# Installs OnRecord for programs outside this repository: bazel run //:install -- PREFIX
set -euo pipefail
if (($# != 1)); then
  echo "usage: bazel run //:install -- PREFIX" >&2
  exit 2
fi
[[ $1 == /* ]] && prefix=$1 || prefix=${BUILD_WORKING_DIRECTORY:-$PWD}/$1
# Under `bazel run` and in tests the working directory is the root of the built files.
here=engine/install
abi=$(sed -n 's/^#define ONRECORD_ABI_VERSION //p' engine/capi/onrecord.h)
version=$(sed -n 's/.*kVersion\[\] = "\(.*\)";/\1/p' engine/version.h)
libs=$(<$here/onrecord.libs)
include=$prefix/include/onrecord
public="absl_core_headers absl_span absl_status absl_statusor absl_strings absl_time protobuf"

# header FILE: installs a header and those of this repository that it includes.
declare -A installed
header() {
  [[ -z ${installed[$1]:-} ]] || return 0
  installed[$1]=1
  install -D -m 644 "$1" "$include/$1"
  local included
  while read -r included; do
    header "$included"
  done < <(sed -nE 's/^#include "((engine|storage|proto)\/[^"]+)".*/\1/p' "$1")
}

# fill FROM TO: a template.
fill() {
  mkdir -p "$(dirname "$2")"
  sed -e "s|@PREFIX@|$prefix|g" -e "s|@VERSION@|$version|g" -e "s|@ABI@|$abi|g" -e "s|@LIBS@|$libs|g" \
    -e "s|@PUBLIC_MODULES@|$public|g" -e "s|@CMAKE_LIBS@|${libs// /;}|g" "$1" >"$2"
}

while read -r path; do
  header "$path"
done <$here/public_headers.txt
for proto in proto/*.proto; do
  install -D -m 644 "$proto" "$include/$proto"
done
install -D -m 644 $here/libonrecord.a "$prefix/lib/libonrecord.a"
install -D -m 755 "$here/libonrecord.so.$abi" "$prefix/lib/libonrecord.so.$abi"
ln -sf "libonrecord.so.$abi" "$prefix/lib/libonrecord.so"
fill $here/onrecord.pc.in "$prefix/lib/pkgconfig/onrecord.pc"
fill $here/onrecord-static.pc.in "$prefix/lib/pkgconfig/onrecord-static.pc"
fill $here/OnRecordConfig.cmake.in "$prefix/lib/cmake/OnRecord/OnRecordConfig.cmake"
fill $here/OnRecordConfigVersion.cmake.in "$prefix/lib/cmake/OnRecord/OnRecordConfigVersion.cmake"

# A workspace for Bazel's local_repository, with what Bazel's own tools need without a network.
bazel=$prefix/lib/onrecord/bazel
mkdir -p "$bazel"
echo 'workspace(name = "onrecord")' >"$bazel/WORKSPACE"
install -m 644 $here/consumer.BUILD "$bazel/BUILD.bazel"
install -m 644 deps.bzl "$bazel/deps.bzl"
{
  echo '"""What libonrecord.a needs beside it."""'
  printf 'LIBS = ['
  printf '"%s", ' $libs
  echo '"-pthread"]'
} >"$bazel/libs.bzl"
ln -sfn ../../../include/onrecord "$bazel/include"
mkdir -p "$bazel/lib"
ln -sf ../../../libonrecord.a "$bazel/lib/libonrecord.a"
echo "OnRecord $version is in $prefix"
