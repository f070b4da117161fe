from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codes import Gender, Need, OfstedRating, PlacementType, Route
from corpus.geography import Gazetteer
from corpus.importing.cells import (
    OLDEST,
    Reading,
    Unreadable,
    is_blank,
    read_age,
    read_age_range,
    read_choice,
    read_distance,
    read_number,
    read_whole,
    read_yes_no,
)
from corpus.importing.dates import fits_both_orders, month_first_only, read_date
from corpus.importing.money import WEEKS_A_YEAR, period_named, read_weekly_money
from corpus.importing.terms import (
    need_named,
    read_authority,
    read_gender,
    read_genders,
    read_needs,
    read_placement_type,
    read_rating,
    read_route,
)

PARSERS: list[Callable[[str], Reading[Any]]] = [
    read_age,
    read_age_range,
    read_date,
    read_distance,
    read_gender,
    read_genders,
    read_needs,
    read_number,
    read_placement_type,
    read_rating,
    read_route,
    read_weekly_money,
    read_whole,
    read_yes_no,
    lambda text: read_authority(text, Gazetteer.load()),
]
ODD_TEXT = st.text(max_size=30) | st.text("0123456789.,/-£ pwycm", max_size=15)
DAYS = st.dates(date(1970, 1, 1), date(2060, 12, 31))


@given(ODD_TEXT, st.sampled_from(PARSERS))
def test_any_cell_is_read_or_said_to_be_unreadable(
    text: str, parser: Callable[[str], Reading[Any]]
) -> None:
    try:
        reading = parser(text)
    except Unreadable as fault:
        assert fault.why
        assert fault.remedy
    else:
        assert reading.note == "" or reading.value is not None


@given(st.sampled_from(PARSERS), st.sampled_from(["", " ", "-", "N/A", "Not known"]))
def test_blank_cells_hold_nothing(
    parser: Callable[[str], Reading[Any]], text: str
) -> None:
    assert not parser(text).value


@given(DAYS)
def test_every_way_of_writing_a_day_means_that_day(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day.isoformat()}T09:30",
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y 00:00}",
        f"{day.day} {day:%b %Y}",
        f"{day:%d-%b-%Y}",
        f"{day:%A %d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%Y%m%d}",
        str((day - date(1899, 12, 30)).days),
    ]
    assert {read_date(form).value for form in forms} == {day}


@given(DAYS)
def test_only_the_iso_form_of_a_date_goes_without_a_note(day: date) -> None:
    assert read_date(day.isoformat()).note == ""
    assert read_date(f"{day:%d/%m/%Y}").note == "read day first"


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)))
def test_two_digit_years_lie_between_1969_and_2068(day: date) -> None:
    assert read_date(f"{day.day}/{day.month}/{day:%y}").value == day
    assert read_date(f"{day.day} {day:%b %y}").value == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("04/25/2023", "there is no month 25"),
        ("31/02/2023", "no such day"),
        ("2023-13-01", "no such day"),
        ("Apr 2023", "not a whole date"),
        ("04/2023", "not a whole date"),
        ("2023", "not a whole date"),
        ("4557.00", "not a whole date"),
        ("12 Foo 2023", "'Foo' is not a month"),
        ("soon", "not a whole date"),
    ],
)
def test_what_is_no_day_is_said(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_date(text)


def test_a_column_of_dates_shows_when_it_is_written_month_first() -> None:
    column = ["01/04/2023", "04/25/2023", "13/04/2023", "2023-04-01"]
    assert month_first_only(column) == ("04/25/2023",)
    assert [text for text in column if fits_both_orders(text)] == ["01/04/2023"]
    assert read_date("04/25/2023", "month_first").value == date(2023, 4, 25)


@given(st.integers(0, 99_999_999))
def test_money_is_read_to_the_penny_however_it_is_dressed(pence: int) -> None:
    pounds = pence / 100
    forms = ["{:.2f}", "£{:,.2f}", "£ {:.2f} pw", "{:,.2f} per week", "GBP {:.2f}/wk"]
    assert {read_weekly_money(form.format(pounds)).value for form in forms} == {pounds}


@pytest.mark.parametrize(
    ("text", "weekly"),
    [
        ("4557 pw", 4557.0),
        ("£4.5k", 4500.0),
        ("4,557 p.w.", 4557.0),
        ("£7000 per fortnight", 3500.0),
        ("£600 per night", 4200.0),
        ("£19,800 pcm", round(19_800 * 12 / WEEKS_A_YEAR, 2)),
        ("£237,250 per annum", 4550.0),
        ("Nil", 0.0),
    ],
)
def test_an_amount_becomes_weekly_by_the_period_it_names(
    text: str, weekly: float
) -> None:
    reading = read_weekly_money(text)
    assert reading.value == pytest.approx(weekly, abs=0.01)
    assert reading.note


def test_a_cells_own_period_comes_before_its_columns() -> None:
    assert read_weekly_money("£19,800", "month").value == pytest.approx(4556.71)
    assert read_weekly_money("£4,557 pw", "month").value == 4557.0


@pytest.mark.parametrize(
    "text",
    "-£300|(£300)|€300|$300|4.557,00|£4,55|£3000-£4000|=A1*2|£4557 + VAT|about 4000"
    "|12/05/2023|£4557 per bed-night block".split("|"),
)
def test_what_is_no_single_amount_in_pounds_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read_weekly_money(text)


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("Wkly £", "week"),
        ("Cost (PCM)", "month"),
        ("Annual cost", "year"),
        ("Nightly rate", "day"),
        ("Fee", None),
        ("Start of payments", None),
    ],
)
def test_headers_name_the_period_of_their_money(
    header: str, period: str | None
) -> None:
    assert period_named(header) == period


