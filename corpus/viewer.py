"""Who is looking: the reader on whose behalf the data is read."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from corpus.errors import UsageError
from corpus.models import Frozen
from corpus.text import clean_text, comparable_name


class Viewer(Frozen):
    """A council, a regional analyst, or an evaluator on a demonstration."""

    role: Literal["council", "region", "evaluator"] = "region"
    local_authority: str | None = None
    """The council's usual name; None for the other roles."""

    @model_validator(mode="after")
    def _only_a_council_is_named(self) -> Viewer:
        if (self.role == "council") != bool(self.local_authority):
            raise ValueError("a council has a name, and no other viewer has one")
        return self

    @classmethod
    def parse(cls, text: str) -> Viewer:
        """Read `council:NAME`, `region` or `evaluator`.

        Raises:
            UsageError: for anything else.
        """
        role, _, name = clean_text(text).partition(":")
        if role == "council" and comparable_name(name):
            return cls(role="council", local_authority=" ".join(name.split()))
        if text == "region":
            return cls()
        if text == "evaluator":
            return cls(role="evaluator")
        raise UsageError(
            f"{text!r} is not a viewer.",
            "Use council:NAME, region or evaluator.",
        )

    def owns(self, local_authority: str) -> bool:
        """Whether that authority's rows are this viewer's own.

        Names are compared as `comparable_name` makes them: '&' is 'and', and case and
        punctuation do not count.
        """
        own = self.local_authority
        return own is not None and (
            comparable_name(own) == comparable_name(local_authority)
        )

    def __str__(self) -> str:
        return f"council:{self.local_authority}" if self.local_authority else self.role
