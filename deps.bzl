"""Makes the libraries that Debian packages install look like their upstream repositories.

Every library keeps its upstream label (`@com_google_absl//absl/status:statusor`), so the BUILD files would stay true if the
libraries came from their own repositories one day. Nothing is downloaded.
"""

_ABSL = {
    "absl/algorithm": {"container": "absl_algorithm_container"},
    "absl/base": {"core_headers": "absl_core_headers"},
    "absl/cleanup": {"cleanup": "absl_cleanup"},
    "absl/container": {
        "btree": "absl_btree",
        "flat_hash_map": "absl_flat_hash_map",
        "flat_hash_set": "absl_flat_hash_set",
        "inlined_vector": "absl_inlined_vector",
        "node_hash_map": "absl_node_hash_map",
    },
    "absl/functional": {"function_ref": "absl_base"},
    "absl/hash": {"hash": "absl_hash"},
    "absl/memory": {"memory": "absl_memory"},
    "absl/random": {"random": "absl_random_random"},
    "absl/status": {"status": "absl_status", "statusor": "absl_statusor"},
    "absl/strings": {"cord": "absl_cord", "str_format": "absl_str_format", "strings": "absl_strings"},
    "absl/time": {"time": "absl_time"},
    "absl/types": {"optional": "absl_base", "span": "absl_span", "variant": "absl_variant"},
}

# name: (targets, what to link). A target named "x" of repository "r" is @r//:x.
_LIBRARIES = {
    "com_github_cliutils_cli11": {"cli11": []},
    "com_github_facebook_rocksdb": {"rocksdb": ["-lrocksdb"]},
    "com_github_google_benchmark": {"benchmark": ["-lbenchmark"]},
    "com_github_google_leveldb": {"leveldb": ["-lleveldb"]},
    "com_github_lmdb": {"lmdb": ["-llmdb"]},
    "com_github_yhirose_cpp_httplib": {"httplib": ["-lcpp-httplib", "-lssl", "-lcrypto"]},
    "com_google_googletest": {
        "gtest": ["-lgmock", "-lgtest"],
        "gtest_main": ["-lgmock_main", "-lgmock", "-lgtest"],
    },
    "com_google_protobuf": {"protobuf": ["-lprotobuf"]},
    "com_github_cyan4973_xxhash": {"xxhash": ["-lxxhash"]},
    "icu": {"icuuc": ["-licuuc"]},
    "org_gnome_libxml2": {"libxml2": ["-lxml2"]},
    "openssl": {"crypto": ["-lcrypto"]},
    "org_sqlite": {"sqlite3": ["-lsqlite3"]},
}

# Of libraries whose headers are not in /usr/include itself: the folder that
# their includes begin with, and where it is.
_HEADERS = {
    "org_gnome_libxml2": ("libxml", "/usr/include/libxml2/libxml"),
}

# What a library was built with that its headers must be read with.
_DEFINES = {
    "com_github_yhirose_cpp_httplib": ["CPPHTTPLIB_OPENSSL_SUPPORT"],
}

_TARGET = """
cc_library(
    name = "{name}",
    defines = {defines},
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
)
"""

_TARGET_WITH_HEADERS = """
cc_library(
    name = "{name}",
    hdrs = glob(["*/*.h"]),
    includes = ["."],
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
)
"""

def _link_flags(ctx, module):
    result = ctx.execute(["pkg-config", "--libs", module])
    if result.return_code != 0:
        fail("pkg-config does not know {}: install the packages that .ci/packages.txt lists".format(module))
    return [flag for flag in result.stdout.strip().split(" ") if flag]

def _abseil_impl(ctx):
    ctx.file("WORKSPACE", "")
    for package, targets in _ABSL.items():
        build = ""
        for name, module in targets.items():
            build += _TARGET.format(name = name, defines = [], linkopts = _link_flags(ctx, module))
        ctx.file(package + "/BUILD.bazel", build)

_abseil = repository_rule(
    implementation = _abseil_impl,
    configure = True,
    local = True,
)

