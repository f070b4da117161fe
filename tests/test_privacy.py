from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.commands.forget import COMMAND as FORGET
from assistant.engine import Assistant
from assistant.keeping import question_to_send, session_to_send
from assistant.mcp_server import mcp_server
from assistant.session import Session
from assistant.settings import Settings
from corpus.codes import DocumentKind, PersonalKind
from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.errors import DocumentError
from corpus.library import Library
from corpus.models import Document, PersonalDetail
from corpus.observations import observations
from corpus.passages import split_passages
from corpus.privacy import (
    MASKS,
    Masking,
    ShownLibrary,
    find_personal,
    masked,
    masked_text,
)
from corpus.viewer import Viewer
from evals.personal_details import scores, snippets
from index.building import build_index
from index.models import Query
from index.search import NO_INDEX, OLDER_INDEX, Searcher

VISIT = """# Regulation 44 visit: Larkrise House

Home: Larkrise House

Visitor: Siân Llewellyn, sian.llewellyn@visits.example.org, 01622 496000

## Children

Tyrone Okafor (born 12/03/2010, NHS number 943 476 5919) moved in from 12 Acacia
Avenue, Maidstone, ME14 1XX. Tyrone told me that the kitchen has a new cooker.

## Opinion on Tyrone Okafor

In my opinion children are effectively safeguarded, and Tyrone is thriving.

## Recommendations

1. The registered manager, Dawid Kowalski, to repair the cooker by 1 June 2026.
"""
PERSONAL = (
    "Tyrone", "Okafor", "Llewellyn", "llewellyn", "Kowalski", "12/03/2010",
    "943 476", "Acacia", "ME14", "496000",
)  # fmt: skip
KENT = Viewer(role="council", local_authority="Kent")
SURREY = Viewer(role="council", local_authority="Surrey")


def visit(**facts: object) -> Document:
    given = {"kind": DocumentKind.REG44, "local_authority": "Kent", **facts}
    overrides = Overrides.model_validate(given)
    return document_of(VISIT, "visits/Tyrone_Okafor_march.md", overrides)


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    held = DataDirectory(tmp_path / "data")
    held.create()
    Library.open(held).add([visit()])
    build_index(held, embed=False)
    return held


def shown_to(directory: DataDirectory, viewer: Viewer | None) -> ShownLibrary:
    return ShownLibrary(Library.open(directory), viewer)


def assistant(directory: DataDirectory, viewer: Viewer, **chosen: object) -> Assistant:
    settings = {"data_dir": directory.root, "viewer": viewer, **chosen}
    return Assistant.open(Settings.model_validate(settings))


def held_personal(text: str) -> list[str]:
    return [detail for detail in PERSONAL if detail in text]


def test_details_are_found_when_a_document_is_read_and_are_no_part_of_its_id() -> None:
    document = visit()
    assert document.personal is not None
    found = {document.text[d.start : d.end] for d in document.personal.found}
    assert {"Siân Llewellyn", "12/03/2010", "943 476 5919"} <= found
    kinds = {detail.kind for detail in document.personal.found}
    assert kinds == set(PersonalKind)
    unsearched = document.model_copy(update={"personal": None})
    assert unsearched.document_id == document.document_id


@pytest.mark.parametrize(
    "viewer", [None, Viewer(), SURREY, Viewer(role="evaluator")], ids=str
)
def test_whoever_is_not_the_owner_reads_a_document_masked(
    directory: DataDirectory, viewer: Viewer | None
) -> None:
    library = shown_to(directory, viewer)
    (summary,) = library.summaries()
    document = library.get(summary.document_id)
    told = document.model_dump_json() + summary.model_dump_json()
    assert held_personal(told) == []
    assert "Larkrise House" in document.text
    assert all(mask in document.text for mask in MASKS.values())


