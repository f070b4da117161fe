"""Questions on real public documents, and the rank of the passage that answers.

`pytest tests/test_index_retrieval.py -s` prints the figures that the documentation
quotes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.data_directory import DataDirectory
from corpus.ingest import ingest
from corpus.library import Library
from evals.passage_questions import Ranks, passage_questions, ranks
from index.building import build_index
from index.search import Searcher

SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="no sample documents")

PARTS = ("tuning", "looked_at", "blind")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> DataDirectory:
    made = DataDirectory(tmp_path_factory.mktemp("retrieval") / "data")
    ingest([SEEDS], Library.open(made))
    build_index(made, embed=False)
    return made


def told(mode: str, part: str, found: Ranks) -> Ranks:
    shares = ", ".join(f"in {n} {found.share_within(n):.1%}" for n in (1, 5, 10))
    print(f"{mode}, {part}: {len(found.ranks)} questions, {shares},")
    print(f"  mean reciprocal rank {found.mean_reciprocal:.3f}")
    return found


def by_part(searcher: Searcher, mode: str) -> dict[str, Ranks]:
    questions = passage_questions()
    return {
        part: told(
            mode, part, ranks(searcher, [q for q in questions if q.part == part])
        )
        for part in PARTS
    }


def test_there_are_questions_on_every_document_in_every_form() -> None:
    questions = passage_questions()
    assert len(questions) >= 60
    assert {q.source for q in questions} == {path.name for path in SEEDS.glob("*.txt")}
    assert {q.form for q in questions} == {"prose", "table", "slide", "footnote"}
    assert len({q.id for q in questions}) == len(questions)


def test_by_words_most_answers_are_among_the_first_five(
    directory: DataDirectory,
) -> None:
    found = by_part(Searcher.open(directory), "words")
    assert found["tuning"].share_within(5) >= 0.9
    assert found["looked_at"].share_within(5) >= 0.8
    assert found["blind"].share_within(5) >= 0.8


@pytest.mark.slow
def test_by_words_and_meaning_nearly_all_answers_are_among_the_first_five(
    directory: DataDirectory,
) -> None:
    build_index(directory, embed=True)
    found = by_part(Searcher.open(directory), "words and vectors")
    assert found["tuning"].share_within(5) >= 0.98
    assert found["tuning"].share_within(1) >= 0.85
    assert found["looked_at"].share_within(5) >= 0.85
    assert found["blind"].share_within(5) >= 0.95
