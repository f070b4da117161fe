from __future__ import annotations

from typing import Any

import pytest

from assistant.answer import Answer, MarkedCitation, ToolCall
from corpus.models import Citation
from evals.dataset import Expectation, ExpectedCall, ExpectedFigure, Sample
from evals.scorers import score


def answer(text: str = "", *calls: ToolCall, quote: str | None = None) -> Answer:
    cited = Citation(
        kind="document", title="Report", locator="page 1", quote=quote, source="r.txt"
    )
    return Answer(
        question="?",
        status="answered",
        text=text,
        tool_calls=calls,
        citations=(MarkedCitation(marker=1, citation=cited),),
    )


def problems(expect: Expectation, given: Answer) -> dict[str, str]:
    sample = Sample(id="a", question="?", expect=expect)
    return {s.layer: s.explanation for s in score(sample, given) if not s.right}


def call(**arguments: Any) -> ToolCall:
    return ToolCall(name="find_providers", arguments=arguments)


def expecting(**arguments: Any) -> Expectation:
    wanted = ExpectedCall(name="find_providers", arguments=arguments)
    return Expectation(tool_calls=(wanted,))


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ({"age": 14}, {"age": 14}, True),
        ({"age": 14}, {"age": 15}, False),
        ({"near": "Kent"}, {"near": "kent"}, True),
        ({"needs": ["cse", "missing"]}, {"needs": ["missing", "cse"]}, True),
        ({"needs": ["cse"]}, {"needs": ["cse", "cce"]}, False),
        ({"max_weekly_price": 5000}, {"max_weekly_price": 5020}, True),
        ({"max_weekly_price": 5000}, {"max_weekly_price": 5200}, False),
        ({"near": "Kent"}, {}, False),
        ({"near": "Kent"}, {"near": "Kent", "age": 14}, False),
        ({"near": "Kent"}, {"near": "Kent", "limit": 5, "sort_by": "price"}, True),
        ({"solo": True}, {"solo": 1}, False),
    ],
)
def test_a_call_is_right_when_every_argument_agrees(
    wanted: dict[str, Any], given: dict[str, Any], right: bool
) -> None:
    found = problems(expecting(**wanted), answer("", call(**given)))
    assert (found == {}) is right


def test_an_extra_search_is_no_fault_but_another_call_is() -> None:
    search = ToolCall(name="search_documents", arguments={"query": "x"})
    right = call(age=14)
    assert problems(expecting(age=14), answer("", right, search)) == {}
    assert "unexpected" in str(problems(expecting(age=14), answer("", right, right)))


@pytest.mark.parametrize(
    ("figure", "text", "right"),
    [
        (ExpectedFigure(value=4557, unit="£"), "£4,557 a week", True),
        (ExpectedFigure(value=4557, unit="£"), "4,557 children", False),
        (ExpectedFigure(value=4557), "about 4,600", False),
        (ExpectedFigure(value=4557, tolerance=50), "about 4,600", True),
        (ExpectedFigure(value=0.179, tolerance=0.0005), "17.9%", False),
    ],
)
def test_a_figure_counts_with_its_unit_and_tolerance(
    figure: ExpectedFigure, text: str, right: bool
) -> None:
    found = problems(Expectation(figures=(figure,)), answer(text))
    assert (found == {}) is right


def test_phrases_count_in_the_text_and_in_quotations() -> None:
    expect = Expectation(contains=("Shaw Trust",))
    assert problems(expect, answer("the shaw trust")) == {}
    assert problems(expect, answer("", quote="The Shaw Trust was")) == {}
    assert "contains" in problems(expect, answer("another trust"))


def test_status_and_documents_are_layers_of_their_own() -> None:
    expect = Expectation(status="declined", documents=("other.txt",))
    assert set(problems(expect, answer())) == {"status", "documents"}
