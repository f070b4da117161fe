from __future__ import annotations

import csv
import json
import multiprocessing
from datetime import date
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from assistant.cli import main
from corpus.commissioning import PublishedFigure
from corpus.data_directory import DataDirectory
from corpus.dataset import TABLES, Dataset, replace_tables, write_tables, writing
from corpus.errors import DataDirectoryError, ExitCode, TableError, UsageError
from corpus.importing import ImportOptions, ImportReport
from corpus.importing.merging import differences, merged
from corpus.importing.report import EVERY_ROW, FileTally, Imported, Replaced
from corpus.importing.run import run_import
from corpus.models import Frozen, Inspection, Setting, Vacancy
from tests.provider_lists import AGENCY, HOME, NEWEST, YEARS, Cells

OPTIONS = ImportOptions()
BAD: Cells = {**HOME, "urn": "12"}


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


def load(directory: DataDirectory, *rows: Cells, dry_run: bool = False) -> ImportReport:
    path = NEWEST.write(directory.root.parent, rows)
    return run_import(directory, "ofsted", [path], OPTIONS, dry_run=dry_run)


def urns(directory: DataDirectory) -> list[str]:
    return [setting.urn for setting in Dataset.open(directory).rows(Setting)]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, the lock apart."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".writer.lock"
    }


def test_an_import_loads_and_the_next_one_replaces_it(
    directory: DataDirectory,
) -> None:
    load(directory, HOME)
    load(directory, AGENCY)
    assert urns(directory) == ["SC069455"]
    assert Dataset.open(directory).as_at == date(2025, 3, 31)


def test_a_dry_run_reports_the_same_and_changes_nothing(
    directory: DataDirectory,
) -> None:
    load(directory, HOME)
    before = contents(directory.root)
    dry = load(directory, AGENCY, BAD, dry_run=True)
    assert contents(directory.root) == before
    assert dry.dry_run
    assert dry.rejected_file is None
    real = load(directory, AGENCY, BAD)
    same = {"tallies", "mended", "rejected", "compared", "tables", "notes"}
    assert dry.model_dump(include=same) == real.model_dump(include=same)


def test_a_dry_run_on_nothing_makes_no_data_directory(
    directory: DataDirectory,
) -> None:
    load(directory, HOME, dry_run=True)
    assert not directory.root.exists()


def test_a_demonstration_takes_no_real_tables(directory: DataDirectory) -> None:
    write_tables(directory, {}, "demonstration", date(2026, 3, 31), seed=1)
    before = contents(directory.root)
    for dry_run in (True, False):
        with pytest.raises(DataDirectoryError, match="demonstration"):
            load(directory, HOME, dry_run=dry_run)
    assert contents(directory.root) == before


def test_a_source_that_is_not_known_is_refused(directory: DataDirectory) -> None:
    with pytest.raises(UsageError, match="ofsted, ssda903, dfe"):
        run_import(directory, "cqc", [], OPTIONS)


@pytest.mark.parametrize("step", [1, 2])
def test_an_interruption_leaves_the_tables_as_they_were(
    directory: DataDirectory, step: int
) -> None:
    load(directory, HOME)
    before = contents(directory.tables)

    def interrupt(_: str, done: int, __: int) -> None:
        if done == step:
            raise KeyboardInterrupt

    path = NEWEST.write(directory.root.parent, [AGENCY])
    with pytest.raises(KeyboardInterrupt):
        run_import(directory, "ofsted", [path], OPTIONS, progress=interrupt)
    assert contents(directory.tables) == before
    assert urns(directory) == ["2590934"]
    assert len(list(directory.root.glob("imports/*.json"))) == 1
    load(directory, AGENCY)
    assert urns(directory) == ["SC069455"]


def test_one_file_that_cannot_be_read_stops_the_whole_import(
    directory: DataDirectory, tmp_path: Path
) -> None:
    load(directory, HOME)
    before = contents(directory.root)
    good = NEWEST.write(tmp_path, [AGENCY])
    other = tmp_path / "other.csv"
    other.write_text("nothing,of,the,kind\n", "utf-8")
    with pytest.raises(TableError, match=r"other\.csv"):
        run_import(directory, "ofsted", [good, other], OPTIONS)
    assert contents(directory.root) == before


