"""placements eval run: a dataset through a brain, into a folder."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.running.asking import Asked

RUNS = ("evaluations", "runs")
"""Under the data directory, where runs go unless --out says otherwise."""


def add_run(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the action."""
    parser = actions.add_parser(
        "run", help="ask every question of a dataset, and score"
    )
    parser.add_argument(
        "datasets",
        nargs="+",
        metavar="DATASET",
        help="a JSON Lines file, a shipped dataset's name, or tune or look for all"
        " shipped ones of that part",
    )
    parser.add_argument(
        "--brain",
        metavar="NAME",
        help="built-in, lexical-only, dense-only, or a LangChain chat model",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of the run")
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="who asks; see placements ask"
    )
    parser.add_argument(
        "--as-at", metavar="DATE", help='the day that "today" means, as 2026-03-31'
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes at a time")
    parser.add_argument("--wrong", action="store_true", help="list what is not right")
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="score what `placements ask --batch` printed, and ask nothing",
    )
    parser.set_defaults(act=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.commands.narration import Progress, say
    from evals.running.run import BenchmarkRun
    from evals.tables import run_table, wrong_lines
    from evals.totals import Totals
    from evals.versions import named_datasets

    if arguments.workers is not None and arguments.workers < 1:
        raise UsageError(f"--workers is {arguments.workers}.", "Give 1 or more.")
    brain = arguments.brain or "built-in"
    datasets, started = named_datasets(arguments.datasets), datetime.now(UTC)
    for dataset in datasets:
        name = f"{started:%Y%m%d-%H%M%S}-{dataset.name}-{_as_name(brain)}"
        folder = settings.data_dir.joinpath(*RUNS, name)
        if arguments.out is not None:
            several = len(datasets) > 1
            folder = arguments.out / dataset.name if several else arguments.out
        run = BenchmarkRun(dataset, settings, brain, folder)
        facts = run.run(Progress(), arguments.workers, _given(arguments.answers))
        sys.stdout.write(run_table(facts, Totals.model_validate(facts.totals)) + "\n\n")
        if arguments.wrong:
            lines = wrong_lines(run.folder.records())
            sys.stdout.write("".join(f"{line}\n" for line in lines))
        say(f"Kept in {folder}: report.html for a browser, the log for inspect view.")
    return ExitCode.DONE


def _as_name(brain: str) -> str:
    return "".join(c if c.isalnum() or c in "-." else "_" for c in brain)


def _given(path: Path | None) -> dict[str, Asked] | None:
    """Answers of another program, by id; None where none are named."""
    from evals.running.record import asked_from_batch

    if path is None:
        return None
    found = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{str(path)!r} cannot be read: {error}.") from error
    for number, line in enumerate(lines, start=1):
        try:
            name, asked = asked_from_batch(line)
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path.name}, line {number}: no answer of `placements ask --batch`."
            ) from error
        found[name] = asked
    return found
