"""Who provides, by URN or by the names in a row, among the providers that are known."""

from __future__ import annotations

from typing import NamedTuple

from corpus.importing.mapped.known import KnownProviders
from corpus.importing.mapped.row_values import RowValues


class Named(NamedTuple):
    """The setting and provider of a row, where they are known."""

    urn: str | None
    provider_id: str | None


def find_named(values: RowValues, known: KnownProviders) -> Named:
    """The setting and provider that a row names by its URN or by their names.

    A name is matched exactly once case, punctuation and "Ltd" are put aside; one that
    matches none, or several, is noted on the row and left out.
    """
    urn = values.get("urn", str)
    provider_id = _provider(values, known)
    if urn is None:
        urn = _setting(values, known, provider_id)
    setting = known.setting(urn) if urn else None
    if setting is not None:
        return Named(urn, setting.provider_id)
    return Named(urn, provider_id)


def _provider(values: RowValues, known: KnownProviders) -> str | None:
    name = values.get("provider", str)
    if name is None:
        return None
    found = known.provider_named(name)
    if found is None and known.setting_named(name) is None:
        values.note("provider", "", "no one provider held has this name")
    return found


def _setting(
    values: RowValues, known: KnownProviders, provider_id: str | None
) -> str | None:
    """URN by the setting's name; by the provider's, where it is a setting's too."""
    name = values.get("setting", str)
    if name is not None:
        found = known.setting_named(name, provider_id)
        if found is None:
            values.note("setting", "", "no one setting held has this name")
        return found
    name = values.get("provider", str)
    return known.setting_named(name) if name and provider_id is None else None
