"""What a question wants, with how sure that is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.intents.clauses import clauses
from assistant.intents.features import Question, features
from assistant.intents.guards import guarded
from assistant.intents.keeping import kept_model, shipped_model
from assistant.intents.labels import LABELS, TOOL_LABELS, Label
from assistant.intents.model import IntentModel
from assistant.readers.organisations import read_organisation
from assistant.understanding import Understanding, understand
from corpus.models import Frozen
from tools.base import Knowledge


class Part(Frozen):
    """One question among several, with what it wants."""

    text: str
    label: Label
    probability: float


class Intents(Frozen):
    """What a question wants."""

    best: Label
    probabilities: dict[Label, float]
    """One a label, the likeliest first; they add up to 1."""
    parts: tuple[Part, ...]
    """The questions that it holds; one where it is one."""
    several: tuple[Label, ...] = ()
    """The tools that its parts want, in order, where these differ; else empty."""
    unclear: bool = False
    """Whether too little speaks for any label."""
    none_of_ours: bool = False
    """Whether it is surely about something else."""


def classify(
    question: str, understanding: Understanding, knowledge: Knowledge
) -> Intents:
    """What `question`, read as `understanding`, wants.

    The rules come first; then the model kept beside the index, or the shipped one,
    which knows words alone, where there is none or nothing can be embedded.
    """
    if rule := guarded(question):
        part = Part(text=question, label=rule, probability=1.0)
        return Intents(best=rule, probabilities={rule: 1.0}, parts=(part,))
    texts = clauses(question)
    whole = _judged(understanding, knowledge)
    parts: tuple[Part, ...] = (_part(question, whole[1]),)
    if len(texts) > 1:
        read = (understand(text, knowledge.gazetteer) for text in texts)
        parts = tuple(_part(r.question, _judged(r, knowledge)[1]) for r in read)
    return _decided(*whole, parts)


def _judged(
    read: Understanding, knowledge: Knowledge
) -> tuple[IntentModel, NDArray[np.float64]]:
    """Probabilities of every label, and the model that gives them."""
    model = kept_model(knowledge.searcher.directory)
    embedded = knowledge.searcher.embedded(read.question) if model else None
    if model is None or embedded is None:
        model, embedded = shipped_model(), None
    return model, model.probabilities(features(_named(read, knowledge)), embedded)


def _named(read: Understanding, knowledge: Knowledge) -> Question:
    documented = knowledge.library.providers()
    name = read_organisation(
        read.question, knowledge.dataset, knowledge.gazetteer, documented
    )
    return Question(read, ((name.start, name.end),) if name else ())


def _part(text: str, probabilities: NDArray[np.float64]) -> Part:
    at = int(probabilities.argmax())
    return Part(text=text, label=LABELS[at], probability=float(probabilities[at]))


def _decided(
    model: IntentModel, probabilities: NDArray[np.float64], parts: tuple[Part, ...]
) -> Intents:
    limits = model.thresholds
    ranked = sorted(zip(LABELS, probabilities, strict=True), key=lambda each: -each[1])
    best, highest = ranked[0]
    believed = dict.fromkeys(
        part.label
        for part in parts
        if part.label in TOOL_LABELS and part.probability >= limits.several
    )
    none = float(probabilities[LABELS.index(Label.OUT_OF_SCOPE)])
    several = tuple(believed) if len(believed) > 1 else ()
    unsure = best is Label.UNCLEAR or highest < limits.unclear
    return Intents(
        best=best,
        probabilities={label: float(value) for label, value in ranked},
        parts=parts,
        several=several,
        unclear=unsure and not several,
        none_of_ours=best is Label.OUT_OF_SCOPE and none >= limits.none_of_ours,
    )
