from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.arguments import read_arguments
from assistant.readers.ages import read_age_band
from assistant.readers.durations import read_durations
from assistant.readers.money import read_amounts
from assistant.readers.needs import read_needs
from assistant.readers.periods import read_financial_year, read_on, read_since
from assistant.readers.shares import read_shares
from assistant.readers.spelling import mend_words
from corpus.codes import Need
from corpus.errors import UnknownTool
from corpus.geography import Gazetteer
from tests.questions_asked import AS_AT, knowledge_of
from tests.test_arguments_placements import GAPS, JOURNEYS, SUMMARIES
from tests.test_arguments_plans import DEMAND, SCHEMES, SPENDING
from tests.test_arguments_prices import BENCHMARKS, CONTRACTS, DELIVERIES
from tests.test_arguments_providers import OUTCOMES, SEARCHES, SPEND
from tools.registry import TOOLS

ASKED = [
    (tool, question)
    for tool, questions in {
        "summarise_placements": SUMMARIES,
        "analyse_sufficiency": GAPS,
        "trace_journeys": JOURNEYS,
        "benchmark_price": BENCHMARKS,
        "estimate_delivery_cost": DELIVERIES,
        "compare_contracts": CONTRACTS,
        "forecast_spend": SPENDING,
        "forecast_demand": DEMAND,
        "model_invest_to_save": SCHEMES,
        "provider_spend": SPEND,
        "provider_outcomes": OUTCOMES,
        "find_providers": SEARCHES,
    }.items()
    for question, _ in questions
]
BESIDE_THE_POINT = [
    "Thanks in advance.",
    "Panel meets on Friday afternoon.",
    "Please keep it brief, I am new here!",
    "Sorry for the rush.",
    "The director asked me this morning.",
    "It is for a report.",
]

reading = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(
    asked=st.sampled_from(ASKED),
    aside=st.sampled_from(BESIDE_THE_POINT),
    before=st.booleans(),
)
@reading
def test_a_sentence_beside_the_point_changes_nothing(
    region_dir: Path, asked: tuple[str, str], aside: str, before: bool
) -> None:
    tool, question = asked
    knowledge = knowledge_of(region_dir)
    ended = question if question.endswith(("?", ".")) else f"{question}."
    longer = f"{aside} {ended}" if before else f"{ended} {aside}"
    alone = read_arguments(tool, ended, knowledge).arguments
    assert read_arguments(tool, longer, knowledge).arguments == alone


@given(text=st.text(max_size=200), tool=st.sampled_from(sorted(TOOLS)))
@reading
def test_no_text_breaks_a_reading_and_what_is_read_fits_the_tool(
    region_dir: Path, text: str, tool: str
) -> None:
    found = read_arguments(tool, f"{text} £5,000 85% 2024/25", knowledge_of(region_dir))
    if not found.missing:
        TOOLS[tool].arguments.model_validate(found.arguments)


def test_an_unknown_tool_is_told(region_dir: Path) -> None:
    with pytest.raises(UnknownTool, match="no_such_tool"):
        read_arguments("no_such_tool", "anything", knowledge_of(region_dir))


@pytest.mark.parametrize(("tool", "question"), ASKED[::7])
def test_reading_twice_reads_the_same(
    region_dir: Path, tool: str, question: str
) -> None:
    first, second = (
        read_arguments(tool, question, knowledge_of(region_dir)) for _ in range(2)
    )
    assert first == second


@given(
    pounds=st.integers(100, 999_999),
    style=st.sampled_from(
        ["£{:,}", "£{}", "£ {:,}", "{:,} pounds", "{} quid", "{:,} GBP", "£{:,}.00"]
    ),
    period=st.sampled_from(
        [("", None), (" a week", "week"), (" pw", "week"), (" per month", "month"),
         (" p.a.", "year"), ("/week", "week"), (" per placement per week", "week")]
    ),
)  # fmt: skip
def test_money_is_read_back_whatever_its_style(
    pounds: int, style: str, period: tuple[str, str | None]
) -> None:
    words, per = period
    (amount,) = read_amounts(f"they want {style.format(pounds)}{words} for it")
    assert (amount.pounds, amount.per) == (pounds, per)


