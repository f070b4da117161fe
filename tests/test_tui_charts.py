from __future__ import annotations

import pytest
from textual.widgets import Tab

from assistant.answer import Answer
from tests.tui_script import (
    ANSWER,
    CHARTED,
    DISTRIBUTION,
    answered,
    app_of,
    reading,
    scripted,
    shown,
    streamed,
    until,
)
from tui.chart_panel import chart_values

WIDE = (120, 40)


@pytest.mark.parametrize("way", ["key", "slash", "click"])
async def test_a_chart_is_drawn_above_its_values(way: str) -> None:
    async with app_of(scripted(*streamed(CHARTED))).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        if way == "key":
            await reading(pilot)
            await pilot.press("f6")
        elif way == "slash":
            await pilot.press(*"/chart", "enter")
        else:
            tabs = chat.side.tabs.query(Tab)
            await pilot.click(next(t for t in tabs if "Chart" in str(t.label)))
        await until(pilot, lambda: chat.side.tab == "chart")
        await until(pilot, lambda: "Prices paid [P1]" in shown(pilot))
        text = shown(pilot)
        assert "Chart (2)" in text
        assert "│" in text
        assert "5,000 to 5,999" in text


async def test_t_goes_round_the_charts_where_they_are_in_front() -> None:
    async with app_of(scripted(*streamed(CHARTED))).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: chat.side.charts.scroll.has_focus)
        await pilot.press("t")
        await until(pilot, lambda: "Spend to come" in shown(pilot))
        assert "P50" in shown(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "Prices paid [P1]" in shown(pilot))


async def test_a_chart_is_drawn_anew_when_the_terminal_changes_its_size() -> None:
    async with app_of(scripted(*streamed(CHARTED))).run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: chat.side.charts.picture.size.width > 40)
        wide = chat.side.charts.picture.size.width
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: 0 < chat.side.charts.picture.size.width != wide)
        assert chat.side.charts.picture.size.width <= 60


async def test_an_answer_without_a_chart_says_so() -> None:
    async with app_of(scripted()).run_test(size=WIDE) as pilot:
        await answered(pilot)
        await reading(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: "This answer has no chart." in shown(pilot))


def test_the_quote_is_told_in_the_row_of_its_price() -> None:
    lines = str(chart_values(DISTRIBUTION, 60)).splitlines()
    marked = [line for line in lines if "quote £6,200" in line]
    assert len(marked) == 1
    assert marked[0].startswith("6,000 to 6,999")


def test_charts_are_drawn_and_never_published_or_kept() -> None:
    assert "charts" not in CHARTED.as_json()
    kept = Answer.model_validate_json(CHARTED.model_dump_json())
    assert kept.text == ANSWER.text
    assert kept.charts == ()
