"""Small provider lists in the layouts that Ofsted has published, for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Cells = Mapping[str, str]

HOME: Cells = {
    "urn": "2590934",
    "kind": "Children's home",
    "status": "Active",
    "name": "REDACTED",
    "town": "REDACTED",
    "postcode": "REDACTED",
    "authority": "Kent",
    "sector": "Private",
    "places": "3",
    "owner": "Zone Central Ltd",
    "inspected": "05/11/2014",
    "grade": "Good",
    "outcome": "",
    "previous inspected": "",
    "previous grade": "",
}
AGENCY: Cells = {
    **HOME,
    "urn": "SC069455",
    "kind": "Independent Fostering Agency",
    "name": "Example Fostering",
    "town": "Maidstone",
    "postcode": "ME14 1XX",
    "places": "",
    "owner": "Example Care Limited",
}


@dataclass(frozen=True)
class Year:
    """The layout of one year: titles, and the columns by what they hold."""

    year: int
    titles: tuple[str, ...]
    columns: Mapping[str, str]
    encoding: str = "utf-8-sig"

    @property
    def file(self) -> str:
        return f"provider_level_at_31_march_{self.year}.csv"

    def grid(self, rows: Sequence[Cells]) -> list[list[str]]:
        header = list(self.columns.values())
        body = [[row[field] for field in self.columns] for row in rows]
        return [*([title] for title in self.titles), header, *body]

    def write(self, folder: Path, rows: Sequence[Cells]) -> Path:
        path = folder / self.file
        path.write_bytes(csv_text(self.grid(rows)).encode(self.encoding))
        return path


def csv_text(grid: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(grid)
    return text.getvalue()


_IDENTITY = {
    "urn": "URN",
    "kind": "Provision type",
    "status": "Registration status",
    "name": "Name",
    "town": "Town",
    "postcode": "Postcode",
    "authority": "Local authority",
    "sector": "Sector",
    "places": "Places",
}
_OWNED = {**_IDENTITY, "owner": "Organisation which owns the provider"}
_GRADE = "Overall experiences and progress of children and young people"
_NOTE = "Some cells in this table are empty."

YEARS = (
    Year(
        2015,
        (),
        {
            **{k: v for k, v in _IDENTITY.items() if k != "places"},
            "status": "Reg Status",
            "name": "Setting Name",
            "inspected": "Inspection Date",
            "grade": "Overall effectiveness",
        },
        "cp1252",
    ),
    *(
        Year(
            year,
            ("Provider information",),
            {
                **_IDENTITY,
                "inspected": "Inspection date",
                "grade": "Overall effectiveness",
            },
        )
        for year in (2016, 2017, 2018)
    ),
    *(
        Year(
            year,
            ("Provider information",),
            {**_OWNED, "inspected": "Inspection date", "grade": _GRADE},
        )
        for year in (2019, 2020, 2021)
    ),
    Year(
        2022,
        ("Provider level as at March 2022", "This table begins in A5.", _NOTE, ""),
        {
            **_OWNED,
            "inspected": "Latest full inspection date",
            "grade": f"Latest full inspection {_GRADE[0].lower()}{_GRADE[1:]}",
            "outcome": "Latest full inspectio health services",
        },
        "cp1252",
    ),
    Year(
        2023,
        ("Provider level as at 31 March 2023", "This table begins in A4.", _NOTE),
        {**_OWNED, "inspected": "Latest full inspection date", "grade": _GRADE},
        "cp1252",
    ),
    Year(
        2024,
        ("England 2024 – Provider level as at 31 March 2024", "Begins in A4.", _NOTE),
        {
            **_OWNED,
            "inspected": "Latest full inspection date",
            "grade": _GRADE,
            "previous inspected": "Previous full inspection event date",
            "previous grade": f"Previous {_GRADE[0].lower()}{_GRADE[1:]}",
        },
        "mac-roman",
    ),
    Year(
        2025,
        ("England 2025 – Provider level as at 31 March 2025", "Begins in A4.", _NOTE),
        {
            **_OWNED,
            "inspected": "\nLatest full inspection date",
            "grade": f"\n{_GRADE}",
            "outcome": "Supported Accommodation outcome",
        },
    ),
)
NEWEST = YEARS[-1]
