from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from assistant.answer import Answer
from assistant.cli import main
from assistant.engine import Assistant
from assistant.events import Done, Failed, Stage
from assistant.exporting import Block, Figure, Heading, Lead, Paragraph, TableBlock
from assistant.exporting.blocks import Quotation, ToComplete
from assistant.ledger import MARKER, Ledger
from assistant.narrative import (
    SECTIONS,
    Narrative,
    NarrativeWritten,
    content_of,
    draft_narrative,
)
from assistant.narrative.evidence import Evidence
from assistant.narrative.holding import Check
from assistant.settings import Settings
from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.library import Library
from corpus.models import Table
from corpus.viewer import Viewer

COUNCIL = "council:Kent"


def opened(region_dir: Path, viewer: str = COUNCIL) -> Assistant:
    return Assistant.open(Settings(data_dir=region_dir, viewer=Viewer.parse(viewer)))


def drafted(assistant: Assistant, authority: str, ledger: Ledger) -> Narrative:
    events = draft_narrative(assistant.knowledge, authority, lambda: False, ledger)
    return next(one for one in events if isinstance(one, Narrative))


@pytest.fixture(scope="module")
def kent(region_dir: Path) -> tuple[Narrative, Ledger]:
    assistant = opened(region_dir)
    ledger = Ledger(assistant.knowledge)
    return drafted(assistant, "Kent", ledger), ledger


@pytest.fixture(scope="module")
def seen_by_region(region_dir: Path) -> Narrative:
    assistant = opened(region_dir, "region")
    return drafted(assistant, "Kent", Ledger(assistant.knowledge))


def texts(narrative: Narrative) -> Iterator[str]:
    for block in narrative.blocks:
        for name in ("text", "caption", "source"):
            yield str(getattr(block, name, ""))
        yield from getattr(block, "items", ())
        if isinstance(block, TableBlock):
            yield from (str(cell) for row in block.table.rows for cell in row)


def test_sections_stand_in_the_order_of_the_template_each_led_by_its_message(
    kent: tuple[Narrative, Ledger],
) -> None:
    blocks = kent[0].blocks
    headings = [b.text for b in blocks if isinstance(b, Heading) and b.level == 1]
    numbered = [f"{at}. {name}" for at, name in enumerate(SECTIONS, start=1)]
    assert headings == ["Summary", *numbered, "Method and limits", "References"]
    for heading in numbered:
        at = next(
            i
            for i, b in enumerate(blocks)
            if isinstance(b, Heading) and b.text == heading
        )
        section = blocks[at + 1 :]
        assert isinstance(section[0], Lead)
        stop = next(i for i, b in enumerate(section) if isinstance(b, Heading))
        assert any(isinstance(b, ToComplete) for b in section[:stop]), heading


def test_nothing_is_struck_and_every_reference_resolves(
    kent: tuple[Narrative, Ledger], seen_by_region: Narrative
) -> None:
    for narrative in (kent[0], seen_by_region):
        assert narrative.struck == ()
        listed = [marker for marker, _ in narrative.references.citations]
        cited = dict.fromkeys(
            int(at) for text in texts(narrative) for at in MARKER.findall(text)
        )
        assert listed == sorted(cited) == list(range(1, len(listed) + 1))


@pytest.mark.parametrize(
    "text",
    [
        "There are 1,234,567 children [{mark}].",
        "There are 17 homes that no source cited here counts.",
        "A source that was never given out says so [99999].",
    ],
)
def test_figure_that_its_own_source_does_not_hold_is_struck(
    kent: tuple[Narrative, Ledger], text: str
) -> None:
    _, ledger = kent
    check = Check(ledger)
    sentence = text.replace("{mark}", str(ledger.entries[0].markers[0]))
    kept = list(check.holding([Paragraph(text=f"This stays. {sentence}")]))
    assert [getattr(block, "text", None) for block in kept] == ["This stays."]
    assert check.struck == [sentence]


def test_figure_of_another_source_does_not_hold_beside_a_wrong_one(
    kent: tuple[Narrative, Ledger],
) -> None:
    _, ledger = kent
    spend = next(e for e in ledger.entries if e.call.name == "provider_spend")
    ages = next(
        e for e in ledger.entries if e.call.arguments.get("group_by") == "age_band"
    )
    told = f"£{spend.result.data.total.value:,.0f}"
    right, wrong = (
        f"It cost {told} [{spend.markers[0]}].",
        f"It cost {told} [{ages.markers[0]}].",
    )
    check = Check(ledger)
    assert list(check.holding([Paragraph(text=right)])) == [Paragraph(text=right)]
    assert list(check.holding([Paragraph(text=wrong)])) == []


