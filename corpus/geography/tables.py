"""The packaged tables: rows of the CSV files beside this module, as typed values."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus.geography.places import LocalAuthority, Place, PlaceKind

HERE = Path(__file__).parent


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _split(field: str) -> tuple[str, ...]:
    return tuple(part for part in field.split("|") if part)


@cache
def districts() -> tuple[Place, ...]:
    """Every district, in the order of the areas in `areas.wkb`."""
    return tuple(
        Place(
            name=row["name"],
            kind="district",
            local_authority=row["local_authority"],
            district=row["name"],
            easting=int(row["easting"]),
            northing=int(row["northing"]),
        )
        for row in _rows("districts.csv")
    )


@cache
def district_aliases() -> dict[str, tuple[str, ...]]:
    """Other names of some districts, among them those that they replaced."""
    rows = _rows("district_aliases.csv")
    return {row["name"]: _split(row["aliases"]) for row in rows}


@cache
def authority_of() -> dict[str, str]:
    """District's name to the name of its authority."""
    return {place.name: place.local_authority for place in districts()}


@cache
def authorities() -> tuple[LocalAuthority, ...]:
    """All 153 authorities, in alphabetical order."""
    neighbours = defaultdict(list)
    for row in _rows("neighbours.csv"):
        neighbours[row["local_authority"]].append(row["neighbour"])
    middles = _middles()
    return tuple(
        LocalAuthority.model_validate(
            row
            | {
                "aliases": _split(row["aliases"]),
                "easting": middles[row["name"]][0],
                "northing": middles[row["name"]][1],
                "neighbours": tuple(sorted(neighbours[row["name"]])),
            }
        )
        for row in _rows("authorities.csv")
    )


def _middles() -> dict[str, tuple[int, int]]:
    """Mean point of each authority's districts."""
    points = defaultdict(list)
    for place in districts():
        points[place.local_authority].append((place.easting, place.northing))
    return {
        name: (
            sum(x for x, _ in found) // len(found),
            sum(y for _, y in found) // len(found),
        )
        for name, found in points.items()
    }


@cache
def towns() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    """Every town with its other names."""
    return tuple(
        (_point(row, "town"), _split(row["aliases"])) for row in _rows("towns.csv")
    )


def outcode(name: str) -> Place | None:
    """The postcode district of that name ("ME15"); None where there is none."""
    row = _postcodes("outcodes.csv").get(name)
    return _point(row, "postcode_district") if row else None


def sector(name: str) -> Place | None:
    """The postcode sector of that name ("ME15 6"); None where there is none."""
    row = _postcodes("sectors.csv").get(name)
    return _point(row, "postcode_sector") if row else None


def outcodes() -> Iterator[Place]:
    """Every postcode district."""
    for row in _postcodes("outcodes.csv").values():
        yield _point(row, "postcode_district")


@cache
def _postcodes(file: str) -> dict[str, dict[str, str]]:
    """Rows by name; places are made of them only when asked for."""
    return {row["name"]: row for row in _rows(file)}


def _point(row: dict[str, str], kind: PlaceKind) -> Place:
    district = row["district"]
    return Place(
        name=row["name"],
        kind=kind,
        local_authority=authority_of()[district],
        district=district,
        easting=int(row["easting"]),
        northing=int(row["northing"]),
    )
