"""Published arithmetic beside our own: where both rest on the same figures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from math import isclose
from typing import Final

from corpus.models import Citation, Frozen
from tools.base import Arguments

_SAME: Final = 0.005
"""Arguments within this share of a published case's are taken for the same."""


class PublishedCheck(Frozen):
    """One figure that somebody printed, and what it was worked out from."""

    tool: str
    arguments: dict[str, float]
    without: tuple[str, ...] = ()
    """Arguments that it knows nothing of: given and not 0, it does not apply."""
    quantity: str
    """Which of the tool's figures it is."""
    printed: str
    """As it stands in the source."""
    value: float
    """The same in pounds, beds or years."""
    within: float
    """Half the last digit printed: a figure this near agrees."""
    publisher: str
    title: str
    published: date
    locator: str
    note: str
    """How the source comes to it, and anything that explains a difference."""


class PublishedComparison(Frozen):
    """A published figure beside ours."""

    printed: str
    printed_value: float
    ours: float
    agrees: bool
    source: str
    locator: str
    note: str

    @property
    def told(self) -> str:
        """The comparison in a sentence or two."""
        verdict = "the two agree" if self.agrees else "the two disagree"
        return (
            f"{self.source}, {self.locator}, prints {self.printed} for what is"
            f" {self.ours:,.0f} here: {verdict}. {self.note}"
        )

    @property
    def citation(self) -> Citation:
        """Where it was published."""
        return Citation(
            kind="dataset",
            title=f"Published figure {self.printed}: {self.source}",
            locator=self.locator,
            source="published_checks",
        )


@cache
def published_checks() -> tuple[PublishedCheck, ...]:
    """Every published figure that is checked."""
    text = files(__package__).joinpath("published_checks.toml").read_text("utf-8")
    rows = tomllib.loads(text)["figures"]
    return tuple(PublishedCheck.model_validate(row) for row in rows)


def published_comparisons(
    tool: str, arguments: Arguments, quantities: Mapping[str, float]
) -> tuple[PublishedComparison, ...]:
    """The published figures that rest on the arguments of a call.

    Args:
        tool: The tool's name.
        arguments: As the caller gave them.
        quantities: The tool's figures by the names that the published ones use.
    """
    given = arguments.model_dump(exclude_none=True)
    return tuple(
        PublishedComparison(
            printed=figure.printed,
            printed_value=figure.value,
            ours=quantities[figure.quantity],
            agrees=abs(quantities[figure.quantity] - figure.value) <= figure.within,
            source=f"{figure.publisher}, {figure.title} ({figure.published:%B %Y})",
            locator=figure.locator,
            note=figure.note,
        )
        for figure in published_checks()
        if figure.tool == tool and _applies(figure, given)
    )


def _applies(figure: PublishedCheck, given: Mapping[str, object]) -> bool:
    return not any(given.get(name) for name in figure.without) and all(
        isinstance(value := given.get(name), int | float)
        and isclose(value, expected, rel_tol=_SAME)
        for name, expected in figure.arguments.items()
    )
