from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.commissioning import PublishedFigure
from corpus.data_directory import DataDirectory
from corpus.dataset import Dataset
from corpus.errors import TableError
from corpus.geography import Gazetteer
from corpus.importing import Imported, ImportOptions
from corpus.importing.dfe import read_dfe
from corpus.importing.run import run_import
from tests.conftest import SHARED

OPTIONS = ImportOptions(gazetteer=Gazetteer.load())

KENT = {
    "time_period": "2024",
    "time_identifier": "Reporting year",
    "geographic_level": "Local authority",
    "country_name": "England",
    "region_name": "South East",
    "la_name": "Kent",
    "new_la_code": "E10000016",
    "characteristic": "Children looked after on 31 March",
    "number": "1900",
    "percentage": "100",
}


def write(
    folder: Path, rows: Sequence[Mapping[str, str]], name: str = "la_cla.csv"
) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def imported(*files: Path) -> Imported:
    return read_dfe(files, OPTIONS)


def figures(found: Imported) -> list[PublishedFigure]:
    return cast(list[PublishedFigure], found.rows["published_figures"])


def value_of(
    found: Imported, subject: str, area: str, unit: str = "children"
) -> object:
    """The value, or the symbol in its place, of one figure of 2024."""
    (figure,) = (
        figure
        for figure in figures(found)
        if (figure.subject, figure.area, figure.unit) == (subject, area, unit)
        and figure.as_at == date(2024, 3, 31)
    )
    return figure.symbol or figure.value


def published() -> list[Path]:
    folder = SHARED / "data" / "dfe"
    if not folder.is_dir():
        pytest.skip("the published statistics are not here")
    return sorted(folder.glob("*.csv"))


def test_every_row_of_the_published_files_loads() -> None:
    found = imported(*published())
    assert sum(tally.rows_read for tally in found.tallies) == 24_740
    assert sum(tally.loaded for tally in found.tallies) == 24_740
    assert found.as_at == date(2024, 3, 31)


def test_published_figures_are_those_that_dfe_prints() -> None:
    found = imported(*published())
    others = "Children who are the responsibility of other LAs"
    into_kent = f"{others} placed within this LA boundary"
    assert value_of(found, into_kent, "Kent") == 1172
    assert value_of(found, "Net gain of children by responsible LA", "Kent") == 788
    in_care = "Children looked after at 31 March each year"
    assert value_of(found, in_care, "England") == 83_630
    assert value_of(found, in_care, "England", "per 10,000 children") == 70


def test_counts_averages_and_shares_of_one_column_are_told_by_their_unit() -> None:
    units = {
        figure.subject: figure.unit
        for figure in figures(imported(*published()))
        if "missing" in figure.subject
    }
    average = (
        "Average number of missing incidents per looked after child who went missing"
    )
    share = "Percentage of children who had a missing incident during the year"
    assert units[average] == "incidents per child"
    assert units[share] == "percent"
    assert units["Number of missing incidents during the year"] == "incidents"
    assert units["Children missing at 31 March"] == "children"


def test_a_label_below_another_keeps_what_it_is_a_part_of() -> None:
    subjects = {figure.subject for figure in figures(imported(*published()))}
    start = "Children looked after on 31 March: All children placed"
    end = "council boundary: Foster placements: Private provision"
    assert {f"{start} inside {end}", f"{start} outside {end}"} <= subjects
    assert not any("foster placements: White" in subject for subject in subjects)


@pytest.mark.parametrize("symbol", ["c", "z", "x", "k"])
def test_a_symbol_stands_in_place_of_the_value(tmp_path: Path, symbol: str) -> None:
    found = imported(write(tmp_path, [{**KENT, "number": symbol}]))
    count, share = figures(found)
    assert (count.value, count.symbol, count.unit) == (None, symbol, "children")
    assert (share.value, share.symbol, share.unit) == (100, None, "percent")


def test_a_blank_is_no_figure_and_no_zero(tmp_path: Path) -> None:
    found = imported(write(tmp_path, [{**KENT, "percentage": ""}]))
    assert [(figure.value, figure.unit) for figure in figures(found)] == [
        (1900, "children")
    ]


def test_zero_is_a_figure(tmp_path: Path) -> None:
    found = imported(write(tmp_path, [{**KENT, "number": "0"}]))
    assert [figure.value for figure in figures(found)] == [0, 100]


