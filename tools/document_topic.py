"""What a question asks of the documents that its filters have already chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from corpus.codes import DocumentKind
from index.lexical import STOP_WORDS, stem

KIND_WORDS: Final = {
    DocumentKind.REG44: "regulation reg 44 44s r44 r44s reg44 reg44s visit visitor"
    " independent person report",
    DocumentKind.SUFFICIENCY_STATEMENT: "sufficiency suff statement strategy plan"
    " assessment",
    DocumentKind.STATEMENT_OF_PURPOSE: "statement purpose sop",
    DocumentKind.INSPECTION: "ofsted inspection report summary finding",
    DocumentKind.REPORT: "report paper review",
    DocumentKind.OTHER: "document",
}
"""Words by which a question names each kind of document."""
_SCAFFOLD: Final = (
    "any anything something one ones mention mentioned mentions said re regarding whats"
    " what's its it's got there per according latest last recent document documents"
    " report reports please find search tell show full get only set sets out give gives"
    " given pick picked up"
)
"""Words that ask and name no topic, where the documents are chosen."""
_DATED: Final = (
    "dated date later since onward onwards after from year month"
    " january february march april may june july august september october november"
    " december jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Words of a date from which documents were chosen."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def settled_words(
    kinds: Iterable[DocumentKind | str],
    *names: str | None,
    since: date | str | None = None,
) -> frozenset[str]:
    """Stems that say whose documents of which kind: these choose the documents, and
    say nothing of what is asked of them."""
    told = [KIND_WORDS[DocumentKind(kind)] for kind in kinds]
    told += [name for name in names if name]
    if since:
        year, month, day = str(since).split("-")
        told.append(f"{_DATED} {year} {int(month)} {int(day)}")
    found = {_stem(word) for text in told for word in _WORD.findall(text)}
    return frozenset(
        found | {_stem(word) for word in _SCAFFOLD.split()} if told else ()
    )


def topic(query: str, settled: frozenset[str]) -> str:
    """The query without settled words; empty where it names no topic beside them."""
    if not settled:
        return query
    left = [word[0] for word in _WORD.finditer(query) if _stem(word[0]) not in settled]
    told = [word for word in left if word.casefold() not in STOP_WORDS]
    return " ".join(left) if told else ""


def _stem(word: str) -> str:
    return stem(word.casefold().replace("’", "'").removesuffix("'s"))
