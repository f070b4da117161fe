"""Regional papers: market position, reviews, and digests of published figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from statistics import median
from typing import Final

from corpus import vocabulary
from corpus.codes import DocumentKind, Need, OfstedRating, PlacementType
from corpus.demonstration.writing import figures
from corpus.demonstration.writing.composition import Facts, unwrapped
from corpus.demonstration.writing.filing import file_document
from corpus.demonstration.writing.homes import NOTICE, Home, long_date
from corpus.demonstration.writing.known import Known
from corpus.models import INVENTED_NOTICE, Document

PAPERS: Final = {
    "market_position.md": date(2026, 3, 31),
    "short_notice_review.md": date(2026, 3, 31),
    "prices_review.md": date(2026, 3, 31),
    "papers/national_picture.md": date(2025, 7, 14),
    "papers/buying_placements.md": date(2025, 9, 30),
    "papers/high_cost_sample.md": date(2025, 10, 21),
    "papers/kent_block_contract.md": date(2025, 11, 18),
    "papers/eastern_region_lessons.md": date(2025, 6, 5),
    "papers/fostering_supply.md": date(2026, 2, 10),
    "papers/regional_care_cooperatives.md": date(2026, 1, 27),
    "papers/forecasting_need.md": date(2025, 12, 9),
    "papers/joint_funding.md": date(2026, 3, 3),
    "papers/opening_homes.md": date(2025, 8, 19),
    "papers/distance_and_belonging.md": date(2026, 3, 17),
}
"""Regional papers by their files, with their dates."""
SOURCES: Final = {
    "dfe": (
        "Forecasting, Commissioning and Market Shaping, Department for Education,"
        " December 2024"
    ),
    "kent": (
        "Regional Residential Procurement Project: DfE Phase 2, decision 21/00094,"
        " Kent County Council, 16 November 2021"
    ),
    "east": (
        "Eastern Region Residential Care Providers Event, Improvement East,"
        " 31 January 2025"
    ),
    "slides": (
        "Complex LAC project slides, South East Sector Led Improvement Programme,"
        " undated, about December 2020"
    ),
    "dcs": (
        "Complex LAC and Edge of Care Efficiencies Project, report to directors, South"
        " East Sector Led Improvement Programme, 23 March 2018"
    ),
}
"""Real documents whose figures the papers carry: title, publisher and date."""
_PAPER_NOTICE: Final = (
    f"{INVENTED_NOTICE}; no such paper was issued. Only what"
    " it marks as a published figure is real, and the source named beside it says so."
)
_KINDS: Final = (
    PlacementType.RESIDENTIAL,
    PlacementType.FOSTERING,
    PlacementType.SUPPORTED_ACCOMMODATION,
    PlacementType.RESIDENTIAL_SCHOOL,
    PlacementType.PARENT_AND_CHILD,
    PlacementType.SECURE,
)


def write_reports(known: Known) -> list[Document]:
    """The regional papers, their figures counted in the region's tables."""
    facts: Facts = {
        **SOURCES,
        "as_at": long_date(known.as_at),
        **_sizes(known),
        **_tables(known),
        **_urgency(known.homes),
        **_price_facts(known),
    }
    return [_paper(name, published, facts) for name, published in PAPERS.items()]


def _paper(name: str, published: date, facts: Facts) -> Document:
    template = files(__package__).joinpath(name).read_text(encoding="utf-8")
    notice = _PAPER_NOTICE if name.startswith("papers/") else NOTICE
    slots = {**facts, "notice": notice}
    text = "\n\n".join(unwrapped(template)).format_map(slots) + "\n"
    return file_document(
        text,
        folder="regional",
        name=name.rpartition("/")[2].removesuffix(".md").replace("_", " "),
        kind=DocumentKind.REPORT,
        published=published,
    )


def _sizes(known: Known) -> Facts:
    owners = Counter(
        known.group_of[home.setting.provider_id] for home in known.settings
    )
    by_authority = Counter(home.setting.local_authority for home in known.homes)
    inside = [
        home
        for home in known.settings
        if home.setting.local_authority in known.south_east
    ]
    top_five = sum(count for _, count in owners.most_common(5))
    return {
        "settings": len(known.settings),
        "providers": len({home.setting.provider_id for home in known.settings}),
        "groups": len(owners),
        "south_east_settings": len(inside),
        "homes": len(known.homes),
        "largest": by_authority.most_common(1)[0][0],
        "median_places": round(median(h.setting.places or 0 for h in known.homes)),
        "top_five": round(100 * top_five / len(known.settings)),
        "unpriced": sum(not home.prices for home in known.settings),
        "no_return": sum(home.vacancies is None for home in known.homes),
        "sibling_homes": sum(home.setting.siblings >= 3 for home in known.homes),
        "fire_excluded": figures.excluding(known.homes, Need.FIRE_SETTING),
    }


