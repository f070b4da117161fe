"""Reader of England's regions."""

from __future__ import annotations

import re

from corpus.geography import Gazetteer


def read_region(text: str, gazetteer: Gazetteer) -> str | None:
    """The region named, by its usual name; None where none is.

    A point of the compass needs its capital or the word region ("the South East",
    "south-east region"): "homes to the south east of Kent" names none.
    """
    for region in sorted({each.region for each in gazetteer.authorities}):
        words = region.split()
        body = r"[\s-]+".join(map(re.escape, words))
        named = re.search(rf"\b{body}\b(?!\s+of\s+(?!England))", text)
        loose = re.search(
            rf"\b(?:the\s+)?{body}(?:\s+(?:region|of\s+England))\b", text, re.I
        )
        within = re.search(
            rf"\b(?:in|across|for)\s+the\s+{body}\b(?!\s+of\b)", text, re.I
        )
        if (named or loose or within) and region != "London":
            return region
    return "London" if _means_london(text) else None


def _means_london(text: str) -> bool:
    """London as a region, not a place to be near to."""
    return bool(
        re.search(r"\b(?:across|all\s+of|whole\s+of)\s+London\b|\bLondon\s+(?:region"
                  r"|boroughs|authorities|councils)\b", text, re.IGNORECASE)
    )  # fmt: skip
