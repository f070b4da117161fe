"""Rows of a sheet of prices: what a setting that is held quotes."""

from __future__ import annotations

from datetime import date

from corpus.importing.mapped.known import KnownProviders
from corpus.importing.mapped.provider_rows import Record, offer
from corpus.importing.mapped.providers_named import find_named
from corpus.importing.mapped.row_values import RowFault, RowValues


def price_records(
    values: RowValues, known: KnownProviders, as_at: date
) -> list[Record]:
    """The price that a row states for a setting that is held.

    A provider's price is its setting's where it has one setting alone.

    Args:
        as_at: day to which a price without a day of its own speaks.

    Raises:
        RowFault: where the price or its setting is missing, or is not known.
    """
    values.require("weekly_price", float)
    urn = _urn(values, known)
    if urn is None:
        named = [f for f in ("setting", "provider", "urn") if values.column(f)]
        raise RowFault(
            named[0] if named else "setting",
            "it names no one setting that is held",
            "add a column with its URN, or import the list of providers first",
        )
    return [offer(values, urn, values.get("as_at", date) or as_at)]


def _urn(values: RowValues, known: KnownProviders) -> str | None:
    named = find_named(values, known)
    if named.urn is not None:
        return named.urn if known.setting(named.urn) else None
    owned = known.settings_of(named.provider_id) if named.provider_id else []
    return owned[0].urn if len(owned) == 1 else None
