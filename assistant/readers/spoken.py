"""Numbers in words, as dictated text has them, put into figures before reading."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.reading import ONES, TENS, whole_number

_SMALL: Final = (
    rf"(?:(?:{'|'.join(TENS)})[\s-](?:{'|'.join(ONES[1:10])})"
    rf"|{'|'.join([*ONES[::-1], *TENS])})\b"
)
_SCALES: Final = {"thousand": 1000, "grand": 1000, "million": 1_000_000}
_SCALE: Final = rf"(?:{'|'.join(_SCALES)})\b"
_HALF: Final = r"[\s-]+and[\s-]+a[\s-]+half\b"
_NO_SCALE: Final = rf"(?![\s-]+(?:hundred|{_SCALE}))"
_HUNDREDS: Final = (
    rf"(?:(?:{_SMALL}|a|\d{{1,2}})[\s-]+hundred\b"
    rf"(?:\s+(?:and\s+)?{_SMALL}(?![\s-]+hundred))?)"
)
_NUMBER: Final = re.compile(
    rf"(?<![\w£.])(?<!half )(?:(?P<many>{_HUNDREDS}|{_SMALL}|a|\d{{1,3}}(?:\.\d+)?)"
    rf"(?P<half>{_HALF})?"
    rf"[\s-]+(?P<scale>{_SCALE})"
    rf"(?:\s+(?P<rest>(?:and\s+)?{_HUNDREDS}{_NO_SCALE}"
    rf"|and\s+{_SMALL}(?=\s+(?:pounds?|quid|pw|an?|per|each)\b)))?"
    rf"|(?P<few>{_HUNDREDS})"
    rf"|(?P<whole>{_SMALL}|\d{{1,3}})(?P<alone>{_HALF}))",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\s+(?:of\s+)?(?:\w+\s+)?(?:children|kids|people|homes|placements|miles|searches"
    r"|referrals|households|hours|carers|families)\b",
    re.IGNORECASE,
)
_PAID: Final = re.compile(
    r"\s*(?:pounds?|quid|pw|pcm|p/w|(?:a|per|each|every)\s+(?:night|week|month|year))\b",
    re.IGNORECASE,
)
_PENCE: Final = re.compile(
    rf"\b(?P<pounds>{_SMALL})\s+(?:(?:pounds?|quid)\s+(?P<pence>{_SMALL})"
    rf"|(?P<spoken>{_SMALL})(?=\s+(?:an|per)\s+hour))",
    re.IGNORECASE,
)
_POINT: Final = re.compile(
    rf"\b(?P<ones>{_SMALL})\s+point\s+(?P<tenths>{'|'.join(ONES[:10])})\b",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(
    r"\b(?:twenty[\s-]+)?(?P<first>twenty[\s-]\w+)[\s-]+(?:(?:to|slash)\s+)?"
    r"(?P<second>(?:twenty|thirty)[\s-]\w+|thirty)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(
    rf"\b(?:in|since|from|of|by|until|march|april|june|july|\w+ember|october|january"
    rf"|february|august|may)\s+twenty[\s-]+(?P<year>twenty(?:[\s-](?:{'|'.join(ONES[1:10])}))?)"
    r"\b",
    re.IGNORECASE,
)


_AGES: Final = re.compile(
    rf"(?<=\bage[sd]\s)(?:{'|'.join(ONES[:0:-1])})(?:,?\s+(?:and\s+)?(?:{'|'.join(ONES[:0:-1])})\b)+",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """The text with its longer numbers in figures: "six and a half thousand" is £6500.

    What is counted in thousands here is money, unless children or homes follow; a
    number of one or two words stays, since every reader knows it.
    """
    text = _AGES.sub(_several_ages, text)
    text = _POINT.sub(_decimal, text)
    text = _YEARS.sub(_financial_year, text)
    text = _YEAR.sub(_calendar_year, text)
    text = _PENCE.sub(_with_pence, text)
    return _NUMBER.sub(_figures, text)


def _several_ages(match: re.Match[str]) -> str:
    """With commas: "ages two four and seven"."""
    words = re.findall(r"\w+", match[0])
    *ages, last = [
        str(whole_number(word)) for word in words if word.casefold() != "and"
    ]
    return f"{', '.join(ages)} and {last}"


def _figures(match: re.Match[str]) -> str:
    after = match.string[match.end() :]
    if match["alone"]:
        return f"{_value(match['whole']) + 0.5:g}"
    if match["few"]:
        sign = "£" if _PAID.match(after) else ""
        return f"{sign}{_value(match['few'])}"
    many = _value(match["many"]) + (0.5 if match["half"] else 0)
    total = many * _SCALES[match["scale"].casefold()]
    total += _value(match["rest"]) if match["rest"] else 0
    return f"{'' if _COUNTED.match(after) else '£'}{total:.10g}"


def _value(words: str) -> float:
    """What a number under a thousand says, in words or figures."""
    words = re.sub(r"^and\s+", "", words.strip(), flags=re.IGNORECASE)
    parts = re.split(r"[\s-]+hundred\b", words, maxsplit=1, flags=re.IGNORECASE)
    if len(parts) == 1:
        return _small(parts[0])
    rest = re.sub(r"^\s*(?:and\s+)?", "", parts[1], flags=re.IGNORECASE)
    return 100 * _small(parts[0]) + (_small(rest) if rest else 0)


def _small(word: str) -> float:
    word = " ".join(word.split())
    if word.casefold() == "a":
        return 1
    return float(word) if word[0].isdigit() else whole_number(word)


def _decimal(match: re.Match[str]) -> str:
    return f"{whole_number(match['ones'])}.{whole_number(match['tenths'])}"


def _with_pence(match: re.Match[str]) -> str:
    pence = whole_number(match["pence"] or match["spoken"])
    pounds = whole_number(match["pounds"])
    return f"£{pounds}.{pence:02d}" if 10 <= pence < 100 else match[0]


def _financial_year(match: re.Match[str]) -> str:
    try:
        first, second = whole_number(match["first"]), whole_number(match["second"])
    except ValueError:  # "twenty places, twenty children"
        return match[0]
    return f"20{first}/{second}" if second == first + 1 else match[0]


def _calendar_year(match: re.Match[str]) -> str:
    return f"{match[0].split()[0]} 20{whole_number(match['year'])}"
