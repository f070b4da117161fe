"""The answer from documents: the sentences that answer, quoted verbatim with their
place; or plainly that nothing held here covers the question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.composing.part import Part
from assistant.composing.question_terms import Figure, Terms, question_terms
from assistant.composing.stems import stems
from assistant.ledger import Entry, Ledger
from assistant.readers.titles import read_title
from corpus.documents import locator_at
from corpus.models import INVENTED_NOTICE, Citation
from corpus.sentences import sentences
from tools.document_topic import settled_words, topic
from tools.search_documents import FoundPassage, FoundPassages, document_title

ENOUGH: Final = 0.6
"""Share of the question's weight that a passage with its heading must hold."""
ENOUGH_COMMON: Final = 0.5
"""Share of its ordinary words: a place's name alone answers nothing."""
ENOUGH_IN_SENTENCE: Final = 0.35
"""Share that the quoted sentence itself must hold."""
ENOUGH_CHOSEN: Final = 0.3
"""The same where the question names the documents: one in three of its words will do,
for what they say is asked, and not whether anything here does."""
ENOUGH_BESIDE: Final = 0.6
"""The same beside an answer from data, which a passing likeness would only blur."""
MOST_QUOTES: Final = 3
FEWEST_NEW_WORDS: Final = 2
_REFERENCE: Final = re.compile(r"^\W*\d{1,3}[.)]?\s+[A-Z][^.]*\((?:19|20)\d\d\)")


@dataclass(frozen=True)
class Evidence:
    """One sentence of a passage, and how well it answers."""

    passage: FoundPassage
    start: int
    """Offset in the document's text."""
    text: str
    covered: float
    """Share of the question's weight that the passage holds, 0 to 1."""
    common: float
    """Share of the question's ordinary words that the passage holds, 0 to 1."""
    in_sentence: float
    """Share that the sentence holds, 0 to 1."""
    figure: Figure | None
    """The figure that answers; None where it holds none, or none is asked for."""
    wants_figure: bool
    lacks: frozenset[str]
    """Names and years asked about that neither passage nor document names."""
    enough: float
    """Share of the question that the sentence must hold to be an answer."""

    @property
    def score(self) -> float:
        """How well it answers; comparable within one question."""
        amid = self.figure.amid if self.figure else 0.0
        found = self.in_sentence + self.covered + amid + self.passage.score / 2
        return found - 0.3 * len(self.lacks)

    @property
    def answers(self) -> bool:
        """Whether it may be given as the answer."""
        return (
            (self.figure is not None or not self.wants_figure)
            and not self.lacks
            and self.covered >= ENOUGH
            and self.common >= ENOUGH_COMMON
            and self.in_sentence >= self.enough
        )


def compose_search_documents(
    question: str, entry: Entry, ledger: Ledger, *, beside: bool = False
) -> Part:
    """Quote what answers; where nothing does, say what the nearest evidence is.

    `beside` tells that data has been asked the same, and the question is not of
    documents: then only what plainly answers it is quoted.
    """
    found: FoundPassages = entry.result.data
    chosen = _chosen(entry, ledger)
    named = bool(entry.call.arguments.keys() & {"kinds", "provider"})
    titled = read_title(question, ledger.knowledge.library.summaries())
    if titled:
        found = _of_document(found, titled.document_id)
        chosen |= settled_words((titled.kind,), titled.title)
    terms = question_terms(question, chosen)
    if chosen and not beside and not topic(question, chosen):
        return _opening(found, entry, ledger)
    ranked = _ranked(found, terms, _enough(named or titled is not None, beside))
    answering = _without_repeats([item for item in ranked if item.answers])
    if answering:
        return _answer(answering, terms, ledger)
    return _nothing(found, entry)


def _of_document(found: FoundPassages, document_id: str) -> FoundPassages:
    """What was found in one document; all of it where nothing was."""
    own = tuple(p for p in found.passages if p.document_id == document_id)
    return found.model_copy(update={"passages": own}) if own else found


def _chosen(entry: Entry, ledger: Ledger) -> frozenset[str]:
    """Stems that say whose documents of which kind were searched, here and, where a
    question names several homes, beside it."""
    arguments = entry.call.arguments
    homes = {other.call.arguments.get("provider") for other in ledger.entries}
    return settled_words(
        arguments.get("kinds") or (),
        *(homes if arguments.get("provider") else ()),
        arguments.get("local_authority"),
        since=arguments.get("since"),
    )


def _enough(named: bool, beside: bool) -> float:
    """The share of the question's words that a sentence must hold to answer it."""
    if beside:
        return ENOUGH_BESIDE
    return ENOUGH_CHOSEN if named else ENOUGH_IN_SENTENCE


def _ranked(found: FoundPassages, terms: Terms, enough: float) -> list[Evidence]:
    evidence = [
        item for passage in found.passages for item in _evidence(passage, terms, enough)
    ]
    return sorted(evidence, key=lambda item: item.score, reverse=True)


