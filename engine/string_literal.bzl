"""Files that programs hold as strings."""

def string_literal(name, src, out):
    """Makes `out`, a C++ string literal of all that is in the file `src`."""
    native.genrule(
        name = name,
        srcs = [src],
        outs = [out],
        cmd = "(printf '%s' 'R\"onrecord('; cat $<; printf '%s' ')onrecord\"') > $@",
    )
