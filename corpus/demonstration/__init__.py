"""The demonstration region: invented settings, children and documents from one seed.

Every provider, home, child, price and document in it is invented. Its geography is
real, and it is calibrated to published counts and figures, which are facts.
"""

from corpus.demonstration.calibration import (
    CalibrationRow,
    calibration_lines,
    calibration_table,
)
from corpus.demonstration.region import (
    AS_AT,
    Region,
    build_demonstration,
    generate_region,
)

__all__ = [
    "AS_AT",
    "CalibrationRow",
    "Region",
    "build_demonstration",
    "calibration_lines",
    "calibration_table",
    "generate_region",
]
