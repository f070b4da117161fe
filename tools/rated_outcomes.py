"""Outcomes of groups of settings as ratios to what was expected, drawn to 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from corpus.codes import PlacementType
from corpus.dataset import Dataset
from corpus.disclosure.outcomes import (
    Counted,
    Outcome,
    OutcomeCounts,
    OutcomeQuestion,
    outcome_counts,
)
from corpus.disclosure.setting_stays import SettingStay, setting_stays
from corpus.viewer import Viewer
from tools.found_outcomes import RatedOutcome, StayLength, Verdict
from tools.relative_risk import Estimate, Evidence, Prior, estimates, prior_of
from tools.shown import share_of, shown

LEAST_RECORDED: Final = 0.5
"""No outcome is told where the source says of fewer endings how they came about: those
of which it does are then hardly like the others. Ours."""

Groups = Mapping[str, str]
"""The label of each setting, by URN."""


@dataclass(frozen=True)
class Rated:
    """Outcomes of groups of settings, by label; empty without placements."""

    outcomes: Mapping[str, tuple[RatedOutcome, ...]]
    stays: Mapping[str, StayLength]


@dataclass(frozen=True)
class Comparison:
    """Every setting of the region, and how much their true ratios vary."""

    question: OutcomeQuestion
    counts: Mapping[Outcome, OutcomeCounts]
    """Empty where no tables are held."""
    priors: Mapping[Outcome, Prior]
    """Without outcomes that are recorded of too few placements."""
    settings: Rated
    """By URN."""

    def of(self, groups: Groups) -> Rated:
        """The outcomes of groups of settings, set beside the same region."""
        own = replace(self.question, own=True)
        with_own = self.question.viewer.role == "council"
        rated: dict[str, tuple[RatedOutcome, ...]] = {}
        for outcome, prior in self.priors.items():
            found = outcome_counts(self.question, outcome, groups)
            mine = outcome_counts(own, outcome, groups) if with_own else None
            if found is None:
                continue
            held = mine.groups if mine else {}
            for label, one in _rated(outcome, found.groups, prior).items():
                whole = _with_own(one, held.get(label))
                rated[label] = (*rated.get(label, ()), whole)
        stays = setting_stays(self.question, groups)
        mine_stays = setting_stays(own, groups) if with_own else {}
        return Rated(
            rated, {key: _stay(stays[key], mine_stays.get(key)) for key in stays}
        )


@lru_cache(maxsize=24)
def comparison(
    dataset: Dataset, viewer: Viewer, kinds: tuple[PlacementType, ...]
) -> Comparison:
    """Set every setting of the region beside all others, for some placement types.

    Raises:
        UsageError: for an evaluator on real tables.
        TableError: where a table is missing or damaged.
    """
    question = OutcomeQuestion(dataset, viewer, kinds)
    settings = dataset.frame("settings")
    of_kind = settings["placement_type"].isin(kinds) if kinds else settings["urn"] != ""
    each = {str(urn): str(urn) for urn in settings["urn"][of_kind]}
    told = {outcome: outcome_counts(question, outcome, each) for outcome in Outcome}
    counts = {outcome: found for outcome, found in told.items() if found}
    priors = {
        outcome: prior_of([e for e in map(_evidence, found.groups.values()) if e])
        for outcome, found in counts.items()
        if found.recorded is None or found.recorded >= LEAST_RECORDED
    }
    rated: dict[str, tuple[RatedOutcome, ...]] = {}
    for outcome, prior in priors.items():
        for urn, one in _rated(outcome, counts[outcome].groups, prior).items():
            rated[urn] = (*rated.get(urn, ()), one)
    stays = {key: _stay(stay) for key, stay in setting_stays(question, each).items()}
    return Comparison(question, counts, priors, Rated(rated, stays))


def region_of(found: Comparison) -> tuple[RatedOutcome, ...]:
    """The outcomes of all placements of the kind together, without ratios."""
    return tuple(
        _one(outcome, found.counts[outcome].everyone, None) for outcome in found.priors
    )


def _rated(
    outcome: Outcome, groups: Mapping[str, Counted], prior: Prior
) -> dict[str, RatedOutcome]:
    evidence = {key: _evidence(counted) for key, counted in groups.items()}
    known = {key: found for key, found in evidence.items() if found is not None}
    ratios = dict(zip(known, estimates(list(known.values()), prior), strict=True))
    return {key: _one(outcome, groups[key], ratios.get(key)) for key in groups}


def _evidence(counted: Counted) -> Evidence | None:
    """What the figures say; None where too little may be told, or nothing is known.

    Figures of the children kept are estimates of the whole, so brought back to size.
    """
    at_risk, expected = counted.at_risk.value, counted.expected.value
    if not at_risk or expected is None:
        return None
    part = counted.share_counted
    return Evidence(at_risk * part, expected * part, *counted.possible)


def _one(outcome: Outcome, counted: Counted, estimate: Estimate | None) -> RatedOutcome:
    at_risk, observed = shown(counted.at_risk), shown(counted.observed)
    return RatedOutcome(
        outcome=outcome,
        at_risk=at_risk,
        observed=observed,
        share=share_of(observed, at_risk),
        expected_share=_expected_share(counted),
        ratio=estimate and round(estimate.ratio, 2),
        low=estimate and round(estimate.low, 2),
        high=estimate and round(estimate.high, 2),
        verdict=estimate.verdict if estimate else "not_known",
        below=estimate and round(estimate.below, 3),
    )


def _expected_share(counted: Counted) -> float | None:
    at_risk, expected = counted.at_risk.value, counted.expected.value
    return round(expected / at_risk, 3) if at_risk and expected is not None else None


def _with_own(one: RatedOutcome, own: Counted | None) -> RatedOutcome:
    if own is None:
        return one
    figures = {
        "own_at_risk": shown(own.at_risk),
        "own_observed": shown(own.observed),
        "own_expected": shown(own.expected, 1),
    }
    return one.model_copy(update=figures)


def _stay(stay: SettingStay, own: SettingStay | None = None) -> StayLength:
    return StayLength(
        median=shown(stay.median, 0),
        low=stay.low,
        high=stay.high,
        expected=stay.expected,
        verdict=_stay_verdict(stay),
        own=None if own is None else shown(own.median, 0),
    )


def _stay_verdict(stay: SettingStay) -> Verdict:
    if stay.median.value is None or stay.expected is None:
        return "not_known"
    if stay.low is not None and stay.low > stay.expected:
        return "higher"
    if stay.high is not None and stay.high < stay.expected:
        return "lower"
    return "not_told_apart"
