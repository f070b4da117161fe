"""How well intent is read: `python -m evals.intents`.

Every example is judged by weights that saw none of its voice, and again by weights that
saw none of its sentence frame; with the embedding and without.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.intents.examples import examples, read_examples
from assistant.intents.keeping import in_batches
from assistant.intents.labels import LABELS
from assistant.intents.learning import (
    Lesson,
    fit,
    held_out,
    lesson,
    surprise,
    thresholds,
)
from assistant.intents.model import softmax
from corpus.geography import Gazetteer
from index.embedding import QuestionEmbedder, keep_question_model

FOLDS: Final = 5
BINS: Final = 10
"""Of the expected calibration error, of equal width."""
MOST_CONFUSED: Final = 12
UNSEEN: Final = read_examples(files("evals") / "datasets" / "intents_unseen.jsonl")
"""Of a voice that neither the weights nor the concepts were fitted to."""


def calibration_error(
    probabilities: NDArray[np.float64], right: NDArray[np.bool_]
) -> float:
    """Expected calibration error over `BINS` (Naeini et al., 2015), 0 to 1."""
    place = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = (
        abs(probabilities[place == one].mean() - right[place == one].mean())
        * (place == one).mean()
        for one in np.unique(place)
    )
    return float(sum(gaps))


def measure(taught: Lesson, name: str) -> str:
    """The tables of one set of features, in Markdown."""
    by_voice = [each.author for each in taught.examples]
    by_frame = [each.template for each in taught.examples]
    voice = held_out(taught, by_voice, FOLDS)
    frame = held_out(taught, by_frame, FOLDS)
    parts = [
        f"### {name}",
        _summary({"voice": voice, "sentence frame": frame}, taught.labels),
        _by_group(voice, taught.labels, by_voice, "voice"),
        _by_group(
            voice, taught.labels, [LABELS[i] for i in taught.labels], "what is wanted"
        ),
        _confusions(voice, taught.labels),
    ]
    return "\n\n".join(parts)


def _summary(scored: dict[str, Any], labels: NDArray[np.int64]) -> str:
    rows = []
    for name, scores in scored.items():
        limits = thresholds(scores, labels)
        sure = softmax(scores / limits.temperature)
        right = sure.argmax(axis=1) == labels
        plain = softmax(scores)
        believed = sure.max(axis=1) >= limits.unclear
        rows.append(
            [
                name,
                f"{right.mean():.1%}",
                f"{right[believed].mean():.1%} of {believed.mean():.0%}",
                f"{surprise(scores / limits.temperature, labels):.3f}",
                f"{calibration_error(plain.max(axis=1), right):.3f}",
                f"{calibration_error(sure.max(axis=1), right):.3f}",
            ]
        )
    head = ["held out by", "right", "right where believed", "surprise (nats)"]
    return _table([*head, "calibration error before", "after"], rows)


def _by_group(
    scores: Any, labels: NDArray[np.int64], groups: Sequence[str], name: str
) -> str:
    right = scores.argmax(axis=1) == labels
    of = np.array([str(group) for group in groups])
    rows = [
        [one, str((of == one).sum()), f"{right[of == one].mean():.1%}"]
        for one in dict.fromkeys(of)
    ]
    return _table([name, "examples", "right"], rows)


def _confusions(scores: Any, labels: NDArray[np.int64]) -> str:
    pairs = zip(labels, scores.argmax(axis=1), strict=True)
    wrong = Counter((LABELS[a], LABELS[b]) for a, b in pairs if a != b)
    rows = [[a, b, str(n)] for (a, b), n in wrong.most_common(MOST_CONFUSED)]
    return _table(["wanted", "read as", "times"], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from tabulate import tabulate

    return tabulate(rows, headers=head, tablefmt="github", disable_numparse=True)


def main() -> None:
    """Print every table."""
    gazetteer = Gazetteer.load()
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        keep_question_model(model, lambda *_: None)
        embed = partial(in_batches, QuestionEmbedder.open(model))
        both, new = (lesson(each, gazetteer, embed) for each in (examples(), UNSEEN))
    sys.stdout.write(measure(both, "With the embedding") + _on_new(both, new))
    words, new = (lesson(each, gazetteer, None) for each in (examples(), UNSEEN))
    sys.stdout.write(measure(words, "By words alone") + _on_new(words, new))


def _on_new(taught: Lesson, new: Lesson) -> str:
    """How many of the questions that nothing was fitted to are read right."""
    weights, bias = fit(taught.matrix, taught.labels)
    best = (new.matrix @ weights + bias).argmax(axis=1)
    wrong = [
        f"- {example.text} (read as {LABELS[at]})"
        for example, at, label in zip(new.examples, best, new.labels, strict=True)
        if at != label
    ]
    right = len(best) - len(wrong)
    told = f"Of {len(best)} questions of a voice never learned from, {right} are right."
    return "\n\n".join(["", told, "\n".join(wrong), ""])


if __name__ == "__main__":
    main()
