"""Published figures: real aggregates of the nineteen authorities, each with its source.

They are facts in the midst of what is invented: counts of children from the Department
for Education, homes and places from Ofsted (Open Government Licence v3.0).
"""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

from corpus.commissioning import PublishedFigure


def published_figures() -> tuple[PublishedFigure, ...]:
    """The rows of the table `published_figures`, by subject, date and area."""
    packaged = files(__package__).joinpath("published_figures.csv")
    rows = csv.DictReader(packaged.read_text(encoding="utf-8").splitlines())
    return tuple(
        PublishedFigure(
            subject=row["subject"],
            local_authority=row["local_authority"] or None,
            area=row["area"],
            value=float(row["value"]),
            symbol=None,
            unit=row["unit"],
            as_at=date.fromisoformat(row["as_at"]),
            source=row["source"],
        )
        for row in rows
    )
