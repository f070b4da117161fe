from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.events import Done
from corpus.models import Table
from tests.tui_script import ANSWER, HOMES
from tui.actions import ACTIONS, Action, by_slash, completion
from tui.cells import Cell, cell_text, count_line, preview_lines, sorted_rows
from tui.markdown import answer_parser, marker_of
from tui.state import ChatState, asked, fold, stopped
from tui.themes import CYCLE, next_theme
from tui.transcript import answer_with_sources

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.text(), min_size=1, max_size=6))
    row = st.tuples(*[CELLS] * len(columns))
    rows = draw(st.lists(row, max_size=6))
    return Table(
        title=draw(st.text()), columns=tuple(columns), rows=tuple(rows), total_rows=9
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, "–"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (4980, "4,980"),
        (1234567, "1,234,567"),
        (2024, "2024"),
        (-1500, "-1,500"),
        (3.0, "3"),
        (3.25, "3.25"),
        (100.0, "100"),
        (12345.678, "12,345.68"),
        ("Oast\nLodge  [P1]", "Oast Lodge [P1]"),
    ],
)
def test_cells_read_as_a_person_writes_them(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


@given(tables(), st.integers(1, 100))
def test_no_line_of_a_preview_is_wider_than_its_room(table: Table, width: int) -> None:
    lines = preview_lines(table, width)
    assert len(lines) == 1 + min(5, len(table.rows))
    assert all(cell_len(line) <= width for line in lines)


def test_columns_that_do_not_fit_are_left_out_from_the_right() -> None:
    header = preview_lines(HOMES, 40)[0]
    assert header.startswith("Home")
    assert "Claims" not in header


def test_figures_stand_under_one_another() -> None:
    _, first, second, *_ = preview_lines(HOMES, 120)
    assert first.index("3.2") + 3 == second.index("0.8") + 3


@given(st.lists(st.tuples(CELLS)), st.booleans())
def test_sorting_keeps_every_row_and_leaves_gaps_last(
    rows: list[tuple[Cell, ...]], descending: bool
) -> None:
    result = sorted_rows(rows, 0, descending)
    assert sorted(map(repr, result)) == sorted(map(repr, rows))
    gaps = [row[0] is None for row in result]
    assert gaps == sorted(gaps)


def test_figures_are_sorted_by_size_and_not_as_words() -> None:
    rows: list[tuple[Cell, ...]] = [(900,), (10_000,), (None,), (4.5,)]
    assert sorted_rows(rows, 0, False) == [(4.5,), (900,), (10_000,), (None,)]
    assert sorted_rows(rows, 0, True) == [(10_000,), (900,), (4.5,), (None,)]


def test_a_cut_is_never_silent() -> None:
    assert count_line(HOMES) == "7 of 23 rows"
    assert count_line(HOMES.model_copy(update={"total_rows": 7})) == "7 rows"


@pytest.mark.parametrize(
    "text",
    [
        "[1]: http://evil",
        "[x](http://evil)",
        "![x](http://evil)",
        "<http://evil>",
        "http://evil",
        "<b onclick=x>bold</b>",
        "&#x202e;txt",
        "[x][1]\n\n[1]: http://evil",
        "[1]",
        "[@click=app.bell]x[/]",
    ],
)
def test_an_answer_without_sources_has_no_link_image_or_html(text: str) -> None:
    html = answer_parser(frozenset()).render(text)
    assert not any(tag in html for tag in ("<a", "<img", "<b", "\u202e"))


def test_a_marker_with_a_source_is_a_link_wherever_formatting_reaches() -> None:
    html = answer_parser({1}).render("**[1]**\n\n| a |\n|-|\n| [1] |\n\n`[1]` [2]")
    assert html.count('<a href="cite:1">[1]</a>') == 2
    assert "<code>[1]</code> [2]" in html


@given(st.text(alphabet="[]()1:2 <>!`*|\n\\httpcie", max_size=60))
def test_no_text_makes_a_link_but_to_a_source(text: str) -> None:
    for token in answer_parser({1}).parse(text):
        for child in token.children or []:
            if child.type == "link_open":
                assert child.attrs == {"href": "cite:1"}


@pytest.mark.parametrize("href", ["http://evil", "cite:", "cite:x", "cite:-1", ""])
def test_other_addresses_are_no_markers(href: str) -> None:
    assert marker_of(href) is None


def test_keys_and_slash_commands_are_not_given_twice() -> None:
    for names in ([a.key for a in ACTIONS if a.key], [a.slash for a in ACTIONS]):
        assert len(names) == len(set(names))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.slash)
def test_a_slash_command_can_be_completed_and_found(action: Action) -> None:
    typed = f"/{action.slash}"
    assert by_slash(typed) == action
    assert by_slash(typed[:2] + completion(typed[:2])) in ACTIONS


def test_nothing_is_completed_in_a_question() -> None:
    assert completion("Which homes") == completion("/") == completion("/nonsense") == ""


def test_the_answer_is_taken_away_with_its_numbered_sources() -> None:
    state = fold(asked(ChatState(), ANSWER.question), Done(answer=ANSWER))
    assert state.last is not None
    text = answer_with_sources(state.last)
    assert text.startswith(ANSWER.question)
    assert "[2] Document, Oast Lodge: independent person's report" in text
    assert "- What a home accepts is its own claim" in text


def test_an_answer_that_was_stopped_says_so_when_it_is_taken_away() -> None:
    state = stopped(asked(ChatState(), "Which homes?"))
    assert state.last is not None
    assert "Stopped before it was finished" in answer_with_sources(state.last)


def test_every_theme_is_reached_in_turn() -> None:
    seen, name = [], "textual-dark"
    for _ in CYCLE:
        name = next_theme(name)
        seen.append(name)
    assert tuple(seen) == CYCLE
    assert next_theme(name) == CYCLE[0]
