"""The answer to a search for homes: how many, the best, and what is not known."""

from __future__ import annotations

from typing import Any

from assistant.composing.asked import kind_asked
from assistant.composing.part import Part
from assistant.composing.wording import number_of
from assistant.ledger import Entry, Ledger
from corpus import vocabulary
from tools.found_providers import FoundProviders, SettingMatch, stands_in

SHOWN_IN_TEXT = 3
"""Settings named in the text; the table holds the rest."""

FEW_MATCHES = 10
"""Matches below which it is told what the nearest others lack."""


def compose_find_providers(question: str, entry: Entry, ledger: Ledger) -> Part:
    """Count first, then the leading settings, then why others were passed over."""
    found: FoundProviders = entry.result.data
    asked, mark = entry.call.arguments, entry.markers[0]
    shown = found.matches or found.set_apart
    leaders = [
        _leader(match, marker)
        for match, marker in zip(
            shown[:SHOWN_IN_TEXT], entry.markers[1 : SHOWN_IN_TEXT + 1], strict=False
        )
    ]
    return Part(
        status="answered",
        lead=_superlative(found, asked, entry) + _headline(found, asked, mark),
        rests_on=(*leaders, *_passed_over(found, mark)),
        not_known=_not_known(found, mark),
        suggestions=_suggestions(found, asked),
    )


def _superlative(found: FoundProviders, asked: dict[str, Any], entry: Entry) -> str:
    """The nearest, cheapest or best graded by name, where that was asked for."""
    word = {"distance": "nearest", "price": "cheapest", "rating": "best graded"}.get(
        str(asked.get("sort_by"))
    )
    if word is None or not found.matches:
        return ""
    first = found.matches[0]
    told = {"nearest": _miles, "cheapest": _prices, "best graded": _grade}[word](first)
    return (
        f"**The {word} is {first.setting}** ({first.provider}), {told}"
        f" [{entry.markers[1]}]. "
    )


def _miles(match: SettingMatch) -> str:
    if match.miles is None:
        return "distance not known"
    return f"{match.miles:g} miles" if match.miles else "inside the area asked for"


def _headline(found: FoundProviders, asked: dict[str, Any], marker: int) -> str:
    place = _where(found, asked)
    child = _child(asked)
    if not found.total_matches:
        also = _in_doubt(found.total_set_apart)
        return (
            f"**None of the {found.compared:,} settings compared fits {child}{place}"
            f"{' without a doubt' if also else ''}** [{marker}].{also}"
            f"{_ruled_out(found, marker)}"
        )
    verb = "setting fits" if found.total_matches == 1 else "settings fit"
    return (
        f"**{found.total_matches:,} {verb} {child}{place}**, of {found.compared:,}"
        f" compared [{marker}].{_claiming(found, asked, marker)} {_first(found)}"
    )


def _in_doubt(number: int) -> str:
    """How many fit with a doubt, where none does without; empty for none."""
    if not number:
        return ""
    if number == 1:
        return " 1 fits but is in doubt, and is set apart."
    return f" {number:,} fit but are in doubt, and are set apart."


def _ruled_out(found: FoundProviders, marker: int) -> str:
    """What ruled out the most settings, where nothing fits."""
    if not found.excluded:
        return ""
    reason = max(found.excluded, key=lambda told: found.excluded[told])
    return f" The commonest reason: {found.excluded[reason]:,} {reason} [{marker}]."


def _claiming(found: FoundProviders, asked: dict[str, Any], marker: int) -> str:
    """How many of the matches claim what is needed; empty where no need is asked."""
    if not asked.get("needs"):
        return ""
    short = vocabulary.needs().short
    needs = ", ".join(short(need) for need in asked["needs"])
    if found.claiming == found.total_matches:
        return f" All of them claim {needs} [{marker}]."
    if not found.claiming:
        each = "all of " if len(asked["needs"]) > 1 else ""
        return f" None of them claims {each}{needs} [{marker}]."
    verb = "claims" if found.claiming == 1 else "claim"
    return f" {found.claiming:,} of them {verb} {needs} [{marker}]."


def _first(found: FoundProviders) -> str:
    shown = len(found.matches)
    if shown == found.total_matches:
        return f"Ranked by {found.ranked_by}:"
    return f"The first {shown}, ranked by {found.ranked_by}:"


def _where(found: FoundProviders, asked: dict[str, Any]) -> str:
    parts = []
    if found.places and found.radius_miles is not None:
        places = " and ".join(found.places)
        parts.append(f" within {found.radius_miles:g} miles of {places}")
    if asked.get("local_authority"):
        parts.append(f" in {asked['local_authority']}")
    if asked.get("within"):
        parts.append(f" in {', '.join(asked['within'])}")
    return "".join(parts)


def _child(asked: dict[str, Any]) -> str:
    """The child as asked about, in words: "a boy of 14"."""
    noun = {"male": "boy", "female": "girl"}.get(asked.get("gender", ""), "child")
    words = f"a {noun}"
    if "age" in asked:
        words += f" of {asked['age']}"
    if asked.get("ages"):
        words = f"children of {', '.join(map(str, asked['ages']))}"
    return words


def _leader(match: SettingMatch, marker: int) -> str:
    return f"**{match.setting}** ({match.provider}): {_facts(match)} [{marker}]."


