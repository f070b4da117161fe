"""What documents about the authority say on a topic, verbatim with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.composing.wording import day
from assistant.exporting import Quotation
from assistant.ledger import Entry
from assistant.narrative.evidence import Evidence
from corpus.documents import locator_at
from corpus.models import Citation, Frozen
from corpus.sentences import sentences
from tools.search_documents import FoundPassage, document_title

_KINDS: Final = ("sufficiency_statement", "report")
"""Documents that speak for the council; those of providers do not."""
_NUMBER: Final = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?\s+|[-•–]\s+)")
"""A paragraph's printed number, which is no part of its words."""
_LONGEST: Final = 420
"""Characters of a quotation."""
_SHORTEST: Final = 5
"""Words of a sentence that says something by itself."""


class Topic(Frozen):
    """What is looked for, and words that a sentence on it holds."""

    query: str
    holds: str
    """A regular expression."""
    sentences: int = 1
    """How many are quoted in a row, where they fit."""


TOPICS: Final[dict[str, Topic]] = {
    "vision": Topic(
        query="vision, aims and ambition for children in care",
        holds=r"\b(?:vision|ambitions?|aspirations?|our aims?|we (?:want|aim|believe)"
        r"|priorit(?:y|ies))\b",
    ),
    "listening": Topic(
        query="what children and young people told us, their views and wishes",
        holds=r"\b(?:children in care council|young people (?:told|said|asked|want)"
        r"|children (?:told|said|asked)|care leavers (?:told|said))\b",
    ),
    "stability": Topic(
        query="share of children who had three or more placements in the year",
        holds=r"\b(?:three|3) or more (?:placements|moves|homes)\b",
    ),
    "siblings": Topic(
        query="brothers and sisters who live apart or together",
        holds=r"\b(?:brothers and sisters|siblings?)\b[^.]*\b(?:apart|together|part)",
    ),
    "market": Topic(
        query="children's homes inside the area, registered places and vacancies",
        holds=r"\bhomes?\b[^.]*\bplaces?\b|\bplaces?\b[^.]*\b(?:empty|vacant)\b",
    ),
    "forecast": Topic(
        query="forecast of the number of children in care",
        holds=r"\b(?:forecast|project|expect)\w*\b[^.]*\d[^.]*\bchildren\b",
    ),
    "progress": Topic(
        query="what the last statement promised and what has been done since",
        holds=r"\b(?:last|previous|former) (?:statement|strategy|plan)\b",
        sentences=2,
    ),
    "governance": Topic(
        query="governance: to which board progress is reported and how often",
        holds=r"\b(?:report\w*|review\w*|oversee\w*|monitor\w*)\b[^.]*"
        r"\b(?:board|committee|council|cabinet|panel)\b",
    ),
}


def quotations(evidence: Evidence, key: str, most: int = 1) -> list[Quotation]:
    """Sentences on a topic, the best document first, one of each document."""
    topic = TOPICS[key]
    arguments = {
        "query": topic.query,
        "kinds": list(_KINDS),
        "local_authority": evidence.authority,
    }
    entry = evidence.ledger.run("search_documents", arguments)
    found: dict[str, Quotation] = {}
    for passage in entry.result.data.passages:
        if passage.document_id not in found:
            for quotation in _in_passage(passage, topic, evidence):
                found[passage.document_id] = quotation
    return list(found.values())[:most]


def quoted_span(entry: Entry, at: int, before: str) -> Quotation:
    """A quotation that a tool cited itself, the citation at that place.

    `before` is the document quoted just before, which is not named again.
    """
    citation = entry.result.citations[at]
    words = _NUMBER.sub("", " ".join((citation.quote or "").split()))
    if citation.document_id == before:
        source = f"The same, {citation.locator} [{entry.markers[at]}]."
    else:
        source = _source(citation, entry.markers[at])
    return Quotation(text=f"“{words}”", source=source)


def _in_passage(
    passage: FoundPassage, topic: Topic, evidence: Evidence
) -> Iterator[Quotation]:
    """The first sentence of a passage that is on the topic, if any."""
    spans = sentences(passage.text)
    for at, (start, end) in enumerate(spans):
        text = passage.text[start:end]
        if re.search(topic.holds, text, re.IGNORECASE) and _says_something(text):
            last = min(at + topic.sentences, len(spans)) - 1
            stop = spans[last][1]
            stop = stop if stop - start <= _LONGEST else end
            yield _quotation(passage, start, stop, evidence)
            return


def _says_something(text: str) -> bool:
    """Whether it is a sentence, and no heading or row of a table."""
    words = text.split()
    return (
        len(words) >= _SHORTEST
        and text.rstrip().endswith((".", ":", "!", "?", "”"))
        and len(text) <= _LONGEST
        and " | " not in text
    )


def _quotation(
    passage: FoundPassage, start: int, end: int, evidence: Evidence
) -> Quotation:
    number = _NUMBER.match(passage.text[start:end])
    start += number.end() if number else 0
    document = evidence.knowledge.library.get(passage.document_id)
    words = passage.text[start:end]
    citation = Citation(
        kind="document",
        title=document_title(document.title, document.invented),
        locator=locator_at(document, passage.start + start),
        quote=words,
        source=document.source,
        document_id=passage.document_id,
        start=passage.start + start,
    )
    dated = f", {day(passage.published)}" if passage.published else ""
    source = _source(citation, evidence.ledger.cite(citation), dated)
    return Quotation(text=f"“{' '.join(words.split())}”", source=source)


def _source(citation: Citation, marker: int, dated: str = "") -> str:
    return f"{citation.title}{dated}, {citation.locator} [{marker}]."
