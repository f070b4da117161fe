"""Figures of one sufficiency statement: its market, and what is published."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from corpus import vocabulary
from corpus.codes import Need, OfstedRating, PlacementType
from corpus.commissioning import PublishedFigure
from corpus.demonstration.published import published_figures
from corpus.demonstration.writing import figures
from corpus.demonstration.writing.composition import Facts
from corpus.demonstration.writing.homes import Home, counted
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.sufficiency_gaps import scarce_needs
from corpus.geography import tables

_TELLING: Final = (
    Need.CSE,
    Need.CCE,
    Need.GANGS,
    Need.SELF_HARM,
    Need.FIRE_SETTING,
    Need.HARMFUL_SEXUAL_BEHAVIOUR,
    Need.AUTISM,
    Need.COMPLEX_HEALTH,
    Need.DOLS,
    Need.UASC,
)
"""Needs that the table of claims shows."""
_LOOKED_AFTER: Final = "Children looked after at 31 March each year"
_STARTED: Final = "Children starting to be looked after each year"
_CEASED: Final = "Children ceasing to be looked after each year"
_HOMES: Final = "Children's homes"
_PLACES: Final = "Places in children's homes"
_PRICED: Final = 4
"""Priced homes from which on a median of the area itself is told."""


def homes_near(known: Known, authority: str) -> list[Home]:
    """Children's homes in the authority and those that border it, in any region."""
    areas = {authority, *_neighbours(authority)}
    return _in_areas(known.of_type(PlacementType.RESIDENTIAL), areas)


def market_facts(known: Known, authority: str) -> Facts:
    """Homes, places, vacancies, claims and prices in the authority and around it."""
    homes = _in_areas(known.homes, {authority})
    near = homes_near(known, authority)
    return {
        "homes": counted(len(homes), "children's home", "children's homes"),
        "places": counted(figures.places(homes), "place", "places"),
        "vacancies": counted(sum(h.vacancies or 0 for h in homes), "place", "places"),
        **_others(known, authority),
        **_inspected(homes),
        **_prices(known, homes, near),
        **_claims(near),
        "neighbours": _joined(_neighbours(authority)),
        "neighbours_table": _beside(known, authority),
        "market_table": _market_table(homes),
    }


@cache
def _published() -> dict[tuple[str, str, int], PublishedFigure]:
    """Published figures by subject, area and year."""
    return {(row.subject, row.area, row.as_at.year): row for row in published_figures()}


def published_facts(authority: str) -> Facts:
    """Official statistics of the authority, with the titles of their sources."""
    held = _published()
    latest = held[_LOOKED_AFTER, authority, 2024]
    homes = held[_HOMES, authority, 2025]
    return {
        "dfe_source": latest.source,
        "ofsted_source": homes.source,
        "pub_2024": _whole(latest),
        "pub_2020": _whole(held[_LOOKED_AFTER, authority, 2020]),
        "pub_region": _whole(held[_LOOKED_AFTER, "South East", 2024]),
        "pub_started": _whole(held[_STARTED, authority, 2024]),
        "pub_ceased": _whole(held[_CEASED, authority, 2024]),
        "pub_homes": f"{_whole(homes)} children's homes",
        "pub_places": f"{_whole(held[_PLACES, authority, 2025])} places",
        "pub_table": figures.table(
            ("Year to 31 March", "Looked after", "Starting", "Ceasing"),
            [
                (
                    year,
                    *(
                        _whole(held[subject, authority, year])
                        for subject in (_LOOKED_AFTER, _STARTED, _CEASED)
                    ),
                )
                for year in range(2020, 2025)
            ],
        ),
    }


def _whole(figure: PublishedFigure) -> str:
    return f"{figure.value:,.0f}"


def _others(known: Known, authority: str) -> Facts:
    supported = _in_areas(
        known.of_type(PlacementType.SUPPORTED_ACCOMMODATION), {authority}
    )
    agencies = _in_areas(known.of_type(PlacementType.FOSTERING), {authority})
    return {
        "supported_homes": counted(
            len(supported),
            "supported accommodation provider",
            "supported accommodation providers",
        ),
        "branches": _branches(len(agencies)),
    }


