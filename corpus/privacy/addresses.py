"""Postal addresses: a house with its street, and full postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

POSTCODE: Final = r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b"
"""As the Royal Mail forms them: outward code, inward code."""
_STREETS: Final = (
    "Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Drive|Dr|Way|Terrace|Gardens|Gdns|Grove"
    "|Crescent|Cres|Place|Pl|Square|Sq|Mews|Hill|Park|Green|Court|Ct|Row|Walk|Rise|Mead"
    "|Parade|View|Gate|Heights|Wharf|Quay|Common|Broadway|Villas|Yard|Vale|Approach"
)
_HOUSE: Final = (
    r"(?:(?:Flat|Apartment|Apt|Unit)\.? ?\w{1,4},? )?"
    r"\d{1,4}[a-z]?(?: ?[-–/] ?\d{1,4})?,?"
)
_REST: Final = rf"(?:(?:,\s*|\n)[^,\n|;:.]{{2,40}}){{0,4}}?[,\s]+{POSTCODE}"
_NUMBERED: Final = re.compile(
    rf"\b{_HOUSE} (?:[A-Z][\w'’.-]*[ ]){{1,4}}(?:{_STREETS})\b\.?(?:{_REST})?"
)
_LIVES: Final = re.compile(
    r"\b(?:address(?: is| was|es)?|lives? at|living at|lived at|resid\w+ at|stay\w* at"
    r"|moved to|placed at|home is|postal address)\b[ ]*[:|–-]?[ |*]*"
    rf"(?P<address>(?:{_HOUSE} [^\n|;]{{0,60}}?\b(?:{_STREETS})\b|[^\n|;]{{3,90}}?"
    rf"(?=,? *{POSTCODE}))(?:{_REST})?(?:,? *{POSTCODE})?)",
    re.IGNORECASE,
)
_POSTCODE: Final = re.compile(POSTCODE)
_LOWER_POSTCODE: Final = re.compile(
    rf"(?:post ?code|address|lives? at)[^\n]{{0,60}}?(?P<code>{POSTCODE})",
    re.IGNORECASE,
)
_HOUSE_NAME: Final = re.compile(
    r"\b(?:[A-Z][\w'’-]+ ){1,3}(?:House|Cottage|Lodge|Court|Villa|Farm|Barn),\s"
    rf"(?:\d{{1,4}}[a-z]? )?(?:[A-Z][\w'’-]+ ){{1,3}}(?:{_STREETS})\b{_REST}"
)


def addresses(text: str, *, postcodes: bool = True) -> Iterator[Span]:
    """Addresses with house and street, and, unless told otherwise, lone postcodes."""
    for match in _NUMBERED.finditer(text):
        yield match.span()
    for match in _HOUSE_NAME.finditer(text):
        yield match.span()
    for match in _LIVES.finditer(text):
        yield match.span("address")
    if postcodes:
        yield from (match.span() for match in _POSTCODE.finditer(text))
        for match in _LOWER_POSTCODE.finditer(text):
            yield match.span("code")
