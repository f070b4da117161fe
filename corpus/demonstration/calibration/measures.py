"""What the region's own figures are, measured in its tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from corpus.demonstration.calibration.sample import HIGH_COST, draw_sample

if TYPE_CHECKING:
    from corpus.dataset import Dataset

COUNTIES: Final = frozenset(
    {
        "Buckinghamshire",
        "East Sussex",
        "Hampshire",
        "Kent",
        "Oxfordshire",
        "Surrey",
        "West Sussex",
    }
)
"""Authorities that were counties in 2019; Buckinghamshire has become a unitary one."""
RESIDENTIAL: Final = ("residential", "residential_school", "secure")
FOSTERING: Final = ("fostering", "kinship")
_PUBLISHED_DAY: Final = date(2024, 3, 31)
_WEEKS: Final = 52
"""Weeks in the year of the National Audit Office's figure."""


def measure(
    dataset: Dataset, price_years: Mapping[str, str | None]
) -> dict[str, float]:
    """The region's own figure for each key of `published.toml`.

    Args:
        price_years: The year whose prices each figure is in.
    """
    placements = _prepared(dataset)
    current = placements[placements["ended"].isna()]
    levels = _levels(dataset)
    return {
        **_of_sample(current, placements, levels),
        **_of_homes(current, dataset, levels, price_years),
        **_of_costs(current, dataset, levels, price_years),
        **_of_children(current, placements),
    }


def _prepared(dataset: Dataset) -> pd.DataFrame:
    """Placements with real dates, the whole weekly cost, and the age by now.

    Tables hold ages in whole years: half a year is added before time elapsed.
    """
    frame = dataset.frame("placements").copy()
    frame["started"] = pd.to_datetime(frame["started"])
    frame["ended"] = pd.to_datetime(frame["ended"])
    frame["cost"] = (
        frame["weekly_social_care"] + frame["weekly_education"] + frame["weekly_health"]
    )
    assert dataset.as_at is not None, "no tables are loaded"
    elapsed = (pd.Timestamp(dataset.as_at) - frame["started"]).dt.days
    frame["days"] = elapsed
    frame["age"] = (frame["age_at_start"] + 0.5 + elapsed / 365.25) // 1
    return frame


def _levels(dataset: Dataset) -> dict[tuple[str, str], float]:
    index = dataset.frame("price_index")
    keys = zip(index["placement_type"], index["year"], strict=True)
    return dict(zip(keys, index["index"], strict=True))


def _at_prices(
    frame: pd.DataFrame, levels: Mapping[tuple[str, str], float], year: str | None
) -> pd.Series[float]:
    """Weekly costs of placements under way, at the prices of another year."""
    factors = {kind: level for (kind, of), level in levels.items() if of == year}
    return frame["cost"] * frame["placement_type"].map(factors)


def _of_sample(
    current: pd.DataFrame,
    placements: pd.DataFrame,
    levels: Mapping[tuple[str, str], float],
) -> dict[str, float]:
    at_2019 = current.assign(then=_at_prices(current, levels, "2019/20"))
    sample = draw_sample(at_2019)
    homes = sample["placement_type"] == "residential"
    high = sample[homes & (sample["then"] >= HIGH_COST)]
    county = high["local_authority"].isin(COUNTIES)
    return {
        "high_cost_children": 100 * len(high) / len(sample),
        "high_cost_spend": 100 * high["then"].sum() / sample["then"].sum(),
        "county_mean": high["then"][county].mean(),
        "unitary_mean": high["then"][~county].mean(),
        "six_thousand": _share(high["then"] >= 6000),
        "far_high_cost": _share(high["distance_miles"] > 100),
        "under_a_year": _share(high["days"] < 365),
        "needs_met": _share(high["needs_met"].isin(["mostly", "fully"])),
        "far_sample": _share(sample["distance_miles"] > 100),
        **_of_risk(high),
        **_of_moves(high, placements),
    }


def _of_risk(high: pd.DataFrame) -> dict[str, float]:
    total = np.array([sum(map(int, scores)) for scores in high["risk_scores"]])
    worst = np.array(
        [max(map(int, scores), default=0) for scores in high["risk_scores"]]
    )
    return {
        "risk_and_cost": float(np.corrcoef(total, high["then"])[0, 1])
        if len(high) > 2
        else np.nan,
        "no_risk": _share(worst < 4),
    }


