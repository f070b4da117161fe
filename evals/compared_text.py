"""A comparison of two runs as it is printed: what changed, then how sure it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from tabulate import tabulate

from evals.comparing import Change, Comparison
from evals.given import Given
from evals.running.record import Record
from evals.scoring import Layer

MOST_LISTED = 40
"""Changed questions listed of each sort, unless all are asked for."""


def compared_text(found: Comparison, every: bool = False) -> str:
    """The whole comparison."""
    listed = None if every else MOST_LISTED
    parts = [
        *_changed("Regressed", found.regressed, listed),
        *_changed("Improved", found.improved, listed),
        "Layers",
        _table(found.layers),
    ]
    if found.parts:
        parts += ["Parts in which six questions or more changed", _table(found.parts)]
    if found.measures:
        parts += ["Measures", _table(found.measures)]
    parts.append(_foot(found))
    return "\n\n".join(parts)


def _changed(
    head: str,
    changes: Sequence[tuple[Record, Record, Layer]],
    most: int | None,
) -> Iterator[str]:
    if not changes:
        return
    yield f"{head}: {len(changes)}"
    shown = changes[:most]
    yield "\n".join(_side_by_side(*change) for change in shown)
    if len(shown) < len(changes):
        yield f"... and {len(changes) - len(shown)} more (--all)."


def _side_by_side(before: Record, after: Record, layer: Layer) -> str:
    lines = [f"{before.sample.id} {layer} | {' / '.join(before.sample.turns)}"]
    for name, record in (("A", before), ("B", after)):
        verdict = record.verdict(layer)
        told = "right" if verdict and verdict.right else "wrong"
        why = verdict.explanation if verdict else str(record.asked.error)
        lines.append(f"  {name} {told}{': ' + why if why else ''}")
    lines += [f"  {line}" for line in _fields_apart(before, after)]
    return "\n".join(lines)


def _fields_apart(before: Record, after: Record) -> Iterator[str]:
    """Status, calls and answer where they differ."""
    one, other = before.given, after.given
    if one is None or other is None:
        return
    if one.status != other.status:
        yield f"status: {one.status} -> {other.status}"
    if one.tool_calls != other.tool_calls:
        yield f"- {_calls(one)}"
        yield f"+ {_calls(other)}"


def _calls(given: Given) -> str:
    return json.dumps([(call.name, call.arguments) for call in given.tool_calls])


def _table(changes: Sequence[Change]) -> str:
    rows = [
        [
            change.part or change.layer,
            change.layer if change.part else "",
            change.pairs,
            f"{change.before:.3f}",
            f"{change.after:.3f}",
            f"{change.difference:+.3f}",
            f"{change.low:+.3f} to {change.high:+.3f}",
            f"+{change.improved} -{change.regressed}",
            f"{change.p:.4f}{' *' if change.significant else ''}",
            f"{change.detectable:.3f}",
        ]
        for change in changes
    ]
    heads = ["", "layer", "pairs", "A", "B", "B less A", "95% interval", "changed"]
    heads += ["p", "detectable"]
    return tabulate(rows, headers=heads, disable_numparse=True)


def _foot(found: Comparison) -> str:
    lines = [
        f"{found.pairs} questions paired, {len(found.left_out)} left out. Intervals:"
        f" bootstrap over {found.clusters} clusters by {found.clustering}; p: McNemar's"
        " exact test, or signs drawn by cluster where questions share one; *:"
        " significant with the false discovery rate over the parts held to 5%."
        " Detectable: what so many pairs would show with 80% power.",
    ]
    for name, (before, after) in found.changed_prints.items():
        lines.append(f"The runs differ in {name}: {before} -> {after}")
    if not found.changed_prints:
        lines.append("The runs rest on the same: only times can differ.")
    return "\n".join(lines)
