"""The invented library: statements, inspections and papers say what holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import Any, cast

import pytest

from corpus import vocabulary
from corpus.codes import (
    DocumentKind,
    Gender,
    Need,
    OfstedRating,
    PlacementType,
    Stance,
)
from corpus.demonstration import AS_AT, Region, generate_region
from corpus.demonstration.calibration import calibration
from corpus.demonstration.plan import plan_settings
from corpus.demonstration.published import published_figures
from corpus.demonstration.writing import (
    Known,
    PlannedGap,
    PlannedStatement,
    planned_gaps,
    planned_statements,
    stated_homes,
)
from corpus.demonstration.writing.house_style import common_ground, house_styles
from corpus.demonstration.writing.likeness import likeness, prose
from corpus.demonstration.writing.reports import SOURCES
from corpus.models import Document
from corpus.passages import split_passages

SHARED = Path(__file__).parents[1].parent / "shared"
SEEDS = SHARED / "seeds"
SIZES = ("small", "full")
OURS = (
    DocumentKind.STATEMENT_OF_PURPOSE,
    DocumentKind.SUFFICIENCY_STATEMENT,
    DocumentKind.INSPECTION,
    DocumentKind.REPORT,
)


@cache
def region(size: Any = "full") -> Region:
    return generate_region(2026, size)


@cache
def known(size: Any = "full") -> Known:
    planned = plan_settings(2026, size)
    return Known.of(2026, size, AS_AT, planned, region(size).rows)


def rows(name: str, size: str = "full") -> Sequence[Any]:
    return cast(Sequence[Any], region(size).rows[name])


def documents(kind: DocumentKind, size: str = "full") -> list[Document]:
    return [d for d in region(size).documents if d.kind is kind]


def statements(size: str = "full") -> list[tuple[Document, PlannedStatement]]:
    planned = planned_statements(known(size), stated_homes(known(size)))
    written = documents(DocumentKind.STATEMENT_OF_PURPOSE, size)
    return list(zip(written, planned, strict=True))


def needs_of(urn: str, stance: Stance, size: str = "full") -> set[Need]:
    claims = rows("claimed_needs", size)
    return {c.need for c in claims if c.urn == urn and c.stance is stance}


# --- Size ----------------------------------------------------------------------------


def test_the_library_without_its_visits_keeps_to_its_share_of_passages() -> None:
    held = [d for kind in OURS for d in documents(kind)]
    assert 200 <= len(held) <= 225
    assert 1_500 <= sum(len(split_passages(d)) for d in held) <= 2_050


def test_every_kind_of_document_is_there_in_the_planned_number() -> None:
    counted = Counter(document.kind for document in region().documents)
    assert len({p.urn for _, p in statements()}) == 120
    assert counted[DocumentKind.SUFFICIENCY_STATEMENT] == 19
    assert counted[DocumentKind.INSPECTION] == 55
    assert 12 <= counted[DocumentKind.REPORT] <= 15


# --- Statements of purpose -----------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_plans_of_current_statements_are_what_the_tables_hold(size: str) -> None:
    by_urn = {row.urn: row for row in rows("settings", size)}
    for document, planned in statements(size):
        setting = by_urn[planned.urn]
        assert document.urn == planned.urn
        assert document.published == planned.stated_on
        assert set(planned.accepts) == needs_of(planned.urn, Stance.ACCEPTS, size)
        assert set(planned.excludes) == needs_of(planned.urn, Stance.EXCLUDES, size)
        if not planned.superseded:
            assert planned.age_from in (setting.age_from, None)
            assert planned.age_to in (setting.age_to, None)
            assert planned.places in (setting.places, None)
            assert planned.genders in (setting.genders, ())


AGES = re.compile(
    r"(?:(?:aged|ages of|from|between|Age range \||Ages:?) ?\|? ?)"
    r"(\d+)(?:-| to | and | up to and including )(\d+)"
)


@pytest.mark.parametrize("size", SIZES)
def test_statements_give_the_planned_ages_or_none(size: str) -> None:
    for document, planned in statements(size):
        stated = {(int(low), int(high)) for low, high in AGES.findall(document.text)}
        if planned.age_from is None:
            assert not stated, document.source
        else:
            assert stated == {(planned.age_from, planned.age_to)}, document.source


WORDS = "no one two three four five six seven eight".split()


@pytest.mark.parametrize("size", SIZES)
def test_statements_give_the_planned_number_of_places_or_none(size: str) -> None:
    for document, planned in statements(size):
        if planned.places is None:
            assert not re.search(r"[Rr]egistered (?:for|places)", document.text)
            continue
        word = WORDS[planned.places]
        stated = rf"\b{word} (?:registered place|child)|[Pp]laces \| {planned.places}\b"
        assert re.search(stated, document.text), document.source


GENDERS = {
    (Gender.MALE,): "boys only",
    (Gender.FEMALE,): "girls only",
    (Gender.MALE, Gender.FEMALE): "boys and girls",
    (Gender.MALE, Gender.FEMALE, Gender.OTHER): "children of any gender",
}


@pytest.mark.parametrize("size", SIZES)
def test_statements_give_the_planned_genders_or_none(size: str) -> None:
    for document, planned in statements(size):
        said = {words for words in GENDERS.values() if words in document.text}
        expected = {GENDERS[planned.genders]} if planned.genders else set()
        assert said == expected, document.source


@pytest.mark.parametrize("size", SIZES)
def test_statements_name_every_need_that_the_home_accepts_or_excludes(
    size: str,
) -> None:
    styles = {style.voice_of.key: style for style in house_styles()}
    for document, planned in statements(size):
        style = styles[planned.style]
        for need in (*planned.accepts, *planned.excludes):
            assert style.name(need) in document.text, document.source


def test_plain_names_of_needs_are_read_as_those_needs_alone() -> None:
    assert set(common_ground().plain) == set(Need)
    for need, name in common_ground().plain.items():
        found = {match.identifier for match in vocabulary.needs().find(name)}
        assert found == {need.value}, name


@pytest.mark.parametrize("size", SIZES)
def test_statements_never_list_a_need_as_both_accepted_and_excluded(size: str) -> None:
    styles = {style.voice_of.key: style for style in house_styles()}
    for document, planned in statements(size):
        names = {styles[planned.style].name(need) for need in planned.excludes}
        bullets = document.text.split("\n- ")
        listed = [line.split("\n")[0].rstrip(".;") for line in bullets[1:]]
        assert all(listed.count(name) <= 1 for name in names), document.source


def test_a_provider_keeps_to_one_house_style_and_all_are_used() -> None:
    provider = {row.urn: row.provider_id for row in rows("settings")}
    styles: dict[str, set[str]] = {}
    for _, planned in statements():
        styles.setdefault(provider[planned.urn], set()).add(planned.style)
    assert all(len(used) == 1 for used in styles.values())
    assert len({style for used in styles.values() for style in used}) >= 8


def test_an_earlier_statement_disagrees_on_ages_with_the_newer_one() -> None:
    current = {p.urn: p for _, p in statements() if not p.superseded}
    earlier = [p for _, p in statements() if p.superseded]
    assert len(earlier) >= 4
    for planned in earlier:
        newer = current[planned.urn]
        assert planned.stated_on < newer.stated_on
        if newer.age_from is not None:
            assert (planned.age_from, planned.age_to) != (newer.age_from, newer.age_to)


def test_some_statements_leave_something_out() -> None:
    silent = [
        p
        for _, p in statements()
        if p.age_from is None or not p.genders or p.places is None
    ]
    assert 5 <= len(silent) <= 40


def test_statements_cite_only_inspections_that_had_taken_place() -> None:
    for document, planned in statements():
        past = [
            row
            for row in rows("inspections")
            if row.urn == planned.urn and row.inspected_on <= planned.stated_on
        ]
        months = {f"{row.inspected_on:%B %Y}" for row in past}
        cited = re.findall(
            r"(?:inspection|Ofsted)[^.]*? in (\w+ 20\d\d)", document.text
        )
        assert set(cited) <= months, document.source


def alike() -> Iterator[tuple[bool, float]]:
    """Whether two statements are of one style, with their likeness."""
    texts = []
    for document, planned in statements():
        headings = {section.heading for section in document.sections}
        lines = document.text.split("\n")
        body = "\n".join(line for line in lines if line not in headings)
        texts.append((planned, prose(body.replace(document.text[:300], "")) - NOTICES))
    for (one, a), (other, b) in combinations(texts, 2):
        if one.urn != other.urn:
            yield one.style == other.style, likeness(a, b)


NOTICES = prose(
    "\nInvented document of the demonstration region. No such home, provider, child"
    " or event exists."
)


def test_statements_do_not_read_as_one_template() -> None:
    pairs = list(alike())
    same = sorted(share for own, share in pairs if own)
    other = sorted(share for own, share in pairs if not own)
    assert mean(same) < 0.2
    assert same[int(0.96 * len(same))] < 0.3
    assert mean(other) < 0.01
    assert other[int(0.97 * len(other))] < 0.05
    assert other[-1] < 0.15


# --- Inspections ---------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_inspection_summaries_agree_with_the_latest_inspection(size: str) -> None:
    words = {
        rating: rating.value.replace("_", " ") + " to be good"
        if rating is OfstedRating.REQUIRES_IMPROVEMENT
        else rating.value
        for rating in OfstedRating
    }
    for document in documents(DocumentKind.INSPECTION, size):
        held = [row for row in rows("inspections", size) if row.urn == document.urn]
        latest = max(held, key=lambda row: row.inspected_on)
        day = f"{latest.inspected_on.day} {latest.inspected_on:%B %Y}"
        assert day in document.text
        overall = re.search(
            r"experiences and progress of children and young people"
            r"(?::| were judged) ([a-z ]+?)[;\n]",
            document.text,
        )
        assert overall
        assert overall[1] == words[latest.rating]
        assert document.published
        assert latest.inspected_on < document.published <= AS_AT


def test_weak_homes_have_requirements_with_dates_and_good_ones_none() -> None:
    rating = {
        row.urn: row.rating
        for row in sorted(rows("inspections"), key=lambda row: row.inspected_on)
    }
    weak = 0
    for document in documents(DocumentKind.INSPECTION):
        dated = re.findall(r"Regulation \d+, .+ By \d{1,2} \w+ 20\d\d\.", document.text)
        good = rating[document.urn].rank <= OfstedRating.GOOD.rank
        assert bool(dated) is not good, document.source
        weak += not good
    assert weak >= 4


def test_protection_limits_the_overall_judgement() -> None:
    for document in documents(DocumentKind.INSPECTION):
        inadequate = re.search(r"protect\w+[:,] inadequate", document.text)
        if inadequate:
            assert re.search(r"progress[^.\n]*inadequate", document.text)


# --- Sufficiency ---------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_each_authority_states_its_planned_gaps_and_intentions(size: str) -> None:
    by_authority: dict[str, list[PlannedGap]] = {}
    for gap in planned_gaps(known(size)):
        by_authority.setdefault(gap.local_authority, []).append(gap)
    held = documents(DocumentKind.SUFFICIENCY_STATEMENT, size)
    assert {d.local_authority for d in held} == set(by_authority)
    for document in held:
        gaps = by_authority[document.local_authority or ""]
        assert {gap.kind for gap in gaps} == {"gap", "intention"}
        for gap in gaps:
            fostering = gap.placement_type is PlacementType.FOSTERING
            row = f"{gap.places} {'households' if fostering else 'places'}"
            in_table = row in document.text and gap.said_by in document.text
            assert gap.text in document.text or in_table, gap.text


def test_planned_gaps_say_their_number_needs_and_date() -> None:
    for gap in planned_gaps(known()):
        assert gap.places >= 2
        assert (gap.by is None) == (gap.kind == "gap")
        assert gap.by is None or gap.by > AS_AT
        number = WORDS[gap.places] if gap.places < 9 else str(gap.places)
        assert re.search(rf"\b({number}|nine|ten)\b", gap.text, re.IGNORECASE)
        for need in gap.needs:
            named = {m.identifier for m in vocabulary.needs().find(gap.text)}
            assert need.value in named, gap.text


def test_published_figures_in_sufficiency_statements_are_the_published_ones() -> None:
    held = {
        (row.area, row.as_at.year): row.value
        for row in published_figures()
        if row.subject == "Children looked after at 31 March each year"
    }
    for document in documents(DocumentKind.SUFFICIENCY_STATEMENT):
        area = document.local_authority or ""
        stated = re.search(r"Published figure: ([\d,]+) children", document.text)
        assert stated, document.source
        assert float(stated[1].replace(",", "")) == held[area, 2024]
        assert "Department for Education" in document.text


def test_sufficiency_statements_tell_no_count_of_children_under_six() -> None:
    names = {row.name for row in calibration().of_tier("south_east")}
    for document in documents(DocumentKind.SUFFICIENCY_STATEMENT):
        assert document.local_authority in names
        told = re.findall(
            r"(?:(?<!of )about|some|Some|stood at|alone was) ([\d,]+)\b",
            document.text,
        )
        for count in told:
            number = int(count.replace(",", ""))
            assert number == 0 or number >= 6
            assert number % 5 == 0, (document.source, count)


# --- Regional papers -----------------------------------------------------------------


def papers() -> list[Document]:
    return [
        d
        for d in documents(DocumentKind.REPORT)
        if any(source in d.text for source in SOURCES.values())
    ]


def test_papers_mark_published_figures_and_name_their_sources() -> None:
    assert len(papers()) >= 10
    for document in papers():
        assert "published figure" in document.text[:400]
        assert "Published figure" in document.text[400:]
    for source in SOURCES.values():
        assert any(source in document.text for document in papers()), source


def test_the_ten_year_sum_that_fails_is_carried_and_said_to_fail() -> None:
    [kent] = [d for d in papers() if d.source.endswith("kent-block-contract.md")]
    assert "£30,564m" in kent.text
    assert "£35.64 million" in kent.text
    assert "£3.564 million" in kent.text


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9£%]+", text.lower().replace("'", "").replace("’", ""))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}


@pytest.mark.skipif(not SEEDS.exists(), reason="no seed documents here")
def test_no_paper_shares_eight_words_running_with_a_seed() -> None:
    seeds = set[tuple[str, ...]]()
    for path in sorted(SEEDS.glob("*.txt")):
        seeds |= _runs(path.read_text(encoding="utf-8"))
    assert len(seeds) > 30_000
    for document in documents(DocumentKind.REPORT):
        text = document.text
        for source in SOURCES.values():
            text = text.replace(source, "\0")
        for part in text.split("\0"):
            assert not _runs(part) & seeds, document.source


def _plain(figure: str) -> str:
    return figure.rstrip(".,").replace(",", "").removeprefix("£")


FIGURES = re.compile(r"£?\d[\d,.]*\d|£?\d")


@pytest.mark.skipif(not SEEDS.exists(), reason="no seed documents here")
def test_every_published_figure_of_the_papers_stands_in_a_seed() -> None:
    seeds = " ".join(p.read_text(encoding="utf-8") for p in sorted(SEEDS.glob("*.txt")))
    printed = {_plain(figure) for figure in FIGURES.findall(seeds)}
    for document in papers():
        for claim in re.findall(r"Published figure[^|]*?: (.+?) \(", document.text):
            for figure in FIGURES.findall(claim):
                assert _plain(figure) in printed, (document.source, claim)
