from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from pydantic import ValidationError

from assistant.drawing import draw
from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.terminal_charts import drawn
from corpus.charts import Chart, Mark, Series
from corpus.errors import UsageError
from tools.registry import call_tool

THREE = ("fostering", "residential", "supported $ [bold] accommodation")


def series(name: str, *values: float | None) -> Series:
    return Series(name=name, values=values)


CHARTS = {
    "bars": Chart(
        kind="bars", title="Sought and secured", x_label="children", y_label="type",
        categories=THREE,
        series=(series("sought", 120, 40, 30), series("secured", 100, None, 25)),
    ),
    "histogram": Chart(
        kind="histogram", title="Prices paid", x_label="£ a week", y_label="placements",
        categories=("3-4k", "4-5k", "5-6k"), x=(3000, 4000, 5000, 6000),
        series=(series("placements", 10, 30, 5),),
        marks=(Mark(axis="x", value=4557, label="the quote"),),
    ),
    "lines": Chart(
        kind="lines", title="Cost by occupancy", x_label="occupancy", y_label="£m",
        x=(0.5, 0.75, 1), series=(series("spot", 1, 1.5, 2), series("block", 2, 2, 2)),
    ),
    "fan": Chart(
        kind="fan", title="Spend to come", x_label="month", y_label="£m",
        x=(1, 2, 3), x_names=("Apr", "May", "Jun"),
        series=(series("P10", 1, 2, 3), series("P50", 2, 3, 4), series("P90", 3, 4, 6)),
    ),
    "plane": Chart(
        kind="plane", title="Block less spot", x_label="occupancy", y_label="price",
        x=(0.5, 0.75, 1), y=(4000, 5000), grid=((2, 0, -1), (1, -1, -3)),
        grid_label="£m a year",
    ),
    "intervals": Chart(
        kind="intervals", title="Disruption", x_label="share", y_label="provider",
        categories=("Oak", "Ash"),
        series=(series("low", 0.1, 0.2), series("value", 0.2, 0.3),
                series("high", 0.3, 0.5)),
    ),
    "tornado": Chart(
        kind="tornado", title="What matters", x_label="£", y_label="assumption",
        categories=("price", "take-up"), baseline=2,
        series=(series("low", -5, 1), series("high", 9, 4)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHARTS)
def test_each_kind_becomes_a_picture_with_its_words_in_it(
    kind: str, tmp_path: Path
) -> None:
    chart, path = CHARTS[kind], tmp_path / "chart.svg"
    draw(chart, path)
    words = " ".join(ElementTree.parse(path).getroot().itertext())
    named = () if kind == "histogram" else chart.categories
    for told in (chart.title, chart.x_label, *named):
        assert told in words
    draw(chart, tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", CHARTS)
def test_each_kind_is_drawn_in_a_terminal_without_control_characters(kind: str) -> None:
    chart = CHARTS[kind]
    text = drawn(chart, 90, 20, colour=False)
    assert chart.title in text
    assert chart.x_label in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_equal_charts_give_equal_files(tmp_path: Path) -> None:
    for name in ("first.svg", "second.svg"):
        draw(CHARTS["fan"], tmp_path / name)
    first, second = (tmp_path / name for name in ("first.svg", "second.svg"))
    assert first.read_bytes() == second.read_bytes()


def test_quote_is_marked_on_the_terminals_histogram() -> None:
    assert "the quote: 4,557" in drawn(CHARTS["histogram"], 80, 15, colour=False)


def test_chart_whose_lengths_disagree_is_refused() -> None:
    with pytest.raises(ValidationError, match="3 values"):
        Chart(kind="bars", title="T", x_label="", y_label="", categories=THREE,
              series=(series("one", 1),))  # fmt: skip
    with pytest.raises(ValidationError, match="edges"):
        Chart(kind="histogram", title="T", x_label="", y_label="", categories=("a",),
              x=(1.0,), series=(series("one", 1),))  # fmt: skip


def test_other_suffix_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"chart\.gif"):
        draw(CHARTS["bars"], tmp_path / "chart.gif")


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        draw(CHARTS["bars"], tmp_path / "missing" / "chart.png")


def words_of(chart: Chart, path: Path) -> list[str]:
    draw(chart, path)
    return [text.strip() for text in ElementTree.parse(path).getroot().itertext()]


def test_amounts_are_read_without_powers_of_ten(tmp_path: Path) -> None:
    dear = CHARTS["tornado"].model_copy(
        update={
            "series": (series("low", -5e6, 1e6), series("high", 9e6, 4e6)),
            "baseline": 2e6,
        }
    )
    assert {"-4m", "2m"} <= set(words_of(dear, tmp_path / "dear.svg"))
    usual = words_of(CHARTS["histogram"], tmp_path / "usual.svg")
    assert "4,000" in usual
    assert not any(word.startswith("1e") for word in usual)


def test_a_long_title_is_wrapped_and_nothing_of_it_lost(tmp_path: Path) -> None:
    title = "Weekly cost on the way into any placement at £10,000 a week or more " * 2
    long = CHARTS["lines"].model_copy(update={"title": title.strip()})
    words = words_of(long, tmp_path / "long.svg")
    assert title.strip() not in words
    assert title.strip() in " ".join(word for word in words if word)


def test_a_mark_between_whole_numbers_is_told_as_it_is() -> None:
    half = Mark(axis="x", value=0.85, label="occupancy asked about")
    marked = CHARTS["lines"].model_copy(update={"marks": (half,)})
    assert "occupancy asked about: 0.85" in drawn(marked, 90, 20, colour=False)


def test_a_plane_in_a_terminal_shows_where_it_crosses_nought() -> None:
    text = drawn(CHARTS["plane"], 90, 20, colour=False)
    assert "| where it crosses 0" in text
    rows = [line.split("|", 1)[1] for line in text.splitlines() if "00 |" in line]
    assert ["|" in row for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("name", "arguments", "unit"),
    [
        ("analyse_sufficiency", {}, "searches"),
        ("provider_spend", {}, "£ in the year"),
        ("forecast_demand", {}, "children"),
        ("summarise_placements", {"group_by": "placement_type"}, "children"),
    ],
)
def test_bars_have_their_unit_along_the_axis_that_they_lie_on(
    name: str, arguments: dict[str, str], unit: str, region_dir: Path
) -> None:
    knowledge = Assistant.open(Settings(data_dir=region_dir)).knowledge
    charts = call_tool(name, arguments, knowledge).charts
    assert [chart.x_label for chart in charts if chart.kind == "bars"] == [unit]
