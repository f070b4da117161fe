"""`placements eval retrieval` on small sets in the BEIR format."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cli import main
from corpus.errors import ExitCode, UsageError
from evals.beir import BeirSet, load_beir
from evals.retrieval import bootstrap_interval, per_query

DOCUMENTS = {
    "fees": ("Fees", "A residential bed costs £4,557 a week in the county."),
    "staff": ("Staff", "Two waking night workers are on duty in the home."),
    "pets": ("Animals", "The home keeps two dogs and a cat in the garden."),
    "risk": ("Safety", "Staff search for a young person who runs away at night."),
}
QUERIES = {
    "q1": ("weekly price of a bed", {"fees": 1}),
    "q2": ("absconding teenagers", {"risk": 2, "staff": 1}),
    "q3": ("nobody judged this", {}),
}


def write_set(folder: Path) -> Path:
    (folder / "qrels").mkdir(parents=True)
    rows = [{"_id": k, "title": t, "text": x} for k, (t, x) in DOCUMENTS.items()]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "corpus.jsonl").write_text(lines, encoding="utf-8")
    asked = [{"_id": key, "text": text} for key, (text, _) in QUERIES.items()]
    lines = "".join(json.dumps(row) + "\n" for row in asked)
    (folder / "queries.jsonl").write_text(lines, encoding="utf-8")
    graded = [
        f"{query}\t{document}\t{grade}\n"
        for query, (_, found) in QUERIES.items()
        for document, grade in found.items()
    ]
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(graded), encoding="utf-8"
    )
    return folder


def test_a_set_is_read_with_titles_and_only_the_judged_queries(tmp_path: Path) -> None:
    tested = load_beir(write_set(tmp_path / "small"))
    assert tested.name == "small"
    assert tested.document_ids == tuple(DOCUMENTS)
    assert tested.documents[0].startswith("Fees\nA residential bed")
    assert tested.query_ids == ("q1", "q2")
    assert tested.judgements["q2"] == {"risk": 2, "staff": 1}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("corpus.jsonl", '{"title": "no id"}\n', "corpus.jsonl, line 1"),
        ("queries.jsonl", "not json\n", "queries.jsonl, line 1"),
        ("qrels/test.tsv", "q1\tfees\n", "test.tsv, line 1"),
        ("qrels/test.tsv", "q1\tfees\t1\nq1\tpets\tgood\n", "test.tsv, line 2"),
        ("qrels/test.tsv", "", "no queries with a judgement"),
        ("corpus.jsonl", "", "no documents"),
    ],
)
def test_a_file_that_is_not_in_the_format_is_named(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    folder = write_set(tmp_path / "small")
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        load_beir(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"corpus\.jsonl"):
        load_beir(tmp_path)


ids = [f"d{number}" for number in range(15)]


@given(
    st.permutations(ids),
    st.dictionaries(st.sampled_from(ids), st.integers(0, 3), min_size=1),
)
def test_ndcg_is_that_of_the_definition(
    ranking: list[str], grades: dict[str, int]
) -> None:
    tested = BeirSet("s", tuple(ids), tuple(ids), ("q",), ("?",), {"q": grades})
    best = sorted(grades.values(), reverse=True)[:10]
    ideal = sum(grade / log2(place + 2) for place, grade in enumerate(best))
    gained = sum(
        grades.get(key, 0) / log2(place + 2) for place, key in enumerate(ranking[:10])
    )
    measured = per_query(tested, [ranking])["nDCG@10"][0]
    assert measured == pytest.approx(gained / ideal if ideal else 0.0, abs=1e-6)


@settings(deadline=None)  # 10,000 resamples
@given(st.lists(st.floats(-1, 1), min_size=2, max_size=30))
def test_the_interval_holds_the_mean_of_the_differences(apart: list[float]) -> None:
    values = np.array(apart)
    low, high = bootstrap_interval(values)
    assert min(apart) - 1e-9 <= low <= high <= max(apart) + 1e-9
    assert low - 1e-9 <= values.mean() <= high + 1e-9


def test_differences_that_never_vary_leave_no_doubt() -> None:
    assert bootstrap_interval(np.full(9, 0.25)) == (0.25, 0.25)


@pytest.mark.slow
def test_a_set_is_measured_and_a_second_run_embeds_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, data = write_set(tmp_path / "small"), str(tmp_path / "data")
    words = ["--data-dir", data, "eval", "retrieval", str(folder)]
    assert main([*words, "--json"]) == ExitCode.DONE
    first = capsys.readouterr()
    assert "Embedding" in first.err
    report = json.loads(first.out)
    assert (report["documents"], report["queries"]) == (4, 2)
    arms = {arm["arm"]: arm["measures"] for arm in report["arms"]}
    assert arms["fusion"]["nDCG@10"] == pytest.approx(1.0)
    assert arms["words"]["nDCG@10"] < 1.0
    assert {d["than"] for d in report["differences"]} == {"words", "vectors"}
    assert main(words) == ExitCode.DONE
    second = capsys.readouterr()
    assert "Embedding" not in second.err
    assert "bootstrap" in second.out
