"""Outcomes of placements as tables and charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from corpus import vocabulary
from corpus.charts import Chart, Mark, Series
from corpus.disclosure.outcomes import Outcome
from corpus.models import Table
from tools.documented_tables import day_in_words
from tools.found_outcomes import (
    ProviderOutcomes,
    RatedOutcome,
    SettingOutcomes,
    StayLength,
    Verdict,
)
from tools.shown import Shown, difference

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

WORDS: Final[dict[Outcome, str]] = {
    Outcome.FIRST_MONTH: "Ended unplanned within 28 days",
    Outcome.FIRST_YEAR: "Ended unplanned within a year",
    Outcome.ENDINGS: "Unplanned, of stays that ended",
    Outcome.MOVED: "Moved to another placement within a year",
}
_VERDICTS: Final[dict[Verdict, str]] = {
    "lower": "lower",
    "higher": "higher",
    "not_told_apart": "cannot be told apart",
    "not_known": "too little known",
}
_CHARTED: Final = 20
_ALL: Final = Shown(value=1, within=0)


def overall_table(found: ProviderOutcomes, mark: str) -> Table:
    """Each outcome of one provider, beside the region's for the same mix."""
    whole = {one.outcome: one for one in found.region}
    own = found.own_authority is not None
    columns = (
        "Outcome", "Placements", "Had it", "Share", "Share expected",
        "Share, all settings", "Ratio to expected", "95% interval", "Beside expected",
        *(("Own placements", "Own had it", "Own expected") if own else ()),
    )  # fmt: skip
    rows = tuple(
        (
            WORDS[one.outcome],
            one.at_risk.cell,
            one.observed.cell,
            one.share.cell,
            one.expected_share,
            whole[one.outcome].share.cell,
            one.ratio,
            interval(one.low, one.high),
            _VERDICTS[one.verdict],
            *(_own(one) if own else ()),
        )
        for one in found.overall
    )
    return _table(f"Outcomes: {found.provider}{mark}", columns, rows)


def _own(one: RatedOutcome) -> Row:
    figures = (one.own_at_risk, one.own_observed, one.own_expected)
    return tuple(figure.cell if figure else None for figure in figures)


def stay_table(found: ProviderOutcomes, mark: str) -> Table:
    """The median stay with one provider, beside the region's for the same mix."""
    columns = ("Median stay, days", "95% interval", "Expected for its mix", "Beside it")
    own = found.stay.own if found.stay else None
    rows = [(*_stay(found.stay), *((own.cell,) if own else ()))] if found.stay else []
    return _table(
        f"Length of stay: {found.provider}{mark}",
        (*columns, *(("Own median",) if own else ())),
        rows,
    )


def _stay(stay: StayLength | None) -> Row:
    if stay is None:
        return None, None, None, _VERDICTS["not_known"]
    median = "over half still there" if _unfinished(stay) else stay.median.cell
    longer = {"higher": "longer", "lower": "shorter"}
    verdict = longer.get(stay.verdict, _VERDICTS[stay.verdict])
    return median, interval(stay.low, stay.high, digits=0), stay.expected, verdict


def _unfinished(stay: StayLength) -> bool:
    return stay.median.value is None and not stay.median.withheld


def interval(low: float | None, high: float | None, digits: int = 2) -> str | None:
    """An interval in words; None where neither end is known."""
    if low is None and high is None:
        return None
    ends = ("not reached" if e is None else f"{e:.{digits}f}" for e in (low, high))
    return " to ".join(ends)


def settings_table(found: ProviderOutcomes, lead: Outcome, mark: str) -> Table:
    """Settings by one outcome, in the order of the result."""
    of = f"Settings of {found.provider}" if found.provider else "Settings, best first"
    columns = (
        "Setting", "URN", "Provider", "Authority", "Kind", "Ofsted grade", "Placements",
        "Share", "Share expected", "Ratio to expected", "95% interval",
        "Beside expected",
    )  # fmt: skip
    rows = tuple(_setting(one, lead) for one in found.settings)
    return Table(
        title=f"{of}: {WORDS[lead].lower()}{mark}",
        columns=columns,
        rows=rows,
        total_rows=found.total_settings,
    )


