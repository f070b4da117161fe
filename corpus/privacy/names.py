"""Names of people: by what stands beside them, and by lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from corpus.privacy.tokens import (
    WORD,
    folded,
    positions_in_places,
    read_words,
)
from corpus.privacy.words import names_known, words

Whose = Literal["family", "work", "anyone"]
"""A child or its family, a grown-up at work, or not told."""

_SPACES: Final = (" ", "\u00a0")
_PARTICLES: Final = frozenset(
    "de da dos du la le el al von van der den bin bint ibn ap ab ben mac ni o".split()
)
_LONGEST: Final = 4
"""Words of the longest name that a cue is taken to introduce."""
_SEASONS: Final = frozenset("april may june august spring summer autumn winter".split())
"""Names of months and seasons, which a verb of speech alone makes a person's."""
_LONGEST_BODY: Final = 12
"""Words of the longest name of a building or body."""
_ALSO_SURNAMES: Final = frozenset(
    "hall church hill field fields marsh brook brooks wood woods banks rivers"
    " wells".split()
)
"""Surnames after a given name that is nothing else, though buildings end on them."""
_JOINING: Final = frozenset("and or but with which who when as to for in on so".split())
_BEFORE_A_NAME: Final = frozenset(
    "with to told asked by for and that when if because met saw called named like"
    " about between from but while than whether let help helped miss missed".split()
)


@dataclass(frozen=True)
class Name:
    """Somebody's name in a text."""

    start: int
    end: int
    whose: Whose
    whole: bool
    """Given name with surname, or one after a title or a label; not a lone word."""


