"""Scorers, each layer apart: status, tool calls, figures, phrases, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from assistant.answer import Answer, ToolCall
from corpus.models import Frozen
from corpus.text import comparable_name
from evals.dataset import ExpectedCall, ExpectedFigure, Sample

Layer = Literal["status", "tool_calls", "figures", "contains", "documents", "providers"]

RELATIVE_TOLERANCE: Final = 0.005
"""Half a percent, for numbers of calls and for figures without a tolerance."""

FREE_ARGUMENTS: Final = frozenset({"query", "limit", "sort_by", "group_by", "measure"})
"""Arguments that are not wrong where they are not expected; `query` is never read."""

_NUMBER: Final = re.compile(r"(?P<pound>£\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)")


class Score(Frozen):
    """One layer of one sample."""

    layer: Layer
    right: bool
    explanation: str
    """What was wrong; empty where it is right."""


def score(sample: Sample, answer: Answer) -> tuple[Score, ...]:
    """Every layer of which the sample expects something."""
    return tuple(
        Score(layer=layer, right=not problem, explanation=problem)
        for layer, problem in _problems(sample, answer)
    )


def _problems(sample: Sample, answer: Answer) -> Iterator[tuple[Layer, str]]:
    expect = sample.expect
    text = _whole_text(answer)
    if expect.status is not None:
        same = answer.status == expect.status
        yield "status", "" if same else f"{answer.status}, not {expect.status}"
    if expect.tool_calls is not None:
        yield "tool_calls", _calls_problem(expect.tool_calls, answer.tool_calls)
    if expect.figures is not None:
        lacking = [f.value for f in expect.figures if not _holds_figure(f, text)]
        yield "figures", f"lacks {lacking}" if lacking else ""
    if expect.contains is not None:
        folded = text.casefold()
        missing = [part for part in expect.contains if part.casefold() not in folded]
        yield "contains", f"lacks {missing}" if missing else ""
    if expect.documents is not None:
        yield "documents", _sources_problem(expect.documents, answer)
    if expect.providers is not None:
        cells = {str(c) for t in answer.tables for row in t.rows for c in row}
        absent = [name for name in expect.providers if name not in cells]
        yield "providers", f"lacks {absent}" if absent else ""


def _whole_text(answer: Answer) -> str:
    cited = (marked.citation for marked in answer.citations)
    return "\n".join([answer.text, *(f"{c.locator} {c.quote or ''}" for c in cited)])


def _calls_problem(
    expected: tuple[ExpectedCall, ...], made: tuple[ToolCall, ...]
) -> str:
    """The first thing wrong with the calls; empty where they are right."""
    remaining = list(made)
    for wanted in expected:
        same_name = [call for call in remaining if call.name == wanted.name]
        if not same_name:
            return f"no call of {wanted.name}"
        problems = [_arguments_problem(wanted, call) for call in same_name]
        if "" not in problems:
            return problems[0]
        remaining.remove(same_name[problems.index("")])
    extra = [call.name for call in remaining if call.name != "search_documents"]
    return f"unexpected call of {extra[0]}" if extra else ""


def _arguments_problem(wanted: ExpectedCall, call: ToolCall) -> str:
    for name, value in wanted.arguments.items():
        if name == "query":
            continue
        if name not in call.arguments:
            return f"{name} is missing"
        if not _same(value, call.arguments[name]):
            return f"{name} is {call.arguments[name]!r}, not {value!r}"
    extra = call.arguments.keys() - wanted.arguments.keys() - FREE_ARGUMENTS
    return f"unexpected {sorted(extra)[0]}" if extra else ""


def _same(wanted: Any, given: Any) -> bool:
    """Numbers within tolerance, lists as sets, names whatever their case."""
    if isinstance(wanted, list) or isinstance(given, list):
        return _comparable_set(wanted) == _comparable_set(given)
    numbers = (int, float)
    if isinstance(wanted, bool) or isinstance(given, bool):
        return wanted is given
    if isinstance(wanted, numbers) and isinstance(given, numbers):
        return abs(wanted - given) <= RELATIVE_TOLERANCE * abs(wanted)
    return comparable_name(str(wanted)) == comparable_name(str(given))


def _comparable_set(value: Any) -> set[str]:
    items = value if isinstance(value, list) else [value]
    return {comparable_name(str(item)) for item in items}


def _holds_figure(figure: ExpectedFigure, text: str) -> bool:
    tolerance = figure.tolerance
    if tolerance is None:
        tolerance = RELATIVE_TOLERANCE * abs(figure.value)
    return any(
        abs(float(match["digits"].replace(",", "")) - figure.value) <= tolerance
        and (figure.unit != "£" or bool(match["pound"]))
        for match in _NUMBER.finditer(text)
    )


def _sources_problem(expected: tuple[str, ...], answer: Answer) -> str:
    held = {marked.citation.source for marked in answer.citations}
    titles = {marked.citation.title for marked in answer.citations}
    absent = [name for name in expected if name not in held | titles]
    return f"does not cite {absent}" if absent else ""
