"""Arguments of the tools about what is to come: forecasts and schemes that save."""

from __future__ import annotations

import re
from typing import Final

from assistant.arguments.prices import read_years
from assistant.arguments.reading import Draft
from assistant.arguments.slots import (
    put_authority,
    put_placement_type,
    put_shares,
    weekly,
)
from assistant.arguments.statement import Statement
from assistant.readers.counts import read_children, read_places_count
from assistant.readers.durations import read_durations
from assistant.readers.money import Amount, read_amounts
from assistant.readers.periods import read_until
from assistant.readers.roles import read_roles

_CASE: Final = r"[\s-]?(?:case|scenario|end|estimate)\b"
_SCENARIOS: Final = {
    "low": rf"\b(?:best|low(?:er|est)?){_CASE}|\boptimistic(?:ally)?\b",
    "high": rf"\b(?:worst|high(?:er|est)?){_CASE}|\bpessimistic(?:ally)?\b",
    "central": rf"\b(?:central|base|mid(?:dle)?|most\s+likely|expected){_CASE}",
}
_FEES: Final = r"(?:fees?|allowances?|pay(?:ments?)?|rates?)"
_RESIDENTIAL: Final = r"(?:residential|resi|children['’]?s\s+homes?)"
_OPENING: Final = (
    r"(?:open|build|buy|run|develop|launch)(?:ing)?|set(?:ting)?\s+up|running"
    r"|purchas\w+"
)
_SCHEMES: Final = {
    "fostering_fee": (
        rf"\b(?:foster\w*|carers?['’]?s?)\s+(?:\w+\s+){{0,2}}{_FEES}\b"
        rf"|\b{_FEES}\s+(?:\w+\s+){{0,4}}(?:foster\w*|carers?)\b"
        r"|\bpay(?:ing)?\s+(?:our\s+|in[\s-]house\s+)*(?:foster\s+)?carers\b"
        r"|\brecruit\w*\s+(?:\w+\s+){0,3}(?:foster|carers)"
    ),
    "step_down": (
        r"\bstep(?:s|ped|ping)?[\s-]*(?:\w+\s+){0,4}down\b"
        r"|\bmov(?:e|ing)\b[^.?]{0,50}\b(?:from|out\s+of)\s+(?:\w+\s+){0,3}"
        rf"{_RESIDENTIAL}\b|\b{_RESIDENTIAL}\s+(?:in)?to\s+(?:\w+\s+){{0,2}}foster"
    ),
    "in_house_beds": (
        r"\bin[\s-]house\s+(?:\w+\s+){0,2}"
        r"(?:beds?|homes?|provision|residential|places|unit|children)"
        rf"|\b(?:{_OPENING})\s+(?:\w+[’']?s?[\s-]+){{0,6}}(?:homes?|units?|beds?)\b"
        r"|\b(?:beds?|homes?|places|units?)\s+of\s+(?:our|its|their)\s+own\b"
        rf"|\bown\s+(?:{_RESIDENTIAL}|beds)\b|\bown\s+homes?\b"
        r"|\bcouncil[\s-](?:run|owned)"
    ),
}
_SUMS: Final = {
    "set_up_cost": re.compile(
        r"\bset[\s-]?up\b|\bcapital\b|\bup[\s-]?front\b|\bone[\s-]off\b|\binvest(?:ment|ing)?\b"
        r"|\bstart[\s-]?up\b|\bbuild(?:ing)?\b|\brefurb\w*|\bto\s+open\b|\bpurchase\b",
        re.IGNORECASE,
    ),
    "weekly_cost_now": re.compile(
        r"(?P<lead>\bfrom\b)|\bnow\b|\bcurrent(?:ly)?\b|\btoday\b|\bat\s+present\b"
        r"|\bat\s+the\s+moment\b|\binstead\s+of\b|\bexternal(?:ly)?\b|\bpaying\b|\bexisting\b"
        r"|\brather\s+than\b|\bagainst\b|\bbought[\s-]in\b|\boutside\b|\bbuying\b",
        re.IGNORECASE,
    ),
    "weekly_cost_after": re.compile(
        r"(?P<lead>\bto\b|\binto\b)|\bafter(?:wards)?\b|\bthen\b|\bwould\s+(?:be|cost)\b|\bnew\b"
        r"|\bdown\s+to\b|\bdrops?\s+to\b|\bfalls?\s+to\b|\bwill\s+cost\b|\bin[\s-]house\b",
        re.IGNORECASE,
    ),
}
_END_OF_NEXT_YEAR: Final = re.compile(
    r"\bend\s+of\s+(?:the\s+)?next\s+(?:financial\s+)?year\b", re.IGNORECASE
)
NO_WEEKLY_PRICE: Final = 50_000.0
"""Pounds from which a sum without a period is paid once, not by the week."""
_RISE: Final = re.compile(
    r"\b(?:by|extra|additional|another|further)\s+(?:an?\s+(?:extra|additional)\s+)?$",
    re.I,
)
_MORE: Final = re.compile(r"^\s*(?:more|extra|rise|increase|uplift|on\s+top)\b", re.I)
_EXISTING: Final = re.compile(
    r"\b(?P<n>\d{1,5})\s+(?:existing|current|in[\s-]house)\s+(?:in[\s-]house\s+)?"
    r"(?:foster\w*\s+)?(?:placements|carers|households|families)\b",
    re.IGNORECASE,
)


