"""What a question states, slot by slot, and how that is said back in one line."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from assistant.readers.child import (
    read_age_range,
    read_ages,
    read_gender,
    read_siblings,
)
from assistant.readers.needs import read_needs
from assistant.readers.places import PlacesReading, read_places
from assistant.readers.spelling import mend_words
from assistant.readers.spoken import in_figures
from assistant.readers.terms import (
    SortBy,
    read_flags,
    read_limit,
    read_max_weekly_price,
    read_min_rating,
    read_placement_types,
    read_sort,
)
from corpus import vocabulary
from corpus.codes import Gender, Need, OfstedRating, PlacementType
from corpus.geography import Gazetteer
from corpus.models import Frozen


class Understanding(Frozen):
    """The slots of one question. A slot that is not stated is empty or None."""

    question: str
    mended: tuple[tuple[str, str], ...] = ()
    """Misspelt words as written and as read."""
    places: PlacesReading
    ages: tuple[int, ...] = ()
    age_range: tuple[int, int] | None = None
    """Youngest and oldest, where a range is stated; then there are no `ages`."""
    gender: Gender | None = None
    siblings: int | None = None
    needs: tuple[Need, ...] = ()
    denied_needs: tuple[Need, ...] = ()
    placement_type: PlacementType | None = None
    several_types: bool = False
    """Whether more than one kind is named, so that none is asked for alone."""
    min_rating: OfstedRating | None = None
    max_weekly_price: float | None = None
    flags: dict[str, bool] = Field(default_factory=dict)
    sort_by: SortBy | None = None
    limit: int | None = None

    def provider_arguments(self) -> dict[str, Any]:
        """Arguments of `find_providers`: what the question states, and nothing else."""
        stated: dict[str, Any] = {
            "near": _one_or_list(self.places.near),
            "radius_miles": self.places.radius_miles if self.places.near else None,
            "within": list(self.places.within),
            "local_authority": self.places.inside,
            "age": self.ages[0] if len(self.ages) == 1 else None,
            "ages": list(self.ages) if len(self.ages) > 1 else None,
            "age_from": self.age_range[0] if self.age_range else None,
            "age_to": self.age_range[1] if self.age_range else None,
            "gender": self.gender,
            "siblings": self.siblings,
            "needs": [str(need) for need in self.needs],
            "placement_type": self.placement_type,
            "min_rating": self.min_rating,
            "max_weekly_price": self.max_weekly_price,
            **self.flags,
            "outside": list(self.places.left_out),
            "sort_by": self.sort_by,
            "limit": self.limit,
        }
        return {
            name: str(value) if isinstance(value, str) else value
            for name, value in stated.items()
            if value not in (None, [], ())
        }

    @property
    def notes(self) -> tuple[str, ...]:
        """What was mended or set aside in reading, to be said back."""
        words = vocabulary.needs()
        slips = (*self.mended, *self.places.mended)
        mended = [f"read {old!r} as {new}" for old, new in slips]
        denied = [f"not {words.short(need)}" for need in self.denied_needs]
        kinds = ["any kind, since several are named"] if self.several_types else []
        return (*mended, *denied, *kinds)


def understand(question: str, gazetteer: Gazetteer) -> Understanding:
    """Run every reader over the question, its misspelt words mended."""
    asked, mended = question, mend_words(question, gazetteer)
    question = in_figures(mended.text)
    ages = read_ages(question)
    span = read_age_range(question)
    spans = span is not None and ages is not None and ages.value == span.value[:1]
    gender = read_gender(question)
    siblings = read_siblings(question)
    needs = read_needs(question)
    kinds = read_placement_types(question)
    rating = read_min_rating(question)
    price = read_max_weekly_price(question)
    return Understanding(
        question=asked,
        mended=mended.changes,
        places=read_places(question, gazetteer),
        ages=ages.value if ages and not spans else (),
        age_range=span.value if span and spans else None,
        gender=gender.value if gender else None,
        siblings=siblings.value if siblings else None,
        needs=needs.needs,
        denied_needs=needs.denied,
        placement_type=kinds[0] if len(kinds) == 1 else None,
        several_types=len(kinds) > 1,
        min_rating=rating.value if rating else None,
        max_weekly_price=price.value if price else None,
        flags=read_flags(question),
        sort_by=read_sort(question),
        limit=read_limit(question),
    )


def _one_or_list(names: tuple[str, ...]) -> str | list[str] | None:
    return names[0] if len(names) == 1 else list(names) or None
