"""The full region meets every published figure, and the docs show the table."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from assistant.cli import main
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, write_tables
from corpus.demonstration import (
    AS_AT,
    CalibrationRow,
    calibration_lines,
    calibration_table,
    generate_region,
)
from corpus.demonstration.calibration.sample import SIZE, draw_sample
from corpus.demonstration.calibration.table import published
from corpus.errors import ExitCode

DOCS = Path(__file__).parents[1] / "docs" / "calibration.md"
KEYS = [aim.key for aim in published().figures]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    directory = DataDirectory(tmp_path_factory.mktemp("full"))
    region = generate_region(2026, "full")
    write_tables(directory, region.rows, "demonstration", AS_AT, 2026)
    return Dataset.open(directory)


@pytest.fixture(scope="module")
def table(full: Dataset) -> dict[str, CalibrationRow]:
    return dict(zip(KEYS, calibration_table(full), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_the_region_meets_the_published_figure(
    table: dict[str, CalibrationRow], key: str
) -> None:
    assert table[key].within, table[key]


@pytest.mark.slow
def test_the_docs_show_the_table_as_printed(table: dict[str, CalibrationRow]) -> None:
    shown = DOCS.read_text(encoding="utf-8")
    assert "\n".join(calibration_lines(tuple(table.values()))) in shown


@pytest.mark.parametrize("aim", published().figures, ids=KEYS)
def test_a_published_number_lies_within_its_own_tolerance(aim: Any) -> None:
    assert aim.low < aim.high
    assert aim.stated or aim.low <= aim.value <= aim.high
    assert aim.source in published().sources


# --- The sample ----------------------------------------------------------------------


def children(authority: str, count: int, cost: float, age: int = 14) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "placement_id": [f"{authority}{n:04}" for n in range(count)],
            "local_authority": authority,
            "age": age,
            "then": [cost + n for n in range(count)],
        }
    )


def test_the_sample_is_each_authority_s_dearest_placements() -> None:
    drawn = draw_sample(pd.concat([children("A", 400, 1000), children("B", 90, 10)]))
    sizes = drawn["local_authority"].value_counts()
    assert sizes["A"] == pytest.approx(96.04 / (1 + 95.04 / 400), abs=1)
    assert sizes["B"] == pytest.approx(96.04 / (1 + 95.04 / 90), abs=1)
    for authority, dearest in (("A", 1399), ("B", 99)):
        own = drawn[drawn["local_authority"] == authority]["then"]
        assert own.max() == dearest
        assert own.min() == dearest - sizes[authority] + 1


def test_only_older_children_set_the_sample_s_size_and_costs_are_needed() -> None:
    old, young = children("A", 50, 10), children("A", 500, 5000, age=3)
    young["placement_id"] += "y"
    free = children("A", 500, 9000, age=3).assign(then=float("nan"))
    drawn = draw_sample(pd.concat([old, young, free]))
    assert len(drawn) == round(96.04 / (1 + 95.04 / 50))
    assert drawn["then"].min() > 5000


@pytest.mark.slow
def test_the_full_region_gives_a_sample_of_1253(full: Dataset) -> None:
    placements = full.frame("placements")
    current = placements[placements["ended"].isna()].copy()
    elapsed = pd.Timestamp(AS_AT) - pd.to_datetime(current["started"])
    current["age"] = current["age_at_start"] + elapsed.dt.days / 365.25
    current["then"] = current["weekly_social_care"]
    drawn = draw_sample(current)
    assert len(drawn) == SIZE
    assert drawn["local_authority"].nunique() == 19


# --- The command ---------------------------------------------------------------------


def test_the_command_prints_the_table_of_the_region_that_is_there(
    region_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = DataDirectory(region_dir).manifest()
    code = main(["--data-dir", str(region_dir), "demo", "--calibration"])
    out = capsys.readouterr().out
    assert code == ExitCode.DONE
    assert DataDirectory(region_dir).manifest() == before
    for aim in published().figures:
        assert aim.label in out
    assert re.search(r"^\d+ of 34 figures are within tolerance\.$", out, re.MULTILINE)


def test_real_tables_are_not_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tables(DataDirectory(tmp_path), {}, "real", date(2026, 3, 31))
    code = main(["--data-dir", str(tmp_path), "demo", "--calibration"])
    told = capsys.readouterr()
    assert code == ExitCode.USAGE
    assert told.out == ""
    assert "real tables" in told.err