def test_the_owner_reads_the_document_as_stored(directory: DataDirectory) -> None:
    (stored,) = Library.open(directory).summaries()
    document = shown_to(directory, KENT).get(stored.document_id)
    assert document == Library.open(directory).get(stored.document_id)
    assert shown_to(directory, KENT).summaries() == (stored,)


def test_an_evaluator_reads_invented_documents_whole(directory: DataDirectory) -> None:
    invented = visit(invented=True).model_copy(update={"source": "invented.md"})
    Library.open(directory).add([invented])
    library = shown_to(directory, Viewer(role="evaluator"))
    whole = {s.invented: library.reads_whole(s) for s in library.summaries()}
    assert whole == {True: True, False: False}


def test_sections_of_a_masked_document_start_where_their_headings_stand(
    directory: DataDirectory,
) -> None:
    library = shown_to(directory, Viewer())
    document = library.get(library.summaries()[0].document_id)
    headings = [one for one in document.sections if one.heading]
    assert len(headings) == 4
    for one in headings:
        assert one.heading.split()[0] in document.text[one.start :][:20]
    assert "Opinion on [name]" in {one.heading for one in headings}


def test_a_library_kept_before_details_were_looked_for_is_masked_too(
    directory: DataDirectory,
) -> None:
    library = Library.open(directory)
    (summary,) = library.summaries()
    path = directory.documents / f"{summary.document_id}.json"
    kept = json.loads(path.read_text())
    del kept["personal"]
    path.write_text(json.dumps(kept))
    shown = shown_to(directory, Viewer()).get(summary.document_id)
    assert held_personal(shown.text) == []


@pytest.mark.parametrize(
    "asked", ["Tyrone Okafor", "Acacia", "Llewellyn", "9434765919"]
)
def test_a_name_cannot_be_confirmed_by_searching_for_it(
    directory: DataDirectory, asked: str
) -> None:
    for viewer in (Viewer(), KENT):
        found = Searcher.open(directory, None, viewer).search(Query(text=asked))
        assert found.hits == ()


def test_hits_are_quoted_whole_to_the_owner_and_masked_to_others(
    directory: DataDirectory,
) -> None:
    stored = Library.open(directory)
    for viewer, whole in ((KENT, True), (SURREY, False), (None, False)):
        found = Searcher.open(directory, None, viewer).search(Query(text="cooker"))
        assert found.hits
        for hit in found.hits:
            text = hit.passage.text
            assert bool(held_personal(hit.model_dump_json())) is whole
            library = shown_to(directory, viewer)
            document = library.get(hit.passage.document_id)
            assert document.text[hit.passage.start : hit.passage.end] == text
            assert (text in stored.get(hit.passage.document_id).text) is whole or (
                "[" not in text
            )


def test_nothing_under_the_index_holds_a_personal_detail(
    directory: DataDirectory,
) -> None:
    files = [path for path in directory.index.rglob("*") if path.is_file()]
    assert len(files) > 5
    for path in files:
        assert held_personal(path.read_bytes().decode("utf-8", "ignore")) == []


def test_rows_read_from_a_document_quote_it_as_it_is_shown(
    directory: DataDirectory,
) -> None:
    for viewer, whole in ((KENT, True), (Viewer(), False)):
        library = shown_to(directory, viewer)
        rows = observations(library)
        assert rows.visits
        assert rows.recommendations
        assert bool(held_personal(rows.model_dump_json())) is whole
        spans = [row.span for row in rows.recommendations]
        spans += [v.safeguarded_span for v in rows.visits if v.safeguarded_span]
        for span in spans:
            text = library.get(span.document_id).text
            assert text[span.start : span.end] == span.quote


def test_an_answer_quotes_with_masks_and_its_check_holds(
    directory: DataDirectory,
) -> None:
    for viewer, whole in ((KENT, True), (Viewer(), False)):
        opened = assistant(directory, viewer)
        answer = opened.answer("What do visit reports say about the kitchen cooker?")
        told = json.dumps(answer.as_json(), ensure_ascii=False)
        assert answer.status == "answered"
        assert bool(held_personal(told)) is whole
        assert not any("struck" in caveat for caveat in answer.caveats)
        for marked in answer.citations:
            source = opened.source(marked.citation)
            assert source is not None
            around = source.before + source.quote + source.after
            assert bool(held_personal(around)) is whole
            assert len(around) > len(source.quote)


