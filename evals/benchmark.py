"""One run of a question benchmark: `python -m evals.benchmark DATASET...`.

Prints, for each dataset, how many questions are right in each layer, and every one that
is not. The data directory is PLACEMENTS_DATA_DIR, or the default one.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.engine import Assistant
from assistant.session import Session
from assistant.settings import Settings, default_data_dir
from corpus.errors import PlacementsError
from corpus.models import Frozen
from corpus.viewer import Viewer
from evals.dataset import Sample, load_dataset, shipped_dataset
from evals.scorers import Score, score


class Scored(Frozen):
    """One sample with its answer and the verdict of each layer."""

    sample: Sample
    answer: Answer | None
    """None where the assistant failed."""
    scores: tuple[Score, ...]
    failure: str = ""


def run(assistant: Assistant, samples: Iterable[Sample]) -> list[Scored]:
    """Ask every sample, a conversation in one session, and score the last answer."""
    return [_scored(assistant, sample) for sample in samples]


def _scored(assistant: Assistant, sample: Sample) -> Scored:
    session = Session([])
    try:
        for turn in sample.turns:
            answer = assistant.answer(turn, session)
    except PlacementsError as error:
        return Scored(sample=sample, answer=None, scores=(), failure=str(error))
    return Scored(sample=sample, answer=answer, scores=score(sample, answer))


def printed(name: str, scored: Sequence[Scored], wrong: bool) -> str:
    """The totals by layer, for single questions and conversations apart."""
    lines = [f"{name}: {len(scored)} questions"]
    for told, kind in (("single", str), ("conversations", tuple)):
        chosen = [s for s in scored if isinstance(s.sample.question, kind)]
        rights: dict[str, list[bool]] = defaultdict(list)
        for item in chosen:
            for one in item.scores:
                rights[one.layer].append(one.right)
        layers = (
            f"{layer} {sum(held)}/{len(held)} ({sum(held) / len(held):.0%})"
            for layer, held in rights.items()
        )
        lines.append(f"  {told} {len(chosen)}: {', '.join(layers) or 'none'}")
    lines += [line for item in scored for line in _problems(item)] if wrong else []
    return "\n".join(lines)


def _problems(item: Scored) -> list[str]:
    asked = " / ".join(item.sample.turns)
    if item.answer is None:
        return [f"  {item.sample.id} FAILED {item.failure} | {asked}"]
    made = [(call.name, call.arguments) for call in item.answer.tool_calls]
    return [
        f"  {item.sample.id} {one.layer}: {one.explanation} | {asked} | {made}"
        for one in item.scores
        if not one.right
    ]


def main() -> int:
    """Run each dataset that is named."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmark")
    parser.add_argument("datasets", nargs="+", help="a file, or a shipped one's name")
    parser.add_argument("--viewer", default="region")
    parser.add_argument("--wrong", action="store_true", help="list what is not right")
    given = parser.parse_args()
    settings = Settings(data_dir=default_data_dir(), viewer=Viewer.parse(given.viewer))
    assistant = Assistant.open(settings)
    for name in given.datasets:
        path = Path(name)
        samples = load_dataset(path) if path.exists() else shipped_dataset(name)
        told = printed(path.stem, run(assistant, samples), given.wrong)
        sys.stdout.write(told + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
