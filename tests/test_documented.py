from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.codes import Gender, Need, RegistrationStatus, Stance
from corpus.models import Citation
from corpus.observed import (
    FollowUp,
    Observed,
    Opinion,
    Recommendation,
    Span,
    StatedCriteria,
    StatedNeed,
    Theme,
    Visit,
    VisitCount,
)
from tools.base import Knowledge
from tools.documented import Documented, documented
from tools.provider_record import ProviderRecord
from tools.registry import call_tool
from tools.setting_record import SettingRecord

OAK = SettingRecord(
    urn="9100001",
    name="Oak House",
    provider="Oak Limited",
    placement_type=None,
    provision_type=None,
    status=RegistrationStatus.ACTIVE,
    town=None,
    local_authority="Kent",
    places=4,
    age_from=10,
    age_to=17,
    genders=(Gender.MALE, Gender.FEMALE),
    gender_mix="mixed",
    solo=None,
    siblings=None,
    same_day=None,
    accepts=(Need.CSE,),
    excludes=(Need.GANGS,),
    statement_date=None,
    grades=(),
    supported_outcome=None,
    supported_outcome_on=None,
    vacancies=None,
    vacancies_as_at=None,
    prices=(),
    doubts=(),
)


def span(document: str, quote: str = "words") -> Span:
    return Span(
        document_id=document, start=0, end=len(quote), quote=quote, locator="page 1"
    )


def visit(key: str, on: date | None, urn: str | None = OAK.urn) -> Visit:
    return Visit(
        visit_id=key,
        setting="OAK HOUSE",
        urn=urn,
        visited_on=on,
        announced=None,
        safeguarded=Opinion.INSUFFICIENT_EVIDENCE,
        safeguarded_span=None,
        well_being=Opinion.YES,
        well_being_span=span(key, "I am satisfied."),
    )


def statement(key: str, on: date, **stated: object) -> StatedCriteria:
    row = {
        "document_id": key,
        "setting": "Oak House",
        "urn": OAK.urn,
        "stated_on": on,
        "age_from": None,
        "age_to": None,
        "genders": (),
        "places": None,
        "spans": (span(key),),
    }
    return StatedCriteria.model_validate({**row, **stated})


def said(observed: Observed) -> Documented:
    return documented(observed, [OAK])


def test_visits_come_newest_first_and_undated_ones_last() -> None:
    visits = tuple(
        visit(key, on)
        for key, on in (
            ("a", date(2026, 1, 5)),
            ("b", None),
            ("c", date(2026, 3, 5)),
        )
    )
    found = said(Observed(visits=visits)).visits
    assert [row.visit_id for row in found] == ["c", "a", "b"]


def test_a_visit_without_a_urn_is_known_by_its_name_and_one_of_another_is_not() -> None:
    visits = (visit("a", None, urn=None), visit("b", None, urn="9100002"))
    assert [row.visit_id for row in said(Observed(visits=visits)).visits] == ["a"]


def test_an_opinion_that_is_not_given_stays_insufficient_evidence() -> None:
    (row,) = said(Observed(visits=(visit("a", None),))).visits
    assert row.safeguarded is Opinion.INSUFFICIENT_EVIDENCE
    assert row.span is not None and row.span.quote == "I am satisfied."


def test_each_visit_has_its_own_counts_recommendations_and_follow_ups() -> None:
    observed = Observed(
        visits=(visit("a", date(2026, 1, 5)), visit("b", date(2026, 2, 5))),
        visit_counts=(
            VisitCount(visit_id="a", measure="incidents", value=3, span=span("a")),
            VisitCount(visit_id="b", measure="incidents", value=None, span=span("b")),
        ),
        recommendations=(
            Recommendation(
                visit_id="a", number=1, theme=Theme.RECORDS, by=None, whose=None,
                span=span("a"),
            ),
        ),
        follow_ups=(
            FollowUp(
                visit_id="b", theme=Theme.RECORDS, outcome="met", recommendation=1,
                span=span("b"),
            ),
        ),
    )  # fmt: skip
    later, earlier = said(observed).visits
    assert (earlier.counts, later.counts) == ({"incidents": 3}, {"incidents": None})
    assert [len(v.recommendations) for v in (earlier, later)] == [1, 0]
    assert (earlier.followed_up, later.followed_up) == ({}, {"met": 1})


def test_a_statement_that_says_what_the_table_says_disagrees_in_nothing() -> None:
    same = statement(
        "s", date(2025, 1, 1), age_from=10, age_to=17, places=4,
        genders=(Gender.FEMALE, Gender.MALE),
    )  # fmt: skip
    assert said(Observed(criteria=(same,))).disagreements == ()


def test_what_a_statement_leaves_out_is_no_disagreement() -> None:
    assert said(Observed(criteria=(statement("s", date(2025, 1, 1)),))) == Documented()


def test_only_the_newest_statement_counts_and_each_difference_has_its_words() -> None:
    observed = Observed(
        criteria=(
            statement("old", date(2024, 1, 1), age_to=12),
            statement("new", date(2025, 1, 1), age_from=8, places=5),
        ),
        stated_needs=(
            StatedNeed(
                document_id="new", urn=OAK.urn, need=Need.CSE, stance=Stance.EXCLUDES,
                span=span("new", "We do not admit children at risk of CSE."),
            ),
            StatedNeed(
                document_id="new", urn=OAK.urn, need=Need.GANGS,
                stance=Stance.EXCLUDES, span=span("new"),
            ),
            StatedNeed(
                document_id="old", urn=OAK.urn, need=Need.GANGS, stance=Stance.ACCEPTS,
                span=span("old"),
            ),
        ),
    )  # fmt: skip
    found = said(observed).disagreements
    assert [(row.criterion, row.table, row.document) for row in found] == [
        ("youngest age", "10", "8"),
        ("places", "4", "5"),
        ("child sexual exploitation", "accepts", "excludes"),
    ]
    assert found[-1].span.quote == "We do not admit children at risk of CSE."


@pytest.fixture(scope="module")
def region(region_dir: Path) -> Knowledge:
    return Assistant.open(Settings(data_dir=region_dir)).knowledge


def test_every_quotation_of_a_profile_stands_in_its_document(region: Knowledge) -> None:
    visited = {s.urn for s in region.library.summaries() if s.kind == "reg44" and s.urn}
    quoted = 0
    for urn in sorted(visited):
        result = call_tool("provider_profile", {"provider": urn}, region)
        assert isinstance(result.data, ProviderRecord)
        assert result.data.documented.visits
        quoted += sum(_verbatim(citation, region) for citation in result.citations)
    assert quoted > len(visited)


def _verbatim(citation: Citation, knowledge: Knowledge) -> bool:
    if citation.quote is None:
        return False
    assert citation.document_id is not None and citation.start is not None
    text = knowledge.library.get(citation.document_id).text
    assert text[citation.start :].startswith(citation.quote)
    return True
