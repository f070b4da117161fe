"""Assumptions of the cost models: each named, dated, with its source."""

from __future__ import annotations

from datetime import date
from typing import Final

from corpus.models import Frozen

OUR_ASSUMPTION: Final = "our assumption"
"""Source of a value for which no published one was found."""

WEEKS_A_YEAR: Final = 365 / 7
"""52.14: the contract's year, unless a question says otherwise."""


class Assumption(Frozen):
    """One value that a model's answer rests on."""

    name: str
    """In words, such as "employer's on-costs"; unique within a model."""
    value: float
    unit: str
    """Such as "£ an hour", "share of pay", "hours a week"."""
    source: str
    """Publisher, title and date; or `OUR_ASSUMPTION`."""
    as_at: date | None = None
    """Day to which the value speaks; None where it has none, such as a week's hours."""
    argument: str | None = None
    """The tool's argument that overrides it; None where none does."""
    given: bool = False
    """Whether the caller stated it."""

    @property
    def told(self) -> str:
        """The assumption in one phrase: name, value, unit, and where it is from."""
        origin = "as asked" if self.given else self.source
        if self.as_at and not self.given:
            origin += f", {self.as_at:%B %Y}"
        return f"{self.name} {self._amount} ({origin})"

    @property
    def _amount(self) -> str:
        """The value with its unit: "£6,480 a week", "1 bed", "0.85 of beds filled"."""
        value = f"{self.value:,.4f}".rstrip("0").rstrip(".")
        if self.unit.startswith("£"):
            return f"£{value}{self.unit[1:]}"
        one = self.value == 1 and self.unit in ("beds", "years")
        return f"{value} {self.unit[:-1] if one else self.unit}"

    def stated(self, value: float | None) -> Assumption:
        """The same assumption with the caller's value; unchanged for None."""
        if value is None:
            return self
        return self.model_copy(update={"value": value, "given": True})