@pytest.mark.parametrize("kind", ["table", "quotation"])
def test_altered_table_or_quotation_is_left_out(
    kent: tuple[Narrative, Ledger], kind: str
) -> None:
    _, ledger = kent
    block: Block
    if kind == "table":
        rows = (("10 to 15", "98,765"),)
        table = Table(title="T", columns=("Age", "Children"), rows=rows, total_rows=1)
        block = TableBlock(table=table, caption=f"T [{ledger.entries[1].markers[0]}]")
    else:
        at = next(i for i, c in enumerate(ledger.citations, 1) if c.quote)
        block = Quotation(text="“Words that nobody wrote.”", source=f"S [{at}].")
    assert list(Check(ledger).holding([block])) == []


def test_same_data_gives_the_same_bytes(
    region_dir: Path, kent: tuple[Narrative, Ledger]
) -> None:
    assistant = opened(region_dir)
    again = drafted(assistant, "Kent", Ledger(assistant.knowledge))
    as_at = assistant.knowledge.dataset.as_at
    for suffix in (".docx", ".md"):
        first = content_of(kent[0], suffix, as_at)
        assert content_of(again, suffix, as_at) == first


def test_word_and_markdown_say_the_same(
    kent: tuple[Narrative, Ledger], tmp_path: Path
) -> None:
    narrative, _ = kent
    path = tmp_path / "statement.docx"
    path.write_bytes(content_of(narrative, ".docx", None))
    written = docx.Document(str(path))
    plain = content_of(narrative, ".md", None).decode().replace("\\", "")
    said = [p.text for p in written.paragraphs if _style(p) != "Caption"]
    captions = [
        p._p.xpath("string(.)") for p in written.paragraphs if _style(p) == "Caption"
    ]
    assert len(captions) == narrative.count(TableBlock) + narrative.count(Figure)
    assert len(written.inline_shapes) == narrative.count(Figure)
    for text in captions:
        assert f"*{text}*" in plain
    for paragraph in said:
        for line in paragraph.split("\t"):
            assert " ".join(line.lstrip("☐ ").split()) in " ".join(plain.split())
    for block in narrative.blocks:
        if isinstance(block, Heading) and block.level == 1:
            assert block.text in said
            assert f"## {block.text}" in plain


def _style(paragraph: Any) -> str:
    return str(paragraph.style.name)


def test_word_file_has_header_rows_links_to_references_and_page_numbers(
    kent: tuple[Narrative, Ledger], tmp_path: Path
) -> None:
    path = tmp_path / "statement.docx"
    path.write_bytes(content_of(kent[0], ".docx", None))
    written = docx.Document(str(path))
    for table in written.tables:
        assert table.rows[0]._tr.xpath(".//w:tblHeader")
    body = written.element.body
    named = set(body.xpath(".//w:bookmarkStart/@w:name"))
    links = body.xpath(".//w:hyperlink/@w:anchor")
    assert links and set(links) <= named
    assert "PAGE" in written.sections[0].footer._element.xml
    assert all(shape._inline.docPr.get("descr") for shape in written.inline_shapes)


def test_protected_figures_are_told_as_such_to_all_but_the_council(
    kent: tuple[Narrative, Ledger], seen_by_region: Narrative
) -> None:
    exact = " ".join(texts(kent[0]))
    protected = " ".join(texts(seen_by_region))
    assert "under disclosure control" in protected
    assert "under disclosure control" not in exact
    leads = [b.text for b in seen_by_region.blocks if isinstance(b, Lead)]
    assert re.search(r"Kent had about [\d,]+ children", " ".join(leads))
    small = [
        cell
        for block in seen_by_region.blocks
        if isinstance(block, TableBlock) and "Children" in block.table.columns
        for row in block.table.rows
        for cell in row[1:2]
    ]
    assert small
    assert not set(small) & {"1", "2", "3", "4"}


def test_sentences_leave_out_what_is_withheld(seen_by_region: Narrative) -> None:
    for block in seen_by_region.blocks:
        if isinstance(block, Lead | Paragraph) and not block.text.startswith("c:"):
            assert "withheld, for few" not in block.text


def test_demonstration_says_so_wherever_it_is_shown(
    kent: tuple[Narrative, Ledger],
) -> None:
    for block in kent[0].blocks:
        if isinstance(block, TableBlock | Figure):
            assert "invented" in block.caption
        if isinstance(block, Heading) and block.level == 0:
            assert "invented" in block.text


