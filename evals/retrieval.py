"""A retrieval set run through both arms and their fusion, measured and compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from corpus.library import Progress
from corpus.models import Frozen
from evals.beir import BeirSet
from index.embedding import model_name
from index.plain_texts import open_collection
from index.scoring import Collection, by_words, nearest, score_both

Arm = Literal["words", "vectors", "fusion"]
Ranking = list[str]
"""Ids of documents, best first."""

DEPTH: Final = 100
"""Documents ranked for each query."""
RESAMPLES: Final = 10_000
"""Bootstrap samples of each interval."""
LEVEL: Final = 0.95
"""Of the intervals."""
MEASURES: Final = ("nDCG@10", "R@5", "R@10", "RR@10")
"""As ir_measures writes them; RR is the reciprocal rank of the first relevant one."""


class ArmMeasures(Frozen):
    """What one arm reached, each measure its mean over the queries."""

    arm: Arm
    measures: dict[str, float]


class Difference(Frozen):
    """Fusion less one arm in nDCG@10, over the same queries."""

    than: Arm
    mean: float
    low: float
    """Lower end of the paired bootstrap interval."""
    high: float


class RetrievalReport(Frozen):
    """One set, measured."""

    name: str
    documents: int
    queries: int
    model: str
    arms: tuple[ArmMeasures, ...]
    differences: tuple[Difference, ...]


def measure_retrieval(
    tested: BeirSet, cache: Path, report: Progress, model: Path | None = None
) -> RetrievalReport:
    """Rank every query by each arm and by their fusion, and measure the rankings.

    Args:
        tested: the set.
        cache: folder in which vectors are kept for another time.
        report: told of each step.
        model: folder of a sentence-transformers model; None for the bundled one.

    Raises:
        IndexFault: where the model is missing or cannot be loaded.
    """
    runs = rankings(tested, cache, report, model)
    scores = {arm: per_query(tested, run) for arm, run in runs.items()}
    return RetrievalReport(
        name=tested.name,
        documents=len(tested.documents),
        queries=len(tested.queries),
        model=model_name(model),
        arms=tuple(_means(arm, found) for arm, found in scores.items()),
        differences=tuple(
            _difference(scores["fusion"], scores[arm], arm)
            for arm in scores
            if arm != "fusion"
        ),
    )


def rankings(
    tested: BeirSet, cache: Path, report: Progress, model: Path | None = None
) -> dict[Arm, list[Ranking]]:
    """For each arm, the ranking of each query in the set's order."""
    collection, embedder = open_collection(tested.documents, cache, report, model)
    found: dict[Arm, list[Ranking]] = {"words": [], "vectors": [], "fusion": []}
    for number, query in enumerate(tested.queries):
        if number % 50 == 0:
            report("Asking", number, len(tested.queries))
        vector = embedder.embed([query])[0]
        arms = _arms(collection, len(tested.documents), query, vector)
        for arm, positions in arms.items():
            found[arm].append(_ranking(tested, number, positions))
    return found


def _arms(
    collection: Collection, documents: int, query: str, vector: NDArray[np.float32]
) -> dict[Arm, list[int]]:
    """Positions of the documents that each arm ranks, best first."""
    allowed = np.ones(documents, dtype=np.bool_)
    near = nearest(collection, vector, allowed)
    scored = score_both(collection, query, vector, near, allowed)
    return {
        "words": by_words(collection, query, allowed),
        "vectors": near,
        "fusion": [scored.positions[place] for place in scored.best()],
    }


def _ranking(tested: BeirSet, query: int, positions: Sequence[int]) -> Ranking:
    """The documents' ids; without the query's own, as BEIR has it, where a query is
    itself a document of the set."""
    ids = (tested.document_ids[position] for position in positions)
    others = [key for key in ids if key != tested.query_ids[query]]
    return others[:DEPTH]


def per_query(tested: BeirSet, run: Sequence[Ranking]) -> dict[str, list[float]]:
    """Each measure for each query in the set's order, by ir_measures."""
    import ir_measures

    measures = {name: ir_measures.parse_measure(name) for name in MEASURES}
    scored = [
        ir_measures.ScoredDoc(query, document, float(len(ranking) - rank))
        for query, ranking in zip(tested.query_ids, run, strict=True)
        for rank, document in enumerate(ranking)
    ]
    found: dict[str, dict[str, float]] = {name: {} for name in MEASURES}
    for metric in ir_measures.iter_calc(measures.values(), tested.judgements, scored):
        found[str(metric.measure)][metric.query_id] = metric.value
    return {
        name: [values.get(query, 0.0) for query in tested.query_ids]
        for name, values in found.items()
    }


def _means(arm: Arm, scores: dict[str, list[float]]) -> ArmMeasures:
    return ArmMeasures(arm=arm, measures={n: fmean(v) for n, v in scores.items()})


def _difference(
    fusion: dict[str, list[float]], other: dict[str, list[float]], than: Arm
) -> Difference:
    apart = np.subtract(fusion[MEASURES[0]], other[MEASURES[0]])
    low, high = bootstrap_interval(apart)
    return Difference(than=than, mean=float(apart.mean()), low=low, high=high)


def bootstrap_interval(differences: NDArray[np.float64]) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean of paired differences, one a query.

    Resampling queries keeps the pairs together (Efron and Tibshirani 1993, ch. 13).
    The same differences always give the same interval.
    """
    random = np.random.default_rng(0)
    means = [
        differences[random.integers(0, len(differences), len(differences))].mean()
        for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
