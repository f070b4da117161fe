"""Where outcomes of placements are from, what to beware of, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from corpus.charts import Chart
from corpus.codes import PlacementType
from corpus.disclosure import DISCLOSURE_LINE
from corpus.disclosure.outcomes import DRAWN, Outcome
from corpus.models import Citation, Table
from corpus.observed import Span
from tools.assumptions import OUR_ASSUMPTION, Assumption
from tools.base import Arguments, Knowledge, Result
from tools.citing import (
    dataset_citation,
    invented_caveats,
    invented_mark,
    model_citation,
    stated_filters,
)
from tools.documented_tables import span_key
from tools.found_outcomes import ProviderOutcomes
from tools.outcome_tables import (
    WORDS,
    grades_table,
    others_table,
    overall_table,
    ratio_chart,
    settings_table,
    stay_table,
)
from tools.quoting import span_citation
from tools.rated_outcomes import LEAST_RECORDED
from tools.visit_tables import counts_chart, visit_tables

_ASSUMED: Final = (
    Assumption(
        name="strata of age band, placement type and highest risk score, a small one"
        " drawn to the wider one's rate as by",
        value=DRAWN,
        unit="placements",
        source=OUR_ASSUMPTION,
    ),
    Assumption(
        name="ratios drawn to 1 by empirical Bayes, gamma distributed; intervals",
        value=0.95,
        unit="probability",
        source="Clayton and Kaldor, Biometrics 43, 1987",
    ),
)

Sourced = tuple[Table, Sequence[str]]
"""A table, and the key of each row's citation."""


def result_of(
    found: ProviderOutcomes, arguments: Arguments, lead: Outcome, knowledge: Knowledge
) -> Result[ProviderOutcomes]:
    """The result with its tables, charts, citations and caveats.

    Args:
        lead: The outcome by which the settings are sorted, or that stands for it.
    """
    mark = invented_mark(knowledge)
    visits = visit_tables(found, mark)
    spans = {span_key(s): s for _, held in visits for s in held if s is not None}
    citations = _citations(found, arguments, spans, knowledge)
    tables = [
        *_placed(found, lead, mark),
        *((table, list(map(_key, held))) for table, held in visits),
    ]
    place = {key: at for at, key in enumerate(citations)}
    return Result(
        data=found,
        citations=tuple(citations.values()),
        caveats=(*_caveats(found), *invented_caveats(knowledge)),
        tables=tuple(_sourced(table, keys, place) for table, keys in tables),
        charts=_charts(found, lead, mark),
    )


def _key(span: Span | None) -> str:
    return span_key(span) if span else "settings"


def _sourced(table: Table, keys: Sequence[str], place: dict[str, int]) -> Table:
    sources = tuple(place[key] for key in keys)
    return table.model_copy(update={"row_sources": sources})


def _placed(found: ProviderOutcomes, lead: Outcome, mark: str) -> Iterator[Sourced]:
    """The tables that are made of the placement tables."""
    table = "placements" if found.region else "settings"
    if found.overall:
        yield _alike(overall_table(found, mark), "placements")
    if found.stay:
        yield _alike(stay_table(found, mark), "placements")
    if found.settings and (not found.provider or found.total_settings > 1):
        yield _alike(settings_table(found, lead, mark), table)
        yield _alike(others_table(found, mark), table)
    if found.grades:
        keys = [
            source
            for one in found.grades
            for source in (
                *("inspections" for _ in one.grades),
                *(("settings",) if one.supported_outcome else ()),
            )
        ]
        yield grades_table(found, mark), keys


def _alike(table: Table, key: str) -> Sourced:
    return table, [key] * len(table.rows)