class NameFinder:
    """Finds the names in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = read_words(text)
        self.known = names_known()
        self.lists = words()
        self._in_places = positions_in_places(self.words)

    def find(self) -> list[Name]:
        """The names, in order; where two overlap, both are given."""
        found: list[Name] = []
        for first, last in self._runs():
            found += self._in_run(first, last)
        return found

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Ranges of words side by side that may be names, cut at what is nobody's."""
        start = None
        for at in range(len(self.words)):
            goes_on = start is not None and self._joined(at - 1)
            if start is not None and not (goes_on and self._may_stand(at)):
                yield start, at
                start = None
            if start is None and self._may_begin(at):
                start = at
        if start is not None:
            yield start, len(self.words)

    def _joined(self, at: int) -> bool:
        """Whether the word at `at` and the next stand in one phrase."""
        one, other = self.words[at], self.words[at + 1]
        gap = self.text[one.end : other.start]
        if one.possessive:
            return False
        return gap in _SPACES or (gap in (". ", ".") and len(one.text) == 1)

    def _may_begin(self, at: int) -> bool:
        word = self.words[at]
        key = word.folded
        if at in self._in_places:
            return False
        if self._initial(at) and self.text[word.end : word.end + 1] == ".":
            return True
        if key in self._cues or key in self.lists.never:
            return False
        return word.capital or (self._is_given(key) and not self._is_ordinary(key))

    def _may_stand(self, at: int) -> bool:
        word = self.words[at]
        key = word.folded
        if key in self._cues or key in self.lists.never or at in self._in_places:
            return False
        if not word.capital and self.words[at - 1].text.islower():
            return key in self.known.surnames and not self._is_ordinary(key)
        return word.capital or key in _PARTICLES

    @property
    def _cues(self) -> frozenset[str]:
        return _cues()

    def _is_given(self, key: str) -> bool:
        return key in self.known.given or _parts_in(key, self.known.given)

    def _is_surname(self, key: str) -> bool:
        return key in self.known.surnames or _parts_in(key, self.known.surnames)

    def _is_ordinary(self, key: str) -> bool:
        return key in self.known.ordinary or key in self.known.places

    def _in_run(self, first: int, last: int) -> Iterator[Name]:
        """The names in one range of words."""
        last = self._without_particles(first, last)
        whose = self._introduced(first, last)
        if whose and (name := self._cued(first, last, whose)):
            yield name
            return
        at = first
        while at < last:
            end = self._uncued(at, last, first)
            if end is None:
                at += 1
                continue
            yield self._name(at, end, self._whose_after(end) or "anyone")
            at = end

    def _without_particles(self, first: int, last: int) -> int:
        while (
            last > first + 1
            and not self.words[last - 1].capital
            and (self.words[last - 1].folded in _PARTICLES)
        ):
            last -= 1
        return last

    def _name(self, first: int, end: int, whose: Whose) -> Name:
        start, stop = self.words[first].start, self.words[end - 1].end
        return Name(start, stop, whose, end - first > 1)

    def _cued(self, first: int, last: int, whose: Whose) -> Name | None:
        """The name that a cue introduces; None where none follows."""
        end = min(last, first + _LONGEST)
        if self._is_place(first, end) or self._names_organisation(first, last):
            return None
        if not self._could_be(first, end):
            return None
        return self._name(first, end, whose)

    def _could_be(self, first: int, end: int) -> bool:
        """Whether words after a cue may be a name: one is known; or else they are no
        abbreviation, and the cue is plain prose and not part of a heading."""
        keys = [word.folded for word in self.words[first:end]]
        if any(self._is_given(key) or self._is_surname(key) for key in keys):
            return True
        word, cue = self.words[first], self.words[first - 1] if first else None
        if len(word.text) < 3 or word.text.isupper():
            return False
        titled = cue is not None and cue.folded in self.lists.honorifics
        return titled or cue is None or not cue.capital or cue.text.isupper()

    def _introduced(self, first: int, last: int) -> Whose | None:
        """Whose name the words before or after say that this is; None for neither."""
        before = self._before(first)
        if before in self.lists.honorifics:
            return "anyone"
        if before in self.lists.family or self._called(first):
            return "family"
        if before in self.lists.roles:
            return "work"
        return self._whose_after(last)

    def _before(self, first: int) -> str:
        """The word before, folded; empty where a sentence, line or clause ends."""
        if first == 0:
            return ""
        gap = self.text[self.words[first - 1].end : self.words[first].start]
        key = self.words[first - 1].folded
        titled = gap == ". " and key in self.lists.honorifics
        word = self.words[first]
        enclosed = gap == ", " and self.text[word.end : word.end + 1] == ","
        named = gap in (", ", " (") and self._is_given(word.folded)
        return key if titled or enclosed or named or gap in _SPACES else ""

    def _called(self, first: int) -> bool:
        before = self.text[
            max(0, self.words[first].start - 24) : self.words[first].start
        ]
        return bool(_CALLED.search(before))

    def _whose_after(self, end: int) -> Whose | None:
        """Whose name it is by what follows: an age, or a role."""
        after = self.text[self.words[end - 1].end :][:60]
        if _AGED.match(after):
            return "family"
        match = _ROLE_AFTER.match(after)
        if match is None:
            return None
        keys = [folded(word) for word in WORD.findall(match[1])]
        if keys[0] in _JOINING:
            return None
        if self.lists.family.intersection(keys):
            return "family"
        return "work" if self.lists.roles.intersection(keys) else None

    def _is_place(self, first: int, last: int) -> bool:
        keys = [word.folded for word in self.words[first:last]]
        sizes = range(len(keys), 0, -1)
        return any(" ".join(keys[:size]) in self.known.places for size in sizes)

    def _names_organisation(self, first: int, last: int) -> bool:
        """Whether the phrase is, or goes on as, the name of a building or body."""
        following = self.words[first + 1 : min(last, first + _LONGEST_BODY) + 1]
        kinds = self.lists.organisations
        for at, word in enumerate(following, first + 1):
            if word.folded not in kinds or not word.capital or not self._near(at):
                continue
            if word.folded in _ALSO_SURNAMES and at == last - 1 and self._sure(first):
                continue
            return True
        return False

    def _near(self, at: int) -> bool:
        """Whether the word at `at` follows the one before it with a space alone."""
        one, other = self.words[at - 1], self.words[at]
        return self.text[one.end : other.start] in (" ", "'s ", "’s ", "s' ", "s’ ")

    def _sure(self, at: int) -> bool:
        """Whether the word is a given name and nothing else."""
        key = self.words[at].folded
        return self._is_given(key) and not self._is_ordinary(key)

    def _uncued(self, at: int, last: int, first: int) -> int | None:
        """Where the name that begins at `at` ends; None where none begins there."""
        if self._place_before(at) or self._names_organisation(at, last):
            return None
        if self._initial(at):
            return self._after_initials(at, last)
        key = self.words[at].folded
        if not self._is_given(key):
            return self._surname_first(at, last)
        end = self._extended(at, last)
        if end - at > 1 or self._sure(at):
            return end
        return end if self._person_here(at) else None

    def _place_before(self, at: int) -> bool:
        """Whether the word is part of a saint's or a street's name."""
        return at > 0 and self.words[at - 1].folded in {"st", "saint"}

    def _initial(self, at: int) -> bool:
        word = self.words[at]
        return len(word.text) == 1 and word.capital

    def _after_initials(self, at: int, last: int) -> int | None:
        """The end of "J. Smith" or "A. K. Patel"."""
        end = at
        while end < last and self._initial(end):
            end += 1
        if end == last:
            return None
        key = self.words[end].folded
        known = self._is_surname(key) and not self._is_ordinary(key)
        return end + 1 if known else None

    def _surname_first(self, at: int, last: int) -> int | None:
        """The end of a name such as "Nguyen Van Anh", its surname in front."""
        key = self.words[at].folded
        if not self._is_surname(key) or self._is_ordinary(key):
            return None
        after = at + 1
        while after < last and self.words[after].folded in _PARTICLES:
            after += 1
        return (
            self._extended(after, last) if after < last and self._sure(after) else None
        )

    def _extended(self, at: int, last: int) -> int:
        """Where a name that begins with a given name ends."""
        end = at + 1
        sure = self._sure(at)
        while end < last and end - at < _LONGEST:
            key = self.words[end].folded
            known = self._is_surname(key) or self._is_given(key)
            whole = end + 1 == last and self._is_surname(key) and self._free(at)
            alone = self._is_ordinary(key) and not sure and not whole
            unknown = not known and not (sure and self.words[end].capital)
            if key not in _PARTICLES and (alone or unknown):
                break
            if key in self.lists.organisations and not self._is_surname(key):
                break
            end += 1
        return end

    def _free(self, at: int) -> bool:
        """Whether a given name that is a word too is no season's, place's or verb's."""
        word = self.words[at]
        return word.capital and word.folded not in (_SEASONS | self.known.places)

    def _person_here(self, at: int) -> bool:
        """Whether a name that is a word too is used as a name at this place."""
        word = self.words[at]
        after = self.words[at + 1] if at + 1 < len(self.words) else None
        verb = after is not None and after.folded in self.lists.speech
        near = after is not None and self.text[word.end : after.start] == " "
        if not word.capital:
            return False
        if verb and near:
            return True
        if word.folded in _SEASONS or word.folded in self.known.places:
            return False
        if word.possessive:
            return True
        before = self._before(at)
        return before in _BEFORE_A_NAME and not (near and after and after.capital)


_CALLED: Final = re.compile(
    r"(?:known as|called|named|nicknamed|name is|name was|goes by|also known as|aka|"
    r"a\.k\.a\.|likes to be called|prefers) [“\"'‘]?$",
    re.IGNORECASE,
)
_AGED: Final = re.compile(
    r"(?:,? ?\(|, | )(?:who is |who was |is |was )?(?:aged? )?(?:\d|1\d|2[0-5])"
    r"(?:\)|,|;| years| yrs|-year|yo\b|y\b| and | who)|,? aged? \d{1,2}|"
    r",? ?\(?(?:DOB|D\.O\.B|date of birth|born)\b",
    re.IGNORECASE,
)
_ROLE_AFTER: Final = re.compile(r"(?:, | ?\(| - | – )((?:[^\W\d_]+[ -]?){1,4})")


@cache
def _cues() -> frozenset[str]:
    """Words that introduce a name and are no part of one."""
    lists = words()
    return lists.family | lists.roles | lists.honorifics


def _parts_in(key: str, names: frozenset[str]) -> bool:
    """Whether all parts of a hyphenated word are names."""
    parts = key.split("-")
    return len(parts) > 1 and all(part in names for part in parts)