@pytest.mark.parametrize(
    "chosen", [{"masked": True}, {"brain": "openai:gpt-none"}], ids=["mcp", "remote"]
)
def test_what_leaves_this_machine_is_masked_for_the_owner_too(
    directory: DataDirectory, chosen: dict[str, object]
) -> None:
    opened = assistant(directory, KENT, **chosen)
    assert mcp_server(opened)
    entry = opened.call("search_documents", {"query": "cooker"}, "mcp")
    assert entry.result.citations
    assert held_personal(entry.model_dump_json()) == []


def test_a_local_model_reads_what_its_viewer_may(directory: DataDirectory) -> None:
    opened = assistant(directory, KENT, brain="ollama:any")
    entry = opened.call("search_documents", {"query": "cooker"}, "tool")
    assert held_personal(entry.model_dump_json())


def test_a_conversation_goes_to_a_remote_model_without_personal_details(
    directory: DataDirectory,
) -> None:
    opened = assistant(directory, KENT)
    asked = Session([])
    opened.answer("What do visit reports say about the kitchen cooker?", asked)
    assert held_personal(asked.turns[0].answer + str(asked.turns[0].result))
    sent = session_to_send(asked, opened.knowledge)
    told = [sent.turns[0].question, sent.turns[0].answer, str(sent.turns[0].tool_calls)]
    assert "cooker" in told[1]
    assert held_personal(" ".join(told)) == []
    assert question_to_send("A bed for Chidi Nwosu, 14", opened.knowledge) == (
        "A bed for [name], 14"
    )


def test_a_child_named_in_a_question_is_kept_nowhere(directory: DataDirectory) -> None:
    opened = assistant(directory, Viewer(), session="panel")
    child = "Chidi Nwosu, DOB 04/05/2011"
    question = f"What do visit reports say of the cooker? It is for {child}."
    opened.answer(question, opened.session)
    opened.call("search_documents", {"query": "Chidi Nwosu cooker"}, "tool")
    kept = [path for path in directory.root.rglob("*.jsonl") if path.is_file()]
    written = "".join(path.read_text() for path in kept if "index" not in path.parts)
    assert "cooker" in written
    assert "Chidi" not in written
    assert "Nwosu" not in written
    assert "04/05/2011" not in written
    assert "[date of birth]" in written


def test_in_a_publication_officials_keep_their_names_and_children_do_not() -> None:
    text = (
        "The review was written by Martin Delaney for the council. Jayden moved nine"
        " times. The child Amara Conteh waited a year. Call 01622 496000."
    )
    for kind in (DocumentKind.REPORT, DocumentKind.SUFFICIENCY_STATEMENT):
        shown = masked(text, find_personal(text, kind))
        assert "Martin Delaney" in shown
        assert not {"Jayden", "Conteh", "496000"} & set(shown.replace(".", " ").split())
    born = f"{text} Jayden, born 12/03/2010."
    assert "Delaney" not in masked(born, find_personal(born, DocumentKind.REPORT))


def test_a_home_named_after_a_person_is_not_a_person() -> None:
    text = "Penhallow House and Jessamy Grace are homes. Jessamy Grace has four beds."
    found = find_personal(text, known=("Penhallow House", "Jessamy Grace"))
    assert found == ()


def test_recall_is_as_printed_in_the_documents() -> None:
    reached = {(one.part, one.kind): one for one in scores(snippets())}
    assert len(snippets()) >= 300
    for (part, kind), one in reached.items():
        lowest = 0.85 if (part, kind) == ("held", PersonalKind.NAME) else 0.9
        assert one.recall is not None
        assert one.recall >= lowest, (part, kind)
        assert one.precision is not None
        assert one.precision >= 0.95, (part, kind)