def _facts(match: SettingMatch) -> str:
    facts = [stands_in(match)]
    if match.miles is not None:
        facts.append(f"{match.miles:g} miles")
    facts.append(_grade(match))
    facts += _claims(match)
    facts.append(_vacancies(match))
    facts.append(_prices(match))
    facts += _similar_children(match)
    if match.doubts:
        facts.append(f"in doubt: {', '.join(match.doubts)}")
    return "; ".join(facts)


def _grade(match: SettingMatch) -> str:
    if match.rating is None:
        return "not yet inspected"
    label = vocabulary.ratings().label(match.rating)
    return f"graded {label} ({match.inspected_on:%b %Y})"


def _claims(match: SettingMatch) -> list[str]:
    short = vocabulary.needs().short
    claims = []
    if match.needs_claimed:
        met = ", ".join(short(need) for need in match.needs_claimed)
        claims.append(f"claims {met}")
    if match.needs_not_stated:
        unmet = ", ".join(short(need) for need in match.needs_not_stated)
        claims.append(f"says nothing of {unmet}")
    return claims


def _vacancies(match: SettingMatch) -> str:
    if match.vacancies is None:
        return "vacancies not reported"
    noun = "vacancy" if match.vacancies == 1 else "vacancies"
    return f"{match.vacancies} {noun} at {match.vacancies_as_at:%-d %b %Y}"


def _prices(match: SettingMatch) -> str:
    """On framework and off: "£5,080 (framework) or £5,375 (spot) a week"."""
    if not match.prices:
        return "price not known"
    cheapest_first = sorted(match.prices.items(), key=lambda item: item[1])
    each = (
        f"£{price:,} ({route.replace('_', ' ')})" for route, price in cheapest_first
    )
    return f"{' or '.join(each)} a week"


def _similar_children(match: SettingMatch) -> list[str]:
    """How many were placed there before, where that may be told and there were any."""
    past = match.similar_children
    if past is None or not past.children.value:
        return []
    number = past.children.value
    about = "about " if past.children.within else ""
    noun = "child" if number == 1 else "children"
    return [f"{about}{number:,.0f} similar {noun} placed there before"]


def _passed_over(found: FoundProviders, marker: int) -> tuple[str, ...]:
    lines = []
    if found.matches and found.total_set_apart:
        noun = "setting is" if found.total_set_apart == 1 else "settings are"
        lines.append(
            f"{found.total_set_apart} more {noun} set apart as full, suspended or"
            f" graded inadequate [{marker}]."
        )
    if found.excluded:
        counts = [f"{count:,} {told}" for told, count in found.excluded.items()]
        lines.append(
            f"Passed over, some for several reasons: {', '.join(counts)} [{marker}]."
        )
    if found.but_for and found.total_matches < FEW_MATCHES:
        counts = [f"{count:,} {told}" for told, count in found.but_for.items()]
        lines.append(f"Fit but for one thing asked: {', '.join(counts)} [{marker}].")
    return tuple(lines)


def _not_known(found: FoundProviders, marker: int) -> tuple[str, ...]:
    """Of the settings shown, what has not been reported or stated."""
    shown = (*found.matches, *found.set_apart)
    lines = []
    if any(match.vacancies is None for match in shown):
        lines.append(
            f"vacancies where none are reported, which is not none [{marker}]."
        )
    if any(not match.prices for match in shown):
        lines.append(f"prices where none is quoted [{marker}].")
    if found.unconfirmed:
        states = "does" if found.unconfirmed == 1 else "do"
        number = number_of(found.unconfirmed, "match", "matches")
        lines.append(
            f"{number} {states} not state the ages or genders admitted [{marker}]."
        )
    return tuple(lines)


def _suggestions(found: FoundProviders, asked: dict[str, Any]) -> tuple[str, ...]:
    """The same search made wider or narrower, as whole questions."""
    search = _search(asked)
    where = _place_words(asked)
    offers = []
    if found.radius_miles is not None:
        wider = f" within {found.radius_miles * 2:g} miles of"
        offers.append(f"{search}{where.replace(' near', wider, 1)}?")
    if not found.total_matches:
        return tuple(offers)  # nothing to narrow
    if not asked.get("with_vacancy"):
        offers.append(f"{search}{where} with a vacancy?")
    if not asked.get("min_rating"):
        offers.append(f"{search}{where}, good or better?")
    if asked.get("sort_by") != "price":
        offers.append(f"{search}{where}, cheapest first?")
    return tuple(offers[:3])


def _search(asked: dict[str, Any]) -> str:
    """How the question starts: "Which children's homes take a girl of 14 with CSE"."""
    short = vocabulary.needs().short
    needs = [short(str(need)) for need in asked.get("needs") or ()]
    risk = f" with {' and '.join(needs)}" if needs else ""
    return f"Which {kind_asked(asked) or 'providers'} take {_child(asked)}{risk}"


def _place_words(asked: dict[str, Any]) -> str:
    if asked.get("near"):
        near = asked["near"]
        return f" near {near if isinstance(near, str) else ' and '.join(near)}"
    if asked.get("local_authority"):
        return f" in {asked['local_authority']}"
    return ""
