"""Reader of shares: percentages, fractions in words, and decimals that say so."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.reading import NUMBER, whole_number
from corpus.models import Frozen

_FRACTIONS: Final = {
    "three quarters": 0.75, "three-quarters": 0.75, "two thirds": 0.667,
    "two-thirds": 0.667, "a third": 0.333, "one third": 0.333, "a quarter": 0.25,
    "one quarter": 0.25, "a half": 0.5, "one half": 0.5, "half": 0.5, "a fifth": 0.2,
}  # fmt: skip
_PARTS: Final = {
    "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_SHARE: Final = re.compile(
    r"(?<![\d.,£/])(?P<percent>\d+(?:\.\d+)?)\s*(?:%|per\s*cent\b|percent\b|pc\b)"
    rf"|\b(?P<words>{NUMBER})\s+per\s*cent\b"
    r"|(?<![\d.,£/])(?P<decimal>[01]?\.\d+|[01]\.0)(?![\d.])"
    r"(?!\s*(?:k|m|miles?|km|million|hours?|hrs?|fte|years?)\b)"
    r"|\b(?P<even>50\s*[/:–-]\s*50)\b"
    r"|\b(?:up|at|occupancy|bear|carry|about|say|only|share)\s+(?P<over>[1-9])/(?P<under>[2-9]|10)"
    r"(?![\d/])"
    rf"|\b(?P<part>{NUMBER})\s+(?:(?:beds?|places?|child(?:ren)?|kids)\s+)?(?:in|out\s+of)\s+"
    rf"(?:every\s+)?(?P<whole>{NUMBER})\b(?!\s*(?:miles?|years?|yrs?|months?|weeks?|days?"
    r"|hours?|homes|[/:.,]?\d))"
    rf"|\b(?P<times>{NUMBER})[\s-](?P<each>thirds|quarters|fifths|sixths|sevenths|eighths"
    r"|ninths|tenths)\b|\ba(?:n)?\s+(?P<one>sixth|seventh|eighth|ninth|tenth)\b"
    r"|(?:(?:of|at|is|:|with)\s+(?P<nil>zero|nil|nought|nothing)\b"
    r"|\b(?P<no>zero|nil|no)(?=\s+(?:profit|margin|uplift|inflation|growth|indexation)\b))"
    rf"|\b(?P<fraction>{'|'.join(_FRACTIONS)})\b"
    r"(?!\s*(?:a\s+(?:million|dozen|bed)|price|term|year|hour|way))",
    re.IGNORECASE,
)


class Share(Frozen):
    """A share and the span that states it."""

    start: int
    end: int
    value: float
    """A fraction; over 1 where more than all is said."""
    percent: bool
    """Whether it is written as a percentage."""


def read_shares(text: str) -> tuple[Share, ...]:
    """Every share, in text order: 85%, 85 per cent, 0.85, three quarters."""
    return tuple(_share(match) for match in _SHARE.finditer(text) if _is_part(match))


def _is_part(match: re.Match[str]) -> bool:
    """Of "one in five" that there are fewer than all; True of other ways."""
    if not match["part"]:
        return True
    return 0 < whole_number(match["part"]) < whole_number(match["whole"])


def _share(match: re.Match[str]) -> Share:
    if match["percent"] or match["words"]:
        number = float(match["percent"] or whole_number(match["words"]))
        value = round(number / 100, 6)
    elif match["part"]:
        value = round(whole_number(match["part"]) / whole_number(match["whole"]), 6)
    elif match["times"] or match["one"]:
        whole = _PARTS[(match["each"] or match["one"]).removesuffix("s")]
        value = round(whole_number(match["times"] or "1") / whole, 3)
    elif match["nil"] or match["no"]:
        value = 0.0
    elif match["even"]:
        value = 0.5
    elif match["over"]:
        value = round(int(match["over"]) / int(match["under"]), 4)
    elif match["decimal"]:
        value = float(match["decimal"])
    else:
        value = _FRACTIONS[match["fraction"].casefold()]
    percent = bool(match["percent"] or match["words"])
    return Share(start=match.start(), end=match.end(), value=value, percent=percent)
