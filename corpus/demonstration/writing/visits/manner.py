"""How a visitor writes numbers, dates and the children whom they may not name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

DateStyle = Literal[
    "4 March 2026", "Wednesday 4 March 2026", "4th March 2026",
    "04/03/2026", "04 Mar 2026", "4.3.2026",
]  # fmt: skip

_WORDS: Final = "no one two three four five six seven eight nine ten".split()
NOUNS: Final = {
    "incidents": ("incident", "incidents"),
    "restraints": ("restraint", "restraints"),
    "missing_episodes": ("missing episode", "missing episodes"),
    "complaints": ("complaint", "complaints"),
    "notifications": ("notification", "notifications"),
    "staff_vacancies": ("staff vacancy", "staff vacancies"),
    "children_living_there": ("child", "children"),
}


def number(count: int, digits: bool) -> str:
    """A number as written before a noun: "no", "four", "14"; "0", "4" in digits."""
    return str(count) if digits or count >= len(_WORDS) else _WORDS[count]


def alone(count: int, digits: bool) -> str:
    """A number as written by itself: "none", "four", "14"; "0", "4" in digits."""
    return "none" if count == 0 and not digits else number(count, digits)


def counted(measure: str, count: int, digits: bool) -> str:
    """A number with its noun: "no incidents", "one incident", "4 incidents"."""
    one, many = NOUNS[measure]
    return f"{number(count, digits)} {one if count == 1 else many}"


def written(day: date, style: DateStyle) -> str:
    """A day in a visitor's style."""
    ordinal = {1: "st", 2: "nd", 3: "rd"}.get(
        day.day % 10 if day.day not in (11, 12, 13) else 0, "th"
    )
    forms: dict[DateStyle, str] = {
        "4 March 2026": f"{day.day} {day:%B %Y}",
        "Wednesday 4 March 2026": f"{day:%A} {day.day} {day:%B %Y}",
        "4th March 2026": f"{day.day}{ordinal} {day:%B %Y}",
        "04/03/2026": f"{day:%d/%m/%Y}",
        "04 Mar 2026": f"{day:%d %b %Y}",
        "4.3.2026": f"{day.day}.{day.month}.{day.year}",
    }
    return forms[style]


def joined(names: Sequence[str]) -> str:
    """Names in a sentence: "Child A, Child B and Child C"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
