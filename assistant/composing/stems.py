"""Words reduced to what compares: stems, with the field's synonyms brought to one.

Search itself keeps the words apart (`index.lexical`): a passage in the question's own
words is the better one. Whether a sentence answers is another matter.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus import vocabulary
from index.lexical import stem

TOKEN: Final = re.compile(r"£?\d[\d,]*(?:\.\d+)?%?|[^\W\d_]+(?:['’][^\W\d_]+)?|%")
_STOP: Final = frozenset(
    "a an and any are as at be because been not being by can could did do does"
    " for from give had has have how i in into is it its me my of on or our please"
    " say says show so tell than that the their them then there these they this"
    " those to us was we were what when where which who whose why will with would"
    " you your about much many often long far s number total figure amount level"
    " rate there's what's according document documents report reports reported"
    " currently current find explain describe summarise summarize".split()
)


def stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, synonyms brought to one."""
    text = _canonical(text.casefold().replace("’", "'"))
    tokens = (token.removesuffix("'s") for token in TOKEN.findall(text))
    return [
        token.replace(",", "") if token[0].isdigit() else stem(token)
        for token in tokens
        if token not in _STOP
    ]


def _canonical(text: str) -> str:
    patterns, leaders = _synonym_patterns()
    return patterns.sub(lambda match: leaders[match[0]], text)


@cache
def _synonym_patterns() -> tuple[re.Pattern[str], dict[str, str]]:
    leaders = {
        word: group[0].replace(" ", "")
        for group in vocabulary.synonyms()
        for word in group
    }
    longest_first = sorted(leaders, key=len, reverse=True)
    body = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)"), leaders
