"""The tables that the commands print of runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tabulate import tabulate

from evals.running.folder import RunFacts, RunFolder
from evals.running.record import Record
from evals.totals import STATUSES, Latency, LayerTotal, Totals


def run_table(facts: RunFacts, held: Totals) -> str:
    """One run: each layer, the confusion of outcomes, and the times."""
    rows = [_layer_row(layer) for layer in held.layers]
    heads = ["", "right of asked", "95% interval", "right of answered", "measures"]
    print_ = facts.fingerprint
    parts = [
        f"{print_.dataset}: {held.questions} questions, brain {print_.brain},"
        f" {held.failed} failed, {facts.seconds} s with {facts.workers} processes"
        f" ({facts.cpu_seconds or 0:.0f} s of processor time)",
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


def history_table(runs: Sequence[tuple[RunFolder, RunFacts]]) -> str:
    """For each dataset and brain its runs, the oldest first, with what each changed.

    A change of the dataset's content begins a new list, since scores of different
    questions are no trend.
    """
    kept: dict[tuple[str, str, str], list[tuple[RunFolder, RunFacts]]] = {}
    for folder, facts in runs:
        print_ = facts.fingerprint
        key = (print_.dataset, print_.dataset_sha256[:12], print_.brain)
        kept.setdefault(key, []).append((folder, facts))
    return "\n\n".join(
        f"{name} {digest}, {brain}\n\n{_trend(held)}"
        for (name, digest, brain), held in kept.items()
    )


def _trend(runs: Sequence[tuple[RunFolder, RunFacts]]) -> str:
    every = [Totals.model_validate(facts.totals) for _, facts in runs]
    layers = list(dict.fromkeys(t.layer for held in every for t in held.layers))
    rows, before = [], dict[str, float]()
    for (folder, facts), held in zip(runs, every, strict=True):
        now: dict[str, float] = {t.layer: t.accuracy for t in held.layers}
        cells = [_moved(now.get(name), before.get(name)) for name in layers]
        begun = f"{facts.started_at:%Y-%m-%d %H:%M}"
        rows.append([begun, facts.fingerprint.code, *cells, folder.path.name])
        before = dict(now)
    return _table(rows, ["begun", "code", *layers, "folder"])


def _moved(now: float | None, before: float | None) -> str:
    """A share in percent, with its change in points since the run before."""
    if now is None:
        return ""
    points = (now - before) * 100 if before is not None else 0.0
    return f"{now:.1%}" + (f" ({points:+.1f})" if abs(points) >= 0.05 else "")
