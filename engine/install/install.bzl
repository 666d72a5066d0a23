"""What is installed for programs that are not built with Bazel: headers, one static and one shared library."""

def _public_headers_impl(ctx):
    headers = depset(transitive = [dep[CcInfo].compilation_context.headers for dep in ctx.attr.deps])
    return [DefaultInfo(files = headers)]

# Every header that the libraries in `deps` and those under them have; the script that installs picks the public ones.
public_headers = rule(
    implementation = _public_headers_impl,
    attrs = {"deps": attr.label_list(providers = [CcInfo])},
)

def _objects(deps, kinds):
    """The object files of this repository that `deps` need, each once, of the first of `kinds` that a library has."""
    objects = {}
    for dep in deps:
        for linker_input in dep[CcInfo].linking_context.linker_inputs.to_list():
            for library in linker_input.libraries:
                for kind in kinds:
                    if getattr(library, kind):
                        objects.update([(o, True) for o in getattr(library, kind)])
                        break
    return objects.keys()

def _merge(ctx, name, objects):
    archive = ctx.actions.declare_file(name)
    arguments = ctx.actions.args()
    arguments.add(archive)
    arguments.add_all(objects)
    ctx.actions.run_shell(
        outputs = [archive],
        inputs = objects,
        # `q`: files of one name in different folders are all kept.
        command = 'rm -f "$1" && ar qcsD "$@"',
        arguments = [arguments],
        use_default_shell_env = True,
        mnemonic = "MergeArchive",
    )
    return archive

def _system_libraries(deps):
    """The -l flags of libraries outside the repository, each once, those first that need others behind them."""
    flags = []
    for dep in deps:
        for linker_input in dep[CcInfo].linking_context.linker_inputs.to_list():
            flags.extend([flag for flag in linker_input.user_link_flags if flag.startswith("-l")])
    seen = {}
    last_first = []
    for flag in reversed(flags):
        if flag not in seen:
            seen[flag] = True
            last_first.append(flag)
    return reversed(last_first)

def _static_library_impl(ctx):
    archive = _merge(
        ctx,
        "lib{}.a".format(ctx.attr.library),
        _objects(ctx.attr.deps, ["objects", "pic_objects"]),
    )
    flags = ctx.actions.declare_file("{}.libs".format(ctx.attr.library))
    ctx.actions.write(flags, " ".join(_system_libraries(ctx.attr.deps)) + "\n")
    return [DefaultInfo(files = depset([archive, flags]))]

# lib<library>.a with everything of this repository that `deps` need, and <library>.libs: the flags for what they need
# beside it.
static_library = rule(
    implementation = _static_library_impl,
    attrs = {
        "deps": attr.label_list(providers = [CcInfo]),
        "library": attr.string(mandatory = True),
    },
)

def _shared_library_impl(ctx):
    archive = _merge(
        ctx,
        "lib{}_pic.a".format(ctx.attr.library),
        _objects(ctx.attr.deps, ["pic_objects", "objects"]),
    )
    shared = ctx.actions.declare_file("lib{}.so.{}".format(ctx.attr.library, ctx.attr.abi))
    ctx.actions.run_shell(
        outputs = [shared],
        inputs = [archive, ctx.file.exports],
        command = ("g++ -shared -o {so} -Wl,-soname,{name} -Wl,--version-script={exports} -Wl,-z,defs -Wl,--as-needed " +
                   "-Wl,--whole-archive {a} -Wl,--no-whole-archive {libs} -pthread").format(
            so = shared.path,
            name = shared.basename,
            exports = ctx.file.exports.path,
            a = archive.path,
            libs = " ".join(_system_libraries(ctx.attr.deps)),
        ),
        use_default_shell_env = True,
        mnemonic = "LinkShared",
    )
    return [DefaultInfo(files = depset([shared]))]

# lib<library>.so.<abi> with the same, showing what `exports`, a version script, names. Everything is compiled once more
# for it, position-independent.
shared_library = rule(
    implementation = _shared_library_impl,
    attrs = {
        "abi": attr.int(mandatory = True),
        "deps": attr.label_list(providers = [CcInfo]),
        "exports": attr.label(allow_single_file = True, mandatory = True),
        "library": attr.string(mandatory = True),
    },
)
