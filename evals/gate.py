"""The gate: a small fixed set whose kept baseline must not regress beyond its interval.

`gate.json` names the questions by dataset and id, and keeps how each layer of each was
judged when the baseline was last renewed. A layer passes unless its share of right
answers falls below Wilson's 95% interval of the baseline's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from assistant.settings import Settings
from corpus.errors import UsageError
from corpus.models import Frozen
from evals.dataset import Sample
from evals.running.asking import Askers, usual_workers
from evals.running.record import Record
from evals.statistics import wilson
from evals.versions import open_dataset

BASELINE: Final = Path(str(files("evals"))) / "gate.json"
"""What the project keeps."""
LAYERS: Final = ("status", "tool_calls", "support")
"""Judged by the gate: those that do not turn on which documents are held."""


class Kept(Frozen):
    """One question of the gate, as its baseline was judged."""

    dataset: str
    id: str
    right: dict[str, bool]
    """By layer; a layer of which nothing is expected is left out."""


_KEPT = TypeAdapter(tuple[Kept, ...])


class GateLayer(Frozen):
    """One layer, before and now."""

    layer: str
    asked: int
    before: int
    now: int
    floor: float
    """Lower end of the baseline's interval."""
    regressed: tuple[str, ...]
    """Each question that was right and is not, with what is wrong."""
    improved: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether the share now is not below the baseline's interval."""
        return self.now / self.asked >= self.floor


class GateReport(Frozen):
    """What the gate found."""

    layers: tuple[GateLayer, ...]

    @property
    def passes(self) -> bool:
        """Whether every layer does."""
        return all(layer.passes for layer in self.layers)


def read_baseline(path: Path = BASELINE) -> tuple[Kept, ...]:
    """The questions with their baseline.

    Raises:
        UsageError: where there is none.
    """
    try:
        return _KEPT.validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{str(path)!r} holds no baseline.", "Restore it from version control."
        ) from error


def ask_gate(
    kept: Sequence[Kept], settings: Settings, report: Callable[[str, int, int], None]
) -> list[Record]:
    """Ask the gate's questions, in the baseline's order."""
    samples = [_sample(one) for one in kept]
    askers = Askers.start(settings, usual_workers(settings))
    try:
        futures = [askers.ask(sample.turns) for sample in samples]
        found = []
        for sample, future in zip(samples, futures, strict=True):
            found.append(Record.of(sample, future.result()))
            report("Asking", len(found), len(samples))
    finally:
        askers.close()
    return found


def _sample(kept: Kept) -> Sample:
    for sample in open_dataset(kept.dataset).samples:
        if sample.id == kept.id:
            return sample
    raise UsageError(
        f"The gate's question {kept.id!r} is not in {kept.dataset!r}.",
        "Renew the baseline with `placements eval gate --renew`.",
    )


def judge(kept: Sequence[Kept], records: Sequence[Record]) -> GateReport:
    """Set the answers beside the baseline."""
    return GateReport(
        layers=tuple(
            layer
            for name in LAYERS
            if (layer := _layer(name, list(zip(kept, records, strict=True)))).asked
        )
    )


def _layer(name: str, pairs: list[tuple[Kept, Record]]) -> GateLayer:
    held = [(one, record) for one, record in pairs if name in one.right]
    before = [one.right[name] for one, _ in held]
    now = [_is_right(record, name) for _, record in held]
    told = [_told(record, name) for _, record in held]
    judged = list(zip(before, now, told, strict=True))
    return GateLayer(
        layer=name,
        asked=len(held),
        before=sum(before),
        now=sum(now),
        floor=wilson(sum(before), len(held))[0],
        regressed=tuple(line for was, is_, line in judged if was and not is_),
        improved=tuple(line for was, is_, line in judged if is_ and not was),
    )


def _is_right(record: Record, layer: str) -> bool:
    verdict = record.verdict(layer)
    return verdict is not None and verdict.right


def _told(record: Record, layer: str) -> str:
    verdict = record.verdict(layer)
    why = verdict.explanation if verdict else str(record.asked.error)
    return f"{record.sample.id}: {why} | {record.sample.turns[-1]}"


def renewed(kept: Sequence[Kept], records: Sequence[Record]) -> bytes:
    """The baseline's file with the answers of now."""
    fresh = tuple(
        one.model_copy(
            update={
                "right": {v.layer: v.right for v in r.verdicts if v.layer in LAYERS}
            }
        )
        for one, r in zip(kept, records, strict=True)
    )
    return _KEPT.dump_json(fresh, indent=1) + b"\n"


def gate_text(found: GateReport) -> str:
    """What regressed first, then each layer."""
    lines = []
    for layer in found.layers:
        lines += [f"regressed, {layer.layer}: {told}" for told in layer.regressed]
    for layer in found.layers:
        lines += [f"improved, {layer.layer}: {told}" for told in layer.improved]
    for layer in found.layers:
        word = "passes" if layer.passes else "FAILS"
        lines.append(
            f"{layer.layer} {word}: {layer.now} of {layer.asked} right, baseline"
            f" {layer.before}, at least {layer.floor:.1%} asked for"
        )
    return "\n".join(lines)
