"""What can be done with the rows of an answer: by key, by mouse, by command."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable

from assistant.answer import Answer
from corpus.models import Table
from tests.tui_script import (
    ANSWER,
    HOMES,
    answered,
    app_of,
    opened,
    scripted,
    shown,
    streamed,
    until,
)
from tui.app import PlacementsApp
from tui.comparison_screen import ComparisonScreen
from tui.results_panel import ResultsPanel
from tui.row_detail import Chosen, lines_of

WIDE = (120, 40)
SETTINGS = Table(
    title="Settings that may take the child",
    columns=("Setting", "Miles", "Ofsted grade", "Claimed needs met"),
    rows=(
        ("Oast Lodge", 0.8, "Good (May 2025)", "CSE"),
        ("Weald View", 12.4, "not yet inspected", "CSE, autism"),
    ),
    total_rows=2,
    row_sources=(1, 2),
)
VERDICTS = Table(
    title="Criterion by criterion",
    columns=("Setting", "Age", "Need: CSE"),
    rows=(
        ("Oast Lodge", "met: admits 8 to 17", "met: claims child exploitation"),
        ("Weald View", "not met: admits 8 to 12", "unknown: no word of it"),
    ),
    total_rows=2,
    row_sources=(1, 2),
)
FOUND = ANSWER.model_copy(update={"tables": (SETTINGS, VERDICTS)})
HOSTILE = "[b]=1+1[/] [@click=app.quit]x[/] \u202e [1]: http://e"


async def results(pilot: Pilot[None]) -> ResultsPanel:
    """The results panel of an answer, with the keyboard in its rows."""
    chat = await answered(pilot)
    await pilot.press("f3")
    await until(pilot, lambda: chat.side.results.grid.has_focus)
    return chat.side.results


def app(answer: Answer = ANSWER) -> PlacementsApp:
    """The app, which gives that answer."""
    return app_of(scripted(*streamed(answer)))


async def test_typing_filters_the_rows_and_the_count_says_so() -> None:
    async with app().run_test(size=WIDE) as pilot:
        panel = await results(pilot)
        await pilot.press("slash")
        await until(pilot, lambda: panel.filter.has_focus)
        await pilot.press(*"AUTISM")
        await until(pilot, lambda: len(panel.rows) == 1)
        assert panel.rows[0][0] == "Medway Reach"
        assert "1 of 23 rows hold what is typed" in str(panel.count.content)
        assert "looked for in the 7 listed" in str(panel.count.content)
        await pilot.press("enter", "s")
        await until(pilot, lambda: panel.sorted_by == 0)
        assert len(panel.rows) == 1
        await pilot.press("slash")
        await until(pilot, lambda: panel.filter.has_focus)
        await pilot.press("escape")
        await until(pilot, lambda: len(panel.rows) == 7)
        assert panel.grid.has_focus


async def test_a_filter_that_nothing_holds_leaves_no_row_told_in_full() -> None:
    async with app().run_test(size=WIDE) as pilot:
        panel = await results(pilot)
        panel.filter.value = "nowhere at all"
        await until(pilot, lambda: not panel.rows)
        assert panel.chosen is None
        assert "0 of 23 rows" in str(panel.count.content)
        await pilot.press("m")
        assert panel.marked == []


async def test_filtering_and_marking_by_mouse_and_by_command() -> None:
    async with app().run_test(size=WIDE) as pilot:
        panel = await results(pilot)
        await pilot.click(panel.keys, offset=(2, 0))
        await until(pilot, lambda: panel.filter.has_focus)
        await pilot.press("escape")
        await until(pilot, lambda: panel.grid.has_focus)
        await pilot.click(panel.keys, offset=(12, 0))
        await until(pilot, lambda: len(panel.marked) == 1)
        chat = await opened(pilot)
        chat.box.focus()
        chat.box.write("/mark")
        await pilot.press("enter")
        await until(pilot, lambda: panel.marked == [])
        chat.box.write("/filter")
        await pilot.press("enter")
        await until(pilot, lambda: panel.filter.has_focus)


async def test_a_fifth_mark_is_refused_in_words() -> None:
    async with app().run_test(size=WIDE, notifications=True) as pilot:
        panel = await results(pilot)
        await pilot.press("m", "down", "m", "down", "m", "down", "m", "down", "m")
        await until(pilot, lambda: "4 are marked already" in shown(pilot))
        assert len(panel.marked) == 4
        assert panel.grid.get_row_at(0)[0].plain.startswith("✓ ")
        await pilot.press("up", "m")
        await until(pilot, lambda: len(panel.marked) == 3)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 15)])
async def test_marked_rows_are_set_side_by_side(size: tuple[int, int]) -> None:
    async with app(FOUND).run_test(size=size) as pilot:
        panel = await results(pilot)
        await pilot.press("c")
        assert not isinstance(pilot.app.screen, ComparisonScreen)
        await pilot.press("m", "down", "m", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        grid = pilot.app.screen.query_one(DataTable)
        rows = [[cell.plain for cell in grid.get_row_at(i)] for i in range(5)]
        assert rows[2] == [
            "Claimed needs met",
            "CSE (claimed)",
            "CSE, autism (claimed)",
        ]
        assert rows[3] == ["Age", "met: admits 8 to 17", "not met: admits 8 to 12"]
        await pilot.press("escape")
        await until(pilot, lambda: panel.grid.has_focus)


async def test_comparing_and_going_back_by_mouse() -> None:
    async with app(FOUND).run_test(size=WIDE) as pilot:
        panel = await results(pilot)
        await pilot.press("m", "down", "m")
        await pilot.click(panel.keys, offset=(21, 0))
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        screen = pilot.app.screen
        assert isinstance(screen, ComparisonScreen)
        await pilot.click(screen.back, offset=(1, 0))
        await until(pilot, lambda: pilot.app.screen is not screen)


async def test_a_row_in_full_tells_its_verdicts_and_whose_word_each_is() -> None:
    async with app(FOUND).run_test(size=WIDE) as pilot:
        panel = await results(pilot)
        await pilot.press("down")
        await until(pilot, lambda: "Weald View" in str(panel.detail.content))
        told = str(panel.detail.content)
        assert "Ofsted grade: not yet inspected\n" in told
        assert "Claimed needs met: CSE, autism (claimed)" in told
        assert "Criterion by criterion\nAge: not met: admits 8 to 12" in told
        await pilot.press("up")
        await until(
            pilot, lambda: "Good (May 2025) (inspected)" in str(panel.detail.content)
        )


def test_two_settings_of_one_name_keep_their_own_verdicts() -> None:
    rows = (("The Oaks", 1.0), ("The Oaks", 2.0))
    found = Table(title="F", columns=("Setting", "Miles"), rows=rows, total_rows=2)
    verdicts = Table(
        title="Criterion by criterion",
        columns=("Setting", "Age"),
        rows=(("The Oaks", "met: a"), ("The Oaks", "not met: b")),
        total_rows=2,
    )
    unsure = lines_of(Chosen(found, rows[1]), (found, verdicts))
    assert [line.text for line in unsure] == ["The Oaks", "2"]
    traced = [t.model_copy(update={"row_sources": (1, 2)}) for t in (found, verdicts)]
    sure = lines_of(Chosen(traced[0], rows[1]), traced)
    assert [line.text for line in sure] == ["The Oaks", "2", "not met: b"]


async def test_a_row_is_chosen_by_its_name_and_its_filter_taken_away() -> None:
    async with app().run_test(size=WIDE) as pilot:
        panel = await results(pilot)
        panel.filter.value = "autism"
        await until(pilot, lambda: len(panel.rows) == 1)
        assert panel.choose("Chart Hill")
        await until(pilot, lambda: "Chart Hill" in str(panel.detail.content))
        assert len(panel.rows) == len(HOMES.rows)
        assert not panel.choose("Nowhere")


async def test_hostile_cells_in_the_comparison_stand_as_they_are() -> None:
    rows = ((HOSTILE, HOSTILE), (f"{HOSTILE} 2", "x" * 3000))
    table = Table(title=HOSTILE, columns=("Setting", HOSTILE), rows=rows, total_rows=2)
    answer = ANSWER.model_copy(update={"tables": (table,)})
    async with app(answer).run_test(size=(80, 24)) as pilot:
        await results(pilot)
        await pilot.press("m", "down", "m", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        grid = pilot.app.screen.query_one(DataTable)
        assert grid.get_row_at(0)[1].plain == " ".join(HOSTILE.split())
        await pilot.click(grid, offset=(40, 1))
        await pilot.pause()
        assert pilot.app.is_running
