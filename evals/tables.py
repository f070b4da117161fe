"""The tables that the commands print of runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tabulate import tabulate

from evals.running.folder import RunFacts
from evals.running.record import Record
from evals.totals import STATUSES, Latency, LayerTotal, Totals


def run_table(facts: RunFacts, held: Totals) -> str:
    """One run: each layer, the confusion of outcomes, and the times."""
    rows = [_layer_row(layer) for layer in held.layers]
    heads = ["", "right of asked", "95% interval", "right of answered", "measures"]
    print_ = facts.fingerprint
    parts = [
        f"{print_.dataset}: {held.questions} questions, brain {print_.brain},"
        f" {held.failed} failed, {facts.seconds} s with {facts.workers} processes",
        _table(rows, heads),
        confusion_table(held),
        _times(held),
        f"Fingerprint: {print_.told}",
    ]
    return "\n\n".join(part for part in parts if part)


def _layer_row(layer: LayerTotal) -> list[str]:
    precision = f"{layer.right_of_answered}/{layer.answered}"
    measures = ", ".join(f"{n} {v:.3f}" for n, v in layer.measures.items())
    return [
        layer.layer,
        f"{layer.right}/{layer.asked} ({layer.accuracy:.1%})",
        f"{layer.low:.1%} to {layer.high:.1%}",
        f"{precision} ({layer.precision:.1%})" if layer.precision is not None else "-",
        measures,
    ]


def confusion_table(held: Totals) -> str:
    """What kind each question is, against how it ended."""
    shown = [s for s in STATUSES if any(row[s] for row in held.confusion.values())]
    rows = [
        [kind.replace("_", " "), *(row[s] or "" for s in shown)]
        for kind, row in held.confusion.items()
    ]
    heads = ["question is", *(s.replace("_", " ") for s in shown)]
    return _table(rows, heads) if rows else ""


def _times(held: Totals) -> str:
    told = [
        f"{name}: p50 {times.p50:,.0f} ms, p95 {times.p95:,.0f} ms ({times.count})"
        for name, times in (("warm", held.warm), ("cold", held.cold))
        if isinstance(times, Latency)
    ]
    return "Time to an answer, " + "; ".join(told) if told else ""


def wrong_lines(records: Sequence[Record]) -> list[str]:
    """A line for each layer of each question that is not right."""
    lines = []
    for record in records:
        asked = " / ".join(record.sample.turns)
        if record.given is None:
            lines.append(f"{record.sample.id} FAILED {record.asked.error} | {asked}")
            continue
        made = [(call.name, call.arguments) for call in record.given.tool_calls]
        lines += [
            f"{record.sample.id} {v.layer}: {v.explanation} | {asked} | {made}"
            for v in record.verdicts
            if not v.right
        ]
    return lines


def results_table(runs: Sequence[tuple[RunFacts, Totals]], markdown: bool) -> str:
    """Several runs as rows, each layer a column of right of asked (and of answered)."""
    layers = list(dict.fromkeys(t.layer for _, held in runs for t in held.layers))
    rows = [_result_row(facts, held, layers) for facts, held in runs]
    heads = ["dataset", "part", "brain", "n", *layers, "warm p50 / p95"]
    table = tabulate(
        rows,
        headers=heads,
        tablefmt="github" if markdown else "simple",
        disable_numparse=True,
    )
    prints = "\n".join(f"- {facts.fingerprint.told}" for facts, _ in runs)
    told = (
        "Each layer: right of asked, and in brackets right of those answered."
        " `tune` was worked on question by question; `look` was only run."
    )
    return f"{table}\n\n{told}\n\n{prints}"


def _result_row(facts: RunFacts, held: Totals, layers: Sequence[str]) -> list[str]:
    by_layer = {total.layer: total for total in held.layers}
    shown = []
    for name in layers:
        total = by_layer.get(name)  # type: ignore[call-overload]
        shown.append(_cell(total) if total else "")
    times = f"{held.warm.p50:,.0f} / {held.warm.p95:,.0f} ms" if held.warm else ""
    print_ = facts.fingerprint
    part = facts.part or "own"
    return [print_.dataset, part, print_.brain, str(held.questions), *shown, times]


def _cell(total: LayerTotal) -> str:
    precision = total.precision
    told = f"{total.accuracy:.1%}"
    return told + (f" ({precision:.1%})" if precision is not None else "")


def _table(rows: Sequence[Sequence[Any]], heads: Sequence[str]) -> str:
    return tabulate(rows, headers=heads, disable_numparse=True)
