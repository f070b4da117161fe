"""Owners of providers: groups, with brands, subsidiaries and name variants joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from corpus.codes import Sector
from corpus.dataset import Dataset
from corpus.models import Frozen, Group, Provider
from corpus.text import comparable_name

_LEGAL_FORMS: Final = frozenset(
    "ltd limited plc llp lp cic cio co company inc uk holdings group the".split()
)
"""Words that two spellings of one owner's name may differ by."""
_TRADING_AS: Final = re.compile(r"\(.*?\)|\b(t/a|trading as)\b.*", re.IGNORECASE)


class Owner(Frozen):
    """Whoever is paid in the end: one group, or several of one name."""

    owner_id: str
    """Identifier of the group with the most providers."""
    name: str
    sector: Sector
    providers: tuple[str, ...]
    """Names of its providers, in alphabetical order."""
    joined: tuple[str, ...]
    """Names of the groups that were taken for one; empty where there is only one."""


class Owners(Frozen):
    """Every owner, and whose each provider is."""

    owners: dict[str, Owner]
    """By `owner_id`."""
    of_provider: dict[str, str]
    """The `owner_id` of each provider id."""


def reduced_name(name: str) -> str:
    """An owner's name without legal forms, brackets and what it trades as.

    "The Zone Group (UK) Ltd" and "ZONE LIMITED" are the same; a name that is nothing
    else is left as it is.
    """
    whole = comparable_name(name)
    words = comparable_name(_TRADING_AS.sub(" ", name)).split()
    return " ".join(word for word in words if word not in _LEGAL_FORMS) or whole


@lru_cache(maxsize=4)
def owners_of(dataset: Dataset) -> Owners:
    """Who owns each provider of the dataset.

    A provider belongs to its group. Groups are one owner where their reduced names are
    the same, or those of two of their providers.

    Raises:
        TableError: where a table is missing or damaged.
    """
    groups = {group.group_id: group for group in dataset.rows(Group)}
    providers: defaultdict[str, list[Provider]] = defaultdict(list)
    for provider in dataset.rows(Provider):
        providers[provider.group_id].append(provider)
    names = {
        group_id: {
            reduced_name(group.name),
            *(reduced_name(provider.name) for provider in providers[group_id]),
        }
        for group_id, group in groups.items()
    }
    found = [
        _owner([groups[group_id] for group_id in members], providers)
        for members in _sharing(names)
    ]
    return Owners(
        owners={owner.owner_id: owner for owner, _ in found},
        of_provider={key: owner.owner_id for owner, keys in found for key in keys},
    )


def _owner(
    groups: list[Group], providers: dict[str, list[Provider]]
) -> tuple[Owner, list[str]]:
    """The owner that some groups are, and the ids of its providers."""
    lead = max(groups, key=lambda group: len(providers[group.group_id]))
    owned = [each for group in groups for each in providers[group.group_id]]
    owner = Owner(
        owner_id=lead.group_id,
        name=lead.name,
        sector=lead.sector,
        providers=tuple(sorted(provider.name for provider in owned)),
        joined=tuple(group.name for group in groups) if len(groups) > 1 else (),
    )
    return owner, [provider.provider_id for provider in owned]


def _sharing(names: dict[str, set[str]]) -> Iterable[list[str]]:
    """Keys in sets, such that keys that share a name, or a third with both, are one."""
    first: dict[str, str] = {}
    lead = {key: key for key in names}
    for key, held in names.items():
        for name in sorted(held):
            lead[_lead(lead, key)] = _lead(lead, first.setdefault(name, key))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in names:
        found[_lead(lead, key)].append(key)
    return found.values()


def _lead(lead: dict[str, str], key: str) -> str:
    while lead[key] != key:
        key = lead[key]
    return key