def _of_moves(high: pd.DataFrame, placements: pd.DataFrame) -> dict[str, float]:
    """Of the moves into high-cost homes: where from, and whether the cost went up.

    Where no cost is on record before, as with parents, none is said to have gone up.
    """
    moved = high[high["reason_new"] != "S"]
    before = placements.set_index("placement_id")["cost"]
    held = moved[moved["previous_placement_id"].notna()]
    earlier = held["previous_placement_id"].map(before)
    return {
        "from_residential": _share(moved["previous_type"].isin(RESIDENTIAL)),
        "from_fostering": _share(moved["previous_type"].isin(FOSTERING)),
        "cost_up": _share(held["cost"] > earlier),
    }


def _of_homes(
    current: pd.DataFrame,
    dataset: Dataset,
    levels: Mapping[tuple[str, str], float],
    price_years: Mapping[str, str | None],
) -> dict[str, float]:
    homes = current[current["placement_type"] == "residential"]
    bought = homes[homes["route"].isin(["spot", "framework", "block"])]
    known = homes[homes["distance_miles"].notna()]
    referrals = dataset.frame("referrals").dropna(subset="placement_id")
    sought = referrals.set_index("placement_id")["sought_type"]
    searched = homes["placement_id"].map(sought).dropna()

    def mean(key: str) -> float:
        return float(_at_prices(homes, levels, price_years[key]).mean())

    return {
        "displaced": _share(searched == "fostering"),
        **{
            route: _share(bought["route"] == route)
            for route in ("spot", "framework", "block")
        },
        "residential_cost": mean("residential_cost"),
        "large_homes": mean("large_homes"),
        "residential_year": _WEEKS * mean("residential_year"),
        "residential_outside": _share(
            known["host_authority"] != known["local_authority"]
        ),
        "residential_far": _share(known["distance_miles"] > 20),
    }


def _of_costs(
    current: pd.DataFrame,
    dataset: Dataset,
    levels: Mapping[tuple[str, str], float],
    price_years: Mapping[str, str | None],
) -> dict[str, float]:
    fostered = current[current["placement_type"] == "fostering"]
    agency = fostered[fostered["urn"].notna()]
    return {
        "fostering_cost": float(
            _at_prices(fostered, levels, price_years["fostering_cost"]).mean()
        ),
        "agency_cost": float(
            _at_prices(agency, levels, price_years["agency_cost"]).mean()
        ),
        "top_groups": _top_groups(current, dataset),
    }


def _top_groups(current: pd.DataFrame, dataset: Dataset) -> float:
    """Share of what goes to provider groups that the 20 largest of them get."""
    groups = dataset.frame("providers").set_index("provider_id")["group_id"]
    sectors = dataset.frame("groups").set_index("group_id")["sector"]
    bought = current[current["route"].isin(["spot", "framework", "block"])]
    group = bought["provider_id"].map(groups)
    external = group.map(sectors) != "local_authority"
    spend = bought["cost"][external].groupby(group[external]).sum()
    return 100 * float(spend.nlargest(20).sum() / bought["cost"].sum())


def _of_children(current: pd.DataFrame, placements: pd.DataFrame) -> dict[str, float]:
    day = pd.Timestamp(_PUBLISHED_DAY)
    then = (placements["started"] <= day) & ~(placements["ended"] <= day)
    kind = current["placement_type"]
    return {
        "looked_after": float(then.sum()),
        "fostered": _share(kind.isin(FOSTERING)),
        "in_homes": _share(kind == "residential"),
        "in_supported": _share(kind == "supported_accommodation"),
        "over_twenty": _share(current["distance_miles"] > 20),
        "boys": _share(current["gender"] == "male"),
        "over_sixteen": _share(current["age"] >= 16),
        "three_placements": _three_placements(current, placements),
    }


def _three_placements(current: pd.DataFrame, placements: pd.DataFrame) -> float:
    """Share of children in care with three placements or more in the last year."""
    opens = placements["started"].max() - pd.Timedelta(days=365)
    in_year = placements[~(placements["ended"] < opens)]
    counts = in_year["child_id"].value_counts()
    return _share(current["child_id"].map(counts) >= 3)


def _share(which: Any) -> float:
    """Per cent of the rows for which it holds; NaN of none."""
    return 100 * float(np.mean(which)) if len(which) else float("nan")