@given(st.text(max_size=200))
def test_details_found_in_any_text_are_apart_and_in_order(
    text: str,
) -> None:
    found = find_personal(text)
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@st.composite
def texts_with_details(
    draw: st.DrawFn,
) -> tuple[str, tuple[PersonalDetail, ...]]:
    parts = draw(
        st.lists(st.text("ab ", min_size=1, max_size=9), min_size=1, max_size=9)
    )
    kinds = draw(st.lists(st.sampled_from(PersonalKind), min_size=9, max_size=9))
    details, at = [], 0
    for number, part in enumerate(parts):
        if number % 2:
            end = at + len(part)
            details.append(PersonalDetail(start=at, end=end, kind=kinds[number]))
        at += len(part)
    return "".join(parts), tuple(details)


@given(texts_with_details(), st.data())
def test_offsets_before_and_after_masking_correspond(
    made: tuple[str, tuple[PersonalDetail, ...]], data: st.DataObject
) -> None:
    text, details = made
    shown, masking = masked(text, details), Masking(details)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = slice(masking.to_masked(start), masking.to_masked(end, end=True))
    back = slice(masking.to_stored(span.start), masking.to_stored(span.stop, end=True))
    assert back.start <= start
    assert back.stop >= end or start == end
    assert masking.to_masked(len(text), end=True) == len(shown)
    if not any(d.start < end and start < d.end for d in details):
        assert shown[span].startswith(text[start:end])


@given(st.sampled_from([s.text for s in snippets()]))
def test_masking_a_masked_text_leaves_its_masks(text: str) -> None:
    shown = masked_text(text)
    again = masked_text(shown)
    assert all(again.count(mask) >= shown.count(mask) for mask in MASKS.values())


def test_an_index_masked_by_other_finders_is_not_searched(
    directory: DataDirectory,
) -> None:
    (manifest,) = directory.index.glob("generations/*/manifest.json")
    kept = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**kept, "finders": "former"}))
    found = Searcher.open(directory).search(Query(text="cooker"))
    assert (found.hits, found.note) == ((), OLDER_INDEX)
    build_index(directory, embed=False)
    assert Searcher.open(directory).search(Query(text="cooker")).hits


def test_a_forgotten_document_leaves_nothing_behind(
    directory: DataDirectory, tmp_path: Path
) -> None:
    other = document_of("# Beds\n\nTwo beds.", "beds.md", Overrides())
    Library.open(directory).add([other])
    observations(Library.open(directory))
    words = _parsed("visits/Tyrone_Okafor_march.md")
    assert FORGET.run(words, Settings(data_dir=directory.root)) == 0
    for path in directory.root.rglob("*"):
        if path.is_file():
            held = path.read_bytes().decode("utf-8", "ignore")
            assert held_personal(held) == [], path
    library = Library.open(directory)
    assert [s.source for s in library.summaries()] == ["beds.md"]
    with pytest.raises(DocumentError, match="No document"):
        FORGET.run(_parsed("nothing.md"), Settings(data_dir=directory.root))


def _parsed(*documents: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    FORGET.configure(parser)
    return parser.parse_args(documents)


def test_passages_of_a_masked_document_cut_no_mask_in_two(
    directory: DataDirectory,
) -> None:
    long = (
        VISIT + "\n\n" + " ".join(f"Tyrone Okafor slept {n} hours." for n in range(200))
    )
    document = document_of(long, "long.md", Overrides(published=date(2026, 3, 1)))
    library = Library.open(directory)
    library.add([document])
    shown = shown_to(directory, None).get(document.document_id)
    for passage in split_passages(shown):
        assert passage.text.count("[") == passage.text.count("]")


def test_without_an_index_the_note_says_how_to_make_one(tmp_path: Path) -> None:
    found = Searcher.open(DataDirectory(tmp_path / "none")).search(Query(text="beds"))
    assert found.note == NO_INDEX
