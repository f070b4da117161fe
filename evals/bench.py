"""Speed as ratios measured in one run: `make bench`.

Each figure is the median of a few fresh processes, or of many warm questions, and is
set beside something else measured in the same minutes on the same machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from corpus.models import Frozen
from evals.document_bench import document_figures
from evals.first_paint import bare_app, terminal_ui
from evals.tool_times import on_tables

if TYPE_CHECKING:
    from corpus.dataset import Dataset
    from corpus.disclosure import Question

RUNS: Final = 5
"""Fresh processes for each cold figure."""

HEADLINE: Final = "which providers near Kent take 14-year-old boys with CSE risk"
QUESTIONS: Final = (
    HEADLINE,
    "14yo lad, at risk of sexual exploitation, Maidstone area, resi",
    "who near Reading has a vacancy for a girl of 12, good or better?",
    "what do the reports say about missing episodes?",
    "what do sufficiency statements say about fostering?",
)
SAMPLES: Final = Path(__file__).parents[2] / "shared" / "seeds"
"""Text files to ingest; without them these figures are left out."""
PLAIN_STACK: Final = "import langchain.agents, chromadb, sentence_transformers"


class Figure(Frozen):
    """One measured ratio."""

    told: str
    seconds: float
    beside: str
    """What it is set beside."""
    beside_seconds: float

    @property
    def line(self) -> str:
        """The figure as printed."""
        ratio = self.seconds / self.beside_seconds
        return (
            f"{self.told}: {self.seconds:.2f} s, {ratio:.2f} of {self.beside}"
            f" ({self.beside_seconds:.2f} s)"
        )


def main() -> int:
    """Measure and print every figure."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _placements(root, "demo")
        for line in _figures(root):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return 0


def _figures(root: Path) -> Iterator[str]:
    python = _cold(lambda: _python("pass"))
    stack = _cold(lambda: _python(PLAIN_STACK))
    yield Figure(
        told="`placements --help` from cold",
        seconds=_cold(lambda: _placements(root, "--help")),
        beside="an empty Python",
        beside_seconds=python,
    ).line
    yield Figure(
        told="first paint of the terminal UI",
        seconds=_seconds(partial(terminal_ui, root)),
        beside="that of a bare Textual app",
        beside_seconds=_seconds(bare_app),
    ).line
    yield Figure(
        told="`placements ask` from cold",
        seconds=_cold(lambda: _placements(root, "ask", HEADLINE)),
        beside="importing langchain.agents, chromadb and sentence_transformers",
        beside_seconds=stack,
    ).line
    yield Figure(
        told="building the demonstration region",
        seconds=_cold(lambda: _placements(root, "demo")),
        beside="the same imports",
        beside_seconds=stack,
    ).line
    yield _warm(root)
    yield from _queries(root)
    yield from on_tables(root, root / "large")
    if SAMPLES.is_dir():
        yield from document_figures(SAMPLES)


MILLION: Final = 1_000_000
GROUPINGS: Final = (
    "placement_type",
    "local_authority",
    "age_band gender",
    "need",
    "year placement_type",
)


def _queries(root: Path) -> Iterator[str]:
    """Counts, means and sums of placements under disclosure control, warm."""
    from corpus.data_directory import DataDirectory
    from corpus.dataset import Dataset
    from corpus.demonstration.enlarged import enlarge

    region, large = DataDirectory(root), DataDirectory(root / "large")
    enlarge(region, large, MILLION)
    for told, directory in (("the region", region), ("a million placements", large)):
        times = list(_query_times(Dataset.open(directory)))
        yield (
            f"a protected query on {told}: median {median(times) * 1000:.0f} ms,"
            f" slowest {max(times) * 1000:.0f} ms of {len(times)}"
        )


def _query_times(dataset: Dataset) -> Iterator[float]:
    from corpus.disclosure import Dimension, Question, count_by, mean_by, sum_by
    from corpus.viewer import Viewer

    measures: list[Callable[[Question], object]] = [
        lambda question: count_by(question, "children"),
        lambda question: mean_by(question, "weekly_cost"),
        lambda question: sum_by(question, "weekly_cost"),
    ]
    for grouping in GROUPINGS:
        by = tuple(map(Dimension, grouping.split()))
        question = Question(dataset, "placements", Viewer(), group_by=by)
        for measure in measures:
            measure(question)
            yield _timed(partial(measure, question))


def _warm(root: Path) -> str:
    from assistant.engine import Assistant
    from assistant.settings import Settings

    assistant = Assistant.open(Settings(data_dir=root))
    assistant.answer(HEADLINE)
    times = [
        _timed(partial(assistant.answer, question))
        for _ in range(20)
        for question in QUESTIONS
    ]
    slow = quantiles(times, n=20)[-1]
    return (
        f"a warm question: median {median(times) * 1000:.0f} ms,"
        f" 95th percentile {slow * 1000:.0f} ms over {len(times)} questions"
    )


def _cold(run: Callable[[], object]) -> float:
    return _seconds(partial(_timed, run))


def _seconds(measured: Callable[[], float]) -> float:
    return median(measured() for _ in range(RUNS))


def _timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def _placements(root: Path, *words: str) -> None:
    command = [sys.executable, "-m", "assistant", "--data-dir", str(root), *words]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    raise SystemExit(main())
