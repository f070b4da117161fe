"""A tool call in words, whichever brain made it: "settings · near Kent · age 14"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from corpus import vocabulary
from corpus.codes import OfstedRating
from tools.kinds_of_care import kind_of_care

LEADS: Final = {
    "find_providers": "settings",
    "provider_profile": "profile",
    "provider_outcomes": "how placements went",
    "provider_spend": "who is paid",
    "benchmark_price": "prices paid",
    "estimate_delivery_cost": "cost to run",
    "compare_contracts": "contracts compared",
    "forecast_spend": "spend to come",
    "forecast_demand": "children to come",
    "analyse_sufficiency": "sought against secured",
    "summarise_placements": "placements",
    "trace_journeys": "journeys",
    "model_invest_to_save": "invest to save",
    "search_documents": "searching documents",
}
"""What each tool looks at."""

_MEASURES: Final = {
    "count": "how many",
    "average_weekly_cost": "average weekly cost",
    "total_weekly_cost": "total weekly cost",
    "median_distance": "median distance from home",
    "share_over_20_miles": "share over 20 miles from home",
    "share_out_of_area": "share out of area",
}
_SCHEMES: Final = {
    "fostering_fee": "fostering fees",
    "step_down": "step-down",
    "in_house_beds": "in-house beds",
}
_KINDS: Final = {
    "reg44": "Regulation 44 reports",
    "sufficiency_statement": "sufficiency statements",
    "report": "reports",
    "statement_of_purpose": "statements of purpose",
    "inspection": "inspection reports",
    "other": "other documents",
}


def describe_call(name: str, arguments: dict[str, Any]) -> str:
    """The call in one line, every argument but the question itself."""
    said = [LEADS.get(name, name.replace("_", " "))]
    for key, value in arguments.items():
        if key != "query":
            said.append(_spoken(name, key, value))
    return " · ".join(said)


def _spoken(tool: str, name: str, value: Any) -> str:
    say = (_IN_SEARCH if tool == "find_providers" else {}).get(name) or _SAID.get(name)
    try:
        return say(value) if say else f"{name.replace('_', ' ')}: {_joined(value)}"
    except (KeyError, TypeError, ValueError):  # a language model's call may be wrong
        return f"{name.replace('_', ' ')}: {_joined(value)}"


def _graded(value: str) -> str:
    label = vocabulary.ratings().label(OfstedRating(value)).lower()
    return f"graded {label}{'' if value == OfstedRating.OUTSTANDING else ' or better'}"


def _needs(value: list[str]) -> str:
    return ", ".join(map(vocabulary.needs().short, value))


def _number(one: str, many: str) -> Callable[[Any], str]:
    return lambda value: f"{value:g} {one if value == 1 else many}"


def _weekly(what: str) -> Callable[[Any], str]:
    return lambda value: f"{what} £{value:,.10g} a week"


def _share(what: str) -> Callable[[Any], str]:
    return lambda value: f"{value * 100:.4g}% {what}"


def _day(what: str) -> Callable[[Any], str]:
    return lambda value: f"{what} {date.fromisoformat(str(value)):%-d %B %Y}"


def _grouped(value: Any) -> str:
    names = [value] if isinstance(value, str) else value
    return "by " + " and ".join(str(name).replace("_", " ") for name in names)


_IN_SEARCH: Final[dict[str, Callable[[Any], str]]] = {
    "local_authority": lambda value: f"in {value}",
}
"""Words of a search for homes, where an authority is where they stand."""

_SAID: Final[dict[str, Callable[[Any], str]]] = {
    "near": lambda value: f"near {_joined(value)}",
    "radius_miles": lambda value: f"within {value:g} miles",
    "within": lambda value: f"in the district of {_joined(value)}",
    "outside": lambda value: f"not in {_joined(value)}",
    "local_authority": str,
    "provider": str,
    "region": str,
    "year": str,
    "gender": str,
    "age": lambda value: f"age {value}",
    "ages": lambda value: f"ages {_joined(value)}",
    "age_from": lambda value: f"from age {value}",
    "age_to": lambda value: f"to age {value}",
    "needs": _needs,
    "placement_type": kind_of_care,
    "min_rating": _graded,
    "max_weekly_price": lambda value: f"at most £{value:,.0f} a week",
    "with_vacancy": lambda _: "with a vacancy",
    "solo": lambda _: "solo",
    "siblings": lambda value: f"{value} siblings together",
    "same_day": lambda _: "same day",
    "sort_by": lambda value: f"sorted by {str(value).replace('_', ' ')}",
    "limit": lambda value: f"first {value}",
    "measure": lambda value: _MEASURES[value],
    "group_by": _grouped,
    "route": lambda value: str(value).replace("_", "-"),
    "scheme": lambda value: _SCHEMES[value],
    "scenario": lambda value: f"{value} scenario",
    "kinds": lambda value: ", ".join(_KINDS[kind] for kind in value),
    "since": _day("since"),
    "on": _day("on"),
    "months": _number("month", "months"),
    "years": _number("year", "years"),
    "places": _number("place", "places"),
    "children": _number("child", "children"),
    "min_moves": _number("move or more", "moves or more"),
    "min_distance_miles": lambda value: f"over {value:g} miles from home",
    "min_weekly_cost": lambda value: f"from £{value:,.10g} a week",
    "weekly_price": _weekly("a quote of"),
    "spot_price": _weekly("spot"),
    "block_price": _weekly("block"),
    "weekly_cost_now": _weekly("now"),
    "weekly_cost_after": _weekly("then"),
    "set_up_cost": lambda value: f"£{value:,.10g} to set up",
    "hourly_rate": lambda value: f"£{value:,.10g} an hour",
    "occupancy": _share("occupied"),
    "void_share": _share("of voids borne by the council"),
    "margin": _share("margin"),
    "take_up": _share("take-up"),
    "annual_uplift": _share("uplift a year"),
    "staff_per_shift": _number("member of staff a shift", "staff a shift"),
    "waking_night_staff": _number("waking night", "waking nights"),
    "sleep_in_staff": _number("sleep-in", "sleep-ins"),
    "therapy_hours": _number("hour of therapy a week", "hours of therapy a week"),
}


def _joined(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)
