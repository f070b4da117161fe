"""Files that cannot be read whole: each is told by name with what to do."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.cli import main
from corpus.data_directory import DataDirectory
from corpus.documents import read_with_notes
from corpus.errors import DocumentError, ExitCode
from corpus.ingest import ingest
from corpus.library import Library
from corpus.reading.apart import read_apart, stop_reading
from corpus.reading.lines import Line, Step
from corpus.reading.refusals import MOST_TEXT
from tests.printed_pages import print_pages


def read(path: Path) -> str:
    return read_with_notes(path, path.parent).document.text


def word(path: Path, text: str = "Two homes take siblings.") -> Path:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(DataDirectory(tmp_path / "data"))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_a_file_is_read_as_what_it_is_and_its_name_noted(inbox: Path) -> None:
    printed = print_pages(inbox / "report.pdf", pages=1).rename(inbox / "report.docx")
    web = inbox / "page.txt"
    web.write_text("\n<!DOCTYPE html>\n<html><h1>Fees</h1><p>They rose.")
    for path, kind in ((printed, "a PDF"), (web, "a web page")):
        found = read_with_notes(path, inbox)
        assert f"ends in {path.suffix}, but it is {kind}" in found.notes[0]
        assert "<" not in found.document.text
    mail = inbox / "mail.txt"
    mail.write_text(
        "MIME-Version: 1.0\nFrom: a@b.uk\nSubject: Beds\nX: y\n\nTwo are free.\n"
    )
    assert "an e-mail" in read_with_notes(mail, inbox).notes[0]
    assert read(mail).startswith("Beds")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(inbox: Path) -> None:
    bomb = word(inbox / "bomb.docx")
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.xml", b"\0" * 60_000_000)
    with pytest.raises(DocumentError, match=r"'bomb\.docx' would unpack to 60,"):
        read(bomb)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.docx", b"{\\rtf1 Fees}", "rich text"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.txt", b"\xff\xd8\xff\xe0", "picture"),
        ("a.txt", b"\x1f\x8b\x08", "archive"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Office format"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
         "is encrypted"),
        ("a.txt", bytes(range(1, 9)) * 50, "not text"),
        ("a.pdf", b"", "empty"),
        ("a.docx", b"PK\x03\x04 and no more", "damaged"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named_with_what_to_do(
    inbox: Path, name: str, data: bytes, told: str
) -> None:
    (inbox / name).write_bytes(data)
    with pytest.raises(DocumentError, match=f"'{name}'.*{told}") as refusal:
        read(inbox / name)
    assert refusal.value.remedy


def test_an_archive_and_an_opendocument_file_are_not_taken_for_word(
    inbox: Path,
) -> None:
    for part, told in (("notes.txt", "archive"), ("content.xml", "OpenDocument")):
        with zipfile.ZipFile(inbox / "a.docx", "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(DocumentError, match=told):
            read(inbox / "a.docx")


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("Homes’ fees — £450".encode("cp1252"), "Homes’ fees — £450", "UTF-8"),
        ("Fee: £450, “all in”".encode("utf-16-le"), "Fee: £450, “all in”", "UTF-8"),
        ("£450 a bed — “all in”".encode() + b"\xff", "£450 a bed — “all in”\ufffd",
         "1 bytes"),
        ("Fee £450 – ‘all in’".encode().decode("cp1252", "ignore").encode(),
         "Fee £450", "twice"),
    ],
)  # fmt: skip
def test_text_in_another_encoding_is_read_and_said_to_be(
    inbox: Path, data: bytes, text: str, note: str
) -> None:
    (inbox / "a.txt").write_bytes(data)
    found = read_with_notes(inbox / "a.txt", inbox)
    if note != "twice":
        assert found.document.text == text
    assert note in found.notes[0]


def test_plain_utf8_is_read_without_a_word(inbox: Path) -> None:
    (inbox / "a.txt").write_text("Fee: £450 – “all in”", encoding="utf-8")
    assert read_with_notes(inbox / "a.txt", inbox).notes == ()


def test_more_text_than_any_document_has_is_refused(inbox: Path) -> None:
    with (inbox / "a.txt").open("wb") as file:
        file.truncate(150_000_000)
    with pytest.raises(DocumentError, match=r"'a\.txt' is of over .*Split"):
        read(inbox / "a.txt")
    (inbox / "b.txt").write_text("Words of text. " * (MOST_TEXT // 15 + 10))
    with pytest.raises(DocumentError, match=f"{MOST_TEXT:,} characters"):
        read(inbox / "b.txt")


def test_a_reader_that_falls_silent_is_given_up_and_the_next_file_is_read(
    inbox: Path,
) -> None:
    path = word(inbox / "a.docx")
    stop_reading()
    with pytest.raises(DocumentError, match=r"'a\.docx' was given up after 0\.001"):
        read_apart(path, patience=0.001)
    assert read(path) == "Two homes take siblings."


def test_a_reader_that_dies_is_told_from_one_that_hangs(inbox: Path) -> None:
    (inbox / "a.pdf").write_bytes(b"%PDF-1.7 nothing else")
    with pytest.raises(DocumentError, match="damaged"):
        read(inbox / "a.pdf")
    assert read(word(inbox / "b.docx")) == "Two homes take siblings."


def test_each_page_of_a_long_file_is_told(inbox: Path) -> None:
    steps: list[Step] = []
    path = print_pages(inbox / "a.pdf", pages=3)
    events = read_apart(path, steps.append)
    assert steps == [Step(1, 3), Step(2, 3), Step(3, 3)]
    assert all(event.page in (1, 2, 3) for event in events if isinstance(event, Line))


def test_bad_files_are_reported_and_the_others_kept(
    inbox: Path, library: Library
) -> None:
    word(inbox / "good.docx")
    (inbox / "bad.docx").write_bytes(b"PK\x03\x04")
    (inbox / "latin.txt").write_bytes("Fee: £450 – “all in”".encode("cp1252"))
    report = ingest([inbox], library)
    told = {Path(file.path).name: file for file in report.files}
    assert {name: file.outcome for name, file in told.items()} == {
        "bad.docx": "refused", "good.docx": "added", "latin.txt": "added",
    }  # fmt: skip
    assert "not in utf-8" in told["latin.txt"].notes[0].lower()
    assert told["good.docx"].notes == ()


def test_a_damaged_new_version_does_not_lose_the_one_held(
    inbox: Path, library: Library
) -> None:
    path = word(inbox / "a.docx")
    ingest([inbox], library)
    path.write_bytes(path.read_bytes()[:900])
    (report,) = ingest([inbox], library).files
    assert report.outcome == "refused"
    assert report.reason.endswith("The version read before is kept.")
    (kept,) = library.summaries()
    assert library.get(kept.document_id).text == "Two homes take siblings."


def test_what_a_file_holds_never_runs_in_its_reader(inbox: Path) -> None:
    marker = inbox / "ran"
    (inbox / "json.py").write_text(f"open({str(marker)!r}, 'w')")
    (inbox / "corpus.py").write_text(f"open({str(marker)!r}, 'w')")
    stop_reading()
    assert read(word(inbox / "a.docx")) == "Two homes take siblings."
    assert not marker.exists()


def test_a_title_is_of_one_file_and_a_date_is_a_date(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(inbox / "data"), "ingest"]
    assert main([*data, "--title", "Visit", str(inbox)]) == ExitCode.USAGE
    assert "--title is of one document" in capsys.readouterr().err
    assert main([*data, "--date", "12 May", str(inbox)]) == ExitCode.USAGE
    assert "'12 May' is not a date of the form YYYY-MM-DD" in capsys.readouterr().err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200), at=st.integers(0, 2000), name=st.sampled_from(
    ["a.docx", "a.xlsx", "a.pptx", "a.pdf", "a.eml", "a.html"]))  # fmt: skip
def test_a_file_damaged_anywhere_is_read_or_refused(
    tmp_path: Path, data: bytes, at: int, name: str
) -> None:
    whole = word(tmp_path / "whole.docx").read_bytes()
    (tmp_path / name).write_bytes(whole[:at] + data + whole[at + len(data) :])
    try:
        assert read(tmp_path / name).strip()
    except DocumentError as refusal:
        assert repr(name) in refusal.message


@given(text=st.text(max_size=300), encoding=st.sampled_from(["utf-8", "utf-16"]))
def test_text_survives_its_encoding(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(f"Some opening words. {text}".encode(encoding, "replace"))
    try:
        assert read(path).startswith("Some opening words.")
    except DocumentError as refusal:
        assert "is not text" in refusal.message


@pytest.mark.skipif(sys.platform != "linux", reason="reads the process table")
def test_no_reader_is_left_behind(inbox: Path) -> None:
    read(word(inbox / "a.docx"))
    stop_reading()
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    commands = [Path(f"/proc/{child}/cmdline") for child in children.split()]
    assert not any("corpus.reading.worker" in c.read_text() for c in commands)
