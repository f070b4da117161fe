"""Invented texts made into documents, by the same reading as ingested files."""

from __future__ import annotations

import re
from datetime import date

from corpus.codes import DocumentKind
from corpus.demonstration.writing.homes import Home
from corpus.documents import Overrides, document_of
from corpus.models import Document
from corpus.text import comparable_name


def file_document(
    text: str,
    *,
    folder: str,
    name: str,
    kind: DocumentKind,
    published: date,
    about: Home | None = None,
    local_authority: str | None = None,
) -> Document:
    """One invented document, about a home, an authority or the region.

    Args:
        text: Markdown whose first line is the title's heading.
        folder: Last folder of its source.
        name: What the file is named after.
        kind: What the document is.
        published: Its date.
        about: The home it is about; None for other documents.
        local_authority: The authority it is about; None for a home's, whose own is
            taken, and for the region's.
    """
    stem = re.sub(r"\s+", "-", comparable_name(name))
    setting = about.setting if about else None
    overrides = Overrides(
        title=text.partition("\n")[0].removeprefix("# "),
        kind=kind,
        published=published,
        local_authority=setting.local_authority if setting else local_authority,
        provider=setting.name if setting else None,
        urn=setting.urn if setting else None,
        invented=True,
    )
    return document_of(text, f"demonstration/{folder}/{stem}.md", overrides)
