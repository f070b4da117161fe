"""Questions on documents, each with words that only a passage that answers holds."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Literal

from corpus.models import Frozen
from index.models import Hit, Query
from index.search import Searcher


class PassageQuestion(Frozen):
    """One question, and how to tell a passage that answers it."""

    id: str
    question: str
    answer: str
    """A figure or a short phrase."""
    source: str
    """File of the document that answers."""
    form: Literal["prose", "table", "slide", "footnote"]
    part: Literal["tuning", "looked_at", "blind"]
    """Settings were chosen with the answers to `tuning` in view. The others were
    written later, without looking at the search: of `looked_at` the misses were read,
    of `blind` no more than totals."""

    def answered_by(self, hit: Hit) -> bool:
        """Whether the answer stands in what a hit quotes."""
        same = hit.document.source == self.source
        return same and _plain(self.answer) in _plain(hit.passage.text)


class Ranks(Frozen):
    """At which rank each question's answer was found; None beyond those asked for."""

    ranks: tuple[int | None, ...]

    def share_within(self, rank: int) -> float:
        """Share of the questions answered at that rank or before it."""
        found = sum(1 for at in self.ranks if at is not None and at <= rank)
        return found / len(self.ranks)

    @property
    def mean_reciprocal(self) -> float:
        """Mean of one over the rank, 0 where nothing was found."""
        return sum(1 / at for at in self.ranks if at) / len(self.ranks)


def passage_questions() -> tuple[PassageQuestion, ...]:
    """The questions that come with the project, on five public documents."""
    held = files("evals").joinpath("datasets", "seed_passages.jsonl")
    lines = held.read_text(encoding="utf-8").splitlines()
    return tuple(map(PassageQuestion.model_validate_json, lines))


def ranks(
    searcher: Searcher, questions: Sequence[PassageQuestion], limit: int = 10
) -> Ranks:
    """Search for each question, and see at which rank its answer comes."""
    return Ranks(ranks=tuple(_rank(searcher, asked, limit) for asked in questions))


def _rank(searcher: Searcher, asked: PassageQuestion, limit: int) -> int | None:
    hits = searcher.search(Query(text=asked.question, limit=limit)).hits
    return next((hit.rank for hit in hits if asked.answered_by(hit)), None)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()
