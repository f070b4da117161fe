"""Rankings against gold lists by ir_measures: documents found, providers listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evals.given import Given
from evals.scoring.verdict import Verdict, verdict
from tools.search_documents import own_title

MEASURES: Final = ("nDCG@10", "R@5", "R@10", "RR@10")
"""As ir_measures writes them."""


def rank_measures(ranking: Sequence[str], grades: dict[str, int]) -> dict[str, float]:
    """Each of `MEASURES` for one ranking, best first, against graded gold."""
    import ir_measures

    scored = [
        ir_measures.ScoredDoc("q", name, float(len(ranking) - place))
        for place, name in enumerate(dict.fromkeys(ranking))
    ] or [ir_measures.ScoredDoc("q", "", 0.0)]
    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    found = ir_measures.calc_aggregate(measures, {"q": grades}, scored)
    return {str(measure): float(value) for measure, value in found.items()}


def score_retrieval(
    documents: Sequence[str], retrieved: Sequence[tuple[str, str]]
) -> Verdict:
    """Right where an expected document is among the first ten found.

    Args:
        documents: gold, by source or title.
        retrieved: source and title of each passage found, best first.
    """
    gold = set(documents)
    ranking = [next(iter(gold & {s, t, own_title(t)}), s) for s, t in retrieved]
    measures = rank_measures(ranking, dict.fromkeys(documents, 1))
    lacking = [] if measures["R@10"] else [("not_found", "none of the gold in ten")]
    told = verdict("retrieval", lacking)
    return told.model_copy(update={"measures": measures})


def score_providers(expected: Sequence[str], given: Given) -> Verdict:
    """Right where every provider of the gold list is listed.

    The gold is in order, so nDCG grades its first the highest. What the answer ranks is
    the column of the table that holds most of the gold, in the order of its rows.
    """
    listed = listed_names(expected, given)
    absent = [name for name in expected if name not in listed]
    grades = {name: len(expected) - place for place, name in enumerate(expected)}
    told = verdict("providers", [("not_listed", f"lacks {n}") for n in absent])
    return told.model_copy(update={"measures": rank_measures(listed, grades)})


def listed_names(expected: Sequence[str], given: Given) -> list[str]:
    """The cells of the column with most of the gold; of equals, the first."""
    columns = [
        [str(row[place]) for row in table.rows]
        for table in given.tables
        for place in range(len(table.columns))
    ]
    return max(columns, key=lambda c: len(set(c) & set(expected)), default=[])
