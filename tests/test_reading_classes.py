"""Ways of saying one thing: each class of expression, and what it is read as."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.follow_up import kind_of
from assistant.intents.clauses import clauses
from assistant.readers.money import read_amounts
from assistant.readers.shares import read_shares
from assistant.readers.spoken import in_figures
from assistant.understanding import understand
from corpus.geography import Gazetteer


def stated(question: str) -> dict[str, Any]:
    return understand(question, Gazetteer.load()).provider_arguments()


@pytest.mark.parametrize(
    ("spoken", "figures"),
    [
        ("six and a half thousand a week", "£6500 a week"),
        ("three hundred and ten thousand a year", "£310000 a year"),
        ("nine hundred and fifty pounds a night", "£950 pounds a night"),
        ("fourteen pounds fifty an hour", "£14.50 an hour"),
        ("go up five and a half percent", "go up 5.5 percent"),
        ("the year twenty four twenty five", "the year 2024/25"),
        ("since april twenty twenty five", "since april 2025"),
        ("two hundred children", "200 children"),
        ("one point two million", "£1200000"),
        ("half a million", "half a million"),
        ("a boy of twelve and a girl of nine", "a boy of twelve and a girl of nine"),
    ],
)
def test_dictated_numbers_are_put_into_figures(spoken: str, figures: str) -> None:
    assert in_figures(spoken) == figures


@given(st.text(alphabet="abcdefghij ,.£0123456789", max_size=60))
def test_text_without_number_words_stays_as_it_is(text: str) -> None:
    assert in_figures(text) == text


@given(st.integers(1, 9), st.integers(1, 9))
def test_thousands_and_hundreds_in_words_are_their_sum(many: int, few: int) -> None:
    words = "zero one two three four five six seven eight nine".split()
    (amount,) = read_amounts(
        in_figures(f"{words[many]} thousand {words[few]} hundred pounds a week")
    )
    assert amount.weekly == 1000 * many + 100 * few


@pytest.mark.parametrize(
    ("question", "ages", "siblings"),
    [
        ("boy 6 and his sister 9 together near Dover", [6, 9], 2),
        ("brother (12) and sister (14) same placement", [12, 14], 2),
        ("sibling pair, 3 and 5, fostering", [3, 5], 2),
        ("sib group x4 (2, 5, 7, 11) IFA", [2, 5, 7, 11], 4),
        ("a nine year old boy and his six year old sister together", [6, 9], 2),
    ],
)
def test_siblings_told_one_by_one_are_a_group(
    question: str, ages: list[int], siblings: int
) -> None:
    read = stated(question)
    assert (read["ages"], read["siblings"]) == (ages, siblings)


@pytest.mark.parametrize(
    "aside",
    [
        "brother and sister live elsewhere",
        "two sisters live with gran",
        "his brother, 16, lives with dad",
        "an older sister is adopted",
    ],
)
def test_siblings_who_live_elsewhere_are_not_placed(aside: str) -> None:
    read = stated(f"fostering for a lad of 9, {aside}, near Reading")
    assert (read["age"], read["gender"]) == (9, "male")
    assert not {"ages", "siblings"} & read.keys()


@given(st.integers(10, 17))
def test_an_age_between_commas_is_the_childs(age: int) -> None:
    assert stated(f"he has never been violent, {age}, near Slough")["age"] == age


@given(st.integers(0, 12), st.integers(1, 5))
def test_a_range_of_ages_is_both_its_ends(low: int, more: int) -> None:
    read = stated(f"homes near Brighton for {low} to {low + more} year olds")
    assert (read["age_from"], read["age_to"]) == (low, low + more)
    assert not {"age", "ages"} & read.keys()


@pytest.mark.parametrize(
    "limit",
    [
        "we can't go above £6,500 pw",
        "ceiling £6,500 a week",
        "£6,500 a week tops",
        "£6,500 a week and not a penny over",
        "no more than six and a half thousand a week",
        "we can only afford £6,500 a week",
        "our envelope for this child is £6,500 a week",
    ],
)
def test_the_most_that_may_be_paid(limit: str) -> None:
    assert stated(f"resi near Oxford, boy of 15, {limit}")["max_weekly_price"] == 6500


@pytest.mark.parametrize(
    "said",
    ["nothing below good", "good as a minimum", "at the very least good", "good+"],
)
def test_the_lowest_grade(said: str) -> None:
    assert stated(f"resi near Oxford, boy of 15, {said}")["min_rating"] == "good"


@pytest.mark.parametrize(
    "said", ["not in Medway", "anywhere but Medway", "anywhere except Medway"]
)
def test_a_place_that_is_not_wanted_is_left_out(said: str) -> None:
    read = stated(f"residential near Maidstone for a boy of 15, {said}")
    assert (read["near"], read["outside"]) == ("Maidstone", ["Medway"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("four fifths of its beds filled", 0.8),
        ("a margin of zero", 0.0),
        ("no profit", 0.0),
        ("three quarters of the void", 0.75),
        ("nine in ten", 0.9),
    ],
)
def test_shares_in_words(text: str, value: float) -> None:
    assert [share.value for share in read_shares(text)] == [value]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("1) Surrey fostering, average cost. 2) Surrey spend forecast", 2),
        ("gaps between what is sought and what is secured, for girls", 1),
        ("no self harm; risk of exploitation; girl 15 Portsmouth", 1),
    ],
)
def test_what_is_asked_twice(question: str, parts: int) -> None:
    assert len(clauses(question)) == parts


@pytest.mark.parametrize(
    "turn",
    [
        "Suppose they come down to £6,200.",
        "Occupancy I would put at 80%, if I am being honest with myself and you all.",
        "Assume that nine beds in ten are filled.",
        "Now the following financial year instead, please.",
    ],
)
def test_a_statement_changes_what_was_asked_before(turn: str) -> None:
    assert kind_of(turn) == "change"
