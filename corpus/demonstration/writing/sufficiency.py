"""Sufficiency statements of the nineteen authorities.

What they say of homes, prices and children is counted in the region's tables; their
forecasts are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Final

from corpus import vocabulary
from corpus.codes import DocumentKind, Need, OfstedRating, PlacementType
from corpus.demonstration.calibration import AuthorityCounts, calibration
from corpus.demonstration.chance import stream
from corpus.demonstration.writing import figures
from corpus.demonstration.writing.composition import Facts, Stock, compose
from corpus.demonstration.writing.filing import file_document
from corpus.demonstration.writing.homes import Home, counted
from corpus.demonstration.writing.known import Known
from corpus.geography import tables
from corpus.models import Document

PUBLISHED: Final = date(2026, 3, 31)
_SCARCE: Final = (
    Need.FIRE_SETTING,
    Need.HARMFUL_SEXUAL_BEHAVIOUR,
    Need.DOLS,
    Need.SUICIDE_RISK,
    Need.GANGS,
    Need.COMPLEX_HEALTH,
    Need.EATING_DISORDER,
    Need.PHYSICAL_DISABILITY,
)
"""Needs that a statement looks at for gaps."""
_NOTICE: Final = (
    "Invented document of the demonstration region. The council named has published no"
    " such statement, and the figures in it are not its own."
)


def write_sufficiency_statements(known: Known) -> list[Document]:
    """One statement for each authority of the South East, voices taking turns."""
    stock = Stock.read("sufficiency.toml")
    return [
        _statement(known, authority, stock, number)
        for number, authority in enumerate(calibration().of_tier("south_east"))
    ]


def _statement(
    known: Known, authority: AuthorityCounts, stock: Stock, number: int
) -> Document:
    rng = stream(known.seed, "sufficiency", authority.name)
    voice = stock.voices[number % len(stock.voices)]
    intentions = rng.sample(stock.lists["intentions"], 4)
    facts = {
        "notice": _NOTICE,
        "authority": authority.name,
        **known.in_care[authority.name].facts(),
        **_forecast(rng, len(known.in_care[authority.name].placements)),
        **_market(known, authority.name),
        **_gaps(known, authority.name),
        "intentions_list": ";\n".join(f"- {aim}" for aim in intentions) + ".",
    }
    return file_document(
        compose(stock, voice, facts, frozenset(), rng),
        folder="sufficiency",
        name=f"{authority.name} sufficiency statement 2026",
        kind=DocumentKind.SUFFICIENCY_STATEMENT,
        published=PUBLISHED,
        local_authority=authority.name,
    )


def _forecast(rng: Random, children: int) -> Facts:
    """An invented forecast about the number of children in care."""
    return {
        "forecast": f"{round(children * rng.uniform(0.98, 1.04)):,}",
        "forecast_range": max(4, round(children * 0.04)),
    }


def _market(known: Known, authority: str) -> Facts:
    """Homes, places, vacancies and prices in the authority, by the tables."""
    homes = _in_areas(known.homes, {authority})
    area = homes
    price_area = "in our area"
    if len(figures.spot_prices(area)) < 4:
        area = _near(known, authority)
        price_area = "in our area and those next to it"
    prices = figures.spot_prices(area) or figures.spot_prices(known.homes)
    supported = _in_areas(
        known.of_type(PlacementType.SUPPORTED_ACCOMMODATION), {authority}
    )
    agencies = _in_areas(known.of_type(PlacementType.FOSTERING), {authority})
    return {
        "homes": counted(len(homes), "children's home", "children's homes"),
        "places": counted(figures.places(homes), "place", "places"),
        "vacancies": counted(sum(h.vacancies or 0 for h in homes), "place", "places"),
        "supported_homes": counted(
            len(supported),
            "supported accommodation provider",
            "supported accommodation providers",
        ),
        "branches": _branches(len(agencies)),
        **_inspected(homes),
        "neighbours": _joined(_neighbours(authority)),
        "price_area": price_area,
        "median_price": figures.median_price(area),
        "highest_price": figures.pounds(prices[-1]),
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


def _gaps(known: Known, authority: str) -> Facts:
    """The three needs that the fewest homes near by accept."""
    near = _near(known, authority)
    scarce = sorted(_SCARCE, key=lambda need: figures.accepting(near, need))[:3]
    facts: dict[str, str | int] = {"near_homes": len(near)}
    for number, need in enumerate(scarce, start=1):
        label = vocabulary.needs().label(need)
        accepted = figures.accepting(near, need)
        excluded = figures.excluding(near, need)
        facts[f"gap_{number}"] = (
            f"{accepted} accept{'s' if accepted == 1 else ''} {label} and"
            f" {excluded} rule{'s' if excluded == 1 else ''} it out"
        )
    return facts


def _near(known: Known, authority: str) -> list[Home]:
    """Children's homes in the authority and those that border it, in any region."""
    areas = {authority, *_neighbours(authority)}
    return _in_areas(known.of_type(PlacementType.RESIDENTIAL), areas)


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