def test_figures_of_the_region_and_of_england_have_no_authority(
    tmp_path: Path,
) -> None:
    rows = [
        {**KENT, "geographic_level": "National"},
        {**KENT, "geographic_level": "Regional"},
        KENT,
    ]
    found = imported(write(tmp_path, [{**row, "percentage": ""} for row in rows]))
    assert [(f.area, f.local_authority) for f in figures(found)] == [
        ("England", None),
        ("South East", None),
        ("Kent", "Kent"),
    ]


def test_an_authoritys_formal_name_becomes_its_usual_one(tmp_path: Path) -> None:
    found = imported(write(tmp_path, [{**KENT, "la_name": "Bristol, City of"}]))
    assert {figure.area for figure in figures(found)} == {"Bristol"}
    assert [(m.value, m.became) for m in found.mended] == [
        ("Bristol, City of", "Bristol")
    ]


@pytest.mark.parametrize(
    ("period", "kind", "expected"),
    [
        ("2024", "Reporting year", date(2024, 3, 31)),
        ("202324", "Financial year", date(2024, 3, 31)),
        ("202324", "Academic year", date(2024, 8, 31)),
        ("2023", "Calendar year", date(2023, 12, 31)),
    ],
)
def test_a_period_is_told_by_the_day_on_which_it_ends(
    tmp_path: Path, period: str, kind: str, expected: date
) -> None:
    row = {**KENT, "time_period": period, "time_identifier": kind}
    found = imported(write(tmp_path, [row]))
    assert {figure.as_at for figure in figures(found)} == {expected}


def test_a_subject_that_does_not_stand_alone_has_the_files_topic(
    tmp_path: Path,
) -> None:
    row = {**KENT, "characteristic": "1 to 4 years", "percentage": ""}
    name = "national_cla_on_31_march_by_age.csv"
    (figure,) = figures(imported(write(tmp_path, [row], name)))
    assert figure.subject == "Children looked after on 31 March: 1 to 4 years"
    assert figure.source.endswith(f"({name})")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", "many"),
        ("number", "1,900"),
        ("time_period", "next year"),
        ("time_identifier", "Fortnight"),
        ("geographic_level", "School"),
        ("la_name", "Atlantis"),
        ("la_name", ""),
    ],
)
def test_what_is_no_figure_is_rejected_with_its_remedy(
    tmp_path: Path, column: str, value: str
) -> None:
    found = imported(
        write(tmp_path, [KENT | {"characteristic": "A"}, {**KENT, column: value}])
    )
    (fault,) = found.rejected
    assert (fault.row, fault.column, fault.value) == (3, column, value)
    assert fault.remedy
    assert len(figures(found)) == 2


def test_a_row_without_any_figure_is_rejected(tmp_path: Path) -> None:
    found = imported(write(tmp_path, [{**KENT, "number": "", "percentage": ""}]))
    assert [(fault.row, fault.column) for fault in found.rejected] == [(2, "")]


def test_a_figure_given_twice_is_a_duplicate_and_another_value_is_rejected(
    tmp_path: Path,
) -> None:
    found = imported(write(tmp_path, [KENT, KENT, {**KENT, "number": "7"}]))
    (tally,) = found.tallies
    assert (tally.loaded, tally.duplicates, tally.rejected) == (1, 1, 1)
    assert [figure.value for figure in figures(found)] == [1900, 100]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"la_cla\.csv"):
        imported(write(tmp_path, [{"URN": "1", "Name": "A"}]))


def test_a_newer_release_replaces_the_figures_of_its_subjects_alone(
    tmp_path: Path,
) -> None:
    directory = DataDirectory(tmp_path / "data")
    other = {**KENT, "characteristic": "Children adopted"}
    for row in (KENT, other, {**KENT, "number": "2000"}):
        run_import(directory, "dfe", [write(tmp_path, [row])], OPTIONS)
    kept = Dataset.open(directory).rows(PublishedFigure)
    assert {(f.subject, f.value) for f in kept if f.unit == "children"} == {
        ("Children adopted", 1900),
        ("Children looked after on 31 March", 2000),
    }


CELL = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["c", "12", "-3.5", "2024", "National", "Kent", ""]
)


@given(
    st.lists(st.fixed_dictionaries(dict.fromkeys(KENT, CELL)), min_size=1, max_size=6)
)
def test_whatever_the_cells_every_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    found = imported(write(tmp_path_factory.mktemp("hostile"), rows))
    (tally,) = found.tallies
    assert tally.rejected == len({fault.row for fault in found.rejected})
    assert tally.duplicates == len(found.duplicates)
    assert tally.rows_read == tally.loaded + tally.rejected + tally.duplicates
    assert (tally.loaded > 0) == bool(figures(found))
