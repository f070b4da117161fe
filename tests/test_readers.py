from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers.child import OLDEST, read_ages, read_gender, read_siblings
from assistant.readers.needs import read_needs
from assistant.readers.places import read_places, read_radius
from assistant.readers.terms import (
    read_flags,
    read_limit,
    read_max_weekly_price,
    read_min_rating,
    read_placement_types,
    read_sort,
)
from assistant.understanding import understand
from corpus.codes import Gender, Need, OfstedRating
from corpus.geography import Gazetteer


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("14-year-old boys", (14,)),
        ("14yo lad", (14,)),
        ("a 14 yr old girl", (14,)),
        ("a boy of 14 who", (14,)),
        ("girl aged 12", (12,)),
        ("a fourteen-year-old", (14,)),
        ("YP, 15yo F", (15,)),
        ("15F, self-harm", (15,)),
        ("M, 14, CSE", (14,)),
        ("she's 13 and", (13,)),
        ("aged 13 to 15", (13,)),
        ("13–15 year olds", (13,)),
        ("two brothers, 7 and 10", (7, 10)),
        ("siblings aged 6, 8 and 11", (6, 8, 11)),
        ("boy 12 near Dover, 25 miles", (12,)),
        ("just turned 13", (13,)),
        ("he is 12 and she is 9", (9, 12)),
        ("a baby 6 weeks old", (0,)),
        ("[31mred[0m homes", ()),
        ("on the M20 near junction 8", ()),
        ("within 14 miles", ()),
        ("for 14 weeks", ()),
        ("a home for 3 children", ()),
        ("in 2024", ()),
    ],
)
def test_ages_are_read_as_officers_write_them(text: str, ages: tuple[int, ...]) -> None:
    reading = read_ages(text)
    assert (reading.value if reading else ()) == ages


@given(st.integers(0, OLDEST), st.sampled_from(["{}-year-old", "{}yo", "aged {}"]))
def test_any_age_is_read_and_its_span_holds_it(age: int, form: str) -> None:
    text = f"a boy, {form.format(age)}, near Kent"
    reading = read_ages(text)
    assert reading is not None
    assert reading.value == (age,)
    assert str(age) in text[reading.start : reading.end]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("14-year-old boys", Gender.MALE),
        ("14yo lad", Gender.MALE),
        ("14yo M, CSE", Gender.MALE),
        ("15F with", Gender.FEMALE),
        ("a young woman", Gender.FEMALE),
        ("non-binary young person", Gender.OTHER),
        ("a brother and sister", None),
        ("boys and girls", None),
        ("a young person", None),
        ("homes that don't take boys", None),
        ("the M2 corridor", None),
    ],
)
def test_gender_is_read_only_where_it_is_one(text: str, gender: Gender | None) -> None:
    reading = read_gender(text)
    assert (reading.value if reading else None) == gender


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("sibling group of 3", 3),
        ("three siblings", 3),
        ("a brother and sister", 2),
        ("a boy of 14", None),
    ],
)
def test_siblings_are_counted(text: str, count: int | None) -> None:
    reading = read_siblings(text)
    assert (reading.value if reading else None) == count


@pytest.mark.parametrize(
    ("text", "needs", "denied"),
    [
        ("with CSE risk", {Need.CSE}, set()),
        ("at risk of sexual exploitation", {Need.CSE}, set()),
        ("who is being groomed", {Need.CSE}, set()),
        ("CSE + mfc", {Need.CSE, Need.MISSING}, set()),
        ("county lines and knife crime", {Need.CCE, Need.GANGS}, set()),
        ("no history of fire-setting", set(), {Need.FIRE_SETTING}),
        ("self-harm but no CSE", {Need.SELF_HARM}, {Need.CSE}),
        ("not violent, just anxiety", {Need.MENTAL_HEALTH}, {Need.VIOLENCE}),
        ("fire setting or self harming", {Need.FIRE_SETTING, Need.SELF_HARM}, set()),
        ("no arson or violence", set(), {Need.FIRE_SETTING, Need.VIOLENCE}),
        ("not in Kent because of gangs", {Need.GANGS}, set()),
        ("autistic with LD", {Need.AUTISM, Need.LEARNING_DISABILITY}, set()),
        ("what is missing from the statement", set(), set()),
        ("the old ld of the ship", set(), set()),
    ],
)
def test_needs_and_their_denial_are_read(
    text: str, needs: set[Need], denied: set[Need]
) -> None:
    reading = read_needs(text)
    assert (set(reading.needs), set(reading.denied)) == (needs, denied)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("under £5,000 a week", 5000.0),
        ("max £4.5k pw", 4500.0),
        ("up to £260,714 a year", 4999.99),
        ("budget £5,000pw", 5000.0),
        ("max 5k/wk", 5000.0),
        ("less than 5000 a week", 5000.0),
        ("under 5000", 5000.0),
        ("£5,000pw max", 5000.0),
        ("between £4,000 and £5,000 a week", 5000.0),
        ("under 16", None),
        ("at £5,000 a week", None),
        ("over £5,000 a week", None),
        ("within 20 miles", None),
    ],
)
def test_price_limits_are_brought_to_a_week(text: str, value: float | None) -> None:
    reading = read_max_weekly_price(text)
    assert (reading.value if reading else None) == value


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("good or better", OfstedRating.GOOD),
        ("good+ homes", OfstedRating.GOOD),
        ("rated outstanding", OfstedRating.OUTSTANDING),
        ("outstanding or good", OfstedRating.GOOD),
        ("nothing inadequate", OfstedRating.REQUIRES_IMPROVEMENT),
        ("which homes are outstanding?", OfstedRating.OUTSTANDING),
        ("not inadequate or requires improvement", OfstedRating.GOOD),
        (
            "good, outstanding or requires improvement",
            OfstedRating.REQUIRES_IMPROVEMENT,
        ),
        ("a good match for him", None),
    ],
)
def test_lowest_grade_is_read(text: str, rating: OfstedRating | None) -> None:
    reading = read_min_rating(text)
    assert (reading.value if reading else None) == rating


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("resi", ["residential"]),
        ("a children's home", ["residential"]),
        ("IFA", ["fostering"]),
        ("a secure children’s home", ["secure"]),
        ("residential special school", ["residential_school"]),
        ("IFA or resi", ["fostering", "residential"]),
        ("not fostering", []),
        ("somewhere", []),
    ],
)
def test_placement_types_are_read(text: str, kinds: list[str]) -> None:
    assert list(read_placement_types(text)) == kinds


