"""Financial years in a tool call, and the days to which the tables speak."""

from __future__ import annotations

from datetime import date

from corpus.disclosure.bands import financial_year
from corpus.disclosure.spend import Period, year_period
from corpus.errors import InvalidArguments
from tools.base import Knowledge


def last_day(knowledge: Knowledge) -> date:
    """The last day to which the placements speak."""
    return knowledge.dataset.table_as_at("placements") or knowledge.as_at


def known_day(knowledge: Knowledge) -> date:
    """The day that stands for today, but none after the placements' own."""
    return min(knowledge.as_at, last_day(knowledge))


def check_since(since: date | None, last: date | None) -> None:
    """Refuse a first day of which the tables cannot know.

    Args:
        since: As the caller gave it; None for any.
        last: The last day to which the table speaks; None where nothing is known of it.

    Raises:
        InvalidArguments: where the one is after the other.
    """
    if since is not None and last is not None and since > last:
        raise InvalidArguments(
            f"since = {since}: the data ends on {last}.",
            "Give that day or an earlier one.",
        )


def last_full_year(day: date) -> str:
    """The last financial year that has ended on a day, its last day included."""
    year = financial_year(day)
    if (day.month, day.day) == (3, 31):
        return year
    return financial_year(date(int(year[:4]), 3, 31))


def checked_year(year: str, knowledge: Knowledge) -> Period:
    """The period of a financial year.

    Raises:
        InvalidArguments: for two years that do not follow each other, and for a year
            of which the tables cannot know.
    """
    first, second = int(year[:4]), int(year[5:])
    if second != (first + 1) % 100:
        raise InvalidArguments(
            f"year = {year!r} is not a financial year.",
            f"A year from April is written like {first}/{(first + 1) % 100:02d}.",
        )
    period, day = year_period(year), last_day(knowledge)
    if period.start > day:
        raise InvalidArguments(
            f"year = {year!r} begins after {day}, the last day that the placements"
            " speak to.",
            "Ask for an earlier year, or use forecast_spend for years to come.",
        )
    return period
