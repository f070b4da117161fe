"""placements eval compare, table and history: runs that are finished."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ExitCode, UsageError
from evals.commands.run import RUNS

if TYPE_CHECKING:
    from assistant.settings import Settings


def add_runs(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the actions."""
    compare = actions.add_parser("compare", help="set two runs side by side")
    compare.add_argument("first", type=Path, metavar="RUN_A")
    compare.add_argument("second", type=Path, metavar="RUN_B")
    compare.add_argument("--all", action="store_true", help="list every change")
    compare.add_argument(
        "--cluster",
        choices=("author", "document", "question"),
        help="what resembles one another; by itself author where there are enough",
    )
    compare.add_argument("--json", action="store_true", help="one JSON object")
    compare.set_defaults(act=_compare)
    table = actions.add_parser("table", help="several runs in one table")
    table.add_argument("runs", nargs="+", type=Path, metavar="RUN")
    table.add_argument("--markdown", action="store_true", help="for a README")
    table.set_defaults(act=_table)
    history = actions.add_parser("history", help="the trend over runs, by dataset")
    history.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    history.set_defaults(act=_history)


def _compare(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.compared_text import compared_text
    from evals.comparing import compare
    from evals.running.folder import RunFolder

    first, second = RunFolder(arguments.first), RunFolder(arguments.second)
    first.facts(), second.facts()
    found = compare(first, second, arguments.cluster)
    if arguments.json:
        text = found.model_dump_json(indent=1, exclude={"improved", "regressed"})
    else:
        text = compared_text(found, arguments.all)
    sys.stdout.write(text + "\n")
    return ExitCode.DONE


def _table(arguments: argparse.Namespace, settings: Settings) -> int:
    """A row a run; a folder that holds several runs stands for all of them."""
    from evals.running.folder import RunFolder, runs_under
    from evals.tables import results_table
    from evals.totals import Totals

    runs = []
    for path in arguments.runs:
        found = runs_under(path)
        RunFolder(path).facts() if not found else None
        runs += [(facts, Totals.model_validate(facts.totals)) for _, facts in found]
    sys.stdout.write(results_table(runs, arguments.markdown) + "\n")
    return ExitCode.DONE


def _history(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.running.folder import runs_under
    from evals.tables import history_table

    folder = arguments.folder or settings.data_dir.joinpath(*RUNS)
    runs = runs_under(folder)
    if not runs:
        raise UsageError(
            f"There is no finished run in {str(folder)!r}.",
            "Run one with `placements eval run DATASET`.",
        )
    sys.stdout.write(history_table(runs) + "\n")
    return ExitCode.DONE
