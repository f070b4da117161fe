"""Conversations: what a later turn changes, refers to, or begins afresh."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.engine import Assistant
from assistant.session import Session
from assistant.settings import Settings

BOY: dict[str, Any] = {"near": "Maidstone", "age": 14, "gender": "male"}
BOY_NEAR = "Which homes near Maidstone take boys of 14?"
GAPS = "Where are the gaps for girls in Surrey?"
COUNT = "How many children are in residential placements in Kent?"
CONTRACT = "Compare a block of 4 beds at £4,500 a week with spot at £5,200."
BLOCK = {"places": 4, "block_price": 4500, "spot_price": 5200}
RUN = "What should a 3 bed home cost to run?"
CONVERSATIONS: list[tuple[list[str], str, dict[str, Any]]] = [
    ([BOY_NEAR, "what about girls?"], "find_providers", BOY | {"gender": "female"}),
    ([BOY_NEAR, "within 30 miles"], "find_providers", BOY | {"radius_miles": 30}),
    ([BOY_NEAR, "only outstanding"], "find_providers",
     BOY | {"min_rating": "outstanding"}),
    ([BOY_NEAR, "and in Hampshire?"], "find_providers",
     {"age": 14, "gender": "male", "local_authority": "Hampshire"}),
    ([BOY_NEAR, "no, I meant 15"], "find_providers", BOY | {"age": 15}),
    ([BOY_NEAR, "no, within 20 miles"], "find_providers", BOY | {"radius_miles": 20}),
    ([BOY_NEAR, "actually a girl"], "find_providers", BOY | {"gender": "female"}),
    ([BOY_NEAR, "with a vacancy"], "find_providers", BOY | {"with_vacancy": True}),
    ([BOY_NEAR, "with a vacancy", "without the vacancy"], "find_providers", BOY),
    ([BOY_NEAR, "he also has autism"], "find_providers", BOY | {"needs": ["autism"]}),
    ([BOY_NEAR, "and autism", "and CSE"], "find_providers",
     BOY | {"needs": ["autism", "cse"]}),
    ([BOY_NEAR, "and autism", "but not autism"], "find_providers", BOY),
    ([BOY_NEAR, "under £6,000 a week"], "find_providers",
     BOY | {"max_weekly_price": 6000}),
    ([BOY_NEAR, "which of those have vacancies?"], "find_providers",
     BOY | {"with_vacancy": True}),
    ([BOY_NEAR, "sort by price"], "find_providers", BOY | {"sort_by": "price"}),
    ([BOY_NEAR, "show me more"], "find_providers", BOY | {"limit": 20}),
    ([BOY_NEAR, "only fostering"], "find_providers",
     BOY | {"placement_type": "fostering"}),
    ([BOY_NEAR, "good or better", "any rating"], "find_providers", BOY),
    ([BOY_NEAR, "he has a sister of 9, and they must not be split up"],
     "find_providers", {"near": "Maidstone", "ages": [9, 14], "siblings": 2}),
    ([BOY_NEAR, "sorry, did I say fourteen, I meant twelve"], "find_providers",
     BOY | {"age": 12}),
    ([BOY_NEAR, "try Medway instead, Maidstone is full"], "find_providers",
     BOY | {"near": "Medway"}),
    ([BOY_NEAR, "Panel met at noon. Would you keep it to those under £5,500 a week?"],
     "find_providers", BOY | {"max_weekly_price": 5500}),
    ([BOY_NEAR, "new one: girl of 9, Woking"], "find_providers",
     {"near": "Woking", "age": 9, "gender": "female"}),
    ([BOY_NEAR, "+ autism", "and CSE", "the CSE risk has been lifted, leave that out"],
     "find_providers", BOY | {"needs": ["autism"]}),
    ([BOY_NEAR, "and how many children has Kent in residential?"],
     "summarise_placements",
     {"local_authority": "Kent", "placement_type": "residential", "measure": "count"}),
    ([COUNT, "And as at 31 March 2024?", "thank you; and the same for Medway"],
     "summarise_placements",
     {"local_authority": "Medway", "placement_type": "residential", "measure": "count",
      "on": "2024-03-31"}),
    (["average weekly cost of foster care in milton keynes", "split it by provider"],
     "summarise_placements",
     {"local_authority": "Milton Keynes", "placement_type": "fostering",
      "measure": "average_weekly_cost", "group_by": "provider"}),
    ([BOY_NEAR, "outstanding ones", "good will do as well"], "find_providers",
     BOY | {"min_rating": "good"}),
    ([BOY_NEAR, "only fostering", "drop the fostering, any type will do"],
     "find_providers", BOY),
    ([COUNT, "and the total"], "summarise_placements",
     {"local_authority": "Kent", "placement_type": "residential",
      "measure": "total_weekly_cost"}),
    ([BOY_NEAR, "same but F"], "find_providers", BOY | {"gender": "female"}),
    ([BOY_NEAR, "back to the day job. girl of 9, foster, nr Woking"], "find_providers",
     {"near": "Woking", "age": 9, "gender": "female", "placement_type": "fostering"}),
    ([COUNT, "right. foster nr Woking M/9"], "find_providers",
     {"near": "Woking", "age": 9, "gender": "male", "placement_type": "fostering"}),
    ([COUNT, "avg £ pw", "Medway"], "summarise_placements",
     {"local_authority": "Medway", "placement_type": "residential",
      "measure": "average_weekly_cost"}),
    ([BOY_NEAR, "typical cost?"], "benchmark_price", {"age": 14}),
    ([BOY_NEAR, "girl of 9, foster, nr Woking", "1st one again, within 30mi"],
     "find_providers", BOY | {"radius_miles": 30}),
    ([BOY_NEAR, "what about girls?", "in Surrey", "go back to the first list"],
     "find_providers", BOY),
    ([BOY_NEAR, "what about girls?", "go back to the previous list"],
     "find_providers", BOY),
    ([BOY_NEAR, "thanks", "what about girls?"], "find_providers",
     BOY | {"gender": "female"}),
    ([BOY_NEAR, "what is the weather in Leeds?", "within 30 miles"], "find_providers",
     BOY | {"radius_miles": 30}),
    (["Which homes near Maidstone take boys of 14 with CSE?", "what would that cost?"],
     "benchmark_price", {"needs": ["cse"], "age": 14}),
    ([BOY_NEAR, "why not The Ottermoor?"], "provider_profile",
     {"provider": "The Ottermoor"}),
    ([BOY_NEAR, COUNT], "summarise_placements",
     {"local_authority": "Kent", "placement_type": "residential", "measure": "count"}),
    ([COUNT, "and in fostering?"], "summarise_placements",
     {"local_authority": "Kent", "placement_type": "fostering", "measure": "count"}),
    ([COUNT, "what about Surrey?"], "summarise_placements",
     {"local_authority": "Surrey", "placement_type": "residential",
      "measure": "count"}),
    ([COUNT, "what does that cost?"], "summarise_placements",
     {"local_authority": "Kent", "placement_type": "residential",
      "measure": "average_weekly_cost"}),
    ([COUNT, "by age"], "summarise_placements",
     {"local_authority": "Kent", "placement_type": "residential", "measure": "count",
      "group_by": "age_band"}),
    ([COUNT, BOY_NEAR], "find_providers", BOY),
    ([GAPS, "and in Kent?"], "analyse_sufficiency",
     {"local_authority": "Kent", "gender": "female"}),
    ([GAPS, "only boys"], "analyse_sufficiency",
     {"local_authority": "Surrey", "gender": "male"}),
    ([GAPS, "for fostering?"], "analyse_sufficiency",
     {"local_authority": "Surrey", "gender": "female", "placement_type": "fostering"}),
    (["What will Kent spend by year end?", "in the worst case"], "forecast_spend",
     {"local_authority": "Kent", "scenario": "high"}),
    (["What will Kent spend by year end?", "over the next 3 years"], "forecast_spend",
     {"local_authority": "Kent", "months": 36}),
    (["Forecast demand for fostering in Kent", "and Surrey?"], "forecast_demand",
     {"local_authority": "Surrey", "placement_type": "fostering"}),
    ([CONTRACT, "what if occupancy is 70%?"], "compare_contracts",
     BLOCK | {"occupancy": 0.7}),
    ([CONTRACT, "and 6 beds?"], "compare_contracts", BLOCK | {"places": 6}),
    ([CONTRACT, "over 5 years"], "compare_contracts", BLOCK | {"years": 5}),
    (["Compare block and spot for 4 beds", "£4,500 block and £5,200 spot"],
     "compare_contracts", BLOCK),
    ([RUN, "with two waking nights"], "estimate_delivery_cost",
     {"places": 3, "waking_night_staff": 2}),
    ([RUN, "at 85% occupancy", "go back to the first"], "estimate_delivery_cost",
     {"places": 3}),
    (["Find a home for a child", "a boy of 14 near Maidstone"], "find_providers", BOY),
    (["Tell me about The Ottermoor", "how stable are placements there?"],
     "provider_outcomes", {"provider": "The Ottermoor"}),
    (["Tell me about The Ottermoor", "what about Wintermere End?"], "provider_profile",
     {"provider": "Wintermere End"}),
    (["Who do we pay most for residential?", "and in Kent?"], "provider_spend",
     {"placement_type": "residential", "local_authority": "Kent"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(region_dir: Path) -> Assistant:
    return Assistant.open(Settings(data_dir=region_dir))


def last_of(assistant: Assistant, turns: list[str]) -> tuple[Answer, Session]:
    session = Session([])
    answers = [assistant.answer(turn, session) for turn in turns]
    return answers[-1], session


@pytest.mark.parametrize(("turns", "tool", "arguments"), CONVERSATIONS)
def test_last_turn_calls_what_the_conversation_means(
    assistant: Assistant, turns: list[str], tool: str, arguments: dict[str, Any]
) -> None:
    answer, _ = last_of(assistant, turns)
    assert answer.tool_calls[0].name == tool
    assert answer.tool_calls[0].arguments == arguments
    assert not any(caveat.startswith("Struck") for caveat in answer.caveats)


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        ("tell me about the second one", 1),
        ("what do we know about the first?", 0),
        ("tell me more about number 3", 2),
        ("who runs the last one?", -1),
    ],
)
def test_row_of_a_list_is_known_by_its_place(
    assistant: Assistant, asked: str, row: int
) -> None:
    answer, session = last_of(assistant, [BOY_NEAR, asked])
    listed = session.turns[0].result.tables[0].rows
    assert answer.tool_calls[0].name == "provider_profile"
    assert answer.tool_calls[0].arguments == {"provider": listed[row][0]}


def test_rows_are_compared_in_their_order(assistant: Assistant) -> None:
    answer, session = last_of(assistant, [BOY_NEAR, "compare the first two"])
    listed = session.turns[0].result.tables[0].rows
    asked = [c.arguments["provider"] for c in answer.tool_calls[:2]]
    assert asked == [listed[0][0], listed[1][0]]


def test_row_that_is_not_on_the_list_is_asked_back(assistant: Assistant) -> None:
    answer, _ = last_of(assistant, [BOY_NEAR, "tell me about number 40"])
    assert answer.status == "needs_clarification"
    assert answer.suggestions


def test_why_not_names_the_criterion_that_rules_out(assistant: Assistant) -> None:
    answer, _ = last_of(assistant, [BOY_NEAR, "why not The Ottermoor?"])
    first = answer.text.splitlines()[0]
    assert "ruled out" in first
    assert "distance" in first
    assert "Maidstone" in first


def test_choice_that_was_offered_can_be_picked_by_number(assistant: Assistant) -> None:
    turns = ["What would we save with an invest to save scheme?", "the first"]
    answer, _ = last_of(assistant, turns)
    assert answer.tool_calls[0].arguments["scheme"] == "step_down"


def test_follow_up_cannot_make_a_search_unlawful(assistant: Assistant) -> None:
    turns = [BOY_NEAR, "what about supported accommodation?"]
    answer, _ = last_of(assistant, turns)
    assert answer.status == "declined"
    assert not answer.tool_calls


def test_what_was_understood_is_shown_with_every_call(assistant: Assistant) -> None:
    answer, _ = last_of(assistant, [GAPS, "and in Kent?"])
    assert answer.understood.startswith("sought against secured · Kent")
    assert "searching documents" in answer.understood


def test_declined_search_can_be_put_right(assistant: Assistant) -> None:
    turns = ["supported accommodation near Maidstone, boy of 14", "ok, fostering then"]
    answer, _ = last_of(assistant, turns)
    stated = answer.tool_calls[0].arguments
    assert (stated["placement_type"], stated["age"]) == ("fostering", 14)


def test_sibling_named_later_joins_the_group(assistant: Assistant) -> None:
    turns = [
        "brothers 5 and 8, fostering near Maidstone",
        "theres a sister too, shes 3",
    ]
    answer, _ = last_of(assistant, turns)
    stated = answer.tool_calls[0].arguments
    assert (stated["ages"], stated["siblings"]) == ([3, 5, 8], 3)
    assert "gender" not in stated


def test_distance_can_be_widened_to_a_bare_number(assistant: Assistant) -> None:
    turns = ["boy of 12 within 10 miles of Maidstone", "stretch it to 35"]
    answer, _ = last_of(assistant, turns)
    assert answer.tool_calls[0].arguments["radius_miles"] == 35
