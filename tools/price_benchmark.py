"""A price benchmark as data, tables and a chart."""

from __future__ import annotations

from datetime import date
from typing import Final

from corpus.charts import Chart, Mark, Series
from corpus.codes import PlacementType
from corpus.disclosure import WITHHELD, Figure, PriceBand, PriceDistribution
from corpus.models import Frozen, Table
from tools.comparables import Likeness, whole
from tools.prices_by_kind import KindPrice
from tools.quoted_prices import QuotedPrices

_NAMES: Final = ("10th percentile", "lower quartile", "median", "upper quartile",
                 "90th percentile")  # fmt: skip


class Comparables(Frozen):
    """What was found at one level of likeness."""

    level: str
    """What was widened; "as asked" for nothing."""
    comparables: int | None
    """Placements with a known cost; None where the number is withheld."""
    median: float | None
    """Pounds a week; None where it is withheld or there is none."""

    @classmethod
    def of(cls, likeness: Likeness) -> Comparables:
        """The level's number and median."""
        prices = likeness.prices
        return cls(
            level=likeness.level,
            comparables=whole(prices.rows),
            median=pence(prices.quantiles[0.5]),
        )


class PlacedQuote(Frozen):
    """Where a quoted price stands among the comparables."""

    weekly_price: float
    share_at_or_below: float | None
    """Share of comparables that cost as much or less; None where few lie on one side,
    or there are none."""
    against_median: float | None
    """The quote less the median, pounds a week."""
    against_median_share: float | None
    """The same as a share of the median."""
    stands: str | None
    """Between which percentiles, in words; None without comparables."""


class PriceBenchmark(Frozen):
    """What was paid for comparable placements, pounds a week."""

    placement_type: PlacementType | None
    """None where the question names no kind: all kinds together."""
    comparables: int | None
    """How many; None where the number is withheld. 0 only where that is known."""
    protected: bool
    """Whether the figures are under disclosure control."""
    level: str
    """How far the likeness was widened; "as asked" for not at all."""
    enough: bool
    """Whether there are as many comparables as the likeness is widened for."""
    since: date | None
    """First day on which they began; None for any."""
    uprated: bool
    """Whether costs are at today's prices; else as they were paid."""
    mean: float | None
    """None, like the percentiles, where it is withheld or there is nothing."""
    p10: float | None
    p25: float | None
    median: float | None
    p75: float | None
    p90: float | None
    median_low: float | None
    """Lower end of the median's 95% interval; None where too few bound it."""
    median_high: float | None
    quote: PlacedQuote | None
    """None where no price is to be placed."""
    levels: tuple[Comparables, ...]
    """Each level tried, from what was asked to the one used."""
    beside: tuple[QuotedPrices, ...]
    """What settings quote and block contracts cost, for the same kind."""
    by_kind: tuple[KindPrice, ...]
    """Each kind apart, where none was asked for; else empty."""


def pence(figure: Figure) -> float | None:
    """A price to the penny; None where it is withheld or there is none."""
    return None if figure.value is None else round(figure.value, 2)


def benchmark_of(
    levels: tuple[Likeness, ...],
    best: Likeness,
    kind: PlacementType | None,
    quote: float | None,
    uprated: bool,
    beside: tuple[QuotedPrices, ...],
    by_kind: tuple[KindPrice, ...],
) -> PriceBenchmark:
    """The benchmark of the level used, with all levels tried."""
    prices = best.prices
    p10, p25, p50, p75, p90 = map(pence, prices.quantiles.values())
    interval = prices.median_interval
    return PriceBenchmark(
        placement_type=kind,
        comparables=whole(prices.rows),
        protected=not prices.exact,
        level=best.level,
        enough=best.enough,
        since=prices.filters.since,
        uprated=uprated,
        mean=pence(prices.mean),
        p10=p10,
        p25=p25,
        median=p50,
        p75=p75,
        p90=p90,
        median_low=pence(interval[0]) if interval else None,
        median_high=pence(interval[1]) if interval else None,
        quote=None if quote is None else placed(quote, prices),
        levels=tuple(Comparables.of(level) for level in levels),
        beside=beside,
        by_kind=by_kind,
    )


def placed(quote: float, prices: PriceDistribution) -> PlacedQuote:
    """Where a quote stands on a distribution."""
    share, median = prices.at_or_below, pence(prices.quantiles[0.5])
    return PlacedQuote(
        weekly_price=quote,
        share_at_or_below=share.value if share else None,
        against_median=None if median is None else round(quote - median, 2),
        against_median_share=quote / median - 1 if median else None,
        stands=_stands(quote, prices),
    )


