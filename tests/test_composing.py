from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.checking import check
from assistant.composing import compose
from assistant.composing.wording import percent, plain, pounds
from assistant.draft import Draft
from assistant.engine import Assistant
from assistant.ledger import MARKER, RECOVERABLE, Ledger
from assistant.settings import Settings
from corpus.codes import Gender, Need, PlacementType, Route
from corpus.viewer import Viewer
from tools.base import Knowledge
from tools.profiles import setting_profiles
from tools.registry import TOOLS

VIEWERS = ("evaluator", "region", "council:Kent")


@cache
def opened(root: Path, viewer: str) -> Knowledge:
    return Assistant.open(
        Settings(data_dir=root, viewer=Viewer.parse(viewer))
    ).knowledge


def asked(
    knowledge: Knowledge, question: str, *calls: tuple[str, dict[str, Any]]
) -> tuple[Draft, Ledger]:
    ledger = Ledger(knowledge)
    for name, arguments in calls:
        ledger.run(name, arguments)
    draft = compose(question, ledger)
    verdict = check(draft, question, ledger)
    assert verdict.struck == ()
    assert all(ledger.citation(int(found)) for found in MARKER.findall(draft.text))
    return draft, ledger


def first_statement(draft: Draft) -> str:
    """The answer up to its first marker, which it must have."""
    statement, marker, _ = draft.text.partition("[")
    assert marker
    return statement


def share(value: float) -> str:
    return percent(value)


# For each call: the question, and the figure or name that its first statement must
# hold, taken from the data of the same call; None where that is withheld.
CASES: tuple[tuple[str, str, dict[str, Any], Callable[[Any], str | None]], ...] = (
    (
        "how many children does Kent look after?",
        "summarise_placements",
        {"local_authority": "Kent"},
        lambda data: plain(data.total.value),
    ),
    (
        "what does residential care cost?",
        "summarise_placements",
        {"placement_type": "residential", "measure": "average_weekly_cost"},
        lambda data: pounds(data.total.value),
    ),
    (
        "what share is over 20 miles away?",
        "summarise_placements",
        {"measure": "share_over_20_miles"},
        lambda data: share(data.total.value),
    ),
    (
        "which type of placement has the most children?",
        "summarise_placements",
        {"group_by": "placement_type"},
        lambda data: plain(max(g.figure.value or 0 for g in data.groups)),
    ),
    (
        "which type of placement has the fewest children?",
        "summarise_placements",
        {"group_by": "placement_type"},
        lambda data: plain(
            min(g.figure.value for g in data.groups if g.figure.value is not None)
        ),
    ),
    (
        "who gets the most of our money?",
        "provider_spend",
        {},
        lambda data: f"{data.groups[0].group} got the most",
    ),
    (
        "how much did we spend in all?",
        "provider_spend",
        {},
        lambda data: pounds(data.total.value),
    ),
    (
        "how concentrated is the market?",
        "provider_spend",
        {},
        lambda data: share(data.concentration.top_5.value),
    ),
    (
        "how much foster care that was sought was secured?",
        "analyse_sufficiency",
        {"placement_type": "fostering"},
        lambda data: plain(data.types[0].secured_as_sought.value),
    ),
    (
        "where is the widest gap?",
        "analyse_sufficiency",
        {},
        lambda data: plain(
            max(data.types, key=lambda row: row.gap.value or 0).sought.value
        ),
    ),
    (
        "how many children made the journey into high-cost care?",
        "trace_journeys",
        {},
        lambda data: plain(data.children.value),
    ),
    (
        "is £6,000 a fair price?",
        "benchmark_price",
        {"placement_type": "residential", "weekly_price": 6000},
        lambda data: data.quote.stands,
    ),
    (
        "what is usually paid?",
        "benchmark_price",
        {"placement_type": "fostering"},
        lambda data: pounds(data.median),
    ),
    (
        "block or spot?",
        "compare_contracts",
        {"places": 5, "occupancy": 0.85, "spot_price": 6000, "block_price": 5200},
        lambda data: "Spot is cheaper",
    ),
    (
        "where does the block break even?",
        "compare_contracts",
        {"places": 5, "occupancy": 0.85, "spot_price": 6000, "block_price": 5200},
        lambda data: share(data.break_even_occupancy),
    ),
    (
        "what should a bed cost?",
        "estimate_delivery_cost",
        {"places": 3},
        lambda data: pounds(data.per_child),
    ),
    (
        "what should a home cost a year?",
        "estimate_delivery_cost",
        {"places": 3},
        lambda data: pounds(data.a_year),
    ),
    (
        "what would it save?",
        "model_invest_to_save",
        {"scheme": "step_down", "children": 4, "set_up_cost": 90_000},
        lambda data: pounds(data.saving_a_year),
    ),
    (
        "when does it pay back?",
        "model_invest_to_save",
        {"scheme": "in_house_beds", "children": 4, "set_up_cost": 900_000},
        lambda data: (
            "never pays back"
            if data.payback_years is None
            else f"{plain(data.payback_years)} year"
        ),
    ),
    (
        "what will we spend?",
        "forecast_spend",
        {"months": 12},
        lambda data: pounds(data.whole.total.p50),
    ),
    (
        "how many children will there be?",
        "forecast_demand",
        {"months": 12},
        lambda data: plain(data.children.p50),
    ),
    (
        "which home is nearest?",
        "find_providers",
        {"near": "Kent", "age": 14, "sort_by": "distance"},
        lambda data: data.matches[0].setting,
    ),
    (
        "which homes take a child of 14?",
        "find_providers",
        {"near": "Kent", "age": 14},
        lambda data: f"{data.total_matches} setting",
    ),
    (
        "which homes do best?",
        "provider_outcomes",
        {"placement_type": "residential"},
        lambda data: data.settings[0].name,
    ),
)


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(
    ("question", "tool", "arguments", "figure"), CASES, ids=[c[0] for c in CASES]
)
def test_the_first_statement_answers_and_nothing_is_struck(
    region_dir: Path,
    viewer: str,
    question: str,
    tool: str,
    arguments: dict[str, Any],
    figure: Callable[[Any], str | None],
) -> None:
    draft, ledger = asked(opened(region_dir, viewer), question, (tool, arguments))
    assert draft.status == "answered"
    wanted = figure(ledger.entries[0].result.data)
    assert wanted is not None
    assert wanted in first_statement(draft)


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("tell me about it", "is a"),
        ("what do they charge?", "£"),
        ("any vacancies?", "vacanc"),
        ("what is its Ofsted grade?", "grade"),
    ],
)
def test_a_profile_leads_with_what_was_asked(
    region_dir: Path, viewer: str, question: str, part: str
) -> None:
    knowledge = opened(region_dir, viewer)
    for profile in setting_profiles(knowledge.dataset)[:8]:
        call = ("provider_profile", {"provider": profile.setting.urn})
        draft, ledger = asked(knowledge, question, call)
        name = ledger.entries[0].result.data.name
        assert name in first_statement(draft)
        lacks = "Nothing is held" in first_statement(draft)
        assert lacks or part in first_statement(draft)


