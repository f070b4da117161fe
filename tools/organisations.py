"""Settings, providers and groups as a call names them: found, or suggested."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from corpus.dataset import Dataset
from corpus.errors import InvalidArguments
from corpus.geography.spelling import alike
from corpus.text import comparable_name
from tools.owners import owners_of, reduced_name
from tools.profiles import SettingProfile, setting_profiles

Kind = Literal["setting", "provider", "group"]

_SHORTEST_PART: Final = 4
"""Letters from which a part of a name stands for it."""
_LISTED: Final = 8
"""Names listed in a message."""


@dataclass(frozen=True)
class Organisation:
    """A setting, a provider or a group, with the settings that it is or owns."""

    kind: Kind
    identifier: str
    """A URN, a provider_id, or the group_id of an owner."""
    name: str
    urns: frozenset[str]
    where: str
    """Authority of a setting, or of an owner's settings; empty where there are many."""

    @property
    def told(self) -> str:
        """The name with what tells it from another of that name."""
        key = f"URN {self.identifier}" if self.kind == "setting" else self.identifier
        parts = (self.kind, key, self.where)
        return f"{self.name} ({', '.join(part for part in parts if part)})"


def organisation_named(text: str, dataset: Dataset) -> Organisation:
    """The setting, provider or group of a name or identifier.

    Case, punctuation and the legal form do not count, and a part of a name stands for
    it where it is a part of no other. Of an owner and a setting of its that share a
    name, the owner is meant.

    Raises:
        NothingLoaded: where the data directory holds no settings.
        InvalidArguments: for a name of none, with those most like it, or of several.
    """
    known = organisations(dataset)
    key = comparable_name(text)
    for found in _readings(key, known):
        if found:
            return _widest(text, found)
    names = sorted({organisation.name for organisation in known})
    likely = ", ".join(repr(name) for name in alike(text, names)) if key else ""
    raise InvalidArguments(
        f"provider = {text!r}: no setting, provider or group of that name or URN is"
        " held.",
        f"Names most like it: {likely}." if likely else "Give a name or a URN.",
    )


def _readings(
    key: str, known: tuple[Organisation, ...]
) -> tuple[list[Organisation], ...]:
    """What a name may mean: by identifier, in full, without legal form, by a part."""
    if not key:
        return ()
    bare, part = reduced_name(key), re.compile(rf"\b{re.escape(key)}\b")
    long_enough = len(key) >= _SHORTEST_PART
    return (
        [o for o in known if comparable_name(o.identifier) == key],
        [o for o in known if comparable_name(o.name) == key],
        [o for o in known if reduced_name(o.name) == bare],
        [o for o in known if long_enough and part.search(comparable_name(o.name))],
    )


def _widest(text: str, found: list[Organisation]) -> Organisation:
    """The one that owns all the others; of owners of the same settings, the provider.

    Raises:
        InvalidArguments: where none owns all the others.
    """
    order = ("provider", "group", "setting")
    widest: list[Organisation] = []
    for one in sorted(found, key=lambda o: (-len(o.urns), order.index(o.kind))):
        if not any(one.urns <= other.urns for other in widest):
            widest.append(one)
    if len(widest) == 1:
        return widest[0]
    listed = "; ".join(organisation.told for organisation in widest[:_LISTED])
    more = f"; and {len(widest) - _LISTED} more" if len(widest) > _LISTED else ""
    raise InvalidArguments(
        f"provider = {text!r} names {len(widest)}: {listed}{more}.",
        "Give one of those names in full, or its URN.",
    )


@lru_cache(maxsize=4)
def organisations(dataset: Dataset) -> tuple[Organisation, ...]:
    """Every group, provider and setting of a dataset that has a setting.

    Raises:
        NothingLoaded: where the data directory holds no settings.
    """
    profiles = setting_profiles(dataset)
    owners = owners_of(dataset)
    groups: defaultdict[str, list[SettingProfile]] = defaultdict(list)
    providers: defaultdict[str, list[SettingProfile]] = defaultdict(list)
    for profile in profiles:
        provider_id = profile.setting.provider_id
        providers[provider_id].append(profile)
        groups[owners.of_provider[provider_id]].append(profile)
    names = {key: owner.name for key, owner in owners.owners.items()}
    return (
        *(_owner("group", key, names[key], own) for key, own in groups.items()),
        *(
            _owner("provider", key, own[0].provider, own)
            for key, own in providers.items()
        ),
        *(_setting(profile) for profile in profiles),
    )


def _owner(
    kind: Kind, identifier: str, name: str, own: list[SettingProfile]
) -> Organisation:
    places = sorted({profile.setting.local_authority for profile in own})
    return Organisation(
        kind=kind,
        identifier=identifier,
        name=name,
        urns=frozenset(profile.setting.urn for profile in own),
        where=places[0] if len(places) == 1 else f"{len(own)} settings",
    )


def _setting(profile: SettingProfile) -> Organisation:
    setting = profile.setting
    return Organisation(
        kind="setting",
        identifier=setting.urn,
        name=setting.name,
        urns=frozenset({setting.urn}),
        where=setting.local_authority,
    )
