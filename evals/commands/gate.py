"""placements eval gate: a small fixed set held to its baseline, for CI."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from corpus.errors import ExitCode

if TYPE_CHECKING:
    from assistant.settings import Settings


def add_gate(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the action."""
    gate = actions.add_parser(
        "gate", help="ask a small fixed set, and fail where it regresses"
    )
    gate.add_argument(
        "--renew", action="store_true", help="keep what is answered now as the baseline"
    )
    gate.set_defaults(act=_gate)


def _gate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit code 1 where a layer falls below its baseline's interval."""
    from assistant.commands.narration import Progress
    from evals.gate import BASELINE, ask_gate, gate_text, judge, read_baseline, renewed

    kept = read_baseline()
    records = ask_gate(kept, settings, Progress())
    found = judge(kept, records)
    sys.stdout.write(gate_text(found) + "\n")
    if arguments.renew:
        BASELINE.write_bytes(renewed(kept, records))
        return ExitCode.DONE
    return ExitCode.DONE if found.passes else ExitCode.NOT_ANSWERED
