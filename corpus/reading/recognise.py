"""What a document is about, read from its opening by modest rules.

Each rule would rather say nothing than guess: a caller can always state the fact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from corpus.codes import DocumentKind
from corpus.errors import UnknownPlace
from corpus.reading.layout import BULLET, Block
from corpus.text import comparable_name

_MONTHS: Final = (
    "January February March April May June July August September October November"
    " December"
).split()
_MONTH: Final = "(" + "|".join(f"{m}|{m[:3]}" for m in _MONTHS) + ")"
_DATES: Final = (
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<y>20\d\d)\b"),
    re.compile(r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    re.compile(r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)\b"),
)
_MONTH_ALONE: Final = re.compile(rf"\b{_MONTH}\s+(?P<y>20\d\d)\b")
_TIME: Final = re.compile(r"\d{1,2}[:.]\d\d\b")
_LABELLED_TITLE: Final = re.compile(
    r"^(?:Title|Subject|Report title|Decision)\s*:\s*(\S.{5,200})$", re.MULTILINE
)
_KINDS: Final = (
    (DocumentKind.REG44, re.compile(r"\b(?:regulation|reg\.?) ?44\b", re.I)),
    (DocumentKind.STATEMENT_OF_PURPOSE, re.compile(r"\bstatement of purpose\b", re.I)),
    (
        DocumentKind.SUFFICIENCY_STATEMENT,
        re.compile(r"\bsufficiency (?:statement|strategy|duty statement)\b", re.I),
    ),
    (
        DocumentKind.INSPECTION,
        re.compile(r"\b(?:inspection report|Ofsted inspection)\b", re.I),
    ),
)
_COUNCIL: Final = re.compile(
    r"\b([A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+|of|upon|and|&|the)){0,6}?)"
    r" (?:County |City |Borough |District |Metropolitan |Unitary ){0,3}Council\b"
)
_LONDON: Final = re.compile(
    r"\b(?:London|Royal) Borough of ((?:[A-Z]\w+)(?: [A-Z]\w+)*)"
)
_NOT_A_NAME: Final = re.compile(r"^(?:The|This|Each|Our|Your|A|An|Of|And|For|By|In) ")
_MOST_COUNCILS: Final = 4
_MOST_NAMES: Final = 200
"""Different names that are looked up; a paper that names more is about no one's."""
_PROVIDER: Final = re.compile(
    r"^(?:Name of (?:the )?(?:home|setting|provider)|Children[’']s home|Home|Setting|"
    r"(?:Registered )?Provider|Agency)(?: name)?\s*(?::|\|)\s*([^\s|][^|\n]{1,80})$",
    re.MULTILINE | re.IGNORECASE,
)
_URN: Final = re.compile(
    r"\b(?:URN|Unique reference number)\b\W{0,3}((?:SC|EY)?\d{5,7})\b", re.IGNORECASE
)


def recognise_title(blocks: Sequence[Block], fallback: str) -> str:
    """A labelled title, else the first one or two title-like lines, else `fallback`."""
    opening = "\n".join(block.text for block in blocks[:25])
    labelled = _LABELLED_TITLE.search(opening)
    if labelled:
        return labelled[1].strip()
    lines: list[str] = []
    for block in blocks[:6]:
        if _is_date_or_time(block.text):
            continue
        if not _is_title_line(block.text) or len(lines) == 2:
            break
        lines.append(block.text.lstrip("# ").strip("*"))
        if block.level:
            break
    return ": ".join(lines) or fallback


def _is_title_line(text: str) -> bool:
    words = text.split()
    if " | " in text:
        return False
    return len(words) <= 16 and text[-1] not in ".;,:" and not BULLET.match(text)


def _is_date_or_time(text: str) -> bool:
    dated = recognise_date(text) is not None or _TIME.search(text)
    return bool(dated) and len(text.split()) <= 6


def recognise_kind(title: str, text: str) -> DocumentKind:
    """The kind that the title names, else the opening; `report` where neither does."""
    for place in (title, text[:500]):
        for kind, phrase in _KINDS:
            if phrase.search(place):
                return kind
    return DocumentKind.REPORT


_BORN: Final = re.compile(
    r"(?:\bborn(?:\s+on)?|\bd\.?\s?o\.?\s?b\b\.?|\bbirth(?:day)?)\W*(?:the\s+)?$",
    re.IGNORECASE,
)
"""What stands before somebody's date of birth, which is no document's date."""


def recognise_date(opening: str) -> date | None:
    """The first full date; else the first month with a year on a short line of its own.

    A date of birth is passed over. A month alone counts as its first day. None where
    neither stands.
    """
    matches = (match for form in _DATES for match in form.finditer(opening))
    for match in sorted(matches, key=lambda match: match.start()):
        if _BORN.search(opening[: match.start()]):
            continue
        found = _date_of(match)
        if found:
            return found
    for line in opening.splitlines():
        month = _MONTH_ALONE.search(line)
        alone = month and not re.search(r"\d", line[: month.start()])
        if month and alone and len(line.split()) <= 6:
            return date(int(month["y"]), _month_number(month[1]), 1)
    return None


def _date_of(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = int(parts["m"]) if "m" in parts else _month_number(match[2])
    try:
        return date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return [month[:3] for month in _MONTHS].index(name[:3]) + 1


def recognise_authority(title: str, kind: DocumentKind, text: str) -> str | None:
    """The one council whose own paper this plainly is, by its usual name, else None.

    A sufficiency statement's title begins with it. Elsewhere it must be named as a
    council at least three times, first in the first half, and twice as often as any
    other; a paper that names more than four councils is about them all.
    """
    if kind is DocumentKind.SUFFICIENCY_STATEMENT and (name := _leading_name(title)):
        return name
    found = [*_COUNCIL.finditer(text), *_LONDON.finditer(text)]
    if len({match[1] for match in found}) > _MOST_NAMES:
        return None
    named = [(name, m.start()) for m in found if (name := _usual_name(m[1]))]
    ranked = Counter(name for name, _ in named).most_common()
    if not ranked or len(ranked) > _MOST_COUNCILS:
        return None
    (name, times), (_, others) = [*ranked, ("", 0)][:2]
    first = min(start for other, start in named if other == name)
    plain = times >= 3 and times >= 2 * others and first <= len(text) // 2
    return name if plain else None


def _leading_name(title: str) -> str | None:
    words = re.sub(r"[’']s\b", "", title).split()
    prefixes = (" ".join(words[:size]) for size in range(min(6, len(words)), 0, -1))
    return next((name for p in prefixes if (name := _usual_name(p))), None)


@cache
def _usual_name(name: str) -> str | None:
    """The usual name of an authority; None for words that name none."""
    from corpus.geography import Gazetteer

    while _NOT_A_NAME.match(name):
        name = name.split(" ", 1)[1]
    try:
        usual = Gazetteer.load().authority(name).name
    except UnknownPlace:
        return None
    same_start = comparable_name(usual)[:3] in comparable_name(name)  # no mere likeness
    return usual if same_start else None


def recognise_provider(opening: str) -> str | None:
    """The home, setting or provider named on a labelled line; None without one."""
    match = _PROVIDER.search(opening)
    return match[1].strip() if match else None


def recognise_urn(opening: str) -> str | None:
    """The unique reference number that is labelled so; None without one."""
    match = _URN.search(opening)
    return match[1] if match else None
