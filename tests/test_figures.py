from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.figures import KnownFigures, figures


def known(*values: float, written: str = "", quoted: str = "") -> KnownFigures:
    return KnownFigures(
        written=tuple(figures(written)),
        quoted=frozenset(figure.digits for figure in figures(quoted)),
        values=tuple(sorted(map(abs, values))),
    )


@given(st.floats(1e6, 9.99e8), st.sampled_from(("m", " million", "mn")))
def test_a_rounding_to_two_decimals_of_a_million_stands(
    value: float, unit: str
) -> None:
    assert known(value).hold(f"It costs £{value / 1e6:.2f}{unit} a year.")


@given(st.floats(1.2e6, 9.99e8), st.floats(0.02, 5), st.booleans())
def test_a_figure_that_no_value_rounds_to_does_not_stand(
    value: float, off: float, above: bool
) -> None:
    wrong = value + (off if above else -off) * 1e6
    if wrong > 0:
        assert not known(value).hold(f"It costs £{wrong / 1e6:.2f}m a year.")


@given(st.floats(0, 1))
def test_a_percentage_is_a_rounding_of_a_fraction(value: float) -> None:
    assert known(value).hold(f"{100 * value:.1f}% of them")
    assert not known(value).hold(f"{100 * value + 0.2:.1f}% of them")


@given(st.floats(1, 1e7))
def test_pounds_without_pence_are_a_rounding_of_pounds_with_them(value: float) -> None:
    assert known(value).hold(f"£{value:,.0f}")
    assert not known(value).hold(f"£{value + 2:,.0f}")


def test_a_rounding_to_one_digit_is_too_coarse() -> None:
    assert not known(3_564_225).hold("about £4m")
    assert known(4_010_000).hold("about £4m")


def test_a_count_is_never_rounded() -> None:
    assert not known(6.4).hold("6 children")
    assert known(written="6.4 or 6").hold("6 children")


def test_a_count_is_no_percentage_and_no_amount_of_millions() -> None:
    evidence = known(written="35 children and 12 homes")
    assert evidence.hold("35 children")
    assert not evidence.hold("35% of children")
    assert not evidence.hold("£12m")


def test_what_a_document_prints_may_be_repeated_with_its_unit() -> None:
    evidence = known(quoted="Spend (£m): 3.56; share (%): 41")
    assert evidence.hold("£3.56m, 41%")


def test_an_amount_may_be_written_another_way() -> None:
    assert known(written="£3.56m").hold("£3,560,000, or £3.56 million")
