"""Readers of the child: age, ages of siblings, gender, how many together."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.reading import NUMBER, ONES, Reading, negated, whole_number
from corpus import vocabulary
from corpus.codes import Gender

OLDEST: Final = 25
"""Ages above it are not ages of children or care leavers."""

_YEARS_OLD: Final = r"[\s\-‐–]*(?:y(?:ea)?rs?|y)[\s\-‐–./]*(?:olds?|os?\b)"
_RANGE: Final = re.compile(
    rf"(?:\b(?:ages?d?|between)\s+)?\b(?P<low>{NUMBER})\s*(?:to|and|[-–‐])\s*"
    rf"(?P<high>{NUMBER})(?:{_YEARS_OLD}|\s*year\s*olds?|\s*years\b|\s*yrs\b"
    r"|(?<=\d)s\b)",
    re.IGNORECASE,
)
_AGED_RANGE: Final = re.compile(
    rf"\b(?:age[ds]?|between)\s+(?:the\s+ages\s+of\s+)?(?P<low>{NUMBER})\s*(?:to|and|[-–‐])\s*"
    rf"(?P<high>{NUMBER})\b",
    re.IGNORECASE,
)
_OF_RANGE: Final = re.compile(
    rf"\b(?:boys?|girls?|lads|females?|males?|children|kids"
    rf"|young people|teenagers),?\s+(?:of\s+|aged\s+)?(?P<low>{NUMBER})"
    rf"\s*(?:to|[-–‐])\s*(?P<high>{NUMBER})\b(?!\s*(?:mile|week|month|day|%|k\b))",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = re.compile(
    r"\b(?:\d{1,2}s|boys|girls|children|kids)\s*\(\s*(?:aged?\s+)?(?P<low>\d{1,2})"
    r"\s*(?:to|[-–‐])\s*(?P<high>\d{1,2})\s*\)",
    re.IGNORECASE,
)
_LETTER_RANGE: Final = re.compile(
    r"\b[MF][\s,/]*(?P<low>\d{1,2})\s*(?:to|[-–‐])\s*(?P<high>1\d|[4-9])\b"
)
_FIELD_RANGE: Final = re.compile(
    r"(?:^|[,;/|(.]\s*|\s-\s|\b(?:accommodation|resi(?:dential)?|care|homes?|foster(?:ing)?"
    r"|schools?|placements?|gaps?|referrals?|searches|yps?|for)\s+)"
    r"(?P<low>\d|1\d)\s?[-–‐]\s?(?P<high>\d|1\d)(?=\s*(?:[,;/|)]|[.](?!\d)|$|\s-\s))",
    re.IGNORECASE,
)
"""A range that stands as a field of a list, or behind a kind of placement."""
_SEVERAL: Final = re.compile(
    r"\b(?:age[ds]?|sib(?:ling)?s?(?:\s+(?:pair|trio|set|group))?|brothers?|sisters?"
    r"|twosome|children|boys|girls|lads|kids|of\s+them)(?:\s+(?:x\s*\d|of\s+\w+))?[,:–-]*\s+"
    r"(?:who\s+are\s+|of\s+|aged?\s+)?\(?(?:aged?\s+)?(?P<ages>\d{1,2}(?:\s*,\s*\d{1,2})*\s*(?:,\s*)?(?:and|&|\+)\s*\d{1,2}(?!\s*\+)"
    r"|(?!24/7)\d{1,2}(?:\s*[/+]\s*\d{1,2})+"
    r"|\d{1,2}(?:\s*,\s*\d{1,2})+(?=\s*(?:[);]|[.](?!\d)|$|-\s|–|,\s*[A-Za-z])))\b"
    r"(?!\s*(?:miles?|mi\b|beds?|weeks?|months?|%|k\b))",
    re.IGNORECASE,
)
_RANGES: Final = (
    _RANGE, _AGED_RANGE, _OF_RANGE, _IN_BRACKETS, _LETTER_RANGE, _FIELD_RANGE,
)  # fmt: skip
_BETWEEN: Final = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_CHILD: Final = (
    r"(?:boys?|girls?|lads?|lass|males?|females?|child|young person|young (?:wo)?m[ae]n"
    r"|teenager|yp|sons?|daughters?|brothers?|sisters?|bro|sis|siblings?|care\s+leavers?"
    r"|mums?|mothers?|fathers?|dads?)"
)
_NO_ROAD: Final = (
    r"(?<!\bthe )(?<!\bon )(?<!\boff )(?<!\bnear )(?<!\bin )(?<!\bof )(?<!\bto )"
)
_ONE_CHILD: Final = r"(?:boy|girl|lad|lass|(?:fe)?male|child|yp|young person)"
_NO_OTHER_UNIT: Final = r"\b(?!\s*(?:mile|week|month|day|%))"
_NO_UNIT: Final = (
    r"\s+(?!(?:miles?|mi|beds?\w*|weeks?|wks?|months?|mths?|days?|years?|yrs?|hours?|hrs?|children"
    r"|kids|places?|placements?|carers?|staff|moves?|homes?|times|young|siblings?|brothers?"
    r"|sisters?|girls|boys|of|or|to|and|per|a|only|providers?|settings?|agenc\w+|schools?)\b)"
    r"[A-Za-z]"
)
_SINGLE: Final = (
    rf"(?<![\d.,/½])\b(?P<age>{NUMBER})(?:\.\d+|\s*½|\s+1/2)?{_YEARS_OLD}",
    r"(?<!under the )(?<!over the )(?<!below the )(?<!above the )"
    rf"\bage[ds]?[:\s]+(?:of\s+)?(?P<age>{NUMBER})\b",
    rf"\b{_CHILD},?\s+(?:of|aged?|is|turned)\s+(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    rf"\b{_CHILD}\s+(?P<age>\d{{1,2}}){_NO_OTHER_UNIT}",
    rf"\b{_ONE_CHILD}\s+(?P<age>{'|'.join(ONES[:2:-1])}){_NO_OTHER_UNIT}",
    rf"\b(?:says?|claims?|gives)\s+(?:(?:he|she|they|his|her|age|to|be|is|as|aged?)\s+)*(?P<age>\d{{1,2}}){_NO_OTHER_UNIT}",
    rf"\b(?:turned|turning|now)\s+(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    rf"\b{_CHILD}\s*[,(]\s*(?:aged?\s+)?(?P<age>{NUMBER})\s*(?:[,);]|[.](?!\d)|$"
    r"|(?=\s(?:and|&|who|with)\b))",
    rf"\btwins?\s*[,(]?\s*(?:of|aged?|who\s+are|both)?\s*(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    r"\b(?:mum|mother|dad|father)\s*[,(]?\s*(?:is|aged?|who\s+is)?\s*(?P<age>1[2-9]|2[0-5])"
    r"\b(?!\s*(?:mile|week|month|day|%|k\b))",
    rf"\bassessed\s+(?:as|at)\s+(?:being\s+)?(?:age[ds]?\s+)?(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    r"(?:^|[,.;:!?])\s*(?P<age>\d{1,2})\s*,\s*(?:(?:fe)?male|boy|girl|[MF])\b",
    r"\b(?:mum|mother|dad|father)\s+of\s+(?P<age>1[2-9])\b",  # not "mum of three"
    rf"\b(?P<age>\d{{1,2}})\s*(?:years of age|yrs?\b|{_ONE_CHILD}\b)",
    rf"\b(?:toddler|baby|infant|teenager|youngster|little\s+one)\s+(?:of|aged?)\s+(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    rf"\b{_CHILD}\b[^.?!,;:]{{1,40}}?\s(?:is|has\s+turned|turned)\s+(?:now\s+|just\s+|only\s+)?"
    rf"(?P<age>1\d|[2-9]){_NO_OTHER_UNIT}",
    r"\b(?P<age>\d{1,2})\s?/?\s?(?-i:[MF])\b(?!\w)",
    r"(?:^|[,;:.]\s*)(?P<age>\d{1,2})\s?(?-i:[mf])(?=\s*[,;/.]|\s*$)",
    rf"{_NO_ROAD}\b[MF](?P<age>1[0-7])\b",  # "m16", but not near the M11
    rf"{_NO_ROAD}(?<!nr )\b(?-i:F(?=\d\b)|M(?=[7-9]\b))(?P<age>\d)\b",
    r"\b(?-i:[MF])[\s,/]+(?P<age>\d{1,2})\b",  # "M, 14", but not the M20 motorway
    r"\b(?:he|she|they|child)(?:['’]s|\s+(?:is|are|was|were|turns))(?:\s+(?:just|only|now))?\s+"
    rf"(?P<age>{NUMBER}){_NO_OTHER_UNIT}",
    rf"(?:^|[,;–]\s*|[.]\s+|\s-\s|(?:^|\s)[/|]+\s*)(?P<age>\d{{1,2}}|{'|'.join(ONES[10:])})\s*"
    r"(?=[,;–]|\s-\s|\s[/|]|[.]?$|[.]\s)",
    rf"\b(?:resi(?:dential)?|accommodation|foster(?:ing)?|ifa)\s+(?P<age>\d{{1,2}})(?={_NO_UNIT})",
)
"""The most telling first; last a number that is a field of a list, or stands behind a
kind of placement."""
_FIELDS: Final = 2
"""How many of these tell of no child."""
_SIBLINGS: Final = (
    re.compile(
        rf"\b(?:sib(?:ling)?s?\s*)?(?:group|set|trio)?\s*(?:of|x)\s*(?P<count>{NUMBER})\s+"
        r"(?:sib(?:ling)?s|brothers|sisters)\b"
        r"|\bsib(?:ling)?s?\s+(?:group|set)\s*(?:of|x|\()?\s*"
        rf"(?P<group>{NUMBER})\b(?!\s*(?:,|/|and|&)\s*\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<count>{NUMBER})\s*(?:x\s*)?(?:siblings|brothers|sisters)\b", re.I
    ),
    re.compile(rf"\b(?:siblings|brothers|sisters)\s*x\s*(?P<count>{NUMBER})\b", re.I),
    re.compile(
        rf"\ball\s+(?P<count>{NUMBER})\s+(?:of\s+them\s+)?together\b"
        rf"|\b(?:there['’]?s|there\s+are)\s+(?P<group>{NUMBER})\s+of\s+them\b",
        re.I,
    ),
    re.compile(
        r"\b(?P<pair>brother and sister|sister and brother|twins|twosome"
        r"|sib(?:ling)?s? (?:pair|duo)|pair of (?:sib(?:ling)?s|brothers|sisters))\b",
        re.I,
    ),
    re.compile(r"\b(?P<three>triplets|sib(?:ling)?s? trio)\b", re.I),
)
_KIN: Final = re.compile(
    r"\b(?:sib(?:ling)?s?|brothers?|sisters?|together)\b", re.IGNORECASE
)
_TERSE_GENDER: Final = re.compile(
    r"\b\d{1,2}(?:\s?y\.?o\.?|\s?yrs?)?[\s,/]*(?P<letter>[MF])\b"
    r"|(?:^|[,;:.]\s*)\d{1,2}\s?(?P<small>[mf])(?=\s*[,;/.]|\s*$)"
    r"|\b(?P<first>[MF])[\s,/]+\d{1,2}\b"
    rf"|{_NO_ROAD}(?:\b(?P<joined>[MFmf])1[0-7]\b"
    r"|(?<!nr )\b(?P<little>M(?=[7-9]\b)|F(?=\d\b)))"
    r"|(?:(?:^|[,;|(]\s*|[/.]\s+|^(?:\w+\s+)?(?i:but|and|for|or|now|make\s+(?:it|that))\s+)"
    r"(?P<field>[MF])(?=\s*(?:[,;/|)]|[.](?!\w)|$)))"
)


_NAMED_TOGETHER: Final = re.compile(
    r"\b(?:together|both|same\s+(?:home|placement|family|house|carers?)|not\s+be\s+split"
    r"|kept\s+with|(?:stay|live|be|placed)\s+with)\b"
    r"|(?:\band\b|&|\+|,|\bplus\b|\bwith\b)\s+(?:(?:his|her|their|a|an|the|younger|older"
    r"|little|big|baby|\d{1,2}|y(?:ea)?rs?|old|yo)[\s-]+)*"
    r"(?:brother|sister|bro|sis|sibling)\b",
    re.IGNORECASE,
)
"""Words by which several children, each told with an age, are to live together."""
_ELSEWHERE: Final = re.compile(
    r"\b(?:(?:his|her|their|the|a|an|one|two|three|both|all|older|younger|little|big|and|,)"
    r"\s*)*(?:brothers?|sisters?|sib(?:ling)?s?)(?:\s+and\s+(?:brothers?|sisters?))?"
    r"(?:,?\s*\(?\d{1,2}\)?,?)?\s+(?:(?:who|that)\s+)?(?:(?:is|are|was|were|has|have|been|all"
    r"|both|already|currently|still|living|placed)\s+)*(?:lives?\s+|staying\s+|stays?\s+)?"
    r"(?:elsewhere|apart|separately|at\s+home|adopted|(?:with|at)\s+(?:(?:his|her|their|the)\s+)?"
    r"(?:gran\w*|nan\w*|dad\w*|mum\w*|father\w*|mother\w*|parents?|aunt\w*|uncle\w*|famil\w+"
    r"|grandparents))\b",
    re.IGNORECASE,
)
"""Brothers and sisters who live somewhere else, and are not to be placed."""


def _to_be_placed(text: str) -> str:
    """The text with those children put out of sight who live elsewhere."""
    return _ELSEWHERE.sub(lambda match: " " * len(match[0]), text)


_EACH: Final = re.compile(
    rf"\b(?:he|she)(?:['’]s|\s+is)\s+(?P<age>{NUMBER}){_NO_OTHER_UNIT}", re.IGNORECASE
)
_INFANT: Final = re.compile(
    r"\b\d{1,2}[\s-]*(?:day|week|month)s?[\s-]*old\b"
    r"|\bbaby\s+of\s+(?:\d{1,2}|\w+)\s+(?:day|week|month)s?\b|\bnew[\s-]?born\b",
    re.IGNORECASE,
)


def read_ages(text: str) -> Reading[tuple[int, ...]] | None:
    """The ages stated: one, the youngest of a range, or all of a sibling group."""
    text = _to_be_placed(text)
    several = _SEVERAL.search(text)
    if several and not _BETWEEN.search(text[: several.start()]):
        numbers = sorted(map(int, re.findall(r"\d+", several["ages"])))
        return _checked(tuple(numbers), several)
    kin = _one_by_one(text) if _NAMED_TOGETHER.search(text) else ()
    if len(kin) > 1:
        return _checked(tuple(sorted(age for _, age in kin)), kin[0][0])
    each = list(_EACH.finditer(text))
    if len(each) > 1:
        return _checked(tuple(sorted(whole_number(m["age"]) for m in each)), each[0])
    return _one_age(text)


def _one_age(text: str) -> Reading[tuple[int, ...]] | None:
    """The age of one child; of a range the youngest."""
    if infant := _INFANT.search(text):
        return Reading(value=(0,), start=infant.start(), end=infant.end())
    if span := read_age_range(text):
        return Reading(value=span.value[:1], start=span.start, end=span.end)
    for single in _SINGLE:
        if found := re.search(single, text, re.IGNORECASE):
            return _checked((whole_number(found["age"]),), found)
    return None


def _one_by_one(text: str) -> list[tuple[re.Match[str], int]]:
    """The ages that are told of one child after another: "boy 6 and his sister 9"."""
    found: dict[int, tuple[re.Match[str], int]] = {}
    for pattern in _SINGLE[:-_FIELDS]:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            at = match.start("age")
            if not any(start <= at < start + 2 for start in found):
                found[at] = (match, whole_number(match["age"]))
    told = [found[at] for at in sorted(found)]
    return told if all(age <= OLDEST for _, age in told) else []


def read_age_range(text: str) -> Reading[tuple[int, int]] | None:
    """The youngest and oldest of a range of ages; None where none is stated."""
    for pattern in _RANGES:
        if span := pattern.search(text):
            low, high = whole_number(span["low"]), whole_number(span["high"])
            if low < high <= OLDEST:
                return Reading(value=(low, high), start=span.start(), end=span.end())
    return None


def _checked(
    ages: tuple[int, ...], match: re.Match[str]
) -> Reading[tuple[int, ...]] | None:
    if not ages or ages[-1] > OLDEST:
        return None
    return Reading(value=ages, start=match.start(), end=match.end())


_COMPANY: Final = re.compile(
    r"\b(?:with|alongside|around|beside|among)\s+(?:(?:any|other|older|younger)\s+)*$",
    re.IGNORECASE,
)
"""What stands before the children that a child is to live with, or not to."""


_NOT_THE_CHILD: Final = re.compile(
    r"\b(?:boy|girl)friends?\b"
    r"|\b(?:wrong|different|another|other)\s+(?:lad|boy|girl|lass|young\s+(?:wo)?man)\b",
    re.IGNORECASE,
)
"""Somebody else's gender: "her boyfriend's mother", "that's the wrong lad"."""
_KIN_OF: Final = re.compile(
    r"\b(?:his|her|their)(?=\s+(?:\w+\s+)?(?:brothers?|sisters?|sib(?:ling)?s?)\b)",
    re.I,
)
"""Whose brother or sister is told; the one told of has a gender of its own."""
_PRONOUNS: Final = frozenset("he him his himself she her hers herself".split())


