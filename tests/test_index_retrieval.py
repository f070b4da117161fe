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
from index.building import build_index
from index.models import Query
from index.search import Searcher

SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="no sample documents")

QUESTIONS = [
    (
        "What is Kent paying per week for residential care?",
        "average £4,557 per week",
    ),
    (
        "How many children's homes and beds are there within the Kent boundary?",
        "75 residential children’s homes",
    ),
    (
        "What would a 15 bed block contract commit Kent to each year?",
        "£3.564m per annum",
    ),
    (
        "By how much has the budget for looked after children's placements grown?",
        "grown by £9m (16%)",
    ),
    (
        "Which council will lead the procurement?",
        "led by West Sussex County Council",
    ),
    (
        "How will voids be handled in the partnership?",
        "Where a vacancy arises with no referral",
    ),
    (
        "What does the sufficiency duty under section 22G require?",
        "The Children Act 1989 (Section 22G)",
    ),
    (
        "What age group does the project cover?",
        "Aged between 10 and 16",
    ),
    (
        "How many children are placed over 100 miles from home in the south east?",
        "placed over 100 miles from home",
    ),
    (
        "What was the weekly spend on 114 children in high cost residential care?",
        "£666,433 per week",
    ),
    (
        "How much DfE grant funding was received for phase 1?",
        "£73,350",
    ),
    (
        "Is there a correlation between risk and cost of placement?",
        "weak correlation",
    ),
    (
        "How many registered children's homes are there in the south east?",
        "284 registered",
    ),
    (
        "How many cases were sampled from the 19 authorities?",
        "1253 cases",
    ),
    (
        "Which authorities attended the workshop in March 2018?",
        "Oxfordshire; Kent; West Berkshire",
    ),
    (
        "What is cost shunting?",
        "cost shunting",
    ),
    (
        "How many authorities responded to the survey?",
        "9 authorities responded",
    ),
    (
        "How much does the Eastern Region spend with its largest provider?",
        "over £13m per year",
    ),
    (
        "What share of spending goes to the top 20 providers?",
        "Top 20 providers",
    ),
    (
        "How many beds are available in the Eastern region?",
        "986 beds",
    ),
    (
        "What share of children in residential homes live 20 miles away in the east?",
        "65% of children",
    ),
    (
        "How many children in the east are placed with independent fostering agencies?",
        "some 1,700 are placed",
    ),
    (
        "Which local authorities are in the cross regional partnership?",
        "Buckinghamshire",
    ),
    (
        "What is a soft block contract?",
        "A soft block contract aims",
    ),
    (
        "What was the occupancy of the Middlesbrough block contract?",
        "89% occupancy",
    ),
    (
        "What is CareCubed?",
        "CareCubed is a tool for pricing",
    ),
    (
        "How did the weekly cost of children's homes change from 2016 to 2020?",
        "from £2,977 to £3,830",
    ),
    (
        "What share of children's homes are run by the voluntary sector?",
        "only 5% of children's homes",
    ),
    (
        "How many interviews with providers were conducted?",
        "12 providers",
    ),
    (
        "Which region captures costs by social care, education and health?",
        "Placements Northwest",
    ),
    (
        "Why do framework prices make providers leave?",
        "Providers are constrained by frameworks",
    ),
    (
        "What are the benefits of the Mockingbird programme?",
        "Mockingbird",
    ),
    (
        "Why is it hard to negotiate with providers when placements are urgent?",
        "discussions on price often have tight time constraints",
    ),
    (
        "What do commissioners get from analysis of prices paid?",
        "what has been paid recently for similar placements",
    ),
]
"""Each question, with words that only a passage that answers it holds."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> DataDirectory:
    made = DataDirectory(tmp_path_factory.mktemp("retrieval") / "data")
    ingest([SEEDS], Library.open(made))
    build_index(made, embed=False)
    return made


def ranks(directory: DataDirectory) -> list[int | None]:
    """Rank of the first passage that answers each question; None beyond ten."""
    searcher = Searcher.open(directory)
    return [rank(searcher, question, words) for question, words in QUESTIONS]


def rank(searcher: Searcher, question: str, words: str) -> int | None:
    hits = searcher.search(Query(text=question, limit=10)).hits
    held = (hit.rank for hit in hits if words in " ".join(hit.passage.text.split()))
    return next(held, None)


def report(mode: str, found: list[int | None]) -> int:
    within = [sum(rank is not None and rank <= n for rank in found) for n in (1, 5, 10)]
    print(f"{mode}: of {len(found)}, first {within[0]}, in the first five {within[1]},")
    reciprocal = sum(1 / rank for rank in found if rank) / len(found)
    print(f"  in the first ten {within[2]}; mean reciprocal rank {reciprocal:.2f}")
    return within[1]


def test_by_words_most_answers_are_among_the_first_five(
    directory: DataDirectory,
) -> None:
    assert report("lexical", ranks(directory)) >= 29


@pytest.mark.slow
def test_with_meaning_most_answers_are_among_the_first_five(
    directory: DataDirectory,
) -> None:
    build_index(directory, embed=True)
    found = ranks(directory)
    assert report("hybrid", found) >= 29
    assert sum(rank == 1 for rank in found) >= 23
