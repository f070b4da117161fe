"""Which of several figures plays which part, by the words that stand near it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeVar


class Span(Protocol):
    """Anything that stands somewhere in a text."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


SpanT = TypeVar("SpanT", bound=Span)

_SEPARATOR: Final = re.compile(
    r"[,;.?!](?=\s|$)|\b(?:vs?|versus|against|and|or|compared|than|but|with|then|if)\b",
    re.IGNORECASE,
)
_SEPARATED: Final = 25
"""Letters of distance that a separator between figure and word is worth."""
_BEHIND: Final = 2
"""Letters of distance added where the word follows: "spot £5,000" wins a tie."""
FARTHEST: Final = 90
"""Distance beyond which a word says nothing of a figure."""


def read_roles(
    text: str, figures: Sequence[SpanT], cues: Mapping[str, re.Pattern[str]]
) -> dict[str, SpanT]:
    """Roles with the figure nearest to their words; each plays one role at most.

    Nearest pairs come first. A word across a comma, "versus" or another figure is far;
    one in a group named `lead` counts only for a figure behind it ("to £1,100").
    """
    pairs = sorted(
        (
            (_distance(text, figure, cue.start(), cue.end(), figures), role, at)
            for role, pattern in cues.items()
            for cue in pattern.finditer(text)
            for at, figure in enumerate(figures)
            if not (cue.lastgroup == "lead" and figure.start < cue.start())
        ),
        key=lambda pair: pair[0],
    )
    given: dict[str, SpanT] = {}
    taken: set[int] = set()
    for distance, role, at in pairs:
        if distance <= FARTHEST and role not in given and at not in taken:
            given[role] = figures[at]
            taken.add(at)
    return given


def _distance(
    text: str, figure: Span, start: int, end: int, figures: Sequence[Span]
) -> int:
    if start < figure.end and figure.start < end:  # the word is a part of the figure
        return 0
    after = start >= figure.end
    low, high = (figure.end, start) if after else (end, figure.start)
    between = sum(low <= other.start < high for other in figures)
    separators = len(_SEPARATOR.findall(text[low:high]))
    return (high - low) + _SEPARATED * (separators + 2 * between) + _BEHIND * after
