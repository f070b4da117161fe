"""What invented documents say of one setting: its facts, and the tags that hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from corpus import vocabulary
from corpus.codes import Gender, Need, OfstedRating, Route
from corpus.demonstration.archetypes import Archetype
from corpus.demonstration.settings import StatedSetting
from corpus.models import INVENTED_NOTICE, Inspection, Provider

NOTICE = f"{INVENTED_NOTICE}. No such home, provider, child or event exists."
NUMBERS = "no one two three four five six seven eight nine ten".split()


@dataclass(frozen=True)
class Home:
    """One setting with what the tables hold of it."""

    setting: StatedSetting
    provider: Provider
    archetype: Archetype
    accepts: tuple[Need, ...]
    excludes: tuple[Need, ...]
    latest: Inspection | None
    """Its latest inspection; None where it has had none."""
    vacancies: int | None
    """Places free on its last return; None where it sent none."""
    prices: Mapping[Route, int]
    """Weekly prices by route; empty where none is known."""
    inspections: tuple[Inspection, ...] = ()
    """All its inspections, in any order."""

    def as_known_on(self, day: date) -> Home:
        """The home with its latest inspection up to that day; with none where none."""
        past = [row for row in self.inspections if row.inspected_on <= day]
        latest = max(past, key=lambda row: row.inspected_on, default=None)
        return replace(self, latest=latest)

    @cached_property
    def tags(self) -> frozenset[str]:
        """What holds of the home, by which wordings are chosen."""
        setting = self.setting
        held = {f"kind:{self.archetype.key}", *self.accepts}
        held.add("graded" if self.latest else "ungraded")
        held.add("same_day" if setting.same_day else "planned")
        held.add("one_place" if setting.places == 1 else "shared")
        chosen = {
            "solo": setting.solo,
            "siblings": setting.siblings > 1,
            "excludes": bool(self.excludes),
        }
        return frozenset(held | {tag for tag, holds in chosen.items() if holds})

    @cached_property
    def facts(self) -> dict[str, str | int]:
        """The home's facts by the slots that take them."""
        setting = self.setting
        return {
            "notice": NOTICE,
            "home": setting.name,
            "provider": self.provider.name,
            "urn": setting.urn,
            "town": setting.town,
            "district": setting.district,
            "authority": setting.local_authority,
            "postcode_district": setting.postcode_district,
            "places_phrase": self.children(setting.places or 0),
            "places_phrase_short": "all" if (setting.places or 0) > 1 else "the child",
            "gender": gender_phrase(setting.genders),
            "age_from": setting.age_from,
            "age_to": setting.age_to,
            "siblings": NUMBERS[setting.siblings],
            "solo_answer": "yes" if setting.solo else "no",
            "same_day_answer": "considered" if setting.same_day else "not accepted",
            "accepts": listed(self.accepts),
            "accepts_list": bulleted(self.accepts),
            "excludes": listed(self.excludes),
            "excludes_list": bulleted(self.excludes),
            "statement_month": month(setting.statement_date),
            **self._inspected(),
        }

    @property
    def lived_in(self) -> int:
        """Places that its last vacancy return does not call free."""
        return (self.setting.places or 0) - (self.vacancies or 0)

    @staticmethod
    def children(count: int) -> str:
        """A number of children in words: "one child", "four children"."""
        number = NUMBERS[count] if count < len(NUMBERS) else str(count)
        return f"{number} child" if count == 1 else f"{number} children"

    def _inspected(self) -> dict[str, str]:
        if self.latest is None:
            return {"grade": "not yet inspected", "inspected_month": ""}
        return {
            "grade": grade(self.latest.rating),
            "inspected_month": month(self.latest.inspected_on),
        }


def gender_phrase(genders: tuple[Gender, ...]) -> str:
    """Whom a setting admits, in words."""
    if genders == (Gender.MALE,):
        return "boys only"
    if genders == (Gender.FEMALE,):
        return "girls only"
    if Gender.OTHER in genders:
        return "children of any gender"
    return "boys and girls"


def grade(rating: OfstedRating) -> str:
    """A grade as Ofsted words it."""
    if rating is OfstedRating.REQUIRES_IMPROVEMENT:
        return "requires improvement to be good"
    return rating.value


def listed(needs: tuple[Need, ...]) -> str:
    """Needs in a sentence: "self-harm; going missing; and autism"."""
    return joined_names([vocabulary.needs().label(need) for need in needs])


def bulleted(needs: tuple[Need, ...]) -> str:
    """Needs as a list, one a line."""
    return bulleted_names([vocabulary.needs().label(need) for need in needs])


def joined_names(names: Sequence[str]) -> str:
    """Names in a sentence, with semicolons between, since some hold commas."""
    if len(names) < 2:
        return "".join(names)
    return f"{'; '.join(names[:-1])}; and {names[-1]}"


def bulleted_names(names: Sequence[str]) -> str:
    """Names as a list, one a line."""
    return "\n".join(f"- {name}" for name in names)


def month(day: date) -> str:
    """A month in words: "March 2026"."""
    return day.strftime("%B %Y")


def long_date(day: date) -> str:
    """A day in words: "4 March 2026"."""
    return f"{day.day} {month(day)}"


def counted(count: int, one: str, many: str) -> str:
    """A count in words with its noun: "no incidents", "one incident"."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} {one if count == 1 else many}"
