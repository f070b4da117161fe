"""Spend over the years ahead, beside what the years before make one expect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from corpus.disclosure.bands import financial_year
from corpus.disclosure.flows import Flows
from corpus.disclosure.past_spend import Paid, past_spend
from corpus.disclosure.quarters import month_shifted
from tools.forecasting import POUNDS, Place, range_of
from tools.found_forecast_spend import PeriodSpend
from tools.spend_model import SpendFutures
from tools.stock_flow import Numbers

History = tuple[float | None, float | None]
"""Pounds in the year before last and in the last; None where not known."""


def history_of(place: Place, paid: Paid, own: Flows) -> History:
    """Pounds in the two years to the as-at date.

    A quarter whose records do not reach back has only the placements that lasted.
    """
    complete = own.complete
    pounds = []
    for back, quarters in ((24, complete[-8:-4]), (12, complete[-4:])):
        start = month_shifted(place.until, -back) + timedelta(days=1)
        end = month_shifted(place.until, 12 - back) + timedelta(days=1)
        spent = past_spend(place.dataset, place.viewer, paid, start, end)
        pounds.append(spent if len(quarters) == 4 and quarters.all() else None)
    return pounds[0], pounds[1]


@dataclass(frozen=True, eq=False)
class Spans:
    """Spend over spans of the months ahead."""

    place: Place
    paid: Paid
    futures: SpendFutures
    live: Numbers
    """(draw, month) pounds."""
    new: Numbers
    history: History

    def whole(self) -> PeriodSpend:
        """All months."""
        months = len(self.futures.ends)
        chosen = np.ones(months)
        return self._span(f"{months} months", chosen, 0.0, self._first_day(chosen))

    def by_year(self) -> tuple[PeriodSpend, ...]:
        """Each financial year, as far as the months reach into it."""
        share = self._shares()
        return tuple(
            self._span(name, part, self._spent(name), self._first_day(part))
            for name, part in share.items()
        )

    def _shares(self) -> dict[str, Numbers]:
        """By financial year, the part of each month's days that falls in it."""
        shares: dict[str, Numbers] = {}
        before = self.place.until
        for at, end in enumerate(self.futures.ends):
            for day in range(1, (end - before).days + 1):
                name = financial_year(before + timedelta(days=day))
                part = shares.setdefault(name, np.zeros(len(self.futures.ends)))
                part[at] += 1 / (end - before).days
            before = end
        return shares

    def _spent(self, name: str) -> float | None:
        """Pounds in a financial year up to the as-at date."""
        start = date(int(name[:4]), 4, 1)
        end = self.place.until + timedelta(days=1)
        if start >= end:
            return 0.0
        place = self.place
        return past_spend(place.dataset, place.viewer, self.paid, start, end)

    def _first_day(self, share: Numbers) -> date:
        """The first day of the months in a span."""
        first = int(np.flatnonzero(share)[0])
        starts = [self.place.until, *self.futures.ends]
        day = starts[first] + timedelta(days=1)
        april = date(self.futures.ends[first].year, 4, 1)
        return april if share[first] < 1 and day < april and first else day

    def _span(
        self, name: str, share: Numbers, spent: float | None, first: date
    ) -> PeriodSpend:
        live, new = self.live @ share, self.new @ share
        last = self.futures.ends[int(np.flatnonzero(share)[-1])]
        year_end = date(int(name[:4]) + 1, 3, 31) if "/" in name else last
        return PeriodSpend(
            name=name,
            first_day=first,
            last_day=min(last, year_end),
            spent=spent,
            to_come=range_of(live + new, POUNDS),
            total=range_of(live + new + (spent or 0.0), POUNDS),
            live=range_of(live, POUNDS),
            new=range_of(new, POUNDS),
            by_trend=by_trend(self.history, share),
        )


def by_trend(history: History, share: Numbers) -> float | None:
    """Last year's spend, and each year the same pounds more as it had over the former.

    Args:
        history: Pounds in the year before last and in the last.
        share: (month,) the part of each month ahead that is asked for.
    """
    former, last = history
    if former is None or last is None:
        return None
    years_on = (np.arange(len(share)) + 0.5) / 12 + 0.5
    monthly = (last + (last - former) * years_on) / 12
    return round(float(monthly @ share))
