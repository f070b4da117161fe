"""Places named in a tool call: made certain, and measured to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.geography import Gazetteer, Place
from tools.profiles import SettingProfile


@dataclass(frozen=True)
class Origins:
    """The places from which distances are measured."""

    places: tuple[Place, ...]
    gazetteer: Gazetteer

    @property
    def names(self) -> tuple[str, ...]:
        """Their usual names."""
        return tuple(place.name for place in self.places)

    def farthest_miles(self, profiles: Sequence[SettingProfile]) -> list[float | None]:
        """Miles from each setting to the farthest of the places; None without any."""
        if not self.places:
            return [None] * len(profiles)
        points = [(p.setting.easting, p.setting.northing) for p in profiles]
        known = [(e, n) for e, n in points if e is not None and n is not None]
        each = [
            self.gazetteer.distances_miles(place, *zip(*known, strict=True))
            for place in self.places
            if known
        ]
        farthest = (float(max(distances)) for distances in zip(*each, strict=True))
        return [None if None in point else next(farthest) for point in points]

    def by_authority(self, authority: str) -> bool | None:
        """Whether a setting of which only the authority is known is near every place.

        True inside the very authority asked for, None (it may be) in one that holds or
        borders each place, False elsewhere.
        """
        if all(place.name == authority for place in self.places):
            return True
        may_be = all(
            place.local_authority == authority
            or authority in self.gazetteer.neighbours(place.local_authority)
            for place in self.places
        )
        return None if may_be else False


def resolve_places(near: str | tuple[str, ...] | None, gazetteer: Gazetteer) -> Origins:
    """The places of a call.

    Raises:
        UnknownPlace: for a name that is not in the gazetteer.
    """
    names = (near,) if isinstance(near, str) else near or ()
    return Origins(tuple(gazetteer.resolve(name) for name in names), gazetteer)


def resolve_authority(name: str | None, gazetteer: Gazetteer) -> str | None:
    """An authority's usual name; None where none is given.

    Raises:
        UnknownPlace: for a name that is not an authority's.
    """
    return None if name is None else gazetteer.authority(name).name


def resolve_districts(
    names: tuple[str, ...] | None, gazetteer: Gazetteer
) -> frozenset[str]:
    """Districts by their usual names; empty where none is given.

    Raises:
        UnknownPlace: for a name that is not in the gazetteer.
    """
    found = (gazetteer.resolve(name) for name in names or ())
    return frozenset(place.district or place.name for place in found)
