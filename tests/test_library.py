"""The library: what adding, replacing and removing documents leaves on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.errors import DataDirectoryError, DocumentError
from corpus.ingest import IngestReport, ingest
from corpus.library import Library
from corpus.models import Document


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(DataDirectory(tmp_path / "data"))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "homes").mkdir(parents=True)
    (folder / "fees.txt").write_text("Fees\n\nA bed costs £5,000 a week.")
    (folder / "homes" / "oak.md").write_text("# Oak House\n\nTakes siblings.")
    return folder


def document(text: str, source: str = "a.md", *, invented: bool = False) -> Document:
    return document_of(text, source, Overrides(invented=invented))


def outcomes(report: IngestReport) -> dict[str, str]:
    return {Path(file.path).name: file.outcome for file in report.files}


def test_an_empty_library_holds_nothing(library: Library) -> None:
    assert library.summaries() == ()
    assert library.passages() == ()


def test_a_document_comes_back_as_it_was_added(library: Library) -> None:
    added = document("# Fees\n\nA bed costs £5,000.", invented=True)
    assert library.add([added]).new == (added.document_id,)
    assert library.get(added.document_id) == added
    (summary,) = library.summaries()
    assert (summary.title, summary.invented, summary.words) == ("Fees", True, 5)


def test_adding_the_same_again_changes_nothing(library: Library) -> None:
    library.add([document("One.")])
    before = library.fingerprint()
    assert library.add([document("One.")]).unchanged == (document("One.").document_id,)
    assert library.fingerprint() == before
    assert len(library.summaries()) == 1


def test_new_text_from_the_same_place_replaces_the_old(library: Library) -> None:
    old, new = document("One."), document("Two.")
    library.add([old])
    before = library.fingerprint()
    assert library.add([new]).replaced == (new.document_id,)
    assert [s.document_id for s in library.summaries()] == [new.document_id]
    assert library.fingerprint() != before


def test_a_replaced_text_can_still_be_read_by_who_found_it(library: Library) -> None:
    old = document("One.")
    library.add([old])
    library.add([document("Two.")])
    assert library.get(old.document_id) == old
    long_ago = (0.0, 0.0)
    os.utime(library.folder / f"{old.document_id}.json", long_ago)
    library.add([document("Three.")])
    with pytest.raises(DocumentError, match=old.document_id):
        library.get(old.document_id)


def test_a_removed_document_is_gone_at_once(library: Library) -> None:
    kept, gone = document("One."), document("Two.", "b.md")
    library.add([kept, gone])
    library.remove(gone.document_id)
    assert [s.document_id for s in library.summaries()] == [kept.document_id]
    with pytest.raises(DocumentError, match=gone.document_id):
        library.get(gone.document_id)
    with pytest.raises(DocumentError, match=gone.document_id):
        library.remove(gone.document_id)
    library.add([gone])
    with pytest.raises(DocumentError, match="nothing"):
        library.remove(gone.document_id, "nothing")
    library.remove(gone.document_id)
    texts = [path.read_text() for path in library.folder.rglob("*.json")]
    assert not any("Two." in text for text in texts)


def test_an_identifier_cannot_leave_the_library(library: Library) -> None:
    library.add([document("One.")])
    (library.folder.parent / "secret.json").write_text(
        document("Two.").model_dump_json()
    )
    with pytest.raises(DocumentError):
        library.get("../secret")


def test_a_damaged_catalogue_is_named(library: Library) -> None:
    library.add([document("One.")])
    (catalogue,) = library.folder.glob("catalogue/*.json")
    catalogue.write_text("{")
    with pytest.raises(DataDirectoryError, match=r"catalogue\.json"):
        library.summaries()


def test_writers_at_once_lose_no_document(library: Library) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from corpus.library import Library;"
        "from corpus.documents import Overrides, document_of;"
        "library = Library(Path(sys.argv[1]));"
        "[library.add([document_of(f'{sys.argv[2]} {n}', f'{sys.argv[2]}{n}',"
        " Overrides())]) for n in range(20)]"
    )
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", script, str(library.folder)]
    writers = [subprocess.Popen([*command, name], cwd=root) for name in ("oak", "elm")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert len(library.summaries()) == 40
    assert len(library.passages()) == 40


def test_a_folder_is_read_whole_with_paths_relative_to_it(
    library: Library, inbox: Path
) -> None:
    report = ingest([inbox], library)
    assert outcomes(report) == {"fees.txt": "added", "oak.md": "added"}
    assert {s.source for s in library.summaries()} == {"fees.txt", "homes/oak.md"}
    assert report.changed


def test_ingesting_again_changes_nothing_by_folder_or_by_file(
    library: Library, inbox: Path
) -> None:
    ingest([inbox], library)
    before = library.fingerprint()
    for paths in ([inbox], [inbox / "homes" / "oak.md"], [inbox / "homes"]):
        report = ingest(paths, library)
        assert set(outcomes(report).values()) == {"unchanged"}
        assert not report.changed
    assert library.fingerprint() == before


def test_an_edited_file_replaces_its_former_version(
    library: Library, inbox: Path
) -> None:
    ingest([inbox], library)
    (inbox / "homes" / "oak.md").write_text("# Oak House\n\nTakes no siblings.")
    assert outcomes(ingest([inbox / "homes"], library)) == {"oak.md": "replaced"}
    assert len(library.summaries()) == 2


def test_a_file_that_is_held_as_it_is_now_is_not_read_again(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([inbox], library)

    def no_reading(*_: object) -> None:
        raise AssertionError("read again")

    with monkeypatch.context() as patched:
        patched.setattr("corpus.ingest.read_with_notes", no_reading)
        report = ingest([inbox], library)
        assert set(outcomes(report).values()) == {"unchanged"}
        assert all(file.document_id for file in report.files)
    (kept,) = [s for s in library.summaries() if s.source == "fees.txt"]
    library.remove(kept.document_id)
    assert outcomes(ingest([inbox], library))["fees.txt"] == "added"


def test_a_held_file_of_which_other_facts_are_stated_is_read_again(
    library: Library, inbox: Path
) -> None:
    ingest([inbox], library)
    report = ingest([inbox], library, Overrides(local_authority="Kent"))
    assert set(outcomes(report).values()) == {"replaced"}
    assert {s.local_authority for s in library.summaries()} == {"Kent"}


def test_a_file_with_notes_is_read_and_told_of_again(
    library: Library, inbox: Path
) -> None:
    (inbox / "old.txt").write_bytes("A bed costs £5,000 a week.".encode("cp1252"))
    for outcome in ("added", "unchanged"):
        (old,) = [f for f in ingest([inbox], library).files if "old" in f.path]
        assert old.outcome == outcome
        assert old.notes


def test_files_of_one_name_in_two_folders_are_two_documents(
    library: Library, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "visit.txt").write_text(f"Visit to home {folder}.")
        ingest([tmp_path / folder / "visit.txt"], library)
    assert [s.source for s in library.summaries()] == ["visit.txt", "visit.txt"]


def test_a_text_that_becomes_another_s_leaves_no_former_version(
    library: Library,
) -> None:
    kept = document("# Two", "b.md")
    library.add([document("# One", "a.md"), kept])
    library.add([document("# Two", "a.md")])
    assert [s.document_id for s in library.summaries()] == [kept.document_id]


def test_a_bad_file_is_refused_with_its_reason_and_the_others_go_on(
    library: Library, inbox: Path
) -> None:
    (inbox / "a.pdf").write_bytes(b"no pdf at all")
    (inbox / "b.zip").write_bytes(b"PK")
    (inbox / "c.txt").write_text("  \n")
    (inbox / ".hidden.txt").write_text("Hidden.")
    report = ingest([inbox, inbox / "missing.txt"], library)
    refused = {
        Path(f.path).name: f.reason for f in report.files if f.outcome == "refused"
    }
    assert set(refused) == {"a.pdf", "b.zip", "c.txt", "missing.txt"}
    assert "damaged" in refused["a.pdf"]
    assert "type" in refused["b.zip"]
    assert "empty" in refused["c.txt"]
    assert "does not exist" in refused["missing.txt"]
    assert report.count("added") == 2


def test_a_single_path_that_is_not_there_is_an_error(
    library: Library, tmp_path: Path
) -> None:
    with pytest.raises(DocumentError, match=r"missing\.txt"):
        ingest([tmp_path / "missing.txt"], library)


def test_stated_facts_hold_for_every_file(library: Library, inbox: Path) -> None:
    ingest([inbox], library, Overrides(local_authority="Kent"))
    assert {s.local_authority for s in library.summaries()} == {"Kent"}


def test_progress_is_told_with_the_number_of_files(
    library: Library, inbox: Path
) -> None:
    told: list[tuple[str, int, int]] = []
    ingest([inbox], library, progress=lambda *step: told.append(step))
    assert told == [("Reading documents", 0, 2)]


def test_a_library_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    library = Library.open(DataDirectory(tmp_path / "data"))
    with pytest.raises(DataDirectoryError, match="cannot be written"):
        library.add([document("One.")])


def test_a_file_of_over_200_megabytes_is_refused(
    library: Library, tmp_path: Path
) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(200_000_001)
    (report,) = ingest([tmp_path / "large.txt"], library).files
    assert (report.outcome, report.reason.split(".")[1]) == (
        "refused",
        "txt' is over 200 MB",
    )


def test_link_out_of_the_folder_is_not_followed(
    inbox: Path, library: Library, tmp_path: Path
) -> None:
    secret = tmp_path / "elsewhere.txt"
    secret.write_text("Not to be read in.")
    (inbox / "link.txt").symlink_to(secret)
    (inbox / "again.md").symlink_to(next(inbox.rglob("oak.md")))
    names = {Path(file.path).name for file in ingest([inbox], library).files}
    assert "link.txt" not in names
    assert "again.md" in names
