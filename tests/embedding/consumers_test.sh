#!/usr/bin/env bash
# Programs outside the repository, built against nothing but what is installed: the README's program as the README says,
# with pkg-config and with CMake, shared and static, and the C API from C and from Python.
set -euo pipefail
repository=$PWD
export HOME=$TEST_TMPDIR/home
work=$TEST_TMPDIR/work
prefix=$HOME/onrecord
mkdir -p "$HOME" "$work"

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# block LANGUAGE: the first such block of the README's section on embedding.
block() {
  sed -n '/^## Embedding/,/^## [^E]/p' "$repository/README.md" | sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" |
    sed -e '/^```/,$!d' -e '1d' -e '/^```/,$d'
}

# `bazel run //:install -- PREFIX` of the README: runs what that runs.
bazel() {
  [[ $1 == run && $2 == //:install && $3 == -- ]] || fail "the README installs with: bazel $*"
  (cd "$repository" && engine/install/install.sh "$4")
}

expect() {
  [[ $2 == "$3" ]] || fail "$1 printed:
$2
and not:
$3"
}

shown=$(block text)
[[ -n $shown ]] || fail "the README does not show what the program prints"

# The README's way, from an empty directory.
cd "$work"
block c++ >positions.cc
lines=$(grep -c '[^[:space:]]' positions.cc)
((lines <= 20)) || fail "the README's program has $lines lines"
commands=$(block sh)
[[ $commands == *'bazel run //:install'* ]] || fail "the README does not install"
output=$(eval "$commands" | grep -v '^OnRecord .* is in ')
expect "the README's program" "$output" "$shown"

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
# shellcheck disable=SC2046
g++ positions.cc -o positions_static $(pkg-config --cflags --libs onrecord-static)
expect "the program with pkg-config, static" "$(./positions_static)" "$shown"
! ldd positions_static | grep -q libonrecord || fail "the static program needs libonrecord"

mkdir cmake && cp "$repository/tests/embedding/consumers/CMakeLists.txt" positions.cc cmake/
cmake -S cmake -B cmake/build -DCMAKE_PREFIX_PATH="$prefix" >cmake.log || { cat cmake.log; fail "cmake"; }
cmake --build cmake/build >>cmake.log 2>&1 || { cat cmake.log; fail "the build with CMake"; }
expect "the program with CMake" "$(cmake/build/positions)" "$shown"
expect "the program with CMake, static" "$(cmake/build/positions_static)" "$shown"

gcc -std=c99 -Wall -Wextra -Werror "$repository/tests/embedding/consumers/c_api.c" -o c_api \
  -I"$prefix/include/onrecord" -L"$prefix/lib" -Wl,-rpath,"$prefix/lib" -lonrecord
mkdir c python
./c_api c || fail "the C API from C"
/usr/bin/python3 "$repository/tests/embedding/consumers/c_api.py" "$prefix/lib/libonrecord.so" python ||
  fail "the C API from Python"

# Nothing is shown but OnRecord's own names.
others=$(nm -D --defined-only -C "$prefix/lib/libonrecord.so" | cut -d' ' -f3- | grep -vE 'onrecord' || true)
[[ -z $others ]] || fail "the shared library shows: $others"
