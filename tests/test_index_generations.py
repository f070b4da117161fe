"""Generations of the index: built aside, swapped in whole, read while rebuilt."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codes import DocumentKind
from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.errors import IndexFault
from corpus.library import Library
from corpus.models import Document
from index.building import build_index
from index.lexical import terms
from index.models import Query, SearchResult
from index.search import NONE_FITS, Searcher

ROOT = Path(__file__).parents[1]


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


def document(text: str, source: str, **facts: object) -> Document:
    return document_of(text, source, Overrides.model_validate(facts))


def keep(directory: DataDirectory, *documents: Document) -> None:
    Library.open(directory).add(documents)
    build_index(directory, embed=False)


def search(directory: DataDirectory, text: str, **filters: object) -> SearchResult:
    query = Query.model_validate({"text": text, **filters})
    return Searcher.open(directory).search(query)


def sources(result: SearchResult) -> list[str]:
    return [hit.document.source for hit in result.hits]


def build_and_die(directory: DataDirectory, stage: str) -> int:
    script = (
        "import os, sys; from pathlib import Path;"
        "from corpus.data_directory import DataDirectory;"
        "from index.building import build_index;"
        "build_index(DataDirectory(Path(sys.argv[1])), embed=False,"
        " progress=lambda step, *_: step == sys.argv[2] and os._exit(9))"
    )
    command = [sys.executable, "-c", script, str(directory.root), stage]
    return subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode


def test_without_an_index_there_are_no_hits_and_a_note(
    directory: DataDirectory,
) -> None:
    result = search(directory, "fees")
    assert (result.hits, result.mode) == ((), "lexical")
    assert result.note is not None
    assert "placements ingest" in result.note
    assert Searcher.open(directory).status().generation is None
    assert not Searcher.open(directory).status().stale
    Library.open(directory).add([document("One bed.", "a.md")])
    assert Searcher.open(directory).status().stale


def test_an_empty_library_makes_an_index_without_hits(
    directory: DataDirectory,
) -> None:
    keep(directory)
    assert search(directory, "fees").hits == ()


def test_words_find_the_passage_and_the_search_says_it_used_words_alone(
    directory: DataDirectory,
) -> None:
    keep(
        directory,
        document("# Fees\n\nA residential bed costs £4,557 a week.", "fees.md"),
        document("# Staff\n\nTwo waking night staff are on duty.", "staff.md"),
    )
    result = search(directory, "What does a bed cost per week?")
    assert sources(result) == ["fees.md"]
    assert result.hits[0].rank == 1
    assert result.mode == "lexical"
    assert result.note is not None
    assert "words" in result.note


@pytest.mark.parametrize("asked", ["4557", "4,557", "£4,557", "£4557"])
def test_a_figure_is_found_however_it_is_written(
    directory: DataDirectory, asked: str
) -> None:
    keep(directory, document("# Fees\n\nA bed costs £4,557.", "fees.md"))
    assert sources(search(directory, asked)) == ["fees.md"]


def test_hyphens_and_endings_do_not_hide_a_word() -> None:
    assert set(terms("step down")) < set(terms("step-down"))
    assert terms("placements") == terms("placement")
    assert terms("children’s homes") == terms("children's home")
    assert terms("and the of it") == []


@given(st.text(max_size=80))
def test_any_question_can_be_asked(tmp_path_factory: object, text: str) -> None:
    assert all(term == term.casefold() and term for term in terms(text))


def test_filters_keep_only_documents_that_fit(directory: DataDirectory) -> None:
    text = "# Visit\n\nThe home keeps children safe. {}"
    keep(
        directory,
        document(text.format(1), "kent.md", local_authority="Kent", kind="reg44"),
        document(
            text.format(2),
            "oak.md",
            provider="Oak House Children's Homes Ltd",
            published=date(2025, 3, 1),
        ),
        document(text.format(3), "old.md", published=date(2019, 3, 1)),
    )
    asked = "children safe"
    assert sources(search(directory, asked, kinds=[DocumentKind.REG44])) == ["kent.md"]
    assert sources(search(directory, asked, local_authority="KENT")) == ["kent.md"]
    assert sources(search(directory, asked, provider="oak house")) == ["oak.md"]
    none = search(directory, asked, provider="House of Oak")
    assert (none.hits, none.note) == ((), NONE_FITS)
    assert sources(search(directory, asked, since=date(2020, 1, 1))) == ["oak.md"]
    assert len(search(directory, asked).hits) == 3
    assert len(search(directory, asked, limit=2).hits) == 2


def test_passages_of_the_same_words_are_shown_once(directory: DataDirectory) -> None:
    keep(
        directory,
        document("# A\n\nFees rose by 16% last year.", "a.md"),
        document("# A\n\nFees ROSE by 16%, last year!", "b.md"),
    )
    assert len(search(directory, "fees rose").hits) == 1


def test_a_list_of_references_comes_after_the_text_that_answers(
    directory: DataDirectory,
) -> None:
    references = "\n".join(
        f"- {n}. Ofsted ({2015 + n}), Children in care in England." for n in range(1, 8)
    )
    keep(
        directory,
        document(f"# Endnotes\n\n{references}", "notes.md"),
        document(
            "# Numbers\n\nAs of March 2024, 83,630 children were looked after in"
            " England, which is more than in the year before.",
            "text.md",
        ),
    )
    asked = "How many children were in care in England in 2024?"
    assert sources(search(directory, asked)) == ["text.md", "notes.md"]


def test_a_hit_quotes_its_document_word_for_word(directory: DataDirectory) -> None:
    kept = document("# Fees\n\nA bed costs £5,000.\n\n## Staff\n\nTen.", "a.md")
    keep(directory, kept)
    for hit in search(directory, "bed staff").hits:
        passage = hit.passage
        stored = Library.open(directory).get(passage.document_id)
        assert stored.text[passage.start : passage.end] == passage.text


def test_building_again_without_a_change_builds_nothing(
    directory: DataDirectory,
) -> None:
    keep(directory, document("One bed.", "a.md"))
    told: list[str] = []
    before = build_index(directory, embed=False)
    after = build_index(
        directory, embed=False, progress=lambda step, *_: told.append(step)
    )
    assert (after, told) == (before, [])


def test_the_index_is_stale_until_it_is_rebuilt(directory: DataDirectory) -> None:
    keep(directory, document("One bed.", "a.md"))
    assert not Searcher.open(directory).status().stale
    Library.open(directory).add([document("Two beds.", "b.md")])
    assert Searcher.open(directory).status().stale
    build_index(directory, embed=False)
    status = Searcher.open(directory).status()
    assert (status.stale, status.passages, status.vectors) == (False, 2, 0)


def test_a_reader_goes_on_with_what_it_opened(directory: DataDirectory) -> None:
    keep(directory, document("A bed costs £5,000.", "a.md"))
    before = Searcher.open(directory)
    for version in range(3):
        Library.open(directory).add([document(f"Another bed {version}.", "a.md")])
        build_index(directory, embed=False)
    old = before.search(Query(text="bed costs"))
    assert [hit.passage.text for hit in old.hits] == ["A bed costs £5,000."]
    assert before.status().stale
    new = search(directory, "bed costs")
    assert [hit.passage.text for hit in new.hits] == ["Another bed 2."]


def test_older_generations_that_nobody_holds_are_cleared(
    directory: DataDirectory,
) -> None:
    for version in range(4):
        keep(directory, document(f"Bed {version}.", "a.md"))
    assert len(list((directory.index / "generations").iterdir())) == 1


@pytest.mark.parametrize("stage", ["Cutting passages", "Indexing words"])
def test_a_build_that_is_killed_leaves_the_old_index(
    directory: DataDirectory, stage: str
) -> None:
    keep(directory, document("A bed costs £5,000.", "a.md"))
    Library.open(directory).add([document("Two beds.", "b.md")])
    assert build_and_die(directory, stage) == 9
    assert sources(search(directory, "bed")) == ["a.md"]
    assert build_index(directory, embed=False).passages == 2
    assert not (directory.index / "building").exists()


def test_builders_at_once_wait_for_each_other(directory: DataDirectory) -> None:
    Library.open(directory).add([document(f"Bed {n}.", f"{n}.md") for n in range(50)])
    script = (
        "import sys; from pathlib import Path;"
        "from corpus.data_directory import DataDirectory;"
        "from index.building import build_index;"
        "build_index(DataDirectory(Path(sys.argv[1])), embed=False)"
    )
    command = [sys.executable, "-c", script, str(directory.root)]
    builders = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [builder.wait(timeout=60) for builder in builders] == [0, 0, 0]
    assert Searcher.open(directory).status().passages == 50


def test_readers_find_an_answer_at_every_moment_of_rebuilding(
    directory: DataDirectory,
) -> None:
    keep(directory, document("A bed costs £5,000.", "a.md"))
    script = (
        "import sys; from pathlib import Path;"
        "from corpus.data_directory import DataDirectory;"
        "from corpus.documents import Overrides, document_of;"
        "from corpus.library import Library; from index.building import build_index;"
        "directory = DataDirectory(Path(sys.argv[1]));"
        "library = Library.open(directory);"
        "[(library.add([document_of(f'A bed costs {n}.', 'a.md', Overrides())]),"
        " build_index(directory, embed=False)) for n in range(40)]"
    )
    command = [sys.executable, "-c", script, str(directory.root)]
    writer = subprocess.Popen(command, cwd=ROOT)
    found = []
    while writer.poll() is None:
        hits = search(directory, "bed costs").hits
        found.append([hit.document.source for hit in hits])
    assert writer.returncode == 0
    assert found
    assert all(sources == ["a.md"] for sources in found)
    assert search(directory, "bed costs").hits[0].passage.text == "A bed costs 39."


def test_a_damaged_generation_is_named_with_its_remedy(
    directory: DataDirectory,
) -> None:
    keep(directory, document("One bed.", "a.md"))
    (manifest,) = directory.index.glob("generations/*/manifest.json")
    manifest.write_text("{}")
    with pytest.raises(IndexFault, match="damaged"):
        Searcher.open(directory)
    build_index(directory, embed=False)
    assert sources(search(directory, "bed")) == ["a.md"]


def test_an_index_of_another_version_is_left_unread_until_it_is_built_again(
    directory: DataDirectory,
) -> None:
    keep(directory, document("One bed.", "a.md"))
    (manifest,) = directory.index.glob("generations/*/manifest.json")
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(told | {"layout": told["layout"] - 1}))
    (manifest.parent / "weights.npy").unlink()  # that version kept no such file
    assert not search(directory, "bed").hits
    build_index(directory, embed=False)
    assert sources(search(directory, "bed")) == ["a.md"]


def test_a_lexical_search_imports_neither_torch_nor_chroma(
    directory: DataDirectory,
) -> None:
    keep(directory, document("One bed.", "a.md"))
    script = (
        "import sys; from pathlib import Path;"
        "from corpus.data_directory import DataDirectory;"
        "from index.search import Searcher; from index.models import Query;"
        "Searcher.open(DataDirectory(Path(sys.argv[1]))).search(Query(text='bed'));"
        "heavy = {'torch', 'chromadb', 'sentence_transformers', 'transformers'};"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script, str(directory.root)]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == 0


def test_an_index_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(IndexFault, match="cannot be written"):
        build_index(DataDirectory(tmp_path / "data"), embed=False)
