"""provider_spend: who the money goes to, how concentrated it is, and who shares it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Final

from pydantic import Field

from corpus.codes import PlacementType, Sector
from corpus.disclosure import Dimension, Filters, ProtectedTable, Question
from corpus.disclosure.bands import NOT_RECORDED
from corpus.disclosure.spend import (
    Period,
    authorities_of,
    children_by,
    held_since,
    spend_by,
)
from corpus.models import Citation
from tools.arguments import FinancialYear, Limit, Name
from tools.base import Arguments, Knowledge, Result, Tool
from tools.citing import (
    dataset_citation,
    invented_caveats,
    protection_caveats,
    stated_filters,
)
from tools.financial_years import (
    checked_year,
    known_day,
    last_day,
    last_full_year,
)
from tools.found_spend import (
    GroupSpend,
    ProviderSpend,
    concentration_of,
    spend_caveats,
    spend_charts,
    spend_tables,
)
from tools.owners import Owners, owners_of
from tools.regions import authorities_held, placing_authorities
from tools.shown import NOTHING_KNOWN, Shown, share_of, shown

DEFAULT_LIMIT: Final = 20
"""Groups listed where no limit is given."""

_GROUPS: Final = "provider groups"
_COUNCIL_RUN: Final = "councils' own homes"
_BY_OWNER: Final = (Dimension.PROVIDER,)


class ProviderSpendArguments(Arguments):
    """Whose spend, on what and in which year. What is not given does not restrict."""

    local_authority: Name | None = Field(
        None, description="The authority that places and pays."
    )
    region: Name | None = Field(
        None, description="Region of England whose authorities place and pay."
    )
    placement_type: PlacementType | None = None
    year: FinancialYear | None = Field(
        None, description="Financial year, such as 2024/25; else the last full one."
    )
    limit: Limit | None = Field(None, description="Groups to list.")


@dataclass(frozen=True)
class _Year:
    """What a call is about: whose placements, when, and who owns the providers."""

    question: Question
    period: Period
    owners: Owners

    def spend(self) -> ProtectedTable:
        """Pounds by owner, councils among them."""
        owned = self.owners.of_provider
        return spend_by(self.question, [self.period], owned)[0]

    def spend_by_class(self) -> dict[str, Shown]:
        """Pounds to provider groups, to councils' own homes, and to no known one."""
        council = {
            key
            for key, owner in self.owners.owners.items()
            if owner.sector is Sector.LOCAL_AUTHORITY
        }
        classes = {
            provider: _COUNCIL_RUN if owner in council else _GROUPS
            for provider, owner in self.owners.of_provider.items()
        }
        table = spend_by(self.question, [self.period], classes)[0]
        return {group.labels[0]: shown(group.figure) for group in table.groups}

    def children(self) -> dict[str, Shown]:
        """Children by owner."""
        owned = self.owners.of_provider
        table = children_by(self.question, [self.period], owned)[0]
        return {group.labels[0]: shown(group.figure) for group in table.groups}

    def authorities(self) -> dict[str, frozenset[str]]:
        """Authorities that spend with each owner, whoever the call is about.

        Some are missing where the viewer may not read every row.
        """
        everyone = self.question.filters.model_copy(update={"local_authority": ()})
        question = replace(self.question, filters=everyone)
        return authorities_of(question, self.period, self.owners.of_provider)

    @property
    def reads_all(self) -> bool:
        """Whether `authorities` is complete."""
        return self.question.viewer.role == "evaluator"

    @property
    def alone(self) -> frozenset[str]:
        """The one authority that the call is about, where it is the viewer's own."""
        asked = self.question.filters.local_authority
        viewer = self.question.viewer
        return frozenset(
            name for name in asked if len(asked) == 1 and viewer.owns(name)
        )


