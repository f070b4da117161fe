"""The answer from documents: the sentences that answer, quoted verbatim with their
place; or plainly that nothing held here covers the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.composing.part import Part
from assistant.composing.question_terms import Figure, Terms, question_terms
from assistant.composing.stems import stems
from assistant.ledger import Entry, Ledger
from assistant.readers.places import read_mentions
from assistant.readers.titles import read_title
from corpus.documents import locator_at
from corpus.models import INVENTED_NOTICE, Citation
from corpus.sentences import sentences
from index.models import Window
from tools.document_topic import settled_words, topic
from tools.search_documents import FoundPassage, FoundPassages, document_title

MEANING: Final = 2.2
"""Weight of the likeness in meaning of question and sentence, beside 1 for the share of
the question's weight that its passage holds. This and the next four were fitted to 176
questions that the sample documents answer and 80 that they do not
(`docs/retrieval.md`)."""
RARE: Final = 0.7
"""Weight of the share of the question's words that the sentence holds, by rarity."""
AMID: Final = 0.4
"""Weight of the share of the question's weight that stands around its figure."""
LEAST_AMID: Final = 0.3
"""Share of the question's weight that must stand around a figure that answers it."""
LACKING: Final = 0.5
"""What it loses by each name of the question that neither passage nor document has."""
ENOUGH: Final = 2.15
"""Score from which a sentence answers: held back nine in ten of those 80."""
ENOUGH_NAMED: Final = 1.5
"""The same where the question names the documents: what they say is asked, and not
whether anything here does. Our choice."""
ENOUGH_BESIDE: Final = 2.5
"""The same beside an answer from data, which a passing likeness would only blur. Our
choice."""
OWN_WORDS_BESIDE: Final = 0.6
"""Share of the question's ordinary words that such a sentence must hold itself."""
OWN_WORDS_REAL: Final = 0.4
"""The same of a real document beside invented data, which it leads. Our choice."""
ENOUGH_WORDS: Final = 1.0
"""Score from which a sentence answers in a search by words, which knows no meaning."""
MOST_QUOTES: Final = 3
MOST_NEAREST: Final = 2
"""Quotations that are shown where none answers, for the reader to judge."""
SHORTEST_QUOTE: Final = 30
"""Words below which a quotation takes in what follows it in its passage."""
FEWEST_NEW_WORDS: Final = 2
SHORTEST_STATEMENT: Final = 8
"""Words below which a line without an end is a heading."""
_NUMBERED: Final = re.compile(r"^\W*\d{1,2}(?:\.\d{1,2})*[.)]?\s+")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_REFERENCE: Final = re.compile(r"^\W*\d{1,3}[.)]?\s+[A-Z][^.]*\((?:19|20)\d\d\)")


@dataclass(frozen=True)
class Evidence:
    """A sentence or two of a passage, and how well they answer."""

    passage: FoundPassage
    start: int
    """Offset in the document's text."""
    text: str
    more: str
    """The text with what follows it in the passage, where it is short."""
    score: float
    """How well it answers, about 0 to 4; on one scale for every question."""
    figure: Figure | None
    """The figure that answers; None where it holds none, or none is asked for."""
    answers: bool
    """Whether it may be given as the answer."""

    @property
    def end(self) -> int:
        """Offset in the document's text behind what is quoted."""
        return self.start + len(self.more)


@dataclass(frozen=True)
class Asked:
    """What is asked of documents."""

    terms: Terms
    places: frozenset[str]
    """Stems of the places and years it names: an answer for another is none."""
    enough: float
    """Score from which a sentence answers."""
    own_words: float
    """Share of the question's ordinary words that it must hold itself, 0 to 1."""
    enough_real: float
    """The score, for a document that is not invented."""
    own_words_real: float
    """The share, likewise."""


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
    enough = _enough(found, named or titled is not None, beside)
    own_words = OWN_WORDS_BESIDE if beside else 0.0
    real = (enough, own_words)
    if beside and ledger.knowledge.dataset.kind == "demonstration":
        real = (min(enough, ENOUGH), OWN_WORDS_REAL)
    asked = Asked(terms, _places(question, ledger), enough, own_words, *real)
    ranked = _ranked(found, asked)
    if chosen and not beside and not topic(question, chosen):
        return _opening(ranked, entry, ledger)
    answering = _apart([item for item in ranked if item.answers])
    if answering:
        return _answer(answering, terms, ledger)
    chosen_kind = titled is not None or "kinds" in entry.call.arguments
    if ranked and chosen_kind and not beside and terms.figure is None:
        return _none_says_so(ranked, ledger)
    return _nothing(ranked, entry, ledger)


