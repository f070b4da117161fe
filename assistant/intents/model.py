"""Weights that turn a question's numbers into calibrated probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.intents.features import BUCKETS, EMBEDDED_WEIGHT, FOUND, LAYOUT, Features
from assistant.intents.labels import LABELS
from corpus.models import Frozen

BY_WORDS: Final = "words"
"""In place of an embedding model's name, where none is used."""


class Thresholds(Frozen):
    """Set on examples that the weights had not seen."""

    temperature: float
    """By which scores are divided before they become probabilities."""
    unclear: float
    """Probability under which no label is believed."""
    none_of_ours: float
    """Probability of out_of_scope from which a question is turned away."""
    several: float
    """Probability from which a clause's own label is believed."""


class Origin(Frozen):
    """What a model was learned from; another origin means learning again."""

    layout: int = LAYOUT
    examples: str
    embedding: str = BY_WORDS
    """Name of the embedding model, or `BY_WORDS`."""


@dataclass(frozen=True)
class IntentModel:
    """A multinomial logistic regression, served with numpy alone."""

    weights: NDArray[np.float32]
    """(BUCKETS + FOUND + dimensions of the embedding, labels)."""
    bias: NDArray[np.float32]
    """(labels,)"""
    thresholds: Thresholds
    origin: Origin

    @property
    def embeds(self) -> bool:
        """Whether it wants the question's embedding too."""
        return len(self.weights) > BUCKETS + FOUND

    def scores(
        self, read: Features, embedded: NDArray[np.float32] | None
    ) -> NDArray[np.float32]:
        """One score a label, before calibration."""
        scores = read.weights @ self.weights[read.buckets] + self.bias
        scores = scores + read.found @ self.weights[BUCKETS : BUCKETS + FOUND]
        if self.embeds and embedded is not None:
            scores = scores + EMBEDDED_WEIGHT * (
                embedded @ self.weights[BUCKETS + FOUND :]
            )
        return np.asarray(scores, dtype=np.float32)

    def probabilities(
        self, read: Features, embedded: NDArray[np.float32] | None = None
    ) -> NDArray[np.float64]:
        """One probability a label, calibrated; they add up to 1."""
        return softmax(self.scores(read, embedded) / self.thresholds.temperature)

    def save(self, file: Path) -> None:
        """Keep it in one file, whole or not at all."""
        aside = file.with_name(f".{file.name}")
        with aside.open("wb") as opened:
            self._write(opened)
        aside.replace(file)

    def _write(self, opened: IO[bytes]) -> None:
        np.savez_compressed(
            opened,
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            thresholds=np.array(self.thresholds.model_dump_json()),
            origin=np.array(self.origin.model_dump_json()),
        )

    @classmethod
    def load(cls, file: Path) -> IntentModel:
        """The model kept in `file`.

        Raises:
            OSError: where it cannot be read.
            ValueError: where it is no model, or one of other labels or features.
        """
        with np.load(file, allow_pickle=False) as kept:
            try:
                model = cls._read(kept)
            except KeyError as error:
                raise ValueError(f"{file.name} lacks {error}") from error
        return model

    @classmethod
    def _read(cls, kept: Any) -> IntentModel:
        origin = Origin.model_validate_json(str(kept["origin"]))
        weights = kept["weights"].astype(np.float32)
        fits = weights.ndim == 2 and weights.shape[1] == len(LABELS)
        if origin.layout != LAYOUT or not fits:
            raise ValueError("the model is of other labels or features")
        limits = Thresholds.model_validate_json(str(kept["thresholds"]))
        return cls(weights, kept["bias"].astype(np.float32), limits, origin)


def softmax(scores: NDArray[Any]) -> NDArray[np.float64]:
    """Probabilities along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True), dtype=np.float64)
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float64)