def test_events_end_in_the_file_and_the_audit_knows_its_calls(
    region_dir: Path, tmp_path: Path
) -> None:
    output = tmp_path / "kent.md"
    output.write_text("older")
    events = list(opened(region_dir).narrate("kent", output))
    *stages, last = events
    assert isinstance(last, NarrativeWritten)
    assert all(isinstance(stage, Stage) for stage in stages)
    counted = [s for s in stages if isinstance(s, Stage) and s.total]
    assert [s.done for s in counted] == list(range(counted[0].total))
    assert output.read_text().startswith("# Kent: sufficiency statement")
    assert [path.name for path in tmp_path.iterdir()] == ["kent.md"]
    assert "forecast_demand" in {call.name for call in last.record.tool_calls}


def test_stopping_keeps_the_file_that_was_there(
    region_dir: Path, tmp_path: Path
) -> None:
    output = tmp_path / "kent.docx"
    output.write_text("older")
    asked = iter([False, False, True])
    events = list(opened(region_dir).narrate("Kent", output, lambda: next(asked)))
    assert isinstance(events[-1], Failed)
    assert events[-1].kind == "Stopped"
    assert output.read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["kent.docx"]


@pytest.mark.parametrize(
    ("authority", "name", "told"),
    [
        ("Kentshire-on-Sea", "a.docx", "Kentshire"),
        ("Leeds", "a.docx", "no placements of Leeds"),
        ("Kent", "a.pdf", ".docx nor .md"),
        ("Kent", "missing/a.docx", "Nothing can be written"),
        ("Kent", ".", "neither"),
    ],
)
def test_what_cannot_be_done_is_told_before_the_work(
    region_dir: Path, tmp_path: Path, authority: str, name: str, told: str
) -> None:
    (failed,) = opened(region_dir).narrate(authority, tmp_path / name)
    assert isinstance(failed, Failed)
    assert told in failed.message
    assert failed.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("documents", [False, True])
def test_directory_without_tables_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], documents: bool
) -> None:
    root, output = tmp_path / "data", tmp_path / "kent.docx"
    if documents:
        words = "# Kent sufficiency statement\n\nWe want homes near home.\n"
        paper = document_of(words, "paper.md", Overrides())
        Library.open(DataDirectory(root)).add([paper])
    asked = ["--data-dir", str(root), "narrative", "Kent", "--output", str(output)]
    assert main(asked) == 2
    assert "placements import" in capsys.readouterr().err
    assert not output.exists()


def answer_of(assistant: Assistant, question: str) -> tuple[Answer, list[Stage]]:
    events = list(assistant.ask(question))
    done = events[-1]
    assert isinstance(done, Done)
    return done.answer, [event for event in events if isinstance(event, Stage)]


def test_asked_for_it_is_written_beside_the_data_and_never_over_an_earlier_one(
    tmp_path: Path, region_dir: Path
) -> None:
    root = tmp_path / "data"
    shutil.copytree(region_dir, root)
    assistant = opened(root)
    folder = root / "narratives" / "council-kent"
    answer, stages = answer_of(
        assistant, "Please draft our sufficiency statement, in Markdown"
    )
    assert answer.status == "answered"
    assert any(stage.total for stage in stages)
    first = folder / "kent-sufficiency-statement.md"
    assert first.name in answer.text
    assert answer.citations[0].citation.source == first.relative_to(root).as_posix()
    first.write_text("the council wrote on")
    again, _ = answer_of(
        assistant, "Draft the sufficiency narrative for Kent in markdown"
    )
    assert "kent-sufficiency-statement-2.md" in again.text
    assert first.read_text() == "the council wrote on"


@pytest.mark.parametrize(
    ("question", "viewer", "status"),
    [
        ("draft a sufficiency narrative", "region", "needs_clarification"),
        ("Draft the sufficiency statement for Leeds", "region", "not_in_evidence"),
    ],
)
def test_asked_for_without_a_council_or_its_data(
    region_dir: Path, question: str, viewer: str, status: str
) -> None:
    answer, _ = answer_of(opened(region_dir, viewer), question)
    assert answer.status == status
    assert answer.suggestions


def test_call_that_cannot_be_run_is_named_and_the_rest_is_written(
    region_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.errors import TableError

    run = Ledger.run

    def failing(ledger: Ledger, name: str, arguments: dict[str, object]) -> object:
        if name in ("analyse_sufficiency", "forecast_demand", "provider_spend"):
            raise TableError("The table is not there.", "Import it.")
        return run(ledger, name, arguments)

    monkeypatch.setattr(Ledger, "run", failing)
    assistant = opened(region_dir)
    narrative = drafted(assistant, "Kent", Ledger(assistant.knowledge))
    assert narrative.struck == ()
    said = " ".join(texts(narrative))
    assert "The records held do not show what was sought and not found" in said
    assert "Placements sought and secured" in said
    assert Evidence(Ledger(assistant.knowledge), "Kent").own
