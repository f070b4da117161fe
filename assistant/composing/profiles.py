"""The answer of provider_profile: who it is, and the one fact that was asked about."""

from __future__ import annotations

from assistant.composing.part import Part, in_order
from assistant.composing.wording import (
    asks,
    day,
    listed,
    marks,
    number_of,
    pounds,
    quoted,
    sentence,
    told,
)
from assistant.ledger import Entry, Ledger
from corpus import vocabulary
from tools.kinds_of_care import kind_of_care
from tools.provider_record import PlacementFigure, ProviderRecord
from tools.setting_record import SettingRecord

_NAMED = 4
"""Settings named of many; the table holds the rest."""


def compose_provider_profile(question: str, entry: Entry, ledger: Ledger) -> Part:
    """Who it is; or its grade, vacancies, prices, children or visits, where asked."""
    found: ProviderRecord = entry.result.data
    statements = {
        "who": _who(found, entry),
        "grade": _grade(found, entry),
        "vacancies": _vacancies(found, entry),
        "prices": _prices(found, entry),
        "children": _children(found, entry),
        "criteria": _criteria(found, entry),
        "visits": _visits(found, entry),
        "disagreements": _disagreements(found, entry),
    }
    first = _asked_first(question)
    said = in_order(first, statements)
    return Part(
        status="answered",
        lead=said[0] if statements[first] else _lacks(found, first, entry),
        rests_on=said[1:] if statements[first] else _plainly(said),
        not_known=_not_known(found, entry),
        suggestions=_suggestions(found),
    )


def _asked_first(question: str) -> str:
    patterns = {
        "grade": ("grade", "rat(?:ed|ing)", "ofsted", "inspect"),
        "vacancies": ("vacanc", "spaces?\\b", "empty beds?", "full\\b"),
        "prices": ("price", "cost", "charge", "how much", "fee"),
        "visits": ("reg(?:ulation)? ?44", "visit", "safeguarded", "recommend"),
        "children": ("how many children", "children (?:are )?placed", "unplanned"),
        "criteria": ("accept", "admit", "take\\b", "ages?\\b", "criteria"),
    }
    return next(
        (name for name, words in patterns.items() if asks(question, *words)), "who"
    )


def _only(found: ProviderRecord) -> SettingRecord | None:
    """The one setting asked about; None for a provider of several."""
    return found.settings[0] if len(found.settings) == 1 else None


def _who(found: ProviderRecord, entry: Entry) -> str:
    mark, one = marks(entry, "settings"), _only(found)
    if one is None:
        number = number_of(len(found.settings), "setting", "settings")
        of = f", of the group {found.group}" if found.group != found.name else ""
        return f"**{found.name} runs {number}**{of} ({_sector(found)}) {mark}."
    kind = kind_of_care(one.placement_type) if one.placement_type else "setting"
    of = f" of the group {found.group}" if found.group != one.provider else ""
    where = ", ".join(dict.fromkeys(p for p in (one.town, one.local_authority) if p))
    places = (
        f", registered for {number_of(one.places, 'place', 'places')}"
        if one.places is not None
        else ""
    )
    return (
        f"**{one.name} is a {kind} in {where}**, run by {one.provider}{of}"
        f" ({_sector(found)}){places} {mark}."
    )


def _sector(found: ProviderRecord) -> str:
    return f"{str(found.sector).replace('_', ' ')} sector"


def _grade(found: ProviderRecord, entry: Entry) -> str:
    mark, one, label = (
        marks(entry, "inspections"),
        _only(found),
        vocabulary.ratings().label,
    )
    graded = [setting for setting in found.settings if setting.grades]
    if not graded:
        return ""
    if one is not None:
        newest, *older = one.grades
        before = (
            f"; before that {label(older[0].rating)} ({day(older[0].inspected_on)})"
            if older
            else ""
        )
        return (
            f"**{one.name} was graded {label(newest.rating)} on"
            f" {day(newest.inspected_on)}**{before} {mark}."
        )
    said = [
        f"{s.name} {label(s.grades[0].rating)} ({day(s.grades[0].inspected_on)})"
        for s in graded[:_NAMED]
    ]
    more = "; the table holds the others" if len(graded) > _NAMED else ""
    return f"**The latest grades of its settings: {listed(said)}**{more} {mark}."


def _vacancies(found: ProviderRecord, entry: Entry) -> str:
    mark, one = marks(entry, "vacancies"), _only(found)
    reported = [s for s in found.settings if s.vacancies is not None]
    if not reported:
        return ""
    if one is not None and one.vacancies is not None and one.vacancies_as_at:
        number = (
            number_of(one.vacancies, "vacancy", "vacancies")
            if one.vacancies
            else "no vacancy"
        )
        return f"**{one.name} reported {number}** on {day(one.vacancies_as_at)} {mark}."
    free = [s for s in reported if s.vacancies]
    if not free:
        return f"**None of its settings that report has a vacancy** {mark}."
    said = [f"{s.name} ({s.vacancies})" for s in free[:_NAMED]]
    return f"**Vacancies are reported by {listed(said)}** {mark}."