PLACES = ("Kent", "Surrey", "Isle of Wight", "Cornwall")
ANY: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "summarise_placements": {
        "local_authority": st.sampled_from(PLACES),
        "placement_type": st.sampled_from(PlacementType),
        "needs": st.lists(st.sampled_from(Need), max_size=2, unique=True),
        "gender": st.sampled_from(Gender),
        "age_from": st.integers(0, 10),
        "age_to": st.integers(10, 25),
        "min_distance_miles": st.floats(0, 100).map(lambda miles: round(miles, 1)),
        "route": st.sampled_from(Route),
        "measure": st.sampled_from(
            ("count", "average_weekly_cost", "total_weekly_cost", "median_distance",
             "share_over_20_miles", "share_out_of_area")
        ),
        "group_by": st.lists(
            st.sampled_from(
                ("local_authority", "placement_type", "route", "gender", "age_band",
                 "need", "provider", "rating", "year", "quarter")
            ),
            max_size=2,
            unique=True,
        ),
        "on": st.dates(date(2019, 1, 1), date(2026, 3, 31)).map(str),
    },
    "provider_spend": {
        "local_authority": st.sampled_from(PLACES),
        "placement_type": st.sampled_from(PlacementType),
        "year": st.sampled_from(("2015/16", "2021/22", "2024/25", "2025/26")),
        "limit": st.integers(1, 5),
    },
    "analyse_sufficiency": {
        "local_authority": st.sampled_from(PLACES),
        "placement_type": st.sampled_from(PlacementType),
        "needs": st.lists(st.sampled_from(Need), max_size=2, unique=True),
        "gender": st.sampled_from(Gender),
        "age_from": st.integers(0, 10),
        "age_to": st.integers(10, 25),
        "group_by": st.sampled_from(("local_authority", "need", "year")),
    },
    "trace_journeys": {
        "local_authority": st.sampled_from(PLACES),
        "placement_type": st.sampled_from(PlacementType),
        "min_weekly_cost": st.integers(100, 30_000),
        "min_moves": st.integers(0, 8),
    },
    "benchmark_price": {
        "placement_type": st.sampled_from(PlacementType),
        "needs": st.lists(st.sampled_from(Need), max_size=2, unique=True),
        "age": st.integers(0, 25),
        "local_authority": st.sampled_from(PLACES),
        "route": st.sampled_from(Route),
        "weekly_price": st.integers(100, 30_000),
    },
    "compare_contracts": {
        "places": st.integers(1, 40),
        "spot_price": st.integers(500, 20_000),
        "block_price": st.integers(500, 20_000),
        "occupancy": st.integers(1, 100).map(lambda share: share / 100),
        "years": st.integers(1, 10),
        "void_share": st.integers(0, 100).map(lambda share: share / 100),
        "annual_uplift": st.integers(0, 20).map(lambda share: share / 100),
    },
    "estimate_delivery_cost": {
        "placement_type": st.sampled_from(("residential", "supported_accommodation")),
        "places": st.integers(1, 12),
        "occupancy": st.integers(30, 100).map(lambda share: share / 100),
        "staff_per_shift": st.integers(0, 6),
        "margin": st.integers(0, 40).map(lambda share: share / 100),
    },
    "model_invest_to_save": {
        "children": st.integers(1, 60),
        "weekly_cost_now": st.integers(300, 20_000),
        "weekly_cost_after": st.integers(300, 20_000),
        "set_up_cost": st.integers(0, 5_000_000),
        "take_up": st.integers(0, 100).map(lambda share: share / 100),
        "years": st.integers(1, 10),
    },
    "forecast_spend": {
        "local_authority": st.sampled_from(PLACES),
        "placement_type": st.sampled_from(PlacementType),
        "months": st.integers(1, 24),
        "annual_uplift": st.integers(0, 20).map(lambda share: share / 100),
        "scenario": st.sampled_from(("low", "central", "high")),
    },
    "forecast_demand": {
        "local_authority": st.sampled_from(PLACES),
        "placement_type": st.sampled_from(PlacementType),
        "months": st.integers(1, 24),
    },
    "provider_outcomes": {
        "placement_type": st.sampled_from(PlacementType),
        "local_authority": st.sampled_from(PLACES),
        "sort_by": st.sampled_from(
            ("disruption", "planned_endings", "moves", "stay", "rating")
        ),
    },
    "find_providers": {
        "near": st.sampled_from(PLACES),
        "age": st.integers(0, 17),
        "gender": st.sampled_from(Gender),
        "needs": st.lists(st.sampled_from(Need), max_size=2, unique=True),
        "placement_type": st.sampled_from(PlacementType),
        "max_weekly_price": st.integers(100, 9_000),
        "with_vacancy": st.booleans(),
        "sort_by": st.sampled_from(("match", "distance", "price", "rating")),
    },
}  # fmt: skip
QUESTIONS = (
    "what is it, and which is the lowest?",
    "how much does it cost a year, over 5 years?",
    "how many were there last year, and why were they refused?",
)
NEEDED = {"model_invest_to_save": {"scheme": ("fostering_fee", "in_house_beds")}}


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("tool", ANY)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_arguments_make_a_sentence_that_must_be_struck(
    region_dir: Path, viewer: str, tool: str, data: st.DataObject
) -> None:
    needed = {
        name: st.sampled_from(values) for name, values in NEEDED.get(tool, {}).items()
    }
    arguments = data.draw(st.fixed_dictionaries(needed, optional=ANY[tool]))
    question = data.draw(st.sampled_from(QUESTIONS))
    try:
        draft, _ = asked(opened(region_dir, viewer), question, (tool, arguments))
    except RECOVERABLE:
        return  # refused by the tool itself
    assert draft.status in ("answered", "not_in_evidence")
    assert first_statement(draft).strip()
    assert not re.search(r"\b(?:nan|inf)\b", draft.text)
    assert not re.search(r"\bNone(?! of)", draft.text)


