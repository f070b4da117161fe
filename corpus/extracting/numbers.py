"""Numbers as visitors write them: digits, words, "no", "none", "twice"."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen"
    " fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIXED: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    "no": 0,
    "none": 0,
    "nil": 0,
    "neither": 0,
    "zero": 0,
    "a single": 1,
    "just one": 1,
    "only one": 1,
    "a couple of": 2,
    "a pair of": 2,
    "half a dozen": 6,
    "a dozen": 12,
}
_COMPOUND: Final = rf"(?:{'|'.join(_TENS)})[ -](?:{'|'.join(_ONES[1:10])})"
_WORDS: Final = "|".join(sorted(map(re.escape, _FIXED), key=len, reverse=True))
NUMBER: Final = (
    rf"(?:(?:{_COMPOUND}|{_WORDS})(?:\s*\(\d{{1,3}}\))?"
    r"|(?<![\d.,/£])\d{1,3}(?![\d%]|[.,/]\d|\s*%|\s*per\s*cent))"
)
"""Pattern of a count up to 999, never a part of a date, sum or share."""
TIMES: Final = (
    rf"(?:once|twice|thrice|(?:on\s+)?{NUMBER}\s+(?:\w+\s+)?(?:times|occasions?))"
)
"""Pattern of "twice", "on three occasions"."""
_TIMES_FIXED: Final = {"once": 1, "twice": 2, "thrice": 3}
_START: Final = re.compile(rf"\s*({NUMBER})\b", re.IGNORECASE)


def read_number(text: str) -> int | None:
    """The count that `text` is: "two", "twenty-one", "no", "14"; None for any other."""
    word = re.sub(r"\s*\(\d+\)$", "", " ".join(text.casefold().split()))
    if word.isdecimal():
        return int(word)
    if word in _FIXED:
        return _FIXED[word]
    tens, _, ones = word.replace("-", " ").partition(" ")
    if tens in _TENS and ones in _ONES[1:10]:
        return _FIXED[tens] + _FIXED[ones]
    return None


def read_times(text: str) -> int | None:
    """How often: "twice", "on three occasions"; None for anything else."""
    words = " ".join(text.casefold().split()).removeprefix("on ")
    if words in _TIMES_FIXED:
        return _TIMES_FIXED[words]
    found = _START.match(words)
    return read_number(found[1]) if found else None


def leading_number(text: str) -> int | None:
    """The count that `text` begins with; None where it begins otherwise."""
    found = _START.match(text.strip("*_ "))
    return read_number(found[1]) if found else None
