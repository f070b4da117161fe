"""From scored candidates to hits: folded by version, joined with their neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from corpus.errors import DocumentError
from corpus.models import Passage
from corpus.privacy import ShownLibrary
from index.fusion import spread
from index.generations import Generation
from index.joining import Neighbours, joined, spans
from index.models import FormerVersion, Hit, Window
from index.scoring import Scored
from index.versions import Folded, Held, figures_apart, fold
from index.windows import window_spans


@dataclass(frozen=True)
class HitMaker:
    """Makes the hits of one generation."""

    generation: Generation = field(repr=False)
    library: ShownLibrary
    """The documents masked, as they were indexed."""
    _texts: dict[str, str | None] = field(default_factory=dict, repr=False)
    """Texts of documents whose passages were joined; None where one is gone."""

    def hits(self, scored: Scored, limit: int) -> tuple[Hit, ...]:
        """At most `limit` hits, best first."""
        ranked = [scored.positions[place] for place in scored.best()]
        groups = fold(ranked, self._held, limit)
        found = spans([group.lead for group in groups], self._neighbours())
        marks = _Marks(scored, groups)
        return tuple(self._hit(span, rank, marks) for rank, span in enumerate(found, 1))

    @cached_property
    def _held(self) -> Held:
        generation = self.generation
        return Held(lambda at: generation.passage(at).text, generation.document)

    def _hit(self, span: tuple[int, int], rank: int, marks: _Marks) -> Hit:
        group = marks.best_within(span)
        place = marks.place[group.best]
        words = float(marks.scored.words[place])
        cosines = marks.scored.cosines
        return Hit(
            passage=self._quoted(span, group.lead),
            document=self.generation.document(group.lead),
            score=float(marks.shares[place]),
            rank=rank,
            lexical=words or None,
            dense=None if cosines is None else float(cosines[place]),
            windows=tuple(self._windows(span, marks)),
            former=tuple(
                former
                for other in marks.groups
                if span[0] <= other.lead <= span[1]
                for former in self._former(other)
            ),
        )

    def _windows(self, span: tuple[int, int], marks: _Marks) -> Iterator[Window]:
        for position in range(span[0], span[1] + 1):
            place = marks.place.get(position)
            if place is not None:  # a neighbour that was not found has no scores
                passage = self.generation.passage(position)
                for (start, end), (share, cosine) in zip(
                    window_spans(passage.text),
                    marks.scored.windows.of(place),
                    strict=True,
                ):
                    yield Window(
                        start=passage.start + start,
                        end=passage.start + end,
                        cosine=cosine,
                        share=share,
                    )

    def _former(self, group: Folded) -> list[FormerVersion]:
        lead = self.generation.passage(group.lead)
        former = []
        for position in group.former:
            passage = self.generation.passage(position)
            now, then = figures_apart(lead.text, passage.text)
            document = self.generation.document(position)
            former.append(
                FormerVersion(
                    passage=passage,
                    document=document,
                    figures_now=now,
                    figures_then=then,
                )
            )
        return sorted(
            former, key=lambda f: str(f.document.published or ""), reverse=True
        )

    def _quoted(self, span: tuple[int, int], lead: int) -> Passage:
        """The span, word for word; the lead alone where its document is gone."""
        passage = self.generation.passage(lead)
        if span[0] == span[1] or (text := self._text(passage.document_id)) is None:
            return passage
        first, last = map(self.generation.passage, span)
        return joined(first, last, text)

    def _text(self, document_id: str) -> str | None:
        if document_id not in self._texts:
            try:
                document = self.library.get(document_id)
                self._texts[document_id] = document.text
            except DocumentError:
                self._texts[document_id] = None
        return self._texts[document_id]

    def _neighbours(self) -> Neighbours:
        document = self.generation.document
        return Neighbours(
            passages=len(self.generation.lines),
            passage=self.generation.passage,
            together=lambda one, other: (
                document(one).document_id == document(other).document_id
            ),
        )


class _Marks:
    """What each position found scored, and which group it leads."""

    def __init__(self, scored: Scored, groups: list[Folded]) -> None:
        self.scored = scored
        self.groups = groups
        self.shares = spread(scored.fused)
        self.place = {at: place for place, at in enumerate(scored.positions)}

    def best_within(self, span: tuple[int, int]) -> Folded:
        """The best group that leads within a span; groups are in order, best first."""
        return next(g for g in self.groups if span[0] <= g.lead <= span[1])
