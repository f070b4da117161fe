"""Rows of a sheet of referrals, as referrals."""

from __future__ import annotations

from datetime import date

from corpus.children import Referral
from corpus.codes import Gender, PlacementType
from corpus.importing.cells import OLDEST
from corpus.importing.mapped.placement_rows import child_of
from corpus.importing.mapped.row_values import (
    RowFault,
    RowValues,
    age_between,
    stable_id,
)


def referral_of(values: RowValues, authority: str) -> Referral:
    """The referral that a row states.

    Raises:
        RowFault: where a fact is missing or impossible without which it is none.
    """
    made_on = values.require("made_on", date)
    facts = {
        "child_id": child_of(values, authority),
        "local_authority": authority,
        "made_on": made_on,
        "needed_by": _needed_by(values, made_on),
        "notice": values.get("notice", str),
        "age": _age(values, made_on),
        "gender": values.get("gender", Gender),
        "needs": values.sorted_needs(),
        "risk_scores": (),
        "sought_type": values.require("sought_type", PlacementType),
        "also_suitable": values.get("also_suitable", tuple) or (),
        "sought_within_miles": values.get("sought_within_miles", float),
        "siblings": max(values.require("siblings", int), 1),
        "solo": values.get("solo", bool),
        "placement_id": values.get("placement_id", str),
        "secured_type": values.get("secured_type", PlacementType),
        "secured_on": _secured_on(values, made_on),
    }
    own_id = values.get("referral_id", str)
    made_id = stable_id("referral", *facts.values())
    return Referral.model_validate({"referral_id": own_id or made_id, **facts})


def _needed_by(values: RowValues, made_on: date) -> date | None:
    needed_by = values.get("needed_by", date)
    if needed_by is not None and needed_by < made_on:
        raise RowFault(
            "needed_by", f"it is before the referral, {made_on}", "correct one"
        )
    return needed_by


def _secured_on(values: RowValues, made_on: date) -> date | None:
    secured_on = values.get("secured_on", date)
    if secured_on and secured_on < made_on:
        raise RowFault(
            "secured_on", f"it is before the referral, {made_on}", "correct one"
        )
    return secured_on


def _age(values: RowValues, made_on: date) -> int:
    """As stated, else by the date of birth."""
    born = values.get("date_of_birth", date)
    if values.get("age", int) is not None or born is None:
        return values.require("age", int)
    age = age_between(born, made_on)
    if not 0 <= age <= OLDEST:
        why = f"it makes the child {age} at the referral"
        raise RowFault("date_of_birth", why, "correct it")
    return age
