"""Cells as people type them: blanks, numbers, ages, yes and no, closed choices.

Every parser takes the text of one cell and gives a `Reading`, or raises `Unreadable`:
nothing is guessed. Siblings: `dates`, `money` and `terms` (the field's own words).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from corpus.text import comparable_name

T = TypeVar("T")

OLDEST: Final = 25
"""Oldest age of a child or care leaver, in whole years."""
METRES_A_MILE: Final = 1609.344
"""Metres in an international mile."""

_BLANKS: Final = frozenset(
    "|na|n a|nk|n k|tbc|tba|none|nil|null|nan|blank|unknown|not known|not yet known"
    "|not recorded|not stated|not applicable|not available|not specified"
    "|not yet established|to be confirmed|to be advised|redacted|no data".split("|")
)
_YES: Final = frozenset(["y", "yes", "true", "t"])
_NO: Final = frozenset(["n", "no", "false", "f"])
_TICKS: Final = {"x": True, "1": True, "✓": True, "✔": True, "☑": True}
_CROSSES: Final = {"0": False, "✗": False, "✘": False, "☐": False}
_NUMBER: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:[, ][0-9]{3}){1,4}|[0-9]{1,12})(?P<part>\.[0-9]{1,12})?"
)
_AGE: Final = re.compile(
    r"(?:aged?\s*:?\s*)?(?P<years>[0-9]{1,2})(?P<part>\.[0-9]+)?"
    r"\s*-?\s*(?P<unit>y(?:\.|r|rs|ear|ears)?\.?(?:\s*-?\s*o(?:\.?|ld))?)?"
    r"(?:,?\s*(?:and\s*)?[0-9]{1,2}\s*m(?:o|ths?|onths?)?)?",
    re.I,
)
_INFANT: Final = re.compile(
    r"(?:[0-9]{1,2}\s*(?:weeks?|wks?|w|months?|mths?|m|days?)(?:\s*old)?"
    r"|(?:under|<)\s*1(?:\s*year)?)",
    re.I,
)
_AGES: Final = re.compile(
    r"(?:ages?d?\s*:?\s*)?([0-9]{1,2})\s*(?:-|–|—|to|and)\s*([0-9]{1,2})"
    r"\s*(?:y(?:rs?|ears?)?)?(?:\s*old)?",
    re.I,
)
_MONTH_WORD: Final = re.compile(
    r"[0-9]{1,2}[-\s/](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.I
)
_DISTANCE: Final = re.compile(
    r"(?P<number>[0-9][0-9, .]*?)\s*(?P<unit>m|mi|miles?|k|kms?|kilometres?)?\.?", re.I
)


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What a cell says."""

    value: T | None
    """None where the cell is blank, or says that it is not known."""
    note: str = ""
    """How it was mended on the way; empty where it was plain."""


