"""A provider's profile as tables that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap

from corpus import vocabulary
from corpus.codes import Need, PlacementType, Route
from corpus.models import Table
from tools.base import Knowledge
from tools.citing import invented_mark
from tools.documented_tables import (
    DISAGREEMENTS,
    RECOMMENDATIONS,
    VISITS,
    day_in_words,
    disagreement_row,
    latest,
    recommendation_row,
    span_key,
    visit_key,
    visit_row,
)
from tools.provider_record import ProviderRecord
from tools.setting_record import SettingRecord

Cell = str | int | float | None
Row = tuple[Cell, ...]


def tables_of(
    record: ProviderRecord, sources: Sequence[str], knowledge: Knowledge
) -> tuple[Table, ...]:
    """One table for each part of which something is held.

    Args:
        sources: The keys of the result's citations, in their order.
    """
    mark = invented_mark(knowledge)
    made = _Tables(record.name, mark, sources)
    settings, said = record.settings, record.documented
    own = any(figure.own is not None for figure in record.placements)
    documents = [document.document_id for document in record.documents]
    tables = (
        made.table("Settings", "settings", _SETTINGS, map(_setting, settings)),
        made.table("Criteria claimed", "settings", _CRITERIA, map(_criteria, settings)),
        made.table(
            "Grades over time", _grade_sources(settings), _GRADES, _grades(settings)
        ),
        made.table("Prices quoted", "prices", _PRICES, _prices(settings)),
        made.table(
            "Children placed there",
            "placements",
            ("Figure", "All authorities", *(("Own",) if own else ())),
            _placements(record, own),
        ),
        made.table(
            "Fostering households", "foster_households", _CARERS, _carers(record)
        ),
        made.table(
            "Block contracts of its owner", "block_contracts", _BLOCKS, _blocks(record)
        ),
        made.table(
            "Regulation 44 visits",
            [visit_key(visit) for visit in said.visits],
            VISITS,
            map(visit_row, said.visits),
        ),
        made.table(
            "Recommendations of the latest visit",
            [span_key(recommended.span) for _, recommended in latest(said)],
            RECOMMENDATIONS,
            starmap(recommendation_row, latest(said)),
        ),
        made.table(
            "Statement of purpose and table disagree",
            [span_key(row.span) for row in said.disagreements],
            DISAGREEMENTS,
            map(disagreement_row, said.disagreements),
        ),
        made.table("Documents held", documents, _DOCUMENTS, _documents(record)),
        made.table(
            f"Other settings of {record.group}", "settings", _OTHERS, _others(record)
        ),
    )
    return tuple(table for table in tables if table.rows)


class _Tables:
    """Makes tables about one provider, each row with its source."""

    def __init__(self, name: str, mark: str, sources: Sequence[str]) -> None:
        self._name, self._mark = name, mark
        self._place = {source: place for place, source in enumerate(sources)}

    def table(
        self,
        title: str,
        source: str | list[str],
        columns: tuple[str, ...],
        rows: Iterable[Row],
    ) -> Table:
        """A table whose rows have one source, or each its own."""
        shown = tuple(rows)
        each = [source] * len(shown) if isinstance(source, str) else source
        return Table(
            title=f"{title}: {self._name}{self._mark}",
            columns=columns,
            rows=shown,
            total_rows=len(shown),
            row_sources=tuple(self._place[name] for name in each),
        )


_SETTINGS = (
    "Setting", "URN", "Kind", "Place", "Registered places", "Ofsted grade", "Vacancies",
    "£ a week, framework", "£ a week, spot", "In doubt",
)  # fmt: skip
_CRITERIA = (
    "Setting", "Ages", "Genders", "Alone", "Siblings", "Same day", "Claims to meet",
    "Does not admit", "Statement of",
)  # fmt: skip
_GRADES = ("Setting", "Inspected", "Grade")
_PRICES = ("Setting", "Route", "£ a week", "As at")
_CARERS = ("Households fostering", "Approved places")
_BLOCKS = (
    "Provider", "Authority", "Kind", "Beds", "£ a week a bed",
    "Void borne by authority", "Uplift a year", "From", "To",
)  # fmt: skip
_DOCUMENTS = ("Document", "Kind", "Published", "About")
_OTHERS = ("Setting", "URN", "Provider", "Kind", "Authority")


def _setting(setting: SettingRecord) -> Row:
    quoted = {price.route: price.weekly_price for price in setting.prices}
    town = None if setting.town == setting.local_authority else setting.town
    vacancies = setting.vacancies
    return (
        setting.name,
        setting.urn,
        _kind(setting.placement_type) or setting.provision_type,
        ", ".join(part for part in (town, setting.local_authority) if part),
        setting.places,
        _grade(setting),
        "not reported"
        if vacancies is None
        else f"{vacancies} ({setting.vacancies_as_at:%-d %b %Y})",
        quoted.get(Route.FRAMEWORK),
        quoted.get(Route.SPOT),
        ", ".join(setting.doubts) or None,
    )


def _grade(setting: SettingRecord) -> str:
    if setting.grades:
        latest = setting.grades[0]
        label = vocabulary.ratings().label(latest.rating)
        return f"{label} ({latest.inspected_on:%-d %b %Y})"
    if setting.supported_outcome and setting.supported_outcome_on:
        outcome = setting.supported_outcome.label
        return f"{outcome} ({setting.supported_outcome_on:%-d %b %Y})"
    return "not yet inspected"


def _criteria(setting: SettingRecord) -> Row:
    yes = {True: "yes", False: "no", None: "not stated"}
    return (
        setting.name,
        _ages(setting),
        ", ".join(setting.genders) or "not stated",
        yes[setting.solo],
        "not stated" if setting.siblings is None else f"up to {setting.siblings}",
        yes[setting.same_day],
        _needs(setting.accepts),
        _needs(setting.excludes),
        day_in_words(setting.statement_date),
    )


def _ages(setting: SettingRecord) -> str:
    if setting.age_from is None and setting.age_to is None:
        return "not stated"
    ends = (
        "?" if age is None else str(age) for age in (setting.age_from, setting.age_to)
    )
    return " to ".join(ends)


def _grades(settings: Sequence[SettingRecord]) -> Iterator[Row]:
    for setting in settings:
        for grade in setting.grades:
            label = vocabulary.ratings().label(grade.rating)
            yield setting.name, day_in_words(grade.inspected_on), label
        if setting.supported_outcome:
            outcome = setting.supported_outcome.label
            yield setting.name, day_in_words(setting.supported_outcome_on), outcome


def _grade_sources(settings: Sequence[SettingRecord]) -> list[str]:
    """An outcome of supported accommodation stands in the register itself."""
    return [
        source
        for setting in settings
        for source in (
            *("inspections" for _ in setting.grades),
            *(("settings",) if setting.supported_outcome else ()),
        )
    ]


def _prices(settings: Sequence[SettingRecord]) -> list[Row]:
    return [
        (
            setting.name,
            price.route.replace("_", " "),
            price.weekly_price,
            day_in_words(price.as_at),
        )
        for setting in settings
        for price in setting.prices
    ]


def _placements(record: ProviderRecord, own: bool) -> list[Row]:
    return [
        (
            row.measure,
            row.figure.cell,
            *((row.own.cell if row.own else None,) if own else ()),
        )
        for row in record.placements
    ]


def _carers(record: ProviderRecord) -> list[Row]:
    carers = record.foster_carers
    return [(carers.households, carers.approved_places)] if carers else []


def _blocks(record: ProviderRecord) -> list[Row]:
    return [
        (
            contract.provider,
            contract.local_authority,
            _kind(contract.placement_type),
            contract.beds,
            f"{contract.weekly_price:,.0f}",
            f"{contract.void_share:.0%}",
            f"{contract.annual_uplift:.1%}",
            day_in_words(contract.started),
            day_in_words(contract.ends),
        )
        for contract in record.block_contracts
    ]


def _documents(record: ProviderRecord) -> list[Row]:
    return [
        (
            document.title,
            document.kind.replace("_", " "),
            day_in_words(document.published),
            document.about,
        )
        for document in record.documents
    ]


def _others(record: ProviderRecord) -> list[Row]:
    return [
        (
            other.name,
            other.urn,
            other.provider,
            _kind(other.placement_type),
            other.local_authority,
        )
        for other in record.other_settings
    ]


def _kind(kind: PlacementType | None) -> str | None:
    return vocabulary.placement_types().label(kind) if kind else None


def _needs(needs: tuple[Need, ...]) -> str | None:
    return ", ".join(map(vocabulary.needs().short, needs)) or None