def _system_library_impl(ctx):
    ctx.file("WORKSPACE", "")
    target = _TARGET
    if ctx.attr.headers:
        ctx.symlink(ctx.attr.headers[1], ctx.attr.headers[0])
        target = _TARGET_WITH_HEADERS
    build = ""
    for name, linkopts in ctx.attr.targets.items():
        build += target.format(name = name, defines = ctx.attr.defines, linkopts = linkopts)
    ctx.file("BUILD.bazel", build)

_system_library = repository_rule(
    implementation = _system_library_impl,
    attrs = {
        "defines": attr.string_list(),
        "headers": attr.string_list(),
        "targets": attr.string_list_dict(mandatory = True),
    },
    local = True,
)

# Files of a package that are no library, under the names that targets use.
def _system_files_impl(ctx):
    ctx.file("WORKSPACE", "")
    for path, name in ctx.attr.files.items():
        ctx.symlink(path, name)
    ctx.file("BUILD.bazel", "exports_files({})".format(ctx.attr.files.values()))

_system_files = repository_rule(
    implementation = _system_files_impl,
    attrs = {"files": attr.string_dict(mandatory = True)},
    local = True,
)

# PostgreSQL's library is used where it is installed: `defs.bzl` says whether.
def _postgresql_impl(ctx):
    ctx.file("WORKSPACE", "")
    found = ctx.path("/usr/include/postgresql/libpq-fe.h").exists
    ctx.file("defs.bzl", "HAVE_LIBPQ = {}\n".format(found))
    ctx.file("BUILD.bazel", _TARGET.format(
        name = "pq",
        defines = [],
        linkopts = ["-lpq"] if found else [],
    ))

_postgresql = repository_rule(
    implementation = _postgresql_impl,
    configure = True,
    local = True,
)

# What Bazel 4.2's own tools load. Debian's packages of these rules do not load
# under it, so they are defined here, as far as native C++ rules need them.
def _bazel_tool_impl(ctx):
    ctx.file("WORKSPACE", "")
    for path, content in ctx.attr.files.items():
        ctx.file(path, content)

_bazel_tool = repository_rule(
    implementation = _bazel_tool_impl,
    attrs = {"files": attr.string_dict(mandatory = True)},
    local = True,
)

_RULES_CC = """
def cc_binary(**kwargs):
    native.cc_binary(**kwargs)

def cc_import(**kwargs):
    native.cc_import(**kwargs)

def cc_library(**kwargs):
    native.cc_library(**kwargs)

def cc_test(**kwargs):
    native.cc_test(**kwargs)

def cc_proto_library(**kwargs):
    native.cc_proto_library(**kwargs)

def cc_toolchain(**kwargs):
    native.cc_toolchain(**kwargs)

def cc_toolchain_suite(**kwargs):
    native.cc_toolchain_suite(**kwargs)

def objc_library(**kwargs):
    native.objc_library(**kwargs)
"""

_COVERAGE = """
sh_binary(
    name = "coverage_report_generator",
    srcs = ["generate.sh"],
    visibility = ["//visibility:public"],
)
"""

def onrecord_dependencies():
    """Defines every external repository that the project and Bazel's tools name."""
    _abseil(name = "com_google_absl")
    for name, targets in _LIBRARIES.items():
        _system_library(
            name = name,
            defines = _DEFINES.get(name, []),
            headers = _HEADERS.get(name, ()),
            targets = targets,
        )
    _system_files(
        name = "d3",
        files = {
            "/usr/share/doc/node-d3/copyright": "copyright",
            "/usr/share/nodejs/d3/dist/d3.min.js": "d3.min.js",
        },
    )
    _postgresql(name = "org_postgresql")
    _bazel_tool(
        name = "rules_cc",
        files = {"BUILD.bazel": "", "cc/BUILD.bazel": "", "cc/defs.bzl": _RULES_CC},
    )
    native.local_repository(
        name = "rules_java",
        path = "/usr/share/bazel/rules/java",
    )
    _bazel_tool(
        name = "remote_coverage_tools",
        files = {"BUILD.bazel": _COVERAGE, "generate.sh": "#!/bin/sh\nexit 1\n"},
    )
