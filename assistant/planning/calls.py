"""The calls of one tool that a question asks for, or what is asked back instead."""

from __future__ import annotations

import re
from typing import Any, Final

from assistant.answer import ToolCall
from assistant.arguments import ReadArguments, read_arguments
from assistant.arguments.statement import Statement
from assistant.planning.plan import Plan, replying
from assistant.readers.unknown_areas import read_unknown_areas
from assistant.replies import Reply
from assistant.replies.asking import (
    ask_known_place,
    ask_missing,
    ask_possible,
    ask_which_needs,
    ask_which_place,
    ask_which_provider,
    say_not_held,
)
from assistant.replies.limits import unlawful
from assistant.understanding import Understanding
from tools.base import Knowledge
from tools.registry import TOOLS

_COMPLEX: Final = re.compile(
    r"\bcomplex\s+(?:needs|cyp|yp|child|boy|girl|lad|case|young\s+person)\b",
    re.IGNORECASE,
)
MOST_CALLS: Final = 4
"""Calls that one question with several values is answered by."""


def plan_tool(
    tool: str,
    question: str,
    understanding: Understanding,
    knowledge: Knowledge,
    kept: dict[str, Any] | None = None,
) -> Plan:
    """What one tool is called with; `kept` is taken over from an earlier call."""
    places = understanding.places
    if places.ambiguous:
        return replying(ask_which_place(question, *places.ambiguous[0]))
    unknown = places.unknown or read_unknown_areas(question, knowledge.gazetteer)
    if tool == "find_providers" and unknown and not places.spans:
        return replying(ask_known_place(unknown[0]))
    if (
        tool == "find_providers"
        and _COMPLEX.search(question)
        and not understanding.needs
    ):
        return replying(ask_which_needs())
    read = read_arguments(tool, question, knowledge)
    return plan_read(tool, question, read, knowledge, kept)


def plan_read(
    tool: str,
    question: str,
    read: ReadArguments,
    knowledge: Knowledge,
    kept: dict[str, Any] | None = None,
) -> Plan:
    """The calls for arguments that were read, or what is wrong with these."""
    if refused := _refused(tool, read):
        return replying(refused)
    if read.choices:
        return replying(
            ask_which_provider(question, _written(question, knowledge), read.choices)
        )
    arguments = {**(kept or {}), **read.arguments}
    lacks_all = set(read.missing) and not set(read.missing) & arguments.keys()
    if lacks_all or (tool == "model_invest_to_save" and arguments.keys() <= {"scheme"}):
        return replying(ask_missing(tool))
    if tool == "find_providers" and (reply := unlawful(arguments)):
        return replying(reply)
    fields = TOOLS[tool].arguments.model_fields
    arguments = {name: arguments[name] for name in fields if name in arguments}
    made = [
        ToolCall(name=tool, arguments=each) for each in _each(arguments, read.several)
    ]
    return Plan(calls=tuple(made), notes=read.notes)


def _refused(tool: str, read: ReadArguments) -> Reply | None:
    """What is said to impossible values, and to names of which nothing is held."""
    if read.problems:
        return ask_possible(tool, read.problems)
    return say_not_held(tool, read.unknown, read.likely) if read.unknown else None


def _each(
    arguments: dict[str, Any], several: dict[str, tuple[str, ...]]
) -> list[dict[str, Any]]:
    """The arguments once for each of several values, where no grouping tells them
    apart: two authorities by two types are four calls.
    """
    grouped = arguments.get("group_by") or ()
    grouped = {grouped} if isinstance(grouped, str) else set(grouped)
    sets = [arguments]
    for name, values in several.items():
        if name not in grouped:
            sets = [{**one, name: _plain(value)} for one in sets for value in values]
    return sets[:MOST_CALLS]


def _plain(value: str) -> str | int:
    return int(value) if value.isdigit() else value


def _written(question: str, knowledge: Knowledge) -> str:
    """The name that several bear, as the question writes it."""
    name = Statement.of(question, knowledge).name
    return question[name.start : name.end] if name else question
