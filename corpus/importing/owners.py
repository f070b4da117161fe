"""Owners named in a list of settings: one provider for each, and its group."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from corpus.codes import Sector
from corpus.models import Group, Provider
from corpus.text import comparable_name

T = TypeVar("T", bound=str)

_LEGAL_FORM = re.compile(r" (ltd|limited)$")


def provider_id(owner: str) -> str:
    """The identifier of an owner: the same for "Zone Ltd" and "ZONE LIMITED"."""
    name = _LEGAL_FORM.sub(" limited", comparable_name(owner))
    return name.replace(" ", "-") or "unnamed"


def found_owners(
    named: Sequence[tuple[str, Sector]],
) -> tuple[list[Provider], list[Group], tuple[str, ...]]:
    """Providers, their groups, and what to tell of them.

    A register names no group above an owner, so each provider is its own. Of several
    spellings or sectors of an owner, the one that most of its settings have is kept.
    """
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sectors: defaultdict[str, Counter[Sector]] = defaultdict(Counter)
    for owner, sector in named:
        spellings[provider_id(owner)][owner] += 1
        sectors[provider_id(owner)][sector] += 1
    names = {key: _commonest(counts) for key, counts in spellings.items()}
    providers = [
        Provider(provider_id=key, name=name, group_id=key)
        for key, name in names.items()
    ]
    groups = [
        Group(group_id=key, name=name, sector=_commonest(sectors[key]))
        for key, name in names.items()
    ]
    return providers, groups, tuple(_told(spellings.values(), sectors.values()))


def _commonest(counts: Counter[T]) -> T:
    """The value counted most; of several, the first by name."""
    return min(counts, key=lambda value: (-counts[value], value))


def _told(
    spellings: Iterable[Counter[str]], sectors: Iterable[Counter[Sector]]
) -> Iterable[str]:
    several = sum(len(counts) > 1 for counts in spellings)
    mixed = sum(len(counts) > 1 for counts in sectors)
    if several:
        yield (
            f"Owners spelt in several ways (capitals, Ltd or Limited): {several:,};"
            " each was taken as one, under its commonest spelling."
        )
    if mixed:
        yield (
            f"Owners listed under more than one sector: {mixed:,}; each was given the"
            " sector that most of its settings have."
        )
