from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as settled
from hypothesis import strategies as st

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.codes import DocumentKind
from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.library import Library
from corpus.privacy import ShownLibrary
from corpus.viewer import Viewer
from index.building import build_index
from index.models import Query
from index.search import Searcher
from tools.base import Knowledge
from tools.search_documents import SearchDocumentsArguments, search_documents


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def knowledge_of(settings: Settings, prices: dict[int, str]) -> Knowledge:
    """Statements of purpose of one home, by year, each with its weekly price."""
    library = Library.open(settings.directory)
    for year, price in prices.items():
        facts = Overrides(
            kind=DocumentKind.STATEMENT_OF_PURPOSE,
            provider="Oak House",
            published=date(year, 4, 1),
        )
        text = (
            f"# Oak House statement of purpose\n\nThe home takes four children, and a"
            f" place with education and therapy costs {price} a week."
        )
        library.add([document_of(text, f"{year}.md", facts)])
    build_index(settings.directory, embed=False)
    return Assistant.open(settings).knowledge


def test_versions_that_differ_are_told_in_a_caveat_and_the_newest_is_cited(
    settings: Settings,
) -> None:
    knowledge = knowledge_of(settings, {2023: "£4,700", 2024: "£4,900", 2025: "£5,200"})
    result = search_documents(
        SearchDocumentsArguments(query="What does a place cost?"), knowledge
    )
    (passage,) = result.data.passages
    assert passage.published == date(2025, 4, 1)
    assert [citation.source for citation in result.citations] == ["2025.md"]
    told = [caveat for caveat in result.caveats if caveat.startswith("Versions differ")]
    assert [("£5,200" in caveat) for caveat in told] == [True, True]
    assert "£4,900" in told[0]
    assert "April 2024" in told[0]
    assert "£4,700" in told[1]
    assert passage.disagrees_with == tuple(told)


def test_versions_that_agree_need_no_caveat(settings: Settings) -> None:
    knowledge = knowledge_of(settings, {2024: "£5,200", 2025: "£5,200"})
    result = search_documents(
        SearchDocumentsArguments(query="What does a place cost?"), knowledge
    )
    (passage,) = result.data.passages
    assert passage.published == date(2025, 4, 1)
    assert not any("Versions differ" in caveat for caveat in result.caveats)


@settled(deadline=None, max_examples=5)
@given(st.randoms(use_true_random=False))
def test_of_every_document_each_quotation_stands_word_for_word_at_its_place(
    region_dir: Path, random: Random
) -> None:
    """Asked in words drawn from every document, by its authority and by a stranger."""
    directory = DataDirectory(region_dir)
    library = Library.open(directory)
    searchers = {
        viewer: Searcher.open(directory, viewer=viewer)
        for viewer in (Viewer(), Viewer.parse("council:Kent"))
    }
    for summary in library.summaries():
        words = library.get(summary.document_id).text.split()
        start = random.randrange(len(words))
        query = Query(text=" ".join(words[start : start + 8]), limit=3)
        viewer = random.choice(list(searchers))
        shown = ShownLibrary(library, viewer)
        for hit in searchers[viewer].search(query).hits:
            quoted, document = hit.passage, shown.get(hit.passage.document_id)
            assert document.text[quoted.start : quoted.end] == quoted.text
            assert quoted.locator


def test_every_citation_quotes_its_document_word_for_word(settings: Settings) -> None:
    knowledge = knowledge_of(settings, {2024: "£4,900", 2025: "£5,200"})
    result = search_documents(SearchDocumentsArguments(query="children"), knowledge)
    assert result.citations
    for citation in result.citations:
        assert citation.document_id is not None
        assert citation.start is not None
        assert citation.quote is not None
        text = knowledge.library.get(citation.document_id).text
        assert text[citation.start :].startswith(citation.quote)
