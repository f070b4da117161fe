"""Settings and providers that are held, found by the names that councils use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from corpus.dataset import Dataset
from corpus.models import Provider, Setting
from corpus.text import comparable_name

_LEGAL_FORM: Final = re.compile(r" (?:ltd|limited|llp|plc|cic|cio)$")


def business_name(name: str) -> str:
    """A name as it is compared: "Acme Care Ltd." is "ACME CARE"."""
    return _LEGAL_FORM.sub("", comparable_name(name))


class KnownProviders:
    """What is held, and what the import itself has brought so far."""

    def __init__(
        self, settings: Iterable[Setting] = (), providers: Iterable[Provider] = ()
    ) -> None:
        self._by_urn: dict[str, Setting] = {}
        self._providers: dict[str, Provider] = {}
        self._settings_named: defaultdict[str, set[str]] = defaultdict(set)
        self._providers_named: defaultdict[str, set[str]] = defaultdict(set)
        for provider in providers:
            self.add_provider(provider)
        for setting in settings:
            self.add_setting(setting)

    @classmethod
    def of(cls, held: Dataset | None) -> KnownProviders:
        """Those of a dataset; none where nothing is held."""
        return cls(held.rows(Setting), held.rows(Provider)) if held else cls()

    def add_setting(self, setting: Setting) -> None:
        """One more setting."""
        self._by_urn[setting.urn] = setting
        self._settings_named[business_name(setting.name)].add(setting.urn)

    def add_provider(self, provider: Provider) -> None:
        """One more provider."""
        self._providers[provider.provider_id] = provider
        self._providers_named[business_name(provider.name)].add(provider.provider_id)

    def setting(self, urn: str) -> Setting | None:
        """The setting of that URN; None where it is not held."""
        return self._by_urn.get(urn)

    def has_provider(self, provider_id: str) -> bool:
        """Whether a provider of that identifier is held."""
        return provider_id in self._providers

    def provider_named(self, name: str) -> str | None:
        """Identifier of the one provider of that name; None for none or several."""
        return _only(self._providers_named.get(business_name(name), set()))

    def setting_named(self, name: str, provider_id: str | None = None) -> str | None:
        """URN of the one setting of that name; None for none or several.

        Of several, the one of `provider_id`, where that is given.
        """
        urns = self._settings_named.get(business_name(name), set())
        own = {u for u in urns if self._by_urn[u].provider_id == provider_id}
        return _only(own or urns)

    def settings_of(self, provider_id: str) -> list[Setting]:
        """The settings that a provider owns."""
        owned = self._by_urn.values()
        return [setting for setting in owned if setting.provider_id == provider_id]


def _only(found: set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None
