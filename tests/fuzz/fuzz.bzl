"""Fuzz targets."""

def fuzz_target(name, deps):
    """Defines a libFuzzer binary `name` and a test `name`_test over its corpus.

    bazel build --config=fuzz //tests/fuzz:NAME makes the binary; run it with a
    copy of the corpus and -max_total_time=600. Without the config it is the
    corpus runner.

    Args:
      name: the source is NAME.cc, the corpus corpus/NAME without "_fuzz".
      deps: libraries under test.
    """
    corpus = "corpus/" + name[:-len("_fuzz")]
    native.cc_library(
        name = name + "_lib",
        testonly = True,
        srcs = [name + ".cc"],
        deps = deps + [":fuzz_target"],
        alwayslink = True,
    )
    native.cc_binary(
        name = name,
        testonly = True,
        srcs = select({
            ":with_libfuzzer": [],
            "//conditions:default": ["corpus_runner.cc"],
        }),
        linkopts = select({
            ":with_libfuzzer": ["-fsanitize=fuzzer"],
            "//conditions:default": [],
        }),
        tags = ["manual"],
        deps = [":" + name + "_lib", ":fuzz_target"],
    )
    native.cc_test(
        name = name + "_test",
        size = "small",
        srcs = ["corpus_runner.cc"],
        args = ["tests/fuzz/" + corpus],
        data = native.glob([corpus + "/*"]),
        deps = [":" + name + "_lib", ":fuzz_target"],
    )