def _stands(quote: float, prices: PriceDistribution) -> str | None:
    values = map(pence, prices.quantiles.values())
    known = [(v, name) for v, name in zip(values, _NAMES, strict=True) if v is not None]
    if not known:
        return None
    at = [name for value, name in known if value == quote]
    below = [name for value, name in known if value < quote]
    above = [name for value, name in known if value > quote]
    if at:
        return f"at the {at[0]}"
    if not below or not above:
        return f"below the {above[0]}" if above else f"above the {below[-1]}"
    return f"between the {below[-1]} and the {above[0]}"


def price_tables(
    data: PriceBenchmark, prices: PriceDistribution, mark: str
) -> tuple[Table, ...]:
    """The distribution, the levels tried, prices beside it, and the chart's twin."""
    tables = [_distribution_table(data, prices, mark), _levels_table(data, prices)]
    if data.beside:
        rows = tuple(prices.row for prices in data.beside)
        columns = ("Source", "Prices", "Lowest", "Median", "Highest")
        tables.append(
            Table(
                title=f"Prices beside them, £ a week{mark}",
                columns=columns,
                rows=rows,
                total_rows=len(rows),
            )
        )
    bands = _told_bands(prices)
    if bands:
        rows_of = tuple((_range(band), band.rows.shown) for band in bands)
        tables.append(
            Table(
                title=f"Comparable placements by weekly cost{mark}",
                columns=("£ a week", "Placements"),
                rows=rows_of,
                total_rows=len(rows_of),
            )
        )
    return tuple(tables)


def price_chart(
    data: PriceBenchmark, prices: PriceDistribution, mark: str
) -> tuple[Chart, ...]:
    """A histogram with the median and the quote marked; none without comparables.

    A withheld range has no bar.
    """
    bands = _told_bands(prices)
    if not bands:
        return ()
    last = bands[-1]
    top = last.high if last.high is not None else last.low + _width(bands)
    marks = [("median", data.median)]
    marks += [("quote", data.quote.weekly_price)] if data.quote else []
    return (
        Chart(
            kind="histogram",
            title=f"Comparable placements by weekly cost{mark}",
            x_label="£ a week",
            y_label="Placements",
            categories=tuple(map(_range, bands)),
            x=(*(band.low for band in bands), top),
            series=(
                Series(name="placements", values=tuple(b.rows.value for b in bands)),
            ),
            marks=tuple(
                Mark(axis="x", value=value, label=f"{name} £{value:,.0f}")
                for name, value in marks
                if value is not None
            ),
        ),
    )


def _distribution_table(
    data: PriceBenchmark, prices: PriceDistribution, mark: str
) -> Table:
    named = zip(_NAMES, prices.quantiles.values(), strict=True)
    rows: list[tuple[str, float | str]] = [
        ("comparable placements", prices.rows.shown),
        *((name, _pounds(figure)) for name, figure in named),
        ("mean", _pounds(prices.mean)),
    ]
    if data.median_low is not None and data.median_high is not None:
        span = f"{data.median_low:,.0f} to {data.median_high:,.0f}"
        rows.append(("95% interval of the median", span))
    if data.quote is not None:
        rows.append(("quote", data.quote.weekly_price))
        share = data.quote.share_at_or_below
        said = WITHHELD if share is None else f"{share:.0%}"
        rows.append(("comparables at or below the quote", said))
    prices_of = "today's prices" if data.uprated else "prices as paid"
    return Table(
        title=f"Comparable placements, £ a week at {prices_of}{mark}",
        columns=("Measure", "Value"),
        rows=tuple(rows),
        total_rows=len(rows),
    )


def _pounds(figure: Figure) -> float | str:
    """A price for a table's cell, to the pound."""
    return figure.shown if figure.value is None else round(figure.value)


def _levels_table(data: PriceBenchmark, prices: PriceDistribution) -> Table:
    blank = "" if prices.exact else WITHHELD
    rows = tuple(
        (
            level.level,
            blank if level.comparables is None else level.comparables,
            blank if level.median is None else round(level.median),
        )
        for level in data.levels
    )
    return Table(
        title="How like the comparables are",
        columns=("Likeness", "Comparables", "Median, £ a week"),
        rows=rows,
        total_rows=len(rows),
    )


def _told_bands(prices: PriceDistribution) -> tuple[PriceBand, ...]:
    """The ranges from the first with a known number to the last such."""
    told = [at for at, band in enumerate(prices.bands) if band.rows.value]
    return prices.bands[told[0] : told[-1] + 1] if told else ()


def _width(bands: tuple[PriceBand, ...]) -> float:
    widths = [band.high - band.low for band in bands if band.high is not None]
    return widths[0] if widths else 1.0


def _range(band: PriceBand) -> str:
    if band.high is None:
        return f"{band.low:,.0f} and over"
    return f"{band.low:,.0f} to {band.high - 1:,.0f}"
