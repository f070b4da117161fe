"""Single cells of Ofsted's provider lists, each read or refused with its remedy.

Code lists are those of the lists of 2015 to 2025 (Ofsted, official statistics). A
reading's note says how a value was mended; it is empty where the cell was plain.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from corpus.codes import (
    OfstedRating,
    PlacementType,
    RegistrationStatus,
    Sector,
    SupportedOutcome,
)
from corpus.importing.cells import Reading, Unreadable
from corpus.importing.dates import read_date
from corpus.text import comparable_name

PROVISION: Final[dict[str, PlacementType | None]] = {
    "Children's home": PlacementType.RESIDENTIAL,
    "Secure children's home": PlacementType.SECURE,
    "Secure Training Centre": PlacementType.SECURE,
    "Independent Fostering Agency": PlacementType.FOSTERING,
    "Local Authority Fostering Agency": PlacementType.FOSTERING,
    "Supported Accommodation": PlacementType.SUPPORTED_ACCOMMODATION,
    "Residential Family Centre": PlacementType.PARENT_AND_CHILD,
    "Residential Special School": PlacementType.RESIDENTIAL_SCHOOL,
    "Residential special school (registered as a children's home)": (
        PlacementType.RESIDENTIAL_SCHOOL
    ),
    "Residential special school (>295 days/year)": PlacementType.RESIDENTIAL_SCHOOL,
    "Boarding School": None,
    "Further Education College with Residential Accommodation": None,
    "Voluntary Adoption Agency": None,
    "Adoption Support Agency": None,
    "Local Authority Adoption Agency": None,
    "Residential Holiday Scheme for Disabled Children": None,
}
"""Kinds of provision as printed in 2025 (that of 295 days in 2015), and the placement
that each is; None is no placement for a looked-after child."""

_KINDS: Final = {comparable_name(kind): kind for kind in PROVISION}
_URN: Final = re.compile(r"SC\d{6}|\d{7}", re.ASCII)
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", re.ASCII)
_MOST_PLACES: Final = 2_000
"""More than the largest boarding school; a greater number is a slip."""
_USUAL: Final = "written in the usual form"

_GRADES: Final = {
    "outstanding": OfstedRating.OUTSTANDING,
    "good": OfstedRating.GOOD,
    "requires improvement to be good": OfstedRating.REQUIRES_IMPROVEMENT,
    "requires improvement": OfstedRating.REQUIRES_IMPROVEMENT,
    "adequate": OfstedRating.REQUIRES_IMPROVEMENT,
    "satisfactory": OfstedRating.REQUIRES_IMPROVEMENT,
    "inadequate": OfstedRating.INADEQUATE,
}
_FORMER_GRADES: Final = ("adequate", "satisfactory")
"""The third of four grades, until "requires improvement" took its place."""
_PLAIN_GRADES: Final = (
    "Outstanding", "Good", "Requires improvement to be good", "Inadequate"
)  # fmt: skip


def read_urn(text: str) -> Reading[str]:
    """A URN: seven digits, or SC and six.

    Raises:
        Unreadable: for anything else.
    """
    urn = text.upper().removesuffix(".0")
    if not _URN.fullmatch(urn):
        raise Unreadable(
            "it is not a URN of social care: seven digits, or SC and six",
            "look the setting's URN up on Ofsted's website",
        )
    return Reading(urn, "" if urn == text else _USUAL)


def read_kind(text: str) -> Reading[str]:
    """A kind of provision; one that is not known is kept as printed.

    Raises:
        Unreadable: where the cell is blank.
    """
    if not text:
        raise Unreadable(
            "the kind of provision is missing",
            "write it as Ofsted does, such as Children's home",
        )
    kind = _KINDS.get(comparable_name(text))
    if kind is None:
        return Reading(text, "not a kind that is known; kept, but it fits no search")
    return Reading(kind, "" if kind == text else "spelt as Ofsted spells it")


def read_status(text: str) -> Reading[RegistrationStatus]:
    """Active or suspended.

    Raises:
        Unreadable: for any other, such as that of a setting which has closed.
    """
    if text.casefold() in list(RegistrationStatus):
        return Reading(RegistrationStatus(text.casefold()))
    raise Unreadable(
        "the registration is neither active nor suspended",
        "leave out settings that have closed; write Active or Suspended",
    )


def read_sector(text: str) -> Reading[Sector]:
    """Who owns a setting.

    Raises:
        Unreadable: for a sector that Ofsted does not list.
    """
    word = comparable_name(text).replace(" ", "_")
    if word in list(Sector):
        return Reading(Sector(word))
    raise Unreadable(
        "it is not a sector that Ofsted lists",
        "write Private, Voluntary, Local Authority, Academy or Health Authority",
    )


def read_grade(text: str) -> Reading[OfstedRating]:
    """One of the four grades, or a former one as its heir; None where not inspected.

    Raises:
        Unreadable: for another word.
    """
    if not text:
        return Reading(None)
    word = comparable_name(text)
    if word not in _GRADES:
        raise Unreadable(
            "it is not a grade that Ofsted has given",
            f"write {', '.join(_PLAIN_GRADES)}, or leave it blank",
        )
    if word in _FORMER_GRADES:
        note = "the third of four grades before it was renamed"
    else:
        note = "" if text in _PLAIN_GRADES else "spelt as Ofsted spells it"
    return Reading(_GRADES[word], note)


def read_outcome(text: str) -> Reading[SupportedOutcome]:
    """Outcome for supported accommodation; None where not inspected.

    Raises:
        Unreadable: for another wording.
    """
    word = comparable_name(text)
    outcome = next((o for o in SupportedOutcome if o.label == word), None)
    if word and outcome is None:
        raise Unreadable(
            "it is not one of the three outcomes",
            f"write one of: {', '.join(o.label for o in SupportedOutcome)}",
        )
    return Reading(outcome)


def read_day(text: str, as_at: date | None) -> Reading[date]:
    """Day of an inspection, day first as the lists have it; None where blank.

    Raises:
        Unreadable: for no date, or one after `as_at`, the list's own.
    """
    reading = read_date(text)
    if reading.value and as_at and reading.value > as_at:
        raise Unreadable(
            f"it lies after the list's own date, {as_at}", "correct the year"
        )
    plain = reading.note == "read day first"
    return Reading(reading.value, "" if plain else reading.note)


def read_places(text: str) -> Reading[int]:
    """Registered places; None where blank.

    Raises:
        Unreadable: for no whole number, or one beyond any setting's.
    """
    digits = text.removesuffix(".0")
    if not text:
        return Reading(None)
    if re.fullmatch(r"[0-9]{1,4}", digits) and int(digits) <= _MOST_PLACES:
        return Reading(int(digits))
    raise Unreadable("not a number of places", "write the registered places")


def read_postcode(text: str) -> Reading[str]:
    """A whole postcode with its space; None where blank.

    Raises:
        Unreadable: for anything else.
    """
    if not text:
        return Reading(None)
    match = _POSTCODE.fullmatch(re.sub(r"\s+", "", text).upper())
    if match is None:
        raise Unreadable("not a postcode", "write it whole, such as ME14 1XX")
    postcode = f"{match[1]} {match[2]}"
    return Reading(postcode, "" if postcode == text else _USUAL)


def read_flag(text: str) -> Reading[bool]:
    """A need flag: Y, N, or how many places are for it; None where blank.

    Raises:
        Unreadable: for anything else.
    """
    word = text.casefold().removesuffix(".0")
    if word in ("y", "yes", "n", "no", ""):
        return Reading(word.startswith("y") if word else None)
    if re.fullmatch(r"[0-9]{1,4}", word):
        return Reading(int(word) > 0)
    raise Unreadable("neither Y, N nor a count", "write Y or N")
