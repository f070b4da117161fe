from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import fmean

import pytest

from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset
from evals.backtests import Case, cases, main, report


def case(
    actual: float, *, p10: float = 90, p90: float = 110, trend: float = 80
) -> Case:
    return Case(
        what="spend",
        seen_by="region",
        made_on=date(2024, 3, 31),
        years=1,
        p10=90,
        p50=100,
        p90=110,
        actual=actual,
        by_trend=80,
    )


def test_the_report_counts_outcomes_inside_and_errors_beside_the_trend() -> None:
    lines = list(report([case(100), case(100), case(100), case(120)]))
    assert "| spend | region | 1 | 4 | 75.0% | 0.0% | 20% |" in lines
    assert "| region | 1 | 4 | 4.2% | 23.3% |" in lines


def test_a_folder_must_be_named() -> None:
    assert main([]) == 2


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_outcomes_fall_inside_the_range_as_often_as_it_says_and_trend_is_beaten(
    tmp_path: Path,
) -> None:
    from assistant.settings import Settings
    from assistant.setup import build_demonstration

    build_demonstration(Settings(data_dir=tmp_path), lambda _: None)
    found = list(cases(Dataset.open(DataDirectory(tmp_path))))
    spend = [each for each in found if each.what == "spend"]
    for held in (found, spend, [each for each in found if each.what != "spend"]):
        assert 0.75 <= fmean(each.inside for each in held) <= 0.85
    judged = [each for each in spend if each.by_trend is not None]
    model = fmean(abs(each.p50 / each.actual - 1) for each in judged)
    trend = fmean(abs((each.by_trend or 0) / each.actual - 1) for each in judged)
    assert model < trend
