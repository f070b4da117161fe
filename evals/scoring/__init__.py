"""Scorers of one answer, each layer apart and never blended."""

from __future__ import annotations

from collections.abc import Iterator

from evals.dataset import Sample
from evals.given import Given
from evals.scoring.calls import score_calls
from evals.scoring.figures import score_figures
from evals.scoring.ranking import score_providers, score_retrieval
from evals.scoring.sources import (
    score_documents,
    score_phrases,
    score_spans,
    whole_text,
)
from evals.scoring.support import Replayed
from evals.scoring.verdict import LAYERS, Layer, Verdict, verdict

__all__ = ["LAYERS", "Layer", "Verdict", "score"]


def score(
    sample: Sample, given: Given, replayed: Replayed | None = None
) -> tuple[Verdict, ...]:
    """Every layer of which the sample expects something, and support.

    Args:
        sample: the question with what is expected.
        given: the answer.
        replayed: what its calls gave when they were run again; None where they were
            not, which leaves support and retrieval out.
    """
    return (*_expected(sample, given), *_replayed(sample, replayed))


def _expected(sample: Sample, given: Given) -> Iterator[Verdict]:
    expect = sample.expect
    if expect.status is not None:
        same = given.status == expect.status
        told = f"{given.status}, not {expect.status}"
        yield verdict("status", [] if same else [(f"is {given.status}", told)])
    if expect.tool_calls is not None:
        yield score_calls(expect.tool_calls, given.tool_calls)
    if expect.figures is not None:
        yield score_figures(expect.figures, whole_text(given, sample.turns))
    if expect.contains is not None:
        yield score_phrases(expect.contains, given, sample.turns)
    if expect.documents is not None:
        yield score_documents(expect, given)
    if expect.spans is not None:
        yield score_spans(expect.spans, given)
    if expect.providers is not None:
        yield score_providers(expect.providers, given)


def _replayed(sample: Sample, replayed: Replayed | None) -> Iterator[Verdict]:
    if replayed is None:
        return
    if sample.expect.documents and replayed.retrieved is not None:
        yield score_retrieval(sample.expect.documents, replayed.retrieved)
    yield verdict("support", list(replayed.problems))
