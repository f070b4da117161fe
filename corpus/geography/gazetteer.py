"""The gazetteer: names to places, and places to distances."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.errors import UnknownPlace
from corpus.geography import areas, tables
from corpus.geography.mentions import read_mentions
from corpus.geography.names import Names, names
from corpus.geography.places import LocalAuthority, Mention, Place, PlaceKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

HOME_REGION = "South East"
"""Where a name shared by several places is taken to be, unless the caller says."""


class Gazetteer:
    """Places of England. Immutable; `load()` gives every caller the same one."""

    def __init__(self, index: Names) -> None:
        self._names = index
        self.authorities: tuple[LocalAuthority, ...] = tables.authorities()
        """All 153 that are responsible for children's services, by name."""

    @classmethod
    def load(cls) -> Gazetteer:
        """The packaged gazetteer. Areas are read when a distance is first asked for."""
        return _load()

    def authority(self, name: str) -> LocalAuthority:
        """The authority of that name, alias or code.

        Raises:
            UnknownPlace: for any other name, with those most like it.
        """
        place = self.resolve(name)
        if place.kind != "local_authority":
            kind = place.kind.replace("_", " ")
            raise UnknownPlace(
                f"{place.name!r} is a {kind}, not a local authority.",
                f"It lies in {place.local_authority}.",
            )
        return self._names.local_authorities[place.name]

    def resolve(self, name: str, *, near_region: str | None = HOME_REGION) -> Place:
        """The place that a name, alias or postcode means, forgiving small slips.

        Of several places that share the name, the one in `near_region` is meant; with
        None, or where that does not decide, the name needs its county: "Newport, Isle
        of Wight". A town comes before the district of its name. A full postcode gives
        its sector.

        Raises:
            UnknownPlace: for a name that means no place, or several alike.
        """
        return self._names.find(name, near_region)

    def mentions(
        self, text: str, *, near_region: str | None = HOME_REGION
    ) -> list[Mention]:
        """Places that a free text names, in order; they do not overlap.

        A word that is also an ordinary one counts only where the text uses it as a
        place: "homes near Reading", not "help with reading".
        """
        return read_mentions(text, self._names, near_region)

    def distances_miles(
        self, place: Place, eastings: ArrayLike, northings: ArrayLike
    ) -> NDArray[np.float64]:
        """Straight-line miles from each point to the nearest part of a place.

        Args:
            eastings: n values in metres; `northings` the same.

        Returns:
            n distances: 0 inside an authority or district; to the point of a town or
            postcode, which have no area here.
        """
        import numpy as np
        import shapely

        points = shapely.points(
            np.asarray(eastings, dtype=float), np.asarray(northings, dtype=float)
        )
        metres = shapely.distance(_shape(place), points)
        return np.atleast_1d(metres / areas.METRES_PER_MILE)

    def distance_miles(self, place: Place, easting: float, northing: float) -> float:
        """Straight-line miles from one point to the nearest part of a place."""
        return float(self.distances_miles(place, [easting], [northing])[0])

    def neighbours(self, authority: str) -> tuple[str, ...]:
        """Names of the authorities that border one over land, in alphabetical order."""
        return self.authority(authority).neighbours

    def districts_of(self, authority: str) -> tuple[str, ...]:
        """Names of an authority's districts; itself alone for a unitary one."""
        return areas.members()[self.authority(authority).name]

    def places_in(self, authority: str, kind: PlaceKind) -> tuple[Place, ...]:
        """Towns, districts or postcode districts that lie in an authority.

        Postcode sectors are too many to list: none are given.
        """
        name = self.authority(authority).name
        return tuple(p for p in _of_kind(kind) if p.local_authority == name)

    def authority_at(self, easting: float, northing: float) -> str | None:
        """Name of the authority that a point lies in; None off the land of England."""
        district = areas.district_at(easting, northing)
        return tables.authority_of()[district] if district else None


def _of_kind(kind: PlaceKind) -> Iterable[Place]:
    if kind == "town":
        return (town for town, _ in tables.towns())
    if kind == "district":
        return tables.districts()
    return tables.outcodes() if kind == "postcode_district" else ()


def _shape(place: Place) -> Any:
    import shapely

    if place.kind == "local_authority":
        return areas.authority(place.name)
    if place.kind == "district":
        return areas.districts()[place.name]
    return shapely.Point(place.easting, place.northing)


@cache
def _load() -> Gazetteer:
    return Gazetteer(names())
