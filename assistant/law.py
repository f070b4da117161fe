"""The law that answers cite: a fixed table, since no tool or document gives it."""

from __future__ import annotations

from typing import Final

from corpus.models import Citation

_PUBLISHED: Final = "legislation.gov.uk"

UNDER_16_UNREGULATED: Final = Citation(
    kind="document",
    title="Care Planning, Placement and Case Review (England) Regulations 2010,"
    " as amended in 2021",
    locator="regulation 27A, accommodation of a child under 16",
    source=_PUBLISHED,
)
UNREGISTERED_HOME: Final = Citation(
    kind="document",
    title="Care Standards Act 2000",
    locator="section 11",
    source=_PUBLISHED,
)
SUFFICIENCY: Final = Citation(
    kind="document",
    title="Children Act 1989",
    locator="section 22G, general duty of local authority to secure sufficient"
    " accommodation for looked after children",
    source=_PUBLISHED,
)
PLACEMENT: Final = Citation(
    kind="document",
    title="Children Act 1989",
    locator="section 22C, ways in which looked after children are to be accommodated",
    source=_PUBLISHED,
)

LAW: Final = frozenset(
    {UNDER_16_UNREGULATED, UNREGISTERED_HOME, SUFFICIENCY, PLACEMENT}
)
"""All of it."""
