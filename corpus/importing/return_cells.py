"""Cells of statutory returns: days, URNs, postcodes and the codes of children."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from corpus.importing.cells import Reading, Unreadable, is_blank
from corpus.importing.dates import read_date

_DAY_FIRST: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
"""The return's own way to write a date."""
_URN: Final = re.compile(r"SC[0-9]{6}|[0-9]{6,7}")
"""Ofsted's numbers: SC and six digits, or six or seven digits."""
_POSTCODE: Final = re.compile(
    r"(?P<district>[A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s*(?P<sector>[0-9])(?:[A-Z]{2})?)?"
)
"""A whole postcode, its sector or its district; the last two letters are dropped."""


def read_day(text: str) -> Reading[date]:
    """A date; day, month and year in figures are a return's own way and no mending.

    Raises:
        Unreadable: for anything else, such as the month first.
    """
    reading = read_date(text)
    usual = _DAY_FIRST.fullmatch(text.strip())
    return Reading(reading.value, "" if usual else reading.note)


def read_urn(text: str) -> Reading[str]:
    """One of Ofsted's numbers, without spaces; None where the cell is blank.

    Raises:
        Unreadable: for anything else: a number is never made up to length.
    """
    if is_blank(text):
        return Reading(None)
    plain = text.upper().replace(" ", "").removesuffix(".0")
    if not _URN.fullmatch(plain):
        raise Unreadable(
            "it is not a URN of Ofsted's",
            "write SC and six digits, or six or seven digits",
        )
    return Reading(plain, "" if plain == text else f"read as {plain}")


def read_postcode(text: str) -> Reading[str]:
    """A postcode as far as its sector or district: "ME15 6" for "me15 6ab".

    Raises:
        Unreadable: for anything else.
    """
    if is_blank(text):
        return Reading(None)
    match = _POSTCODE.fullmatch(text.upper().strip())
    if match is None:
        raise Unreadable(
            "it is not a postcode", "write it whole, or as far as ME15 6 or ME15"
        )
    parts = (match["district"], match["sector"])
    return Reading(" ".join(part for part in parts if part))


def read_reference(text: str) -> Reading[str]:
    """A child's code or other text; a number that a spreadsheet wrote 123.0 is 123."""
    if is_blank(text):
        return Reading(None)
    if re.fullmatch(r"[0-9]+\.0", text):
        return Reading(text.removesuffix(".0"), "decimals of 0 removed")
    return Reading(text)
