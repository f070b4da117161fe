"""A Markdown parser that obeys nothing in an answer but its formatting.

Answers quote documents, so their text is not trusted. Links, images, references,
raw HTML and entities stay literal text; the one link there is leads from a marker
such as [1] to its source, and only where that source exists.
"""

from __future__ import annotations

import re
from collections.abc import Set

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_MARKER = re.compile(r"\[(\d{1,4})\]")
_SCHEME = "cite:"
_OFF = ["image", "link", "reference", "autolink", "html_block", "html_inline", "entity"]


def answer_parser(markers: Set[int]) -> MarkdownIt:
    """A parser that links the given markers and leaves every other one plain."""
    parser = MarkdownIt("commonmark", {"html": False})
    parser.enable(["table", "strikethrough"]).disable(_OFF)

    def cite(state: StateInline, silent: bool) -> bool:
        match = _MARKER.match(state.src, state.pos)
        if match is None or int(match[1]) not in markers:
            return False
        if not silent:
            _push_link(state, match)
        state.pos = match.end()
        return True

    parser.inline.ruler.push("cite", cite)
    return parser


def _push_link(state: StateInline, match: re.Match[str]) -> None:
    opened = state.push("link_open", "a", 1)
    opened.attrs = {"href": f"{_SCHEME}{int(match[1])}"}
    state.push("text", "", 0).content = match[0]
    state.push("link_close", "a", -1)


def marker_of(href: str) -> int | None:
    """The marker that a link leads to; None for any other address."""
    number = href.removeprefix(_SCHEME)
    return int(number) if href.startswith(_SCHEME) and number.isdecimal() else None
