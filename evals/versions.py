"""Datasets by content: which are shipped, in which version, and what each is for.

A dataset never changes under its name unseen: `manifest.json` beside the files keeps
the hash of every version that was in use, and a file whose hash is not its newest
version's is refused until the change is recorded with
`placements eval validate FILE --record PART`.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from corpus.errors import UsageError
from corpus.models import Frozen
from evals.dataset import Sample, load_dataset

Part = Literal["tune", "look"]
"""What is worked on question by question, and what is only run."""

SHIPPED: Final = Path(str(files("evals"))) / "datasets"
"""Folder of the datasets that come with the project."""


class Version(Frozen):
    """One content of a dataset."""

    sha256: str
    """Of the file's bytes, as `sha256sum` prints it."""
    questions: int


class Listed(Frozen):
    """One dataset of a manifest."""

    part: Part
    versions: tuple[Version, ...] = Field(min_length=1)
    """The oldest first."""

    @property
    def newest(self) -> Version:
        """The one in use."""
        return self.versions[-1]


_MANIFEST = TypeAdapter(dict[str, Listed])


class Dataset(Frozen):
    """A dataset's samples, with what they were read from."""

    name: str
    path: Path
    content: bytes
    samples: tuple[Sample, ...]
    part: Part | None
    """None for a file that is in no manifest."""

    @property
    def sha256(self) -> str:
        """Of its content."""
        return hashlib.sha256(self.content).hexdigest()


def manifest(folder: Path = SHIPPED) -> dict[str, Listed]:
    """The datasets of a folder by name; empty where it keeps no manifest.

    Raises:
        UsageError: for a manifest that is damaged.
    """
    path = folder / "manifest.json"
    if not path.exists():
        return {}
    try:
        return _MANIFEST.validate_json(path.read_bytes())
    except ValidationError as error:
        raise UsageError(
            f"{str(path)!r} is damaged: {error.errors()[0]['msg']}.",
            "Restore it from version control.",
        ) from error


def open_dataset(named: str) -> Dataset:
    """A dataset by its file, or a shipped one by its name.

    Raises:
        UsageError: where there is none, a line is no sample, or its content is not the
            version that its manifest records.
    """
    path = Path(named)
    if not path.is_file():
        path = SHIPPED / f"{named}.jsonl"
    if not path.is_file():
        raise UsageError(
            f"There is no dataset {named!r}.",
            f"Name a JSON Lines file, or one of: {', '.join(sorted(manifest()))}.",
        )
    content, listed = path.read_bytes(), manifest(path.parent).get(path.stem)
    if listed and hashlib.sha256(content).hexdigest() != listed.newest.sha256:
        raise UsageError(
            f"{str(path)!r} is not the version that its manifest records.",
            f"Record it with `placements eval validate {path} --record {listed.part}`.",
        )
    part = listed.part if listed else None
    samples = load_dataset(path)
    if not samples:
        raise UsageError(f"{str(path)!r} holds no question.", "Add a line to it.")
    return Dataset(
        name=path.stem, path=path, content=content, samples=samples, part=part
    )


def named_datasets(names: list[str]) -> list[Dataset]:
    """Those named; `tune` and `look` stand for every shipped one of that part.

    Raises:
        UsageError: see `open_dataset`.
    """
    known = manifest()
    wanted: dict[str, None] = {}
    for name in names:
        group = [key for key, held in known.items() if held.part == name]
        wanted |= dict.fromkeys(group or [name])
    return [open_dataset(name) for name in wanted]


def record_version(path: Path, part: Part) -> bool:
    """Add a file's content to its folder's manifest as the newest version.

    False where it is there already; older versions are kept, so that a run can be told
    from one on an older content.
    """
    known, content = manifest(path.parent), path.read_bytes()
    version = Version(
        sha256=hashlib.sha256(content).hexdigest(), questions=len(load_dataset(path))
    )
    held = known.get(path.stem)
    if held and held.newest == version and held.part == part:
        return False
    before = held.versions if held else ()
    kept = tuple(old for old in before if old != version)
    known[path.stem] = Listed(part=part, versions=(*kept, version))
    text = _MANIFEST.dump_json(dict(sorted(known.items())), indent=1)
    (path.parent / "manifest.json").write_bytes(text + b"\n")
    return True
