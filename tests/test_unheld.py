"""What no table holds is said to be held nowhere, and never answered with a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.readers.organisations import read_company
from assistant.readers.unheld import asks_unheld
from assistant.settings import Settings


@pytest.fixture(scope="module")
def assistant(region_dir: Path) -> Assistant:
    return Assistant.open(Settings(data_dir=region_dir))


@pytest.mark.parametrize(
    ("label", "question"),
    [
        ("summarise_placements", "How many agency social workers does Kent employ?"),
        ("benchmark_price", "What is the average salary of a registered manager?"),
        ("summarise_placements", "How many children in care passed five GCSEs?"),
        ("provider_spend", "What did our homes spend on gas and electricity?"),
        ("provider_profile", "Which insurers cover Oakfield's vehicles?"),
        ("summarise_placements", "How many children are in care in Scotland?"),
        ("estimate_delivery_cost", "what do they pay their staff in wages?"),
        ("out_of_scope", "How many looked after children saw a dentist?"),
    ],
)
def test_a_topic_that_no_table_holds_is_known(label: str, question: str) -> None:
    assert asks_unheld(label, question)


@pytest.mark.parametrize(
    ("label", "question"),
    [
        ("estimate_delivery_cost", "cost of a 3 bed home at an hourly rate of £14"),
        ("estimate_delivery_cost", "What must a bed bring in to cover wages and rent?"),
        ("search_documents", "What do Reg 44 reports say about agency staff?"),
        ("find_providers", "who takes a boy excluded from school near Reading"),
        ("summarise_placements", "homes for a girl of 14, arrested twice"),
        ("summarise_placements", "How many foster carers does Kent use?"),
        ("out_of_scope", "How do I adopt a cat?"),
    ],
)
def test_what_is_held_or_none_of_ours_is_left_alone(label: str, question: str) -> None:
    assert not asks_unheld(label, question)


@pytest.mark.parametrize(
    "question",
    [
        "Zennor Ridge Residential Ltd - any info",
        "Full profile of Zennor Horizons Childcare, who rang my director yesterday",
        "How many paediatric nurses do the residential schools in Hampshire employ?",
        "Debtor days on IFA invoices, Kent, last qtr",
    ],
)
def test_it_is_not_in_evidence(question: str, assistant: Assistant) -> None:
    assert assistant.answer(question).status == "not_in_evidence"


def test_a_company_is_read_by_its_last_word() -> None:
    assert read_company("any news of Zennor Ridge Residential Ltd?") == (
        "Zennor Ridge Residential Ltd"
    )
    assert read_company("which group owns most homes in Kent") is None


def test_documents_of_a_kind_asked_of_what_they_do_not_say_give_the_nearest(
    assistant: Assistant,
) -> None:
    question = (
        "Surrey sufficiency statement: what does it say of homes and trampolines?"
    )
    answer = assistant.answer(question)
    assert answer.status == "answered"
    assert answer.citations[0].citation.quote


def test_a_day_to_come_dates_what_is_spoken_of_and_no_document(
    assistant: Assistant,
) -> None:
    ask = "What does the joint funding paper propose as a trial from April 2027?"
    assert "since" not in assistant.answer(ask).tool_calls[-1].arguments
