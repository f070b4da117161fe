"""Rows of a sheet of placements, as placements."""

from __future__ import annotations

from datetime import date
from typing import Final

from corpus.children import Placement
from corpus.codes import Gender, PlacementType, Route
from corpus.geography import Place
from corpus.importing.cells import OLDEST
from corpus.importing.mapped.cell_kinds import StatedPlace
from corpus.importing.mapped.known import KnownProviders
from corpus.importing.mapped.providers_named import Named, find_named
from corpus.importing.mapped.row_values import (
    RowFault,
    RowValues,
    age_between,
    stable_id,
)
from corpus.models import Setting
from corpus.ssda903_codes import placement_type_of
from corpus.text import comparable_name

_ELSEWHERE: Final = frozenset([PlacementType.FOSTERING, PlacementType.KINSHIP])
"""Types whose children do not live where the setting is registered."""


def placement_of(
    values: RowValues, authority: str, known: KnownProviders, as_at: date
) -> Placement:
    """The placement that a row states.

    Args:
        authority: usual name of the authority that places.
        as_at: day to which an age without a day of its own speaks.

    Raises:
        RowFault: where a fact is missing or impossible without which it is none.
    """
    named = find_named(values, known)
    setting = known.setting(named.urn) if named.urn else None
    started = values.require("started", date)
    ended = values.get("ended", date)
    if ended and ended < started:
        raise RowFault("ended", f"it ends before it starts, {started}", "correct one")
    kind, code = _kind(values, named, setting, known)
    social_care, education, health = _weekly_costs(values)
    facts = {
        "child_id": child_of(values, authority),
        "local_authority": authority,
        "started": started,
        "ended": ended,
        "placement_type": kind,
        "place_code": code,
        "place_provider": values.get("place_provider", str),
        "legal_status": values.get("legal_status", str),
        "need_code": values.get("need_code", str),
        "reason_new": None,
        "reason_ended": None,
        "reason_changed": None,
        "age_at_start": _age_at_start(values, started, ended, as_at),
        "gender": values.get("gender", Gender),
        "uasc": values.get("uasc", bool),
        "needs": values.sorted_needs(),
        "risk_scores": (),
        "urn": named.urn,
        "provider_id": named.provider_id,
        "host_authority": _host(values, kind, setting),
        "distance_miles": values.get("distance_miles", float),
        "distance_reason": values.get("distance_reason", str),
        "route": values.get("route", Route),
        "weekly_social_care": social_care,
        "weekly_education": education,
        "weekly_health": health,
        "packages_included": values.get("packages_included", bool),
        "previous_placement_id": values.get("previous_placement_id", str),
        "previous_type": values.get("previous_type", PlacementType),
        "needs_met": None,
        "notice": values.get("notice", str),
        "planned_end": values.get("planned_end", bool),
        "solo": values.get("solo", bool),
        "dols": values.get("dols", bool),
    }
    own_id = values.get("placement_id", str)
    names = (values.get("provider", str), values.get("setting", str))
    made_id = stable_id("placement", *facts.values(), *names)
    return Placement.model_validate({"placement_id": own_id or made_id, **facts})


def child_of(values: RowValues, authority: str) -> str:
    """The child's pseudonym: the identifier given, or one made of a name.

    An identifier without a digit is taken for a name or initials, and is not kept.

    Raises:
        RowFault: where there is none.
    """
    given = values.require("child_id", str)
    if any(letter.isdigit() for letter in given):
        return given
    return stable_id("child", authority, comparable_name(given) or given)


def is_made_pseudonym(values: RowValues) -> bool:
    """Whether the row gives a name in place of an identifier."""
    given = values.get("child_id", str)
    return bool(given) and not any(letter.isdigit() for letter in given or "")


def _kind(
    values: RowValues, named: Named, setting: Setting | None, known: KnownProviders
) -> tuple[PlacementType | None, str | None]:
    """Placement type and PLACE code: as stated, else as the setting is registered."""
    stated = values.get("placement_type", StatedPlace)
    code = values.get("place_code", str) or (stated.place_code if stated else None)
    if stated and stated.placement_type:
        return stated.placement_type, code
    if code:
        return placement_type_of(code), code
    registered = {setting.placement_type} if setting else set()
    if not registered and named.provider_id:
        registered = {s.placement_type for s in known.settings_of(named.provider_id)}
    kind = registered.pop() if len(registered) == 1 else None
    if kind and "placement_type" not in values.unread:
        values.note("provider", kind, "placement type as its settings are registered")
        return kind, None
    return values.require("placement_type", StatedPlace).placement_type, None


def _age_at_start(
    values: RowValues, started: date, ended: date | None, as_at: date
) -> int | None:
    """Age when the placement began: as stated, by birth, else by the age now."""
    stated = values.get("age_at_start", int)
    born = values.get("date_of_birth", date)
    if stated is not None:
        return stated
    if born is not None:
        age = age_between(born, started)
        if not 0 <= age <= OLDEST:
            raise RowFault(
                "date_of_birth", f"it makes the child {age} at the start", "correct it"
            )
        return age
    now = values.get("age_now", int)
    if now is not None and ended is not None:
        values.note("age_now", "", "the child may have left since")
    if now is None or ended is not None:
        return None
    age = max(now - max(age_between(started, as_at), 0), 0)
    values.note("age_now", age, f"age at the start, counted back from {as_at}")
    return age


def _weekly_costs(
    values: RowValues,
) -> tuple[float | None, float | None, float | None]:
    """Pounds a week borne by social care, education and health.

    A total alone is social care's; beside contributions of others, what they leave is.
    """
    total = values.get("weekly_total", float)
    social_care = values.get("weekly_social_care", float)
    education = values.get("weekly_education", float)
    health = values.get("weekly_health", float)
    others = (education or 0.0) + (health or 0.0)
    if social_care is None and total is not None:
        social_care = round(total - others, 2)
        if others:
            values.note("weekly_total", social_care, "what education and health leave")
    elif total is not None and abs(total - others - (social_care or 0.0)) > 1:
        why = "the contributions do not add up to it, and they are kept"
        values.note("weekly_total", "", why)
    if social_care is not None and social_care < 0:
        raise RowFault(
            "weekly_total", "it is less than education and health pay", "correct it"
        )
    return social_care, education, health


def _host(
    values: RowValues, kind: PlacementType | None, setting: Setting | None
) -> str | None:
    """The authority that the child lives in: stated, by postcode, or the setting's."""
    postcode = values.get("placement_postcode", Place)
    stated = values.get("host_authority", str)
    registered = setting.local_authority if setting and kind not in _ELSEWHERE else None
    return stated or (postcode.local_authority if postcode else registered)
