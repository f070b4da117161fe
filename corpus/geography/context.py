"""What the words around a name say of it: a place, or an ordinary word."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSELY = (
    r"near(?: to)?|nr\.?|outside|close to|next to|nearest|postcode"
    r"|miles? (?:of|from)|town of|city of|district of|borough of"
)
_NEAR = re.compile(rf"\b(?:{_CLOSELY})\s+$", re.I)
_PLACED = re.compile(
    rf"\b(?:{_CLOSELY}|in|around|from|within|across|between|either"
    r"|(?:placements?|spend(?:ing)?|children|care|accommodation)\s+(?:for|by))\s+$",
    re.I,
)
_LESSON = re.compile(
    r"\b(?:progress|support|help|difficult\w*|behind|ability|interest\w*|level|skills?"
    r"|confiden\w+|struggl\w+|attainment)\s+(?:in|around|from)\s+$",
    re.I,
)
_ACTIVITY = re.compile(
    r"\s+(?:time|times|age|ages|skills?|levels?|tests?|books?|room|and writing"
    r"|with|or no|\d{4}|\d{1,2}(?:st|nd|rd|th))\b",
    re.I,
)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|dr|judge|sir|lady)\.?\s+$", re.I)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n])[\s\"'“‘(*-]*$")
_NOTHING = re.compile(r"(?:['’]s)?[\s.?!]*")
_AREA = re.compile(
    r"(?:['’]s)?\s+(?:area|council|borough|city|town|county|district)\b", re.I
)
_HOMES = re.compile(
    r"\s+(?:homes?|providers?|placements?|settings?|vacanc\w+|carers?)\b", re.I
)
_OTHER_NAME = re.compile(
    r"\s+(?:[Hh]ouse|[Ll]odge|[Rr]oad|[Ss]treet|[Ll]ane|[Aa]venue|[Cc]ottages?|[Mm]anor"
    r"|Close|Drive|Court|Hall|Farm|Grove|Gardens|View|Way|Place)\b"
)


@dataclass(frozen=True)
class Context:
    """A name in its text."""

    before: str
    name: str
    after: str

    @property
    def other_name(self) -> bool:
        """Part of another name: "Canterbury House", "Mr Kent"."""
        return bool(_OTHER_NAME.match(self.after) or _TITLE.search(self.before))

    @property
    def near(self) -> bool:
        """After words that only a place can follow, such as "near"."""
        return bool(_NEAR.search(self.before))

    @property
    def placed(self) -> bool:
        """After words that a place often follows, such as "in" or "from"."""
        return bool(_PLACED.search(self.before))

    @property
    def lesson(self) -> bool:
        """Behind words of what is learned: "progress in Reading"."""
        return bool(_LESSON.search(self.before))

    @property
    def area(self) -> bool:
        """Before "area", "council" and the like."""
        return bool(_AREA.match(self.after))

    @property
    def homes(self) -> bool:
        """Before "homes", "providers" and the like."""
        return bool(_HOMES.match(self.after))

    @property
    def activity(self) -> bool:
        """Something done, or a date: "reading age", "progress in reading"."""
        return bool(_ACTIVITY.match(self.after)) or self.lesson

    @property
    def alone(self) -> bool:
        """Nothing else is said: an answer to "Where?"."""
        return not self.before.strip() and bool(_NOTHING.fullmatch(self.after))

    @property
    def proper(self) -> bool:
        """Has a capital, and not only because a sentence starts or all is capitals."""
        starts = _SENTENCE_START.search(self.before)
        return self.name[0].isupper() and not self._shouted and not starts

    @property
    def acronym(self) -> bool:
        """Is in capitals where the rest is not: "CAMHS"."""
        return self.name.isupper() and not (self.alone or self._shouted)

    @property
    def _shouted(self) -> bool:
        return (self.before + self.name + self.after).isupper()
