"""Prices that stand beside those paid: settings' quotes and block contracts."""

from __future__ import annotations

from statistics import median

from corpus.codes import Need, PlacementType, Route
from corpus.models import Frozen
from tools.base import Knowledge
from tools.profiles import SettingProfile, setting_profiles


class QuotedPrices(Frozen):
    """Some prices that are no child's, pounds a week."""

    source: str
    """What they are, such as "quoted by settings on spot"."""
    table: str
    """The table that they come from."""
    prices: int
    """How many, at least 1; of contracts, how many contracts."""
    lowest: float
    median: float
    highest: float

    @property
    def row(self) -> tuple[str, int, float, float, float]:
        """The cells of a table's row."""
        return (self.source, self.prices, self.lowest, self.median, self.highest)

    @classmethod
    def of(cls, source: str, table: str, prices: list[float]) -> QuotedPrices:
        """The spread of at least one price."""
        return cls(
            source=source,
            table=table,
            prices=len(prices),
            lowest=min(prices),
            median=median(prices),
            highest=max(prices),
        )


def quoted_prices(
    knowledge: Knowledge,
    kind: PlacementType | None,
    age: int | None,
    needs: tuple[Need, ...],
    route: Route | None,
) -> tuple[QuotedPrices, ...]:
    """What settings of the kind quote on each route; empty where none does.

    Settings that say they do not admit the age, or that do not claim every need, are
    left out. The settings are those held, wherever they are.
    """
    if kind is None or knowledge.dataset.frame("settings").empty:
        return ()
    fitting = [
        profile
        for profile in setting_profiles(knowledge.dataset)
        if profile.setting.placement_type == kind and _admits(profile, age, needs)
    ]
    found = []
    for each in (Route.SPOT, Route.FRAMEWORK):
        prices = [float(p.prices[each]) for p in fitting if each in p.prices]
        if prices and route in (None, each):
            source = f"quoted by settings on {each}"
            found.append(QuotedPrices.of(source, "prices", prices))
    return tuple(found)


def block_prices(
    knowledge: Knowledge, kind: PlacementType | None
) -> tuple[QuotedPrices, ...]:
    """What block contracts of the kind that run on the as-at date cost a bed."""
    contracts = knowledge.dataset.frame("block_contracts")
    as_at = knowledge.dataset.as_at
    if kind is None or as_at is None or contracts.empty:
        return ()
    running = contracts[
        (contracts["placement_type"] == kind)
        & (contracts["started"] <= as_at)
        & (contracts["ends"] >= as_at)
    ]
    if running.empty:
        return ()
    prices = [float(price) for price in running["weekly_price"]]
    return (
        QuotedPrices.of(
            "block contracts, a bed filled or not", "block_contracts", prices
        ),
    )


def _admits(profile: SettingProfile, age: int | None, needs: tuple[Need, ...]) -> bool:
    setting = profile.setting
    low = setting.age_from if setting.age_from is not None else 0
    high = setting.age_to if setting.age_to is not None else 25
    return set(needs) <= profile.accepts and (age is None or low <= age <= high)
