"""`placements eval new`: a question, its answer shown, and what should be expected.

What is proposed is what the assistant did, so the author is asked of each part whether
it is right; nothing is kept that has not been confirmed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from assistant.answer import Answer, Status
from assistant.batch import last_answer
from corpus.errors import ExitCode, PlacementsError, UsageError
from evals.dataset import Expectation, Sample
from evals.validating import Validator

if TYPE_CHECKING:
    from assistant.settings import Settings


def write_sample(path: Path, turns: tuple[str, ...], settings: Settings) -> int:
    """Ask, show, let the author correct, and add a line to the file.

    Raises:
        UsageError: where a reply is no JSON or the sample would not be valid.
        PlacementsError: where the question cannot be answered.
    """
    from assistant.engine import Assistant
    from assistant.printing import printed

    turns = turns or (_reply("Question", ""),)
    answer = last_answer(turns, Assistant.open(settings))
    if isinstance(answer, PlacementsError):
        raise answer
    sys.stderr.write(printed(answer) + "\n")
    sys.stderr.write("Enter keeps what stands in brackets; a dash leaves it out.\n")
    sample = _asked(path, turns, answer)
    _add(path, sample)
    sys.stdout.write(sample.model_dump_json(exclude_none=True) + "\n")
    return ExitCode.DONE


def _asked(path: Path, turns: tuple[str, ...], answer: Answer) -> Sample:
    """The sample as the author has it."""
    calls = [call.model_dump(mode="json") for call in answer.tool_calls]
    cited = [m.citation for m in answer.citations if m.citation.kind == "document"]
    sources = list(dict.fromkeys(citation.source for citation in cited))
    expect = {
        "status": _reply(f"Status, of {', '.join(get_args(Status))}", answer.status),
        "tool_calls": _json_reply("Calls that the question asks for", calls),
        "figures": _json_reply('Figures, as [{"value": 4557, "unit": "£"}]', None),
        "contains": _json_reply("Phrases of the right answer, as JSON", None),
        "documents": _json_reply("Documents that hold the answer", sources or None),
        "providers": _json_reply("Settings to be listed, the best first", None),
    }
    given = {name: value for name, value in expect.items() if value not in (None, "")}
    author = _reply("Author", path.stem)
    return _sample(
        id=_reply("Id", _next_id(path)),
        question=turns[0] if len(turns) == 1 else list(turns),
        expect=given,
        tags=[tag for tag in _reply("Tags, parted by spaces", "").split() if tag],
        author=author or None,
        voice=_reply("Voice, such as terse note", "") or None,
        difficulty=_reply("Difficulty: easy, medium or hard", "medium") or None,
    )


def _sample(**fields: Any) -> Sample:
    try:
        Expectation.model_validate(fields["expect"])
        return Sample.model_validate(fields)
    except ValueError as error:
        first = error.errors()[0] if hasattr(error, "errors") else {"msg": str(error)}
        where = ".".join(map(str, first.get("loc", ())))
        raise UsageError(
            f"The question was not kept: {where}: {first['msg']}.",
            "Ask it again with `placements eval new`.",
        ) from error


def _reply(asked: str, proposed: str) -> str:
    """What the author types; the proposal for an empty line, nothing for a dash."""
    sys.stderr.write(f"{asked} [{proposed}]: ")
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if not typed:
        raise UsageError(f"The input ended before {asked!r} was answered.")
    kept = typed.strip() or proposed
    return "" if kept == "-" else kept


def _json_reply(asked: str, proposed: Any) -> Any:
    shown = "-" if proposed is None else json.dumps(proposed, ensure_ascii=False)
    typed = _reply(asked, shown)
    try:
        return json.loads(typed) if typed else None
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{typed[:80]!r} is no JSON: {error.msg}.",
            'Write it as in ["one", "two"], or a dash.',
        ) from error


def _next_id(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return f"{path.stem}-{sum(bool(line.strip()) for line in lines) + 1:03}"


def _add(path: Path, sample: Sample) -> None:
    """Add the line, unless the file would then be wrong: it is put back as it was."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    parted = before if not before or before.endswith("\n") else before + "\n"
    path.write_text(parted + sample.model_dump_json(exclude_none=True) + "\n", "utf-8")
    last = len(path.read_text(encoding="utf-8").splitlines())
    found = [one for one in Validator(path).complaints() if one.line == last]
    if errors := [one.told for one in found if one.weight == "error"]:
        path.write_text(before, "utf-8") if before else path.unlink()
        raise UsageError(
            f"The question was not kept: {'; '.join(errors)}.",
            "Ask it again with `placements eval new`.",
        )
    for one in found:
        sys.stderr.write(f"{one.weight}: {one.told}.\n")
