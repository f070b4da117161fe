"""Statements of purpose: what a home says of itself, in its provider's house style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import zip_longest
from random import Random
from typing import Final

from corpus.codes import DocumentKind, Gender, Need
from corpus.demonstration.chance import stream
from corpus.demonstration.naming import brand
from corpus.demonstration.writing import figures
from corpus.demonstration.writing.composition import Facts, Stock, compose
from corpus.demonstration.writing.filing import file_document
from corpus.demonstration.writing.homes import Home, bulleted_names, joined_names
from corpus.demonstration.writing.house_style import HouseStyle, house_styles
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.likeness import most_alike, prose
from corpus.demonstration.writing.variation import spoken
from corpus.models import Document, Frozen

NEAR_KENT: Final = frozenset({"Kent", "Medway", "East Sussex", "Surrey"})
"""Where most of the documented homes stand, so that questions about them cross."""
EARLIER: Final = 20
"""One home in so many has an earlier statement in the library too."""
_ATTEMPTS: Final = 8
_ELSEWHERE: Final = 4
"""How much worse a sentence of another house style is than one of its own."""


class PlannedStatement(Frozen):
    """What one statement of purpose says; None or empty where it leaves it unsaid."""

    urn: str
    setting: str
    stated_on: date
    style: str
    superseded: bool
    """Whether the library holds a newer statement of the home."""
    age_from: int | None
    age_to: int | None
    genders: tuple[Gender, ...]
    places: int | None
    accepts: tuple[Need, ...]
    excludes: tuple[Need, ...]


@dataclass(frozen=True)
class _Draft:
    """A statement before it is written."""

    home: Home
    style: HouseStyle
    omission: str
    """Tag of the fact left unsaid; empty where none is."""
    superseded: bool

    def planned(self) -> PlannedStatement:
        setting, silent = self.home.setting, self.omission
        return PlannedStatement(
            urn=setting.urn,
            setting=setting.name,
            stated_on=setting.statement_date,
            style=self.style.voice_of.key,
            superseded=self.superseded,
            age_from=None if silent == "omits:ages" else setting.age_from,
            age_to=None if silent == "omits:ages" else setting.age_to,
            genders=() if silent == "omits:genders" else setting.genders,
            places=None if silent == "omits:places" else setting.places,
            accepts=self.home.accepts,
            excludes=self.home.excludes,
        )


def choose_homes(known: Known, visited: Sequence[Home], count: int) -> list[Home]:
    """Homes that get a statement: those visited, then every kind by turns."""
    rest = [home for home in known.homes if home not in visited]
    stream(known.seed, "statements").shuffle(rest)
    near = [h for h in rest if h.setting.local_authority in NEAR_KENT]
    far = [h for h in rest if h.setting.local_authority not in NEAR_KENT]
    wanted = count - len(visited)
    from_near = _by_turns(near)[: wanted - wanted // 3]
    return [*visited, *from_near, *_by_turns(far)[: wanted - len(from_near)]]


def write_statements(known: Known, homes: Sequence[Home]) -> list[Document]:
    """A statement of purpose for each home, and an earlier one for a few."""
    told = _Told()
    return [_statement(known, draft, told) for draft in _drafts(known, homes)]


def planned_statements(
    known: Known, homes: Sequence[Home]
) -> tuple[PlannedStatement, ...]:
    """What `write_statements` has each statement say, in the same order."""
    return tuple(draft.planned() for draft in _drafts(known, homes))


def _drafts(known: Known, homes: Sequence[Home]) -> Iterator[_Draft]:
    """A provider keeps to one style, the least used when its first home comes up."""
    styles: dict[str, HouseStyle] = {}
    used: Counter[str] = Counter()
    for number, home in enumerate(homes):
        provider = home.provider.provider_id
        least = min(house_styles(), key=lambda style: used[style.voice_of.key])
        style = styles.setdefault(provider, least)
        used[style.voice_of.key] += 1
        rng = stream(known.seed, "statement-plan", home.setting.urn)
        silent = rng.choice(style.omissions) if style.omissions else ""
        omission = silent if rng.random() < 0.3 else ""
        if number % EARLIER == 1:
            yield _Draft(
                home=_earlier(home, rng), style=style, omission="", superseded=True
            )
        yield _Draft(home=home, style=style, omission=omission, superseded=False)


def _earlier(home: Home, rng: Random) -> Home:
    """The home as a statement of the year before has it: with narrower ages."""
    setting = home.setting
    ages = {
        "age_from": min(setting.age_from + rng.choice((1, 2)), setting.age_to),
        "age_to": max(setting.age_to - 1, setting.age_from),
        "statement_date": setting.statement_date - timedelta(days=370),
    }
    return replace(home, setting=setting.model_copy(update=ages))


@dataclass
class _Told:
    """Statements written so far, from which the next one should differ."""

    prose: list[tuple[HouseStyle, frozenset[str]]] = field(default_factory=list)

    def freshest(self, style: HouseStyle, drafts: Iterable[str]) -> str:
        """The draft least like what was told before, above all in other styles."""
        best = min(drafts, key=lambda text: self._staleness(style, prose(text)))
        self.prose.append((style, prose(best)))
        return best

    def _staleness(self, style: HouseStyle, text: frozenset[str]) -> float:
        own = [other for voice, other in self.prose if voice is style]
        others = [other for voice, other in self.prose if voice is not style]
        return most_alike(text, own) + _ELSEWHERE * most_alike(text, others)


def _statement(known: Known, draft: _Draft, told: _Told) -> Document:
    setting = draft.home.setting
    rng = stream(known.seed, "statement", setting.urn, str(draft.superseded))
    home = draft.home.as_known_on(setting.statement_date)
    text = told.freshest(draft.style, _attempts(home, draft, rng))
    version = f" {setting.statement_date:%Y-%m}" if draft.superseded else ""
    return file_document(
        text,
        folder="statements-of-purpose",
        name=setting.name + version,
        kind=DocumentKind.STATEMENT_OF_PURPOSE,
        published=setting.statement_date,
        about=home,
    )


def _attempts(home: Home, draft: _Draft, rng: Random) -> list[str]:
    """Several ways of writing one statement."""
    style = draft.style
    facts = {**home.facts, **_worded(home, style)}
    tags = home.tags | {draft.omission}
    left_out = [part for part in style.omittable if rng.random() < 0.25]
    return [
        compose(
            _one_a_need(spoken(style, rng, tags), rng),
            style.without(left_out),
            facts,
            tags,
            rng,
        )
        for _ in range(_ATTEMPTS)
    ]


def _one_a_need(stock: Stock, rng: Random) -> Stock:
    """The stock with one wording of how each need is met."""
    drawn = rng.sample(stock.wordings, len(stock.wordings))
    kept = {wording.when: wording for wording in drawn if wording.part == "needs"}
    others = tuple(w for w in stock.wordings if w.part != "needs")
    return stock.model_copy(update={"wordings": (*others, *kept.values())})


def _worded(home: Home, style: HouseStyle) -> Facts:
    """The facts that a style words in its own way."""
    places = home.setting.places or 0
    accepts = [style.name(need) for need in home.accepts]
    excludes = [style.name(need) for need in home.excludes]
    rows = [*((n, "Yes") for n in accepts), *((n, "No") for n in excludes)]
    return {
        "accepts": joined_names(accepts),
        "accepts_list": bulleted_names(accepts),
        "excludes": joined_names(excludes),
        "excludes_list": bulleted_names(excludes),
        "needs_table": figures.table(("Need or risk", "Considered"), sorted(rows)),
        "brand": brand(home.provider.name),
        "places_number": places,
        "places_word": home.children(places).partition(" ")[0],
        "place_noun": "place" if places == 1 else "places",
        "places_phrase_home": f"a home for {home.children(places)}",
    }


def _by_turns(homes: Sequence[Home]) -> list[Home]:
    """The homes, one of each kind, then a second of each, and so on."""
    kinds: dict[str, list[Home]] = {}
    for home in homes:
        kinds.setdefault(home.archetype.key, []).append(home)
    rounds = zip_longest(*kinds.values())
    return [home for turn in rounds for home in turn if home is not None]
