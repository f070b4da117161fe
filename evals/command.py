"""placements eval: question benchmarks. Importing it is cheap."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands import Command
from corpus.errors import ExitCode
from evals.commands.authoring import add_authoring
from evals.commands.gate import add_gate
from evals.commands.run import add_run
from evals.commands.runs import add_runs

if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.retrieval import RetrievalReport


def _configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    retrieval = actions.add_parser(
        "retrieval",
        help="rank a retrieval set by words, by vectors and by both, and compare",
    )
    retrieval.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help="holds corpus.jsonl, queries.jsonl and qrels/test.tsv (the BEIR format)",
    )
    retrieval.add_argument("--json", action="store_true", help="one JSON object")
    retrieval.set_defaults(act=_retrieval)
    add_run(actions)
    add_runs(actions)
    add_authoring(actions)
    add_gate(actions)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the benchmark that was asked for."""
    code: int = arguments.act(arguments, settings)
    return code


def _retrieval(arguments: argparse.Namespace, settings: Settings) -> int:
    """Measure one set, and print what each arm reached."""
    from assistant.commands.narration import Progress
    from evals.beir import load_beir
    from evals.retrieval import measure_retrieval

    tested = load_beir(arguments.folder)
    cache = settings.data_dir / "evaluations" / "vectors"
    model = settings.embedding_model
    report = measure_retrieval(tested, cache, Progress(), model)
    text = report.model_dump_json(indent=1) if arguments.json else _table(report)
    sys.stdout.write(text + "\n")
    return ExitCode.DONE


def _table(report: RetrievalReport) -> str:
    from tabulate import tabulate

    rows = [
        [arm.arm, *(f"{value:.4f}" for value in arm.measures.values())]
        for arm in report.arms
    ]
    head = (
        f"{report.name}: {report.documents:,} documents, {report.queries:,} queries,"
        f" vectors of {report.model}"
    )
    lines = [
        f"fusion less {d.than}, nDCG@10: {d.mean:+.4f}"
        f" (95% bootstrap interval {d.low:+.4f} to {d.high:+.4f})"
        for d in report.differences
    ]
    table = tabulate(
        rows, headers=["", *report.arms[0].measures], disable_numparse=True
    )
    return "\n".join([head, "", table, "", *lines])


EVAL = Command("eval", "benchmark retrieval and answers", _configure, _run)
