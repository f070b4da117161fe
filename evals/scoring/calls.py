"""Tool calls against those expected: exact, and which error where they are not.

The kinds of error follow the Berkeley Function Calling Leaderboard's checker (gorilla,
ast_checker.py). What counts as equal is the contract's: numbers within 0.5%, lists as
sets, names whatever their case; `query` is not read; an argument that is not expected
is wrong but for `FREE_ARGUMENTS`, a call but for `FREE_CALLS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any, Final

from assistant.answer import ToolCall
from evals.dataset import ExpectedCall
from evals.scoring.verdict import Verdict, verdict

RELATIVE_TOLERANCE: Final = 0.005
"""Half a percent, of the expected number."""
FREE_ARGUMENTS: Final = frozenset({"query", "limit", "sort_by", "group_by", "measure"})
"""No fault where they are not expected."""
FREE_CALLS: Final = frozenset({"search_documents"})
"""No fault where they are not expected."""
MOST_PERMUTED: Final = 6
"""Calls of one tool up to which every pairing with those expected is tried."""

Problem = tuple[str, str]


def score_calls(expected: Sequence[ExpectedCall], made: Sequence[ToolCall]) -> Verdict:
    """Right where each expected call was made, and no other that counts."""
    problems: list[Problem] = []
    for name in dict.fromkeys([*(c.name for c in expected), *(c.name for c in made)]):
        wanted = [call for call in expected if call.name == name]
        given = [call for call in made if call.name == name]
        problems += _problems_of(name, wanted, given)
    return verdict("tool_calls", problems)


def _problems_of(
    name: str, wanted: list[ExpectedCall], given: list[ToolCall]
) -> list[Problem]:
    """What is wrong with the calls of one tool, under the kindest pairing."""
    paired = _kindest(wanted, given)
    problems = [problem for pair in paired for problem in pair]
    lacking = len(wanted) - len(given)
    problems += [("missing_call", f"no call of {name}")] * max(0, lacking)
    if name not in FREE_CALLS:
        problems += [("unexpected_call", f"unexpected call of {name}")] * max(
            0, -lacking
        )
    return problems


def _kindest(wanted: list[ExpectedCall], given: list[ToolCall]) -> list[list[Problem]]:
    """Problems of each pair, in the pairing with the fewest."""
    short, long = sorted((len(wanted), len(given)))
    if long > MOST_PERMUTED:
        pairs = zip(wanted, given, strict=False)
        return [argument_problems(want, call) for want, call in pairs]
    chosen = list(permutations(range(long), short))
    straight = len(wanted) <= len(given)
    pairings = (
        [
            argument_problems(wanted[a], given[b])
            for a, b in (enumerate(order) if straight else _swapped(order))
        ]
        for order in chosen
    )
    return min(pairings, key=lambda found: sum(map(len, found)))


def _swapped(order: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(place, index) for index, place in enumerate(order)]


def argument_problems(wanted: ExpectedCall, call: ToolCall) -> list[Problem]:
    """What is wrong with the arguments of one call; empty where nothing is."""
    problems = []
    for name, value in wanted.arguments.items():
        if name == "query":
            continue
        if name not in call.arguments:
            problems.append((f"missing_argument {name}", f"{name} is missing"))
        elif kind := _difference(value, call.arguments[name]):
            told = f"{name} is {call.arguments[name]!r}, not {value!r}"
            problems.append((f"{kind} {name}", told))
    for name in sorted(call.arguments.keys() - wanted.arguments.keys()):
        if name not in FREE_ARGUMENTS:
            told = f"unexpected {name} {call.arguments[name]!r}"
            problems.append((f"unexpected_argument {name}", told))
    return problems


def _difference(wanted: Any, given: Any) -> str:
    """The kind of difference between two values; empty where they are the same."""
    if isinstance(wanted, list) or isinstance(given, list):
        return _list_difference(_items(wanted), _items(given))
    if _sort(wanted) is not _sort(given):
        return "wrong_type"
    return "" if _same(wanted, given) else "wrong_value"


def _list_difference(wanted: list[Any], given: list[Any]) -> str:
    lacking = [w for w in wanted if not any(_same(w, g) for g in given)]
    surplus = [g for g in given if not any(_same(w, g) for w in wanted)]
    if lacking and surplus:
        return "wrong_items"
    return "missing_items" if lacking else "extra_items" if surplus else ""


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _sort(value: Any) -> type:
    """Numbers are of one sort, and truth is no number."""
    if isinstance(value, bool):
        return bool
    return float if isinstance(value, int | float) else type(value)


def _same(wanted: Any, given: Any) -> bool:
    if _sort(wanted) is not _sort(given):
        return False
    if _sort(wanted) is float:
        return bool(abs(wanted - given) <= RELATIVE_TOLERANCE * abs(wanted))
    if isinstance(wanted, str):
        return _folded(wanted) == _folded(given)
    return bool(wanted == given)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
