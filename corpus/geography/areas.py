"""Areas on the ground: what contains a point, and how far a point is from an area."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from corpus.geography import tables

METRES_PER_MILE = 1609.344
"""The international mile, exactly."""
OFF_THE_MAP = 800
"""Metres from an area within which a point still counts as in it: areas are drawn from
postcodes, so that piers and lonely farms can lie just outside."""


@cache
def districts() -> dict[str, Any]:
    """Polygon of each district, by its name."""
    import shapely

    packed = shapely.from_wkb((tables.HERE / "areas.wkb").read_bytes())
    names = (place.name for place in tables.districts())
    return dict(zip(names, shapely.get_parts(packed), strict=True))


@cache
def authority(name: str) -> Any:
    """Polygon of an authority: its districts joined."""
    import shapely

    parts = [
        districts()[district]
        for district, owner in tables.authority_of().items()
        if owner == name
    ]
    area = shapely.union_all(parts)
    shapely.prepare(area)
    return area


def district_at(easting: float, northing: float) -> str | None:
    """Name of the district that a point lies in; None at sea or outside England."""
    import shapely

    names, tree = _tree()
    found = tree.query_nearest(
        shapely.Point(easting, northing), max_distance=OFF_THE_MAP
    )
    return names[int(found[0])] if len(found) else None


@cache
def _tree() -> tuple[tuple[str, ...], Any]:
    import shapely

    return tuple(districts()), shapely.STRtree(list(districts().values()))


@cache
def members() -> dict[str, tuple[str, ...]]:
    """Names of each authority's districts, in alphabetical order."""
    found = defaultdict(list)
    for district, owner in sorted(tables.authority_of().items()):
        found[owner].append(district)
    return {owner: tuple(names) for owner, names in found.items()}
