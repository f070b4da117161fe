"""Readers of what a question says of documents: their kind, and whom they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corpus.codes import DocumentKind
from corpus.text import comparable_name

_KINDS: Final = (
    (
        r"\breg(?:ulation)?[.\s-]*44s?\b|\br44s?\b|\bindependent (?:visitor|person)",
        "reg44",
    ),
    (
        r"\bsuff(?:iciency)? (?:statement|strateg|plans?\b|document|assessment|report)",
        "sufficiency_statement",
    ),
    (r"\bstatements? of purpose\b|\b(?-i:SOPs?|SoPs?)\b", "statement_of_purpose"),
    (
        r"\binspection (?:reports?|findings?|judge?ments?|outcomes?|summar(?:y|ies))\b"
        r"|\b(?:ofsted|last|latest|recent|previous|full) inspections?\b"
        r"|\bofsted (?:\w+ )?reports?\b"
        r"|\binspections?\b(?=[^.?]{0,30}\b(?:find|found|say|said))",
        "inspection",
    ),
)
SHORTEST_NAME: Final = 2
"""Words of a name that is found by itself; a single word is too often ordinary."""


def read_document_kinds(text: str) -> tuple[DocumentKind, ...]:
    """The kinds of document that a question names; empty where it names none."""
    return tuple(
        DocumentKind(kind)
        for pattern, kind in _KINDS
        if re.search(pattern, text, re.IGNORECASE)
    )


def read_name(text: str, names: Iterable[str]) -> str | None:
    """The longest of the known names that stands in `text`; None where none does."""
    padded = f" {comparable_name(text)} "
    found = [
        name
        for name in names
        if len(name.split()) >= SHORTEST_NAME and f" {comparable_name(name)} " in padded
    ]
    return max(found, key=len, default=None)
