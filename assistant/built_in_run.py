"""One run of the built-in brain: plan, call the tools, draft, told as events.

It plans every call before the first, so it needs no agent loop, and a question is
answered without importing LangChain, which costs a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.answer import ToolCall
from assistant.brain import BuiltInBrain
from assistant.draft import UNFINISHED, Draft
from assistant.events import Event, TextAdded, ToolFinished, ToolStarted, Understood
from assistant.ledger import RECOVERABLE, Ledger
from assistant.planning import Plan
from assistant.session import Session
from assistant.settings import Settings
from assistant.telling import finished, stage_of


@dataclass
class BuiltInRun:
    """One question to the built-in brain, folded into events and a draft."""

    settings: Settings
    ledger: Ledger
    stop: Callable[[], bool]
    draft: Draft = UNFINISHED
    understood: str = ""
    stopped: bool = False
    built_in: bool = True

    def events(self, question: str, session: Session) -> Iterator[Event]:
        """Plan, call and compose; afterwards `draft` holds the answer."""
        brain, problems = BuiltInBrain(self.ledger), list[str]()
        planned = brain.planned(question, session)
        yield from self._told(planned)
        for call in planned.calls:
            if self._stops():
                return
            yield from self._called(call, problems)
        if self._stops():
            return
        self.draft = brain.drafted(question, planned, problems)
        for line in self.draft.text.splitlines(keepends=True):
            yield TextAdded(text=line)

    def _told(self, planned: Plan) -> Iterator[Event]:
        if planned.calls or planned.narrative:
            self.understood = planned.understood
            yield Understood(text=self.understood)

    def _called(self, call: ToolCall, problems: list[str]) -> Iterator[Event]:
        yield ToolStarted(name=call.name, arguments=call.arguments)
        yield stage_of(call.name, self.ledger.knowledge)
        try:
            yield finished(self.ledger.run(call.name, call.arguments))
        except RECOVERABLE as error:
            problems.append(str(error))
            yield ToolFinished(name=call.name, error=str(error))

    def _stops(self) -> bool:
        self.stopped = self.stop()
        return self.stopped