def _setting(one: SettingOutcomes, lead: Outcome) -> Row:
    rated = one.rated(lead)
    kind = one.placement_type
    return (
        one.name,
        one.urn,
        one.provider,
        one.local_authority,
        vocabulary.placement_types().label(kind) if kind else None,
        _grade(one),
        *(_rated(rated) if rated else (None,) * 5 + (_VERDICTS["not_known"],)),
    )


def others_table(found: ProviderOutcomes, mark: str) -> Table:
    """What else is known of the same settings, in the same order."""
    columns = (
        "Setting", "URN", "First month: ratio", "First year: ratio", "Moves: ratio",
        "Planned endings, share", "Median stay, days", "95% interval",
        "Stay expected", "Stay",
    )  # fmt: skip
    rows = tuple(_others(one) for one in found.settings)
    return Table(
        title=f"Endings, moves and stays of the same settings{mark}",
        columns=columns,
        rows=rows,
        total_rows=found.total_settings,
    )


def _others(one: SettingOutcomes) -> Row:
    ended = one.rated(Outcome.ENDINGS)
    ratios = (Outcome.FIRST_MONTH, Outcome.FIRST_YEAR, Outcome.MOVED)
    return (
        one.name,
        one.urn,
        *(_with_interval(one.rated(outcome)) for outcome in ratios),
        difference(_ALL, ended.share).cell if ended else None,
        *_stay(one.stay),
    )


def _rated(one: RatedOutcome) -> Row:
    return (
        one.at_risk.cell,
        one.share.cell,
        one.expected_share,
        one.ratio,
        interval(one.low, one.high),
        _VERDICTS[one.verdict],
    )


def _with_interval(one: RatedOutcome | None) -> str | None:
    if one is None or one.ratio is None:
        return None
    return f"{one.ratio:.2f} ({interval(one.low, one.high)})"


def _grade(one: SettingOutcomes) -> str:
    if one.rating is None:
        return "no grade"
    label = vocabulary.ratings().label(one.rating)
    return f"{label} ({day_in_words(one.inspected_on)})"


def grades_table(found: ProviderOutcomes, mark: str) -> Table:
    """The grades of a provider's settings over time."""
    return _table(
        f"Grades over time: {found.provider}{mark}",
        ("Setting", "Inspected", "Grade"),
        _grades(found),
    )


def _grades(found: ProviderOutcomes) -> Iterator[Row]:
    for one in found.grades:
        for grade in one.grades:
            label = vocabulary.ratings().label(grade.rating)
            yield one.name, day_in_words(grade.inspected_on), label
        if one.supported_outcome:
            day = day_in_words(one.supported_outcome_on)
            yield one.name, day, one.supported_outcome.label


def _table(title: str, columns: Sequence[str], rows: Iterable[Row]) -> Table:
    held = tuple(rows)
    return Table(title=title, columns=tuple(columns), rows=held, total_rows=len(held))


def ratio_chart(found: ProviderOutcomes, lead: Outcome, mark: str) -> Chart | None:
    """The adjusted ratios of the settings listed, or of one provider's outcomes."""
    if found.provider and len(found.settings) < 2:
        named = [(WORDS[one.outcome], one) for one in found.overall]
        title = f"Ratio to expected: {found.provider}"
    else:
        rated = ((s, s.rated(lead)) for s in found.settings)
        named = [(f"{s.name} ({s.urn})", one) for s, one in rated if one]
        title = f"{WORDS[lead]}: ratio to expected"
    known = [(name, one) for name, one in named if one.ratio is not None][:_CHARTED]
    if not known:
        return None
    return Chart(
        kind="intervals",
        title=f"{title}{mark}",
        x_label="ratio to expected, 95% interval",
        y_label="",
        categories=tuple(name for name, _ in known),
        series=(
            Series(name="low", values=tuple(one.low for _, one in known)),
            Series(name="value", values=tuple(one.ratio for _, one in known)),
            Series(name="high", values=tuple(one.high for _, one in known)),
        ),
        marks=(Mark(axis="x", value=1.0, label="as expected"),),
    )
