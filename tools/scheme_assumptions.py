"""What an invest-to-save case rests on where it is not stated."""

from __future__ import annotations

from typing import Final

from corpus.codes import PlacementType, Route
from corpus.errors import InvalidArguments
from tools.assumptions import OUR_ASSUMPTION, Assumption
from tools.base import Knowledge
from tools.citing import holding
from tools.comparables import usual_price
from tools.delivery_assumptions import defaults
from tools.delivery_cost import Inputs, delivery_cost
from tools.invest_to_save import SchemeName

TERM: Final = Assumption(
    name="term", value=5, unit="years", source=OUR_ASSUMPTION, argument="years"
)
CHILDREN: Final = Assumption(
    name="children", value=1, unit="to move", source=OUR_ASSUMPTION, argument="children"
)
TAKE_UP: Final = Assumption(
    name="take-up", value=1, unit="of the children", source=OUR_ASSUMPTION,
    argument="take_up",
)  # fmt: skip
SET_UP: Final = Assumption(
    name="set-up cost", value=0, unit="£", source=OUR_ASSUMPTION,
    argument="set_up_cost",
)  # fmt: skip

_RISE: Final = 0.03
"""Prices a year where no price index is held: our assumption."""

_NOW: Final[dict[SchemeName, tuple[PlacementType, Route | None]]] = {
    "fostering_fee": (PlacementType.FOSTERING, Route.FRAMEWORK),
    "step_down": (PlacementType.RESIDENTIAL, None),
    "in_house_beds": (PlacementType.RESIDENTIAL, None),
}
"""What each scheme is taken to replace: agency fostering, or a children's home."""

_AFTER: Final[dict[SchemeName, tuple[PlacementType, Route | None]]] = {
    "fostering_fee": (PlacementType.FOSTERING, Route.IN_HOUSE),
    "step_down": (PlacementType.FOSTERING, None),
}
"""What it is taken to lead to; in-house beds are costed from their staff up."""


def cost_now(
    scheme: SchemeName, given: float | None, knowledge: Knowledge
) -> Assumption:
    """The weekly cost without the scheme: as stated, else the median paid.

    Raises:
        InvalidArguments: where it is not given and none can be shown.
    """
    if given is not None:
        return _stated("weekly cost now", given)
    usual = usual_price(knowledge, "weekly cost now", *_NOW[scheme])
    return _needed(usual, "weekly_cost_now")


def cost_after(
    scheme: SchemeName, given: float | None, rise: float | None, knowledge: Knowledge
) -> Assumption:
    """The weekly cost with the scheme: as stated, else the median paid or modelled.

    A median was paid before any rise of fees, so the rise comes on top of it.

    Raises:
        InvalidArguments: where it is not given and none can be shown.
    """
    if given is not None:
        return _stated("weekly cost after", given)
    if scheme == "in_house_beds":
        return _in_house_bed(knowledge)
    usual = usual_price(knowledge, "weekly cost after", *_AFTER[scheme])
    paid = _needed(usual, "weekly_cost_after")
    if rise is None:
        return paid
    source = f"{paid.source}, and the rise of £{rise:,.10g}"
    return paid.model_copy(update={"value": paid.value + rise, "source": source})


def rise_now(scheme: SchemeName, knowledge: Knowledge) -> Assumption:
    """How prices without the scheme rise in a year: as they last did."""
    return latest_rise(knowledge, "rise of the cost without it", _NOW[scheme][0])


def rise_after(scheme: SchemeName, knowledge: Knowledge) -> Assumption:
    """How costs with the scheme rise; of in-house beds, by our assumption."""
    name = "rise of the cost with it"
    if scheme == "in_house_beds":
        return _our_rise(name)
    return latest_rise(knowledge, name, _AFTER[scheme][0])


def latest_rise(knowledge: Knowledge, name: str, kind: PlacementType) -> Assumption:
    """The last year's rise of a kind's price index; ours where it has one year."""
    frame = knowledge.dataset.frame("price_index")
    index = frame[frame["placement_type"] == kind].sort_values("year")
    if len(index) < 2:
        return _our_rise(name)
    before, last = (float(level) for level in index["index"].tail(2))
    years = index["year"].tail(2).tolist()
    return Assumption(
        name=name,
        value=round(last / before - 1, 4),
        unit="a year",
        source=f"{holding(knowledge)}: price index of {kind}, {years[0]} to {years[1]}",
        as_at=knowledge.dataset.as_at,
    )


def _in_house_bed(knowledge: Knowledge) -> Assumption:
    """The default home's cost a bed a week, without margin."""
    used = defaults(PlacementType.RESIDENTIAL, knowledge.as_at)
    values = {field: item.value for field, item in used.items()} | {"margin": 0.0}
    inputs = Inputs.model_validate(values)
    return Assumption(
        name="weekly cost after",
        value=round(delivery_cost(inputs).weekly / inputs.places),
        unit="£ a week for a bed",
        source="the cost-of-delivery model's home of"
        f" {inputs.places} beds, without margin",
    )


def _needed(usual: Assumption | None, argument: str) -> Assumption:
    if usual is None:
        raise InvalidArguments(
            f"model_invest_to_save: {argument} is not given, and the tables hold too"
            " few costs to take one from.",
            f"Give {argument}, in pounds a week.",
        )
    return usual


def _stated(name: str, value: float) -> Assumption:
    return Assumption(
        name=name, value=value, unit="£ a week", source=OUR_ASSUMPTION, given=True
    )


def _our_rise(name: str) -> Assumption:
    return Assumption(name=name, value=_RISE, unit="a year", source=OUR_ASSUMPTION)
