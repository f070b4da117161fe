"""Reading documents: formats, layout, sections, and what a document is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from corpus.codes import DocumentKind
from corpus.documents import Overrides, document_of, locator_at, read_document
from corpus.errors import DocumentError
from corpus.models import Document
from corpus.text import clean_text

SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason="no sample documents")


def read(path: Path, **facts: object) -> Document:
    return read_document(path, path.parent, Overrides.model_validate(facts))


def read_bytes(folder: Path, name: str, data: bytes) -> Document:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def seed(prefix: str) -> Document:
    return read(next(SEEDS.glob(f"{prefix}*.txt")))


def write_pdf(path: Path, pages: list[list[str]], password: str | None = None) -> Path:
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 11 Tf 60 780 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_plain_text_is_read_in_the_encodings_that_offices_use(
    tmp_path: Path, encoding: str
) -> None:
    text = "The fee is £4,557 a week — “all in”."
    assert read_bytes(tmp_path, "a.txt", text.encode(encoding)).text == text


def test_bytes_of_no_encoding_are_still_read(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a.txt", b"Fee \x81\x8d paid \xa34,557 a week")
    assert document.text.endswith("paid £4,557 a week")


def test_a_wrapped_paragraph_becomes_one_line(tmp_path: Path) -> None:
    text = (
        "5.1 Residential care for children is currently costing the County Council on\n"
        "\n"
        "average £4,557 per week (accommodation only). It was lower the year before,\n"
        "and it is expected to rise.\n"
    )
    document = read_bytes(tmp_path, "a.txt", text.encode())
    assert document.text == " ".join(text.split())


def test_bullets_headings_and_labels_are_not_joined_to_what_precedes(
    tmp_path: Path,
) -> None:
    lines = [
        "Staffing",
        "",
        "The home employs a team of residential workers who are supported by",
        "• a registered manager",
        "• two deputies",
        "Location: by the sea",
        "2. The Project",
    ]
    text = read_bytes(tmp_path, "a.txt", "\n".join(lines).encode()).text
    assert text.split("\n") == lines


def test_rows_of_figures_stay_apart(tmp_path: Path) -> None:
    rows = ["10-14 413,500 147,200 560,900 443,400", "15-19 370,900 139,100 510,000"]
    text = read_bytes(tmp_path, "a.txt", "\n".join(rows).encode()).text
    assert text.split("\n") == rows


def test_running_heads_and_page_numbers_of_pages_are_dropped(tmp_path: Path) -> None:
    pages = [
        ["Placement report 2024", f"Part {word} of the text is here.", "More of it.",
         "And still more.", f"Page {number} of 3"]
        for number, word in enumerate(["one", "two", "three"], 1)
    ]  # fmt: skip
    document = read(write_pdf(tmp_path / "a.pdf", pages))
    assert "Placement report" not in document.text
    assert "Page" not in document.text
    assert "Part two of the text is here." in document.text


def test_rising_lone_numbers_are_page_numbers_but_a_lone_figure_is_not(
    tmp_path: Path,
) -> None:
    numbered = "First part.\n\n2\n\nSecond part.\n\n3\n\nThird part.\n\n7\n"
    assert read_bytes(tmp_path, "a.txt", numbered.encode()).text == (
        "First part.\n\nSecond part.\n\nThird part."
    )
    figure = "Children in care\n\n45\n\nin all."
    assert "45" in read_bytes(tmp_path, "b.txt", figure.encode()).text


def test_pages_of_a_pdf_are_the_locators(tmp_path: Path) -> None:
    pages = [["The first page speaks of fostering."], ["The second of residential."]]
    document = read(write_pdf(tmp_path / "a.pdf", pages))
    assert locator_at(document, document.text.index("fostering")) == "page 1"
    assert locator_at(document, document.text.index("residential")) == "page 2"


def test_without_headings_or_pages_the_lines_are_the_locator(tmp_path: Path) -> None:
    text = b"Alpha is said.\n\nBeta is now listed:\n- one\n- two\n\nGamma is said."
    document = read_bytes(tmp_path, "a.txt", text)
    assert [locator_at(document, document.text.index(w)) for w in ("two", "Gam")] == [
        "lines 3-5",
        "line 7",
    ]


def test_an_encrypted_pdf_is_refused_by_name_with_a_remedy(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "locked.pdf", [["Secret text here."]], password="x")
    with pytest.raises(DocumentError, match=r"'locked\.pdf' is encrypted.*password"):
        read(path)


def test_a_scanned_pdf_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="OCR"):
        read(write_pdf(tmp_path / "scan.pdf", [[], []]))


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.pptx", "a.xlsx"])
@pytest.mark.parametrize("data", [b"nothing of the sort", b"%PDF-1.7\n\x00\xff", b"PK"])
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, data: bytes
) -> None:
    with pytest.raises(DocumentError, match=f"'{name}'"):
        read_bytes(tmp_path, name, data)


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("a.txt", "a.md", "a.html", "a.pdf"):
        try:
            document = read_bytes(folder, name, data)
        except DocumentError:
            continue
        assert document.text.strip() == document.text != ""


def test_an_office_file_locked_with_a_password_is_called_encrypted(
    tmp_path: Path,
) -> None:
    with pytest.raises(DocumentError, match="encrypted"):
        read_bytes(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="empty"):
        read_bytes(tmp_path, name, b" \n\n ")


def test_an_unsupported_type_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"'a\.zip' is of a type"):
        read_bytes(tmp_path, "a.zip", b"x")
    with pytest.raises(DocumentError, match="does not exist"):
        read(tmp_path / "none.txt")


def test_headings_lists_and_tables_of_word_are_kept(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Statement of Purpose", 1)
    word.add_heading("Staffing", 2)
    word.add_paragraph("The home has two waking night staff.")
    word.add_paragraph("a registered manager", style="List Bullet")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells],
        ["Need", "Accepted", "Autism", "Yes"],
        strict=True,
    ):
        cell.text = text
    word.save(str(tmp_path / "a.docx"))
    document = read(tmp_path / "a.docx")
    assert document.text.endswith(
        "• a registered manager\n\nNeed | Accepted\nAutism | Yes"
    )
    assert locator_at(document, document.text.index("waking")) == "section Staffing"
    assert document.kind is DocumentKind.STATEMENT_OF_PURPOSE


def test_markdown_headings_become_sections_and_lose_their_marks(
    tmp_path: Path,
) -> None:
    text = "# Visit\n\n## Staffing\n\nTwo **waking** nights.\n\n|A|B|\n|-|-|\n|1|2|\n"
    document = read_bytes(tmp_path, "a.md", text.encode())
    assert (
        document.text == "Visit\n\nStaffing\n\nTwo **waking** nights.\n\nA | B\n1 | 2"
    )
    assert [(s.level, s.heading) for s in document.sections] == [
        (1, "Visit"),
        (2, "Staffing"),
    ]


def test_a_web_page_is_its_words_without_scripts(tmp_path: Path) -> None:
    page = (
        "<html><head><title>T</title><style>p{}</style><body><h1>Fees &amp; costs</h1>"
        "<script>steal()</script><p>A <b>block</b> bed.<ul><li>one<li>two</ul>"
        "<table><tr><th>Age<th>Fee<tr><td><p>10</p><p>to 14</p></td><td>£450</table>"
        "<p>After"
    )
    document = read_bytes(tmp_path, "a.html", page.encode())
    assert document.text == (
        "Fees & costs\n\nA block bed.\n\n• one\n• two\n\n"
        "Age | Fee\n10 to 14 | £450\n\nAfter"
    )


def test_control_sequences_never_reach_the_stored_text(tmp_path: Path) -> None:
    hostile = "Fee \x1b[31m£450\x1b]0;title\x07 a\u202e week\x00.\x9b2J"
    document = read_bytes(tmp_path, "a\x1b[31m.txt", hostile.encode())
    assert document.text == "Fee £450 a week."
    assert document.source == "a.txt"


@given(st.text(max_size=400))
def test_stored_text_is_clean_and_keeps_every_character_that_is_not_space(
    text: str,
) -> None:
    kept = "".join(clean_text(text).split())
    try:
        document = document_of(f"Heading words\n\n{text}", "a.txt", Overrides())
    except DocumentError:
        return
    assert clean_text(document.text) == document.text
    if not any(mark in kept for mark in "|#->") and not kept.isdecimal():
        assert "".join(document.text.split()).removeprefix("Headingwords") == kept


def test_facts_stated_by_the_caller_win(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Regulation 44 visit report\n\nHome: Oak House\n\n3 May 2025\n\nText"
    )
    found = read(path)
    assert (found.kind, found.provider, found.published) == (
        DocumentKind.REG44,
        "Oak House",
        date(2025, 5, 3),
    )
    stated = read(path, kind="other", provider="Elm", title="Mine", invented=True)
    assert (stated.kind, stated.provider, stated.title, stated.invented) == (
        DocumentKind.OTHER,
        "Elm",
        "Mine",
        True,
    )
    assert stated.document_id != found.document_id


def test_the_same_file_read_again_is_the_same_document(tmp_path: Path) -> None:
    first = read_bytes(tmp_path, "a.txt", b"Some words.")
    assert read_bytes(tmp_path, "a.txt", b"Some words.") == first
    assert read_bytes(tmp_path, "a.txt", b"Other words.").document_id != (
        first.document_id
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Friday 23rd March 2018", date(2018, 3, 23)),
        ("Cabinet Committee – 16 November 2021", date(2021, 11, 16)),
        ("Visit on 2025-02-28", date(2025, 2, 28)),
        ("Date: 31/01/2025", date(2025, 1, 31)),
        ("December 2024", date(2024, 12, 1)),
        ("Funded for a phase that was to run until the end of July 2021", None),
        ("31 February 2024", None),
    ],
)
def test_the_date_near_the_top_is_recognised(
    tmp_path: Path, line: str, expected: date | None
) -> None:
    text = f"A report\n\n{line}\n\nWhat follows is the body of the report."
    assert read_bytes(tmp_path, "a.txt", text.encode()).published == expected


def test_an_authority_is_recognised_only_where_the_paper_is_its_own(
    tmp_path: Path,
) -> None:
    own = "Report\n\n" + "Brighton & Hove City Council decided. It was said. " * 4
    assert read_bytes(tmp_path, "a.txt", own.encode()).local_authority == (
        "Brighton and Hove"
    )
    shared = "Report\n\n" + "Kent County Council met Surrey County Council. " * 4
    assert read_bytes(tmp_path, "b.txt", shared.encode()).local_authority is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kent Sufficiency Strategy 2022-2027", "Kent"),
        ("Surrey County Council’s Placement Sufficiency Statement", "Surrey"),
        ("Windsor and Maidenhead: sufficiency statement", "Windsor and Maidenhead"),
        ("South East Sufficiency Strategy", None),
        ("Placement Sufficiency Strategy", None),
        ("Kent in context", None),
    ],
)
def test_a_sufficiency_statement_is_of_the_authority_that_leads_its_title(
    tmp_path: Path, title: str, expected: str | None
) -> None:
    text = f"{title}\n\nThere are too few placements.".encode()
    assert read_bytes(tmp_path, "a.txt", text).local_authority == expected


@needs_seeds
def test_sample_papers_are_recognised_for_what_they_are() -> None:
    facts = {
        prefix: (d.title, d.published, d.local_authority)
        for prefix in ("001", "002", "003", "004")
        for d in [seed(prefix)]
    }
    assert facts["001"][1:] == (date(2021, 11, 16), "Kent")
    assert "Regional Residential Procurement Project" in facts["001"][0]
    assert facts["002"][1:] == (date(2018, 3, 23), None)
    assert facts["003"][1:] == (date(2025, 1, 31), None)
    assert "Forecasting, Commissioning and Market Shaping" in facts["004"][0]
    assert facts["004"][1:] == (date(2024, 12, 1), None)


@needs_seeds
def test_sample_quotes_are_whole_and_located() -> None:
    kent, report = seed("001"), seed("004")
    fee = (
        "5.1 Residential care for children is currently costing Kent County Council on"
        " average £4,557 per week (accommodation only)."
    )
    assert locator_at(kent, kent.text.index(fee) + 60) == "paragraph 5.1"
    vacancy = kent.text.index("Where a vacancy arises with no referral forthcoming")
    assert locator_at(kent, vacancy) == "paragraph 4.4"
    soft = report.text.index("A soft block contract aims")
    assert locator_at(report, soft) == "section 5.3.1, Soft blocks"


@needs_seeds
def test_sample_texts_lose_nothing_but_page_numbers() -> None:
    for path in SEEDS.glob("*.txt"):
        raw = "".join(clean_text(path.read_text(encoding="utf-8")).split())
        stored = "".join(read(path).text.split())
        assert len(raw) - len(stored) <= 5


def test_date_of_birth_is_no_documents_date() -> None:
    text = "Visit report\n\nResident A, born 3 April 2011, was seen.\n"
    assert document_of(text, "a.md", Overrides()).published is None
    dated = text + "\nDOB: 3/4/2011. Date of visit: 9 May 2025.\n"
    assert document_of(dated, "a.md", Overrides()).published == date(2025, 5, 9)
