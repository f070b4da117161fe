"""Who is looking: the reader on whose behalf the data is read."""

from __future__ import annotations

from typing import Literal

from corpus.errors import UsageError
from corpus.models import Frozen


class Viewer(Frozen):
    """A council, a regional analyst, or an evaluator on a demonstration."""

    role: Literal["council", "region", "evaluator"] = "region"
    local_authority: str | None = None
    """The council's usual name; None for the other roles."""

    @classmethod
    def parse(cls, text: str) -> Viewer:
        """Read `council:NAME`, `region` or `evaluator`.

        Raises:
            UsageError: for anything else.
        """
        role, _, name = text.partition(":")
        if role == "council" and name.strip():
            return cls(role="council", local_authority=name.strip())
        if text == "region":
            return cls()
        if text == "evaluator":
            return cls(role="evaluator")
        raise UsageError(
            f"{text!r} is not a viewer.",
            "Use council:NAME, region or evaluator.",
        )

    def __str__(self) -> str:
        return f"council:{self.local_authority}" if self.local_authority else self.role
