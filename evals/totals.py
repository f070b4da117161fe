"""What a run comes to, each layer apart: accuracy, precision, measures, confusion."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Final, get_args

import numpy as np

from assistant.answer import Status
from corpus.models import Frozen
from evals.running.record import Record
from evals.scoring import LAYERS, Layer
from evals.statistics import wilson

STATUSES: Final[tuple[str, ...]] = (*get_args(Status), "failed")
"""Columns of the confusion table."""


class LayerTotal(Frozen):
    """One layer of a run."""

    layer: Layer
    asked: int
    """Questions that expect something of it; a failed one counts as wrong."""
    right: int
    answered: int
    """Those of them that ended as `answered`."""
    right_of_answered: int
    low: float
    """Ends of Wilson's interval of the accuracy."""
    high: float
    errors: dict[str, int]
    """How often each kind of error came, the most frequent first."""
    measures: dict[str, float]
    """Mean of each further measure."""

    @property
    def accuracy(self) -> float:
        """Right of asked."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def precision(self) -> float | None:
        """Right of answered; None where none was answered."""
        return self.right_of_answered / self.answered if self.answered else None


class Latency(Frozen):
    """Milliseconds to an answer."""

    count: int
    p50: float
    p95: float


class Totals(Frozen):
    """One run, or a part of its questions."""

    questions: int
    failed: int
    layers: tuple[LayerTotal, ...]
    confusion: dict[str, dict[str, int]]
    """For each kind of question, how many ended in each status."""
    warm: Latency | None
    cold: Latency | None
    """From the start of a process to its first answer."""


def totals(records: Sequence[Record]) -> Totals:
    """Count a run's records."""
    warm = [
        record.given.elapsed_ms
        for record in records
        if record.given and record.asked.cold_ms is None
    ]
    cold = [r.asked.cold_ms for r in records if r.asked.cold_ms is not None]
    return Totals(
        questions=len(records),
        failed=sum(record.given is None for record in records),
        layers=tuple(
            total for layer in LAYERS if (total := _layer(layer, records)).asked
        ),
        confusion=_confusion(records),
        warm=_latency(warm),
        cold=_latency(cold),
    )


def _layer(layer: Layer, records: Sequence[Record]) -> LayerTotal:
    held = [record for record in records if expects(record, layer)]
    verdicts = [(record, record.verdict(layer)) for record in held]
    right = [record for record, v in verdicts if v is not None and v.right]
    errors = Counter(e for _, v in verdicts if v is not None for e in v.errors)
    measures: dict[str, list[float]] = defaultdict(list)
    for _, verdict in verdicts:
        for name, value in verdict.measures.items() if verdict else ():
            measures[name].append(value)
    low, high = wilson(len(right), len(held))
    return LayerTotal(
        layer=layer,
        asked=len(held),
        right=len(right),
        answered=sum(map(_is_answered, held)),
        right_of_answered=sum(map(_is_answered, right)),
        low=low,
        high=high,
        errors=dict(errors.most_common()),
        measures={name: fmean(values) for name, values in measures.items()},
    )


def _is_answered(record: Record) -> bool:
    return record.given is not None and record.given.status == "answered"


def expects(record: Record, layer: Layer) -> bool:
    """Whether a question counts in a layer, its failure as wrong."""
    if record.given is not None:
        return record.verdict(layer) is not None
    if layer in ("support", "retrieval"):
        return False
    return getattr(record.sample.expect, layer) is not None


def _confusion(records: Iterable[Record]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if (kind := record.sample.expect.kind) is not None:
            found[kind][record.given.status if record.given else "failed"] += 1
    return {
        kind: {status: held[status] for status in STATUSES}
        for kind, held in found.items()
    }


def _latency(times: Sequence[float]) -> Latency | None:
    if not times:
        return None
    p50, p95 = np.quantile(times, [0.5, 0.95])
    return Latency(count=len(times), p50=round(float(p50)), p95=round(float(p95)))
