"""The examples in headers' comments and in documents, as files to include in a test."""

# Three or more columns behind the slashes of a C++ comment, five or more columns in the comment that a C header begins
# with, is an example. "…" stands for what a reader would put there.
_AWK = r"""
  { example = header ~ /capi/ ? /^     / : /^ *\/\/   / }
  example { if (!inside) ++n; if (n == wanted) { sub(/^ *\/\//, ""); print } }
  { inside = example || (inside && /^ *(\/\/)? *$$/) }
"""

def header_example(name, header, number = 1, gap = "(void)0"):
    """Defines `name`.inc: the example with this number, from 1, in `header`, with `gap` for each "…"."""
    native.genrule(
        name = name,
        srcs = [header],
        outs = [name + ".inc"],
        cmd = "awk -v wanted={} -v header=$< '{}' $< | sed 's/…/{}/' > $@ && test -s $@".format(number, _AWK, gap),
    )

def document_example(name, document, number):
    """Defines `name`.inc: the block of C++ with this number, from 1, in the Markdown of `document`."""
    native.genrule(
        name = name,
        srcs = [document],
        outs = [name + ".inc"],
        cmd = "awk '/^```/ {{ inside = /^```c[+][+]/; if (inside) ++n; next }} inside && n == {}' $< > $@ && test -s $@".format(number),
    )