@given(st.integers(0, OLDEST))
def test_ages_are_read_as_people_write_them(age: int) -> None:
    forms = ["{}", "{}y", "{} yrs", "{} years old", "{}yo", "Age {}", "{}y 3m", "{}.0"]
    assert {read_age(form.format(age)).value for form in forms} == {age}


@pytest.mark.parametrize("text", ["26", "-1", "14-15", "fourteen?", "1400", "14 units"])
def test_what_is_no_age_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        read_age(text)


def test_infants_are_counted_in_months_and_weeks() -> None:
    assert read_age("8 months").value == 0
    assert read_age("18m").value == 1
    assert read_age("6 wks").value == 0


@given(st.integers(0, OLDEST), st.integers(0, OLDEST))
def test_age_ranges_run_from_youngest_to_oldest(first: int, second: int) -> None:
    low, high = sorted((first, second))
    for form in ("{}-{}", "{} to {}", "{}–{} years", "Ages {} - {}"):
        assert read_age_range(form.format(low, high)).value == (low, high)
    if low != high:
        with pytest.raises(Unreadable):
            read_age_range(f"{high}-{low}")


def test_an_age_range_that_a_spreadsheet_made_a_date_is_told() -> None:
    with pytest.raises(Unreadable, match="spreadsheet"):
        read_age_range("17-Aug")


@given(st.integers(0, 10**9))
def test_whole_numbers_survive_their_thousands_separators(number: int) -> None:
    assert read_whole(f"{number:,}").value == number
    assert read_whole(f"{number}.0").value == number
    assert read_number(f"{number}.5").value == number + 0.5


def test_kilometres_become_miles() -> None:
    assert read_distance("12.4 miles").value == 12.4
    assert read_distance("20km").value == pytest.approx(12.43, abs=0.01)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Y", True), ("no", False), ("✓", True), ("x", True), ("0", False), ("", None)],
)
def test_yes_and_no_come_in_letters_and_ticks(text: str, value: bool | None) -> None:
    assert read_yes_no(text).value is value


