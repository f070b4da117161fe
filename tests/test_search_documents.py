from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.codes import DocumentKind
from corpus.documents import Overrides, document_of
from corpus.library import Library
from index.building import build_index
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