def test_files_without_one_good_row_do_not_empty_the_tables(
    directory: DataDirectory,
) -> None:
    load(directory, HOME)
    with pytest.raises(TableError, match="None of the 1 rows") as caught:
        load(directory, BAD)
    assert urns(directory) == ["2590934"]
    (rejected,) = directory.root.glob("imports/*-rejected.csv")
    assert str(rejected) in caught.value.remedy


def test_a_list_without_rows_does_not_empty_the_tables(
    directory: DataDirectory,
) -> None:
    load(directory, HOME)
    with pytest.raises(TableError, match="None of the 0 rows"):
        load(directory)
    assert urns(directory) == ["2590934"]


def test_rejected_rows_are_kept_with_the_reason_and_the_row(
    directory: DataDirectory,
) -> None:
    report = load(directory, HOME, {**BAD, "sector": "=cmd|' /C calc'!A0"})
    assert report.rejected_file is not None
    with Path(report.rejected_file).open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["row"], first["column"], first["value"]) == ("6", "URN", "12")
    assert first["why"]
    assert first["remedy"]
    assert first["read: Local authority"] == "Kent"
    assert second["value"] == "'=cmd|' /C calc'!A0"
    assert second["read: Local authority"] == ""


def test_the_report_is_kept_and_reads_back(directory: DataDirectory) -> None:
    report = load(directory, HOME, BAD)
    (path,) = directory.root.glob("imports/*.json")
    kept = ImportReport.model_validate_json(path.read_text("utf-8"))
    assert kept.tallies == report.tallies
    assert [fault.why for fault in kept.rejected] == [
        fault.why for fault in report.rejected
    ]


def test_a_load_is_compared_with_the_last_of_its_source(
    directory: DataDirectory,
) -> None:
    assert load(directory, HOME, AGENCY).compared == ()
    other = {**HOME, "urn": "2600000"}
    report = load(directory, other, {**AGENCY, "places": "5"}, BAD)
    assert any("2 loaded, 0 duplicates, 0 rejected" in c for c in report.compared)
    assert "settings: 1 new, 1 changed, 1 gone, 0 the same" in report.compared
    again = load(directory, other, {**AGENCY, "places": "5"})
    assert "settings: 0 new, 0 changed, 0 gone, 2 the same" in again.compared


def test_tables_that_the_source_does_not_speak_of_stay(
    directory: DataDirectory,
) -> None:
    load(directory, HOME)
    vacancy = Vacancy(urn="2590934", vacancies=1, as_at=date(2025, 4, 1))
    replace_tables(directory, {"vacancies": [vacancy]}, {"vacancies": date(2025, 4, 1)})
    load(directory, AGENCY)
    assert Dataset.open(directory).rows(Vacancy) == [vacancy]
    assert Dataset.open(directory).as_at == date(2025, 4, 1)


def test_a_reader_keeps_the_tables_that_it_opened(directory: DataDirectory) -> None:
    load(directory, HOME)
    reader = Dataset.open(directory)
    load(directory, AGENCY)
    assert [setting.urn for setting in reader.rows(Setting)] == ["2590934"]
    assert [str(i.rating) for i in reader.rows(Inspection)] == ["good"]


def test_old_generations_do_not_pile_up(directory: DataDirectory) -> None:
    for places in range(5):
        load(directory, {**HOME, "places": str(places)})
    assert len(list(directory.tables.iterdir())) == 2


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_reads_back_as_no_rows(
    directory: DataDirectory, name: str
) -> None:
    write_tables(directory, {}, "real", date(2025, 3, 31))
    assert Dataset.open(directory).rows(TABLES[name]) == []


def test_rows_read_back_as_they_were_written(directory: DataDirectory) -> None:
    load(directory, HOME, AGENCY)
    home, agency = Dataset.open(directory).rows(Setting)
    assert (home.places, agency.places) == (3, None)
    assert (home.postcode_district, agency.postcode_district) == (None, "ME14")
    assert home.genders == ()


def hold_lock(root: str, ready: Event, done: Event) -> None:
    with writing(DataDirectory(Path(root))):
        ready.set()
        done.wait()


def test_two_processes_do_not_write_at_once(directory: DataDirectory) -> None:
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=hold_lock, args=(str(directory.root), ready, done))
    other.start()
    try:
        assert ready.wait(60)
        busy = pytest.raises(DataDirectoryError, match="Another process")
        with busy, writing(directory, wait=0):
            pass
    finally:
        done.set()
        other.join()
    with writing(directory, wait=0), writing(directory, wait=0):
        pass


