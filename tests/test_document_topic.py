"""What is asked of documents, apart from which documents are meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine import Assistant
from assistant.readers.titles import read_title
from assistant.settings import Settings
from corpus.codes import DocumentKind
from corpus.library import DocumentSummary
from corpus.models import INVENTED_NOTICE
from tools.document_topic import settled_words, topic

REG44 = settled_words((DocumentKind.REG44,), "Rowan Farm")


@pytest.fixture(scope="module")
def assistant(region_dir: Path) -> Assistant:
    return Assistant.open(Settings(data_dir=region_dir))


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("reg 44 for rowan farm any mention of restraint", "for of restraint"),
        ("What do Rowan Farm's R44s say about food?", "do say about food"),
        ("Any restraints in the Regulation 44 reports?", "restraints in the"),
        ("And its Reg 44 reports?", ""),
    ],
)
def test_words_that_choose_the_documents_are_no_topic(query: str, left: str) -> None:
    assert topic(query, REG44) == left


def test_the_day_that_chooses_documents_is_no_topic() -> None:
    chosen = settled_words((DocumentKind.REG44,), since="2026-01-01")
    assert (
        topic("agency staff in reg 44s since 1 Jan 2026", chosen) == "agency staff in"
    )


@given(st.text(max_size=80))
def test_a_query_that_chooses_nothing_is_left_as_it_is(query: str) -> None:
    assert topic(query, settled_words(())) == query


def titled(title: str) -> DocumentSummary:
    return DocumentSummary(
        document_id=title, title=title, kind=DocumentKind.REPORT, source=f"{title}.md",
        published=None, local_authority=None, provider=None, urn=None, invented=True,
        words=1,
    )  # fmt: skip


HELD = (
    titled("Placements at short notice: a regional review, spring 2026"),
    titled("Should we open our own? Homes run by councils, leased or shared"),
)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("What does the review of placements at short notice say of vacancies?", 0),
        ("There was a paper on whether to open our own homes, leased or shared.", 1),
        ("Which homes near Kent take placements at short notice?", None),
        ("What does the report on bees say?", None),
    ],
)
def test_a_document_is_named_by_most_words_of_its_title(
    text: str, held: int | None
) -> None:
    found = read_title(text, HELD)
    assert found == (None if held is None else HELD[held])


def test_a_topic_is_found_though_the_question_is_mostly_of_its_documents(
    assistant: Assistant,
) -> None:
    library = assistant.knowledge.library.summaries()
    home = next(d.provider for d in library if d.kind is DocumentKind.REG44)
    asked = f"reg 44 for {home} any mention of restraints"
    answer = assistant.answer(asked)
    assert answer.status == "answered"
    quotes = [c.citation.quote or "" for c in answer.citations]
    assert quotes
    assert all("restrain" in quote.casefold() for quote in quotes)


def test_documents_of_which_nothing_is_asked_are_told_newest_first(
    assistant: Assistant,
) -> None:
    library = assistant.knowledge.library.summaries()
    home = next(d.provider for d in library if d.kind is DocumentKind.REG44)
    answer = assistant.answer(f"What is in the Regulation 44 reports of {home}?")
    assert answer.status == "answered"
    assert all(c.citation.kind == "document" for c in answer.citations)


def test_the_notice_that_a_document_is_invented_answers_nothing(
    assistant: Assistant,
) -> None:
    held = assistant.knowledge.library.summaries()
    homes = {one.provider for one in held if one.provider}
    for home in sorted(homes)[:5]:
        answer = assistant.answer(f"What does the statement of purpose of {home} say?")
        assert answer.status == "answered"
        assert INVENTED_NOTICE not in answer.text