def read_gender(text: str, *, pronouns: bool = True) -> Reading[Gender] | None:
    """The gender stated; None where none, or more than one, is.

    Args:
        text: what is read.
        pronouns: whether "he" and "her" tell the child's; where many children are
            counted they are somebody else's.
    """
    text = _KIN_OF.sub(lambda match: "_" * len(match[0]), _to_be_placed(text))
    text = _NOT_THE_CHILD.sub(lambda match: "_" * len(match[0]), text)
    found: list[Reading[Gender]] = [
        Reading(value=Gender(match.identifier), start=match.start, end=match.end)
        for match in vocabulary.genders().find(text)
        if not negated(text, match.start, match.end)
        and not _COMPANY.search(text[: match.start])
        and (pronouns or text[match.start : match.end].casefold() not in _PRONOUNS)
    ]
    if terse := _TERSE_GENDER.search(text):
        groups = terse.groupdict()
        letter = next(filter(None, groups.values()))
        gender = Gender.MALE if letter.upper() == "M" else Gender.FEMALE
        found.append(Reading(value=gender, start=terse.start(), end=terse.end()))
    named = [r for r in found if text[r.start : r.end].casefold() not in _PRONOUNS]
    found = named or found  # "she" may be the colleague, the nan or the mother
    genders = {reading.value for reading in found}
    if Gender.OTHER in genders:  # "non-binary, likes to be called he"
        genders = {Gender.OTHER}
        found = [reading for reading in found if reading.value is Gender.OTHER]
    return found[0] if len(genders) == 1 else None


def _group_size(groups: dict[str, str | None]) -> int:
    if groups.get("pair"):
        return 2
    if groups.get("three"):
        return 3
    return whole_number(groups.get("count") or groups.get("group") or "0")


def read_siblings(text: str) -> Reading[int] | None:
    """How many children are to live together, by number or by their several ages.

    None where it is not said.
    """
    text = _to_be_placed(text)
    for pattern in _SIBLINGS:
        if match := pattern.search(text):
            groups = match.groupdict()
            count = _group_size(groups)
            if count > 1:
                return Reading(value=count, start=match.start(), end=match.end())
    ages = read_ages(text)
    if (
        ages
        and len(ages.value) > 1
        and (kin := _KIN.search(text) or _NAMED_TOGETHER.search(text))
    ):
        return Reading(value=len(ages.value), start=kin.start(), end=kin.end())
    return None
