"""Where a tool's figures come from: citations of tables and of models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from corpus.disclosure import ProtectedTable
from corpus.models import Citation
from tools.assumptions import Assumption
from tools.base import Arguments, Knowledge

INVENTED_DATA: Final = (
    "This is the demonstration region: every setting, provider, child and price in it"
    " is invented."
)
"""Caveat of a result from the demonstration's tables."""


def holding(knowledge: Knowledge) -> str:
    """What the tables are called in a citation's title."""
    demonstration = knowledge.dataset.kind == "demonstration"
    return "Demonstration region" if demonstration else "Placement dataset"


def dataset_citation(
    knowledge: Knowledge, table: str, about: str, filters: Mapping[str, Any]
) -> Citation:
    """A citation of one table: what was asked of it, and the day to which it speaks.

    Args:
        knowledge: The tables.
        table: The table's name.
        about: What the figures are, such as "placements by authority".
        filters: Filter names and values as applied; empty for the whole table.
    """
    said = "; ".join(f"{name} {spoken(value)}" for name, value in filters.items())
    as_at = knowledge.dataset.table_as_at(table)
    return Citation(
        kind="dataset",
        title=f"{holding(knowledge)}: {about}",
        locator=f"table {table}, filter: {said or 'none'}; as at {as_at}",
        source=table,
    )


def model_citation(
    title: str, source: str, assumptions: Iterable[Assumption]
) -> Citation:
    """A citation of a model: its name, and the assumptions that the answer rests on."""
    return Citation(
        kind="model",
        title=title,
        locator="; ".join(assumption.told for assumption in assumptions)
        or "no assumptions",
        source=source,
    )


def stated_filters(arguments: Arguments, *left_out: str) -> dict[str, Any]:
    """The arguments that were given, as filters of a citation."""
    given = arguments.model_dump(mode="json", exclude_none=True)
    return {name: value for name, value in given.items() if name not in left_out}


def protection_caveats(*tables: ProtectedTable) -> tuple[str, ...]:
    """What the reader must be told of figures under disclosure control, each once."""
    said = [
        line
        for table in tables
        for line in (*table.snapped, table.line)
        if line is not None
    ]
    return tuple(dict.fromkeys(said))


def invented_caveats(knowledge: Knowledge) -> tuple[str, ...]:
    """That the data is invented, where it is."""
    return (INVENTED_DATA,) if knowledge.dataset.kind == "demonstration" else ()


def invented_mark(knowledge: Knowledge) -> str:
    """What follows a table's or chart's title where the data is invented."""
    invented = knowledge.dataset.kind == "demonstration"
    return " (invented, demonstration)" if invented else ""


def spoken(value: object) -> str:
    """A filter's value as a citation prints it."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
