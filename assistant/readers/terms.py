"""Readers of the terms: type, grade, price, vacancy, solo, same day, order."""

from __future__ import annotations

import re
from typing import Final, Literal

from assistant.readers.money import read_amounts
from assistant.readers.reading import NUMBER, Reading, negated, whole_number
from corpus import vocabulary
from corpus.codes import OfstedRating, PlacementType

SortBy = Literal["match", "distance", "price", "rating"]

_AT_MOST: Final = re.compile(
    r"(?:under|below|less than|up to|no more than|at most|max(?:imum)?(?: of)?|within"
    r"|cheaper than|not (?:over|above|more than)|budget(?: is| of)?"
    r"|cap(?:ped)?(?: at| is)?|<=?|ceiling(?: is| of)?|limit(?: is| of)?|no dearer than"
    r"|(?:not (?:to )?|n['’]t )exceed(?:ing)?|(?:no|not) (?:higher|greater|dearer) than"
    r"|not a penny (?:over|more than)|come in (?:at|under)"
    r"|(?:go|going|pay|paying|spend|stretch|afford|approve)\s+(?:\w+\s+)?"
    r"(?:above|over|beyond|past|higher than|more than|to)"
    r"|(?:can|could)\s+(?:only\s+)?(?:afford|spend|pay|go to)(?: up to)?"
    r"|(?:envelope|budget|ceiling|limit|cap)\b[^.;£]{0,70}\bis)"
    r"\s*(?:a\s+|budget\s+(?:of|is)\s+)?$"
    r"|\bbetween\s+£?[\d,.]+k?\s+and\s+$",
    re.IGNORECASE,
)
_OR_LESS: Final = re.compile(
    r"^\s*(?:max(?:imum)?|tops?|at (?:the )?(?:most|outside)"
    r"|or (?:less|under|below|cheaper)|(?:and|&) (?:no|not a penny) (?:more|over)"
    r"|not a penny (?:more|over)|ceiling|limit|cap|budget)\b",
    re.IGNORECASE,
)
_OR_BETTER: Final = (
    r"(?:\s*(?:\+|or\s+(?:better|above|higher|outstanding)|and\s+above))"
)
_MIN_RATING: Final = (
    (
        r"\b(?:not|no|nothing)\s+(?:\w+\s+)?(?:worse|lower|below|less)\s+(?:than\s+)?(?:an?\s+)?"
        r"(?:requires\s+improvement|(?-i:RI))\b",
        OfstedRating.REQUIRES_IMPROVEMENT,
    ),
    (
        r"\b(?:not|no|nothing|excluding|without)\b[^.;,]{0,30}\b(?:requires\s+improvement|(?-i:RI))\b",
        OfstedRating.GOOD,
    ),
    (
        r"\bgood\b[^.;]{0,20}\bor\s+(?:requires\s+improvement|RI)\b",
        OfstedRating.REQUIRES_IMPROVEMENT,
    ),
    (
        r"\bgood\s+(?:(?:will|would)\s+do|is\s+(?:fine|ok|okay|enough)|ones?\s+(?:too|as\s+well)"
        r"|too|as\s+well)\b"
        rf"|\bgood{_OR_BETTER}|\boutstanding\s+or\s+good\b|\bat\s+least\s+good\b"
        r"|\bgood\s+and\s+outstanding\b|\bminimum\s+(?:of\s+)?good\b"
        r"|\bgood\s*(?:minimum|plus\b|\+|and\s+(?:above|up|over|better)|as\s+a\s+minimum)"
        r"|\bat\s+(?:the\s+very\s+)?least\s+(?:a\s+)?good\b"
        r"|\b(?:nothing|none|not|no)\s+(?:\w+\s+){0,2}?(?:below|under|lower\s+than|less\s+than"
        r"|worse\s+than)\s+(?:a\s+)?good\b",
        OfstedRating.GOOD,
    ),
    (
        r"\b(?:rated|graded|judged|ofsted|with an?|only|is|are)\s+outstanding\b"
        r"|\boutstandings?\s+(?:rat|grad|only|ones?\b|home|provider|setting|ofsted|agenc|carer)"
        r"|\b(?:anything|anywhere|nothing\s+but|just|those|all|the|(?:restrict\w*|limit\w*|keep|narrow\w*)"
        r"\s+(?:\w+\s+)?to)\s+outstanding\b",
        OfstedRating.OUTSTANDING,
    ),
    (
        r"\b(?:rated|graded|judged|ofsted|only)\s+good\b"
        r"|\bgood\s+(?:rat|grad|ofsted)|\bgood\s+(?:home|provider|setting)s?\b",
        OfstedRating.GOOD,
    ),
    (
        rf"\b(?:requires\s+improvement|RI){_OR_BETTER}"
        r"|\bat\s+least\s+requires\s+improvement\b"
        r"|\b(?:not|no|nothing|excluding)\s+(?:rated\s+)?inadequate\b",
        OfstedRating.REQUIRES_IMPROVEMENT,
    ),
)
_OUTSTANDING: Final = re.compile(r"\boutstanding\s*", re.IGNORECASE)
_FIELD_END: Final = re.compile(r"\s*(?:[,;/|.)–]|-\s|$)")
_SORTS: Final[tuple[tuple[str, SortBy], ...]] = (
    (
        r"\bcheapest|\bcheaper\b(?!\s+than)|\blowest\s+price|\bleast\s+expensive|\bby\s+price",
        "price",
    ),
    (r"\bnearest|\bclosest|\bby\s+distance", "distance"),
    (
        r"\b(?:best|highest)[\s-]+(?:rated|graded|ofsted|grades?|ratings?)\b"
        r"|\bby\s+(?:rating|grade)",
        "rating",
    ),
)
_MOST: Final = (
    r"best|worst|nearest|closest|cheapest|dearest|biggest|largest|smallest|highest|lowest"
    r"|most\s+(?:expensive|recent|costly)|main|latest"
)
_LIMIT: Final = re.compile(
    rf"\b(?:top|first|bottom|{_MOST})\s+(?P<a>{NUMBER})\b(?!\s*(?:mile|year|month|week))"
    rf"|\b(?P<b>{NUMBER})\s+(?:{_MOST})\b"
    rf"|(?:\bwhich\s+|^\W*(?:the\s+)?)(?P<f>{NUMBER})\s+(?:[\w'’]+\s+){{0,2}}(?:homes|providers|settings|agencies)\b"
    r"|\b(?:give|do|find|show|list|name|get|send|want|see)\s+(?:(?:me|us)\s+)?(?:the\s+)?"
    rf"(?P<c>{NUMBER})\s+(?:\w+\s+)?(?:homes|providers|settings|agencies|options|names"
    r"|schools|results|groups|companies|firms)\b"
    rf"|^\W*(?:show|give|list|see)\s+(?:me\s+|us\s+)?(?P<d>{NUMBER})\W*$"
    rf"|(?:^|[,;/|–.]\s*|\s-\s)(?:just|only)?\s*(?P<e>{NUMBER})(?:\s+only|\s+max\w*)\s*(?=[,;/|.]|$)",
    re.IGNORECASE,
)


