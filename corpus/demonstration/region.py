"""The demonstration region as a whole: every table and document from one seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.data_directory import DataDirectory
from corpus.dataset import Rows, refuse_other_kind, write_tables
from corpus.demonstration.calibration import Size
from corpus.demonstration.claims import claim_needs
from corpus.demonstration.inspections import inspect_settings
from corpus.demonstration.naming import Names
from corpus.demonstration.owners import Owners, found_owners
from corpus.demonstration.plan import Planned, plan_settings
from corpus.demonstration.population import populate
from corpus.demonstration.prices import quote_prices
from corpus.demonstration.published import published_figures
from corpus.demonstration.settings import StatedSetting, register_settings
from corpus.demonstration.sites import find_sites
from corpus.demonstration.vacancies import return_vacancies
from corpus.demonstration.writing import Known, write_documents
from corpus.library import Library
from corpus.models import Document, Inspection, PriceOffer

AS_AT: Final = date(2026, 3, 31)
"""The day to which the invented data speaks."""


@dataclass(frozen=True)
class Region:
    """Everything invented: rows of every table, and documents that agree with them."""

    rows: Rows
    documents: tuple[Document, ...]
    as_at: date
    seed: int


def generate_region(seed: int = 2026, size: Size = "full") -> Region:
    """The region of one seed: the same seed gives the same bytes.

    Args:
        seed: Any whole number.
        size: "full" is 600 settings, 66,200 placements and about 400 documents; "small"
            is 60, 3,310 and 60.
    """
    planned = plan_settings(seed, size)
    names = Names(seed)
    owners = found_owners(seed, planned, names)
    sites = find_sites(seed, planned)
    settings = register_settings(seed, planned, sites, owners, names, AS_AT)
    market = _rows(seed, planned, owners, settings)
    rows = {
        **market,
        **populate(seed, size, AS_AT, market),
        "published_figures": published_figures(),
    }
    known = Known.of(seed, size, AS_AT, planned, rows)
    return Region(rows, write_documents(known), AS_AT, seed)


def build_demonstration(
    directory: DataDirectory,
    seed: int,
    size: Size,
    progress: Callable[[str], None],
) -> Region:
    """Generate the region into a data directory, in place of an earlier one.

    Documents that were ingested stay; invented ones of an earlier region go.

    Raises:
        DataDirectoryError: where the directory holds real tables.
    """
    directory.create()
    refuse_other_kind(directory, "demonstration")
    progress("inventing the demonstration region")
    region = generate_region(seed, size)
    settings, placements = region.rows["settings"], region.rows["placements"]
    progress(f"writing {len(settings)} settings and {len(placements):,} placements")
    write_tables(directory, region.rows, "demonstration", region.as_at, seed)
    progress(f"writing {len(region.documents)} invented documents")
    _replace_invented(Library.open(directory), region.documents)
    return region


def _rows(
    seed: int,
    planned: tuple[Planned, ...],
    owners: Owners,
    settings: tuple[StatedSetting, ...],
) -> Rows:
    inspections = inspect_settings(seed, settings, AS_AT)
    return {
        "groups": owners.groups,
        "providers": owners.providers,
        "settings": settings,
        "claimed_needs": claim_needs(seed, planned, settings),
        "inspections": inspections,
        "vacancies": return_vacancies(seed, settings, AS_AT),
        "prices": _prices(seed, planned, owners, settings, inspections),
    }


def _prices(
    seed: int,
    planned: tuple[Planned, ...],
    owners: Owners,
    settings: tuple[StatedSetting, ...],
    inspections: tuple[Inspection, ...],
) -> tuple[PriceOffer, ...]:
    sector = {group.group_id: group.sector for group in owners.groups}
    sectors = [sector[owners.owner[row.number].group_id] for row in planned]
    return quote_prices(seed, planned, settings, inspections, sectors, AS_AT)


def _replace_invented(library: Library, documents: tuple[Document, ...]) -> None:
    """Add the new documents first, so that no reader finds none."""
    library.add(documents)
    kept = {document.document_id for document in documents}
    stale = [
        held.document_id
        for held in library.summaries()
        if held.invented and held.document_id not in kept
    ]
    library.remove(*stale)
