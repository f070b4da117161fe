"""A scripted assistant for the tests of the terminal UI: it says what it is told to."""

from __future__ import annotations

import html
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from textual.pilot import Pilot

from assistant.answer import Answer, MarkedCitation
from assistant.background import BackgroundCommand, run_in_background
from assistant.commands.narration import Progressed, Refused, Told
from assistant.diagnosis import Finding
from assistant.events import (
    CitationAdded,
    Done,
    Event,
    Failed,
    Stage,
    TextAdded,
    ToolFinished,
    ToolStarted,
    Understood,
)
from corpus.charts import Chart, Mark, Series
from corpus.errors import SessionRefused
from corpus.models import Citation, Table
from tui.app import PlacementsApp
from tui.chat_screen import ChatScreen

HOMES = Table(
    title="Homes near Maidstone",
    columns=("Home", "Town", "Distance (miles)", "Rating", "Weekly price", "Claims"),
    rows=(
        ("Larkfield House [P1]", "Aylesford", 3.2, "good", 5150, "self-harm"),
        ("Oast Lodge", "Maidstone", 0.8, "outstanding", 6400, "self-harm, missing"),
        ("Weald View", "Tonbridge", 12.4, "good", None, "self-harm"),
        ("The Hop Kiln", "Faversham", 14.9, "requires_improvement", 4725, "self-harm"),
        ("Medway Reach", "Rochester", 8.1, "good", 5890, "self-harm, autism"),
        ("Chart Hill", "Ashford", 19.6, "inadequate", 4300, "self-harm"),
        ("Pilgrims Way", "Lenham", 9.7, "good", 5475, "self-harm, adhd"),
    ),
    total_rows=23,
)
PRICES = Table(
    title="Prices paid",
    columns=("Year", "Median"),
    rows=(("2023/24", 4980), ("2024/25", 5310)),
    total_rows=2,
)
REPORT = MarkedCitation(
    marker=2,
    citation=Citation(
        kind="document",
        title="Oast Lodge: independent person's report, March 2026",
        locator="paragraph 5.1",
        quote="There were two incidents of self-harm in the month",
        source="reg44/oast-lodge-2026-03.pdf",
        document_id="d1",
        start=120,
    ),
)
REGISTER = MarkedCitation(
    marker=1,
    citation=Citation(
        kind="dataset",
        title="Settings, with vacancies and claimed needs",
        locator="settings within 20 miles of Maidstone, as at 31 March 2026",
        source="settings",
    ),
)
TEXT = """\
**Seven** of 23 homes within 20 miles of Maidstone with a vacancy say that they accept
a girl of 14 who self-harms [1]. The nearest is Oast Lodge, 0.8 miles away, rated
outstanding.

- Its last visit found *two incidents of self-harm in the month*, both reported [2].
- Prices run from £4,300 to £6,400 a week [1].
"""
ANSWER = Answer(
    question="Which homes near Maidstone could take a girl of 14 who self-harms?",
    status="answered",
    text=TEXT,
    citations=(REGISTER, REPORT),
    tables=(HOMES, PRICES),
    caveats=("What a home accepts is its own claim; it has not been inspected.",),
    suggestions=(
        "Which of them have a vacancy now?",
        "What does Oast Lodge say about missing episodes?",
    ),
    understood="providers near Maidstone, girl, 14, self-harm, within 20 miles",
    elapsed_ms=420.0,
)


DISTRIBUTION = Chart(
    kind="histogram",
    title="Prices paid [P1]",
    x_label="£ a week",
    y_label="placements",
    categories=("4,000 to 4,999", "5,000 to 5,999", "6,000 to 6,999"),
    x=(4000, 5000, 6000, 7000),
    series=(Series(name="placements", values=(12, 31, 9)),),
    marks=(Mark(axis="x", value=6200, label="quote £6,200"),),
)
FAN = Chart(
    kind="fan",
    title="Spend to come",
    x_label="month",
    y_label="£ million",
    x=(1, 2, 3),
    series=(
        Series(name="P10", values=(1.0, 1.1, 1.2)),
        Series(name="P50", values=(1.1, 1.3, 1.5)),
        Series(name="P90", values=(1.2, 1.5, 1.9)),
    ),
)
CHARTED = ANSWER.model_copy(update={"charts": (DISTRIBUTION, FAN)})


