"""Places named in a tool call: made certain, and measured to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.errors import UnknownPlace
from corpus.geography import Gazetteer, Place
from corpus.models import Setting
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

    def miles_from(
        self, profiles: Sequence[SettingProfile]
    ) -> list[tuple[float, ...] | None]:
        """Miles from each of the places to each setting, in the settings' order.

        None without any place, and where the register withholds the address.
        """
        if not self.places:
            return [None] * len(profiles)
        points = [(p.setting.easting, p.setting.northing) for p in profiles]
        known = [(e, n) for e, n in points if e is not None and n is not None]
        each = [
            self.gazetteer.distances_miles(place, *zip(*known, strict=True)).tolist()
            for place in self.places
            if known
        ]
        miles = zip(*each, strict=True)
        return [None if None in point else next(miles) for point in points]

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


@contextmanager
def named_argument(name: str) -> Iterator[None]:
    """Say of an unknown place which argument it stands in.

    Raises:
        UnknownPlace: as the gazetteer does, the argument's name before it.
    """
    try:
        yield
    except UnknownPlace as error:
        raise UnknownPlace(f"{name}: {error.message}", error.remedy) from error


def resolve_places(near: str | tuple[str, ...] | None, gazetteer: Gazetteer) -> Origins:
    """The places of a call.

    Raises:
        UnknownPlace: for a name that is not in the gazetteer.
    """
    names = (near,) if isinstance(near, str) else near or ()
    with named_argument("near"):
        return Origins(tuple(gazetteer.resolve(name) for name in names), gazetteer)


def resolve_authority(name: str | None, gazetteer: Gazetteer) -> str | None:
    """An authority's usual name; None where none is given.

    Raises:
        UnknownPlace: for a name that is not an authority's.
    """
    with named_argument("local_authority"):
        return None if name is None else gazetteer.authority(name).name


@dataclass(frozen=True)
class Districts:
    """The districts that a search is drawn within."""

    names: frozenset[str]
    """Empty where none is asked for."""
    gazetteer: Gazetteer

    def hold(self, setting: Setting) -> bool | None:
        """Whether a setting stands in one of them.

        Where the register gives its authority alone, True where all of that authority
        is asked for, False where none of it is, and None between.
        """
        if setting.district is not None:
            return setting.district in self.names
        try:
            may_be = set(self.gazetteer.districts_of(setting.local_authority))
        except UnknownPlace:  # a Welsh authority stands in no English district
            return False
        if may_be <= self.names:
            return True
        return None if may_be & self.names else False


def resolve_districts(
    names: tuple[str, ...] | None, gazetteer: Gazetteer, argument: str
) -> Districts:
    """Districts by their usual names; all of an authority's where one is named.

    A town or postcode stands for the district that it lies in. `argument` is the one
    that names them, for errors to tell.

    Raises:
        UnknownPlace: for a name that is not in the gazetteer.
    """
    found: set[str] = set()
    for name in names or ():
        with named_argument(argument):
            place = gazetteer.resolve(name)
        if place.kind == "local_authority":
            found.update(gazetteer.districts_of(place.name))
        else:
            found.add(place.district or place.name)
    return Districts(frozenset(found), gazetteer)
