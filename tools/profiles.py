"""Settings as the tools see them: criteria, claims, grade, vacancies and prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from corpus.codes import Need, OfstedRating, Route, Stance
from corpus.dataset import Dataset
from corpus.errors import NothingLoaded
from corpus.models import Setting

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class SettingProfile:
    """One setting with the newest of what is held about it."""

    setting: Setting
    provider: str
    group: str
    accepts: frozenset[Need]
    """Needs that it claims to meet."""
    excludes: frozenset[Need]
    """Needs that it says it does not admit."""
    rating: OfstedRating | None
    """Grade of its latest full inspection; None where it has not been inspected."""
    inspected_on: date | None
    vacancies: int | None
    """Places free; None where it has not reported."""
    vacancies_as_at: date | None
    prices: dict[Route, int]
    """Quoted pounds a week by route; empty where none is known."""
    prices_as_at: date | None

    @property
    def weekly_price(self) -> int | None:
        """The lowest price quoted on any route, pounds a week; None if unknown."""
        return min(self.prices.values(), default=None)

    @property
    def price_route(self) -> Route | None:
        """The route of `weekly_price`."""
        return min(self.prices, key=lambda route: self.prices[route], default=None)


@lru_cache(maxsize=4)
def setting_profiles(dataset: Dataset) -> tuple[SettingProfile, ...]:
    """Every setting of the dataset, in the order of its register.

    Raises:
        NothingLoaded: where the data directory holds no settings.
    """
    if dataset.kind is None:
        raise NothingLoaded(
            "No placement tables are loaded.",
            "Run `placements demo` for the demonstration region.",
        )
    if dataset.frame("settings").empty:
        raise NothingLoaded(
            "No settings are loaded.",
            "Load Ofsted's list: placements import ofsted FILE.",
        )
    providers = dataset.frame("providers").set_index("provider_id")
    groups = dataset.frame("groups").set_index("group_id")["name"]
    owner = providers["group_id"].map(groups)
    needs = _needs_by_setting(dataset.frame("claimed_needs"))
    inspections = _newest(dataset.frame("inspections"), "inspected_on")
    vacancies = _newest(dataset.frame("vacancies"), "as_at")
    prices = _prices_by_setting(dataset.frame("prices"))
    return tuple(
        SettingProfile(
            setting=setting,
            provider=str(providers.at[setting.provider_id, "name"]),
            group=str(owner.at[setting.provider_id]),
            accepts=needs.get((setting.urn, Stance.ACCEPTS), frozenset()),
            excludes=needs.get((setting.urn, Stance.EXCLUDES), frozenset()),
            rating=_optional(inspections, setting.urn, "rating", OfstedRating),
            inspected_on=_optional(inspections, setting.urn, "inspected_on"),
            vacancies=_optional(vacancies, setting.urn, "vacancies", int),
            vacancies_as_at=_optional(vacancies, setting.urn, "as_at"),
            prices=prices.get(setting.urn, ({}, None))[0],
            prices_as_at=prices.get(setting.urn, ({}, None))[1],
        )
        for setting in _settings(dataset.frame("settings"))
    )


def _settings(frame: pd.DataFrame) -> list[Setting]:
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [
        Setting.model_validate({**row, "genders": tuple(row["genders"])})
        for row in rows
    ]


def _needs_by_setting(frame: pd.DataFrame) -> dict[tuple[str, Stance], frozenset[Need]]:
    found: dict[tuple[str, Stance], set[Need]] = {}
    for row in frame.to_dict("records"):
        key = (str(row["urn"]), Stance(row["stance"]))
        found.setdefault(key, set()).add(Need(row["need"]))
    return {key: frozenset(needs) for key, needs in found.items()}


def _newest(frame: pd.DataFrame, on: str) -> dict[str, dict[str, Any]]:
    newest = frame.sort_values(on).drop_duplicates("urn", keep="last")
    return {
        str(row["urn"]): {str(name): value for name, value in row.items()}
        for row in newest.to_dict("records")
    }


def _prices_by_setting(
    frame: pd.DataFrame,
) -> dict[str, tuple[dict[Route, int], date]]:
    newest = frame.sort_values("as_at").drop_duplicates(["urn", "route"], keep="last")
    return {
        str(urn): (
            {
                Route(route): int(price)
                for route, price in zip(
                    rows["route"], rows["weekly_price"], strict=True
                )
            },
            rows["as_at"].max(),
        )
        for urn, rows in newest.groupby("urn")
    }


def _optional(
    rows: dict[str, dict[str, Any]], urn: str, field: str, kind: Any = None
) -> Any:
    """One field of a setting's row, as `kind`; None where the setting has no row."""
    if urn not in rows:
        return None
    value = rows[urn][field]
    return kind(value) if kind else value