class Unreadable(ValueError):
    """A cell that means nothing here: why, and what would mend it."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(f"{why}; {remedy}")
        self.why = why
        self.remedy = remedy


def is_blank(text: str) -> bool:
    """Whether a cell is empty or says only that nothing is known: "N/A", "-", "TBC".

    A code list may use one of these words; look there first.
    """
    return comparable_name(text) in _BLANKS and not set(text) & set("£✓✔☑✗✘☐<>")


def read_number(text: str) -> Reading[float]:
    """A number from 0 up: "1,234.5", "12 345".

    Raises:
        Unreadable: for anything else, a negative number too.
    """
    stripped = text.strip()
    if is_blank(stripped):
        return Reading(None)
    match = _NUMBER.fullmatch(stripped)
    if match is None:
        raise Unreadable(_why_no_number(stripped), "write digits alone, such as 12.5")
    value = float(re.sub("[, ]", "", match["whole"]) + (match["part"] or ""))
    grouped = not match["whole"].isdigit()
    return Reading(value, "separators of thousands removed" if grouped else "")


def _why_no_number(text: str) -> str:
    negative = re.fullmatch(r"[-−(]\s*£?\s*[0-9].*", text)
    return "it is below 0" if negative else "it is not a number"


def read_whole(text: str) -> Reading[int]:
    """A whole number from 0 up; "3.0" is 3.

    Raises:
        Unreadable: for anything else.
    """
    reading = read_number(text)
    if reading.value is None:
        return Reading(None)
    if reading.value != int(reading.value):
        raise Unreadable("it is not a whole number", "write a whole number")
    note = "decimals of 0 removed" if "." in text else reading.note
    return Reading(int(reading.value), note)


def read_distance(text: str) -> Reading[float]:
    """Miles, or kilometres where the cell says so.

    Raises:
        Unreadable: for anything else.
    """
    if is_blank(text):
        return Reading(None)
    match = _DISTANCE.fullmatch(text.strip())
    if match is None:
        raise Unreadable("it is not a distance", "write miles as a number")
    miles = read_number(match["number"].strip()).value
    unit = (match["unit"] or "").casefold()
    if miles is None or not unit.startswith("k"):
        return Reading(miles, "unit removed" if unit else "")
    return Reading(round(miles * 1000 / METRES_A_MILE, 2), "kilometres made miles")


def read_age(text: str) -> Reading[int]:
    """An age in whole years, 0 to 25: "14", "14y", "14 yrs 3 m", "8 months".

    Raises:
        Unreadable: for anything else, and for an age over 25.
    """
    stripped = text.strip()
    if is_blank(stripped):
        return Reading(None)
    if _INFANT.fullmatch(stripped):
        return _infant(stripped)
    match = _AGE.fullmatch(stripped)
    if match is None:
        raise Unreadable("it is not an age", "write whole years, such as 14")
    years = int(match["years"])
    if years > OLDEST:
        raise Unreadable(f"{years} is over {OLDEST}", "write the child's age in years")
    plain = stripped.isdigit()
    return Reading(years, "" if plain else "read as whole years")


def _infant(text: str) -> Reading[int]:
    """An age below a year or two, in days, weeks or months."""
    months = re.match(r"([0-9]+)\s*m", text, re.I)
    return Reading(int(months[1]) // 12 if months else 0, "read as whole years")


def read_age_range(text: str) -> Reading[tuple[int, int]]:
    """Youngest and oldest age, inclusive: "8-17", "8 to 17 years"; "14" is 14 to 14.

    Raises:
        Unreadable: for anything else, such as "17-Aug": a range turned into a date.
    """
    if is_blank(text):
        return Reading(None)
    stripped = text.strip()
    if _MONTH_WORD.fullmatch(stripped):
        raise Unreadable(
            "it is a date, perhaps an age range that a spreadsheet changed",
            "format the column as text and write the ages again, such as 8 to 17",
        )
    match = _AGES.fullmatch(stripped)
    if match is None:
        age = read_age(stripped)
        return Reading(None if age.value is None else (age.value, age.value), age.note)
    youngest, oldest = int(match[1]), int(match[2])
    if youngest > oldest or oldest > OLDEST:
        raise Unreadable(
            f"{youngest} to {oldest} is not a range of ages", "write youngest to oldest"
        )
    return Reading((youngest, oldest))


def read_yes_no(text: str) -> Reading[bool]:
    """Yes or no, in words, letters, ticks and crosses, 1 or 0. "x" is a tick.

    Raises:
        Unreadable: for anything else.
    """
    word = text.strip().casefold()
    if word in _YES or word in _NO:
        return Reading(word in _YES)
    marks = _TICKS | _CROSSES
    if word in marks:
        return Reading(marks[word], f"read as {'yes' if marks[word] else 'no'}")
    if is_blank(word):
        return Reading(None)
    raise Unreadable("it is neither yes nor no", "write Y or N")


def read_choice(text: str, choices: Mapping[str, T]) -> Reading[T]:
    """One of a closed set by its label, forgiving case, punctuation and small slips.

    Args:
        choices: labels, as many spellings as are known, each with what it stands for.

    Raises:
        Unreadable: for a label that is none of them, or as near to several.
    """
    stripped = " ".join(text.split())
    if stripped in choices:
        return Reading(choices[stripped])
    keys = {comparable_name(label): label for label in choices}
    word = comparable_name(stripped)
    if word in keys:
        return Reading(choices[keys[word]], f"read as {keys[word]!r}")
    if is_blank(stripped):
        return Reading(None)
    near = {choices[keys[key]]: keys[key] for key in _nearest(word, list(keys))}
    if len(near) != 1:
        some = ", ".join(list(choices)[:6])
        raise Unreadable("it is not on the list", f"write one of: {some}")
    value, label = next(iter(near.items()))
    return Reading(value, f"read as {label!r}")


def _nearest(word: str, known: list[str]) -> list[str]:
    """Known labels within a slip or two; none for short words, which lie too close."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 0 if len(word) < 5 else 1 if len(word) < 9 else 2
    found = process.extract(
        word, known, scorer=OSA.distance, score_cutoff=slips, limit=None
    )
    least = min((distance for _, distance, _ in found), default=0)
    return [label for label, distance, _ in found if distance == least]
