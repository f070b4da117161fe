"""Names of authorities as publishers print them, with those that are not England's."""

from __future__ import annotations

from typing import Final

from corpus.errors import UnknownPlace
from corpus.geography import Gazetteer
from corpus.importing.cells import Reading, Unreadable

_WELSH: Final = frozenset(
    "Blaenau Gwent|Bridgend|Caerphilly|Cardiff|Carmarthenshire|Ceredigion|Conwy"
    "|Denbighshire|Flintshire|Gwynedd|Isle of Anglesey|Merthyr Tydfil|Monmouthshire"
    "|Neath Port Talbot|Newport|Pembrokeshire|Powys|Rhondda Cynon Taf|Swansea|Torfaen"
    "|Vale of Glamorgan|Wrexham".split("|")
)
"""Authorities of Wales: a few settings that Ofsted lists stand there."""
_FORMER: Final = frozenset({"Cumbria", "Northamptonshire", "Bournemouth", "Poole"})
"""Authorities abolished since 2019, which older lists and statistics name."""


def read_area(text: str, gazetteer: Gazetteer) -> Reading[str]:
    """The authority that a name, alias or code means, by its usual name.

    Authorities of Wales, and those abolished since 2019, keep the name as printed.

    Raises:
        Unreadable: for any other name.
    """
    if text in _WELSH:
        return Reading(text)
    if text in _FORMER:
        return Reading(text, "an authority that is no more; kept as printed")
    try:
        name = gazetteer.authority(text).name
    except UnknownPlace as error:
        raise Unreadable(
            error.message.removesuffix(".") if text else "it is missing",
            error.remedy or "write the authority's usual name",
        ) from error
    return Reading(name, "" if name == text else "the authority's usual name")
