"""Arguments that several tools share, each read from a statement into a draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from assistant.arguments.reading import Draft
from assistant.arguments.statement import Statement
from assistant.readers.ages import read_age_band, read_impossible_age
from assistant.readers.child import read_age_range, read_ages, read_gender
from assistant.readers.money import WEEKS_IN_A_YEAR, Amount, read_amounts
from assistant.readers.needs import read_needs
from assistant.readers.organisations import names_like, read_unknown_name
from assistant.readers.places import is_left_out
from assistant.readers.regions import read_region
from assistant.readers.roles import read_roles
from assistant.readers.routes import compares_in_house, read_routes
from assistant.readers.shares import Share, read_shares
from assistant.readers.terms import read_limit, read_placement_types
from assistant.readers.unknown_areas import read_unknown_areas
from corpus import vocabulary
from tools.regions import region_of

_HOST: Final = re.compile(
    r"\b(?:placed|living|live|lives|housed|settled|sent|moved)\s+(?:out\s+)?"
    r"(?:in|to|into|near|within)\s+(?:the\s+)?$|\b(?:homes?|settings?|beds?)\s+in\s+$",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(
    r"\b(?:near(?:\s+to)?|nr|around|close\s+to|miles\s+(?:of|from))\s+(?:the\s+)?$",
    re.I,
)
_OWN: Final = re.compile(
    r"\b(?:our|ours|my|we|us|we['’](?:re|ve|ll|d))\b", re.IGNORECASE
)
_COUNCIL: Final = re.compile(
    r"(?<![.!?:] )(?<!^)\b(?P<name>[A-Z][a-z]+)(?:['’]s)?\s+"
    r"(?:(?:[Cc]ounty|[Cc]ity|[Bb]orough|[Dd]istrict)\s+)?[Cc]ouncil\b"
)
_NO_COUNCILS: Final = frozenset(
    "the our each every which any other county city borough district unitary local"
    " placing host neighbouring british privy".split()
)
_DATED: Final = re.compile(r"\b20\d\d\b|\b\d\d/\d\d\b|\bFY\s?\d\d")
"""Years that are written out."""
_SHARES: Final = {
    "occupancy": re.compile(
        r"\bocc(?:upanc(?:y|ies))?\b|\boccupied\b|\bfull\b|\bfilled\b|\butili[sz]ation\b"
        r"|\bvoid\s+rate\b|(?:(?<=%)|(?<=cent))\s+(?:voids?|empty)\b"
        r"(?!\s+(?:share|costs?|risk|pay|charge|liab|beds?|places?))",
        re.IGNORECASE,
    ),
    "void_share": re.compile(
        r"\bvoid(?:s|\s+(?:share|costs?|risk|payments?|charge|liability))?\b"
        r"|\bempty\s+(?:beds?|places?)(?:\s+costs?)?\b",
        re.IGNORECASE,
    ),
    "margin": re.compile(
        r"\bmargins?\b|\bprofit\w*\b|\bsurplus\b|\bmark[\s-]?up\b|\bmak(?:e|es|ing)\b",
        re.I,
    ),
    "take_up": re.compile(
        r"\btake(?:s|n)?[\s-]?(?:it\s+|them\s+|this\s+)?up\b|\bmanages?\s+it\b|\bworks?\s+out\b|\buptake\b|\bsucceed\w*\b|\bsuccess\b|\bactually\s+\w+\b"
        r"|\bof\s+(?:them|those|(?:the\s+|our\s+)?(?:\d+\s+)?(?:children|kids|young\s+people))"
        r"\b|\bsay\s+yes\b",
        re.IGNORECASE,
    ),
    "annual_uplift": re.compile(
        r"\b(?:annual\s+|yearly\s+)?(?:up[\s-]?lifts?|inflation\w*|indexation|growth"
        r"|increases?|rises?|rising|grow(?:ing|s)?|go(?:ing|es)?\s+up|CPI)\b"
        r"|(?:(?<=%)|(?<=cent)|(?<=pc))\s*(?:a|per|each|every)\s+(?:year|annum)\b"
        r"|(?<=%)\s*(?:pa\b|p\.a\.)",
        re.IGNORECASE,
    ),
}
"""Words that say what a share is of."""


def put_authority(draft: Draft, statement: Statement) -> None:
    """The authority that places and pays; a town's is the one that it lies in.

    Several are kept apart, and one where children merely live is set aside. "Our" is
    the council's that looks.
    """
    _put_unknown_authority(draft, statement)
    named, hosts = _authorities(draft, statement)
    if not named:
        named = _own(statement) or hosts
    elif hosts:
        draft.notes.append(
            f"{', '.join(hosts)} is where children live; figures are by the authority"
            " that places"
        )
    if len(named) > 1:
        draft.several["local_authority"] = tuple(named)
    draft.put("local_authority", named[0] if len(named) == 1 else None)


def _authorities(
    draft: Draft, statement: Statement
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authorities that place, and those in which children live; each once."""
    named: dict[str, None] = {}
    hosts: dict[str, None] = {}
    for mention in statement.mentions:
        place = mention.place
        if is_left_out(statement.text, mention):
            draft.notes.append(
                f"{place.name} is not left out: I cannot exclude a place"
            )
            continue
        if _NEAR.search(statement.text[: mention.start]):
            draft.notes.append(
                f"near {place.name} set aside: figures are by who places"
            )
            continue
        if place.kind != "local_authority":
            draft.notes.append(f"{place.name} lies in {place.local_authority}")
        host = _HOST.search(statement.text[: mention.start])
        (hosts if host else named)[place.local_authority] = None
    return tuple(named), tuple(host for host in hosts if host not in named)