def test_every_tool_has_its_own_answer(region_dir: Path) -> None:
    assert {*ANY, "provider_profile", "search_documents"} == {*TOOLS}


@pytest.mark.parametrize(
    "tool",
    [
        "summarise_placements",
        "provider_spend",
        "analyse_sufficiency",
        "trace_journeys",
        "forecast_spend",
        "forecast_demand",
    ],
)
def test_of_an_authority_without_data_nothing_is_said_but_that(
    region_dir: Path, tool: str
) -> None:
    call = (tool, {"local_authority": "Cornwall"})
    draft, _ = asked(opened(region_dir, "evaluator"), "what of Cornwall?", call)
    assert draft.status == "not_in_evidence"
    assert "£" not in draft.text


def test_a_search_that_finds_nothing_says_what_ruled_out_most(region_dir: Path) -> None:
    arguments = {"near": "Kent", "age": 2, "placement_type": "secure"}
    draft, ledger = asked(
        opened(region_dir, "region"), "any?", ("find_providers", arguments)
    )
    excluded = ledger.entries[0].result.data.excluded
    most = max(excluded, key=lambda reason: excluded[reason])
    assert draft.text.startswith("**None of the")
    assert f"The commonest reason: {excluded[most]} {most}" in draft.text


def test_withheld_figures_are_told_in_words(region_dir: Path) -> None:
    arguments = {"local_authority": "Isle of Wight", "needs": ["fire_setting"]}
    call = ("summarise_placements", arguments)
    draft, _ = asked(opened(region_dir, "region"), "how many?", call)
    assert "withheld, for few children or none" in first_statement(draft)