def _prices(found: ProviderRecord, entry: Entry) -> str:
    mark, one = marks(entry, "prices"), _only(found)
    offers = [(s, price) for s in found.settings for price in s.prices]
    if not offers:
        return ""
    if one is not None:
        said = [
            f"{pounds(price.weekly_price)} a week ({price.route.replace('_', ' ')})"
            for price in one.prices
        ]
        return f"**{one.name} quotes {listed(said)}** {mark}."
    low = min(offers, key=lambda item: item[1].weekly_price)
    high = max(offers, key=lambda item: item[1].weekly_price)
    return (
        f"**It quotes from {pounds(low[1].weekly_price)} a week ({low[0].name}) to"
        f" {pounds(high[1].weekly_price)} ({high[0].name})** {mark}."
    )


def _children(found: ProviderRecord, entry: Entry) -> str:
    mark = marks(entry, "placements")
    known = [row for row in found.placements if row.figure.value is not None]
    if not known:
        return ""
    said = [f"{_spoken(row)}: {_figure(row)}" for row in known[:4]]
    return f"{sentence('; '.join(said))} {mark}."


def _spoken(row: PlacementFigure) -> str:
    return row.measure.replace(", £,", "")


def _figure(row: PlacementFigure) -> str:
    if "£" in row.measure:
        return told(row.figure, lambda value: f"{pounds(value)} a week")
    return told(row.figure)


def _criteria(found: ProviderRecord, entry: Entry) -> str:
    one, short = _only(found), vocabulary.needs().short
    if one is None or (one.age_from is None and not one.accepts):
        return ""
    said = []
    if one.age_from is not None and one.age_to is not None:
        said.append(f"ages {one.age_from} to {one.age_to}")
    if one.accepts:
        said.append(f"to meet {listed([short(need) for need in one.accepts])}")
    if one.excludes:
        said.append(f"not to admit {listed([short(need) for need in one.excludes])}")
    mark = marks(entry, "claimed_needs", "settings")
    return f"It claims {'; '.join(said)}: a claim, not a finding {mark}."


def _visits(found: ProviderRecord, entry: Entry) -> str:
    """The newest Regulation 44 visit, in the visitor's own words."""
    for visit in found.documented.visits:
        if visit.span is None or visit.visited_on is None:
            continue
        words = quoted(entry, visit.span.document_id, visit.span.quote)
        if words:
            return (
                f"**Regulation 44 visit to {visit.setting} of"
                f" {day(visit.visited_on)}**: {words}"
            )
    return ""


def _disagreements(found: ProviderRecord, entry: Entry) -> str:
    """Where a document and the table state a criterion differently: both."""
    for row in found.documented.disagreements:
        words = quoted(entry, row.span.document_id, row.span.quote)
        if words:
            return (
                f"Of {row.setting}, table and document disagree on {row.criterion}: the"
                f" table says {row.table} {marks(entry, 'settings')}, the document"
                f" {row.document}: {words}"
            )
    return ""


def _plainly(said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.replace("**", "") for text in said)


def _lacks(found: ProviderRecord, asked: str, entry: Entry) -> str:
    """That nothing is held of what was asked about."""
    what = {
        "grade": "inspected grade",
        "vacancies": "vacancies",
        "prices": "prices",
        "visits": "Regulation 44 visits",
        "children": "children placed there that may be told",
        "criteria": "admission criteria as one setting",
    }[asked]
    return f"**Nothing is held of {found.name}'s {what}** {marks(entry)}."


def _not_known(found: ProviderRecord, entry: Entry) -> tuple[str, ...]:
    mark = marks(entry)
    lines = []
    if any(row.figure.withheld for row in found.placements):
        lines.append(
            f"some figures of children placed there are withheld, for few children or"
            f" none {mark}."
        )
    if any(setting.vacancies is None for setting in found.settings):
        which = "it has" if _only(found) else "some settings have"
        lines.append(f"{which} reported no vacancies, which is not none {mark}.")
    doubts = [s for s in found.settings if s.doubts]
    lines += [f"in doubt: {s.name}, {', '.join(s.doubts)} {mark}." for s in doubts[:3]]
    return tuple(lines)


def _suggestions(found: ProviderRecord) -> tuple[str, ...]:
    one = _only(found)
    where = found.settings[0].local_authority if found.settings else "Kent"
    name = found.group if one is not None else found.name
    offers = [
        f"Which children's homes near {where} have a vacancy?",
        "Which providers got the most money last year?",
    ]
    if one is not None and name != one.name:
        offers.insert(0, f"Tell me about {name}.")
    else:
        offers.insert(0, f"What do the Regulation 44 reports say about {found.name}?")
    return tuple(offers)
