"""Counts that a visitor tells in sentences: "no restraints", "went missing twice"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.extracting.lines import LinedDocument
from corpus.extracting.numbers import read_number, read_times
from corpus.extracting.topics import Topic, topic_of
from corpus.extracting.words import Words, forms
from corpus.observed import VisitMeasure

_CANNOT_BE: Final = Words("counts.cannot_be")
_STAFF: Final = Words("counts.staff")
_NOT_STAFF: Final = Words("counts.not_staff_told")
_PERIOD: Final = Words("counts.period")
_OTHER_PERIOD: Final = Words("counts.other_period")
_COMPARED: Final = Words("counts.compared")
_ONE_CHILD: Final = Words("counts.one_child")
_OTHER_NUMBER: Final = Words("counts.other_number")
_CLAUSE: Final = re.compile(r"[;(]|, (?=compared|down|up|against)")
_NEXT_CLAUSE: Final = re.compile(
    r"[,;()]|\b(?:compared|against|than|(?:up|down) from)\b"
)
_REACH: Final = re.compile(r"[;.:]|\bbut\b|\band\b(?= (?:\d|the|one)\b)", re.IGNORECASE)
_LIST: Final = re.compile(r"(?:[\w’'/.-]+,?\s+){0,16}")
_PASSED_OVER: Final = (Topic.RECOMMENDATIONS, Topic.FOLLOW_UP, Topic.OPINION)
_HAPPENS_TO: Final = frozenset({"restraints", "missing_episodes", "complaints"})
_SINGLE: Final = 4
_STEMS: Final[dict[VisitMeasure, tuple[str, ...]]] = {
    "restraints": ("restrain", "intervention", "held", "holds"),
    "missing_episodes": ("missing", "abscond", "absence", "misper"),
    "notifications": ("notif", "40"),
    "complaints": ("complain",),
    "staff_vacancies": ("vacan", "unfilled"),
    "incidents": ("incident",),
    "children_living_there": (
        "child",
        "young p",
        "resident",
        "boy",
        "girl",
        "roll",
        "occup",
    ),
}
"""Parts of words without one of which a sentence cannot speak of a measure: looked
for first, since most sentences speak of none."""

Number = tuple[int | None, int, int]
"""A count, None where it is vague, with where its words start and end."""


@dataclass(frozen=True)
class Told:
    """One telling of a count; the lowest rank is believed."""

    rank: int
    """0 a table, 1 a labelled figure, 2 a sentence about the period, 3 any other, 4
    a sentence about one child."""
    value: int | None
    start: int
    end: int

    @property
    def of_one_child(self) -> bool:
        """Whether it may be a part of the count only."""
        return self.rank == _SINGLE


def told_in_prose(lined: LinedDocument, measure: VisitMeasure) -> Iterator[Told]:
    """Each number of a measure that a sentence gives for the time since last visit."""
    for line, sentence in lined.sentences:
        topic = topic_of(line.path)
        if line.is_row or topic in _PASSED_OVER:
            continue
        text = sentence.text
        folded = text.casefold()
        if not any(stem in folded for stem in _STEMS[measure]):
            continue
        for value, start, end in _numbers(text, measure):
            if _is_about_now(text, start, end):
                rank = _rank(text[:start], text, value, topic)
                yield Told(rank, value, sentence.start, sentence.end)


def _rank(before: str, text: str, value: int | None, topic: Topic | None) -> int:
    if value and _ONE_CHILD.search(before):
        return _SINGLE
    return 2 if topic is Topic.FIGURES or _PERIOD.search(text) else 3


def _is_about_now(text: str, start: int, end: int) -> bool:
    """Whether the number at a place in a sentence is of this visit's period."""
    clause = max((m.end() for m in _CLAUSE.finditer(text[:start])), default=0)
    until = _NEXT_CLAUSE.search(text[end:])
    around = text[clause : end + until.start() if until else len(text)]
    return not (_OTHER_PERIOD.search(around) or _COMPARED.search(text[:start]))


def _numbers(text: str, measure: VisitMeasure) -> Iterator[Number]:
    """Each number of a measure in a sentence."""
    if measure == "children_living_there":
        yield from _living(text)
        return
    if measure == "staff_vacancies" and not _is_about_staff(text):
        return
    noun = f"counts.{measure}"
    yield from _found(text, "numbered", noun)
    yield from _none_of_several(text, noun)
    if measure in _HAPPENS_TO:
        happened = f"counts.happened_{measure}"
        yield from _nought(text, "never_happened", happened)
        yield from _found(text, "often", happened)
    yield from _nought(text, "never_used", noun)
    yield from _found(text, "used_often", noun)
    for form in forms("counts.vaguely", noun):
        yield from ((None, m.start(), m.end()) for m in form.finditer(text))


def _is_about_staff(text: str) -> bool:
    return bool(_STAFF.search(text)) and not _NOT_STAFF.search(text)


def _found(text: str, name: str, noun: str) -> Iterator[Number]:
    """Numbers in the forms of one list."""
    for form in forms(f"counts.{name}", noun):
        for match in form.finditer(text):
            word = match["n"].casefold()
            value = 1 if word in ("a", "an") else read_number(word)
            value = read_times(word) if value is None else value
            if value is not None:
                yield value, match.start("n"), match.end()


def _nought(text: str, name: str, noun: str) -> Iterator[Number]:
    for form in forms(f"counts.{name}", noun):
        yield from ((0, m.start(), m.end()) for m in form.finditer(text))


def _none_of_several(text: str, noun: str) -> Iterator[Number]:
    """One "no" for all that it governs: "no incidents, restraints or complaints"."""
    (none_of,) = forms("counts.none_of")
    (joined,) = forms("counts.after_none", noun)
    for match in none_of.finditer(text):
        reach = _governed(text[match.end() :], match["article"].casefold())
        found = joined.search(reach)
        if found and _is_list(reach[: found.start()]):
            yield 0, match.start(), match.end() + found.end()


def _governed(rest: str, article: str) -> str:
    """What a "no" governs: up to the clause's end or the next number."""
    stop = _REACH.search(rest)
    reach = rest[: stop.start()] if stop else rest
    if article in ("neither", "nor"):
        reach = re.sub(r"\ban? ", "", reach)
    again = _OTHER_NUMBER.search(reach)
    return reach[: again.start()] if again else reach


def _is_list(between: str) -> bool:
    """Whether what stands between "no" and a noun may be the others of its list."""
    return not between or bool(_LIST.fullmatch(between + " "))


def _living(text: str) -> Iterator[Number]:
    """Children who live in the home, not those it is registered for."""
    for form in forms("counts.living"):
        for match in form.finditer(text):
            value = read_number(match["n"])
            before = text[max(0, match.start() - 40) : match.start()]
            if value is not None and not _CANNOT_BE.search(before):
                yield value, match.start(), match.end()
