"""placements ask: one question, or a file of them, without a terminal UI."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assistant.commands import Command
from assistant.settings import Settings
from corpus.errors import ExitCode, UsageError
from corpus.text import clean_text


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", metavar="QUESTION")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--batch",
        type=Path,
        metavar="FILE",
        help="answer every question of a JSON Lines file, one JSON object a line",
    )
    parser.add_argument("--session", metavar="NAME", help="go on with a conversation")
    parser.add_argument(
        "--viewer", metavar="VIEWER", help="council:NAME, region or evaluator"
    )
    parser.add_argument(
        "--brain", metavar="NAME", help="built-in, or a LangChain chat model"
    )
    parser.add_argument(
        "--as-at", metavar="DATE", help='the day that "today" means, as 2026-03-31'
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if (arguments.question is None) == (arguments.batch is None):
        raise UsageError(
            "`placements ask` takes a question or --batch FILE, one of the two.",
            'For example: placements ask "who near Kent takes girls of 12?"',
        )
    if arguments.batch is not None:
        from assistant.batch import answer_batch

        return answer_batch(arguments.batch, settings)
    from assistant.engine import Assistant

    assistant = Assistant.open(settings)
    question = clean_text(arguments.question)
    answer = assistant.answer(question, assistant.session)
    if arguments.json:
        json.dump(answer.as_json(), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        from assistant.printing import printed

        sys.stdout.write(printed(answer))
    done = answer.status == "answered"
    return ExitCode.DONE if done else ExitCode.NOT_ANSWERED


COMMAND = Command(
    name="ask",
    summary="answer one question, with its sources",
    configure=_configure,
    run=_run,
)
