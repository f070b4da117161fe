"""Placement types as kinds of care, in the words of a sentence about children."""

from __future__ import annotations

from typing import Final

from corpus import vocabulary
from corpus.disclosure.bands import NOT_RECORDED

_CARE: Final = {
    "fostering": "foster care",
    NOT_RECORDED: "no provider sought",
}
"""Where the vocabulary's word is that of a setting or is missing. A placement has no
type where no provider is sought: with parents, placed for adoption, in custody."""


def kind_of_care(placement_type: str) -> str:
    """A placement type in words: "foster care", "children's home"."""
    if placement_type in _CARE:
        return _CARE[placement_type]
    return vocabulary.placement_types().label(placement_type)