def _own(statement: Statement) -> tuple[str, ...]:
    viewer = statement.knowledge.viewer
    own = viewer.role == "council" and viewer.local_authority
    return (own,) if own and _OWN.search(statement.text) else ()


def _put_unknown_authority(draft: Draft, statement: Statement) -> None:
    """Say of a council that is named and is none in England."""
    for match in _COUNCIL.finditer(statement.text):
        start, end = match.span("name")
        known = any(m.start < end and start < m.end for m in statement.mentions)
        if not known and match["name"].casefold() not in _NO_COUNCILS:
            draft.problems.append(f"no authority called {match['name']} is held")
    if not draft.problems:
        unknown = read_unknown_areas(statement.text, statement.knowledge.gazetteer)
        draft.problems.extend(f"no authority called {name} is held" for name in unknown)


def put_region(draft: Draft, statement: Statement) -> None:
    """The region whose authorities place; beside an authority inside it, none."""
    gazetteer = statement.knowledge.gazetteer
    region = read_region(statement.text, gazetteer)
    authority = draft.arguments.get("local_authority")
    if region and authority and region_of(authority, gazetteer) != region:
        draft.problems.append(
            f"{authority} lies in {region_of(authority, gazetteer)}, not in {region}"
        )
    elif not authority:
        draft.put("region", region)


def put_placement_type(draft: Draft, statement: Statement) -> None:
    """The one type of placement; several are kept apart."""
    kinds = read_placement_types(statement.text)
    if len(kinds) > 1:
        draft.several["placement_type"] = tuple(map(str, kinds))
    draft.put("placement_type", kinds[0] if len(kinds) == 1 else None)


def put_needs(draft: Draft, statement: Statement) -> None:
    """Needs that are stated; those denied are said back."""
    read = read_needs(statement.text)
    draft.put("needs", [str(need) for need in read.needs])
    words = vocabulary.needs()
    draft.notes.extend(f"not {words.short(need)}" for need in read.denied)


def put_gender(draft: Draft, statement: Statement) -> None:
    """The one gender that is stated."""
    gender = read_gender(statement.text, pronouns=False)
    draft.put("gender", gender.value if gender else None)


def put_age(draft: Draft, statement: Statement) -> None:
    """One age: of a range the youngest, which is said back."""
    check_age(draft, statement)
    if span := read_age_range(statement.text):
        low, high = span.value
        draft.notes.append(f"of ages {low} to {high} the youngest is compared")
    ages = read_ages(statement.text)
    if ages and len(ages.value) > 1:
        draft.several["age"] = tuple(map(str, ages.value))
    draft.put("age", ages.value[0] if ages and len(ages.value) == 1 else None)


def put_age_band(draft: Draft, statement: Statement) -> None:
    """Youngest and oldest age, both inclusive."""
    check_age(draft, statement)
    band = read_age_band(statement.text)
    draft.put("age_from", band.youngest)
    draft.put("age_to", band.oldest)


def check_age(draft: Draft, statement: Statement) -> None:
    """Say of an age that no child or care leaver has."""
    age = read_impossible_age(statement.text)
    if age is not None:
        draft.problems.append(f"age {age}: ages here are 0 to 25")


def put_route(draft: Draft, statement: Statement) -> None:
    """The one route that is named; several are kept apart."""
    routes = read_routes(statement.text)
    if compares_in_house(statement.text):
        draft.notes.append("all routes, since in-house is compared with what is bought")
        return
    if len(routes) > 1:
        draft.several["route"] = tuple(map(str, routes))
    draft.put("route", routes[0] if len(routes) == 1 else None)