def test_a_choice_forgives_a_slip_and_refuses_a_tie() -> None:
    grades = {"Outstanding": 1, "Inadequate": 4, "Adequate": 3}
    assert read_choice("outstanding ", grades) == Reading(1, "read as 'Outstanding'")
    assert read_choice("Outstandng", grades).value == 1
    assert read_choice("Adequate", grades) == Reading(3)
    with pytest.raises(Unreadable, match="not on the list"):
        read_choice("Splendid", grades)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Resi", PlacementType.RESIDENTIAL),
        ("RES", PlacementType.RESIDENTIAL),
        ("IFA", PlacementType.FOSTERING),
        ("In-house foster care", PlacementType.FOSTERING),
        ("Kinship foster care", PlacementType.KINSHIP),
        ("Fostering - Parent and child", PlacementType.PARENT_AND_CHILD),
        ("Unregistered residential", PlacementType.UNREGISTERED),
        ("Semi-indep", PlacementType.SUPPORTED_ACCOMMODATION),
        ("52 week Residential School/College", PlacementType.RESIDENTIAL_SCHOOL),
        ("Secure children's home", PlacementType.SECURE),
        ("supported_accommodation", PlacementType.SUPPORTED_ACCOMMODATION),
    ],
)
def test_placement_types_are_read_in_the_fields_words(
    text: str, kind: PlacementType
) -> None:
    assert read_placement_type(text).value is kind


@pytest.mark.parametrize("text", ["Residential or IFA", "Hotel", "42"])
def test_no_placement_type_is_guessed(text: str) -> None:
    with pytest.raises(Unreadable):
        read_placement_type(text)


@given(st.permutations(list(Need)), st.integers(1, 6))
def test_listed_needs_come_back_whatever_their_order(
    needs: list[Need], count: int
) -> None:
    listed = "; ".join(needs[:count])
    assert set(read_needs(listed).value or ()) == set(needs[:count])


def test_words_that_name_no_need_are_told() -> None:
    reading = read_needs("CSE, MFC, football")
    assert reading.value == (Need.CSE, Need.MISSING)
    assert "football" in reading.note


@pytest.mark.parametrize("text", ["CSE; no self-harm", "not known to use drugs"])
def test_a_need_that_is_denied_is_not_loaded(text: str) -> None:
    with pytest.raises(Unreadable, match="denial"):
        read_needs(text)


def test_a_header_may_name_one_need() -> None:
    assert need_named("Risk: CSE") is Need.CSE
    assert need_named("Start date") is None
    assert need_named("CSE or CCE") is None


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("M", Gender.MALE),
        ("girl", Gender.FEMALE),
        ("Female (including trans female)", Gender.FEMALE),
        ("Non-binary", Gender.OTHER),
        ("Other", Gender.OTHER),
        ("U", None),
    ],
)
def test_gender_comes_in_letters_and_words(text: str, gender: Gender | None) -> None:
    assert read_gender(text).value is gender


def test_settings_that_take_all_take_boys_and_girls() -> None:
    assert read_genders("Mixed").value == (Gender.MALE, Gender.FEMALE)
    assert read_genders("Boys only").value == (Gender.MALE,)


def test_grades_and_routes_are_read_by_their_usual_labels() -> None:
    assert (
        read_rating("Requires Improvement").value is OfstedRating.REQUIRES_IMPROVEMENT
    )
    assert read_rating("Not yet inspected").value is None
    assert read_route("Spot purchase").value is Route.SPOT
    assert read_route("Local framework").value is Route.FRAMEWORK
    assert read_route("Direct Award / Off Framework").value is Route.SPOT
    with pytest.raises(Unreadable):
        read_rating("Satisfactory")


def test_authorities_get_their_usual_names() -> None:
    gazetteer = Gazetteer.load()
    assert read_authority("Kent County Council", gazetteer) == Reading(
        "Kent", "read as 'Kent'"
    )
    with pytest.raises(Unreadable, match="Narnia"):
        read_authority("Narnia", gazetteer)


def test_blank_words_are_not_blank_where_a_mark_says_something() -> None:
    assert is_blank("n/a")
    assert is_blank("—")
    assert not is_blank("✓")
    assert not is_blank("£")


@given(st.integers(21_916, 60_000))
def test_serial_dates_count_days_from_the_same_origin(serial: int) -> None:
    first, second = read_date(str(serial)).value, read_date(str(serial + 1)).value
    assert first is not None
    assert second == first + timedelta(days=1)
