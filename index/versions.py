"""Versions of one document: the newest first, the older folded under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from corpus.codes import DocumentKind
from corpus.library import DocumentSummary
from corpus.text import comparable_name
from index.figures import figures
from index.lexical import terms

ALIKE: Final = 0.8
"""Share of two passages' terms, figures apart, that versions of one passage share."""
_FEWEST_TERMS: Final = 5
"""Terms below which a passage is too short to tell a version by."""
_OF_THEIR_DAY: Final = frozenset({DocumentKind.REG44, DocumentKind.INSPECTION})
"""Kinds that record one day: a later visit does not replace an earlier one."""
_DATED: Final = re.compile(
    r"\d+|\b(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december|version|draft|v)\b"
)


Family = tuple[DocumentKind, bool, str, str]
"""Kind, whether invented, and what by which name the document is about."""


@dataclass
class Folded:
    """A passage found, and those that say the same in the same or other figures."""

    lead: int
    """Position of the passage shown."""
    best: int
    """Position of the one that scored best, which gives the group its place."""
    former: list[int] = field(default_factory=list)
    """Positions of older versions of it, as found."""


@dataclass(frozen=True)
class Held:
    """What folding needs to know of the passage at each position."""

    text: Callable[[int], str]
    document: Callable[[int], DocumentSummary]
    families: dict[str, Family | None] = field(default_factory=dict)
    """Families of documents by id, kept from search to search."""

    def family(self, position: int) -> Family | None:
        """The family of the passage's document; None where it has no versions."""
        document = self.document(position)
        if document.document_id not in self.families:
            self.families[document.document_id] = family(document)
        return self.families[document.document_id]


def fold(ranked: Iterable[int], held: Held, limit: int) -> list[Folded]:
    """At most `limit` passages in the order of `ranked`, each shown once.

    Of passages with the same words, and of near-equal passages in versions of one
    document, the newest is shown, at the place of the best of them; the older versions
    stay with it.
    """
    kept: list[Folded] = []
    words: dict[str, Folded] = {}
    for position in ranked:
        rivals = _rivals(position, kept, held)
        if len(kept) >= limit and not rivals:
            continue
        same = comparable_name(held.text(position))
        group = words.get(same) or _version_of(position, rivals, held)
        if group is not None:
            _add(group, position, held)
        elif len(kept) < limit:
            group = Folded(position, position)
            kept.append(group)
        if group is not None:
            words[same] = group
    return kept


def _rivals(position: int, kept: Iterable[Folded], held: Held) -> list[Folded]:
    """The groups that other versions of the passage's document lead."""
    if (own := held.family(position)) is None:
        return []
    return [
        group
        for group in kept
        if held.family(group.lead) == own
        and not _one_document(group.lead, position, held)
    ]


def _one_document(first: int, second: int, held: Held) -> bool:
    return held.document(first).document_id == held.document(second).document_id


def _version_of(position: int, rivals: Iterable[Folded], held: Held) -> Folded | None:
    text = held.text(position)
    return next((g for g in rivals if alike(held.text(g.lead), text)), None)


def _add(group: Folded, position: int, held: Held) -> None:
    """The newer of two leads; the older is kept where it is another version."""
    lead = group.lead
    newer = _published(held, position) > _published(held, lead)
    group.lead, other = (position, lead) if newer else (lead, position)
    versions = held.family(lead) is not None and held.family(lead) == held.family(
        position
    )
    if versions and not _one_document(lead, position, held):
        group.former.append(other)


def _published(held: Held, position: int) -> date:
    return held.document(position).published or date.min


def family(document: DocumentSummary) -> Family | None:
    """What versions of one document have in common: their kind, and the provider or the
    authority that they are about, or else their title but for its date. None for a
    record of one day."""
    if document.kind in _OF_THEIR_DAY:
        return None
    about = document.provider or document.local_authority
    name = comparable_name(about) if about else _undated(document.title)
    by = "provider" if document.provider else "authority" if about else "title"
    return (document.kind, document.invented, by, name)


def _undated(title: str) -> str:
    return " ".join(_DATED.sub(" ", comparable_name(title)).split())


def alike(first: str, second: str) -> bool:
    """Whether two passages say the same, in the same figures or in others."""
    one, other = _wording(first), _wording(second)
    fewest = min(len(one), len(other))
    return fewest >= _FEWEST_TERMS and len(one & other) >= ALIKE * len(one | other)


def _wording(text: str) -> set[str]:
    return {term for term in terms(text) if not term[0].isdigit()}


def figures_apart(newer: str, older: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures that only the newer passage holds, and those that only the older
    does; both empty where they agree."""
    now, before = figures(newer), figures(older)
    return (
        tuple(figure for figure in now if figure not in before),
        tuple(figure for figure in before if figure not in now),
    )
