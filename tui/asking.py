"""One question put to a conversation, so that it always ends in Done or Failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.events import Done, Event, Failed
from corpus.errors import PlacementsError
from tui.service import Conversation

UNEXPECTED_REMEDY = "Ask again with r; if it keeps happening, run `placements doctor`."


def answer_events(
    conversation: Conversation, question: str, stop: Callable[[], bool]
) -> Iterator[Event]:
    """The events of one question. Raises nothing: a fault becomes `Failed`."""
    try:
        for event in conversation.ask(question, stop):
            yield event
            if isinstance(event, Done | Failed):
                return
    except Exception as error:  # the boundary of the screen: it must stay usable
        yield failure_of(error)
        return
    yield Failed(
        kind="Incomplete",
        message="The assistant ended without an answer.",
        remedy=UNEXPECTED_REMEDY,
    )


def failure_of(error: Exception) -> Failed:
    """An exception as words for the reader."""
    kind = type(error).__name__
    if isinstance(error, PlacementsError):
        return Failed(kind=kind, message=error.message, remedy=error.remedy)
    message = f"Something went wrong that was not foreseen ({kind}: {error})."
    return Failed(kind=kind, message=message, remedy=UNEXPECTED_REMEDY)
