"""Why a setting did not come up in a search: each criterion that rules it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from assistant.describing import describe_call
from corpus.models import Citation
from tools.base import Knowledge
from tools.citing import dataset_citation
from tools.find_providers import FindProvidersArguments, judged_settings
from tools.matching import EXCLUDING, Judged, doubts
from tools.organisations import organisation_named


@dataclass(frozen=True)
class Exclusion:
    """What speaks against the settings of one name, and where that is read."""

    text: str
    """Sentences, each with a marker [1] that stands for the citation."""
    citation: Citation


def exclusion(
    provider: str, search: dict[str, Any], knowledge: Knowledge
) -> Exclusion | None:
    """Each setting of that name held against the search; None where the search is none.

    Raises:
        InvalidArguments: where the name is of none that is held, or of several.
    """
    try:
        asked = FindProvidersArguments.model_validate(search)
    except ValidationError:
        return None
    own = set(organisation_named(provider, knowledge.dataset).urns)
    judged = [
        one
        for one in judged_settings(asked, knowledge)
        if one.profile.setting.urn in own
    ]
    if not judged:
        return None
    fitting = [one for one in judged if not one.excluded_by]
    lines = [_told(one, asked.children) for one in judged[:3]]
    if len(judged) > 3:
        lines.append(
            f"Of its {len(judged)} settings, {len(fitting)} fit that search [1]."
        )
    details = "; ".join(f"{c.name}: {c.detail}" for one in judged for c in one.criteria)
    return Exclusion(
        text="\n".join(lines),
        citation=dataset_citation(
            knowledge,
            table="settings",
            about=f"{provider} held against an earlier search",
            filters={
                "asked": describe_call("find_providers", search),
                "found": details,
            },
        ),
    )


def _told(item: Judged, children: int) -> str:
    name = item.profile.setting.name
    failed = [c for c in item.criteria if c.name in item.excluded_by]
    reasons = [f"{c.name} ({c.detail})" for c in failed if c.name in EXCLUDING]
    if reasons:
        return f"**{name} is ruled out of that search** by {_and(reasons)} [1]."
    if apart := doubts(item.profile, children):
        return f"**{name} fits that search, but is set apart**: {_and(apart)} [1]."
    return (
        f"**{name} is not ruled out by that search**: it fits, and stands further down"
        " the list where it was not shown [1]."
    )


def _and(items: tuple[str, ...] | list[str]) -> str:
    return ", ".join(items[:-1]) + (" and " if len(items) > 1 else "") + items[-1]
