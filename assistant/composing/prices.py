"""The answer of benchmark_price: where a quote stands, or what is usually paid."""

from __future__ import annotations

from typing import Any

from assistant.composing.asked import children_asked, kind_asked
from assistant.composing.part import Part
from assistant.composing.wording import (
    NOT_TOLD,
    day,
    marks,
    number_of,
    percent,
    plain,
    pounds,
    sentence,
)
from assistant.ledger import Entry, Ledger
from tools.price_benchmark import PlacedQuote, PriceBenchmark
from tools.quoted_prices import QuotedPrices


def compose_benchmark_price(question: str, entry: Entry, ledger: Ledger) -> Part:
    """A quote on the distribution where one is given; else the median and its range."""
    found: PriceBenchmark = entry.result.data
    asked, mark = entry.call.arguments, marks(entry, "placements")
    if found.median is None and not found.beside:
        return _nothing(found, asked, mark)
    return Part(
        status="answered",
        lead=_lead(found, asked, mark),
        rests_on=_rests_on(found, asked, entry),
        not_known=_not_known(found, mark),
        suggestions=_suggestions(found, asked),
    )


def _about(asked: dict[str, Any]) -> str:
    """The comparables in words: "children's homes for children of 14, Kent"."""
    kind = kind_asked(asked) or "placements of every kind"
    who: dict[str, Any] = {k: asked[k] for k in ("age", "needs") if k in asked}
    words = f"{kind} for {children_asked(who)}" if who else kind
    authority, route = asked.get("local_authority"), asked.get("route")
    extra = [str(route).replace("_", "-")] if route else []
    extra += [f"paid by {authority}"] if authority else []
    return ", ".join([words, *extra])


def _nothing(found: PriceBenchmark, asked: dict[str, Any], mark: str) -> Part:
    if found.comparables == 0:
        lead = f"**No comparable placement is held**: {_about(asked)} {mark}."
    else:
        lead = f"**What was paid is {NOT_TOLD}**: {_about(asked)} {mark}."
    return Part(status="answered", lead=lead, suggestions=_suggestions(found, {}))


def _lead(found: PriceBenchmark, asked: dict[str, Any], mark: str) -> str:
    if found.median is None:
        return f"**What was paid is {NOT_TOLD}**: {_about(asked)} {mark}."
    if found.quote is not None and found.quote.stands:
        return _quote(found, found.quote, asked, mark)
    spread = ""
    if found.p25 is not None and found.p75 is not None:
        spread = (
            f"; half of the prices lie between {pounds(found.p25)} and"
            f" {pounds(found.p75)}"
        )
    return (
        f"**{sentence(_estimate(found))}{pounds(found.median)} a week is the median"
        f" paid** for {_about(asked)}{spread} {mark}."
    )


def _estimate(found: PriceBenchmark) -> str:
    return "about " if found.protected else ""


def _quote(
    found: PriceBenchmark, quote: PlacedQuote, asked: dict[str, Any], mark: str
) -> str:
    apart = ""
    if quote.against_median and quote.against_median_share is not None:
        side = "above" if quote.against_median > 0 else "below"
        apart = (
            f"; it is {pounds(abs(quote.against_median))}"
            f" ({percent(abs(quote.against_median_share))}) {side} the median of"
            f" {_estimate(found)}{pounds(found.median or 0)}"
        )
    return (
        f"**{pounds(quote.weekly_price)} a week is {quote.stands}** of what was paid"
        f" for {_about(asked)}{apart} {mark}.{_share(quote, mark)}"
    )


def _share(quote: PlacedQuote, mark: str) -> str:
    if quote.share_at_or_below is None:
        return ""
    return (
        f" {percent(quote.share_at_or_below)} of comparable placements cost as much or"
        f" less {mark}."
    )


def _rests_on(
    found: PriceBenchmark, asked: dict[str, Any], entry: Entry
) -> tuple[str, ...]:
    mark = marks(entry, "placements", *(["price_index"] if found.uprated else []))
    lines = []
    if found.comparables is not None:
        number = number_of(found.comparables, "placement", "placements")
        since = f" begun since {day(found.since)}" if found.since else ""
        prices = "at today's prices" if found.uprated else "at the prices paid"
        lines.append(
            f"{sentence(_estimate(found) + number)}{since}, {prices}, compared"
            f" {found.level} {mark}."
        )
    if found.median_low is not None and found.median_high is not None:
        lines.append(
            f"The median's 95% interval is {pounds(found.median_low)} to"
            f" {pounds(found.median_high)} {mark}."
        )
    lines += [
        f"Beside it, {_spread(prices)} {marks(entry, prices.table)}."
        for prices in found.beside
    ]
    return tuple(lines)


def _spread(beside: QuotedPrices) -> str:
    """Prices that are no child's: how many, and from what to what."""
    number = number_of(beside.prices, "price", "prices")
    if beside.prices == 1:
        return f"{beside.source}: {number}, {pounds(beside.median)} a week"
    return (
        f"{beside.source}: {number} from {pounds(beside.lowest)} to"
        f" {pounds(beside.highest)} a week, median {pounds(beside.median)}"
    )


def _not_known(found: PriceBenchmark, mark: str) -> tuple[str, ...]:
    lines = []
    if found.comparables is None:
        lines.append(f"how many comparables there are is {NOT_TOLD} {mark}.")
    if not found.enough:
        lines.append(f"these are too few comparables to rest a price on {mark}.")
    if found.level != "as asked":
        lines.append(
            f"too little is held of just what was asked, so it was widened:"
            f" {found.level} {mark}."
        )
    if found.quote is not None and found.quote.share_at_or_below is None:
        lines.append(f"the share that cost less than the quote is withheld {mark}.")
    return tuple(lines)


def _suggestions(found: PriceBenchmark, asked: dict[str, Any]) -> tuple[str, ...]:
    kind = kind_asked(asked) or "children's homes"
    offers = [
        "What should a children's home of 4 places cost to run?",
        f"Which {kind} providers got the most money last year?",
    ]
    if found.quote is None and found.median is not None:
        price = plain(round(found.median, -2))
        offers.insert(0, f"Is £{price} a week a fair price for {kind}?")
    return tuple(offers)
