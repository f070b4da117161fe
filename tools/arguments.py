"""Arguments that several tools share: their bounds and their words."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, StringConstraints

MOST_WEEKLY: Final = 100_000
"""Pounds a week above which a price is taken for a mistake: the highest that councils
reported was £63,000 (Local Government Association, 2023)."""

Age = Annotated[int, Field(ge=0, le=25, description="Whole years, 0 to 25.")]
WeeklyPrice = Annotated[
    float, Field(gt=0, le=MOST_WEEKLY, description="Pounds a week.")
]
Share = Annotated[float, Field(ge=0, le=1, description="A fraction, 0 to 1.")]
Occupancy = Annotated[
    float, Field(gt=0, le=1, description="Share of places filled, over 0 to 1.")
]
Uplift = Annotated[
    float, Field(ge=-0.5, le=1, description="A fraction a year, such as 0.07.")
]
Places = Annotated[int, Field(ge=1, le=100, description="Beds, 1 to 100.")]
Months = Annotated[
    int, Field(ge=1, le=120, description="How many months ahead, 1 to 120.")
]
Years = Annotated[float, Field(gt=0, le=30, description="How many years, up to 30.")]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)
]
"""Of a place, an authority, a provider: never blank."""
Limit = Annotated[int, Field(ge=1, le=1000, description="Rows to show.")]
FinancialYear = Annotated[
    str,
    Field(pattern=r"^20\d\d/\d\d$", description="A financial year, such as 2024/25."),
]
