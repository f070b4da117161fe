from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import gamma

from tools.relative_risk import (
    Estimate,
    Evidence,
    Prior,
    _gamma,
    estimates,
    prior_of,
)
from tools.visited_homes import byar


def known(at_risk: int, expected: float, events: int) -> Evidence:
    return Evidence(at_risk, expected, events, events)


def estimated(*providers: Evidence) -> list[Estimate]:
    return estimates(providers, prior_of(providers))


def market(
    rng: np.random.Generator, spread: float, providers: int = 200, rate: float = 0.2
) -> tuple[list[Evidence], list[float]]:
    """Providers of all sizes; true ratios of mean 1 and that standard deviation."""
    sizes = rng.geometric(1 / 60, providers) + 2
    ratios = (
        rng.gamma(1 / spread**2, spread**2, providers) if spread else np.ones(providers)
    )
    chances = np.minimum(ratios * rate, 0.99)
    events = rng.binomial(sizes, chances)
    evidence = [
        known(int(size), float(size * rate), int(number))
        for size, number in zip(sizes, events, strict=True)
    ]
    return evidence, [float(ratio) for ratio in ratios]


def test_of_equal_providers_hardly_any_is_told_apart() -> None:
    rng = np.random.default_rng(11)
    flagged = 0
    for _ in range(20):
        found = estimated(*market(rng, spread=0.0)[0])
        flagged += sum(one.verdict != "not_told_apart" for one in found)
    assert flagged <= 0.05 * 20 * 200


def test_intervals_hold_the_true_ratio_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    held: list[bool] = []
    for spread in (0.2, 0.4, 0.6):
        evidence, ratios = market(rng, spread, providers=500)
        for one, ratio in zip(estimated(*evidence), ratios, strict=True):
            held.append(one.low <= ratio <= one.high)
    assert 0.92 <= np.mean(held) <= 0.98


def test_providers_that_do_differ_are_found() -> None:
    rng = np.random.default_rng(3)
    evidence, ratios = market(rng, spread=0.5, providers=400)
    found = estimated(*evidence)
    right = {"lower": lambda r: r < 1, "higher": lambda r: r > 1}
    told = [
        right[one.verdict](ratio)
        for one, ratio in zip(found, ratios, strict=True)
        if one.verdict in right
    ]
    assert len(told) > 60
    assert np.mean(told) > 0.97


def test_shrunk_ratios_are_nearer_the_truth_than_the_plain_ones() -> None:
    rng = np.random.default_rng(8)
    evidence, ratios = market(rng, spread=0.3, providers=400)
    plain = [one.low / one.expected for one in evidence]
    shrunk = [one.ratio for one in estimated(*evidence)]
    off = [np.square(np.subtract(each, ratios)).mean() for each in (plain, shrunk)]
    assert off[1] < off[0] / 2


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    events=st.integers(0, 1),
    rate=st.sampled_from([0.05, 0.2, 0.4]),
)
def test_a_home_of_three_children_is_never_told_apart_by_chance(
    seed: int, events: int, rate: float
) -> None:
    rng = np.random.default_rng(seed)
    evidence, _ = market(rng, spread=0.3, rate=rate)
    tiny = estimated(*evidence, known(3, 3 * rate, events))[-1]
    assert tiny.verdict == "not_told_apart"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    strength=st.floats(1.5, 40), expected=st.floats(0.5, 60), events=st.integers(0, 60)
)
def test_rare_events_give_the_gamma_poisson_posterior(
    strength: float, expected: float, events: int
) -> None:
    posterior = gamma(strength + events, scale=1 / (strength + expected))
    assume(posterior.ppf(0.01) > 0.03 and posterior.ppf(0.99) < 10)
    one = estimates([known(10**7, expected, events)], Prior(_gamma(strength)))[0]
    assert one.ratio == pytest.approx(posterior.mean(), rel=0.01)
    assert [one.low, one.high] == pytest.approx(posterior.ppf([0.025, 0.975]), rel=0.02)
    assert one.below == pytest.approx(posterior.cdf(1.0), abs=0.01)


def test_more_events_never_lower_the_ratio() -> None:
    prior = prior_of(market(np.random.default_rng(2), spread=0.3)[0])
    found = estimates([known(40, 8.0, events) for events in range(41)], prior)
    assert all(a.ratio < b.ratio and a.below > b.below for a, b in pairwise(found))


def test_bounds_of_a_count_say_less_than_the_count() -> None:
    prior = prior_of(market(np.random.default_rng(2), spread=0.4)[0])
    exact = [estimates([known(60, 12.0, n)], prior)[0] for n in range(7)]
    one = estimates([Evidence(60, 12.0, 0, 6)], prior)[0]
    assert min(e.ratio for e in exact) < one.ratio < max(e.ratio for e in exact)
    assert one.verdict == "lower"


def test_a_provider_unlike_any_other_is_still_estimated() -> None:
    alike = [known(2000, 400.0, 400)] * 50
    one = estimates([known(100_000, 20_000.0, 90_000)], prior_of(alike))[0]
    assert one.verdict == "higher"
    assert one.low <= 4.5 <= one.high * 1.01


def test_nothing_expected_teaches_nothing() -> None:
    prior = prior_of([])
    empty, none = estimates([known(0, 0.0, 0), known(5, 0.0, 0)], prior)
    assert empty == none
    assert empty.verdict == "not_told_apart"


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0.0, 3.67), (1, 0.01, 5.57), (5, 1.61, 11.67), (60, 45.78, 77.23)],
)
def test_the_interval_of_a_count_is_byars(events: int, low: float, high: float) -> None:
    assert byar(events) == pytest.approx((low, high), abs=0.03)
