"""Each scorer on answers whose verdict is known, the traps among them."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answer import ToolCall
from evals.dataset import (
    Expectation,
    ExpectedCall,
    ExpectedFigure,
    ExpectedSpan,
    Sample,
)
from evals.given import Given, GivenCitation, GivenTable
from evals.scoring import Verdict, score
from evals.scoring.figures import read_figures
from evals.scoring.ranking import rank_measures
from tools.search_documents import document_title


def cite(marker: int, source: str, quote: str | None = None) -> GivenCitation:
    return GivenCitation(
        marker=marker,
        kind="document",
        title=source.title(),
        locator="page 1",
        quote=quote,
        source=source,
    )


def answer(text: str = "", *calls: ToolCall, **fields: Any) -> Given:
    given = {"question": "?", "status": "answered", "answer": text, **fields}
    return Given(tool_calls=calls, **given)


def verdicts(
    expect: Expectation, given: Given, question: str = "?"
) -> dict[str, Verdict]:
    sample = Sample(id="a", question=question, expect=expect)
    return {v.layer: v for v in score(sample, given)}


def call(**arguments: Any) -> ToolCall:
    return ToolCall(name="find_providers", arguments=arguments)


def errors_of(wanted: dict[str, Any], *made: ToolCall) -> tuple[str, ...]:
    expected = ExpectedCall(name="find_providers", arguments=wanted)
    found = verdicts(Expectation(tool_calls=(expected,)), answer("", *made))
    assert found["tool_calls"].right == (not found["tool_calls"].errors)
    return found["tool_calls"].errors


@pytest.mark.parametrize(
    ("wanted", "given", "errors"),
    [
        ({"age": 14}, {"age": 14}, []),
        ({"age": 14}, {"age": 15}, ["wrong_value age"]),
        ({"age": 14}, {"age": "14"}, ["wrong_type age"]),
        ({"near": "Kent"}, {"near": " kent"}, []),
        ({"near": "St Albans"}, {"near": "St. Albans"}, ["wrong_value near"]),
        ({"near": ["Slough", "Reading"]}, {"near": ["Reading", "Slough"]}, []),
        ({"needs": ["cse", "missing"]}, {"needs": ["missing", "cse"]}, []),
        ({"needs": ["cse"]}, {"needs": ["cse", "fire_setting"]}, ["extra_items needs"]),
        ({"needs": ["cse", "cce"]}, {"needs": ["cse"]}, ["missing_items needs"]),
        ({"needs": ["cse"]}, {"needs": ["cce"]}, ["wrong_items needs"]),
        ({"ages": [4, 7, 9]}, {"ages": [9, 4.0, 7]}, []),
        ({"max_weekly_price": 5000}, {"max_weekly_price": 5025}, []),
        ({"max_weekly_price": 5000}, {"max_weekly_price": 5026}, [
            "wrong_value max_weekly_price"
        ]),
        ({"near": "Kent"}, {}, ["missing_argument near"]),
        ({"near": "Kent"}, {"near": "Kent", "age": 14}, ["unexpected_argument age"]),
        ({"near": "Kent"}, {"near": "Kent", "limit": 5, "sort_by": "price"}, []),
        ({"limit": 5}, {"limit": 6}, ["wrong_value limit"]),
        ({"query": "one"}, {"query": "another"}, []),
        ({"solo": True}, {"solo": 1}, ["wrong_type solo"]),
    ],
)  # fmt: skip
def test_a_call_is_right_when_every_argument_agrees(
    wanted: dict[str, Any], given: dict[str, Any], errors: list[str]
) -> None:
    assert list(errors_of(wanted, call(**given))) == errors


def test_a_need_that_the_question_denies_is_an_extra_item() -> None:
    made = call(age=14, needs=["self_harm", "fire_setting"])
    assert errors_of({"age": 14, "needs": ["self_harm"]}, made) == (
        "extra_items needs",
    )


def test_an_extra_search_is_no_fault_but_another_call_and_a_missing_one_are() -> None:
    search = ToolCall(name="search_documents", arguments={"query": "x"})
    right = call(age=14)
    assert errors_of({"age": 14}, right, search) == ()
    assert errors_of({"age": 14}, right, right) == ("unexpected_call",)
    assert errors_of({"age": 14}, search) == ("missing_call",)


def test_two_calls_of_one_tool_count_in_either_order() -> None:
    wanted = tuple(
        ExpectedCall(name="find_providers", arguments={"age": age}) for age in (12, 15)
    )
    expect = Expectation(tool_calls=wanted)
    for made in ((call(age=15), call(age=12)), (call(age=12), call(age=15))):
        assert verdicts(expect, answer("", *made))["tool_calls"].right
    once = verdicts(expect, answer("", call(age=15)))["tool_calls"]
    assert once.errors == ("missing_call",)


def figure(value: float, unit: str | None = None, **more: Any) -> ExpectedFigure:
    return ExpectedFigure(value=value, unit=unit, **more)


@pytest.mark.parametrize(
    ("wanted", "text", "error"),
    [
        (figure(4557, "£"), "£4,557 a week", None),
        (figure(4557, "£"), "4,557 children", "wrong_unit"),
        (figure(4557), "about 4,600", "absent"),
        (figure(4557, tolerance=50), "about 4,600", None),
        (figure(5200, "£ a week"), "£5,200 a week", None),
        (figure(5200, "£ a week"), "It is £5,200 per child per week.", None),
        (figure(5200, "£ a week"), "£5,200 a year", "wrong_period"),
        (figure(5200, "£ a week"), "£271,143 a year", "wrong_period"),
        (figure(271_143, "£ a year"), "£271,143 a year", None),
        (figure(271_143, "£ a year"), "£5,200 a week", "wrong_period"),
        (figure(1_228_903, "£"), "£1.23 million", None),
        (figure(1_228_903, "£"), "£1.2m", "rounded_too_far"),
        (figure(1_228_903, "£"), "£1,229 thousand", None),
        (figure(1_228_903, "£"), "£1,229", "wrong_scale"),
        (figure(1_228_903, "£"), "£1.23 billion", "wrong_scale"),
        (figure(17.9, "%"), "17.9%", None),
        (figure(17.9, "%"), "17.9 per cent of them", None),
        (figure(17.9, "%"), "a share of 0.179", "percent_for_share"),
        (figure(0.179, tolerance=0.0005), "17.9%", "percent_for_share"),
        (figure(17.9, "%"), "17.9 miles", "wrong_unit"),
        (figure(17.9, "miles"), "17.9 miles away", None),
        (figure(83_630), "83,630", None),
        (figure(83_630), "84,000", None),
        (figure(83_630), "83 thousand", "absent"),
        (figure(83_630), "84 thousand", None),
        (figure(3.03, tolerance=0.01), "3.0", "rounded_too_far"),
        (figure(-2.5), "a change of -2.5", None),
        (figure(2.5), "a change of -2.5", "absent"),
    ],
)
def test_a_figure_counts_with_value_unit_scale_and_rounding(
    wanted: ExpectedFigure, text: str, error: str | None
) -> None:
    found = verdicts(Expectation(figures=(wanted,)), answer(text))["figures"]
    assert found.errors == (() if error is None else (error,))
    assert found.right is (error is None)


def test_figures_are_read_with_their_period_and_last_digit() -> None:
    [one, two] = read_figures("from £4,100 to £5,250.50 per week")
    assert (one.value, one.period, one.half) == (4100, None, 0.5)
    assert (two.value, two.period, two.half) == (5250.5, "week", 0.005)


QUESTION = "Is £7,600 a week normal for a girl of 14 in a children's home in Kent?"


def test_an_answer_that_quotes_the_question_says_nothing_by_it() -> None:
    expect = Expectation(figures=(figure(7600, "£"),), contains=("home in Kent",))
    echoed = answer(f'You asked: "{QUESTION}" I do not know.')
    found = verdicts(expect, echoed, QUESTION)
    assert not found["figures"].right
    assert not found["contains"].right
    own = answer("The median is £7,600 (of 14 placements in any home in Kent).")
    found = verdicts(expect, own, QUESTION)
    assert found["figures"].right
    assert found["contains"].right


def test_a_right_figure_with_a_wrong_citation_is_right_and_misattributed() -> None:
    expect = Expectation(figures=(figure(4557, "£"),), documents=("kent.txt",))
    sources = (cite(1, "kent.txt"), cite(2, "surrey.txt"))
    text = "Kent pays £4,557 a week [{}]. Surrey is dearer [{}]."
    wrong = verdicts(expect, answer(text.format(2, 1), citations=sources))
    assert wrong["figures"].right
    assert wrong["documents"].errors == ("misattributed",)
    right = verdicts(expect, answer(text.format(1, 2), citations=sources))
    assert right["documents"].right


def test_citations_have_precision_and_recall() -> None:
    expect = Expectation(documents=("a.txt", "B.Txt"))
    cited = (cite(1, "a.txt"), cite(2, "c.txt"), cite(3, "d.txt"), cite(4, "b.txt"))
    found = verdicts(expect, answer(citations=cited))["documents"]
    assert found.right
    assert found.measures == {"precision": 0.5, "recall": 1.0}
    found = verdicts(expect, answer(citations=cited[:2]))["documents"]
    assert found.errors == ("not_cited",)
    assert found.measures == {"precision": 0.5, "recall": 0.5}


def test_an_invented_document_is_known_by_the_title_that_it_bears() -> None:
    title = document_title("Prices in the region", True)
    cited = cite(1, "region/prices.md", "so it is").model_copy(update={"title": title})
    expect = Expectation(documents=("Prices in the region",))
    assert verdicts(expect, answer(citations=(cited,)))["documents"].right
    spans = (ExpectedSpan(document="Prices in the region", quote="so it is"),)
    assert verdicts(Expectation(spans=spans), answer(citations=(cited,)))["spans"].right


def test_a_span_counts_by_its_overlap_in_the_right_document() -> None:
    gold = "The unit cost rose to £4,557 a week"
    expect = Expectation(spans=(ExpectedSpan(document="a.txt", quote=gold),))
    whole = answer(citations=(cite(1, "a.txt", gold),))
    assert verdicts(expect, whole)["spans"].measures == {"overlap": 1.0}
    wider = answer(citations=(cite(1, "a.txt", f"{gold}{'x' * len(gold)}"),))
    assert verdicts(expect, wider)["spans"].measures == {"overlap": 0.5}
    third = answer(citations=(cite(1, "a.txt", gold[: len(gold) // 3]),))
    assert not verdicts(expect, third)["spans"].right
    elsewhere = answer(citations=(cite(1, "b.txt", gold),))
    found = verdicts(expect, elsewhere)["spans"]
    assert found.errors == ("span_not_quoted",)
    assert found.measures == {"overlap": 0.0}


def test_phrases_count_in_the_text_and_in_quotations() -> None:
    expect = Expectation(contains=("Shaw Trust",))
    assert verdicts(expect, answer("the shaw\ntrust"))["contains"].right
    quoted = answer(citations=(cite(1, "a.txt", "The Shaw Trust was"),))
    assert verdicts(expect, quoted)["contains"].right
    assert not verdicts(expect, answer("another trust"))["contains"].right


def table(*names: str) -> GivenTable:
    rows = tuple((name, f"owner of {name}", 3) for name in names)
    return GivenTable(
        title="t", columns=("Setting", "Provider", "Miles"), rows=rows, total_rows=9
    )


def test_providers_are_ranked_against_the_gold_list() -> None:
    expect = Expectation(providers=("One", "Two"))
    best = verdicts(expect, answer(tables=(table("One", "Two", "Three"),)))
    assert best["providers"].right
    assert best["providers"].measures["nDCG@10"] == pytest.approx(1.0)
    turned = verdicts(expect, answer(tables=(table("Two", "One"),)))["providers"]
    assert turned.right
    # (1/log2(2) + 2/log2(3)) / (2/log2(2) + 1/log2(3)), worked by hand
    assert turned.measures["nDCG@10"] == pytest.approx(0.8597, abs=1e-4)
    late = verdicts(expect, answer(tables=(table("Six", "Two"),)))["providers"]
    assert late.errors == ("not_listed",)
    assert late.measures["RR@10"] == 0.5
    assert late.measures["R@10"] == 0.5


def test_ranking_measures_of_nothing_found_are_zero() -> None:
    assert set(rank_measures([], {"a": 1}).values()) == {0.0}


def test_status_and_documents_are_layers_of_their_own() -> None:
    expect = Expectation(status="declined", documents=("other.txt",))
    found = verdicts(expect, answer())
    assert found["status"].errors == ("is answered",)
    assert set(found) == {"status", "documents"}


def test_what_nothing_is_expected_of_has_no_verdict() -> None:
    assert verdicts(Expectation(), answer("£5")) == {}
