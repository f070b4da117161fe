"""A market of 26 settings made by hand, one for each letter, every criterion varied.

Each setting stands at a town's own point, so that distances can be worked out on paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.codes import (
    Gender,
    Need,
    OfstedRating,
    PlacementType,
    RegistrationStatus,
    Route,
    Sector,
    Stance,
    SupportedOutcome,
)
from corpus.data_directory import DataDirectory
from corpus.dataset import Rows, write_tables
from corpus.models import (
    ClaimedNeed,
    Group,
    Inspection,
    PriceOffer,
    Provider,
    Setting,
    Vacancy,
)

AS_AT = date(2026, 3, 31)
STATED_ON = date(2025, 10, 1)
REPORTED_ON = date(2026, 3, 20)
QUOTED_ON = date(2026, 1, 15)
INSPECTED_ON = date(2025, 6, 10)

Town = tuple[str, str | None, str | None, int | None, int | None]
"""Authority, district, town, easting, northing."""

MAIDSTONE: Town = ("Kent", "Maidstone", "Maidstone", 576100, 155900)
ASHFORD: Town = ("Kent", "Ashford", "Ashford", 600869, 142615)
CANTERBURY: Town = ("Kent", "Canterbury", "Canterbury", 614900, 157800)
CHATHAM: Town = ("Medway", "Medway", "Chatham", 575825, 167837)
DARTFORD: Town = ("Kent", "Dartford", "Dartford", 554409, 174028)
WELLS: Town = ("Kent", "Tunbridge Wells", "Tunbridge Wells", 558400, 139200)
DOVER: Town = ("Kent", "Dover", "Dover", 631835, 141675)
SEVENOAKS: Town = ("Kent", "Sevenoaks", "Sevenoaks", 552963, 154705)
HASTINGS: Town = ("East Sussex", "Hastings", "Hastings", 581585, 109506)
CRAWLEY: Town = ("West Sussex", "Crawley", "Crawley", 526960, 136701)
GUILDFORD: Town = ("Surrey", "Guildford", "Guildford", 499845, 149423)
MANCHESTER: Town = ("Manchester", "Manchester", "Manchester", 384871, 395975)
KENT_WITHHELD: Town = ("Kent", None, None, None, None)
MEDWAY_WITHHELD: Town = ("Medway", None, None, None, None)

ANY, BOYS, GIRLS, BOTH, UNSTATED = "mfo", "m", "f", "mf", ""
_GENDERS = {"m": Gender.MALE, "f": Gender.FEMALE, "o": Gender.OTHER}

HOME, SUPPORTED = PlacementType.RESIDENTIAL, PlacementType.SUPPORTED_ACCOMMODATION
FOSTERING = PlacementType.FOSTERING


@dataclass(frozen=True)
class Row:
    """One setting as it stands on paper."""

    name: str
    kind: PlacementType | None
    town: Town
    places: int | None
    ages: tuple[int | None, int | None]
    genders: str
    solo: bool | None
    siblings: int | None
    same_day: bool | None
    accepts: str = ""
    excludes: str = ""
    grade: str | None = None
    vacancies: int | None = None
    prices: dict[str, int] = field(default_factory=dict)
    outcome: str | None = None
    suspended: bool = False

    @property
    def letter(self) -> str:
        """The first letter of the name, which no other setting shares."""
        return self.name[0]

    @property
    def urn(self) -> str:
        """An invented number."""
        return f"91000{ord(self.letter) - ord('A'):02}"


MARKET = (
    Row("Alder House", HOME, MAIDSTONE, 4, (10, 17), ANY, False, 2, True,
        "cse cce missing", "fire_setting", "good", 2,
        {"spot": 5500, "framework": 5200}),
    Row("Birch House", HOME, ASHFORD, 3, (8, 14), BOYS, False, 1, False,
        "violence adhd", "cse", "outstanding", 1, {"spot": 6000}),
    Row("Cedar House", HOME, CANTERBURY, 2, (12, 17), GIRLS, True, 2, True,
        "cse self_harm missing", "violence", "good", 0,
        {"spot": 7000, "framework": 6600}),
    Row("Dogwood House", HOME, CHATHAM, 1, (11, 17), ANY, None, 1, False,
        "cse cce violence dols", "", "requires_improvement", 1, {"spot": 12000}),
    Row("Elm House", HOME, WELLS, 6, (5, 12), ANY, False, 3, False,
        "attachment_trauma semh", "offending", "good", 3,
        {"spot": 4800, "framework": 4500}),
    Row("Fir House", HOME, DARTFORD, 4, (13, 17), BOYS, False, 1, True,
        "cce gangs offending missing", "harmful_sexual_behaviour", "inadequate", 2,
        {"spot": 5000}),
    Row("Gorse House", HOME, SEVENOAKS, 3, (10, 17), BOTH, False, 1, None,
        "autism learning_disability", "cse"),
    Row("Hazel House", HOME, DOVER, 4, (10, 15), ANY, False, 2, False,
        "cse", "", "good", 1, {"spot": 5300}, suspended=True),
    Row("Ivy House", HOME, HASTINGS, 3, (12, 18), GIRLS, True, 1, True,
        "self_harm suicide_risk mental_health eating_disorder", "fire_setting",
        "outstanding", 1, {"spot": 9000}),
    Row("Juniper House", HOME, CRAWLEY, 5, (7, 13), ANY, False, 2, False,
        "adhd autism semh", "violence", "requires_improvement", 2,
        {"framework": 4400}),
    Row("Kauri House", HOME, KENT_WITHHELD, 4, (9, 16), UNSTATED, None, None, None,
        grade="good"),
    Row("Larch House", HOME, MEDWAY_WITHHELD, 3, (None, None), BOTH, None, None, None,
        "missing", "", "good", 1, {"spot": 5600}),
    Row("Maple Lodgings", SUPPORTED, MAIDSTONE, 8, (16, 18), ANY, True, 2, True,
        "uasc offending", "fire_setting", None, 3, {"spot": 1500, "framework": 1400},
        outcome="consistently_strong"),
    Row("Nettle Lodgings", SUPPORTED, ASHFORD, 6, (16, 21), BOYS, False, 1, False,
        "uasc", "", None, 2, {"spot": 1200}, outcome="serious_weaknesses"),
    Row("Oak Lodgings", SUPPORTED, CANTERBURY, 5, (15, 17), ANY, False, 1, False,
        "missing", "", None, 1, {"framework": 1600}),
    Row("Poplar Fostering", FOSTERING, MAIDSTONE, None, (0, 18), ANY, True, 4, True,
        "attachment_trauma uasc cse", "", "good", 5, {"spot": 950, "framework": 880}),
    Row("Quince Fostering", FOSTERING, CHATHAM, None, (0, 10), ANY, False, 2, True,
        "learning_disability complex_health", "", "outstanding", 1,
        {"framework": 1000}),
    Row("Rowan Fostering", FOSTERING, HASTINGS, None, (5, 17), ANY, True, 3, False,
        "autism adhd", "harm_to_animals fire_setting", "good", None, {"block": 900}),
    Row("Spruce Fostering", FOSTERING, ASHFORD, None, (0, 17), ANY, None, None, None,
        vacancies=0, prices={"in_house": 650}),
    Row("Thorn School", PlacementType.RESIDENTIAL_SCHOOL, SEVENOAKS, 20, (8, 18), BOTH,
        False, 2, False, "autism semh learning_disability", "", "good", 4,
        {"spot": 5900, "framework": 5600}),
    Row("Umber Secure", PlacementType.SECURE, GUILDFORD, 12, (10, 17), ANY, False, 1,
        False, "violence dols", "", "good", 1, {"spot": 7500}),
    Row("Viburnum Centre", PlacementType.PARENT_AND_CHILD, WELLS, 6, (0, 25), ANY,
        False, 1, False, "learning_disability", "", "good", 1, {"spot": 4000}),
    Row("Willow Flat", PlacementType.UNREGISTERED, MAIDSTONE, 2, (10, 17), ANY, True, 2,
        True, "cse missing violence", "", None, 2, {"spot": 15000}),
    Row("Xylem Boarding", None, CANTERBURY, 50, (8, 18), ANY, None, None, None),
    Row("Yew House", HOME, MANCHESTER, 3, (11, 17), ANY, True, 1, True,
        "cse cce missing violence", "", "outstanding", 1, {"spot": 6500}),
    Row("Zelkova House", HOME, CHATHAM, 3, (10, 12), ANY, False, 2, False,
        "cse", "", "good", 1, {"framework": 5100}),
)  # fmt: skip

EVERY_LETTER = frozenset(row.letter for row in MARKET)


def letters(urns: object) -> frozenset[str]:
    """The letters of some URNs."""
    assert isinstance(urns, list | tuple | set | frozenset)
    by_urn = {row.urn: row.letter for row in MARKET}
    return frozenset(by_urn[urn] for urn in urns)


def write_market(root: Path) -> None:
    """The market as the tables of a new data directory, without one placement."""
    rows: Rows = {
        "groups": [
            Group(
                group_id=f"G{r.letter}", name=f"{r.name} Group", sector=Sector.PRIVATE
            )
            for r in MARKET
        ],
        "providers": [
            Provider(
                provider_id=f"P{r.letter}",
                name=f"{r.name} Limited",
                group_id=f"G{r.letter}",
            )
            for r in MARKET
        ],
        "settings": [_setting(row) for row in MARKET],
        "claimed_needs": [claim for row in MARKET for claim in _claims(row)],
        "inspections": [
            Inspection(
                urn=r.urn, inspected_on=INSPECTED_ON, rating=OfstedRating(r.grade)
            )
            for r in MARKET
            if r.grade
        ],
        "vacancies": [
            Vacancy(urn=r.urn, vacancies=r.vacancies, as_at=REPORTED_ON)
            for r in MARKET
            if r.vacancies is not None
        ],
        "prices": [
            PriceOffer(
                urn=r.urn, route=Route(route), weekly_price=price, as_at=QUOTED_ON
            )
            for r in MARKET
            for route, price in r.prices.items()
        ],
    }
    write_tables(DataDirectory(root), rows, "demonstration", AS_AT, seed=1)


def _setting(row: Row) -> Setting:
    authority, district, town, easting, northing = row.town
    return Setting(
        urn=row.urn,
        name=row.name,
        provider_id=f"P{row.letter}",
        placement_type=row.kind,
        local_authority=authority,
        district=district,
        town=town,
        postcode_district=None,
        easting=easting,
        northing=northing,
        places=row.places,
        age_from=row.ages[0],
        age_to=row.ages[1],
        genders=tuple(_GENDERS[initial] for initial in row.genders),
        status=RegistrationStatus.SUSPENDED
        if row.suspended
        else RegistrationStatus.ACTIVE,
        solo=row.solo,
        siblings=row.siblings,
        same_day=row.same_day,
        statement_date=STATED_ON,
        provision_type="Boarding School" if row.kind is None else None,
        supported_outcome=SupportedOutcome(row.outcome) if row.outcome else None,
        supported_outcome_on=INSPECTED_ON if row.outcome else None,
    )


def _claims(row: Row) -> list[ClaimedNeed]:
    stances = ((Stance.ACCEPTS, row.accepts), (Stance.EXCLUDES, row.excludes))
    return [
        ClaimedNeed(urn=row.urn, need=Need(need), stance=stance)
        for stance, needs in stances
        for need in needs.split()
    ]
