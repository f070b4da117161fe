"""placements demo: (re)builds the demonstration region, or prints its calibration."""

from __future__ import annotations

import argparse
import sys

from assistant.commands import Command
from assistant.commands.narration import say
from assistant.settings import Settings
from corpus.errors import DataDirectoryError, ExitCode


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=2026, help="2026 unless given")
    parser.add_argument(
        "--size", choices=["full", "small"], default="full",
        help="small: a tenth of the settings, a twentieth of the children",
    )  # fmt: skip
    parser.add_argument(
        "--calibration", action="store_true",
        help="print each published figure beside the region's own; builds nothing"
        " where a region is already there",
    )  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    held = settings.directory.manifest()
    if not arguments.calibration or held is None:
        _build(arguments, settings)
    elif held.kind == "real":
        raise DataDirectoryError(
            f"The data directory {str(settings.data_dir)!r} holds real tables:"
            " there is no demonstration to compare with published figures.",
            "Choose another: placements --data-dir DIR demo --calibration",
        )
    if arguments.calibration:
        _print_calibration(settings)
    return ExitCode.DONE


def _build(arguments: argparse.Namespace, settings: Settings) -> None:
    from assistant.setup import build_demonstration

    build_demonstration(settings, say, seed=arguments.seed, size=arguments.size)
    say("Ready: every provider, home, child, price and document in it is invented.")
    say("`placements chat` opens it; `placements index build` adds search by meaning.")


def _print_calibration(settings: Settings) -> None:
    from corpus.dataset import Dataset
    from corpus.demonstration import calibration_lines, calibration_table

    rows = calibration_table(Dataset.open(settings.directory))
    sys.stdout.write("\n".join(calibration_lines(rows)) + "\n")
    if not all(row.within for row in rows):
        say("Only the full region of seed 2026 is held to the published figures.")


COMMAND = Command(
    name="demo",
    summary="build the demonstration region",
    configure=_configure,
    run=_run,
)
