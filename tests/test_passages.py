"""Sentences and passages: where they start and end in a document's text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Overrides, document_of, locator_at, read_document
from corpus.errors import DocumentError
from corpus.passages import LARGEST, split_passages
from corpus.sentences import sentences

SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"

prose = st.text(
    alphabet=st.sampled_from("abcXYZ £4,.5!?:;•-|()“”\n\té") | st.characters(),
    max_size=600,
)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Fees rose to £4.5m in 2024.",
        "5.1 Residential care costs £4,557 per week (accommodation only).",
        "Some homes, e.g. Oak House, take siblings.",
        "See para. 5 of the report by Dr. Smith and J. Jones.",
        "Under reg. 44 a visit is monthly.",
        "It is No. 3 in the list.",
        "• a registered manager (i.e. the person in charge)",
        "(a) The first point.",
        "New options (links to foster care etc. )",
        "1. Introduction",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["Costs rose.", "They may fall."],
        ["“Is it so?”", "It is."],
        ["It was noted.²⁴", "Next came the review."],
        ["It was noted. ²⁴", "Next came the review."],
        ["Aims:", "• to save", "• to place near home"],
        ["Staffing", "The home has 12 staff."],
        ["A cost of £5m.", "£3m was spent."],
        ["Spending was £7m (16%).", "The rest was not."],
    ],
)
def test_sentences_and_list_items_are_told_apart(parts: list[str]) -> None:
    assert split("\n".join(parts)) == parts
    if not any("•" in part or part[-1].isalpha() for part in parts):
        assert split(" ".join(parts)) == parts


def test_a_wrapped_sentence_is_one() -> None:
    assert split("The average cost\nof a bed rose.") == [
        "The average cost\nof a bed rose."
    ]


@given(prose)
def test_sentences_hold_every_character_once_and_start_and_end_on_one(
    text: str,
) -> None:
    spans = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[s:e] == text[s:e].strip() for s, e in spans)
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(
        text.split()
    )


@given(prose, st.integers(min_value=1, max_value=8))
def test_passages_are_spans_that_cover_the_text_in_order(text: str, times: int) -> None:
    try:
        document = document_of("\n\n".join([text] * times), "a.md", Overrides())
    except DocumentError:
        return
    passages = split_passages(document)
    assert all(document.text[p.start : p.end] == p.text for p in passages)
    assert all(a.end <= b.start for a, b in pairwise(passages))
    joined = "".join("".join(p.text.split()) for p in passages)
    assert joined == "".join(document.text.split())
    assert all(p.locator and p.context for p in passages)


@given(st.lists(st.sampled_from(["placement", "£4,557", "x" * 40, "a."]), max_size=900))
def test_no_passage_outgrows_what_the_model_reads(words: list[str]) -> None:
    try:
        document = document_of(" ".join(["Fees", *words]), "a.txt", Overrides())
    except DocumentError:
        return
    longest = max(len(passage.text.split()) for passage in split_passages(document))
    assert longest <= LARGEST


def test_a_heading_stays_with_the_text_below_it() -> None:
    body = " ".join(["Placements are scarce in the county."] * 14)
    text = f"# Report\n\n{body}\n\n## Costs\n\n{body}\n\n## Staff\n\n{body}"
    passages = split_passages(document_of(text, "a.md", Overrides()))
    assert [p.text.split("\n")[0] for p in passages] == ["Report", "Costs", "Staff"]
    assert [p.locator for p in passages] == [
        "opening section",
        "section Costs",
        "section Staff",
    ]


def test_a_passage_that_starts_at_the_title_is_named_after_its_first_section() -> None:
    text = "# Visit to Oak House\n\nInvented.\n\n## Staffing\n\nTwo staff were on duty."
    document = document_of(text, "a.md", Overrides())
    assert [p.locator for p in split_passages(document)] == ["section Staffing"]
    assert locator_at(document, document.text.index("Inv")) == "opening section"


def test_small_paragraphs_of_one_section_share_a_passage() -> None:
    text = "# Report\n\n## Costs\n\nFees rose.\n\nThey may fall.\n\nNobody knows."
    (passage,) = split_passages(document_of(text, "a.md", Overrides()))
    assert passage.text.endswith("Fees rose.\n\nThey may fall.\n\nNobody knows.")


def test_numbered_paragraphs_name_a_passage() -> None:
    text = "5. Costs\n\n" + "\n\n".join(
        f"5.{n} {'The cost of a placement is rising every year. ' * 2}".strip()
        for n in (1, 2, 3)
    )
    passages = split_passages(document_of(text, "a.txt", Overrides()))
    assert [p.locator for p in passages] == ["paragraphs 5.1-5.3"]
    assert passages[0].context == "5. Costs > 5 Costs"


def test_a_long_table_carries_its_header_into_every_passage() -> None:
    rows = "\n".join(f"| Home number {n} | £{n},000 a week |" for n in range(100))
    document = document_of(
        f"# Fees\n\n| Home | Fee |\n|---|---|\n{rows}", "a.md", Overrides()
    )
    passages = split_passages(document)
    assert len(passages) > 2
    assert all("Home | Fee" in p.context for p in passages[1:])


def test_context_names_title_section_date_and_authority() -> None:
    text = "# Sufficiency\n\n## Gaps\n\n3 May 2024\n\nThere are too few beds."
    facts = Overrides(local_authority="Kent", provider="Oak House")
    (passage,) = split_passages(document_of(text, "a.md", facts))
    assert passage.context == "Sufficiency > May 2024 > Kent > Oak House"


def test_equal_passages_of_two_documents_share_their_id() -> None:
    first = document_of("# Fees\n\nA bed costs £5,000.", "a.md", Overrides())
    second = document_of("# Fees\n\nA bed costs £5,000.", "b.md", Overrides())
    other = document_of("# Fees\n\nA bed costs £6,000.", "a.md", Overrides())
    ids = [split_passages(d)[0].passage_id for d in (first, second, other)]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.skipif(not SEEDS.exists(), reason="no sample documents")
def test_sample_papers_are_covered_whole() -> None:
    for path in SEEDS.glob("*.txt"):
        document = read_document(path, path.parent)
        passages = split_passages(document)
        assert all(document.text[p.start : p.end] == p.text for p in passages)
        held = {i for p in passages for i in range(p.start, p.end)}
        spaces = {i for i, c in enumerate(document.text) if c.isspace()}
        assert held | spaces == set(range(len(document.text)))