def test_data_comes_before_documents(region_dir: Path) -> None:
    question = "What do the Regulation 44 reports say about missing episodes?"
    documents = ("search_documents", {"query": question, "kinds": ["reg44"]})
    data = ("summarise_placements", {"local_authority": "Kent"})
    draft, _ = asked(opened(region_dir, "region"), question, documents, data)
    assert draft.text.index("Kent had") < draft.text.index("What documents say")
    assert "“" in draft.text


def test_documents_that_answer_nothing_are_left_out_beside_data(
    region_dir: Path,
) -> None:
    question = "How many zeppelins does Kent have?"
    calls = (
        ("summarise_placements", {"local_authority": "Kent"}),
        ("search_documents", {"query": question}),
    )
    draft, _ = asked(opened(region_dir, "region"), question, *calls)
    assert "documents" not in draft.text


def test_documents_answer_the_question_that_was_for_them(region_dir: Path) -> None:
    query = "What do the Regulation 44 reports say about missing episodes?"
    calls = (
        ("summarise_placements", {"local_authority": "Kent"}),
        ("search_documents", {"query": query, "kinds": ["reg44"]}),
    )
    whole = f"How many children does Kent look after? {query}"
    draft, _ = asked(opened(region_dir, "region"), whole, *calls)
    assert "What documents say:" in draft.text
    assert "“" in draft.text


def test_several_questions_are_answered_each_in_turn(region_dir: Path) -> None:
    calls = [
        ("forecast_demand", {"local_authority": place, "months": 12})
        for place in ("Kent", "Surrey")
    ]
    draft, _ = asked(opened(region_dir, "region"), "Kent and Surrey?", *calls)
    leads = [line for line in draft.text.splitlines() if line.startswith("*On ")]
    assert leads == ["*On children to come: Kent*", "*On children to come: Surrey*"]
    assert len(draft.suggestions) == 3


def test_relative_dates_count_from_a_day_that_is_said(region_dir: Path) -> None:
    call: tuple[str, dict[str, Any]] = ("provider_spend", {})
    knowledge = opened(region_dir, "region")
    draft, _ = asked(knowledge, "Who got the most last year?", call)
    assert "Dates count from 31 March 2026" in draft.text
    draft, _ = asked(knowledge, "Who got the most in 2025/26?", call)
    assert "Dates count from" not in draft.text


def test_a_published_figure_stands_beside_ours(region_dir: Path) -> None:
    from tools.published_checks import published_checks

    check_ = next(one for one in published_checks() if one.tool == "compare_contracts")
    arguments = {
        name: int(value) if name == "places" else value
        for name, value in check_.arguments.items()
    }
    call = ("compare_contracts", arguments)
    draft, ledger = asked(opened(region_dir, "region"), "compare", call)
    published = ledger.entries[0].result.data.published
    assert published
    assert all(
        item.printed in draft.text and f"{item.ours:,.0f}" in draft.text
        for item in published
    )


def test_of_a_comparison_the_groups_that_are_named_come_first(
    region_dir: Path,
) -> None:
    arguments = {"measure": "share_out_of_area", "group_by": ["local_authority"]}
    question = "what share of Surrey's children live outside it, against Kent's?"
    draft, _ = asked(
        opened(region_dir, "evaluator"), question, ("summarise_placements", arguments)
    )
    lead = first_statement(draft)
    assert "Surrey" in lead
    assert "Kent" in lead
    assert "highest" not in lead


def test_each_form_of_contract_that_is_asked_about_is_told(region_dir: Path) -> None:
    terms = {"places": 5, "spot_price": 6200, "occupancy": 0.8, "void_share": 0.5}
    draft, ledger = asked(
        opened(region_dir, "region"),
        "What would a retainer, cost plus or a soft block cost us for 5 beds?",
        ("compare_contracts", terms),
    )
    forms = {form.form: form for form in ledger.entries[0].result.data.forms}
    for named in ("retainer", "cost_plus", "soft_block"):
        assert f"£{forms[named].a_year:,.0f} a year" in draft.text
    assert "A framework costs" not in draft.text
