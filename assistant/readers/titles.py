"""Reader of the document that a question names by the words of its title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corpus.library import DocumentSummary
from index.lexical import terms
from tools.document_topic import KIND_WORDS

FEWEST: Final = 2
"""Words of a title that name it together."""
SHARE: Final = 0.5
"""Share of a title's telling words that the question must hold."""
_A_DOCUMENT: Final = re.compile(
    r"\b(?:papers?|notes?|reviews?|reports?|answers|statements?|documents?|briefings?"
    r"|stud(?:y|ies)|guidance|plan)\b",
    re.IGNORECASE,
)


def read_title(
    text: str, summaries: Iterable[DocumentSummary]
) -> DocumentSummary | None:
    """The document that `text` speaks of as one and names by most words of its title.

    None where it speaks of no document, or where several are named as well.
    """
    if not _A_DOCUMENT.search(text):
        return None
    asked = set(terms(text))
    ranked = sorted(
        ((_named(asked, one), one.title) for one in summaries), reverse=True
    )
    best = [pair for pair in ranked if pair[0] > 0 and pair[0] == ranked[0][0]]
    if len(best) != 1:
        return None
    return next(one for one in summaries if one.title == best[0][1])


def title_words(summary: DocumentSummary) -> frozenset[str]:
    """The telling terms of a title: not its kind, nor whose it is."""
    whose = " ".join(filter(None, (summary.provider, summary.local_authority)))
    kinds = " ".join(KIND_WORDS.values())
    return frozenset(terms(summary.title)) - set(terms(f"{whose} {kinds}"))


def _named(asked: set[str], summary: DocumentSummary) -> float:
    """The share of the title's telling words that are asked; 0 where too few are."""
    told = title_words(summary)
    held = told & asked
    named = len(held) >= FEWEST and len(held) >= SHARE * len(told)
    return len(held) / len(told) if named else 0.0