def test_a_tally_that_loses_a_row_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="unaccounted for"):
        FileTally(
            file="a.csv", layout="", rows_read=3, loaded=1, duplicates=1, rejected=0
        )


def figure(subject: str, value: float) -> PublishedFigure:
    return PublishedFigure(
        subject=subject,
        local_authority=None,
        area="England",
        value=value,
        symbol=None,
        unit="children",
        as_at=date(2024, 3, 31),
        source="a publisher",
    )


def test_only_rows_of_the_scope_give_way(directory: DataDirectory) -> None:
    rows = {"published_figures": [figure("one", 1), figure("two", 2)]}
    replace_tables(directory, rows, dict.fromkeys(rows, date(2024, 3, 31)))
    held = Dataset.open(directory)
    found: list[Frozen] = [figure("two", 3), figure("three", 4)]
    scope = {"published_figures": Replaced("subject", frozenset({"two", "three"}))}
    imported = Imported(rows={"published_figures": found}, replaces=scope, tallies=())
    together = merged(held, imported)["published_figures"]
    assert together == [figure("one", 1), *found]
    assert differences(held, imported) == (
        "published figures: 1 new, 1 changed, 0 gone, 0 the same",
    )


def test_a_damaged_table_gives_way_where_it_is_wholly_replaced(
    directory: DataDirectory,
) -> None:
    load(directory, HOME)
    folder = Dataset.open(directory).folder
    assert folder is not None
    (folder / "inspections.parquet").write_bytes(b"damaged")
    held = Dataset.open(directory)
    whole = Imported(
        rows={"inspections": []}, replaces={"inspections": EVERY_ROW}, tallies=()
    )
    assert merged(held, whole) == {"inspections": []}
    part = Imported(rows={"inspections": []}, replaces={}, tallies=())
    with pytest.raises(TableError, match="inspections"):
        merged(held, part)


# The command.


def run(directory: DataDirectory, *words: str) -> int:
    return main(["--data-dir", str(directory.root), "import", *words])


def test_the_command_loads_and_prints_what_was_mended_and_rejected(
    directory: DataDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = NEWEST.write(tmp_path, [{**HOME, "authority": "Durham"}, BAD])
    assert run(directory, "ofsted", str(path)) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert "2 rows read: 1 loaded, 0 duplicates, 1 rejected" in out
    assert "'Durham' became 'County Durham'" in out
    assert "row 6, URN '12': it is not a URN" in out
    assert "Importing" in err
    assert urns(directory) == ["2590934"]


def test_the_command_prints_the_report_as_json(
    directory: DataDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = NEWEST.write(tmp_path, [HOME])
    assert run(directory, "ofsted", str(path), "--dry-run", "--json") == ExitCode.DONE
    report = json.loads(capsys.readouterr().out)
    assert report["dry_run"] is True
    assert report["tallies"][0]["loaded"] == 1


def test_homes_loaded_are_found_and_what_is_no_placement_is_not(
    directory: DataDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = {**HOME, "urn": "2600000", "kind": "Boarding School", "name": "A School"}
    path = NEWEST.write(tmp_path, [HOME, school])
    assert run(directory, "ofsted", str(path)) == ExitCode.DONE
    capsys.readouterr()
    words = ["tool", "find_providers", '{"local_authority": "Kent"}', "--json"]
    assert main(["--data-dir", str(directory.root), *words]) == ExitCode.DONE
    data = json.loads(capsys.readouterr().out)["data"]
    assert [match["urn"] for match in data["matches"]] == ["2590934"]
    assert data["compared"] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("ofsted",),
        ("cqc", "a.csv"),
        ("ofsted", "absent.csv"),
        ("ofsted", "absent.csv", "--local-authority", "Atlantis"),
    ],
)
def test_what_cannot_be_imported_exits_2_and_says_why(
    directory: DataDirectory,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    assert run(directory, *words) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert not out
    assert err.splitlines()[-1].startswith("placements: ")


def test_the_demonstration_refuses_a_directory_of_real_tables(
    directory: DataDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = YEARS[0].write(tmp_path, [HOME])
    assert run(directory, "ofsted", str(path)) == ExitCode.DONE
    assert main(["--data-dir", str(directory.root), "demo"]) == ExitCode.USAGE
    assert "real tables" in capsys.readouterr().err