def provider_spend(
    arguments: ProviderSpendArguments, knowledge: Knowledge
) -> Result[ProviderSpend]:
    """Sum a year's spend by the group that owns the provider.

    Raises:
        UnknownPlace: for an authority or region that is none.
        InvalidArguments: for a year of which nothing can be known.
        NothingLoaded: where no tables are loaded.
    """
    asked = placing_authorities(
        arguments.local_authority, arguments.region, knowledge.gazetteer
    )
    held = authorities_held(knowledge, "placements", asked)
    name = arguments.year or last_full_year(known_day(knowledge))
    period = checked_year(name, knowledge)
    year = _Year(
        _question(arguments, knowledge, asked), period, owners_of(knowledge.dataset)
    )
    since = held_since(knowledge.dataset, knowledge.viewer)
    empty = ProviderSpend(
        year=name,
        first_day=period.start,
        last_day=min(period.end - period.end.resolution, last_day(knowledge)),
        authorities=held,
        held_since=since,
    )
    if not held or (since is not None and period.end <= since):
        return _result(empty, year, arguments, knowledge, ())
    spend = year.spend()
    found = _found(empty, year, spend, arguments.limit or DEFAULT_LIMIT)
    return _result(found, year, arguments, knowledge, protection_caveats(spend))


def _question(
    arguments: ProviderSpendArguments, knowledge: Knowledge, asked: tuple[str, ...]
) -> Question:
    kind = arguments.placement_type
    filters = Filters(local_authority=asked, placement_type=(kind,) if kind else ())
    return Question(
        knowledge.dataset, "placements", knowledge.viewer, filters, _BY_OWNER
    )


def _found(
    empty: ProviderSpend, year: _Year, spend: ProtectedTable, limit: int
) -> ProviderSpend:
    whole = replace(year.question, group_by=())
    unpriced = shown(children_by(whole, [year.period], priced=False)[0].total)
    total = shown(spend.total)
    if total.value == 0 and unpriced.value:
        total = NOTHING_KNOWN
    classes = year.spend_by_class()
    none = total if total.value is None else Shown(value=0, within=0)
    to_groups = classes.get(_GROUPS, none)
    groups = _groups(year, spend, to_groups)
    return empty.model_copy(
        update={
            "total": total,
            "to_groups": to_groups,
            "to_council_run": classes.get(_COUNCIL_RUN, none),
            "without_provider": classes.get(NOT_RECORDED, none),
            "groups": tuple(groups[:limit]),
            "total_groups": len(groups),
            "groups_withheld": sum(
                group.figure.value is None for group in spend.groups
            ),
            "concentration": concentration_of(groups),
            "unpriced": unpriced,
        }
    )


def _groups(year: _Year, spend: ProtectedTable, to_groups: Shown) -> list[GroupSpend]:
    """Every provider group of which a figure is shown, the largest first."""
    children = year.children()
    authorities = defaultdict(frozenset[str], year.authorities())
    listed = [
        GroupSpend(
            group=owner.name,
            sector=owner.sector,
            spend=shown(group.figure),
            share=share_of(shown(group.figure), to_groups),
            children=children[owner.owner_id],
            authorities=len(with_it := authorities[owner.owner_id] | year.alone),
            authority_names=tuple(sorted(with_it)) if year.reads_all else (),
            providers=owner.providers,
            joined=owner.joined,
        )
        for group in spend.groups
        if (owner := year.owners.owners.get(group.labels[0]))
        and owner.sector is not Sector.LOCAL_AUTHORITY
        and group.figure.value
    ]
    return sorted(listed, key=lambda group: (-(group.spend.value or 0), group.group))


def _result(
    found: ProviderSpend,
    year: _Year,
    arguments: ProviderSpendArguments,
    knowledge: Knowledge,
    protection: tuple[str, ...],
) -> Result[ProviderSpend]:
    filters = {**stated_filters(arguments, "limit"), "year": found.year}
    spend = dataset_citation(
        knowledge, "placements", "spend by provider group", filters
    )
    owned = dataset_citation(knowledge, "providers", "providers and their groups", {})
    citations: tuple[Citation, ...] = (spend, owned)
    return Result(
        data=found,
        citations=citations,
        caveats=(
            *spend_caveats(found, arguments.year is None),
            *protection,
            *invented_caveats(knowledge),
        ),
        tables=spend_tables(found, knowledge),
        charts=spend_charts(found, knowledge),
    )


PROVIDER_SPEND: Final = Tool(
    name="provider_spend",
    description=(
        "Who the money goes to in a financial year: spend by provider group with brands"
        " and subsidiaries joined, how concentrated it is (share of the largest 1, 5"
        " and 10, HHI), and how many authorities share each group."
    ),
    arguments=ProviderSpendArguments,
    run=provider_spend,
)
