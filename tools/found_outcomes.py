"""How placements with providers turned out, as provider_outcomes gives it back."""

from __future__ import annotations

from datetime import date
from typing import Literal

from corpus.codes import OfstedRating, PlacementType, SupportedOutcome
from corpus.disclosure.outcomes import Outcome
from corpus.models import Frozen
from corpus.observed import Opinion, Span, Theme, VisitMeasure
from tools.documented import Outcome as FollowedUp
from tools.setting_record import Grade
from tools.shown import Shown

Verdict = Literal["lower", "not_told_apart", "higher", "not_known"]


class RatedOutcome(Frozen):
    """One outcome of the placements in some settings, and what was to be expected."""

    outcome: Outcome
    at_risk: Shown
    """Placements watched for long enough, whose outcome is recorded."""
    observed: Shown
    """Those of them that had it."""
    share: Shown
    """Of those at risk, 0 to 1."""
    expected_share: float | None
    """The region's for children of the same mix; None where it is withheld."""
    ratio: float | None
    """Of what happened to what was expected, drawn towards 1 where little is known;
    None, like its interval, where too little may be told."""
    low: float | None
    """Ends of its 95% interval."""
    high: float | None
    verdict: Verdict
    """Whether the interval lies on one side of 1."""
    below: float | None
    """Probability that the true ratio is below 1."""
    own_at_risk: Shown | None = None
    """Of the viewer's own children, exactly; None for a viewer without any."""
    own_observed: Shown | None = None
    own_expected: Shown | None = None


class StayLength(Frozen):
    """The median stay in some settings, in days."""

    median: Shown
    low: float | None
    """Ends of its 95% interval; None where withheld, or beyond what was watched."""
    high: float | None
    expected: float | None
    """The region's for the same mix."""
    verdict: Verdict
    """Whether the interval lies on one side of what is expected."""
    own: Shown | None = None


class SettingOutcomes(Frozen):
    """How placements in one setting turned out."""

    urn: str
    name: str
    provider: str
    local_authority: str
    placement_type: PlacementType | None
    rating: OfstedRating | None
    """None where it has not been inspected."""
    inspected_on: date | None
    outcomes: tuple[RatedOutcome, ...]
    """One of each; empty where no placements are held."""
    stay: StayLength | None

    def rated(self, outcome: Outcome) -> RatedOutcome | None:
        """One outcome; None where no placements are held."""
        return next((one for one in self.outcomes if one.outcome is outcome), None)


class OpinionCount(Frozen):
    """How often the visits of a home came to an opinion."""

    question: Literal["safeguarded", "well_being"]
    opinion: Opinion
    visits: int


class MonthCount(Frozen):
    """What one visit reported of a measure."""

    visited_on: date
    measure: VisitMeasure
    value: int | None
    """None is spoken of without a number."""
    span: Span


class VisitRate(Frozen):
    """Events that visitors counted, for each child and visit."""

    measure: VisitMeasure
    events: int
    child_visits: int
    """Children living there, added over the visits that told of both."""
    rate: float
    """Events a child between two visits, about a month."""
    low: float
    """Ends of its 95% interval, by Byar's approximation to the Poisson's."""
    high: float
    all_homes: float | None
    """The rate of every home whose reports are held; None where they count none."""


class OutstandingPoint(Frozen):
    """A recommendation that no later visit is known to have found met."""

    theme: Theme
    made_on: date
    by: date | None
    overdue: bool
    repeated: int
    """How many later visits made it again."""
    outcome: FollowedUp | None
    """What the latest follow-up said; None where no visit followed it up."""
    checked_on: date | None
    span: Span


class ThemeCount(Frozen):
    """Recommendations of one theme, made in one month."""

    month: date
    """Its first day."""
    theme: Theme
    recommendations: int
    span: Span
    """The first of them."""


class VisitedHome(Frozen):
    """What the Regulation 44 reports held on one home say, the latest visits."""

    urn: str
    name: str
    visits: int
    first_on: date
    last_on: date
    latest: tuple[Opinion, Opinion]
    """Of the last visit: are children safeguarded, is their well-being promoted."""
    latest_span: Span | None
    opinions: tuple[OpinionCount, ...]
    followed_up: dict[FollowedUp, int]
    """Recommendations of earlier visits, by what the next found of them."""
    outstanding: tuple[OutstandingPoint, ...]
    """Oldest first."""
    themes: tuple[ThemeCount, ...]
    counts: tuple[MonthCount, ...]
    rates: tuple[VisitRate, ...]


class GradeOf(Frozen):
    """The grades of one setting over time."""

    urn: str
    name: str
    grades: tuple[Grade, ...]
    """Newest first."""
    supported_outcome: SupportedOutcome | None
    supported_outcome_on: date | None


class ProviderOutcomes(Frozen):
    """How placements turned out: with one provider, or in each setting, ranked."""

    provider: str | None
    """Name of the provider, group or setting asked for; None for a ranking."""
    identifier: str | None
    placement_type: PlacementType | None
    local_authority: str | None
    """Where the settings are."""
    since: date | None
    """Placements begun then or later; None where none are held."""
    until: date | None
    """The day to which they are known."""
    own_authority: str | None
    """Whose children the figures called own are of; all others are of every
    authority's."""
    region: tuple[RatedOutcome, ...]
    """All placements of the kind in any setting; without ratios."""
    recorded: dict[Outcome, float]
    """Part of the endings that matter to an outcome of which the source says how they
    came about, to 0.05; without those of which nothing ended, or too little is told."""
    overall: tuple[RatedOutcome, ...]
    """The provider's settings together; empty for a ranking."""
    stay: StayLength | None
    settings: tuple[SettingOutcomes, ...]
    """The provider's, or the ranking's first; as sorted."""
    total_settings: int
    verdicts: dict[Verdict, int]
    """Of all ranked settings, what `sort_by` says of each; empty for one provider, and
    of grades, which are no estimates."""
    grades: tuple[GradeOf, ...] = ()
    """Of the provider's settings; empty for a ranking."""
    homes: tuple[VisitedHome, ...] = ()
    """Of the provider's homes, those with reports held; empty for a ranking."""