@given(st.integers(1, 99), st.sampled_from(["£{}k", "{}k", "{} grand", "£{} thousand"]))
def test_thousands_are_read_back_whatever_their_style(many: int, style: str) -> None:
    (amount,) = read_amounts(f"a price of {style.format(many)} was named")
    assert amount.pounds == many * 1000


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("five grand", [5000]),
        ("half a million", [500_000]),
        ("two and a half thousand", [2500]),
        ("six thousand two hundred and fifty", [6250]),
        ("nine hundred and fifty quid", [950]),
        ("£4-5k a week", [4000, 5000]),
        ("£4,000 to £5,000", [4000, 5000]),
        ("between 4k and 5k", [4000, 5000]),
        ("£1.2m", [1_200_000]),
        ("in 2025", []),
        ("in 2024/25", []),
        ("85% of 12 children aged 13 to 15", []),
        ("within 20 miles", []),
        ("on 31/03/2025", []),
    ],
)
def test_sums_are_read_as_officers_write_them(text: str, pounds: list[float]) -> None:
    assert [amount.pounds for amount in read_amounts(text)] == pounds


@given(
    st.integers(1, 150), st.sampled_from(["{}%", "{} %", "{} per cent", "{} percent"])
)
def test_a_percentage_is_its_fraction(percent: int, style: str) -> None:
    (share,) = read_shares(f"at {style.format(percent)} occupancy")
    assert share.value == pytest.approx(percent / 100)


@given(st.integers(2, 25), st.sampled_from(list(Need)))
def test_a_denied_need_is_never_stated(age: int, need: Need) -> None:
    words = {
        Need.CSE: "CSE", Need.CCE: "county lines", Need.GANGS: "gangs",
        Need.VIOLENCE: "violence", Need.AUTISM: "autism", Need.ADHD: "ADHD",
        Need.SELF_HARM: "self-harm", Need.FIRE_SETTING: "arson",
    }  # fmt: skip
    said = words.get(need, "offending")
    for sentence in (
        f"a child of {age}, no {said}",
        f"a child of {age} without any {said}",
        f"a child of {age}. {said}: none.",
        f"a child of {age}, no drugs, {said} or absconding",
        f"{said} is not a concern for this child of {age}",
    ):
        assert not read_needs(sentence).needs


@given(st.integers(1, 25))
def test_under_an_age_ends_with_the_one_before(age: int) -> None:
    for text in (f"under {age}", f"under-{age}s", f"children below {age}"):
        assert read_age_band(text).oldest == age - 1
    assert read_age_band(f"{age} and under").oldest == age
    assert read_age_band(f"{age}+").youngest == age
    assert read_age_band(f"over-{age}s").youngest == age


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("10, 11 and 12 year olds", (10, 12)),
        ("between the ages of 10 and 14", (10, 14)),
        ("sixteen and seventeen year olds", (16, 17)),
        ("15 and 16yos", (15, 16)),
        ("0-4s", (0, 4)),
        ("over the age of 14", (15, None)),
        ("13 or older", (13, None)),
        ("teenagers", (13, 19)),
        ("pre-teens", (None, None)),
        ("under fives", (None, 4)),
        ("an 8-year-old", (8, 8)),
        ("older than 12 but under 16", (13, 15)),
    ],
)
def test_bands_of_ages_are_read(text: str, band: tuple[int | None, int | None]) -> None:
    read = read_age_band(text)
    assert (read.youngest, read.oldest) == band


@pytest.mark.parametrize(
    "text",
    ["under £5,000", "over 20 miles", "under 12 months", "over 3 years", "above 90%",
     "over 100 children", "under 5k"],
)  # fmt: skip
def test_what_is_no_age_makes_no_band(text: str) -> None:
    assert read_age_band(text).model_dump(exclude_none=True) == {}


