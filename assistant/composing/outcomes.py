"""The answer of provider_outcomes: what happened beside what was to be expected."""

from __future__ import annotations

from typing import Final

from assistant.composing.part import Part, in_order
from assistant.composing.wording import (
    NOT_TOLD,
    asks,
    day,
    listed,
    marks,
    number_of,
    percent,
    plain,
    quoted,
    sentence,
    told,
)
from assistant.ledger import Entry, Ledger
from corpus import vocabulary
from corpus.disclosure.outcomes import Outcome
from tools.found_outcomes import (
    ProviderOutcomes,
    RatedOutcome,
    SettingOutcomes,
    StayLength,
    Verdict,
    VisitedHome,
)
from tools.provider_outcomes import PROVIDER_OUTCOMES

_TITLES: Final = {
    Outcome.FIRST_MONTH: "unplanned endings in the first month",
    Outcome.FIRST_YEAR: "unplanned endings in the first year",
    Outcome.ENDINGS: "stays that ended unplanned",
    Outcome.MOVED: "moves in the first year",
}
_VERDICTS: Final[dict[Verdict, str]] = {
    "lower": "fewer than was to be expected",
    "not_told_apart": "cannot be told apart from what was to be expected",
    "higher": "more than was to be expected",
    "not_known": "too little is known to tell",
}
_SORTED: Final = {
    "disruption": Outcome.FIRST_YEAR,
    "planned_endings": Outcome.ENDINGS,
    "moves": Outcome.MOVED,
}
_NAMED = 4
"""Settings named after the first; the table holds the rest."""


def compose_provider_outcomes(question: str, entry: Entry, ledger: Ledger) -> Part:
    """One provider's outcomes; or the setting that comes first, if any stands out."""
    found: ProviderOutcomes = entry.result.data
    if found.provider is None:
        return _ranking(found, entry)
    statements = {
        outcome.value: _rated(found, outcome, entry) for outcome in _TITLES
    } | {
        "stay": _stay(found.stay, entry),
        "grades": _grades(found, entry),
        "visits": _visits(found, entry),
    }
    first = _asked_first(question)
    said = in_order(first, statements)
    if not said:
        return _nothing(found, entry)
    lead, rest = said[0], said[1:]
    return Part(
        status="answered",
        lead=lead,
        rests_on=(*rest, *_outstanding(found, entry)),
        not_known=_not_known(found, entry),
        suggestions=_suggestions(found),
    )


def _asked_first(question: str) -> str:
    patterns = {
        "visits": ("reg(?:ulation)? ?44", "visitor", "recommendation", "safeguarded"),
        "grades": ("grade", "rating", "ofsted"),
        "stay": ("how long", r"(?:length of )?stays?\b", "last\\b"),
        Outcome.FIRST_MONTH.value: ("first month", "28 days", "four weeks"),
        Outcome.MOVED.value: ("mov(?:e|es|ed)\\b", "stability"),
        Outcome.ENDINGS.value: ("planned ending", "end(?:ed)? (?:as )?planned"),
    }
    return next(
        (name for name, words in patterns.items() if asks(question, *words)),
        Outcome.FIRST_YEAR.value,
    )


def _nothing(found: ProviderOutcomes, entry: Entry) -> Part:
    return Part(
        status="not_in_evidence",
        lead=f"**Nothing is held of how placements with {found.provider} turned out**"
        f" {marks(entry)}.",
        suggestions=(f"Tell me about {found.provider}.",),
    )


def _rated(found: ProviderOutcomes, outcome: Outcome, entry: Entry) -> str:
    rated = next((one for one in found.overall if one.outcome is outcome), None)
    if rated is None:
        return ""
    mark = marks(entry, "placements", PROVIDER_OUTCOMES.name)
    title = sentence(_TITLES[outcome])
    if rated.ratio is None:
        return f"**{title} with {found.provider}: too little may be told** {mark}."
    happened = (
        f"; {told(rated.observed)} of {told(rated.at_risk)} placements"
        if rated.observed.value is not None
        else ""
    )
    return (
        f"**{title} with {found.provider}: {plain(rated.ratio)} times what was to be"
        f" expected**{_interval(rated)}{happened}; {_verdict(rated)} {mark}."
    )


def _interval(rated: RatedOutcome) -> str:
    """The interval of the ratio, and what is expected of the mix."""
    parts = []
    if rated.low is not None and rated.high is not None:
        parts.append(f"95% interval {plain(rated.low)} to {plain(rated.high)}")
    if rated.expected_share is not None:
        parts.append(f"{percent(rated.expected_share)} expected of its children's mix")
    return f" ({', '.join(parts)})" if parts else ""


def _verdict(rated: RatedOutcome) -> str:
    return _VERDICTS[rated.verdict]


def _stay(stay: StayLength | None, entry: Entry) -> str:
    if stay is None or stay.median.value is None:
        return ""
    beside = (
        f", against {plain(stay.expected)} expected of its mix"
        if stay.expected is not None
        else ""
    )
    return f"**The median stay is {told(stay.median)} days**{beside} {marks(entry)}."


