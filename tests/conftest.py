"""What all tests share: a small demonstration region, built once a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

SHARED = Path(__file__).parents[1].parent / "shared"
"""Public documents and data; tests on them skip where the folder is absent."""


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the user's own data directory, colours or settings."""
    for name in ("PLACEMENTS_DATA_DIR", "PLACEMENTS_CHROMA_URL", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(scope="session")
def region_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the small region, indexed by words. Not to be changed."""
    from assistant.settings import Settings
    from assistant.setup import build_demonstration

    root = tmp_path_factory.mktemp("region")
    build_demonstration(Settings(data_dir=root), lambda _: None, size="small")
    return root


@pytest.fixture
def seeds() -> Path:
    """The folder of real public documents."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the public documents are not here")
    return folder
