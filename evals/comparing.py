"""Two runs paired by question: what improved, what regressed, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from corpus.errors import UsageError
from corpus.models import Frozen
from evals.dataset import Sample
from evals.facets import facets
from evals.running.folder import RunFolder
from evals.running.record import Record
from evals.scoring import LAYERS, Layer
from evals.statistics import (
    bootstrap_p,
    cluster_interval,
    mcnemar,
    significant,
    smallest_detectable,
)
from evals.totals import expects

Clustering = Literal["author", "document", "question"]

FEWEST_CLUSTERS: Final = 8
"""Authors from which on intervals are drawn by author: with fewer, a bootstrap of
clusters is too narrow (Cameron, Gelbach and Miller 2008 warn below about ten)."""
FEWEST_CHANGED: Final = 6
"""Changed questions below which no exact test reaches 5% even if all went one way; such
parts are not tested, and do not count among the tests (Tarone 1990)."""

Pair = tuple[Record, Record]


class Change(Frozen):
    """One layer over all questions, or over one part of them."""

    layer: str
    part: str | None
    """Such as "tag price" or "argument needs"; None for all questions."""
    pairs: int
    before: float
    after: float
    improved: int
    """Questions on which the second run is better."""
    regressed: int
    low: float
    """Ends of the 95% interval of the difference."""
    high: float
    p: float
    significant: bool = False
    """With the false discovery rate over all parts and layers held to 5%."""
    detectable: float
    """The smallest difference that these pairs would show with 80% power."""

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before


class Comparison(Frozen):
    """Two runs set side by side."""

    changed_prints: dict[str, tuple[str, str]]
    """What the runs rest on and differ in."""
    pairs: int
    left_out: tuple[str, ...]
    """Ids that only one run asks, or that the two ask or judge otherwise."""
    clustering: Clustering
    clusters: int
    layers: tuple[Change, ...]
    measures: tuple[Change, ...]
    parts: tuple[Change, ...]
    """Tested parts, the surest first."""
    improved: tuple[tuple[Record, Record, Layer], ...]
    regressed: tuple[tuple[Record, Record, Layer], ...]


def compare(
    first: RunFolder, second: RunFolder, clustering: Clustering | None = None
) -> Comparison:
    """Set the second run beside the first.

    Args:
        first: the run before.
        second: the run after.
        clustering: what resembles one another; None for the author where there are
            enough of them, and else the document.

    Raises:
        UsageError: where a folder holds no run, or no question is in both.
    """
    pairs, left_out = paired(first.records(), second.records())
    if not pairs:
        raise UsageError(
            "The two runs have no question in common.",
            "Compare runs of one dataset, in the same version.",
        )
    chosen = clustering or _usual(pairs)
    clusters = [cluster_of(one.sample, chosen) for one, _ in pairs]
    tested = _tested(pairs, clusters)
    changes = list(_changed_verdicts(pairs))
    return Comparison(
        changed_prints=_changed_prints(first, second),
        pairs=len(pairs),
        left_out=left_out,
        clustering=chosen,
        clusters=len(set(clusters)),
        layers=tuple(_layers(pairs, clusters)),
        measures=tuple(_measures(pairs, clusters)),
        parts=tested,
        improved=tuple((a, b, layer) for a, b, layer, better in changes if better),
        regressed=tuple((a, b, layer) for a, b, layer, better in changes if not better),
    )


def paired(
    first: Sequence[Record], second: Sequence[Record]
) -> tuple[list[Pair], tuple[str, ...]]:
    """Records of the same question and expectation, and the ids of all others."""
    after = {record.sample.id: record for record in second}
    pairs = [
        (record, after[record.sample.id])
        for record in first
        if record.sample.id in after
        and after[record.sample.id].sample.turns == record.sample.turns
        and after[record.sample.id].sample.expect == record.sample.expect
    ]
    kept = {one.sample.id for one, _ in pairs}
    every = dict.fromkeys([r.sample.id for r in first] + list(after))
    return pairs, tuple(name for name in every if name not in kept)


def cluster_of(sample: Sample, clustering: Clustering) -> str:
    """The cluster of a question; its own where it has none of that kind."""
    if clustering == "author" and sample.author:
        return f"author {sample.author}"
    if clustering == "document" and sample.expect.documents:
        return f"document {sample.expect.documents[0]}"
    return f"question {sample.id}"


def _usual(pairs: Sequence[Pair]) -> Clustering:
    authors = {one.sample.author for one, _ in pairs} - {None}
    return "author" if len(authors) >= FEWEST_CLUSTERS else "document"


def _layers(pairs: Sequence[Pair], clusters: Sequence[str]) -> Iterator[Change]:
    for layer in LAYERS:
        found = _right(pairs, clusters, layer)
        if found:
            yield _change(layer, None, found)


Valued = list[tuple[float, float, str]]
"""Before, after and cluster of each pair."""


def _right(
    pairs: Sequence[Pair],
    clusters: Sequence[str],
    layer: Layer,
    part: str | None = None,
) -> Valued:
    return [
        (_is_right(one, layer), _is_right(other, layer), cluster)
        for (one, other), cluster in zip(pairs, clusters, strict=True)
        if expects(one, layer) and expects(other, layer)
        if part is None or part in facets(one.sample)
    ]


def _is_right(record: Record, layer: Layer) -> float:
    verdict = record.verdict(layer)
    return float(verdict is not None and verdict.right)


def _change(layer: str, part: str | None, found: Valued) -> Change:
    apart = [after - before for before, after, _ in found]
    clusters = [cluster for *_, cluster in found]
    improved, regressed = sum(d > 0 for d in apart), sum(d < 0 for d in apart)
    low, high = cluster_interval(apart, clusters)
    alone = len(set(clusters)) == len(clusters)
    binary = all(value in (0.0, 1.0) for b, a, _ in found for value in (b, a))
    exact = alone and binary
    return Change(
        layer=layer,
        part=part,
        pairs=len(found),
        before=sum(b for b, _, _ in found) / len(found),
        after=sum(a for _, a, _ in found) / len(found),
        improved=improved,
        regressed=regressed,
        low=low,
        high=high,
        p=mcnemar(improved, regressed) if exact else bootstrap_p(apart, clusters),
        detectable=smallest_detectable(apart),
    )


def _tested(pairs: Sequence[Pair], clusters: Sequence[str]) -> tuple[Change, ...]:
    """Every part and layer that could be significant, the surest first."""
    parts = dict.fromkeys(part for one, _ in pairs for part in facets(one.sample))
    found = []
    for layer in LAYERS:
        if not any(b != a for b, a, _ in _right(pairs, clusters, layer)):
            continue
        for part in parts:
            valued = _right(pairs, clusters, layer, part)
            if sum(before != after for before, after, _ in valued) >= FEWEST_CHANGED:
                found.append(_change(layer, part, valued))
    sure = significant([change.p for change in found])
    marked = [
        change.model_copy(update={"significant": held})
        for change, held in zip(found, sure, strict=True)
    ]
    return tuple(sorted(marked, key=lambda c: (c.p, -abs(c.difference), c.part or "")))


def _measures(pairs: Sequence[Pair], clusters: Sequence[str]) -> Iterator[Change]:
    """Means of further measures, and the time to an answer."""
    found: dict[str, Valued] = defaultdict(list)
    for (one, other), cluster in zip(pairs, clusters, strict=True):
        for layer in LAYERS:
            before, after = one.verdict(layer), other.verdict(layer)
            if before is None or after is None:
                continue
            for name in before.measures.keys() & after.measures.keys():
                both = before.measures[name], after.measures[name]
                found[f"{layer} {name}"].append((*both, cluster))
        if one.given and other.given and not (one.asked.cold_ms or other.asked.cold_ms):
            times = one.given.elapsed_ms / 1000, other.given.elapsed_ms / 1000
            found["seconds, warm"].append((*times, cluster))
    return (_change(name, None, valued) for name, valued in sorted(found.items()))


def _changed_verdicts(
    pairs: Sequence[Pair],
) -> Iterator[tuple[Record, Record, Layer, bool]]:
    for one, other in pairs:
        for layer in LAYERS:
            if not (expects(one, layer) and expects(other, layer)):
                continue
            before, after = _is_right(one, layer), _is_right(other, layer)
            if before != after:
                yield one, other, layer, after > before


def _changed_prints(first: RunFolder, second: RunFolder) -> dict[str, tuple[str, str]]:
    before = first.facts().fingerprint.model_dump(mode="json")
    after = second.facts().fingerprint.model_dump(mode="json")
    return {
        name: (str(before[name]), str(after[name]))
        for name in before
        if before[name] != after[name]
    }
