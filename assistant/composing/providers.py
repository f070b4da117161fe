"""The answer to a search for homes: how many, the best, and what is not known."""

from __future__ import annotations

from typing import Any

from assistant.draft import Draft
from assistant.ledger import Entry
from corpus import vocabulary
from tools.found_providers import FoundProviders, SettingMatch, stands_in

SHOWN_IN_TEXT = 3
"""Settings named in the text; the table holds the rest."""


def compose_providers(entry: Entry) -> Draft:
    """Count first, then the leading settings, then why others were passed over."""
    found: FoundProviders = entry.result.data
    asked = entry.call.arguments
    lines = [_headline(found, asked, entry.markers[0])]
    shown = found.matches or found.set_apart
    lines += [
        _leader(match, marker)
        for match, marker in zip(
            shown[:SHOWN_IN_TEXT], entry.markers[1 : SHOWN_IN_TEXT + 1], strict=False
        )
    ]
    lines += _what_else(found, entry.markers[0])
    return Draft(
        status="answered", text="\n".join(lines), suggestions=_suggestions(found, asked)
    )


def _headline(found: FoundProviders, asked: dict[str, Any], marker: int) -> str:
    place = _where(found, asked)
    child = _child(asked)
    if not found.total_matches:
        also = (
            f" {found.total_set_apart} fit but are in doubt, and are set apart."
            if found.total_set_apart
            else ""
        )
        return (
            f"**None of the {found.compared:,} settings compared fits {child}{place}"
            f"{' without a doubt' if also else ''}** [{marker}].{also}\n"
        )
    verb = "setting fits" if found.total_matches == 1 else "settings fit"
    return (
        f"**{found.total_matches:,} {verb} {child}{place}**, of {found.compared:,}"
        f" compared [{marker}].{_claiming(found, asked, marker)} {_first(found)}\n"
    )


def _claiming(found: FoundProviders, asked: dict[str, Any], marker: int) -> str:
    """How many of the matches claim what is needed; empty where no need is asked."""
    if not asked.get("needs"):
        return ""
    short = vocabulary.needs().short
    needs = ", ".join(short(need) for need in asked["needs"])
    if found.claiming == found.total_matches:
        return f" All of them claim {needs} [{marker}]."
    if not found.claiming:
        return f" None of them claims {needs} [{marker}]."
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
    return f"- **{match.setting}** ({match.provider}): {_facts(match)} [{marker}]."


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


def _what_else(found: FoundProviders, marker: int) -> list[str]:
    lines = []
    if found.matches and found.total_set_apart:
        noun = "setting is" if found.total_set_apart == 1 else "settings are"
        lines.append(
            f"\n{found.total_set_apart} more {noun} set apart as full, suspended or"
            f" graded inadequate [{marker}]."
        )
    if found.excluded:
        counts = [f"{count:,} {told}" for told, count in found.excluded.items()]
        lines.append(
            f"\nPassed over, some for several reasons: {', '.join(counts)} [{marker}]."
        )
    return lines


def _suggestions(found: FoundProviders, asked: dict[str, Any]) -> tuple[str, ...]:
    """Next questions that the assistant can really answer."""
    offers = []
    if found.radius_miles is not None:
        offers.append(f"Within {found.radius_miles * 2:g} miles")
    if not found.total_matches:
        return tuple(offers)  # nothing to narrow
    if not asked.get("with_vacancy"):
        offers.append("Only those with a vacancy")
    if asked.get("sort_by") != "price":
        offers.append("Sort by price")
    if not asked.get("min_rating"):
        offers.append("Only good or better")
    return tuple(offers[:3])
