"""Readers of the child: age, ages of siblings, gender, how many together."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.reading import NUMBER, Reading, negated, whole_number
from corpus import vocabulary
from corpus.codes import Gender

OLDEST: Final = 25
"""Ages above it are not ages of children or care leavers."""

_YEARS_OLD: Final = r"[\s\-‐–]*(?:y(?:ea)?rs?|y)[\s\-‐–./]*(?:olds?|os?\b)"
_RANGE: Final = re.compile(
    rf"(?:\b(?:ages?d?|between)\s+)?\b(?P<low>{NUMBER})\s*(?:to|and|[-–‐])\s*"
    rf"(?P<high>{NUMBER})(?:{_YEARS_OLD}|\s*year\s*olds?|\s*years\b|\s*yrs\b"
    r"|(?<=\d)s\b)",
    re.IGNORECASE,
)
_AGED_RANGE: Final = re.compile(
    rf"\b(?:age[ds]?|between)\s+(?:the\s+ages\s+of\s+)?(?P<low>{NUMBER})\s*(?:to|and|[-–‐])\s*"
    rf"(?P<high>{NUMBER})\b",
    re.IGNORECASE,
)
_OF_RANGE: Final = re.compile(
    rf"\b(?:boys|girls|lads|children|kids|young people|teenagers),?\s+(?P<low>{NUMBER})"
    rf"\s*(?:to|[-–‐])\s*(?P<high>{NUMBER})\b(?!\s*(?:mile|week|month|day|%|k\b))",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = re.compile(
    r"\b(?:\d{1,2}s|boys|girls|children|kids)\s*\(\s*(?:aged?\s+)?(?P<low>\d{1,2})"
    r"\s*(?:to|[-–‐])\s*(?P<high>\d{1,2})\s*\)",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(
    r"\b(?:age[ds]?|sib(?:ling)?s?|brothers?|sisters?|children|boys|girls|lads|kids),?\s+"
    r"(?:of\s+|aged?\s+)?\(?(?P<ages>\d{1,2}(?:\s*,\s*\d{1,2})*\s*(?:,\s*)?(?:and|&)\s*\d{1,2}"
    r"|(?!24/7)\d{1,2}(?:\s*/\s*\d{1,2})+)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_CHILD: Final = (
    r"(?:boys?|girls?|lads?|lass|males?|females?|child|young person|young (?:wo)?m[ae]n"
    r"|teenager|yp|sons?|daughters?)"
)
_NO_ROAD: Final = (
    r"(?<!\bthe )(?<!\bon )(?<!\boff )(?<!\bnear )(?<!\bin )(?<!\bof )(?<!\bto )"
)
_ONE_CHILD: Final = r"(?:boy|girl|lad|lass|(?:fe)?male|child|yp|young person)"
_NO_OTHER_UNIT: Final = r"\b(?!\s*(?:mile|week|month|day|%))"
_SINGLE: Final = (
    rf"(?<![\d.,/½])\b(?P<age>{NUMBER})(?:\.\d+|\s*½|\s+1/2)?{_YEARS_OLD}",
    r"(?<!under the )(?<!over the )(?<!below the )(?<!above the )"
    rf"\bage[ds]?[:\s]+(?:of\s+)?(?P<age>{NUMBER})\b",
    rf"\b{_CHILD},?\s+(?:of|aged?|is|turned)\s+(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    rf"\b{_CHILD}\s+(?P<age>\d{{1,2}}){_NO_OTHER_UNIT}",
    rf"\b(?:turned|turning|now)\s+(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    rf"\b{_CHILD}\s*[,(]\s*(?P<age>{NUMBER})\s*(?:[,);]|[.](?!\d)|$)",
    rf"\bassessed\s+(?:as|at)\s+(?:being\s+)?(?:age[ds]?\s+)?(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    r"(?:^|[,.;:!?])\s*(?P<age>\d{1,2})\s*,\s*(?:(?:fe)?male|boy|girl|[MF])\b",
    r"\b(?:mum|mother|dad|father)\s+of\s+(?P<age>1[2-9])\b",  # not "mum of three"
    rf"\b(?P<age>\d{{1,2}})\s*(?:years of age|yrs?\b|{_ONE_CHILD}\b)",
    r"\b(?P<age>\d{1,2})\s?(?-i:[MF])\b(?!\w)",
    rf"{_NO_ROAD}\b[MF](?P<age>1[0-7])\b",  # "m16", but not near the M11
    r"\b(?-i:[MF])[\s,/]+(?P<age>\d{1,2})\b",  # "M, 14", but not the M20 motorway
    r"\b(?:he|she|they)(?:['’]s|\s+is|\s+are)(?:\s+(?:just|only|now))?\s+"
    rf"(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
)
_SIBLINGS: Final = (
    re.compile(rf"\bsibling group of (?P<count>{NUMBER})\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<count>{NUMBER})\s*(?:x\s*)?(?:siblings|brothers|sisters)\b", re.I
    ),
    re.compile(rf"\b(?:siblings|brothers|sisters)\s*x\s*(?P<count>{NUMBER})\b", re.I),
    re.compile(rf"\ball\s+(?P<count>{NUMBER})\s+(?:of\s+them\s+)?together\b", re.I),
    re.compile(r"\b(?P<pair>brother and sister|sister and brother|twins)\b", re.I),
)
_KIN: Final = re.compile(
    r"\b(?:sib(?:ling)?s?|brothers?|sisters?|together)\b", re.IGNORECASE
)
_TERSE_GENDER: Final = re.compile(
    r"\b\d{1,2}(?:\s?y\.?o\.?|\s?yrs?)?[\s,]*(?P<letter>[MF])\b"
    r"|\b(?P<first>[MF])[\s,/]+\d{1,2}\b"
    rf"|{_NO_ROAD}\b(?P<joined>[MFmf])1[0-7]\b"
)


_EACH: Final = re.compile(
    rf"\b(?:he|she)(?:['’]s|\s+is)\s+(?P<age>{NUMBER}){_NO_OTHER_UNIT}", re.IGNORECASE
)
_INFANT: Final = re.compile(
    r"\b\d{1,2}[\s-]*(?:day|week|month)s?[\s-]*old\b|\bnew[\s-]?born\b", re.IGNORECASE
)


def read_ages(text: str) -> Reading[tuple[int, ...]] | None:
    """The ages stated: one, the youngest of a range, or all of a sibling group."""
    several = _SEVERAL.search(text)
    if several and not _BETWEEN.search(text[: several.start()]):
        numbers = sorted(map(int, re.findall(r"\d+", several["ages"])))
        return _checked(tuple(numbers), several)
    each = list(_EACH.finditer(text))
    if len(each) > 1:
        return _checked(tuple(sorted(whole_number(m["age"]) for m in each)), each[0])
    if infant := _INFANT.search(text):
        return Reading(value=(0,), start=infant.start(), end=infant.end())
    if span := read_age_range(text):
        return Reading(value=span.value[:1], start=span.start, end=span.end)
    for single in _SINGLE:
        if found := re.search(single, text, re.IGNORECASE):
            return _checked((whole_number(found["age"]),), found)
    return None


def read_age_range(text: str) -> Reading[tuple[int, int]] | None:
    """The youngest and oldest of a range of ages; None where none is stated."""
    for pattern in (_RANGE, _AGED_RANGE, _OF_RANGE, _IN_BRACKETS):
        if span := pattern.search(text):
            low, high = whole_number(span["low"]), whole_number(span["high"])
            if low < high <= OLDEST:
                return Reading(value=(low, high), start=span.start(), end=span.end())
    return None


def _checked(
    ages: tuple[int, ...], match: re.Match[str]
) -> Reading[tuple[int, ...]] | None:
    if not ages or ages[-1] > OLDEST:
        return None
    return Reading(value=ages, start=match.start(), end=match.end())


_COMPANY: Final = re.compile(
    r"\b(?:with|alongside|around|beside|among)\s+(?:(?:any|other|older|younger)\s+)*$",
    re.IGNORECASE,
)
"""What stands before the children that a child is to live with, or not to."""


def read_gender(text: str) -> Reading[Gender] | None:
    """The gender stated; None where none, or more than one, is."""
    found: list[Reading[Gender]] = [
        Reading(value=Gender(match.identifier), start=match.start, end=match.end)
        for match in vocabulary.genders().find(text)
        if not negated(text, match.start, match.end)
        and not _COMPANY.search(text[: match.start])
    ]
    if terse := _TERSE_GENDER.search(text):
        letter = terse["letter"] or terse["first"] or terse["joined"]
        gender = Gender.MALE if letter.upper() == "M" else Gender.FEMALE
        found.append(Reading(value=gender, start=terse.start(), end=terse.end()))
    genders = {reading.value for reading in found}
    if Gender.OTHER in genders:  # "non-binary, likes to be called he"
        genders = {Gender.OTHER}
        found = [reading for reading in found if reading.value is Gender.OTHER]
    return found[0] if len(genders) == 1 else None


def read_siblings(text: str) -> Reading[int] | None:
    """How many children are to live together, by number or by their several ages.

    None where it is not said.
    """
    for pattern in _SIBLINGS:
        if match := pattern.search(text):
            groups = match.groupdict()
            count = 2 if groups.get("pair") else whole_number(groups["count"])
            if count > 1:
                return Reading(value=count, start=match.start(), end=match.end())
    ages = read_ages(text)
    if ages and len(ages.value) > 1 and (kin := _KIN.search(text)):
        return Reading(value=len(ages.value), start=kin.start(), end=kin.end())
    return None
