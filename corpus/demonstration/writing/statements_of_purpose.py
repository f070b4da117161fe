"""Statements of purpose: what a home says of itself, in one of five voices."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from corpus.codes import DocumentKind
from corpus.demonstration.chance import stream
from corpus.demonstration.writing.composition import Stock, compose
from corpus.demonstration.writing.filing import file_document
from corpus.demonstration.writing.homes import Home
from corpus.demonstration.writing.known import Known
from corpus.models import Document

NEAR_KENT: Final = frozenset({"Kent", "Medway", "East Sussex", "Surrey"})
"""Where most of the documented homes stand, so that questions about them cross."""


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
    """A statement of purpose for each home, voices taking turns."""
    stock = Stock.read("statements_of_purpose.toml")
    return [
        _statement(known, home, stock, stock.voices[number % len(stock.voices)].key)
        for number, home in enumerate(homes)
    ]


def _statement(known: Known, home: Home, stock: Stock, key: str) -> Document:
    rng = stream(known.seed, "statement", home.setting.urn)
    text = compose(stock, stock.voice(key), home.facts, home.tags, rng)
    return file_document(
        text,
        folder="statements-of-purpose",
        name=home.setting.name,
        kind=DocumentKind.STATEMENT_OF_PURPOSE,
        published=home.setting.statement_date,
        about=home,
    )


def _by_turns(homes: Sequence[Home]) -> list[Home]:
    """The homes, one of each kind, then a second of each, and so on."""
    kinds: dict[str, list[Home]] = {}
    for home in homes:
        kinds.setdefault(home.archetype.key, []).append(home)
    rounds = zip_longest(*kinds.values())
    return [home for turn in rounds for home in turn if home is not None]
