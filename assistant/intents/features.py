"""A question as numbers: hashed words and letters, and what the readers found in it.

Names of organisations and places, and figures, stand as one word each, so that what is
learned of one holds for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.intents.concepts import concepts_of
from assistant.readers.documents import read_document_kinds
from assistant.readers.money import read_amounts
from assistant.readers.shares import read_shares
from assistant.understanding import Understanding
from corpus.codes import DocumentKind, PlacementType
from index.lexical import stem

LAYOUT: Final = 1
"""Version of the features; a model learned on another is not used."""
BUCKETS: Final = 1 << 13
"""Of the hashed words and letters."""
_LETTERS: Final = (3, 4)
"""Lengths of the runs of letters, which forgive misspelling."""
_LETTERS_WEIGHT: Final = 0.35
_CONCEPT_WEIGHT: Final = 1.5
_PAIR_WEIGHT: Final = 0.5
_FOUND_WEIGHT: Final = 0.35
EMBEDDED_WEIGHT: Final = 1.25
"""Of the embedding, a vector of length 1, beside words of length 1."""
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d,./]*|[£%?]")
_YEARS: Final = re.compile(r"\b20\d\d\s*[/-]\s*\d\d\b")
Span = tuple[int, int]


@dataclass(frozen=True)
class Question:
    """A question read, with where it names organisations."""

    understanding: Understanding
    organisations: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """As it was asked."""
        return self.understanding.question


@dataclass(frozen=True)
class Features:
    """The numbers of one question."""

    buckets: NDArray[np.int64]
    """Indices under `BUCKETS`, each once."""
    weights: NDArray[np.float32]
    """Of these; their length is 1."""
    found: NDArray[np.float32]
    """One number for each of `FOUND`."""


def features(question: Question) -> Features:
    """Its words, letters and findings."""
    weighed: dict[int, float] = {}
    text = _masked(question)
    for term, weight in (*_terms(_words(text)), *_concept_terms(concepts_of(text))):
        bucket = crc32(term.encode()) % BUCKETS
        weighed[bucket] = weighed.get(bucket, 0.0) + weight
    weights = np.fromiter(weighed.values(), dtype=np.float32, count=len(weighed))
    length = float(np.linalg.norm(weights)) or 1.0
    return Features(
        buckets=np.fromiter(weighed, dtype=np.int64, count=len(weighed)),
        weights=weights / np.float32(length),
        found=np.array(list(findings(question).values()), dtype=np.float32)
        * np.float32(_FOUND_WEIGHT),
    )


def _masked(question: Question) -> str:
    """The text with names and years put out of sight."""
    text = question.text
    spans = [(span, " orgname ") for span in question.organisations]
    spans += [
        (span, " placename ")
        for span in question.understanding.places.spans
        if not any(span[0] < end and start < span[1] for (start, end), _ in spans)
    ]
    for (start, end), word in sorted(spans, reverse=True):
        text = text[:start] + word + text[end:]
    for written, right in question.understanding.mended:
        text = re.sub(rf"\b{re.escape(written)}\b", right, text)
    return _YEARS.sub(" yearspan ", text)


def _words(text: str) -> list[str]:
    tokens = _TOKEN.findall(text.casefold().replace("’", "'"))
    return ["#" if token[0].isdigit() else token for token in tokens]


def _terms(words: Sequence[str]) -> Iterable[tuple[str, float]]:
    stems = [stem(word) for word in words]
    for one in dict.fromkeys(stems):
        yield f"1 {one}", 1.0
    for pair in dict.fromkeys(pairwise(["^", *stems, "$"])):
        yield f"2 {' '.join(pair)}", 0.7
    for run in dict.fromkeys(run for word in words for run in _runs(word)):
        yield f"3 {run}", _LETTERS_WEIGHT


def _concept_terms(concepts: Sequence[str]) -> Iterable[tuple[str, float]]:
    """Each alone, and with each other: money ahead is not money now."""
    for one in concepts:
        yield f"4 {one}", _CONCEPT_WEIGHT
    for pair in combinations(concepts, 2):
        yield f"5 {' '.join(pair)}", _PAIR_WEIGHT
    yield f"6 {min(len(concepts), 4)}", _CONCEPT_WEIGHT


def _runs(word: str) -> Iterable[str]:
    padded = f"<{word}>"
    for size in _LETTERS:
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]


def findings(question: Question) -> dict[str, float]:
    """What the readers found, each as 0 to 1 (counts are capped and scaled)."""
    read, text = question.understanding, question.text
    amounts, kinds = read_amounts(text), read_document_kinds(text)
    found: dict[str, float] = {
        "age": bool(read.ages or read.age_range),
        "gender": read.gender is not None,
        "siblings": read.siblings is not None,
        "needs": min(len(read.needs), 3) / 3,
        "rating": read.min_rating is not None,
        "price_limit": read.max_weekly_price is not None,
        "flags": bool(read.flags),
        "sorted": read.sort_by is not None,
        "limit": read.limit is not None,
        "radius": read.places.radius_miles is not None,
        "near": bool(read.places.near),
        "inside": read.places.inside is not None,
        "organisation": bool(question.organisations),
        "amounts": min(len(amounts), 3) / 3,
        "shares": min(len(read_shares(text)), 2) / 2,
        "several_types": read.several_types,
        "long": min(len(text) / 200, 1.0),
        "short": len(text.split()) <= 2,
    }
    found |= {f"type {kind}": read.placement_type == kind for kind in PlacementType}
    found |= {f"document {kind}": kind in kinds for kind in DocumentKind}
    return {name: float(value) for name, value in found.items()}


FOUND: Final = 18 + len(PlacementType) + len(DocumentKind)
"""How many findings there are."""
