"""Rows read from documents, one reader a kind of document."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from corpus.codes import DocumentKind
from corpus.models import Document
from corpus.observed import Observed

__all__ = ["READ", "read_rows", "readers_version"]

READ: Final = frozenset(
    {
        DocumentKind.REG44,
        DocumentKind.STATEMENT_OF_PURPOSE,
        DocumentKind.SUFFICIENCY_STATEMENT,
    }
)
"""Kinds of document that rows are read from."""
_ALSO: Final = ("observed.py", "sentences.py", "vocabulary.py", "vocabulary.toml")
"""Files of corpus that decide, beside those here, which rows are read."""


def read_rows(document: Document) -> Observed:
    """The rows of one document; none for kinds that nothing is read from.

    In each row's span, `document.text[start:end]` is the quote.
    """
    # Imported here: whoever finds the rows kept on disk needs no reader.
    from corpus.extracting.purpose import read_purpose
    from corpus.extracting.reg44 import read_visit
    from corpus.extracting.sufficiency import read_gaps

    readers = {
        DocumentKind.REG44: read_visit,
        DocumentKind.STATEMENT_OF_PURPOSE: read_purpose,
        DocumentKind.SUFFICIENCY_STATEMENT: read_gaps,
    }
    reader = readers.get(document.kind)
    return reader(document) if reader else Observed()


@cache
def readers_version() -> str:
    """Hash of the readers: another wherever they may read other rows."""
    here, corpus = files("corpus.extracting"), files("corpus")
    parts = [part for part in here.iterdir() if part.name.endswith((".py", ".toml"))]
    parts += [corpus.joinpath(name) for name in _ALSO]
    digest = hashlib.sha256()
    for part in sorted(parts, key=lambda part: part.name):
        digest.update(part.read_bytes())
    return digest.hexdigest()[:12]
