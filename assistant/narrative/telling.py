"""How sections tell figures: of groups, in sentences, tables and charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from assistant.composing.asked import kind_asked
from assistant.composing.wording import NOT_TOLD, percent, pounds
from assistant.exporting import Figure, Paragraph, TableBlock
from assistant.narrative.evidence import Evidence
from corpus.charts import Chart
from corpus.disclosure.bands import NOT_RECORDED
from corpus.models import Table
from tools.citing import invented_mark
from tools.found_summary import SummaryGroup
from tools.kinds_of_care import kind_of_care
from tools.shown import NOTHING_KNOWN, Shown

WITHHELD: Final = "c"
"""In a table, a figure that disclosure control keeps back."""
_MILLION: Final = 1_000_000
UNKNOWN: Final = "–"

Cells = tuple[str | int | float | bool | None, ...]


def cell(figure: Shown, form: Callable[[float], str] | None = None) -> str:
    """A figure for a table: as told, but short where there is none."""
    if figure.withheld:
        return WITHHELD
    if figure.value is None:
        return UNKNOWN
    return form(figure.value) if form else f"{figure.value:,.10g}"


def share_cell(figure: Shown) -> str:
    """A fraction for a table, as a percentage."""
    return cell(figure, percent)


def pounds_cell(figure: Shown) -> str:
    """Pounds for a table."""
    return cell(figure, pounds)


def millions(value: float) -> str:
    """Pounds as a sentence tells large sums: "£134.6 million"; else in full."""
    return (
        pounds(value) if abs(value) < _MILLION else f"£{value / _MILLION:.1f} million"
    )


def figure_of(groups: dict[str, SummaryGroup], label: str) -> Shown:
    """A group's figure; nothing known where there is no such group."""
    return groups[label].figure if label in groups else NOTHING_KNOWN


def known(groups: dict[str, SummaryGroup]) -> list[tuple[str, Shown]]:
    """Labels and figures that are told and not 0, the largest first."""
    shown = [(label, group.figure) for label, group in groups.items()]
    return sorted(
        (pair for pair in shown if pair[1].value), key=lambda pair: -_value(pair[1])
    )


def more_than_half(part: Shown, whole: Shown) -> bool:
    """Whether a part is surely over half of the whole, however protected both are."""
    if part.value is None or whole.value is None:
        return False
    least, most = part.value - (part.within or 0), whole.value + (whole.within or 0)
    return least > most / 2


def compared(now: Shown, then: Shown) -> str:
    """How a count stands to an earlier one, which is named after it: "more than".

    That they cannot be told apart where both are protected; empty where either is
    withheld.
    """
    if now.value is None or then.value is None:
        return ""
    apart = abs(now.value - then.value)
    if not apart:
        return "as many as"
    if apart <= (now.within or 0) + (then.within or 0):
        return "which is too close to tell apart from"
    return "more than" if now.value > then.value else "fewer than"


def types_in_order(*keyed: dict[str, SummaryGroup]) -> list[str]:
    """Placement types of any of the summaries, those that have a figure in one."""
    labels = dict.fromkeys(label for groups in keyed for label in groups)
    return [
        label
        for label in labels
        if label != NOT_RECORDED
        and any(_tells(figure_of(groups, label)) for groups in keyed)
    ]


def _tells(figure: Shown) -> bool:
    return figure.withheld or bool(figure.value)


def kinds(label: str) -> str:
    """A placement type as where several children live: "children's homes"."""
    return kind_asked({"placement_type": label})


def care(label: str) -> str:
    """A placement type with a capital, as the first cell of a row."""
    words = kind_of_care(label)
    return words[:1].upper() + words[1:]


def table(
    evidence: Evidence,
    caption: str,
    mark: str,
    columns: Sequence[str],
    rows: Iterable[Cells],
) -> list[TableBlock | Paragraph]:
    """A table with its caption and sources, and what its signs mean; nothing where it
    has no rows."""
    held = tuple(rows)
    if not held:
        return []
    titled = f"{caption}{invented_mark(evidence.knowledge)}"
    made = Table(title=titled, columns=tuple(columns), rows=held, total_rows=len(held))
    blocks: list[TableBlock | Paragraph] = [
        TableBlock(table=made, caption=f"{titled} {mark}")
    ]
    if any(value == WITHHELD for row in held for value in row):
        blocks.append(Paragraph(text=f"c: {NOT_TOLD}."))
    return blocks


def figure(
    chart: Chart | None, caption: str, mark: str, evidence: Evidence
) -> list[Figure]:
    """A chart with its caption and sources; nothing without a chart."""
    if chart is None:
        return []
    titled = f"{caption}{invented_mark(evidence.knowledge)}"
    drawn = chart.model_copy(update={"title": titled})
    return [Figure(chart=drawn, caption=f"{titled} {mark}")]


def _value(figure: Shown) -> float:
    return figure.value or 0.0
