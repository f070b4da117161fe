"""The errors for files that cannot be read as what their name says."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from corpus.errors import DocumentError

MOST_TEXT: Final = 10_000_000
"""Characters of text in the largest document that is kept: about 4,000 pages."""


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


def empty(name: str) -> DocumentError:
    """The error for a file that holds no text at all."""
    return DocumentError(f"{name!r} is empty.", "Leave it out.")


def other_format(path: Path, what: str, remedy: str) -> DocumentError:
    """The error for a file whose content is of a known kind that is not read."""
    return DocumentError(f"{path.name!r} is {what}.", remedy)


def too_large(path: Path, what: str) -> DocumentError:
    """The error for a file beyond a limit; `what` says which: "over 200 MB"."""
    return DocumentError(f"{path.name!r} is {what}.", "Split it, and ingest the parts.")
