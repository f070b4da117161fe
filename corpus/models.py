"""Domain types: what exists in the world, as frozen models.

A *setting* is what Ofsted registers (a home, an agency branch), keyed by URN; a
*provider* is the organisation that owns settings; a *group* owns providers.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.codes import (
    DocumentKind,
    Gender,
    Need,
    OfstedRating,
    PersonalKind,
    PlacementType,
    RegistrationStatus,
    Route,
    Sector,
    Stance,
    SupportedOutcome,
)


class Frozen(BaseModel):
    """Base of the project's value types: immutable, and no unknown fields."""

    # Hundreds of types, few of which a question meets: each is built at its first use.
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class Group(Frozen):
    """An organisation that owns providers."""

    group_id: str
    name: str
    sector: Sector


class Provider(Frozen):
    """An organisation that owns settings."""

    provider_id: str
    name: str
    group_id: str


class Setting(Frozen):
    """One registered setting with its admission criteria, where they are known."""

    urn: str
    name: str
    provider_id: str
    placement_type: PlacementType | None
    """None for what is registered but is no placement: boarding, adoption agencies."""
    local_authority: str
    """The authority in whose area it stands (not the one that places)."""
    district: str | None
    """None, like town and point, where the register withholds the address."""
    town: str | None
    postcode_district: str | None
    easting: int | None
    """Metres, British National Grid."""
    northing: int | None
    """Metres, British National Grid."""
    places: int | None
    """Registered places; None where the register gives none (fostering agencies)."""
    age_from: int | None
    """None, like the other criteria, where the setting has not stated it."""
    age_to: int | None
    """Oldest age admitted, inclusive."""
    genders: tuple[Gender, ...]
    """Empty where not stated."""
    status: RegistrationStatus
    solo: bool | None
    """Can take a child alone."""
    siblings: int | None
    """The largest sibling group it would take together; 1 means none."""
    same_day: bool | None
    """Considers same-day admissions."""
    statement_date: date | None
    """Date of the statement of purpose that the claims come from."""
    provision_type: str | None = None
    """Kind as Ofsted prints it, such as "Residential Family Centre"; None where the
    register is not the source."""
    supported_outcome: SupportedOutcome | None = None
    """Of the latest inspection of supported accommodation; None for other kinds, and
    before the first inspection."""
    supported_outcome_on: date | None = None
    """Day of that inspection."""


class ClaimedNeed(Frozen):
    """What a setting says of one need. A claim, not a finding."""

    urn: str
    need: Need
    stance: Stance


class Inspection(Frozen):
    """One full inspection and its overall grade."""

    urn: str
    inspected_on: date
    rating: OfstedRating


class Vacancy(Frozen):
    """Places free in a setting, as it last told the region."""

    urn: str
    vacancies: int
    as_at: date


class PriceOffer(Frozen):
    """The weekly price that a setting quotes on one route, in pounds sterling."""

    urn: str
    route: Route
    weekly_price: int
    as_at: date


class Section(Frozen):
    """A heading or a numbered paragraph of a document, by where its text starts."""

    start: int
    """Offset in the document's text."""
    level: int
    """1 for the topmost heading; numbered paragraphs are deeper than headings."""
    heading: str
    """The heading's words; empty for a numbered paragraph without one."""
    number: str | None = None
    """Printed number such as "5.1"; None where there is none."""


class PageBreak(Frozen):
    """Where a page starts in a document's text."""

    start: int
    page: int


class PersonalDetail(Frozen):
    """Where a personal detail stands in a document's text."""

    start: int
    end: int
    kind: PersonalKind


class PersonalDetails(Frozen):
    """What was found in a document, and by which finders."""

    found: tuple[PersonalDetail, ...]
    """In order, without overlap."""
    finders: str
    """Version of the finders: with another, the text is searched again."""
    title: str = ""
    """The document's title with what was found in it masked."""
    source: str = ""
    """Its source, likewise."""


INVENTED_NOTICE: Final = "Invented document of the demonstration region"
"""How the notice in an invented document begins."""


class Document(Frozen):
    """A document as read: its cleaned text, and what it is about."""

    document_id: str
    """Hash of the text and the facts below it: the same file again is the same id."""
    title: str
    kind: DocumentKind
    source: str
    """Path relative to where it was ingested from."""
    text: str
    published: date | None = None
    local_authority: str | None = None
    provider: str | None = None
    """Provider or setting that it is about, by name."""
    urn: str | None = None
    """The setting that it is about, where one is known."""
    invented: bool = False
    """True for a document of the demonstration region."""
    sections: tuple[Section, ...] = ()
    pages: tuple[PageBreak, ...] = ()
    personal: PersonalDetails | None = None
    """No part of the id. None where they have not been looked for."""


class Passage(Frozen):
    """A span of a document that search can return."""

    passage_id: str
    """Hash of context and text: equal passages share their vector."""
    document_id: str
    start: int
    end: int
    text: str
    """Exactly `document.text[start:end]`."""
    locator: str
    """Where a reader finds it: "paragraph 5.1", "page 12", "section Staffing"."""
    context: str
    """Title > section > date > authority, put in front for search only."""


class Citation(Frozen):
    """A pointer to where something said comes from."""

    kind: Literal["document", "dataset", "model"]
    title: str
    locator: str
    """Page, section or paragraph; or table, filter and as-at date; or assumptions."""
    quote: str | None = None
    """A verbatim span of the stored text; None for data and models."""
    source: str
    """File path relative to where it was ingested from, or the table's name."""
    document_id: str | None = Field(default=None, exclude=True)
    """The document in the library; None for data and models."""
    start: int | None = Field(default=None, exclude=True)
    """Offset of the quote in the document's text."""


class Table(Frozen):
    """A result as a person reads it: columns, and the rows shown."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | bool | None, ...], ...]
    total_rows: int
    """How many rows there are in all, shown or not."""
    row_sources: tuple[int, ...] = Field(default=(), exclude=True)
    """For each row, its citation's place in the result's citations; empty where the
    rows have none of their own."""
