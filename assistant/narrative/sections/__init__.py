"""The ten sections of a sufficiency statement, in the order of the national template.

The order and subjects follow the sufficiency statement template of the Local Government
Association; each section gives its direct message first, then what it rests on, what
the data cannot show, and what only the council can fill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from assistant.exporting import Block
from assistant.narrative.evidence import Evidence
from assistant.narrative.sections.children import children
from assistant.narrative.sections.distance import distance
from assistant.narrative.sections.duty import duty
from assistant.narrative.sections.forecast import forecast
from assistant.narrative.sections.gaps import gaps
from assistant.narrative.sections.governance import governance
from assistant.narrative.sections.intentions import intentions
from assistant.narrative.sections.market import market
from assistant.narrative.sections.placements import placements
from assistant.narrative.sections.spend import spend

SECTIONS: Final[dict[str, Callable[[Evidence], Iterator[Block]]]] = {
    "Duty and vision": duty,
    "The children": children,
    "Placements and mix": placements,
    "Distance and stability": distance,
    "Spend and price": spend,
    "Market and quality": market,
    "Gaps": gaps,
    "Forecast": forecast,
    "Intentions": intentions,
    "Governance": governance,
}
"""Heading of each section, and what writes it."""

__all__ = ["SECTIONS"]