def _citations(
    found: ProviderOutcomes,
    arguments: Arguments,
    spans: dict[str, Span],
    knowledge: Knowledge,
) -> dict[str, Citation]:
    """One for each table, one for the model, and one for each span, by their keys."""
    filters = stated_filters(arguments, "sort_by", "limit")
    whose = {**filters, "begun since": found.since} if found.since else filters
    about = {
        "placements": ("outcomes of placements in settings", whose),
        "inspections": ("grades", filters),
        "settings": ("register entries", filters),
    }
    cited = {
        name: dataset_citation(knowledge, name, told, said)
        for name, (told, said) in about.items()
        if name != "placements" or found.region
    }
    if found.region:
        cited["model"] = model_citation(
            "Outcomes beside what is expected of the mix (indirect standardisation)",
            "provider_outcomes",
            _ASSUMED,
        )
    quoted = {key: span_citation(s, knowledge.library) for key, s in spans.items()}
    return {**cited, **quoted}


def _charts(found: ProviderOutcomes, lead: Outcome, mark: str) -> tuple[Chart, ...]:
    charts = (ratio_chart(found, lead, mark), counts_chart(found, mark))
    return tuple(chart for chart in charts if chart is not None)


def _caveats(found: ProviderOutcomes) -> Iterator[str]:
    """What a reader must know beside the figures, the gravest first."""
    if not found.total_settings:
        yield "No setting that is registered fits, so nothing can be ranked."
    known = any(one.at_risk.value for one in found.region)
    if not known:
        yield "No placements in such settings are held of which outcomes could be told."
    elif found.provider and not any(one.at_risk.value for one in found.overall):
        yield "No placements with it are held, or too few children to tell."
    yield from _unrecorded(found)
    if known:
        yield from _compared(found)
    yield from _visited(found)
    if PlacementType.SUPPORTED_ACCOMMODATION in {
        one.placement_type for one in found.settings
    }:
        yield "Supported accommodation is given an inspection outcome and no grade."
    if found.region and found.region[0].at_risk.within != 0:
        yield DISCLOSURE_LINE


def _unrecorded(found: ProviderOutcomes) -> Iterator[str]:
    for outcome, share in found.recorded.items():
        if share < LEAST_RECORDED:
            yield (
                f"{WORDS[outcome]}: not told, since the source says of only"
                f" {share:.0%} of the endings how they came about."
            )
        elif share < 0.95:
            yield (
                f"{WORDS[outcome]}: how an ending came about is recorded for"
                f" {share:.0%} of them; the others do not count."
            )


def _compared(found: ProviderOutcomes) -> Iterator[str]:
    if found.verdicts:
        alike = found.verdicts.get("not_told_apart", 0)
        few = found.verdicts.get("not_known", 0)
        yield (
            f"Of {found.total_settings:,} settings {alike:,} cannot be told apart from"
            f" the average, so their order says little; of {few:,} too little is known"
            " to rank them, and they come last."
        )
    yield (
        "Expected is what the region's settings have for children of the same placement"
        " type, age band and highest risk score; a ratio of 1 is as expected, and the"
        " fewer the placements, the nearer 1 it is drawn. What is not recorded, such as"
        " how hard a child was to place, is not adjusted for: a high ratio is a"
        " question to ask, not a finding."
    )
    yield (
        f"Placements begun from {found.since:%-d %B %Y}, in settings that are known;"
        " one counts for an outcome once it was watched for as long. Stays that last"
        " still count in the median. Intervals of stays are not drawn to the average,"
        " so about one in twenty settings stands out by chance."
    )
    whose = "Figures are of children of every authority."
    if found.own_authority and found.provider:
        whose += f" Those called own are {found.own_authority}'s alone, exactly."
    yield whose


def _visited(found: ProviderOutcomes) -> Iterator[str]:
    if not found.provider:
        return
    yield (
        "Episodes of going missing are not in the placement tables: they are known from"
        " Regulation 44 reports alone, as the visitors counted them."
        if found.homes
        else "Episodes of going missing are not in the placement tables, and no"
        " Regulation 44 reports on it are held, so nothing is known of them."
    )
    if found.homes:
        yield (
            "Opinions are the visitor's own words; where a report gives none, it is"
            " insufficient evidence, which is neither yes nor no. Only reports that are"
            " held count. Homes differ in what they report."
        )
