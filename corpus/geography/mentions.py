"""Reading places from free text, and telling them from ordinary words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.errors import UnknownPlace
from corpus.geography.context import Context
from corpus.geography.names import Names, postcode
from corpus.geography.places import Mention, Place
from corpus.geography.spelling import means_district, spelling, tolerance, words

LONGEST = 6
"""Words in the longest name: "King's Lynn and West Norfolk"."""
CLEARLY_MISSPELT = 8
"""Letters from which a misspelt name is taken for one wherever it stands."""
_WORD = re.compile(r"&|[A-Za-z0-9]+(?:['’][A-Za-z]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_GAP = re.compile(r"[\s,.–-]{0,3}")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)(?:\s*\d[A-Z]{2})?\b", re.I)
_UNSURE_POSTCODE = re.compile(r"[A-Z]\d[A-Z]?|[MS]\d+|PR\d+", re.I)
"""Postcode districts written like sections of an Act (S20), a boy's age (M14) or the
codes of the children looked-after return (PR1, E1)."""
_JOINED = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b|,\s*(?:and|or)\b)\s*", re.I)
_COUNTY_FOLLOWS = re.compile(r"\s*,\s*|\s*\(\s*|\s+in\s+|\s+")


@dataclass(frozen=True)
class _Word:
    """A word, or several taken together, and where it stands."""

    start: int
    end: int
    key: str


def read_mentions(text: str, names: Names, near_region: str | None) -> list[Mention]:
    """Places that a text names, in order of where they stand."""
    return _Reader(text, names, near_region).read()


class _Reader:
    def __init__(self, text: str, names: Names, near_region: str | None) -> None:
        self._text = text
        self._names = names
        self._region = near_region
        self._words = [
            _Word(match.start(), match.end(), match[0].replace("&", "and"))
            for match in _WORD.finditer(text)
        ]

    def read(self) -> list[Mention]:
        found = self._postcodes()
        taken = {at for m in found for at in range(m.start, m.end)}
        last: Mention | None = None
        for i, word in enumerate(self._words):
            if word.start in taken:
                continue
            mention = self._name_at(i, last)
            if mention is not None:
                found.append(mention)
                taken.update(range(mention.start, mention.end))
                last = mention
        return sorted(found, key=lambda m: m.start)

    def _postcodes(self) -> list[Mention]:
        found = []
        for match in _POSTCODE.finditer(self._text):
            place = postcode(match[0])
            near = Context(self._text[: match.start()], match[0], "").near
            if place and (near or not _UNSURE_POSTCODE.fullmatch(match[0])):
                end = match.end() if place.kind == "postcode_sector" else match.end(1)
                found.append(
                    Mention(start=match.start(), end=end, place=place, exact=True)
                )
        return found

    def _name_at(self, i: int, last: Mention | None) -> Mention | None:
        """The longest name that begins at a word; a misspelt one only failing that."""
        spans = [s for size in range(LONGEST, 0, -1) if (s := self._span(i, size))]
        for span in spans:
            if self._names.candidates(span.key) and self._is_place(span, last):
                return self._mention(span, span.key)
            if self._is_bare_possessive(span):
                return self._mention(span, span.key[:-1])
            whole = self._names.in_one_word(span.key)
            if whole and self._context(span).placed:
                return self._mention(span, whole)
        for span in spans:
            key = self._mended(span)
            if key and self._looks_placed(span):
                return self._mention(span, key)
        return None

    def _is_bare_possessive(self, span: _Word) -> bool:
        """Whether it is an authority's without its apostrophe: "kents children"."""
        owner = span.key.removesuffix("s")
        places = () if owner in words("risky") else self._names.candidates(owner)
        owns = re.match(r" [a-z]{4,}", self._text[span.end :])
        named = owner != span.key and any(p.kind == "local_authority" for p in places)
        return named and bool(owns) and not self._context(span).proper

    def _span(self, i: int, size: int) -> _Word | None:
        """Some words taken together; None where they do not stand together."""
        run = self._words[i : i + size]
        gaps = (self._text[a.end : b.start] for a, b in pairwise(run))
        if len(run) < size or not all(_GAP.fullmatch(gap) for gap in gaps):
            return None
        key = " ".join(word.key for word in run)
        bare = _POSSESSIVE.sub("", key)  # "Kent's" is Kent, and "King's Lynn" stays
        end = run[-1].end - (len(key) - len(bare))
        return _Word(run[0].start, end, spelling(bare))

    def _mended(self, span: _Word) -> str | None:
        """The spelling meant by a misspelt one; None where there is no telling."""
        spelt_right = self._names.candidates(span.key)  # and not used as a place
        if spelt_right or self._context(span).acronym:
            return None
        key = self._names.mend(span.key, self._region)
        if key is None or key[0] != span.key[0]:
            return None
        before, after = span.key.split(), key.split()
        slips = {a for a, b in zip(before, after, strict=False) if a != b}
        mendable = len(before) == len(after) and all(map(self._is_slip, slips))
        return key if mendable else None

    def _is_slip(self, word: str) -> bool:
        """Whether a word may be one: "East Essex" is no slip for East Sussex."""
        real = word in words("ordinary") or self._names.candidates(word)
        return bool(tolerance(word)) and not real

    def _looks_placed(self, span: _Word) -> bool:
        around = self._context(span)
        return (
            len(span.key) >= CLEARLY_MISSPELT
            or around.alone
            or around.placed
            or around.area
            or around.homes
            or around.proper
        )

    def _is_place(self, span: _Word, last: Mention | None) -> bool:
        around = self._context(span)
        if around.other_name:
            return False
        if re.fullmatch(r"\w and \w", span.key):  # "B&H", but not "a, b and h"
            return "&" in around.name
        if span.key in words("strict"):
            return around.near or around.area
        if span.key not in words("risky") or around.alone:
            return True
        listed = last and _JOINED.fullmatch(self._text[last.end : span.start])
        placed = listed or around.placed or around.area or around.homes
        if placed and around.proper and not around.lesson:
            return True  # "around Reading with a vacancy"
        return bool(placed or around.proper) and not around.activity

    def _context(self, span: _Word) -> Context:
        text = self._text
        return Context(
            text[: span.start], text[span.start : span.end], text[span.end :]
        )

    def _mention(self, span: _Word, key: str) -> Mention:
        places = self._names.candidates(key)
        place, end = self._with_county(span, places)
        choices: tuple[str, ...] = ()
        if place is None:
            lower = means_district(f" {self._text[span.end : span.end + 20].lower()}")
            try:
                place = self._names.choose(key, self._region, lower=lower)
            except UnknownPlace:
                place, choices = places[0], tuple(p.name for p in places)
        return Mention(
            start=span.start,
            end=end,
            place=place,
            exact=key == span.key,
            choices=choices,
        )

    def _with_county(
        self, span: _Word, places: tuple[Place, ...]
    ) -> tuple[Place | None, int]:
        """The place in the county named behind it, and where that name ends."""
        gap = _COUNTY_FOLLOWS.match(self._text, span.end)
        if gap is None or places[0].kind == "local_authority":
            return None, span.end
        at = next((i for i, w in enumerate(self._words) if w.start == gap.end()), None)
        for size in range(LONGEST if at is not None else 0, 0, -1):
            county = self._span(at or 0, size)
            place = self._names.within(places, county.key) if county else None
            if county and place:
                closed = self._text[county.end : county.end + 1] == ")"
                return place, county.end + closed
        return None, span.end
