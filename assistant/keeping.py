"""What is kept of a question and its answer, or sent away: without personal details."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.answer import Answer, ToolCall
from assistant.ledger import Entry
from assistant.session import Session, Turn
from corpus.models import PersonalDetail
from corpus.privacy import MASKS, find_personal, masked
from tools.base import Knowledge
from tools.profiles import setting_profiles


def question_to_send(question: str, knowledge: Knowledge) -> str:
    """The question as it may leave this machine."""
    return masked(question, _details(question, knowledge))


def session_to_send(session: Session, knowledge: Knowledge) -> Session:
    """The conversation as it may leave this machine: its answers may quote, unmasked,
    documents of the council whose conversation it is."""
    known = _known(knowledge)

    def mask(text: str) -> str:
        return masked(text, find_personal(text, known=known))

    return Session([_masked_turn(turn, mask) for turn in session.turns])


def _masked_turn(turn: Turn, mask: Callable[[str], str]) -> Turn:
    calls = tuple(
        call.model_copy(update={"arguments": _in_strings(call.arguments, mask)})
        for call in turn.tool_calls
    )
    shown = {"question": mask(turn.question), "text": mask(turn.answer)}
    result = turn.result.model_copy(update={**shown, "tool_calls": calls})
    return turn.model_copy(update={"result": result})


def answer_to_keep(answer: Answer, knowledge: Knowledge) -> Answer:
    """The answer as conversations and the audit keep it: what the question holds of a
    person is masked wherever it is repeated. Quotations stay as they were shown."""
    details = _details(answer.question, knowledge)
    if not details:
        return answer
    repeated = _Repeated(answer.question, details)
    return answer.model_copy(
        update={
            "question": masked(answer.question, details),
            "text": repeated.without(answer.text),
            "understood": repeated.without(answer.understood),
            "caveats": tuple(map(repeated.without, answer.caveats)),
            "suggestions": tuple(map(repeated.without, answer.suggestions)),
            "tool_calls": tuple(map(repeated.call, answer.tool_calls)),
        }
    )


def entry_to_keep(entry: Entry, knowledge: Knowledge) -> Entry:
    """A direct call as the audit keeps it, its arguments without personal details."""
    known = _known(knowledge)

    def mask(text: str) -> str:
        return masked(text, find_personal(text, known=known))

    arguments = _in_strings(entry.call.arguments, mask)
    call = entry.call.model_copy(update={"arguments": arguments})
    return entry.model_copy(update={"call": call})


class _Repeated:
    """The details of a question, found again wherever they are repeated."""

    def __init__(self, question: str, details: tuple[PersonalDetail, ...]) -> None:
        self._masks = {
            question[one.start : one.end].casefold(): MASKS[one.kind] for one in details
        }
        longest = sorted(self._masks, key=len, reverse=True)
        spelt = "|".join(map(re.escape, longest))
        self._form = re.compile(rf"(?<!\w)(?:{spelt})(?!\w)", re.IGNORECASE)

    def without(self, text: str) -> str:
        """A text with them masked."""
        return self._form.sub(lambda found: self._masks[found[0].casefold()], text)

    def call(self, call: ToolCall) -> ToolCall:
        """A call with them masked in its arguments."""
        arguments = _in_strings(call.arguments, self.without)
        return call.model_copy(update={"arguments": arguments})


def _in_strings(value: Any, change: Any) -> Any:
    """A value of JSON with each string in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _in_strings(part, change) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_in_strings(part, change) for part in value]
    return value


def _details(text: str, knowledge: Knowledge) -> tuple[PersonalDetail, ...]:
    return find_personal(text, known=_known(knowledge) | _places(text, knowledge))


def _places(text: str, knowledge: Knowledge) -> set[str]:
    """Places of several words as the text names them: "milton keynes" is no Milton."""
    mentions = knowledge.gazetteer.mentions(text)
    named = (text[one.start : one.end] for one in mentions if one.exact)
    return {name for name in named if " " in name}


def _known(knowledge: Knowledge) -> set[str]:
    """Names of settings and providers, which are nobody's."""
    dataset, names = knowledge.dataset, set[str]()
    for profile in setting_profiles(dataset) if dataset.kind else ():
        names |= {profile.setting.name, profile.provider}
    return names.union(knowledge.library.providers())