def put_day(
    draft: Draft,
    statement: Statement,
    name: str,
    read: Callable[[str, date], date | None],
) -> None:
    """A day; said back where it was worked out from the data's own."""
    as_at = statement.knowledge.as_at
    day = read(statement.text, as_at)
    draft.put(name, day)
    if day and not _DATED.search(statement.text):
        draft.notes.append(f"{name} {day}, counted from {as_at}")


def put_limit(draft: Draft, statement: Statement) -> None:
    """How many rows are asked for."""
    draft.put("limit", read_limit(statement.text))


def put_name(draft: Draft, statement: Statement) -> None:
    """The organisation named; where it is none or one of several, the likely ones."""
    name = statement.name
    if name is None:
        _put_unknown_name(draft, statement)
        return
    if not name.exact:
        written = statement.question[name.start : name.end]
        draft.notes.append(f"read {written!r} as {name.name}")
    if name.choices:
        draft.choices = name.choices
        return
    draft.put("provider", name.name)
    all_named = sorted((name, *statement.others), key=lambda each: each.start)
    named = dict.fromkeys(each.name for each in all_named)
    if len(named) > 1:
        draft.several["provider"] = tuple(named)


def _put_unknown_name(draft: Draft, statement: Statement) -> None:
    knowledge = statement.knowledge
    unknown = read_unknown_name(statement.text, knowledge.gazetteer)
    if unknown is None:
        return
    told = f"no provider, group or setting called {unknown!r} is held"
    draft.unknown.append(told)
    draft.likely.extend(names_like(unknown, knowledge.dataset))


def put_shares(draft: Draft, statement: Statement, *names: str) -> None:
    """Shares by what they are of; a void rate is what occupancy lacks to all."""
    text = statement.text
    shares = read_shares(text)
    cues = {name: _SHARES[name] for name in names}
    if "occupancy" in cues and (empty := _empty_share(text, shares)):
        draft.put("occupancy", round(1 - empty.value, 6))
        shares = tuple(share for share in shares if share is not empty)
        del cues["occupancy"]
    for name, share in read_roles(text, shares, cues).items():
        value = share.value
        if name == "occupancy" and _is_void_rate(text, share.start, share.end):
            value = round(1 - value, 6)
            draft.notes.append(f"{share.value:.0%} void read as {value:.0%} occupancy")
        draft.put(name, value)


def _empty_share(text: str, shares: tuple[Share, ...]) -> Share | None:
    """The share that stands empty: "a quarter" of "empty a quarter of the time"."""
    return next(
        (s for s in shares if not s.percent and _is_void_rate(text, s.start, s.end)),
        None,
    )


def _is_void_rate(text: str, start: int, end: int) -> bool:
    before = re.search(
        r"\bvoid\s+rate\s+(?:of|at|is)\s+$|\bempty\s+(?:for\s+)?(?:about\s+)?$",
        text[:start],
        re.IGNORECASE,
    )
    after = re.match(
        r"\s+(?:(?:is|are|was|were|stands?|standing|sits?|sitting|lies?|left|being|go(?:es)?)"
        r"\s+)?(?:voids?|empty|unfilled|vacant)\b(?!\s+(?:share|costs?|risk|pay))",
        text[end:],
        re.IGNORECASE,
    )
    return bool(before or after)


def weekly(draft: Draft, amount: Amount | None) -> float | None:
    """An amount in pounds a week; said back where it was worked out."""
    if amount is None or amount.weekly is None:
        return None
    if amount.per == "night":
        draft.notes.append(
            f"£{amount.pounds:,.0f} a night is £{amount.weekly:,.2f} a week of seven"
        )
    if amount.per in ("month", "year"):
        draft.notes.append(
            f"£{amount.pounds:,.0f} a {amount.per} is £{amount.weekly:,.2f} a week, a"
            f" year being {_weeks(amount)} weeks"
        )
    return amount.weekly


def _weeks(amount: Amount) -> str:
    usual = amount.weeks_in_a_year == WEEKS_IN_A_YEAR
    return "365/7" if usual else f"{amount.weeks_in_a_year:g}"


def weekly_amounts(statement: Statement, bare_from: float = 500) -> tuple[Amount, ...]:
    """Sums that may be a weekly price: none an hour."""
    found = read_amounts(statement.text, bare_from)
    return tuple(amount for amount in found if amount.weekly is not None)