@given(st.integers(2010, 2040))
def test_a_financial_year_is_read_in_every_style(first: int) -> None:
    second = (first + 1) % 100
    canonical = f"{first}/{second:02d}"
    for text in (
        canonical,
        f"{first}-{second:02d}",
        f"{first}/{first + 1}",
        f"{first} to {first + 1}",
        f"FY{first % 100}-{second:02d}",
        f"FY{first % 100}/{second:02d}",
        f"FY{second:02d}",
        f"{first % 100}/{second:02d}",
    ):
        assert read_financial_year(f"spend in {text}", AS_AT) == canonical


@pytest.mark.parametrize(
    ("text", "as_at", "year"),
    [
        ("this year", date(2026, 3, 31), "2025/26"),
        ("this year", date(2026, 4, 1), "2026/27"),
        ("last financial year", date(2026, 3, 31), "2024/25"),
        ("last year", date(2026, 11, 22), "2025/26"),
        ("the year before last", date(2026, 11, 22), "2024/25"),
        ("spend by provider", AS_AT, None),
        ("2024/27", AS_AT, None),
        ("on 01/02/2025", AS_AT, None),
    ],
)
def test_years_count_from_the_day_of_the_data(
    text: str, as_at: date, year: str | None
) -> None:
    assert read_financial_year(text, as_at) == year


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("since April 2024", date(2024, 4, 1)),
        ("since April", date(2025, 4, 1)),
        ("since September", date(2025, 9, 1)),
        ("since 2023", date(2023, 1, 1)),
        ("from 1 June 2025", date(2025, 6, 1)),
        ("in the last 12 months", date(2025, 3, 31)),
        ("over the past two years", date(2024, 3, 31)),
        ("in 2024/25", date(2024, 4, 1)),
        ("this financial year", date(2025, 4, 1)),
        ("from £5,000 a week", None),
        ("over the next year", None),
    ],
)
def test_the_first_day_of_a_period_is_read(text: str, since: date | None) -> None:
    assert read_since(text, AS_AT) == since


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("as at 31 March 2025", date(2025, 3, 31)),
        ("on 30/09/2025", date(2025, 9, 30)),
        ("at the end of March 2024", date(2024, 3, 31)),
        ("in 2023/24", date(2024, 3, 31)),
        ("in 2023", date(2023, 12, 31)),
        ("a year ago", date(2025, 3, 31)),
        ("last year", date(2025, 3, 31)),
        ("on 1 April", date(2025, 4, 1)),
        ("today", None),
    ],
)
def test_the_day_of_a_summary_is_read(text: str, on: date | None) -> None:
    assert read_on(text, AS_AT) == on


@given(st.integers(1, 60))
def test_months_are_read_ahead_and_behind(many: int) -> None:
    (ahead,) = read_durations(f"over the next {many} months")
    (behind,) = read_durations(f"in the last {many} months")
    assert (ahead.months, ahead.direction) == (many, "ahead")
    assert (behind.months, behind.direction) == (many, "behind")


@pytest.mark.parametrize("text", ["14 years old", "a 14-year-old", "£5,000 a week"])
def test_an_age_and_a_rate_are_no_stretch_of_time(text: str) -> None:
    assert read_durations(text) == ()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("grl 14 with atism", "girl 14 with autism"),
        ("residental or fostring", "residential or fostering"),
        ("aggresive and voilent", "aggressive and violent"),
        ("theraputic placment", "therapeutic placement"),
        ("block contratcs", "block contracts"),
    ],
)
def test_slips_are_mended(text: str, mended: str) -> None:
    assert mend_words(text, Gazetteer.load()).text == mended


@pytest.mark.parametrize(
    "text",
    [
        "faster progress in the country",
        "violet misting over the forecasts",
        "a carer and her parents",
        "Forster Street, near Fostren House",
        "kingship and leaning",
        "homes near Chesham",
    ],
)
def test_ordinary_words_and_names_are_no_slips(text: str) -> None:
    assert mend_words(text, Gazetteer.load()).changes == ()
