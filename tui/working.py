"""Methods that run in a thread, so that a fault in one is told and never the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual import work
from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import Worker, get_current_worker

from assistant.events import Failed
from tui.asking import failure_of

Node = TypeVar("Node", bound=MessagePump)
Given = ParamSpec("Given")


@dataclass
class WorkFailed(Message):
    """A thread ended with an exception; for the app, which shows it."""

    failure: Failed


def in_thread(
    group: str,
) -> Callable[
    [Callable[Concatenate[Node, Given], None]],
    Callable[Concatenate[Node, Given], Worker[None]],
]:
    """Run a method of a widget, screen or app in a thread; one at a time in a group."""

    def decorate(
        method: Callable[Concatenate[Node, Given], None],
    ) -> Callable[Concatenate[Node, Given], Worker[None]]:
        @wraps(method)
        def run(self: Node, *args: Given.args, **kwargs: Given.kwargs) -> None:
            try:
                method(self, *args, **kwargs)
            except Exception as error:  # whatever it is, the reader goes on
                if not get_current_worker().is_cancelled:
                    self.app.post_message(WorkFailed(failure_of(error)))

        worked: Any = work(
            thread=True, exclusive=True, group=group, exit_on_error=False
        )(run)
        return worked  # type: ignore[no-any-return]

    return decorate