_ALTERNATIVES: Final = re.compile(r"\b(?:or|vs?|versus|compar\w+|by)\b", re.IGNORECASE)
_IN_OR_AROUND: Final = re.compile(r"\bin\s+or\s+(?:around|near)\b", re.IGNORECASE)
_SECURING: Final = re.compile(
    r"(?<!up )\b"
    r"(?:to|can(?:not|['’]?t)?|could(?:n['’]?t)?|we|did(?:n['’]?t)?|not|we['’]ve)\s+secure\b"
    r"|\bsecure\s+(?:a|an|the|one|enough|more|placements?\s+for)\b",
    re.IGNORECASE,
)
"""Securing a placement, not a secure home."""
_OVER_16S: Final = re.compile(
    r"\b(?:16|18)\s*(?:\+|plus)\s*accom+od\w*|\bsemi[\s-]?indep\b", re.IGNORECASE
)
"""Names of supported accommodation: "16+ accommodation", "semi-indep"."""
_ANY_FREE: Final = re.compile(
    r"\b(?:leav\w+\s+out|exclud\w+|drop|skip|ignor\w+|not)\s+(?:\w+\s+){1,3}without\s+(?:an?\s+)?"
    r"(?:vacanc\w+|beds?|places?)\b"
    r"|\b(?:beds?|places?)\s+(?:must|has|have|needs?|should|ought)\s+(?:to\s+)?be\s+free\b"
    r"|\b(?:one|any|anything|anywhere|beds?|places?)\s+(?:\w+\s+)?(?:free\b"
    r"(?!\s+(?:to|of|from))|going(?=\s*(?:[?.!,]|$|(?:near|in|around|for|anywhere)\b)))",
    re.IGNORECASE,
)


