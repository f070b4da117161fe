"""Personal details that are written in digits: births, NHS and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_ORDINAL: Final = r"\d{1,2}(?:st|nd|rd|th)?"
DATE: Final = (
    rf"(?:\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d\d-\d\d"
    rf"|{_ORDINAL}(?: of)? {_MONTH}\.?,?(?: \d{{4}}| '?\d\d\b)?"
    rf"|{_MONTH}\.? {_ORDINAL}(?:,? \d{{4}})?|{_MONTH} \d{{4}})(?!\d)"
)
"""A date as people write one, with or without its day or year."""
_BIRTH: Final = re.compile(
    r"(?:\bD\.? ?O\.? ?B\b\.?|\bdates? of birth\b|\bborn\b|\bbirth ?dates?\b"
    r"|(?-i:\bb\.)(?= ?\d)|\bbirthday\b)(?:[^\n\d]{0,20}?|[^\n\d]{0,20}[|:]\s*)"
    rf"(?P<date>{DATE})",
    re.IGNORECASE,
)
_BIRTH_AFTER: Final = re.compile(
    rf"(?P<date>{DATE})[ ]?\(?(?:D\.?O\.?B|date of birth|birthday)\b", re.IGNORECASE
)
_EMAIL: Final = re.compile(
    # begun once a word, and bounded, so that a very long word takes no longer
    r"(?<![\w.+'%-])[\w.+'%-]{1,64}"
    r"(?:@| ?(?:\[at\]|\(at\)) ?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
_TEN_DIGITS: Final = re.compile(
    r"(?<![\d£.,/+-])\d{3}([ -]?)\d{3}\1\d{4}(?![\d,/]|\.\d)"
)
_NHS_CUE: Final = re.compile(r"\bNHS\b[^\d\n]{0,20}$", re.IGNORECASE)
_TELEPHONE: Final = re.compile(
    r"(?<![\w£.,/-])(?:\+ ?44|0044|\(?0)"
    r"[\d()\u00a0 .-]{7,18}\d(?:\s?(?:ext|x)\.?\s?\d+)?"
)


def births(text: str) -> Iterator[Span]:
    """Dates that stand beside "date of birth", "DOB" or "born"."""
    for form in (_BIRTH, _BIRTH_AFTER):
        for match in form.finditer(text):
            yield match.span("date")


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses."""
    return (match.span() for match in _EMAIL.finditer(text))


def nhs_numbers(text: str) -> Iterator[Span]:
    """Ten digits that are called an NHS number, or whose check digit is one's."""
    from stdnum.gb import nhs

    for match in _TEN_DIGITS.finditer(text):
        cued = _NHS_CUE.search(text[max(0, match.start() - 40) : match.start()])
        if cued or (match[0][0] != "0" and nhs.is_valid(match[0])):
            yield match.span()


def telephones(text: str) -> Iterator[Span]:
    """British telephone numbers, and those of no area that is in use.

    A number that is possible counts: those set aside for fiction are not valid.
    """
    for match in _TELEPHONE.finditer(text):
        if _is_telephone(match[0]):
            yield match.span()


def _is_telephone(found: str) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse(found, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)
