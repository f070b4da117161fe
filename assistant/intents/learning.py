"""Learns intent from the examples: weights, calibration and thresholds.

A multinomial logistic regression with an L2 penalty; its scores are divided by one
temperature (Guo et al., On Calibration of Modern Neural Networks, 2017). That and the
thresholds are set on voices that the weights had not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.intents.examples import Example, fingerprint
from assistant.intents.features import (
    BUCKETS,
    EMBEDDED_WEIGHT,
    FOUND,
    Features,
    Question,
    features,
)
from assistant.intents.labels import LABELS, Label
from assistant.intents.model import (
    BY_WORDS,
    IntentModel,
    Origin,
    Thresholds,
    softmax,
)
from assistant.understanding import understand
from corpus.geography import Gazetteer

PENALTY: Final = 20.0
"""Inverse strength of the L2 penalty; chosen by voices held out."""
FOLDS: Final = 3
ACCURATE: Final = 0.98
"""Share of the labels believed that must be right."""
MOST_UNCLEAR: Final = 0.08
"""Share of questions in scope that may be called unclear to reach it."""
PRECISE: Final = 0.97
"""Share of the questions turned away that must be out of scope."""
Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Lesson:
    """Examples of one label each, as numbers."""

    examples: tuple[Example, ...]
    matrix: Any
    """Sparse (examples, BUCKETS + FOUND + dimensions of the embedding)."""
    labels: NDArray[np.int64]


def read_example(example: Example, gazetteer: Gazetteer) -> Question:
    """An example as a question, with the organisations that it names."""
    spans = []
    for name in example.providers:
        start = example.text.find(name)
        if start >= 0:
            spans.append((start, start + len(name)))
    return Question(understand(example.text, gazetteer), tuple(spans))


def lesson(
    examples: Sequence[Example], gazetteer: Gazetteer, embed: Embed | None
) -> Lesson:
    """The examples that have one label, read and, with `embed`, embedded."""
    from scipy import sparse

    single = tuple(each for each in examples if len(each.label) == 1)
    read = [features(read_example(each, gazetteer)) for each in single]
    blocks = [_words(read), sparse.csr_matrix(np.stack([one.found for one in read]))]
    if embed:
        vectors = embed([each.text for each in single])
        blocks.append(sparse.csr_matrix(vectors * np.float32(EMBEDDED_WEIGHT)))
    labels = np.array([LABELS.index(each.label[0]) for each in single])
    return Lesson(single, sparse.hstack(blocks).tocsr(), labels)


def _words(read: Sequence[Features]) -> Any:
    from scipy import sparse

    counts = [len(one.buckets) for one in read]
    rows = np.repeat(np.arange(len(read)), counts)
    columns = np.concatenate([one.buckets for one in read])
    weights = np.concatenate([one.weights for one in read])
    return sparse.csr_matrix((weights, (rows, columns)), shape=(len(read), BUCKETS))


def fit(matrix: Any, labels: NDArray[np.int64]) -> tuple[Vectors, Vectors]:
    """Weights (features, labels) and bias (labels,)."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=PENALTY, max_iter=1000, tol=1e-4).fit(matrix, labels)
    weights = np.zeros((matrix.shape[1], len(LABELS)), dtype=np.float32)
    bias = np.full(len(LABELS), -30.0, dtype=np.float32)
    weights[:, fitted.classes_] = fitted.coef_.T
    bias[fitted.classes_] = fitted.intercept_
    return weights, bias


def held_out(taught: Lesson, groups: Sequence[str], folds: int) -> Vectors:
    """Scores (examples, labels) of each by weights that saw none of its group."""
    from sklearn.model_selection import GroupKFold

    scores = np.zeros((len(taught.labels), len(LABELS)), dtype=np.float32)
    parted = GroupKFold(folds).split(taught.matrix, taught.labels, list(groups))
    for seen, unseen in parted:
        weights, bias = fit(taught.matrix[seen], taught.labels[seen])
        scores[unseen] = taught.matrix[unseen] @ weights + bias
    return scores


def learn(taught: Lesson, embedding: str = BY_WORDS) -> IntentModel:
    """A model of all the examples, calibrated on voices held out in turn."""
    voices = [each.author for each in taught.examples]
    scores = held_out(taught, voices, FOLDS)
    weights, bias = fit(taught.matrix, taught.labels)
    assert len(weights) >= BUCKETS + FOUND
    return IntentModel(
        weights=weights,
        bias=bias,
        thresholds=thresholds(scores, taught.labels),
        origin=Origin(examples=fingerprint(), embedding=embedding),
    )


def thresholds(scores: Vectors, labels: NDArray[np.int64]) -> Thresholds:
    """What to believe, from the scores of examples that were held out."""
    temperature = _temperature(scores, labels)
    sure = softmax(scores / temperature)
    best = sure.max(axis=1)
    right = sure.argmax(axis=1) == labels
    unclear = _lowest(best, right, ACCURATE)
    in_scope = labels != LABELS.index(Label.UNCLEAR)
    outside = LABELS.index(Label.OUT_OF_SCOPE)
    none = _lowest(sure[:, outside], labels == outside, PRECISE)
    return Thresholds(
        temperature=temperature,
        unclear=min(unclear, float(np.quantile(best[in_scope], MOST_UNCLEAR))),
        none_of_ours=max(none, 0.3),
        several=max(unclear, 0.4),
    )


def _temperature(scores: Vectors, labels: NDArray[np.int64]) -> float:
    """The one by which the labels are the most likely."""
    return float(
        min(np.linspace(0.3, 3.0, 55), key=lambda t: surprise(scores / t, labels))
    )


def surprise(scores: NDArray[Any], labels: NDArray[np.int64]) -> float:
    """Mean negative log-likelihood of the labels, in nats."""
    likely = softmax(scores)[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(likely, 1e-12)).mean())


def _lowest(
    probabilities: NDArray[np.float64], right: NDArray[np.bool_], share: float
) -> float:
    """The lowest probability from which on this share is right."""
    order = np.argsort(-probabilities)
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= share)
    return float(probabilities[order[enough[-1]]]) if len(enough) else 1.0