def _grades(found: ProviderOutcomes, entry: Entry) -> str:
    label = vocabulary.ratings().label
    graded = [row for row in found.grades if row.grades]
    if not graded:
        return ""
    said = [
        f"{row.name} {label(row.grades[0].rating)} ({day(row.grades[0].inspected_on)})"
        for row in graded[:_NAMED]
    ]
    return f"**Latest grades: {listed(said)}** {marks(entry, 'inspections')}."


def _visits(found: ProviderOutcomes, entry: Entry) -> str:
    """The last visit of the home visited last, in the visitor's own words."""
    for home in sorted(found.homes, key=lambda home: home.last_on, reverse=True):
        span = home.latest_span
        words = span and quoted(entry, span.document_id, span.quote)
        if words:
            visit = f"Last Regulation 44 visit to {home.name}, {day(home.last_on)}"
            return f"**{visit}**: {words}"
    return ""


def _outstanding(found: ProviderOutcomes, entry: Entry) -> tuple[str, ...]:
    """The oldest recommendation of each home that no later visit found met."""
    said = [_oldest(home, entry) for home in found.homes if home.outstanding]
    return tuple(text for text in said if text)[:_NAMED]


def _oldest(home: VisitedHome, entry: Entry) -> str:
    point = home.outstanding[0]
    words = quoted(entry, point.span.document_id, point.span.quote)
    if not words:
        return ""
    return (
        f"The oldest recommendation to {home.name} that no later visit is known to have"
        f" found met, made on {day(point.made_on)}: {words}"
    )


def _not_known(found: ProviderOutcomes, entry: Entry) -> tuple[str, ...]:
    mark = marks(entry)
    lines = []
    if any(one.observed.withheld for one in found.overall):
        lines.append(f"numbers marked c are {NOT_TOLD} {mark}.")
    if not found.homes:
        lines.append(f"no Regulation 44 reports on it are held {mark}.")
    lines.append(
        f"what is not recorded, such as how hard a child was to place, is not adjusted"
        f" for {mark}."
    )
    return tuple(lines)


def _ranking(found: ProviderOutcomes, entry: Entry) -> Part:
    sort_by = str(entry.call.arguments.get("sort_by") or "disruption")
    known = [one for one in found.settings if _told_of(one, sort_by) is not None]
    where = f" in {found.local_authority}" if found.local_authority else ""
    if not known:
        return Part(
            status="answered" if found.total_settings else "not_in_evidence",
            lead=f"**No setting{where} can be ranked**: too little is known of each, or"
            f" may be told {marks(entry)}.",
        )
    mark = marks(entry, "inspections" if sort_by == "rating" else "placements")
    others = [f"{one.name} ({_told_of(one, sort_by)})" for one in known[1 : _NAMED + 1]]
    return Part(
        status="answered",
        lead=_first(found, known[0], sort_by, mark),
        rests_on=(f"Next come {listed(others)} {mark}.",) if others else (),
        not_known=_unranked(found, mark),
        suggestions=(
            f"How have placements with {known[0].name} turned out?",
            f"Tell me about {known[0].name}.",
        ),
    )


def _first(
    found: ProviderOutcomes, first: SettingOutcomes, sort_by: str, mark: str
) -> str:
    """The setting that comes first; or that none is told apart from the average."""
    about = f"{first.name} ({first.provider}): {_told_of(first, sort_by)}"
    if sort_by == "rating":
        return f"**First by grade is {about}** {mark}."
    better: Verdict = "higher" if sort_by == "stay" else "lower"
    what = {"stay": "median stay"}.get(sort_by) or _TITLES[_SORTED[sort_by]]
    if found.verdicts.get(better):
        return (
            f"**Best by {what} is {about}**, better than was to be expected of its"
            f" children's mix {mark}."
        )
    return (
        f"**By {what} no setting is better than can be put down to chance**; first, as"
        f" the likeliest to be, comes {about} {mark}."
    )


def _told_of(setting: SettingOutcomes, sort_by: str) -> str | None:
    """What a ranking says of a setting; None where too little is known."""
    if sort_by == "rating":
        if setting.rating is None or setting.inspected_on is None:
            return None
        label = vocabulary.ratings().label(setting.rating)
        return f"{label} on {day(setting.inspected_on)}"
    if sort_by == "stay":
        stay = setting.stay
        known = stay is not None and stay.median.value is not None
        return f"{told(stay.median)} days" if stay and known else None
    rated = setting.rated(_SORTED[sort_by])
    if rated is None or rated.ratio is None:
        return None
    return f"{plain(rated.ratio)} times what was expected"


def _unranked(found: ProviderOutcomes, mark: str) -> tuple[str, ...]:
    lines = []
    if found.verdicts.get("not_told_apart"):
        number = number_of(found.verdicts["not_told_apart"], "setting", "settings")
        lines.append(
            f"{number} of {plain(found.total_settings)} cannot be told apart from the"
            f" average, so their order says little {mark}."
        )
    if found.verdicts.get("not_known"):
        number = number_of(found.verdicts["not_known"], "setting", "settings")
        lines.append(f"of {number} too little is known to rank them {mark}.")
    return tuple(lines)


def _suggestions(found: ProviderOutcomes) -> tuple[str, ...]:
    return (
        f"Tell me about {found.provider}.",
        f"What do the Regulation 44 reports say about {found.provider}?",
        "Which children's homes have the least disruption?",
    )
