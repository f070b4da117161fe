"""Which recommendation of the visit before a follow-up speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, TypeVar

from corpus.extracting.numbers import read_number
from corpus.extracting.words import entries, forms
from corpus.observed import FollowUp, Observed, Recommendation, Visit
from corpus.text import comparable_name

RowT = TypeVar("RowT", FollowUp, Recommendation)

ALIKE: Final = 0.34
"""Share of the shorter text's words, from which two speak of one thing. Ours."""
_SAME_THEME: Final = 0.2
"""Added where both have one theme."""
_SAME_PLACE: Final = 0.1
"""Added where both stand at one place in lists of one length."""
_OF_THEM: Final = re.compile(
    r"\b(?:recommendations|actions|requests|points|items|requirements|were|are|have)\b",
    re.I,
)
_WORD: Final = re.compile(r"[a-z][a-z’'-]{2,}")


def with_links(observed: Observed) -> Observed:
    """The same rows, follow-ups with the number of the recommendation they speak of.

    One follow-up that speaks of them all ("both have been met") becomes one for each.
    """
    recommendations = _by_visit(observed.recommendations)
    linked = _by_visit(observed.follow_ups)
    for visits in homes(observed.visits).values():
        for before, after in pairwise(visits):
            asked = recommendations.get(before.visit_id, [])
            told = linked.get(after.visit_id, [])
            if told:
                linked[after.visit_id] = list(_linked(_spread(told, asked), asked))
        first = visits[0].visit_id
        linked[first] = [_unlinked(row) for row in linked.get(first, [])]
    rows = tuple(row for rows in linked.values() for row in rows)
    return observed.model_copy(update={"follow_ups": rows})


def homes(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    """Dated visits by home, each home's in order: by URN, else by the home's name.

    Visits that name no home, or no day, are left out.
    """
    names = {comparable_name(v.setting): v.urn for v in visits if v.setting and v.urn}
    found: dict[str, list[Visit]] = {}
    for visit in visits:
        name = comparable_name(visit.setting or "")
        key = visit.urn or names.get(name) or name
        if key and visit.visited_on:
            found.setdefault(key, []).append(visit)
    return {
        key: sorted(held, key=lambda v: (str(v.visited_on), v.visit_id))
        for key, held in found.items()
    }


def likeness(first: str, second: str) -> float:
    """Share of the shorter text's words that the other has too, 0 to 1."""
    one, other = _words(first), _words(second)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """Stems of the words of a text that say what it is about."""
    words = _WORD.findall(text.casefold())
    return frozenset(_stem(word) for word in words if word not in _common())


@cache
def _common() -> frozenset[str]:
    """Words that say nothing of what a recommendation is about."""
    return frozenset(entries("linking.common"))


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


def _by_visit(rows: Iterable[RowT]) -> dict[str, list[RowT]]:
    found: dict[str, list[RowT]] = {}
    for row in rows:
        found.setdefault(row.visit_id, []).append(row)
    return found


def _unlinked(row: FollowUp) -> FollowUp:
    return row.model_copy(update={"recommendation": None})


def _spread(
    told: Sequence[FollowUp], asked: Sequence[Recommendation]
) -> Iterator[FollowUp]:
    """The follow-ups, one that speaks of all that was asked made into one for each."""
    for row in told:
        if (
            len(told) == 1
            and len(asked) > 1
            and _speaks_of_all(row.span.quote, len(asked))
        ):
            for one in asked:
                yield row.model_copy(
                    update={"recommendation": one.number, "theme": one.theme}
                )
        else:
            yield row


def _speaks_of_all(quote: str, count: int) -> bool:
    if not _OF_THEM.search(quote):
        return False
    for form in forms("linking.all_of_them"):
        match = form.search(quote)
        if match:
            stated = match.groupdict().get("n")
            both = match[0].casefold() == "both"
            return count == (2 if both else read_number(stated or "") or count)
    return False


def _linked(
    told: Iterable[FollowUp], asked: Sequence[Recommendation]
) -> Iterator[FollowUp]:
    """Each follow-up with the recommendation that it is most like, each taken once."""
    rows = list(told)
    numbers = {r.number: r for r in asked}
    taken = {
        i: f.recommendation for i, f in enumerate(rows) if f.recommendation in numbers
    }
    pairs = sorted(
        (
            (-_score(row, one, i, len(rows), len(asked)), i, one.number)
            for i, row in enumerate(rows)
            for one in asked
            if i not in taken
        ),
    )
    for score, i, number in pairs:
        if -score >= ALIKE and i not in taken and number not in taken.values():
            taken[i] = number
    for i, row in enumerate(rows):
        yield row.model_copy(update={"recommendation": taken.get(i)})


def _score(
    row: FollowUp, asked: Recommendation, place: int, told: int, of: int
) -> float:
    score = likeness(row.span.quote, asked.span.quote)
    if row.theme == asked.theme and row.theme != "other":
        score += _SAME_THEME
    if told == of and asked.number == place + 1:
        score += _SAME_PLACE
    return score
