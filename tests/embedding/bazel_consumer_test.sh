#!/usr/bin/env bash
# A Bazel workspace outside the repository with OnRecord as a local_repository, built against nothing but what is
# installed, without a network.
set -euo pipefail
repository=$PWD
prefix=$TEST_TMPDIR/prefix
work=$TEST_TMPDIR/work
mkdir -p "$work"
engine/install/install.sh "$prefix"
sed "s|@PREFIX@|$prefix|" tests/embedding/consumers/bazel/WORKSPACE.consumer >"$work/WORKSPACE"
cp tests/embedding/consumers/bazel/BUILD.consumer "$work/BUILD.bazel"
sed -n '/^```c++$/,/^```$/p' README.md | sed '/^```/d' >"$work/positions.cc"
cd "$work"
bazel=(bazel --nohome_rc --output_user_root="$TEST_TMPDIR/bazel" --batch)
"${bazel[@]}" build --cxxopt=-std=c++17 --nosandbox_debug --noshow_progress //:positions
shown=$(sed -n '/^```c++$/,$p' "$repository/README.md" | sed -n '/^```text$/,/^```$/p' | sed -e '1d' -e '/^```/,$d')
printed=$(bazel-bin/positions)
[[ $printed == "$shown" ]] || { echo "printed: $printed"; exit 1; }