def read_forecast_spend(draft: Draft, statement: Statement) -> None:
    """Arguments of `forecast_spend`: whose, on what, how far and at what growth."""
    read_forecast_demand(draft, statement)
    put_shares(draft, statement, "annual_uplift")
    draft.put("scenario", read_scenario(statement.text))


def read_forecast_demand(draft: Draft, statement: Statement) -> None:
    """Arguments of `forecast_demand`: whose, on what, and how far."""
    put_authority(draft, statement)
    put_placement_type(draft, statement)
    draft.put("months", _months_ahead(statement))


def read_scenario(text: str) -> str | None:
    """The scenario asked for; None where none is, or several are."""
    found = [
        name
        for name, pattern in _SCENARIOS.items()
        if re.search(pattern, text, re.IGNORECASE)
    ]
    return found[0] if len(found) == 1 else None


def _months_ahead(statement: Statement) -> int | None:
    """Months to come; None for "to year end", which is the tool's own default."""
    as_at = statement.knowledge.as_at
    if _END_OF_NEXT_YEAR.search(statement.text):
        return 12 + (3 - as_at.month) % 12
    for duration in read_durations(statement.text):
        if duration.direction != "behind" and duration.months >= 1:
            return round(duration.months)
    return read_until(statement.text, as_at)


def read_model_invest_to_save(draft: Draft, statement: Statement) -> None:
    """Arguments of `model_invest_to_save`: the scheme, its children and its sums."""
    text = statement.text
    draft.put("scheme", read_scheme(text))
    if "scheme" not in draft.arguments:
        draft.missing.append("scheme")
    draft.put("children", _children(draft, text))
    _put_rise(draft, text)
    for name, amount in _sums(draft, text).items():
        draft.put(
            name, amount.pounds if name == "set_up_cost" else weekly(draft, amount)
        )
    put_shares(draft, statement, "take_up")
    if draft.arguments.get("scheme") == "in_house_beds":
        _put_filled(draft, statement)
    draft.put("years", read_years(text))


def _children(draft: Draft, text: str) -> int | None:
    """Who would move; of in-house beds, the beds."""
    beds = draft.arguments.get("scheme") == "in_house_beds" and read_places_count(text)
    return beds or read_children(text)


def read_scheme(text: str) -> str | None:
    """The scheme that is described, the first that fits; None where none does."""
    found = (
        name
        for name, words in _SCHEMES.items()
        if re.search(words, text, re.IGNORECASE)
    )
    return next(found, None)


def _put_filled(draft: Draft, statement: Statement) -> None:
    """The take-up of in-house beds is the share of them that is filled."""
    filled = Draft()
    put_shares(filled, statement, "occupancy")
    if "take_up" not in draft.arguments:
        draft.put("take_up", filled.arguments.get("occupancy"))


def _put_rise(draft: Draft, text: str) -> None:
    """The rise of fees and the placements that are paid it, where both are told."""
    existing = _EXISTING.search(text)
    rises = [amount for amount in read_amounts(text) if _is_rise(text, amount)]
    if draft.arguments.get("scheme") == "fostering_fee" and existing and rises:
        draft.put("existing_placements", int(existing["n"]))
        draft.put("weekly_uplift", weekly(draft, rises[0]))
        if draft.arguments.get("children") == int(existing["n"]):
            del draft.arguments["children"]


def _is_rise(text: str, amount: Amount) -> bool:
    before, after = text[: amount.start], text[amount.end :]
    return bool(_RISE.search(before) or _MORE.match(after))


def _sums(draft: Draft, text: str) -> dict[str, Amount]:
    """Sums by their part: what is paid once, and a week now and after.

    Two weekly sums of which nothing is said are now and after, in that order.
    """
    amounts = [a for a in read_amounts(text, 500) if not _is_rise(text, a)]
    once = [amount for amount in amounts if amount.per is None]
    cue = {"set_up_cost": _SUMS["set_up_cost"]}
    found = read_roles(text, once, cue)
    large = [amount for amount in once if amount.pounds >= NO_WEEKLY_PRICE]
    if large and not found:
        found = {"set_up_cost": large[0]}
    left = [a for a in amounts if a not in found.values() and a.weekly is not None]
    parts = {name: _SUMS[name] for name in ("weekly_cost_now", "weekly_cost_after")}
    told = read_roles(text, left, parts)
    if len(left) == 2 and len(told) < 2:
        told = _in_order(told, left)
    return found | told


def _in_order(told: dict[str, Amount], left: list[Amount]) -> dict[str, Amount]:
    """Both weekly sums; the one that is not told takes the part that is left."""
    if not told:
        return {"weekly_cost_now": left[0], "weekly_cost_after": left[1]}
    ((name, amount),) = told.items()
    other = "weekly_cost_after" if name == "weekly_cost_now" else "weekly_cost_now"
    return {name: amount, other: next(one for one in left if one is not amount)}
