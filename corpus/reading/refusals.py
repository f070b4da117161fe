"""The errors for files that cannot be read as what their name says."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import DocumentError


def encrypted(path: Path) -> DocumentError:
    """The error for a file that wants a password."""
    return DocumentError(
        f"{path.name!r} is encrypted.", "Save a copy without a password and ingest it."
    )


def damaged(path: Path, form: str) -> DocumentError:
    """The error for a file that is damaged, or of another format."""
    return DocumentError(
        f"{path.name!r} is damaged, or not a {form} file.",
        f"Open it and save it again as {form}.",
    )
