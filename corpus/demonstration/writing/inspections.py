"""Inspection summaries of some homes, in the shape of Ofsted's common framework."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Final, Literal

from corpus.codes import DocumentKind, OfstedRating
from corpus.demonstration.chance import stream
from corpus.demonstration.writing.composition import Facts, Stock, compose
from corpus.demonstration.writing.filing import file_document
from corpus.demonstration.writing.homes import Home, grade, long_date, month
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.variation import spoken, varied
from corpus.models import Document, Frozen, Inspection

Area = Literal["experiences", "protection", "leaders"]
AREAS: Final[tuple[Area, ...]] = ("experiences", "protection", "leaders")
_SPREAD: Final = {
    OfstedRating.OUTSTANDING: (4, 0),
    OfstedRating.GOOD: (3, 1),
    OfstedRating.REQUIRES_IMPROVEMENT: (2, 2),
    OfstedRating.INADEQUATE: (1, 3),
}
"""Strengths and weaknesses told under each judgement."""
_LENIENT: Final = (OfstedRating.OUTSTANDING, OfstedRating.GOOD)


class Finding(Frozen):
    """Something that inspectors found, and what follows from it where it is weak."""

    area: Area
    strength: bool
    text: str
    topic: str = ""
    """What a strength and a weakness cannot both be about."""
    grave: bool = False
    """Whether it is too grave for a good home."""
    requirement: str = ""
    recommendation: str = ""


class InspectionStock(Stock):
    """Voices and wordings of inspection summaries, and their findings."""

    findings: tuple[Finding, ...]


def write_inspections(
    known: Known, homes: Sequence[Home], count: int
) -> list[Document]:
    """Summaries for the first `count` of the homes that were inspected and shared."""
    inspected = [h for h in homes if h.latest and (h.setting.places or 0) > 1]
    voices = len(_stock().voices)
    return [
        _summary(known, home, number % voices)
        for number, home in enumerate(inspected[:count])
    ]


@cache
def _stock() -> InspectionStock:
    text = files(__package__).joinpath("inspections.toml").read_text(encoding="utf-8")
    return InspectionStock.model_validate(tomllib.loads(text))


def _summary(known: Known, home: Home, voice: int) -> Document:
    assert home.latest
    rng = stream(known.seed, "inspection", home.setting.urn)
    judged = _judgements(home.latest.rating, rng)
    found = {area: _found(area, judged[area], rng) for area in AREAS}
    previous = _previous(home)
    told = [finding for area in AREAS for finding in found[area]]
    follow = _follow_up(told, home, rng)
    tags = {f"{area}:{rating}" for area, rating in judged.items()}
    tags.add(f"overall:{home.latest.rating}")
    tags |= {name for name in follow if follow[name]}
    tags |= {
        f"faults:{a}" for a, each in found.items() if not all(f.strength for f in each)
    }
    text = compose(
        spoken(_stock(), rng),
        _stock().voices[voice],
        {
            **home.facts,
            **{area: grade(rating) for area, rating in judged.items()},
            "overall": grade(home.latest.rating),
            "inspected_on": long_date(home.latest.inspected_on),
            "inspected_month_title": month(home.latest.inspected_on),
            **_earlier(previous, home.latest),
            **_told("experiences", found["experiences"], rng),
            **_told("protection", found["protection"], rng),
            **_told("leaders", found["leaders"], rng),
            **{f"{name}_list": listed for name, listed in follow.items()},
        },
        frozenset(tags | ({"previous"} if previous else set())),
        rng,
    )
    return file_document(
        text,
        folder="inspections",
        name=f"{home.setting.name} inspection {home.latest.inspected_on:%Y-%m}",
        kind=DocumentKind.INSPECTION,
        published=min(known.as_at, home.latest.inspected_on + timedelta(days=28)),
        about=home,
    )


def _judgements(overall: OfstedRating, rng: Random) -> dict[Area, OfstedRating]:
    """Judgements that an overall grade allows: protection is a limiting one."""
    allowed: dict[OfstedRating, tuple[OfstedRating, ...]] = {
        OfstedRating.OUTSTANDING: (OfstedRating.OUTSTANDING, OfstedRating.GOOD),
        OfstedRating.GOOD: (OfstedRating.GOOD,),
        OfstedRating.REQUIRES_IMPROVEMENT: (
            OfstedRating.REQUIRES_IMPROVEMENT,
            OfstedRating.GOOD,
        ),
        OfstedRating.INADEQUATE: (OfstedRating.INADEQUATE,),
    }
    leaders = rng.choice(allowed[overall])
    if overall is OfstedRating.GOOD and rng.random() < 0.15:
        leaders = OfstedRating.REQUIRES_IMPROVEMENT
    if overall is OfstedRating.REQUIRES_IMPROVEMENT:
        leaders = overall
    return {
        "experiences": overall,
        "protection": rng.choice(allowed[overall]),
        "leaders": leaders,
    }


def _found(area: Area, judged: OfstedRating, rng: Random) -> list[Finding]:
    """Findings of an area in chance order, as many of each sort as the grade has."""
    left = {True: _SPREAD[judged][0], False: _SPREAD[judged][1]}
    topics: set[str] = set()
    told = []
    pool = [finding for finding in _stock().findings if finding.area == area]
    for finding in rng.sample(pool, len(pool)):
        unfit = finding.topic in topics or (finding.grave and judged in _LENIENT)
        if left[finding.strength] and not unfit:
            left[finding.strength] -= 1
            topics |= {finding.topic} - {""}
            told.append(finding)
    return told


def _told(area: Area, found: Iterable[Finding], rng: Random) -> Facts:
    """Findings in a paragraph for what is strong and another for what is weak."""
    texts: dict[bool, list[str]] = {True: [], False: []}
    for finding in found:
        texts[finding.strength].append(varied(finding.text, rng))
    return {
        f"{area}_strengths": " ".join(texts[True]),
        f"{area}_faults": " ".join(texts[False]),
    }


def _follow_up(found: Sequence[Finding], home: Home, rng: Random) -> dict[str, str]:
    """Requirements where the home is weak overall, recommendations otherwise."""
    assert home.latest
    weak = [finding for finding in found if not finding.strength]
    required = [] if home.latest.rating in _LENIENT else weak[:4]
    advised = [finding for finding in weak if finding not in required]
    return {
        "requirements": "\n".join(
            f"- {f.requirement} By {long_date(_due(home.latest.inspected_on, rng))}."
            for f in required
        ),
        "recommendations": "\n".join(
            f"- {f.recommendation[0].upper()}{f.recommendation[1:]}." for f in advised
        ),
    }


def _due(inspected_on: date, rng: Random) -> date:
    return inspected_on + timedelta(days=rng.choice((28, 42, 56, 84)))


def _previous(home: Home) -> Inspection | None:
    """The inspection before the latest; None where there was none."""
    assert home.latest
    past = [i for i in home.inspections if i.inspected_on < home.latest.inspected_on]
    return max(past, key=lambda row: row.inspected_on, default=None)


def _earlier(previous: Inspection | None, latest: Inspection) -> Facts:
    if previous is None:
        return {}
    change = previous.rating.rank - latest.rating.rank
    sentences = {1: "It has improved since.", 0: "The grade is unchanged."}
    direction = (change > 0) - (change < 0)
    return {
        "previous_month": month(previous.inspected_on),
        "previous_grade": grade(previous.rating),
        "change_sentence": sentences.get(direction, "It has declined since."),
    }
