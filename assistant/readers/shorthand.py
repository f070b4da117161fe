"""Words that officers shorten, written out before anything else reads a question."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus import vocabulary

_WITH: Final = re.compile(r"(?<![\w/])w/(?!(?:o|e|k|c)\b)\s*(?=\w)", re.IGNORECASE)
""" "w/ offending"; not "w/o", "w/e" and "w/c", a week's end and start."""
_NUMBER_OF: Final = re.compile(
    r"(?<!\w)(?:no\.|nos\.?|#)\s*(?:of\s+)?(?=(?:kids|children|chn|yps?|young|cla|lac"
    r"|looked|placements|placed|searches|referrals)\b)",
    re.IGNORECASE,
)


_DICTATED: Final = {"comma": ",", "full stop": ".", "question mark": "?"}
_SAID: Final = re.compile(rf"\s+(?P<mark>{'|'.join(_DICTATED)})(?!\w)", re.IGNORECASE)
"""Marks that a dictating machine wrote out."""


def in_full(text: str) -> str:
    """The text with the vocabulary's shorthand written out; again changes nothing."""
    text = _SAID.sub(lambda match: _DICTATED[match["mark"].casefold()], text)
    text = _NUMBER_OF.sub("number of ", _WITH.sub("with ", text))
    words = vocabulary.shorthand()
    return _short().sub(lambda match: words[match[0].casefold()], text)


@cache
def _short() -> re.Pattern[str]:
    """Any form, the longest first."""
    forms = sorted(vocabulary.shorthand(), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w£’'-])(?:{'|'.join(map(re.escape, forms))})(?![\w’'])", re.I
    )
