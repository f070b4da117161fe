"""Citations against the documents and spans expected: precision, recall, overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from assistant.ledger import MARKER
from evals.dataset import Expectation, ExpectedSpan
from evals.given import Given, GivenCitation
from evals.scoring.echoes import without_echoes
from evals.scoring.figures import holds
from evals.scoring.verdict import Verdict, verdict
from tools.search_documents import own_title

COVERED: Final = 0.5
"""Part of an expected span that one quotation must cover to have found it."""

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z*\"“£])|\n+")


def score_documents(expect: Expectation, given: Given) -> Verdict:
    """Right where each expected document is cited, and no expected figure is ascribed
    to another source alone.

    Measures: `precision`, of the documents cited those expected; `recall`, of those
    expected the cited. Sources of table rows are cited too.
    """
    wanted = expect.documents or ()
    cited = [one for one in given.citations if one.kind == "document"]
    names = {one.source: _names(one) for one in cited}
    right = [name for name, known in names.items() if known & set(wanted)]
    found = [name for name in wanted if any(name in k for k in names.values())]
    problems = [("not_cited", f"does not cite {n}") for n in wanted if n not in found]
    problems += _misattributed(expect, given)
    measures = {
        "precision": len(right) / len(names) if names else 0.0,
        "recall": len(found) / len(wanted) if wanted else 1.0,
    }
    told = verdict("documents", problems)
    return told.model_copy(update={"measures": measures})


def _misattributed(expect: Expectation, given: Given) -> list[tuple[str, str]]:
    """Expected figures whose sentences bear markers of other sources only."""
    by_marker = {one.marker: one for one in given.citations}
    problems = []
    for figure in expect.figures or ():
        said = [s for s in _SENTENCE.split(given.answer) if holds(figure, s)]
        marks = [int(m) for s in said for m in MARKER.findall(s)]
        cited = [by_marker[mark] for mark in marks if mark in by_marker]
        if cited and not any(_is_of(one, expect.documents or ()) for one in cited):
            told = f"{figure.value:g} is ascribed to {cited[0].title}"
            problems.append(("misattributed", told))
    return problems


def _is_of(citation: GivenCitation, names: Sequence[str]) -> bool:
    return not _names(citation).isdisjoint(names)


def _names(citation: GivenCitation) -> set[str]:
    """What a document may be called: its file, its title as cited, or its own title."""
    return {citation.source, citation.title, own_title(citation.title)}


def score_spans(spans: Sequence[ExpectedSpan], given: Given) -> Verdict:
    """Right where each expected span is half covered by one quotation of its document.

    Measures: `overlap`, the mean over spans of the best intersection over union, in
    characters.
    """
    problems, overlaps = [], []
    for span in spans:
        quotes = [
            _plain(one.quote)
            for one in given.citations
            if one.quote and _is_of(one, (span.document,))
        ]
        shared = [(_shared(_plain(span.quote), quote), len(quote)) for quote in quotes]
        length = len(_plain(span.quote))
        overlaps.append(max((s / (length + q - s) for s, q in shared), default=0.0))
        if max((s for s, _ in shared), default=0) < COVERED * length:
            problems.append(("span_not_quoted", f"does not quote {span.quote[:60]!r}"))
    told = verdict("spans", problems)
    mean = sum(overlaps) / len(overlaps) if overlaps else 1.0
    return told.model_copy(update={"measures": {"overlap": mean}})


def _shared(one: str, other: str) -> int:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.find_longest_match().size


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def score_phrases(
    phrases: Sequence[str], given: Given, asked: Sequence[str]
) -> Verdict:
    """Right where each phrase stands in the answer or its citations, whatever case."""
    held = " ".join(whole_text(given, asked).casefold().split())
    lacking = [p for p in phrases if " ".join(p.casefold().split()) not in held]
    return verdict("contains", [("absent", f"lacks {phrase!r}") for phrase in lacking])


def whole_text(given: Given, asked: Sequence[str]) -> str:
    """The answer's own words, with the locators and quotations of its sources."""
    cited = [f"{one.locator} {one.quote or ''}" for one in given.citations]
    return "\n".join([without_echoes(given.answer, asked), *cited])
