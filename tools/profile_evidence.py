"""Where each part of a provider's profile has its facts from, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.codes import PlacementType
from corpus.models import Citation
from tools.base import Knowledge
from tools.citing import dataset_citation, invented_caveats, protection_caveats
from tools.documented_tables import span_citations
from tools.provider_placements import ProviderPlacements
from tools.provider_record import HeldDocument, ProviderRecord
from tools.search_documents import document_title


def citations_of(record: ProviderRecord, knowledge: Knowledge) -> dict[str, Citation]:
    """One citation for each table that the profile draws on, by the table's name, then
    one for each document held, by its id, and one for each span read, by its key.
    """
    urns = [setting.urn for setting in record.settings]
    about = {"setting": record.settings[0].urn} if len(urns) == 1 else _all(record)
    tables = {
        name: dataset_citation(knowledge, name, f"{told} {record.name}", about)
        for name, told in _parts(record)
    }
    documents = {d.document_id: _document(d) for d in record.documents}
    return tables | documents | span_citations(record.documented, knowledge.library)


def _all(record: ProviderRecord) -> dict[str, str]:
    return {record.kind: record.identifier, "settings": str(len(record.settings))}


def _parts(record: ProviderRecord) -> Iterator[tuple[str, str]]:
    """The tables with something in the profile, and what each is cited for."""
    settings = record.settings
    yield "settings", "register entry of"
    if any(setting.accepts or setting.excludes for setting in settings):
        yield "claimed_needs", "admission criteria claimed by"
    if any(setting.grades for setting in settings):
        yield "inspections", "inspections of"
    if any(setting.vacancies is not None for setting in settings):
        yield "vacancies", "vacancies reported by"
    if any(setting.prices for setting in settings):
        yield "prices", "prices quoted by"
    if record.placements:
        yield "placements", "placements with"
    if record.foster_carers:
        yield "foster_households", "fostering households of"
    if record.block_contracts:
        yield "block_contracts", "block contracts with the owner of"


def _document(held: HeldDocument) -> Citation:
    dated = f"published {held.published}" if held.published else "no date given"
    return Citation(
        kind="document",
        title=document_title(held.title, held.invented),
        locator=f"{held.kind.replace('_', ' ')}, {dated}, held whole",
        source=held.source,
        document_id=held.document_id,
    )


def caveats_of(
    record: ProviderRecord, placements: ProviderPlacements, knowledge: Knowledge
) -> tuple[str, ...]:
    """What a reader must know beside the profile, the gravest first."""
    return (
        *_doubtful(record),
        "Needs and admission criteria are what each setting claims in its own statement"
        " of purpose; they are not findings of an inspection.",
        *_not_known(record),
        *_lawful(record),
        *_placed(record, placements),
        *_visited(record),
        *invented_caveats(knowledge),
    )


def _doubtful(record: ProviderRecord) -> list[str]:
    return [
        f"{setting.name}: {', '.join(setting.doubts)}."
        for setting in record.settings
        if setting.doubts
    ]


def _not_known(record: ProviderRecord) -> list[str]:
    """What the profile has no word of, of any setting."""
    settings = record.settings
    missing = {
        "admission criteria": any(s.accepts or s.age_to is not None for s in settings),
        "inspected grade": any(s.grades or s.supported_outcome for s in settings),
        "vacancies": any(s.vacancies is not None for s in settings),
        "prices": any(s.prices for s in settings),
        "documents": bool(record.documents),
    }
    unknown = [name for name, held in missing.items() if not held]
    told = [f"Nothing is held of its {', '.join(unknown)}."] if unknown else []
    if missing["vacancies"] or missing["prices"]:
        told.append(
            "Vacancies and prices are as last reported on the dates shown; confirm them"
            " with the provider."
        )
    return told


def _lawful(record: ProviderRecord) -> list[str]:
    kinds = {setting.placement_type for setting in record.settings}
    if PlacementType.SUPPORTED_ACCOMMODATION not in kinds:
        return []
    return [
        "A child under 16 may not be placed in supported accommodation, which is given"
        " an inspection outcome and no grade."
    ]


def _placed(record: ProviderRecord, placements: ProviderPlacements) -> tuple[str, ...]:
    if not record.placements:
        return ("No placements are held, or too few to tell of children placed there.",)
    return (
        "Children placed there are counted over every authority. Costs are social care"
        " with education and health where they are recorded. A share from withheld"
        " counts is withheld.",
        *protection_caveats(*placements.tables),
    )


def _visited(record: ProviderRecord) -> list[str]:
    told = []
    if record.documented.visits:
        told.append(
            "Opinions on visits are the visitor's own words; where a report gives none,"
            " it is insufficient evidence, which is neither yes nor no. Only reports"
            " that are held count."
        )
    if record.documented.disagreements:
        told.append(
            "A statement of purpose and the table of criteria disagree: ask the"
            " provider which holds."
        )
    return told
