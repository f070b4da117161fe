"""From a file to a Document: text, sections, pages, and what it is about.

The readers are imported where a file is read: asking, and ingesting what is held
already, need none of them.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.codes import DocumentKind
from corpus.errors import DocumentError
from corpus.models import Document, Frozen
from corpus.reading.lines import Line, Note
from corpus.reading.outline import locator_at, section_path
from corpus.reading.refusals import MOST_TEXT, empty, too_large
from corpus.text import clean_text

if TYPE_CHECKING:
    from corpus.reading.apart import Told
    from corpus.reading.layout import Layout

__all__ = [
    "Overrides",
    "ReadDocument",
    "document_of",
    "locator_at",
    "read_document",
    "read_with_notes",
    "section_path",
    "supported",
]

_OPENING: Final = 1500
"""Characters in which a date, a provider or a URN must stand to be the document's."""
LARGEST: Final = 200_000_000
"""Bytes of the largest file that is read."""
_LARGEST_PLAIN: Final = 4 * MOST_TEXT
"""Bytes of the largest file of plain text: four are the most that a character takes."""


class Overrides(Frozen):
    """Facts that the caller states; None leaves one to be recognised."""

    title: str | None = None
    kind: DocumentKind | None = None
    published: date | None = None
    local_authority: str | None = None
    provider: str | None = None
    urn: str | None = None
    invented: bool = False
    """True for a document of the demonstration region."""


class ReadDocument(Frozen):
    """A document, and what its reader had to say of the reading."""

    document: Document
    notes: tuple[str, ...] = ()
    """What was left out, or read otherwise than expected: pages that are pictures, a
    misleading name, a doubtful encoding."""


def supported(path: Path) -> bool:
    """Whether a file of this name can be read."""
    from corpus.reading.formats import READERS

    return path.suffix.lower() in READERS


def read_document(
    path: Path,
    root: Path,
    overrides: Overrides = Overrides(),  # noqa: B008
) -> Document:
    """Read one file; its `source` is its path below `root`.

    Raises:
        DocumentError: see `read_with_notes`.
    """
    return read_with_notes(path, root, overrides).document


def read_with_notes(
    path: Path,
    root: Path,
    overrides: Overrides = Overrides(),  # noqa: B008
    told: Told = lambda step: None,
) -> ReadDocument:
    """Read one file, as what it holds and not as what its name says.

    `told` is called with each page done of a long file.

    Raises:
        DocumentError: where it is missing, may not be read, is of an unsupported type,
            too large, empty, encrypted or damaged; the message says which.
    """
    from corpus.reading.layout import lay_out

    try:
        _check(path)
        events = _events(path, told)
    except OSError as error:
        raise DocumentError(
            f"{path.name!r} cannot be read: {error.strerror or error}.",
            "Check the path and its permissions.",
        ) from error
    layout = lay_out([event for event in events if isinstance(event, Line)])
    if not layout.text:
        raise empty(path.name)
    source = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    document = _document(layout, clean_text(source.as_posix()), path.stem, overrides)
    notes = (clean_text(event.text) for event in events if isinstance(event, Note))
    return ReadDocument(document=document, notes=tuple(notes))


def _events(path: Path, told: Told) -> list[Line | Note]:
    """Lines and notes; only plain text is read in this process."""
    from corpus.reading.apart import read_apart
    from corpus.reading.formats import read_events
    from corpus.reading.identify import is_plain

    if not is_plain(path):
        return read_apart(path, told)
    if path.stat().st_size > _LARGEST_PLAIN:
        raise too_large(path, f"of over {_LARGEST_PLAIN:,} bytes of text")
    return [event for event in read_events(path) if isinstance(event, Line | Note)]


def document_of(text: str, source: str, overrides: Overrides) -> Document:
    """A document from text at hand: Markdown headings in it become sections.

    Raises:
        DocumentError: where the text is empty.
    """
    from corpus.reading.layout import lay_out
    from corpus.reading.plain import markdown_lines

    layout = lay_out(list(markdown_lines(text)))
    if not layout.text:
        raise empty(source)
    return _document(layout, source, Path(source).stem, overrides)


def _check(path: Path) -> None:
    if not path.exists():
        raise DocumentError(f"{str(path)!r} does not exist.", "Check the path.")
    if path.is_dir():
        next(path.iterdir(), None)  # says why a folder cannot be read
    if not path.is_file():
        raise DocumentError(f"{str(path)!r} is not a file.", "Name a file or a folder.")
    if not supported(path):
        from corpus.reading.formats import READERS

        raise DocumentError(
            f"{path.name!r} is of a type that is not read.",
            f"Save it as one of {', '.join(sorted(READERS))}.",
        )
    if path.stat().st_size > LARGEST:
        raise too_large(path, "over 200 MB")
    if path.stat().st_size == 0:
        raise empty(path.name)


def _document(layout: Layout, source: str, stem: str, overrides: Overrides) -> Document:
    from corpus.privacy.views import with_details
    from corpus.reading import recognise
    from corpus.reading.sections import find_sections

    opening = layout.text[:_OPENING]
    listed = source.lower().endswith(".xlsx")  # its first heading is a sheet's name
    title = overrides.title or (
        stem if listed else recognise.recognise_title(layout.blocks, stem)
    )
    kind = overrides.kind or recognise.recognise_kind(title, opening)
    facts: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "published": overrides.published or recognise.recognise_date(opening),
        "local_authority": overrides.local_authority
        or recognise.recognise_authority(title, kind, layout.text),
        "provider": overrides.provider or recognise.recognise_provider(opening),
        "urn": overrides.urn or recognise.recognise_urn(opening),
        "invented": overrides.invented,
    }
    read = Document(
        document_id=_identity(layout.text, facts),
        source=source,
        text=layout.text,
        sections=find_sections(layout.blocks),
        pages=layout.pages,
        **facts,
    )
    return with_details(read)


def _identity(text: str, facts: dict[str, Any]) -> str:
    """Hash of the text and the facts: 16 hexadecimal digits."""
    stated = "\0".join(f"{name}={facts[name]}" for name in sorted(facts))
    return hashlib.sha256(f"{stated}\0{text}".encode()).hexdigest()[:16]
