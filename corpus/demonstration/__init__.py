"""The demonstration region: invented settings, prices and documents from one seed.

Every provider, home, child, price and document in it is invented. Its geography is
real, and its sizes are calibrated to published counts.
"""

from corpus.demonstration.region import (
    AS_AT,
    Region,
    build_demonstration,
    generate_region,
)

__all__ = ["AS_AT", "Region", "build_demonstration", "generate_region"]
