"""C++ code of protocol buffer messages, made by Debian's protoc."""

def onrecord_cc_proto(name, src, deps = []):
    """Defines a cc_library `name` with the messages of `src`.

    Args:
      name: the library, by convention `<file>_cc_proto`.
      src: a .proto file of this package.
      deps: libraries of this kind whose files `src` imports.
    """
    base = src[:-len(".proto")]
    native.filegroup(
        name = name + "_sources",
        srcs = [src] + [dep + "_sources" for dep in deps],
    )
    native.genrule(
        name = name + "_generate",
        srcs = [":" + name + "_sources"],
        outs = [base + ".pb.h", base + ".pb.cc"],
        cmd = "protoc --proto_path=. --cpp_out=$(GENDIR) {}/{}".format(native.package_name(), src),
        message = "Generating C++ from {}".format(src),
    )
    native.cc_library(
        name = name,
        srcs = [base + ".pb.cc"],
        hdrs = [base + ".pb.h"],
        deps = deps + ["@com_google_protobuf//:protobuf"],
    )
