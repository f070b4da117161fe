from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.printing import printed
from corpus.models import Table

WORDS = st.text("abcdefgh", min_size=1, max_size=10)
CELLS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def printed_table(
    *rows: tuple[str | int | float | None, ...], columns: tuple[str, ...]
) -> str:
    table = Table(title="T", columns=columns, rows=rows, total_rows=len(rows))
    return printed(Answer(question="q", status="answered", text="A.", tables=(table,)))


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


@given(
    st.lists(st.tuples(*[CELLS] * 8), min_size=1, max_size=4), st.tuples(*[WORDS] * 8)
)
def test_no_word_is_broken_where_there_is_room_and_no_line_is_too_wide(
    rows: list[tuple[str, ...]], columns: tuple[str, ...]
) -> None:
    text = printed_table(*rows, columns=columns)
    words = set(text.split())
    assert {word for row in rows for cell in row for word in cell.split()} <= words
    assert max(map(len, text.splitlines())) <= 120


def test_shares_and_pounds_are_printed_for_a_reader() -> None:
    text = printed_table(
        ("Kent", 0.2245, 1234567.6, 41.5, 141.5),
        ("Surrey", 1, 6000.0, None, 2),
        columns=("Place", "Share met", "£ a year", "£ an hour", "Share of spend"),
    )
    assert "22.4%" in text or "22.5%" in text
    assert "100%" in text
    assert "1,234,568" in text
    assert "6,000" in text
    assert "6000.0" not in text
    assert "41.50" in text
    assert "141.5 " in text or "141.5\n" in text


def test_numbers_stand_under_each_other() -> None:
    lines = printed_table(
        ("Kent", 5), ("Surrey", 1234), ("Slough", "c"), columns=("Place", "Children")
    ).splitlines()
    ends = {
        len(line.rstrip()) for line in lines if line.startswith(("Kent", "Sur", "Slo"))
    }
    assert len(ends) == 1


def test_an_empty_table_is_printed() -> None:
    assert "T (0 of 0)" in printed_table(columns=("Place",))
