"""Sufficiency statements of the nineteen authorities.

What they say of homes, prices and children is counted in the region's tables, and what
they mark as published is; their forecasts, gaps and intentions are invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Final

from corpus import vocabulary
from corpus.codes import DocumentKind, PlacementType
from corpus.demonstration.calibration import AuthorityCounts, calibration
from corpus.demonstration.chance import stream
from corpus.demonstration.writing import figures
from corpus.demonstration.writing.composition import Facts, Stock, compose
from corpus.demonstration.writing.filing import file_document
from corpus.demonstration.writing.known import Known
from corpus.demonstration.writing.sufficiency_figures import (
    homes_near,
    market_facts,
    published_facts,
)
from corpus.demonstration.writing.sufficiency_gaps import PlannedGap, plan_gaps
from corpus.demonstration.writing.variation import spoken
from corpus.models import INVENTED_NOTICE, Document

PUBLISHED: Final = date(2026, 3, 31)
_KINDS: Final = {
    PlacementType.RESIDENTIAL: "Children's homes",
    PlacementType.FOSTERING: "Foster care",
    PlacementType.SUPPORTED_ACCOMMODATION: "Supported accommodation",
    PlacementType.RESIDENTIAL_SCHOOL: "Residential schools",
    PlacementType.PARENT_AND_CHILD: "Parent and child placements",
}
"""What tables call the types of placement that have gaps."""
_NOTICE: Final = (
    f"{INVENTED_NOTICE}. The council named has published no"
    " such statement. The figures in it are not its own, except those marked as"
    " published."
)


def write_sufficiency_statements(known: Known) -> list[Document]:
    """One statement for each authority of the South East, voices taking turns."""
    stock = Stock.read("sufficiency.toml")
    return [
        _statement(known, authority, stock, number)
        for number, authority in enumerate(calibration().of_tier("south_east"))
    ]


def planned_gaps(known: Known) -> tuple[PlannedGap, ...]:
    """Every gap and intention that the statements state, authority by authority."""
    return tuple(
        gap
        for authority in calibration().of_tier("south_east")
        for gap in _gaps_of(known, authority.name)
    )


def _gaps_of(known: Known, authority: str) -> tuple[PlannedGap, ...]:
    children = len(known.in_care[authority].placements)
    near = homes_near(known, authority)
    return plan_gaps(known.seed, authority, children, near)


def _statement(
    known: Known, authority: AuthorityCounts, stock: Stock, number: int
) -> Document:
    name = authority.name
    rng = stream(known.seed, "sufficiency", name)
    in_care = known.in_care[name]
    facts = {
        "notice": _NOTICE,
        "authority": name,
        **in_care.facts(),
        "ages_table": figures.table(("Age", "Per cent of children"), in_care.ages()),
        "costs_table": figures.table(("Placement", "Mean a week"), in_care.costs()),
        **_forecast(rng, len(in_care.placements)),
        **market_facts(known, name),
        **published_facts(name),
        **_gap_facts(_gaps_of(known, name)),
    }
    voice = stock.voices[number % len(stock.voices)]
    return file_document(
        compose(spoken(stock, rng), voice, facts, frozenset(), rng),
        folder="sufficiency",
        name=f"{name} sufficiency statement 2026",
        kind=DocumentKind.SUFFICIENCY_STATEMENT,
        published=PUBLISHED,
        local_authority=name,
    )


def _forecast(rng: Random, children: int) -> Facts:
    """An invented forecast of children in care, to the nearest five."""
    central = 5 * round(children * rng.uniform(0.98, 1.04) / 5)
    return {
        "forecast": f"{central:,}",
        "forecast_range": max(5, 5 * round(children * 0.04 / 5)),
    }


def _gap_facts(planned: Iterable[PlannedGap]) -> Facts:
    """Gaps and intentions as a list, in prose, and as a table."""
    held = tuple(planned)
    gaps = [row for row in held if row.kind == "gap"]
    aims = [row for row in held if row.kind == "intention"]
    return {
        "gaps_list": "\n".join(f"- {gap.text}." for gap in gaps),
        "gaps_prose": " ".join(f"{gap.text}." for gap in gaps),
        "gaps_table": figures.table(
            ("Gap", "Ages", "Needs", "Number"), [_cells(gap)[:4] for gap in gaps]
        ),
        "intentions_list": "\n".join(f"- {aim.text}." for aim in aims),
        "intentions_table": figures.table(
            ("To provide or buy", "Ages", "Needs", "Number", "By"),
            [_cells(aim) for aim in aims],
        ),
    }


def _cells(gap: PlannedGap) -> tuple[str, str, str, str, str]:
    label = vocabulary.needs().label
    households = gap.placement_type is PlacementType.FOSTERING
    return (
        _KINDS[gap.placement_type],
        f"{gap.age_from} to {gap.age_to}" if gap.age_from is not None else "any",
        " and ".join(label(need) for need in gap.needs) or "not specified",
        f"{gap.places} {'households' if households else 'places'}",
        gap.said_by,
    )
