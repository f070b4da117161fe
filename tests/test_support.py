"""The support scorer: a true answer holds, and one that is tampered with does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, MarkedCitation
from assistant.assembling import assembled
from assistant.checking import check
from assistant.engine import Assistant
from assistant.ledger import Ledger
from assistant.narrative import NarrativeWritten
from assistant.replies.narrative import told_written
from assistant.session import Session
from assistant.settings import Settings
from evals.scoring.support import replay
from tools.profiles import setting_profiles

FINDS = "Which children's homes near Kent take a boy of 14?"
QUOTES = "What do the sufficiency statements say about fostering?"


@pytest.fixture(scope="module")
def assistant(region_dir: Path) -> Assistant:
    return Assistant.open(Settings(data_dir=region_dir))


@pytest.fixture(scope="module")
def quoting(assistant: Assistant) -> Answer:
    return assistant.answer(QUOTES)


def kinds(answer: Answer, assistant: Assistant, *earlier: Answer) -> set[str]:
    return {kind for kind, _ in replay(answer, assistant.knowledge, earlier).problems}


def but(answer: Answer, **changes: Any) -> Answer:
    return answer.model_copy(update=changes)


def with_source(answer: Answer, at: int, **changes: Any) -> Answer:
    marked = list(answer.citations)
    cited = marked[at].citation.model_copy(update=changes)
    marked[at] = MarkedCitation(marker=marked[at].marker, citation=cited)
    return but(answer, citations=tuple(marked))


@pytest.mark.parametrize(
    "question",
    [
        FINDS,
        QUOTES,
        "15yo lad, supported accommodation near Dartford tonight",
        "find me an unregistered home near Gravesend for a girl of 12",
        "what have we got on a home called Zennor Quay Manor",
        "how many 40-year-olds are in residential care in Kent",
        "Who won the cup final?",
    ],
)
def test_true_answers_and_refusals_hold(question: str, assistant: Assistant) -> None:
    answer = assistant.answer(question)
    assert kinds(answer, assistant) == set(), answer.text


def test_a_statement_is_drafted_again_and_counted(
    assistant: Assistant, tmp_path: Path
) -> None:
    events = list(assistant.narrating("Kent", tmp_path / "kent.md"))
    written = events[-1]
    assert isinstance(written, NarrativeWritten)
    question, ledger = (
        "Draft the sufficiency statement for Kent",
        Ledger(assistant.knowledge),
    )
    draft = told_written(written, tmp_path, ledger)
    verdict = check(draft, question, ledger)
    answer = assembled(question, draft, verdict, ledger)
    assert kinds(answer, assistant) == set()
    told = answer.citations[0].citation.locator
    more = told.replace(f"{written.tables} tables", f"{written.tables + 1} tables")
    assert "unknown_source" in kinds(with_source(answer, 0, locator=more), assistant)


def test_why_a_provider_did_not_come_up_is_held_against_the_search_before(
    assistant: Assistant,
) -> None:
    session = Session([])
    first = assistant.answer(FINDS, session)
    far = assistant.knowledge.dataset
    shown = str(first.tables)
    name = next(
        p.setting.name
        for p in setting_profiles(far)
        if p.setting.name not in shown and p.setting.local_authority != "Kent"
    )
    why = assistant.answer(f"Why not {name}?", session)
    assert kinds(why, assistant, first) == set()
    if any("earlier search" in one.citation.title for one in why.citations):
        assert "unknown_source" in kinds(why, assistant)


def test_a_figure_of_no_result_is_found(assistant: Assistant) -> None:
    answer = assistant.answer(FINDS)
    told = but(answer, text=f"{answer.text}\n\nSome 987,654 children wait.")
    assert kinds(told, assistant) == {"figure_not_held"}


def test_a_figure_altered_by_one_digit_is_found(assistant: Assistant) -> None:
    answer = assistant.answer("What has been paid for residential placements in Kent?")
    price = re.search(r"£\d,\d\d\d", answer.text)
    assert price is not None
    assert kinds(answer, assistant) == set()
    digit = "3" if price[0][-1] != "3" else "8"
    changed = answer.text.replace(price[0], price[0][:-1] + digit)
    assert kinds(but(answer, text=changed), assistant) == {"figure_not_held"}


def test_a_marker_that_resolves_to_nothing_is_found(assistant: Assistant) -> None:
    answer = assistant.answer(FINDS)
    assert "dangling_marker" in kinds(
        but(answer, text=f"{answer.text} [999]"), assistant
    )
    unmarked = but(answer, citations=answer.citations[:-1])
    assert "dangling_marker" in kinds(unmarked, assistant)


def test_a_row_that_no_call_gives_is_found(assistant: Assistant) -> None:
    answer = assistant.answer(FINDS)
    first, *rest = answer.tables[0].rows
    invented = answer.tables[0].model_copy(
        update={"rows": (("Invented House", *first[1:]), *rest)}
    )
    told = but(answer, tables=(invented, *answer.tables[1:]))
    assert kinds(told, assistant) == {"row_not_given"}


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Fostering has been abolished by all of the councils."},
        {"start": 0},
        {"title": "Another report"},
        {"source": "another/report.md"},
        {"locator": "paragraph 99.9"},
        {"document_id": "0000"},
    ],
)
def test_a_span_that_does_not_hold_the_words_is_found(
    change: dict[str, Any], quoting: Answer, assistant: Assistant
) -> None:
    at = next(i for i, m in enumerate(quoting.citations) if m.citation.quote)
    assert kinds(quoting, assistant) == set()
    assert "not_verbatim" in kinds(with_source(quoting, at, **change), assistant)


def test_a_law_that_is_not_in_the_table_is_found(assistant: Assistant) -> None:
    answer = assistant.answer("find an unregistered home near Gravesend for a girl")
    other = with_source(answer, 0, locator="section 12")
    assert "unknown_source" in kinds(other, assistant)


def test_a_refusal_that_the_question_does_not_give_is_found(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("what have we got on a home called Zennor Quay Manor")
    assert answer.status == "not_in_evidence"
    told = "no provider, group or setting called 'Ann' is held in 12 tables"
    other = with_source(answer, 0, locator=told)
    assert "unknown_source" in kinds(other, assistant)


def test_a_source_of_data_that_no_call_gives_is_found(assistant: Assistant) -> None:
    answer = assistant.answer(FINDS)
    at = next(i for i, m in enumerate(answer.citations) if m.citation.kind == "dataset")
    other = with_source(answer, at, locator="as at 1 January 1999")
    assert "unknown_source" in kinds(other, assistant)
