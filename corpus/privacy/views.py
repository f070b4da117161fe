"""A document as it is shown masked: a document like any other, with its own offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.codes import DocumentKind, PersonalKind
from corpus.models import Document, PersonalDetail, PersonalDetails
from corpus.observed import Span
from corpus.privacy.finding import find_personal, finders_version, found_in_label
from corpus.privacy.masking import MASKS, Masking, masked


def with_details(document: Document) -> Document:
    """The document with its personal details found, to be stored."""
    known = known_of(document.provider, document.local_authority)
    details = PersonalDetails(
        found=_found(document),
        finders=finders_version(),
        title=masked_label(document.title, known),
        source=masked_label(document.source, known),
    )
    return document.model_copy(update={"personal": details})


def masked_text(text: str, known: Iterable[str] = ()) -> str:
    """A text of no document, such as a question, with its personal details masked.

    Args:
        text: the text.
        known: names of organisations that are nobody's.
    """
    return masked(text, find_personal(text, known=known))


@lru_cache(maxsize=65_536)
def masked_label(label: str, known: tuple[str, ...] = ()) -> str:
    """A title or a path with its personal details masked."""
    return masked(label, found_in_label(label, known))


@dataclass(frozen=True)
class DocumentMask:
    """One document, its personal details, and what it reads like masked."""

    document: Document
    """As stored."""

    @cached_property
    def masking(self) -> Masking:
        """The details of its text; found again where other finders found them."""
        kept = self.document.personal
        current = kept is not None and kept.finders == finders_version()
        return Masking(kept.found if kept and current else _found(self.document))

    @cached_property
    def shown(self) -> Document:
        """The document masked: text, headings, title and path. The offsets of its
        sections and pages count in the masked text."""
        document, move = self.document, self.masking.to_masked
        known = known_of(document.provider, document.local_authority)
        return document.model_copy(
            update={
                "text": masked(document.text, self.masking.details),
                "title": masked_label(document.title, known),
                "source": masked_label(document.source, known),
                "sections": tuple(
                    one.model_copy(
                        update={
                            "start": move(one.start),
                            "heading": self.without_names(one.heading),
                        }
                    )
                    for one in document.sections
                ),
                "pages": tuple(
                    one.model_copy(update={"start": move(one.start)})
                    for one in document.pages
                ),
                "personal": None,
            }
        )

    def span(self, span: Span) -> Span:
        """A span of the stored text as the same span of the masked text."""
        start = self.masking.to_masked(span.start)
        end = self.masking.to_masked(span.end, end=True)
        return span.model_copy(
            update={
                "start": start,
                "end": end,
                "quote": self.shown.text[start:end],
                "locator": self.without_names(span.locator),
            }
        )

    def without_names(self, words: str) -> str:
        """Words about the document with the names that it holds masked."""
        return self._names.sub(MASKS[PersonalKind.NAME], words)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        found = {
            self.document.text[detail.start : detail.end]
            for detail in self.masking.details
            if detail.kind is PersonalKind.NAME
        }
        spelt = "|".join(re.escape(name) for name in sorted(found, key=len)[::-1])
        return re.compile(rf"\b(?:{spelt})\b" if spelt else r"(?!)")


def known_of(*names: str | None) -> tuple[str, ...]:
    """Names that are no person's: those that are given."""
    return tuple(name for name in names if name)


def _found(document: Document) -> tuple[PersonalDetail, ...]:
    known = known_of(document.provider, document.local_authority)
    return _found_in(document.text, document.kind, known)


@lru_cache(maxsize=256)
def _found_in(
    text: str, kind: DocumentKind, known: tuple[str, ...]
) -> tuple[PersonalDetail, ...]:
    return find_personal(text, kind, known)
