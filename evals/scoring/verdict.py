"""What a scorer says of one answer: one layer, right or wrong, and which error."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from corpus.models import Frozen

Layer = Literal[
    "status",
    "tool_calls",
    "figures",
    "contains",
    "documents",
    "spans",
    "providers",
    "retrieval",
    "support",
]

LAYERS: Final[tuple[Layer, ...]] = (
    "status", "tool_calls", "figures", "contains", "documents", "spans", "providers",
    "retrieval", "support",
)  # fmt: skip
"""In the order in which they are told."""


class Verdict(Frozen):
    """One layer of one answer."""

    layer: Layer
    right: bool
    errors: tuple[str, ...] = ()
    """Kinds of error, such as "wrong_value near"; empty where it is right."""
    explanation: str = ""
    """What was wrong, in words."""
    measures: dict[str, float] = Field(default_factory=dict)
    """Further measures, such as precision and recall, 0 to 1."""


def verdict(layer: Layer, problems: list[tuple[str, str]]) -> Verdict:
    """Right where there are no problems; each is an error's kind and its words."""
    return Verdict(
        layer=layer,
        right=not problems,
        errors=tuple(kind for kind, _ in problems),
        explanation="; ".join(told for _, told in problems),
    )