def _evidence(passage: FoundPassage, terms: Terms, enough: float) -> list[Evidence]:
    dated = f"{passage.published:%B %Y}" if passage.published else ""
    about = " ".join((passage.title, passage.local_authority or "", dated))
    whole = f"{passage.text} {about}"
    covered, common = terms.coverage(whole), terms.common_coverage(whole)
    found = []
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        if not _in_notice(passage, start) and _is_statement(text, passage.title, terms):
            near = text if terms.figure else passage.text
            found.append(
                Evidence(
                    passage=passage,
                    start=passage.start + start,
                    text=text,
                    covered=covered,
                    common=common,
                    in_sentence=terms.coverage(text),
                    figure=terms.figure_in(text),
                    wants_figure=terms.figure is not None,
                    lacks=_lacks(f"{near} {about}", passage, terms),
                    enough=enough,
                )
            )
    return found


def _lacks(near: str, passage: FoundPassage, terms: Terms) -> frozenset[str]:
    """Names and years asked about that do not stand near: for a figure, in its own
    sentence or in what the document says of itself."""
    abroad = {"england"} if terms.national and passage.local_authority else set()
    return terms.missing(near) | abroad


def _in_notice(passage: FoundPassage, start: int) -> bool:
    """Whether it stands in the notice that the document is invented: this is told
    beside its title, and is no answer."""
    paragraph = passage.text[passage.text.rfind("\n", 0, start) + 1 :]
    return passage.invented and paragraph.startswith(INVENTED_NOTICE)


def _is_statement(sentence: str, title: str, terms: Terms) -> bool:
    """Whether a sentence says something: it is no reference, and holds a few words that
    neither the question nor the document's title holds, as no heading does."""
    if _REFERENCE.match(sentence):
        return False
    known = {*terms.weights, *stems(title)}
    return len(set(stems(sentence)) - known) >= FEWEST_NEW_WORDS


def _without_repeats(answering: list[Evidence]) -> list[Evidence]:
    """The best sentence of each document, the best document first."""
    best: dict[str, Evidence] = {}
    for item in answering:
        best.setdefault(item.passage.document_id, item)
    return sorted(best.values(), key=_leads, reverse=True)


def _leads(item: Evidence) -> tuple[bool, float, date]:
    """A real document's figure leads an invented one; else the better evidence does,
    and of evidence that is as good, the newer."""
    real_figure = item.wants_figure and not item.passage.invented
    return (real_figure, round(item.score, 1), item.passage.published or date.min)


def _answer(answering: list[Evidence], terms: Terms, ledger: Ledger) -> Part:
    quoted = answering[: 1 if terms.figure else MOST_QUOTES]
    others = answering[len(quoted) : MOST_QUOTES] if terms.figure else []
    lines = [_quotation(item, ledger, lead=True) for item in quoted]
    if others:
        lines.append("\nOther documents on the same question:")
        lines += [_quotation(item, ledger) for item in others]
    return Part(status="answered", lead="\n\n".join(lines))


def _quotation(item: Evidence, ledger: Ledger, *, lead: bool = False) -> str:
    marker = ledger.cite(_citation(item, ledger))
    first = f"**{item.figure.text}** [{marker}]. " if lead and item.figure else ""
    passage = item.passage
    title = document_title(passage.title, passage.invented)
    dated = f", {passage.published:%B %Y}" if passage.published else ""
    said = " ".join(item.text.split())
    return f"{first}*{title}*{dated}: “{said}” [{marker}]"


def _citation(item: Evidence, ledger: Ledger) -> Citation:
    document = ledger.knowledge.library.get(item.passage.document_id)
    return Citation(
        kind="document",
        title=document_title(document.title, document.invented),
        locator=locator_at(document, item.start),
        quote=item.text,
        source=document.source,
        document_id=document.document_id,
        start=item.start,
    )


def _opening(found: FoundPassages, entry: Entry, ledger: Ledger) -> Part:
    """Where documents are chosen and nothing is asked of them: what was found there,
    newest first, each by a sentence of its own."""
    terms = question_terms("", frozenset())
    best: dict[str, Evidence] = {}
    for item in _ranked(found, terms, ENOUGH_CHOSEN):
        best.setdefault(item.passage.document_id, item)
    newest = sorted(best.values(), key=_dated, reverse=True)[:MOST_QUOTES]
    if not newest:
        return _nothing(found, entry)
    return Part(
        status="answered",
        lead="\n\n".join(_quotation(item, ledger) for item in newest),
    )


def _dated(item: Evidence) -> date:
    return item.passage.published or date.min


def _nothing(found: FoundPassages, entry: Entry) -> Part:
    text = "Nothing held here answers that: neither the data nor the documents."
    if found.passages:
        nearest = found.passages[0]
        title = document_title(nearest.title, nearest.invented)
        text += (
            f" The nearest that was found is {nearest.locator} of *{title}*"
            f" [{entry.markers[0]}], which does not answer it."
        )
    return Part(status="not_in_evidence", lead=text)
