"""What the region is held to: published counts and figures, and its own beside them."""

from corpus.demonstration.calibration.counts import (
    AuthorityCounts,
    Calibration,
    Size,
    Tier,
    calibration,
)
from corpus.demonstration.calibration.table import (
    CalibrationRow,
    calibration_lines,
    calibration_table,
)

__all__ = [
    "AuthorityCounts",
    "Calibration",
    "CalibrationRow",
    "Size",
    "Tier",
    "calibration",
    "calibration_lines",
    "calibration_table",
]
