"""placements demo: (re)builds the demonstration region."""

from __future__ import annotations

import argparse

from assistant.commands import Command
from assistant.commands.narration import say
from assistant.settings import Settings
from corpus.errors import ExitCode


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=2026, help="2026 unless given")
    parser.add_argument(
        "--size", choices=["full", "small"], default="full",
        help="small: a tenth of the settings, for trying things out",
    )  # fmt: skip


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.setup import build_demonstration

    build_demonstration(settings, say, seed=arguments.seed, size=arguments.size)
    say("Ready: every provider, home, child, price and document in it is invented.")
    say("`placements chat` opens it; `placements index build` adds search by meaning.")
    return ExitCode.DONE


COMMAND = Command(
    name="demo",
    summary="build the demonstration region",
    configure=_configure,
    run=_run,
)