def test_flags_orders_and_limits_are_read() -> None:
    assert read_flags("solo, tonight, with a vacancy") == {
        "solo": True,
        "same_day": True,
        "with_vacancy": True,
    }
    assert read_flags("not a solo placement") == {}
    assert read_sort("the cheapest") == "price"
    assert read_limit("the three nearest") == 3
    assert read_radius("within 20 miles") == 20
    assert read_radius("a 32 km radius") == 19.9
    assert read_radius("more than 20 miles away") is None


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("providers near Kent", {"near": ("Kent",)}),
        ("homes in Surrey", {"inside": "Surrey"}),
        ("in or around Surrey", {"near": ("Surrey",)}),
        ("Who in Kent or nearby could", {"near": ("Kent",)}),
        ("Maidstone area, resi", {"near": ("Maidstone",)}),
        ("in the Kent area", {"near": ("Kent",)}),
        ("within 10 miles of Dover", {"near": ("Dover",), "radius_miles": 10}),
        ("near Kent and Medway", {"near": ("Kent", "Medway")}),
        ("in the Dover district", {"within": ("Dover",)}),
        ("near ME15", {"near": ("ME15",)}),
        ("near Brighton & Hove", {"near": ("Brighton and Hove",)}),
        ("homes for a girl", {}),
        ("not in Medway", {"left_out": ("Medway",)}),
        ("anywhere except Kent", {"left_out": ("Kent",)}),
        ("at least 50 miles from Medway", {"left_out": ("Medway",)}),
        ("homes near Timbuktu", {"unknown": ("Timbuktu",)}),
    ],
)
def test_places_are_near_inside_or_within(text: str, slots: dict[str, Any]) -> None:
    reading = read_places(text, Gazetteer.load())
    stated = reading.model_dump(exclude_defaults=True, exclude={"spans"})
    assert stated == slots


HEADLINE = {"near": "Kent", "age": 14, "gender": "male", "needs": ["cse"]}


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        ("which providers near Kent take 14-year-old boys with CSE risk", HEADLINE),
        (
            "Who in Kent or nearby could take a boy of 14 who is being groomed?",
            HEADLINE,
        ),
        (
            "14yo lad, at risk of sexual exploitation, Maidstone area, resi",
            {**HEADLINE, "near": "Maidstone", "placement_type": "residential"},
        ),
        (
            "15yo F, self-harm + mfc, within 25 miles of Guildford, max £4.5k pw",
            {
                "near": "Guildford",
                "radius_miles": 25.0,
                "age": 15,
                "gender": "female",
                "needs": ["self_harm", "missing"],
                "max_weekly_price": 4500.0,
            },
        ),
    ],
)
def test_arguments_hold_what_the_question_states_and_nothing_else(
    question: str, arguments: dict[str, Any]
) -> None:
    assert understand(question, Gazetteer.load()).provider_arguments() == arguments


@given(st.text(max_size=300))
def test_no_text_breaks_the_readers(text: str) -> None:
    read = understand(text, Gazetteer.load())
    assert all(0 <= age <= OLDEST for age in read.ages)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("a home for a 17.5 year old", 17),
        ("a 12.5-year-old girl near Reading", 12),
        ("a 17 1/2 year old", 17),
        ("a 9½ year old", 9),
    ],
)
def test_half_a_year_is_left_off_an_age(text: str, age: int) -> None:
    reading = read_ages(text)
    assert reading is not None
    assert reading.value == (age,)


@pytest.mark.parametrize(
    "text",
    [
        "a lass of 15 who must not be placed with lads",
        "girl of 12, not alongside other boys",
    ],
)
def test_children_to_live_with_are_not_the_child(text: str) -> None:
    reading = read_gender(text)
    assert reading is not None
    assert reading.value is Gender.FEMALE
