"""Rows of a whole library: kept between processes, linked, and asked about."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from corpus.codes import DocumentKind
from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.library import Library
from corpus.models import Document
from corpus.observations import observations
from corpus.observed import Observed, Span, Theme
from corpus.visits import counts_of, outstanding, themes_by_month, visits_of

HOME = "Alder House"


def report(
    month: int,
    follow_up: str = "",
    recommendations: str = "",
    *,
    home: str = HOME,
    missing: str = "no",
) -> Document:
    text = f"""# Regulation 44 report: {home}

Home: {home}

Date of visit: 10 {date(2026, month, 1):%B} 2026

Since the last visit there were {missing} missing episodes.

## Progress on previous recommendations

{follow_up or "None were outstanding."}

## Recommendations

{recommendations or "None."}
"""
    name = f"{home}-{month}.md".replace(" ", "-")
    return document_of(text, name, Overrides(kind=DocumentKind.REG44))


def library(root: Path, *documents: Document) -> Library:
    held = Library.open(DataDirectory(root / "data"))
    held.add(documents)
    return held


def spans(observed: Observed) -> Iterator[Span]:
    for visit in observed.visits:
        yield from filter(None, (visit.safeguarded_span, visit.well_being_span))
    yield from (row.span for row in observed.visit_counts)
    yield from (row.span for row in observed.standard_comments)
    yield from (row.span for row in observed.recommendations)
    yield from (row.span for row in observed.follow_ups)
    yield from (row.span for row in observed.stated_needs)
    yield from (row.span for row in observed.stated_gaps)
    for criteria in observed.criteria:
        yield from criteria.spans


def quotes(rows: Observed, home: str = HOME, on: date | None = None) -> list[str]:
    return [o.recommendation.span.quote for o in outstanding(rows, home, on)]


def test_every_row_of_the_region_quotes_its_place(region_dir: Path) -> None:
    held = Library.open(DataDirectory(region_dir))
    rows = observations(held)
    texts = {s.document_id: held.get(s.document_id).text for s in held.summaries()}
    found = list(spans(rows))
    assert len(found) > 100
    assert all(texts[s.document_id][s.start : s.end] == s.quote for s in found)
    assert all(span.quote.strip() == span.quote != "" for span in found)
    assert all(span.locator for span in found)


def test_each_kind_of_document_of_the_region_gives_rows(region_dir: Path) -> None:
    rows = observations(Library.open(DataDirectory(region_dir)))
    empty = [name for name in Observed.model_fields if not getattr(rows, name)]
    assert empty == []


def test_an_empty_library_has_no_rows(tmp_path: Path) -> None:
    assert observations(Library.open(DataDirectory(tmp_path))) == Observed()


def test_a_follow_up_names_the_recommendation_that_it_speaks_of(tmp_path: Path) -> None:
    held = library(
        tmp_path,
        report(1, recommendations="1. Repair the fire door.\n2. Book a dental check."),
        report(
            2, "- The dental check: booked and attended, met.\n- Fire door: not met."
        ),
    )
    rows = observations(held).follow_ups
    assert [(f.recommendation, f.outcome) for f in rows] == [(2, "met"), (1, "not_met")]


def test_a_follow_up_that_fits_nothing_names_no_recommendation(tmp_path: Path) -> None:
    held = library(
        tmp_path,
        report(1, recommendations="1. Repair the fire door."),
        report(2, "- Menus: met."),
    )
    assert [f.recommendation for f in observations(held).follow_ups] == [None]


def test_both_met_closes_two_recommendations_and_not_three(tmp_path: Path) -> None:
    asked = "1. Repair the fire door.\n2. Book a dental check."
    said = "Both recommendations have been met."
    two = library(tmp_path / "two", report(1, recommendations=asked), report(2, said))
    assert [f.recommendation for f in observations(two).follow_ups] == [1, 2]
    three = f"{asked}\n3. Paint the hall."
    more = library(tmp_path / "more", report(1, recommendations=three), report(2, said))
    assert [f.recommendation for f in observations(more).follow_ups] == [None]


def test_what_a_later_visit_found_met_is_no_longer_outstanding(tmp_path: Path) -> None:
    held = library(
        tmp_path,
        report(1, recommendations="1. Repair the fire door.\n2. Book a dental check."),
        report(2, "- Fire door repaired: met.\n- Dental check: not done."),
        report(3, "- Dental check: done."),
    )
    rows = observations(held)
    assert len(quotes(rows, on=date(2026, 1, 31))) == 2
    assert quotes(rows, on=date(2026, 2, 28)) == ["Book a dental check."]
    assert quotes(rows) == []


def test_what_nobody_followed_up_stays_outstanding_without_outcome(
    tmp_path: Path,
) -> None:
    held = library(
        tmp_path, report(1, recommendations="1. Repair the fire door."), report(2)
    )
    (row,) = outstanding(observations(held), HOME)
    assert (row.outcome, row.checked_on, row.made_on) == (None, None, date(2026, 1, 10))


def test_a_recommendation_made_again_counts_once(tmp_path: Path) -> None:
    held = library(
        tmp_path,
        report(1, recommendations="1. Repair the fire door on the landing."),
        report(
            2,
            "- Fire door on the landing: not met.",
            "1. Repair the fire door on the landing, as asked in January.",
        ),
    )
    (row,) = outstanding(observations(held), HOME)
    assert (row.repeated, row.outcome) == (1, "not_met")
    assert (row.made_on, row.checked_on) == (date(2026, 1, 10), date(2026, 2, 10))


def test_homes_are_kept_apart(tmp_path: Path) -> None:
    held = library(
        tmp_path,
        report(1, recommendations="1. Repair the fire door."),
        report(2, "- Fire door: met.", home="Birch House"),
    )
    rows = observations(held)
    assert len(outstanding(rows, "alder house")) == 1
    assert outstanding(rows, "Birch House") == ()
    assert visits_of(rows, "Cedar House") == ()


def test_counts_and_themes_come_month_by_month(tmp_path: Path) -> None:
    held = library(
        tmp_path,
        report(1, recommendations="1. Repair the fire door.", missing="two"),
        report(2, recommendations="1. Test the fire alarm.", missing="five"),
    )
    rows = observations(held)
    counts = counts_of(rows, HOME, "missing_episodes")
    assert [(c.visit.visited_on, c.count.value) for c in counts] == [
        (date(2026, 1, 10), 2),
        (date(2026, 2, 10), 5),
    ]
    assert [
        (t.month.month, t.theme, t.recommendations) for t in themes_by_month(rows)
    ] == [
        (1, Theme.FIRE_SAFETY, 1),
        (2, Theme.FIRE_SAFETY, 1),
    ]


def _kept_files(held: Library) -> list[Path]:
    return list((held.folder / "observed").glob("*.json"))


def test_rows_are_kept_on_disk_and_new_documents_join_them(tmp_path: Path) -> None:
    held = library(tmp_path, report(1))
    assert len(observations(held).visits) == 1
    (kept,) = _kept_files(held)
    held.add([report(2)])
    assert len(observations(held).visits) == 2
    assert _kept_files(held) == [kept]


def test_removed_documents_leave_no_rows(tmp_path: Path) -> None:
    held = library(tmp_path, report(1), report(2))
    assert len(observations(held).visits) == 2
    held.remove(report(1).document_id)
    assert len(observations(held).visits) == 1


def _in_new_process(held: Library) -> str:
    code = (
        "import sys; from pathlib import Path; from corpus.library import Library;"
        "from corpus.observations import observations;"
        "rows = observations(Library(Path(sys.argv[1])));"
        "print(len(rows.visits), 'pandas' in sys.modules, 'torch' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(held.folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_damaged_file_of_kept_rows_is_made_anew(tmp_path: Path) -> None:
    held = library(tmp_path, report(1))
    observations(held)
    (kept,) = _kept_files(held)
    whole = kept.read_text()
    kept.write_text(whole[: len(whole) // 2])
    assert _in_new_process(held).split() == ["1", "False", "False"]
    assert kept.read_text() == whole


def test_a_folder_that_cannot_be_written_still_gives_rows(tmp_path: Path) -> None:
    held = library(tmp_path, report(1))
    (held.folder / "observed").write_text("in the way of the folder")
    assert len(observations(held).visits) == 1
    held.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert _in_new_process(held).split()[0] == "1"
    finally:
        held.folder.chmod(stat.S_IRWXU)


def test_many_readers_at_once_agree(tmp_path: Path) -> None:
    held = library(tmp_path, *(report(month) for month in range(1, 9)))
    copies = [Library(held.folder / ".." / held.folder.name) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(observations, copies)
    assert len(first.visits) == 8
    assert all(other == first for other in others)


@pytest.mark.parametrize("name", ["recommendations", "follow_ups", "visits"])
def test_rows_name_roles_and_never_people(tmp_path: Path, name: str) -> None:
    named = report(
        1,
        "- Fire door: met, said Mrs Iqbal.",
        "1. Paint the hall. Owner: Priya Iqbal. By 3 February 2026.",
    )
    rows = getattr(observations(library(tmp_path, named)), name)
    fields = [
        row.model_dump(exclude={"span", "safeguarded_span", "well_being_span"})
        for row in rows
    ]
    assert fields
    assert "Iqbal" not in str(fields)


def test_what_is_pressed_further_after_a_part_was_done_counts_once(
    tmp_path: Path,
) -> None:
    held = library(
        tmp_path,
        report(1, recommendations="1. Begin the pathway plan of Child T in earnest."),
        report(
            2,
            "- Pathway plan of Child T: partly met.",
            "1. Finish the pathway plan with the new personal adviser.",
        ),
        report(3, "- Pathway plan with the new adviser: met."),
    )
    rows = observations(held)
    (row,) = outstanding(rows, HOME, date(2026, 2, 28))
    assert (row.repeated, row.outcome) == (1, "partly_met")
    assert outstanding(rows, HOME) == ()
