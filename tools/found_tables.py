"""The settings found as tables that a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus import vocabulary
from corpus.codes import Route
from corpus.models import Table
from tools.base import Knowledge
from tools.citing import invented_mark
from tools.found_providers import FoundProviders, SettingMatch, stands_in

Cell = str | int | float | None

_ROUTES: Final = (Route.FRAMEWORK, Route.SPOT)
"""Routes whose column always stands: price on framework, and off it."""


def tables_of(found: FoundProviders, knowledge: Knowledge) -> tuple[Table, ...]:
    """The matches, those set apart, and the verdict on each criterion asked for."""
    mark = invented_mark(knowledge)
    shown = (*found.matches, *found.set_apart)
    columns = _Columns(found.places, shown)
    apart = range(1 + len(found.matches), 1 + len(shown))
    tables = (
        Table(
            title=f"Settings that may take the child{mark}",
            columns=columns.names,
            rows=tuple(columns.row(match) for match in found.matches),
            total_rows=found.total_matches,
            row_sources=tuple(range(1, apart.start)),
        ),
        Table(
            title=f"Set apart: fit what was asked, but in doubt{mark}",
            columns=(*columns.names, "Why"),
            rows=tuple((*columns.row(m), "; ".join(m.doubts)) for m in found.set_apart),
            total_rows=found.total_set_apart,
            row_sources=tuple(apart),
        ),
        _verdicts(found, mark),
    )
    return tuple(table for table in tables if table.rows)


class _Columns:
    """The columns that a list of settings needs, and its rows."""

    def __init__(self, places: tuple[str, ...], shown: Sequence[SettingMatch]) -> None:
        quoted = {route for match in shown for route in match.prices}
        self._routes = (*_ROUTES, *(r for r in Route if r in quoted - {*_ROUTES}))
        self._places = places if len(places) > 1 else ()
        self._similar = any(match.similar_children for match in shown)
        self.names: tuple[str, ...] = (
            "Setting",
            "Provider",
            "Place",
            *(f"Miles from {place}" for place in self._places),
            *(() if self._places else ("Miles",)),
            "Ofsted grade",
            "Claimed needs met",
            "Needs not claimed",
            "Vacancies",
            *(f"£ a week, {route.replace('_', ' ')}" for route in self._routes),
            *(("Similar children before",) if self._similar else ()),
        )

    def row(self, match: SettingMatch) -> tuple[Cell, ...]:
        needs = vocabulary.needs()
        return (
            match.setting,
            match.provider,
            stands_in(match),
            *self._miles(match),
            _grade(match),
            ", ".join(needs.short(need) for need in match.needs_claimed) or None,
            ", ".join(needs.short(need) for need in match.needs_not_stated) or None,
            _vacancies(match),
            *(match.prices.get(route) for route in self._routes),
            *((self._before(match),) if self._similar else ()),
        )

    def _miles(self, match: SettingMatch) -> tuple[float | None, ...]:
        if not self._places:
            return (match.miles,)
        return tuple(d.miles for d in match.distances) or (None,) * len(self._places)

    def _before(self, match: SettingMatch) -> str | None:
        return match.similar_children.told if match.similar_children else None


def _verdicts(found: FoundProviders, mark: str) -> Table:
    """One row a setting, one column a criterion: met, not met or unknown, and why.

    What every listed setting meets by being listed, its kind and what the law asks, is
    left out.
    """
    shown = (*found.matches, *found.set_apart)
    left_out = {"type", "lawful", "registered"}
    names = [criterion.name for match in shown for criterion in match.criteria]
    columns = [name for name in dict.fromkeys(names) if name not in left_out]
    rows = tuple((match.setting, *_told(match, columns)) for match in shown)
    return Table(
        title=f"Criterion by criterion{mark}",
        columns=("Setting", *(name[:1].upper() + name[1:] for name in columns)),
        rows=rows if columns else (),
        total_rows=found.total_matches + found.total_set_apart,
        row_sources=tuple(range(1, 1 + len(shown))) if columns else (),
    )


def _told(match: SettingMatch, columns: Sequence[str]) -> list[str | None]:
    told = {c.name: f"{c.verdict}: {c.detail}" for c in match.criteria}
    return [told.get(name) for name in columns]


def _grade(match: SettingMatch) -> str:
    if match.supported_outcome and match.supported_outcome_on:
        return f"{match.supported_outcome.label} ({match.supported_outcome_on:%b %Y})"
    if match.rating is None:
        return "not yet inspected"
    label = vocabulary.ratings().label(match.rating)
    return f"{label} ({match.inspected_on:%b %Y})"


def _vacancies(match: SettingMatch) -> str:
    if match.vacancies is None:
        return "not reported"
    return f"{match.vacancies} ({match.vacancies_as_at:%-d %b %Y})"
