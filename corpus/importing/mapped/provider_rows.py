"""Rows of a sheet of providers: settings, their owners, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from corpus.codes import (
    Gender,
    OfstedRating,
    PlacementType,
    RegistrationStatus,
    Route,
    Sector,
    Stance,
)
from corpus.geography import Place
from corpus.importing.mapped.known import KnownProviders
from corpus.importing.mapped.row_values import RowFault, RowValues, stable_id
from corpus.importing.owners import provider_id
from corpus.models import (
    ClaimedNeed,
    Frozen,
    Group,
    Inspection,
    PriceOffer,
    Provider,
    Setting,
    Vacancy,
)


class Record(NamedTuple):
    """A row of one table."""

    table: str
    row: Frozen


def setting_records(
    values: RowValues, known: KnownProviders, as_at: date
) -> list[Record]:
    """The setting that a row states, its owner, and what the row says of it.

    What the row leaves open is kept from the setting held of that URN, or of that name.

    Args:
        as_at: day to which vacancies and prices without a day of their own speak.

    Raises:
        RowFault: where a fact is missing without which it is none.
    """
    held = _held(values, known)
    owner = values.get("provider", str)
    records = list(_owner(values, known, owner)) if owner else []
    stated = _stated(values)
    if owner:
        stated["provider_id"] = _owner_id(known, owner)
    elif held is None:
        stated["provider_id"] = provider_id(values.require("setting", str))
        records += _owner(values, known, values.require("setting", str))
    setting = _merged(values, held, stated)
    return [*records, Record("settings", setting), *_said(values, setting.urn, as_at)]


def _held(values: RowValues, known: KnownProviders) -> Setting | None:
    urn = values.get("urn", str)
    if urn is None and "urn" in values.unread:
        fault = values.unread["urn"]
        raise RowFault("urn", fault.why, fault.remedy)
    name = values.get("setting", str)
    urn = urn or (known.setting_named(name) if name else None)
    return known.setting(urn) if urn else None


def _owner_id(known: KnownProviders, owner: str) -> str:
    return known.provider_named(owner) or provider_id(owner)


def _owner(values: RowValues, known: KnownProviders, owner: str) -> Iterator[Record]:
    """The owner with its group, unless it is known."""
    identifier = _owner_id(known, owner)
    if known.has_provider(identifier):
        return
    sector = values.require("sector", Sector)
    yield Record("groups", Group(group_id=identifier, name=owner, sector=sector))
    yield Record(
        "providers",
        Provider(provider_id=identifier, name=owner, group_id=identifier),
    )


def _stated(values: RowValues) -> dict[str, Any]:
    """Fields of a setting as the row gives them; None for those that it does not."""
    postcode = values.get("postcode", Place)
    ages = values.get("ages", tuple) or (None, None)
    youngest, oldest = values.get("age_from", int), values.get("age_to", int)
    return {
        "name": values.get("setting", str),
        "placement_type": values.get("placement_type", PlacementType),
        "local_authority": values.get("local_authority", str)
        or (postcode.local_authority if postcode else None),
        "district": postcode.district if postcode else None,
        "town": values.get("town", str),
        "postcode_district": postcode.name.partition(" ")[0] if postcode else None,
        "easting": postcode.easting if postcode else None,
        "northing": postcode.northing if postcode else None,
        "places": values.get("places", int),
        "age_from": ages[0] if youngest is None else youngest,
        "age_to": ages[1] if oldest is None else oldest,
        "genders": tuple(g for g in values.get("genders", tuple) or () if g in Gender),
        "status": values.get("status", RegistrationStatus),
        "solo": values.get("solo", bool),
        "siblings": values.get("siblings", int),
        "same_day": values.get("same_day", bool),
        "statement_date": values.get("statement_date", date),
    }


def _merged(values: RowValues, held: Setting | None, stated: dict[str, Any]) -> Setting:
    """The setting held with what is stated laid over it; a new one where none is."""
    given = {name: value for name, value in stated.items() if value not in (None, ())}
    if held is not None:
        return Setting.model_validate({**held.model_dump(), **given})
    name = values.require("setting", str)
    values.require("placement_type", PlacementType)
    if not given.get("local_authority"):
        values.require("local_authority", str)
    values.require("status", RegistrationStatus)
    urn = values.get("urn", str)
    if urn is None:
        urn = stable_id("local", name, given["local_authority"], given["provider_id"])
        values.note("urn", urn, "no URN is given: an identifier was made of its name")
    return Setting.model_validate({**stated, **given, "urn": urn})


def _said(values: RowValues, urn: str, as_at: date) -> Iterator[Record]:
    """Needs claimed, grade, vacancies and price, as far as the row gives them."""
    for need in values.sorted_needs():
        claim = ClaimedNeed(urn=urn, need=need, stance=Stance.ACCEPTS)
        yield Record("claimed_needs", claim)
    rating, day = values.get("rating", OfstedRating), values.get("inspected_on", date)
    if rating and day:
        yield Record(
            "inspections", Inspection(urn=urn, inspected_on=day, rating=rating)
        )
    elif rating:
        values.note("rating", "", "the day of the inspection is not given")
    vacancies = values.get("vacancies", int)
    if vacancies is not None:
        day = values.get("vacancies_as_at", date) or as_at
        yield Record("vacancies", Vacancy(urn=urn, vacancies=vacancies, as_at=day))
    if values.get("weekly_price", float) is not None:
        yield offer(values, urn, values.get("price_as_at", date) or as_at)


def offer(values: RowValues, urn: str, day: date) -> Record:
    """The price that a row states, in whole pounds a week.

    Raises:
        RowFault: where it states none, or does not say how it is bought.
    """
    price = values.require("weekly_price", float)
    pounds = round(price)
    if pounds != price:
        values.note("weekly_price", pounds, "rounded to whole pounds a week")
    route = values.require("route", Route)
    return Record(
        "prices", PriceOffer(urn=urn, route=route, weekly_price=pounds, as_at=day)
    )
