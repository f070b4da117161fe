"""Arguments of the tools about prices: benchmark, cost of delivery, contracts."""

from __future__ import annotations

import re
from typing import Final

from assistant.arguments.reading import Draft
from assistant.arguments.slots import (
    put_age,
    put_authority,
    put_day,
    put_needs,
    put_placement_type,
    put_route,
    put_shares,
    weekly,
    weekly_amounts,
)
from assistant.arguments.statement import Statement
from assistant.readers.counts import (
    read_places_count,
    read_ratio,
    read_sleep_ins,
    read_staff_per_shift,
    read_therapy_hours,
    read_waking_nights,
)
from assistant.readers.durations import read_durations
from assistant.readers.money import Amount, read_amounts
from assistant.readers.periods import read_since
from assistant.readers.roles import read_roles

_QUOTE: Final = {
    "quote": re.compile(
        r"\bquot\w+|\boffer\w*|\bask(?:ing|ed|s)?\b|\bcharg\w+|\bpropos\w+|\bwants?\b"
        r"|\bfee\b|\bprice\b|\bcosts?\b|\bfair\b|\breasonable\b|\bhigh\b|\bsays?\b",
        re.IGNORECASE,
    )
}
_FORMS: Final = {
    "spot_price": re.compile(r"\bspot(?:[\s-](?:purchas\w+|price|rate))?\b", re.I),
    "block_price": re.compile(
        r"\bblock(?:[\s-](?:contract\w*|price|rate|purchas\w+|bed\w*))?\b|\bguaranteed?\b"
        r"|\bcommitted\b|\bbought\s+ahead\b",
        re.IGNORECASE,
    ),
}
_ALL_VOIDS: Final = re.compile(
    r"\b(?:we|council|authority|LA)\s+(?:\w+\s+)?(?:bears?|pays?|carr(?:y|ies)|takes?|meets?)"
    r"\s+(?:all|the\s+whole|the\s+full|100)\b[^.]{0,20}\b(?:voids?|empty)",
    re.IGNORECASE,
)
_NO_VOIDS: Final = re.compile(
    r"\bprovider\s+(?:\w+\s+)?(?:bears?|carr(?:y|ies)|takes?|meets?|absorbs?)\s+"
    r"(?:all\s+|the\s+whole\s+|the\s+full\s+)?(?:of\s+)?(?:the\s+)?"
    r"(?:voids?|empty|risk\s+of\s+voids)",
    re.IGNORECASE,
)
_EVEN_VOIDS: Final = re.compile(
    r"\b(?:voids?|risk)\b[^.]{0,30}\b(?:equally|evenly|half\s+and\s+half)\b",
    re.IGNORECASE,
)
HIGHEST_WAGE: Final = 100.0
"""Pounds; a larger sum is no pay by the hour."""


def read_benchmark_price(draft: Draft, statement: Statement) -> None:
    """Arguments of `benchmark_price`: what is bought, and a quote for it."""
    put_placement_type(draft, statement)
    put_needs(draft, statement)
    put_age(draft, statement)
    put_authority(draft, statement)
    put_route(draft, statement)
    put_day(draft, statement, "since", read_since)
    amounts = weekly_amounts(statement)
    quoted = read_roles(statement.text, amounts, _QUOTE).get("quote")
    chosen = quoted or (amounts[0] if amounts else None)
    draft.put("weekly_price", weekly(draft, chosen))
    if chosen and len(amounts) > 1:
        draft.notes.append(f"of several sums £{chosen.pounds:,.0f} is compared")
    if not draft.arguments and not draft.several:
        draft.missing += ["placement_type", "needs", "weekly_price"]


def read_compare_contracts(draft: Draft, statement: Statement) -> None:
    """Arguments of `compare_contracts`: beds, prices of both forms, and the terms."""
    text = statement.text
    amounts = weekly_amounts(statement)
    for name, amount in _priced(text, amounts).items():
        draft.put(name, weekly(draft, amount))
    put_shares(draft, statement, "occupancy", "void_share", "annual_uplift")
    if "void_share" not in draft.arguments:
        shares = ((_ALL_VOIDS, 1.0), (_NO_VOIDS, 0.0), (_EVEN_VOIDS, 0.5))
        draft.put("void_share", next((v for p, v in shares if p.search(text)), None))
    _put_full_occupancy(draft, text)
    draft.put("places", read_places_count(text))
    draft.put("years", read_years(text))
    if not {"spot_price", "block_price"} & draft.arguments.keys():
        draft.missing += ["spot_price", "block_price"]


def _priced(text: str, amounts: tuple[Amount, ...]) -> dict[str, Amount]:
    """Prices by form; of two of which one is told, the other is the other's."""
    found = read_roles(text, amounts, _FORMS)
    left = [amount for amount in amounts if amount not in found.values()]
    if len(amounts) == 2 and len(found) == 1 and left:
        other = ({"spot_price", "block_price"} - found.keys()).pop()
        found[other] = left[0]
    return found


def _put_full_occupancy(draft: Draft, text: str) -> None:
    full = re.search(
        r"\b(?:full\s+occupancy|fully\s+occupied|always\s+full)\b", text, re.I
    )
    if full and "occupancy" not in draft.arguments:
        draft.put("occupancy", 1.0)


def read_years(text: str) -> float | None:
    """How many years are stated, months brought to years; None where none are."""
    for duration in read_durations(text):
        if duration.direction != "behind" and duration.unit in "ym":
            years = duration.years
            return int(years) if years == int(years) else years
    return None


def read_estimate_delivery_cost(draft: Draft, statement: Statement) -> None:
    """Arguments of `estimate_delivery_cost`: the home, its staffing and its pay."""
    text = statement.text
    put_placement_type(draft, statement)
    draft.put("places", read_places_count(text))
    put_shares(draft, statement, "occupancy", "margin")
    _put_full_occupancy(draft, text)
    draft.put("staff_per_shift", read_staff_per_shift(text))
    _put_ratio(draft, text)
    draft.put("waking_night_staff", read_waking_nights(text))
    draft.put("sleep_in_staff", read_sleep_ins(text))
    draft.put("therapy_hours", read_therapy_hours(text))
    draft.put("hourly_rate", _hourly_rate(text))


def _put_ratio(draft: Draft, text: str) -> None:
    """Staff on shift from "2:1" where the beds are known."""
    ratio, places = read_ratio(text), draft.arguments.get("places")
    if ratio is None or "staff_per_shift" in draft.arguments:
        return
    staff, children = ratio
    if places and staff * places % children == 0:
        draft.put("staff_per_shift", staff * places // children)
        draft.notes.append(
            f"{staff}:{children} for {places} read as"
            f" {draft.arguments['staff_per_shift']} staff on shift"
        )
    else:
        draft.notes.append(f"{staff}:{children} set aside: say how many beds and staff")


def _hourly_rate(text: str) -> float | None:
    amounts = read_amounts(text)
    by_the_hour = [amount for amount in amounts if amount.per == "hour"]
    waged = [
        amount
        for amount in amounts
        if amount.per is None
        and amount.pounds <= HIGHEST_WAGE
        and re.search(r"\b(?:hourly|wages?|pay|rate)\b", text, re.IGNORECASE)
    ]
    return next((amount.pounds for amount in (*by_the_hour, *waged)), None)