def _branches(count: int) -> str:
    if count == 0:
        return "No independent fostering agency has a branch here"
    number = counted(
        count, "independent fostering agency", "independent fostering agencies"
    )
    return f"{number.capitalize()} {'has' if count == 1 else 'have'} a branch here"


def _inspected(homes: Sequence[Home]) -> Facts:
    graded = [home.latest.rating for home in homes if home.latest]
    better = sum(rating.rank <= OfstedRating.GOOD.rank for rating in graded)
    return {"inspected": len(graded), "better": better}


def _prices(known: Known, homes: Sequence[Home], near: Sequence[Home]) -> Facts:
    """Prices of the area; of those next to it too where the area has few."""
    enough = len(figures.spot_prices(homes)) >= _PRICED
    area = homes if enough else near
    prices = figures.spot_prices(area) or figures.spot_prices(known.homes)
    return {
        "price_area": "in our area" if enough else "in our area and those next to it",
        "median_price": figures.median_price(area),
        "highest_price": figures.pounds(prices[-1]),
    }


def _claims(near: Sequence[Home]) -> Facts:
    """The three needs that the fewest homes near by accept, and other claims."""
    facts: dict[str, str | int] = {
        "near_homes": len(near),
        "same_day_homes": sum(home.setting.same_day for home in near),
        "solo_homes": sum(home.setting.solo for home in near),
        "sibling_homes": sum(home.setting.siblings >= 3 for home in near),
        "claims_table": figures.table(
            ("Need", "Homes that accept", "Homes that exclude", "Silent"),
            [_claimed(near, need) for need in _TELLING],
        ),
    }
    for number, need in enumerate(scarce_needs(near)[:3], start=1):
        label, accepted, excluded, _ = _claimed(near, need)
        facts[f"gap_{number}"] = (
            f"{accepted} accept{'s' if accepted == 1 else ''} {label} and"
            f" {excluded} rule{'s' if excluded == 1 else ''} it out"
        )
    return facts


def _claimed(near: Sequence[Home], need: Need) -> tuple[str, int, int, int]:
    accepted, excluded = figures.accepting(near, need), figures.excluding(near, need)
    label = vocabulary.needs().label(need)
    return label, accepted, excluded, len(near) - accepted - excluded


def _beside(known: Known, authority: str) -> str:
    """A table of the homes of an authority and of each one next to it."""
    homes = known.of_type(PlacementType.RESIDENTIAL)
    areas = [authority, *sorted(_neighbours(authority))]
    return figures.table(
        ("Area", "Children's homes", "Places", "Median price"),
        [
            (area, len(held), figures.places(held), _median(held))
            for area in areas
            for held in [_in_areas(homes, {area})]
        ],
    )


def _median(homes: Sequence[Home]) -> str:
    enough = len(figures.spot_prices(homes)) >= _PRICED
    return f"£{figures.median_price(homes)}" if enough else "too few to tell"


def _market_table(homes: Sequence[Home]) -> str:
    sizes = ((1, 1), (2, 2), (3, 4), (5, 8))
    return figures.table(
        ("Registered places", "Children's homes in our area"),
        [
            (
                f"{low}" if low == high else f"{low} to {high}",
                sum(low <= (home.setting.places or 0) <= high for home in homes),
            )
            for low, high in sizes
        ],
    )


def _in_areas(homes: Sequence[Home], areas: set[str]) -> list[Home]:
    return [home for home in homes if home.setting.local_authority in areas]


def _neighbours(authority: str) -> tuple[str, ...]:
    """Authorities over the border; over the Solent for an island."""
    over_land = next(
        row.neighbours for row in tables.authorities() if row.name == authority
    )
    return over_land or ("Hampshire", "Portsmouth", "Southampton")


def _joined(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