def _none_says_so(ranked: list[Evidence], ledger: Ledger) -> Part:
    """Where documents of a kind that is held are asked of something that no sentence of
    them plainly says: that it is so, and what they say that comes nearest."""
    nearest = _apart(ranked)[:MOST_QUOTES]
    marker = ledger.cite(_citation(nearest[0], ledger))
    told = f"**No passage found in those documents says so outright** [{marker}]."
    quoted = (_quotation(item, ledger) for item in nearest)
    return Part(
        status="answered",
        lead="\n\n".join([f"{told} What comes nearest:", *quoted]),
    )


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


def _enough(found: FoundPassages, named: bool, beside: bool) -> float:
    """The score that a sentence must have to answer."""
    if found.mode == "lexical":
        return ENOUGH_WORDS
    if beside:
        return ENOUGH_BESIDE
    return ENOUGH_NAMED if named else ENOUGH


def _places(question: str, ledger: Ledger) -> frozenset[str]:
    """Stems of the places and the years that a question names."""
    mentions = read_mentions(question, ledger.knowledge.gazetteer)
    named = " ".join(question[mention.start : mention.end] for mention in mentions)
    return frozenset(stems(f"{named} {' '.join(_YEAR.findall(question))}"))


def _ranked(found: FoundPassages, asked: Asked) -> list[Evidence]:
    evidence = [
        item for passage in found.passages for item in _evidence(passage, asked)
    ]
    return sorted(evidence, key=_leads, reverse=True)


def _evidence(passage: FoundPassage, asked: Asked) -> Iterator[Evidence]:
    terms = asked.terms
    dated = f"{passage.published:%B %Y}" if passage.published else ""
    about = " ".join((passage.title, passage.local_authority or "", dated))
    covered = terms.coverage(f"{passage.text} {about}")
    for window in passage.windows:
        start = _statement_in(passage, window, terms)
        if start is None:
            continue
        end = window.end - passage.start
        text = passage.text[start:end]
        figure = terms.figure_in(text)
        lacks = _lacks(f"{passage.text} {about}", passage, terms)
        score = (
            covered
            + MEANING * (window.cosine or 0.0)
            + RARE * window.share
            + AMID * (figure.amid if figure else 0.0)
            - LACKING * len(lacks)
        )
        elsewhere = asked.places & _lacks(f"{text} {about}", passage, terms)
        yield Evidence(
            passage=passage,
            start=passage.start + start,
            text=text,
            more=_with_more(passage, start, end),
            score=score,
            figure=figure,
            answers=score >= (asked.enough if passage.invented else asked.enough_real)
            and terms.common_coverage(text)
            >= (asked.own_words if passage.invented else asked.own_words_real)
            and not (elsewhere if terms.figure else asked.places & lacks)
            and (terms.figure is None or _is_of_it(figure)),
        )


def _is_of_it(figure: Figure | None) -> bool:
    """Whether a figure stands amid what is asked."""
    return figure is not None and figure.amid >= LEAST_AMID


def _statement_in(passage: FoundPassage, window: Window, terms: Terms) -> int | None:
    """Where in the passage the window's first statement begins, behind headings and
    the notice that a document is invented; None where it states nothing."""
    first = window.start - passage.start
    for start, end in sentences(passage.text[first : window.end - passage.start]):
        text = passage.text[first + start : first + end]
        heading = first + end < window.end - passage.start and _is_heading(text)
        if heading or _in_notice(passage, first + start):
            continue
        if _is_statement(text, passage.title, terms):
            return first + start
    return None


