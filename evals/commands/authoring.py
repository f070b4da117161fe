"""placements eval validate and new: writing questions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ExitCode

if TYPE_CHECKING:
    from assistant.settings import Settings
    from tools.base import Knowledge


def add_authoring(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
) -> None:
    """Declare the actions."""
    validate = actions.add_parser("validate", help="say what is wrong with a dataset")
    validate.add_argument("file", type=Path, metavar="FILE")
    validate.add_argument(
        "--record",
        choices=("tune", "look"),
        metavar="PART",
        help="record the content as a new version in the folder's manifest:"
        " tune for what the product is worked on with, look for what is only run",
    )
    validate.set_defaults(act=_validate)
    new = actions.add_parser(
        "new", help="write a question from its answer on the screen, corrected"
    )
    new.add_argument("file", type=Path, metavar="FILE", help="it is added to its end")
    new.add_argument("question", nargs="*", metavar="QUESTION", help="or several turns")
    new.add_argument("--viewer", metavar="VIEWER", help="who asks; see placements ask")
    new.set_defaults(act=_new)


def _validate(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the complaints; exit code 2 where one is an error."""
    from evals.validating import Validator
    from evals.versions import manifest, record_version

    path: Path = arguments.file
    found = Validator(path, _knowledge(settings)).complaints()
    for one in found:
        sys.stdout.write(f"{path.name}, line {one.line}: {one.weight}: {one.told}.\n")
    errors = sum(one.weight == "error" for one in found)
    if errors:
        sys.stdout.write(f"{errors} to be mended.\n")
        return ExitCode.USAGE
    if arguments.record:
        new = record_version(path, arguments.record)
        held = manifest(path.parent)[path.stem]
        told = "recorded" if new else "stands already"
        version = f"Version {len(held.versions)} ({held.part}) {told}"
        sys.stdout.write(f"{version}: {held.newest.sha256}.\n")
    sys.stdout.write("Nothing is wrong.\n")
    return ExitCode.DONE


def _knowledge(settings: Settings) -> Knowledge | None:
    """What the data directory holds; None where it holds nothing."""
    from assistant.engine import Assistant

    knowledge = Assistant.open(settings).knowledge
    return knowledge if knowledge.library.summaries() else None


def _new(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals.writing import write_sample

    return write_sample(arguments.file, tuple(arguments.question), settings)
