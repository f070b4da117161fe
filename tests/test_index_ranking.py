"""What is made of the candidates: scored, folded by version, joined to neighbours."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codes import DocumentKind
from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.library import Library
from corpus.models import Passage
from index.abbreviations import other_forms
from index.building import build_index
from index.figures import FigureKind, asked_figure, figures, holds_figure
from index.fusion import spread
from index.joining import MOST, Neighbours, goes_on, spans
from index.lexical import LexicalIndex, terms
from index.models import Query, SearchResult
from index.search import Searcher
from index.windows import windows

FILLER = "The service works with families and schools across the district all year."


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


def keep(directory: DataDirectory, texts: dict[str, str], **facts: object) -> None:
    overrides = Overrides.model_validate(facts)
    made = [document_of(text, name, overrides) for name, text in texts.items()]
    Library.open(directory).add(made)


def search(directory: DataDirectory, text: str, limit: int = 8) -> SearchResult:
    build_index(directory, embed=False)
    return Searcher.open(directory).search(Query(text=text, limit=limit))


def statement(year: int, price: str) -> str:
    return (
        f"# Statement of purpose {year}\n\nThe home is registered for four children"
        f" of either sex. A place costs £{price} a week with therapy and education."
    )


def keep_versions(directory: DataDirectory, old: str, new: str) -> None:
    for year, price in ((2024, old), (2025, new)):
        keep(
            directory,
            {f"{year}.md": statement(year, price)},
            kind=DocumentKind.STATEMENT_OF_PURPOSE,
            provider="Oak House",
            published=date(year, 4, 1),
        )


def test_of_two_versions_the_newest_is_shown_and_the_figures_that_differ_are_told(
    directory: DataDirectory,
) -> None:
    keep_versions(directory, "4,900", "5,200")
    (hit,) = search(directory, "What does a place cost a week?").hits
    assert hit.document.source == "2025.md"
    (former,) = hit.former
    assert former.document.source == "2024.md"
    assert former.disagrees
    assert "£5,200" in former.figures_now
    assert "£4,900" in former.figures_then


def test_versions_that_agree_are_shown_once_without_a_disagreement(
    directory: DataDirectory,
) -> None:
    keep(
        directory,
        {"old.md": f"# Statement\n\n{FILLER} A bed is £5,200 a week."},
        provider="Oak House",
        published=date(2024, 1, 1),
    )
    keep(
        directory,
        {"new.md": f"# Statement\n\n{FILLER} A bed is £5,200 each week."},
        provider="Oak House",
        published=date(2025, 1, 1),
    )
    (hit,) = search(directory, "What is a bed?").hits
    assert hit.document.source == "new.md"
    assert [former.disagrees for former in hit.former] == [False]


@pytest.mark.parametrize(
    "facts",
    [
        {"provider": "Elm House"},
        {"provider": "Oak House", "kind": DocumentKind.REPORT},
    ],
)
def test_documents_of_another_home_or_kind_are_no_versions(
    directory: DataDirectory, facts: dict[str, object]
) -> None:
    keep_versions(directory, "4,900", "5,200")
    keep(
        directory,
        {"other.md": statement(2026, "6,000")},
        **{"kind": DocumentKind.STATEMENT_OF_PURPOSE, **facts},
    )
    hits = search(directory, "What does a place cost a week?").hits
    assert {hit.document.source for hit in hits} == {"2025.md", "other.md"}


def test_a_later_visit_does_not_replace_an_earlier_one(
    directory: DataDirectory,
) -> None:
    for month, count in ((4, 3), (5, 7)):
        keep(
            directory,
            {f"{month}.md": f"# Visit\n\n{FILLER} {count} missing episodes."},
            kind=DocumentKind.REG44,
            provider="Oak House",
            published=date(2025, month, 1),
        )
    hits = search(directory, "How many missing episodes were there?").hits
    assert {hit.document.source for hit in hits} == {"4.md", "5.md"}


def test_neighbours_that_are_both_found_are_quoted_as_one_span_word_for_word(
    directory: DataDirectory,
) -> None:
    body = "\n\n".join(
        f"Vacancies in week {week} were counted by the placements team. {FILLER * 6}"
        for week in ("one", "two", "three", "four")
    )
    keep(directory, {"a.md": f"# Weeks\n\n{body}"})
    hits = search(directory, "vacancies counted by week").hits
    assert len(hits) < Searcher.open(directory).passages
    text = Library.open(directory).get(hits[0].passage.document_id).text
    for hit in hits:
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_a_sentence_cut_for_its_length_is_quoted_whole(
    directory: DataDirectory,
) -> None:
    many = " and then ".join(f"item{n} of the inventory" for n in range(40))
    keep(directory, {"a.txt": f"Inventory\n\nThe home keeps zebra {many} at last."})
    (hit,) = search(directory, "zebra", limit=1).hits
    assert "zebra" in hit.passage.text
    assert hit.passage.text.endswith("at last.")


places = st.lists(st.integers(0, 30), unique=True, max_size=12)


@given(places, st.sets(st.integers(0, 30)))
def test_spans_hold_every_place_once_in_order_and_never_cross_documents(
    found: list[int], starts: set[int]
) -> None:
    def owner(position: int) -> int:
        return sum(start <= position for start in starts)

    whole = Passage(
        passage_id="p",
        document_id="d",
        start=0,
        end=2,
        text="A.",
        locator="x",
        context="",
    )
    neighbours = Neighbours(31, lambda _: whole, lambda a, b: owner(a) == owner(b))
    result = spans(found, neighbours)
    covered = [at for first, last in result for at in range(first, last + 1)]
    assert sorted(covered) == sorted(found)
    assert all(last - first < MOST for first, last in result)
    assert all(owner(first) == owner(last) for first, last in result)
    leads = [next(at for at in found if a <= at <= b) for a, b in result]
    assert leads == sorted(leads, key=found.index)


def test_only_a_sentence_that_runs_on_goes_on() -> None:
    def passage(text: str, start: int) -> Passage:
        return Passage(
            passage_id=text, document_id="d", start=start, end=start + len(text),
            text=text, locator="x", context="",
        )  # fmt: skip

    cut = passage("The cost of", 0)
    assert goes_on(cut, passage("a bed rose.", 12))
    assert not goes_on(cut, passage("Costs rose.", 12))
    assert not goes_on(cut, passage("a bed rose.", 13))
    assert not goes_on(passage("It ended.", 0), passage("a bed rose.", 10))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (
            "children at risk of CSE",
            "Two girls were at risk of child sexual exploitation.",
        ),
        ("child criminal exploitation", "One boy was at risk of CCE through a gang."),
        ("MFC", "There were episodes of missing from care in May."),
        ("IFAs in the county", "Each independent fostering agency was invited."),
        ("EHCP", "She has an education, health and care plan."),
        ("a DoLS order", "A deprivation of liberty safeguards order was made."),
    ],
)
def test_either_form_of_an_abbreviation_finds_the_other(
    directory: DataDirectory, asked: str, found: str
) -> None:
    keep(directory, {"a.md": f"# One\n\n{found}", "b.md": f"# Two\n\n{FILLER}"})
    hits = search(directory, asked).hits
    assert hits
    assert found in hits[0].passage.text


def test_what_the_question_says_already_is_not_added() -> None:
    both = terms("CSE, child sexual exploitation")
    assert other_forms(both) == []
    assert other_forms(terms("a quiet home with a garden")) == []


@pytest.mark.parametrize(
    ("question", "kind", "holds"),
    [
        ("How much did it cost?", FigureKind.MONEY, "It cost £5 m."),
        ("What is the average weekly price?", FigureKind.MONEY, "It is £ 900."),
        ("How many homes are there?", FigureKind.COUNT, "There are seven homes."),
        ("What share of homes is private?", FigureKind.PERCENT, "It is 83%."),
        ("When did it begin?", FigureKind.DATE, "It began in 2009."),
    ],
)
def test_the_figure_asked_for_is_known_where_it_stands(
    question: str, kind: FigureKind, holds: str
) -> None:
    assert asked_figure(question) is kind
    assert holds_figure(holds, kind)
    assert not holds_figure("Nobody knows the answer.", kind)


def test_a_question_of_words_asks_for_no_figure() -> None:
    assert asked_figure("Why do providers leave frameworks?") is None


def test_of_two_alike_the_passage_with_the_figure_asked_for_comes_first(
    directory: DataDirectory,
) -> None:
    keep(
        directory,
        {
            "a.md": "# Fees\n\nThe weekly fee of a home is set by a panel.",
            "b.md": "# Fees\n\nThe weekly fee of a home is £5,000 by rule.",
        },
    )
    assert (
        search(directory, "What is the weekly fee?").hits[0].document.source == "b.md"
    )


def test_figures_are_read_as_printed() -> None:
    text = "£4,557 a week, 12%, 75 homes, £3.5m and 12% again"
    assert figures(text) == ("£4,557", "12%", "75", "£3.5m")


@given(st.text(alphabet=st.sampled_from("ab. \n!?£4,é"), max_size=400))
def test_windows_hold_every_word_in_order(text: str) -> None:
    assert " ".join(windows(text)).split() == text.split()


@given(st.lists(st.floats(-5, 5, width=32), max_size=20))
def test_spread_scores_are_shares_in_the_same_order(scores: list[float]) -> None:
    given_scores = np.array(scores, dtype=np.float32)
    shares = spread(given_scores)
    assert ((shares >= 0) & (shares <= 1)).all()
    order = np.argsort(given_scores, kind="stable")
    assert (np.diff(shares[order]) >= 0).all()


def test_a_sentence_that_holds_the_words_side_by_side_comes_first(
    directory: DataDirectory,
) -> None:
    apart = (
        "Care of the garden is shared. Staff leave early. The home is in plain sight."
    )
    keep(
        directory,
        {
            "apart.md": f"# Notes\n\n{apart} {FILLER}",
            "beside.md": f"# Notes\n\nShe moved to a care home in plain view. {FILLER}",
        },
    )
    first, *_ = search(directory, "Who lives in a care home?").hits
    assert first.document.source == "beside.md"


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("four councils", "4 councils"),
        ("twenty beds", "20 beds"),
        ("What does CANS mean?", "CANS mean"),
    ],
)
def test_a_number_in_words_and_its_figure_are_one_term(asked: str, held: str) -> None:
    assert terms(asked) == terms(held)


def test_one_is_no_figure_and_a_stop_word_s_twin_is_kept() -> None:
    assert terms("one of the cans") == ["one", "can"]


def test_what_announces_more_is_quoted_with_what_follows(
    directory: DataDirectory,
) -> None:
    long = " ".join([FILLER] * 14)
    keep(
        directory,
        {"a.md": f"# Model\n\n{long} The partnership shares its risk...\n\n{FILLER}"},
    )
    hits = search(directory, "Which partnership shares risk?", limit=1).hits
    assert hits[0].passage.text.endswith(FILLER)


@pytest.mark.parametrize("asked", ["", "what is it?", "zyzzyva"])
def test_a_question_of_which_nothing_stands_anywhere_finds_nothing(
    directory: DataDirectory, asked: str
) -> None:
    keep(directory, {"a.md": f"# Notes\n\n{FILLER}"})
    assert search(directory, asked).hits == ()


WORDS = st.lists(st.sampled_from("kent bed foster price cream zero".split()))


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS)
def test_the_scores_read_back_are_those_of_the_library_that_made_them(
    texts: list[list[str]], asked: list[str]
) -> None:
    import bm25s

    with TemporaryDirectory() as made:
        folder = Path(made)
        LexicalIndex.build(texts, folder)
        library = bm25s.BM25.load(str(folder))
        known = [term for term in asked if term in library.vocab_dict]
        index = LexicalIndex.open(folder, len(texts))
        most = sum(index.rarity(asked))
        scores = index.scores(asked)
    wanted = library.get_scores(known) / most if known else np.zeros(len(texts))
    assert np.allclose(scores, np.minimum(wanted, 1.0))