def _is_heading(text: str) -> bool:
    """Whether it reads as a numbered heading: short, and without an end."""
    numbered = _NUMBERED.match(text)
    short = len(text.split()) < SHORTEST_STATEMENT
    return bool(numbered and short and text.strip()[-1:] not in ".!?;:…")


def _with_more(passage: FoundPassage, start: int, end: int) -> str:
    """A window's text, with the next ones of its passage while it is short."""
    for window in passage.windows:
        short = len(passage.text[start:end].split()) < SHORTEST_QUOTE
        if short and window.start >= passage.start + end:
            end = window.end - passage.start
    return passage.text[start:end]


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


def _apart(answering: list[Evidence]) -> list[Evidence]:
    """Evidence, the best first, without what is quoted already."""
    kept: list[Evidence] = []
    for item in answering:
        if not any(_overlap(item, other) for other in kept):
            kept.append(item)
    return kept


def _overlap(one: Evidence, other: Evidence) -> bool:
    same = one.passage.document_id == other.passage.document_id
    return same and one.start < other.end and other.start < one.end


def _leads(item: Evidence) -> tuple[bool, float, date, float]:
    """A real document that answers leads an invented one; else the better evidence
    does, and of evidence that is as good, the newer."""
    real = item.answers and not item.passage.invented
    return (real, round(item.score, 1), _dated(item), item.score)


def _answer(answering: list[Evidence], terms: Terms, ledger: Ledger) -> Part:
    quoted = answering[: 1 if terms.figure else MOST_QUOTES]
    others = answering[len(quoted) : MOST_QUOTES] if terms.figure else []
    lines = [_quotation(item, ledger, lead=True) for item in quoted]
    if others:
        lines.append("\nOther passages on the same question:")
        lines += [_quotation(item, ledger) for item in others]
    return Part(status="answered", lead="\n\n".join(lines))


def _quotation(item: Evidence, ledger: Ledger, *, lead: bool = False) -> str:
    marker = ledger.cite(_citation(item, ledger))
    first = f"**{item.figure.text}** [{marker}]. " if lead and item.figure else ""
    passage = item.passage
    title = document_title(passage.title, passage.invented)
    dated = f", {passage.published:%B %Y}" if passage.published else ""
    said = " ".join(item.more.split())
    return f"{first}*{title}*{dated}: “{said}” [{marker}]"


def _citation(item: Evidence, ledger: Ledger) -> Citation:
    document = ledger.knowledge.library.get(item.passage.document_id)
    return Citation(
        kind="document",
        title=document_title(document.title, document.invented),
        locator=locator_at(document, item.start),
        quote=item.more,
        source=document.source,
        document_id=document.document_id,
        start=item.start,
    )


def _opening(ranked: list[Evidence], entry: Entry, ledger: Ledger) -> Part:
    """Where documents are chosen and nothing is asked of them: what was found there,
    newest first, each by a sentence of its own."""
    best: dict[str, Evidence] = {}
    for item in ranked:
        best.setdefault(item.passage.document_id, item)
    newest = sorted(best.values(), key=_dated, reverse=True)[:MOST_QUOTES]
    if not newest:
        return _nothing(ranked, entry, ledger)
    return Part(
        status="answered",
        lead="\n\n".join(_quotation(item, ledger) for item in newest),
    )


def _dated(item: Evidence) -> date:
    return item.passage.published or date.min


def _nothing(ranked: list[Evidence], entry: Entry, ledger: Ledger) -> Part:
    text = "Nothing held here answers that: neither the data nor the documents."
    if nearest := _apart(ranked)[:MOST_NEAREST]:
        quoted = "\n\n".join(_quotation(item, ledger) for item in nearest)
        text += f" The nearest that was found:\n\n{quoted}"
    elif entry.result.data.passages:
        first = entry.result.data.passages[0]
        title = document_title(first.title, first.invented)
        text += (
            f" The nearest that was found is {first.locator} of *{title}*"
            f" [{entry.markers[0]}], which does not answer it."
        )
    return Part(status="not_in_evidence", lead=text)
