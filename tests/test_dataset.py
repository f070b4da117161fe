from __future__ import annotations

from datetime import date
from pathlib import Path

from corpus.children import Placement
from corpus.codes import Gender, Need, PlacementType
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset, replace_tables, write_tables

PLACEMENT = Placement(
    placement_id="p1",
    child_id="c1",
    local_authority="Kent",
    started=date(2025, 4, 1),
    ended=None,
    placement_type=PlacementType.RESIDENTIAL,
    place_code="K2",
    place_provider="PR4",
    legal_status="C2",
    need_code="N1",
    reason_new="S",
    reason_ended=None,
    reason_changed=None,
    age_at_start=14,
    gender=Gender.MALE,
    uasc=False,
    needs=(Need.CSE, Need.MISSING),
    risk_scores=(5, 3),
    urn="9000001",
    provider_id="a",
    host_authority="Medway",
    distance_miles=12.5,
    distance_reason=None,
    route=None,
    weekly_social_care=5000.0,
    weekly_education=None,
    weekly_health=None,
    packages_included=None,
    previous_placement_id=None,
    previous_type=None,
    needs_met="mostly",
    notice="planned",
    planned_end=None,
    solo=None,
    dols=None,
)


def test_rows_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path)
    write_tables(directory, {"placements": [PLACEMENT]}, "real", date(2026, 3, 31))
    assert Dataset.open(directory).rows(Placement) == [PLACEMENT]


def test_a_reader_keeps_the_tables_that_it_opened(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path)
    write_tables(directory, {"placements": [PLACEMENT]}, "real", date(2026, 3, 31))
    reader = Dataset.open(directory)
    write_tables(directory, {}, "real", date(2026, 4, 1))
    assert reader.rows(Placement) == [PLACEMENT]
    assert Dataset.open(directory).rows(Placement) == []


def test_each_table_keeps_the_day_to_which_it_speaks(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path)
    replace_tables(directory, {"settings": []}, {"settings": date(2025, 3, 31)})
    replace_tables(
        directory, {"placements": [PLACEMENT]}, {"placements": date(2026, 3, 31)}
    )
    dataset = Dataset.open(directory)
    assert dataset.table_as_at("settings") == date(2025, 3, 31)
    assert dataset.as_at == date(2026, 3, 31)