def streamed(answer: Answer, step: int = 12) -> list[Event]:
    """The events of an answer, its text in pieces of `step` characters."""
    pieces = range(0, len(answer.text), step)
    return [
        Understood(text=answer.understood),
        Stage(text="Searching 5,600 settings"),
        ToolStarted(name="find_providers", arguments={"near": "Maidstone"}),
        ToolFinished(name="find_providers", tables=answer.tables, charts=answer.charts),
        *(TextAdded(text=answer.text[i : i + step]) for i in pieces),
        *(CitationAdded(citation=citation) for citation in answer.citations),
        Done(answer=answer),
    ]


@dataclass(frozen=True)
class Held:
    """What the scripted data directory holds."""

    kind: Literal["demonstration", "real"] | None = "demonstration"
    as_at: date | None = date(2026, 3, 31)
    settings: int = 1204
    documents: int = 310
    passages: int = 9120
    vectors: int = 9120
    stale: bool = False
    note: str = ""


@dataclass(frozen=True)
class Past:
    """A turn of an earlier sitting."""

    result: Answer

    @classmethod
    def of(cls, question: str, text: str = "Seven homes [1].") -> Past:
        """A turn with that question and answer."""
        return cls(Answer(question=question, status="answered", text=text))


@dataclass(frozen=True)
class Kept:
    """A conversation in the list of those that are kept."""

    name: str
    turns: int = 2
    first_question: str = "Which homes near Maidstone?"
    last_asked_at: datetime | None = datetime(2026, 3, 31, 17, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Surroundings:
    """A quote in its document."""

    title: str = "Oast Lodge"
    locator: str = "paragraph 5.1"
    before: str = "5.1 The visitor looked at the incident log with the manager. "
    quote: str = "There were two incidents of self-harm in the month"
    after: str = ", both of which were reported to the placing authority on the day."


@dataclass
class ScriptedConversation:
    """Gives each question the next script; the last script goes on being given."""

    scripts: list[list[Event | Exception]]
    held: Held = field(default_factory=Held)
    surroundings: Surroundings | None = field(default_factory=Surroundings)
    hold_at: int | None = None
    """Event before which an answer waits for `go`; None where it does not wait."""
    go: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    earlier: tuple[Past, ...] = ()
    reloads: int = 0
    name: str | None = "tonight"
    resumed: list[str | None] = field(default_factory=list)
    """Names that were asked for, in order."""

    def ask(self, question: str, stop: Callable[[], bool]) -> Iterator[Event]:
        """The next script, until told to stop."""
        script = self.scripts[min(len(self.asked), len(self.scripts) - 1)]
        self.asked.append(question)
        for position, event in enumerate(script):
            if position == self.hold_at:
                self._wait(stop)
            if stop():
                yield Failed(kind="Stopped", message="Stopped.")
                return
            if isinstance(event, Exception):
                raise event
            yield event

    def _wait(self, stop: Callable[[], bool]) -> None:
        while not stop() and not self.go.wait(0.01):
            pass

    def past(self) -> tuple[Past, ...]:
        """The turns of an earlier sitting."""
        return self.earlier

    def resume(self, name: str | None) -> ScriptedConversation:
        """The same answers, under another name, with one earlier turn."""
        self.resumed.append(name)
        earlier = (Past.of(f"What was asked in {name}?"),) if name else ()
        return replace(self, name=name, earlier=earlier, asked=[])

    def write(self, path: Path) -> None:
        """The questions, a line each."""
        lines = [past.result.question for past in self.earlier]
        path.write_text("\n".join(lines), encoding="utf-8")

    def holdings(self) -> Held:
        """What it was told that it holds."""
        return self.held

    def source(self, citation: Citation) -> Surroundings | None:
        """The same surroundings for each document."""
        return self.surroundings

    def reload(self) -> None:
        """Everything can be found by meaning now."""
        self.reloads += 1
        self.held = Held(kind=self.held.kind)


@dataclass
class ScriptedService:
    """Opens what it is given, or fails as it is told."""

    conversation: ScriptedConversation
    failures: list[Exception] = field(default_factory=list)
    """Raised by the first openings, one each."""
    ready: threading.Event | None = None
    """Opening waits for it; None where it does not wait."""
    scripts: dict[str, str] = field(default_factory=dict)
    """What a command does, as Python, by its first word; by default it only ends."""
    begun: list[tuple[str, ...]] = field(default_factory=list)
    """Commands that were begun, in order."""
    commands: list[BackgroundCommand] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    kept: dict[str, Kept] = field(default_factory=dict)

    def open(self) -> ScriptedConversation:
        """The conversation, after the failures."""
        if self.ready is not None:
            self.ready.wait(20)
        if self.failures:
            raise self.failures.pop(0)
        return self.conversation

    def start(self, words: Sequence[str]) -> BackgroundCommand:
        """A real process that does what the script says."""
        self.begun.append(tuple(words))
        script = self.scripts.get(words[0], "pass")
        self.commands.append(run_in_background([sys.executable, "-c", script]))
        return self.commands[-1]

    def findings(self) -> list[Finding]:
        """What it was told."""
        return self.found

    def sessions(self, words: str = "") -> list[Kept]:
        """Those whose name or question holds the words."""
        return [one for one in self.kept.values() if words in f"{one}"]

    def rename_session(self, name: str, new: str) -> None:
        """Refused where the name is taken."""
        if new in self.kept:
            raise SessionRefused(f"There is a session {new!r} already.", "Another.")
        self.kept[new] = replace(self.kept.pop(name), name=new)

    def delete_session(self, name: str) -> None:
        """Gone at once."""
        del self.kept[name]


def telling(text: str) -> str:
    """A script that says a text."""
    line = Told(text=text).model_dump_json() + "\n"
    return f"import sys; sys.stderr.write({line!r}); sys.stderr.flush()"


def progressing(step: str, done: int, total: int) -> str:
    """A script that says how far it is."""
    line = Progressed(step=step, done=done, total=total).model_dump_json() + "\n"
    return f"import sys; sys.stderr.write({line!r}); sys.stderr.flush()"


def refusing(message: str, remedy: str) -> str:
    """A script that ends with an error."""
    line = Refused(kind="Odd", message=message, remedy=remedy).model_dump_json() + "\n"
    return f"import sys; sys.stderr.write({line!r}); sys.exit(2)"


def scripted(*events: Event | Exception) -> ScriptedService:
    """A service whose every answer is these events; by default, the model answer."""
    return ScriptedService(
        ScriptedConversation([list(events) or list(streamed(ANSWER))])
    )


def held_back(before: int) -> ScriptedService:
    """A service whose answer waits before the event of that number."""
    service = scripted()
    service.conversation.hold_at = before
    return service


def app_of(service: ScriptedService) -> PlacementsApp:
    """The app over a scripted service."""
    return PlacementsApp(service, "somewhere/data", "viewer region · built-in")


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the app run until something holds; fails where it never does."""
    for _ in range(1500):
        await pilot.pause(0.01)
        if holds():
            await pilot.pause()
            return
    raise AssertionError("it never came about")


async def opened(pilot: Pilot[None]) -> ChatScreen:
    """The chat screen, once the data directory is open."""
    app = pilot.app
    assert isinstance(app, PlacementsApp)
    await until(pilot, lambda: app.chat.conversation is not None)
    return app.chat


async def answered(pilot: Pilot[None], question: str = "Which homes?") -> ChatScreen:
    """The chat screen, once a question typed into it has been answered."""
    chat = await opened(pilot)
    number = len(chat.chat.turns) + 1
    chat.box.focus()
    chat.box.write(question)
    await pilot.press("enter")
    await until(pilot, lambda: len(chat.chat.turns) == number and not chat.chat.busy)
    # The stage line changes last: until then the ending is still being drawn.
    await until(pilot, lambda: not str(chat.stage.content).startswith("●"))
    return chat


async def reading(pilot: Pilot[None]) -> None:
    """Leave the question box for the conversation, so that letters are keys there.

    A key that follows esc at once may reach the box before esc has left it.
    """
    app = pilot.app
    assert isinstance(app, PlacementsApp)
    await pilot.press("escape")
    await until(pilot, lambda: app.chat.view.has_focus)


_CELL_WIDTH = 12.2
"""Width of a character in the picture that the terminal UI library draws."""
_TEXT = re.compile(r'<text[^>]* x="([\d.]+)"[^>]*-line-(\d+)\)">([^<]*)</text>')


def shown(pilot: Pilot[None]) -> str:
    """What is on the screen: every line with each character in its column."""
    width, height = pilot.app.size
    rows = [" " * width for _ in range(height)]
    for x, line, text in _TEXT.findall(pilot.app.export_screenshot()):
        words = html.unescape(text).replace("\xa0", " ").rstrip("\n")
        row, start = int(line), round(float(x) / _CELL_WIDTH)
        rows[row] = rows[row][:start] + words + rows[row][start + len(words) :]
    return "\n".join(rows)


def left_side(pilot: Pilot[None]) -> str:
    """The words of the conversation, as if they stood on one line."""
    app = pilot.app
    assert isinstance(app, PlacementsApp)
    width = app.chat.view.region.width
    return " ".join(
        " ".join(line[:width] for line in shown(pilot).splitlines()).split()
    )
