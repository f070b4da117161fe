"""What a run rests on, so that two can be told alike or apart."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from assistant.settings import Settings
from corpus.models import Frozen

_CODE: Final = ("assistant", "tools", "corpus", "index")
_SUFFIXES: Final = {".py", ".toml", ".csv", ".json", ".jsonl", ".npz", ".wkb"}
_PACKAGES: Final = (
    "numpy", "pandas", "scikit-learn", "onnxruntime", "bm25s", "langchain",
    "inspect_ai",
)  # fmt: skip
"""Whose version may change an answer."""
_SETTINGS: Final = ("as_at", "search", "masked", "chroma_url", "model_url")


class Fingerprint(Frozen):
    """Equal fingerprints give equal answers, times apart, with the built-in brain."""

    dataset: str
    """Its name."""
    dataset_sha256: str
    """Of the file's bytes: what a dataset is, whatever its name."""
    brain: str
    viewer: str
    settings: dict[str, Any]
    code: str
    """Hash of the sources and data files of the packages below evals."""
    scorers: str
    """Hash of the scorers' sources."""
    data: str | None
    """The tables' generation; None where none are loaded."""
    data_kind: str | None
    seed: int | None
    """Of the demonstration region."""
    library: str
    """Hash of the documents held."""
    index: dict[str, Any]
    """Layout, passages, vectors and model of the index; empty where there is none."""
    packages: dict[str, str]
    python: str

    @property
    def told(self) -> str:
        """In one line, for a table's foot."""
        model = self.index.get("model") or "no vectors"
        return (
            f"{self.dataset} {self.dataset_sha256[:12]}, brain {self.brain},"
            f" viewer {self.viewer}, code {self.code}, scorers {self.scorers},"
            f" data {self.data} (seed {self.seed}), documents {self.library},"
            f" index of {self.index.get('passages', 0)} passages, {model}"
        )


def fingerprint(
    settings: Settings, brain: str, dataset: str, dataset_bytes: bytes
) -> Fingerprint:
    """Of a run that is about to begin.

    Raises:
        PlacementsError: where the data directory cannot be read.
    """
    from corpus.library import Library
    from index.generations import open_current

    manifest, generation = (
        settings.directory.manifest(),
        open_current(settings.directory),
    )
    held = generation.manifest.model_dump(mode="json") if generation else {}
    held.pop("generation", None)
    return Fingerprint(
        dataset=dataset,
        dataset_sha256=hashlib.sha256(dataset_bytes).hexdigest(),
        brain=brain,
        viewer=str(settings.viewer),
        settings=settings.model_dump(mode="json", include=set(_SETTINGS)),
        code=_hash_of(_sources(_CODE)),
        scorers=_hash_of(_sources(("evals.scoring",))),
        data=manifest.tables if manifest else None,
        data_kind=manifest.kind if manifest else None,
        seed=manifest.seed if manifest else None,
        library=Library.open(settings.directory).fingerprint(),
        index=held,
        packages={name: version(name) for name in _PACKAGES},
        python=platform.python_version(),
    )


def _sources(packages: Iterable[str]) -> list[tuple[str, Path]]:
    """Name and path of every file of code and data, by name."""
    found = []
    for package in packages:
        root = Path(str(files(package)))
        for path in root.rglob("*"):
            if path.suffix in _SUFFIXES and "__pycache__" not in path.parts:
                found.append((f"{package}/{path.relative_to(root).as_posix()}", path))
    return sorted(found)


def _hash_of(sources: list[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for name, path in sources:
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