def _tables(known: Known) -> Facts:
    terms = vocabulary.placement_types().terms
    kinds = {kind: known.of_type(kind) for kind in _KINDS}
    return {
        "kinds_table": figures.table(
            ("Kind", "Settings", "Registered places"),
            [
                (terms[kind].plural, len(homes), figures.places(homes) or "-")
                for kind, homes in kinds.items()
            ],
        ),
        "prices_table": figures.table(
            ("Kind", "Settings with a price", "Lowest", "Median", "Highest"),
            [(terms[kind].plural, *_spread(homes)) for kind, homes in kinds.items()],
        ),
        "needs_table": figures.table(
            ("Need", "Homes that accept", "Homes that exclude"),
            [
                (
                    vocabulary.needs().label(need),
                    figures.accepting(known.homes, need),
                    figures.excluding(known.homes, need),
                )
                for need in Need
            ],
        ),
        "authority_table": figures.table(
            ("Authority", "Children's homes", "Places", "Same-day homes"),
            [
                (name, len(homes), figures.places(homes), _same_day(homes))
                for name, homes in _by_authority(known.homes).items()
            ],
        ),
        "authority_prices_table": figures.table(
            ("Authority", "Homes with a price", "Lowest", "Median", "Highest"),
            [
                (name, *_spread(homes))
                for name, homes in _by_authority(known.homes).items()
                if len(figures.spot_prices(homes)) >= 4
            ],
        ),
    }


def _by_authority(homes: Sequence[Home]) -> dict[str, list[Home]]:
    found: dict[str, list[Home]] = {}
    for home in sorted(homes, key=lambda home: home.setting.local_authority):
        found.setdefault(home.setting.local_authority, []).append(home)
    return found


def _spread(homes: Sequence[Home]) -> tuple[int, str, str, str]:
    prices = figures.spot_prices(homes)
    if not prices:
        return 0, "-", "-", "-"
    shown = (prices[0], median(prices), prices[-1])
    lowest, middle, highest = (f"£{figures.pounds(price)}" for price in shown)
    return len(prices), lowest, middle, highest


def _same_day(homes: Sequence[Home]) -> int:
    return sum(home.setting.same_day for home in homes)


def _urgency(homes: Sequence[Home]) -> Facts:
    same_day = [home for home in homes if home.setting.same_day]
    planned = [home for home in homes if not home.setting.same_day]
    typical = median(figures.spot_prices(same_day))
    return {
        "same_day_homes": len(same_day),
        "same_day_vacant": sum(bool(home.vacancies) for home in same_day),
        "same_day_median": figures.pounds(typical),
        "planned_median": figures.median_price(planned),
        "same_day_fire": figures.excluding(same_day, Need.FIRE_SETTING),
        "same_day_hsb": figures.excluding(same_day, Need.HARMFUL_SEXUAL_BEHAVIOUR),
        "same_day_dols": figures.excluding(same_day, Need.DOLS),
        "same_day_year": figures.pounds(typical * 365 / 7),
    }


def _price_facts(known: Known) -> Facts:
    homes = known.homes
    solo = [home for home in homes if home.setting.solo]
    over_ten = [
        home for home in homes if max(home.prices.values(), default=0) >= 10_000
    ]
    lower, upper = figures.quartiles(homes)
    return {
        "solo_homes": len(solo),
        "solo_median": figures.median_price(solo),
        "solo_highest": figures.highest_price(solo),
        "shared_median": figures.median_price(h for h in homes if not h.setting.solo),
        "lower": lower,
        "upper": upper,
        "over_ten": len(over_ten),
        "over_ten_solo": sum(home.setting.solo for home in over_ten),
        "good_median": figures.median_price(_graded(homes, OfstedRating.GOOD)),
        "improvement_median": figures.median_price(
            _graded(homes, OfstedRating.REQUIRES_IMPROVEMENT)
        ),
        "framework_discount": figures.framework_discount(known.settings),
    }


def _graded(homes: Sequence[Home], rating: OfstedRating) -> list[Home]:
    return [home for home in homes if home.latest and home.latest.rating is rating]