_BIRTHDAY: Final = re.compile(
    rf"(?<=\d)\s+(?:today|tonight)\b|\bbirthday\s+(?:is\s+)?today\b"
    rf"|\b(?:turns|turned|turning|is)\s+{NUMBER}\s+today\b",
    re.IGNORECASE,
)
"""Today as a birthday: "he's 16 today"."""


def read_placement_types(text: str) -> tuple[PlacementType, ...]:
    """The kinds of placement asked for, each once, in the order in which they stand."""
    text = _OVER_16S.sub("supported accommodation", text)
    securing = [match.span() for match in _SECURING.finditer(text)]
    found = (
        PlacementType(hit.identifier)
        for hit in vocabulary.placement_types().find(text)
        if not negated(text, hit.start, hit.end)
        and not any(hit.start in range(*span) for span in securing)
    )
    kinds = dict.fromkeys(found)
    plain = _IN_OR_AROUND.sub("", text)
    if PlacementType.PARENT_AND_CHILD in kinds and not _ALTERNATIVES.search(plain):
        return (PlacementType.PARENT_AND_CHILD,)  # in foster care or in a home
    return tuple(kinds)


def read_min_rating(text: str) -> Reading[OfstedRating] | None:
    """The lowest grade that is acceptable; None where none is stated."""
    for pattern, rating in _MIN_RATING:
        if match := re.search(pattern, text, re.IGNORECASE):
            return Reading(value=rating, start=match.start(), end=match.end())
    return _outstanding_kind(text)


def _outstanding_kind(text: str) -> Reading[OfstedRating] | None:
    """That grade right before a kind of placement, or as a field of a list."""
    kinds = {hit.start for hit in vocabulary.placement_types().find(text)}
    for match in _OUTSTANDING.finditer(text):
        alone = _FIELD_END.match(text, match.end()) and (
            not match.start() or text[: match.start()].rstrip()[-1:] in ",;/|.-–("
        )
        if match.end() in kinds or alone:
            start, end = match.span()
            return Reading(value=OfstedRating.OUTSTANDING, start=start, end=end)
    return None


def read_max_weekly_price(text: str) -> Reading[float] | None:
    """The most that may be paid, in pounds a week; None where no limit is stated.

    Amounts a month or a year are brought to a week, a year being 365/7 weeks.
    """
    for amount in read_amounts(text):
        limit = _AT_MOST.search(text[: amount.start])
        if amount.weekly and (limit or _OR_LESS.search(text[amount.end :])):
            return Reading(value=amount.weekly, start=amount.start, end=amount.end)
    return None


def read_flags(text: str) -> dict[str, bool]:
    """Which of solo, same_day and with_vacancy are asked for (never False)."""
    free = _ANY_FREE.search(text)
    text = _BIRTHDAY.sub("", text)
    return {
        match.identifier: True
        for match in vocabulary.flags().find(text)
        if not negated(text, match.start, match.end)
    } | ({"with_vacancy": True} if free else {})


def read_sort(text: str) -> SortBy | None:
    """The order asked for; None where none is stated."""
    orders = (o for pattern, o in _SORTS if re.search(pattern, text, re.IGNORECASE))
    return next(orders, None)


def read_limit(text: str) -> int | None:
    """How many rows are asked for; None where it is not said."""
    match = _LIMIT.search(text)
    found = (match[name] for name in "abcdef" if match and match[name])
    return next(map(whole_number, found), None)
