from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.data_directory import DataDirectory
from corpus.ingest import ingest
from corpus.library import Library
from corpus.passages import split_passages
from corpus.privacy import ShownLibrary
from index.building import build_index
from index.generations import generations_folder, open_current
from index.models import Query
from index.search import Searcher
from index.standing import index_standing

FILES = 30
POINTS = 50

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    held = DataDirectory(tmp_path / "data")
    held.create()
    return held


def in_child(act: Callable[[], object]) -> int:
    """Run `act` in a process of its own; its id. It ends with 0, or 1 for an error."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        act()
        code = 0
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """How a process ended: 0, 1, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write(inbox: Path, version: int) -> None:
    inbox.mkdir(exist_ok=True)
    for number in range(FILES):
        text = f"# Home {number}\n\nThe bed in home{number} costs version{version}.\n"
        (inbox / f"{number}.md").write_text(text)


def read_in(directory: DataDirectory, inbox: Path) -> None:
    ingest([inbox], Library.open(directory))
    build_index(directory, embed=False)


def sources_found(searcher: Searcher) -> set[str]:
    hits = searcher.search(Query(text="bed costs", limit=FILES)).hits
    return {hit.document.source for hit in hits}


def read_until(directory: DataDirectory, stop: Path) -> None:
    """Ask an index opened at the start, and one opened anew, over and over."""
    opened = Searcher.open(directory)
    while not stop.exists():
        for searcher in (opened, Searcher.open(directory)):
            assert len(sources_found(searcher)) == FILES


def held_whole(directory: DataDirectory, version: int) -> bool:
    """Whether each file is held once, in one version, and found by its words."""
    library = Library.open(directory)
    summaries = library.summaries()
    texts = [library.get(s.document_id).text for s in summaries]
    once = sorted(s.source for s in summaries) == sorted(
        f"{number}.md" for number in range(FILES)
    )
    return once and all(f"version{version}." in text for text in texts)


@pytest.mark.slow
def test_an_ingest_killed_at_any_of_fifty_moments_loses_and_doubles_nothing(
    directory: DataDirectory, tmp_path: Path
) -> None:
    inbox, stop = tmp_path / "inbox", tmp_path / "stop"
    write(inbox, 0)
    read_in(directory, inbox)
    write(inbox, 1)
    started = time.perf_counter()
    read_in(directory, inbox)
    lasting = time.perf_counter() - started
    reader = in_child(lambda: read_until(directory, stop))
    killed = 0
    for point in range(POINTS):
        version = point + 2
        write(inbox, version)
        child = in_child(lambda: read_in(directory, inbox))
        time.sleep(lasting * (point + 0.5) / POINTS)
        os.kill(child, signal.SIGKILL)
        killed += ended(child) == -signal.SIGKILL
        assert ended(in_child(lambda: read_in(directory, inbox))) == 0
        assert held_whole(directory, version)
        assert len(sources_found(Searcher.open(directory))) == FILES
    stop.touch()
    assert ended(reader) == 0
    assert killed > POINTS / 2
    build_index(directory, embed=False)
    assert Searcher.open(directory).status().passages == FILES


@pytest.mark.slow
def test_four_processes_that_ingest_and_ask_at_once_end_with_every_passage_found(
    directory: DataDirectory, tmp_path: Path
) -> None:
    def work(worker: int) -> None:
        inbox = tmp_path / f"inbox{worker}"
        inbox.mkdir()
        for number in range(6):
            word = f"lantern{worker}x{number}"
            (inbox / f"{word}.md").write_text(f"# Note\n\nThe {word} is in the hall.\n")
            read_in(directory, inbox)
            hits = Searcher.open(directory).search(Query(text=word)).hits
            assert hits[0].document.source == f"{word}.md"

    workers = [in_child(lambda w=worker: work(w)) for worker in range(4)]  # type: ignore[misc]
    assert [ended(worker) for worker in workers] == [0, 0, 0, 0]
    searcher = Searcher.open(directory)
    library = ShownLibrary(Library.open(directory), None)
    documents = [library.get(s.document_id) for s in library.summaries()]
    passages = [passage for one in documents for passage in split_passages(one)]
    assert len(passages) == searcher.status().passages == 24
    for passage in passages:
        word = next(word for word in passage.text.split() if "lantern" in word)
        assert searcher.search(Query(text=word)).hits[0].passage.text == passage.text


def test_a_generation_is_kept_as_long_as_a_reader_holds_it(
    directory: DataDirectory, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    write(inbox, 0)
    read_in(directory, inbox)
    held = open_current(directory)
    assert held is not None
    for version in range(1, 4):
        write(inbox, version)
        read_in(directory, inbox)
    standing = index_standing(directory)
    assert (standing.older_generations, standing.older_held) == (1, 1)
    assert held.folder.is_dir()
    folder = held.folder
    del held
    write(inbox, 4)
    read_in(directory, inbox)
    assert not folder.exists()
    assert len(list(generations_folder(directory).iterdir())) == 1


def test_a_reader_that_is_killed_holds_nothing(
    directory: DataDirectory, tmp_path: Path
) -> None:
    inbox, ready = tmp_path / "inbox", tmp_path / "ready"
    write(inbox, 0)
    read_in(directory, inbox)

    def hold() -> None:
        opened = open_current(directory)
        assert opened is not None
        ready.touch()
        time.sleep(60)

    reader = in_child(hold)
    while not ready.exists():
        time.sleep(0.01)
    write(inbox, 1)
    read_in(directory, inbox)
    assert index_standing(directory).older_held == 1
    os.kill(reader, signal.SIGKILL)
    ended(reader)
    standing = index_standing(directory)
    assert (standing.older_generations, standing.older_held) == (1, 0)
    assert standing.documents == FILES
    assert standing.bytes_on_disk > 0


def test_the_same_documents_again_never_touch_a_generation_that_is_held(
    directory: DataDirectory, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    write(inbox, 0)
    read_in(directory, inbox)
    held = Searcher.open(directory)
    for version in (1, 0):
        write(inbox, version)
        read_in(directory, inbox)
    assert held.generation is not None
    assert held.generation.folder != open_current(directory).folder  # type: ignore[union-attr]
    assert len(sources_found(held)) == FILES
