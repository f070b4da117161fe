"""Loads tables and documents without leaving: what, whose, a trial, then the load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Footer, Input, Select

from corpus.codes import DocumentKind
from corpus.text import clean_text
from tui.file_picker import FilePicker
from tui.jobs import Job
from tui.plain import Plain

SOURCES = {
    "ofsted": "Ofsted's list of providers",
    "ssda903": "SSDA903 return",
    "dfe": "DfE looked-after statistics",
    "pnw-census": "Placements North West census",
    "spreadsheet": "A spreadsheet of our own",
}


class LoadingScreen(Screen[None]):
    """Files and what is known of them; begins the command that loads them."""

    DEFAULT_CSS = """
    LoadingScreen VerticalScroll { padding: 0 1; }
    LoadingScreen .heading { text-style: bold; margin-bottom: 1; }
    LoadingScreen .label { color: $text-muted; margin-top: 1; }
    LoadingScreen Horizontal { height: auto; margin-top: 1; }
    LoadingScreen Button { margin-right: 2; }
    LoadingScreen #report { margin-top: 1; }
    LoadingScreen Footer { display: block; }
    """
    HEADING: ClassVar[str] = ""
    FOLDERS: ClassVar[bool] = False
    """Whether whole folders can be chosen."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("f2", "pick", "Choose a file"),
        Binding("f3", "clear", "No files"),
    ]

    @dataclass
    class Wanted(Message):
        """A command is to be begun, whose progress this screen shows."""

        screen: LoadingScreen
        title: str
        words: tuple[str, ...]

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []
        self.job: Job | None = None
        """The job begun last from here."""
        self.authority = Input(placeholder="such as Kent", compact=True)
        self.listed = Plain()
        self.report = Plain(id="report")

    def compose(self) -> ComposeResult:
        """Files, what is known of them, and the buttons."""
        with VerticalScroll():
            yield Plain(self.HEADING, classes="heading")
            yield self.listed
            yield Button(
                "Choose a file… (f2)", id="pick", flat=True, action="screen.pick"
            )
            yield from self.fields()
            with Horizontal():
                yield from self.buttons()
            yield self.report
        yield Footer(compact=True, show_command_palette=False)

    def fields(self) -> ComposeResult:
        """What can be said of the files."""
        yield Plain("Local authority whose files they are", classes="label")
        yield self.authority

    def buttons(self) -> ComposeResult:
        """What can be done with them."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Files come first."""
        self._list()
        self.query_one("#pick").focus()

    def action_pick(self) -> None:
        """Choose one more file."""
        start = self.files[-1].parent if self.files else Path.cwd()
        self.app.push_screen(FilePicker(start, self.FOLDERS), self.add)

    def add(self, path: Path | None) -> None:
        """Take one more file, or folder."""
        if path is not None and path not in self.files:
            self.files.append(path)
            self._list()

    def action_clear(self) -> None:
        """Begin with no files again."""
        self.files.clear()
        self._list()

    def _list(self) -> None:
        names = [clean_text(str(path)) for path in self.files]
        self.listed.show("\n".join(names) or "No files are chosen yet.")
        self.changed()

    def changed(self) -> None:
        """Something was chosen otherwise."""

    def begin(self, title: str, words: Sequence[str]) -> None:
        """Have a command begun, if there are files for it."""
        if not self.files:
            self.report.show("Choose a file first: f2.")
            return
        self.post_message(self.Wanted(self, title, tuple(words)))

    def begun(self, job: Job) -> None:
        """The job that was wanted runs."""
        self.job = job
        self.job_changed(job)

    def job_changed(self, job: Job) -> None:
        """Show how far it is, and what it said in the end."""
        if self.job is not None and job.number == self.job.number:
            self.job = job
            ended = job.state != "running"
            self.report.show(f"{job.line}\n\n{job.text}" if ended else job.line)
            self.ended(job) if ended else None

    def ended(self, job: Job) -> None:
        """The job that was begun from here has ended."""


class IngestScreen(LoadingScreen):
    """Reads documents into the library."""

    HEADING = "Read documents into the library"
    FOLDERS = True
    HELP = "Choose files or folders, say what is known of them, and read them."

    def __init__(self) -> None:
        super().__init__()
        kinds = [(kind.value.replace("_", " "), kind.value) for kind in DocumentKind]
        self.kind: Select[str] = Select(kinds, prompt="told by the text", compact=True)
        self.provider = Input(placeholder="told by the text", compact=True)

    def fields(self) -> ComposeResult:
        """Kind, authority and provider; what is not given is told by the text."""
        yield Plain("Kind", classes="label")
        yield self.kind
        yield from super().fields()
        yield Plain("Provider", classes="label")
        yield self.provider

    def buttons(self) -> ComposeResult:
        """One button."""
        yield Button("Read them", id="read", variant="primary", flat=True)

    @on(Button.Pressed, "#read")
    def _read(self) -> None:
        words = ["ingest", *map(_word, self.files)]
        if isinstance(self.kind.value, str):
            words += ["--kind", self.kind.value]
        words += _option("--local-authority", self.authority.value)
        words += _option("--provider", self.provider.value)
        self.begin("Reading documents", words)


class ImportScreen(LoadingScreen):
    """Loads tables, after a trial that tells what would become of every row."""

    HEADING = "Load tables"
    HELP = "Choose the source and its files, try them, read the report, then load them."

    def __init__(self) -> None:
        super().__init__()
        sources = [(told, name) for name, told in SOURCES.items()]
        self.source: Select[str] = Select(
            sources, value="ofsted", allow_blank=False, compact=True
        )
        self.mapping = Input(placeholder="proposed from the headers", compact=True)
        self.load = Button("Load them", id="load", flat=True, disabled=True)
        self.tried: tuple[str, ...] = ()
        """The words whose report is shown; empty where there is none."""

    def fields(self) -> ComposeResult:
        """Source, authority, and the mapping of a spreadsheet."""
        yield Plain("Source", classes="label")
        yield self.source
        yield from super().fields()
        yield Plain("Mapping file, for a spreadsheet", classes="label")
        yield self.mapping

    def buttons(self) -> ComposeResult:
        """The trial first; the load once it has told what it would do."""
        yield Button("Try, changing nothing", id="try", variant="primary", flat=True)
        yield self.load

    @property
    def words(self) -> tuple[str, ...]:
        """The import as it is filled in now."""
        source = str(self.source.value)
        words = ["import", source, *map(_word, self.files)]
        words += _option("--local-authority", self.authority.value)
        words += _option("--mapping", self.mapping.value)
        return tuple(words)

    @on(Input.Changed)
    @on(Select.Changed)
    def changed(self) -> None:
        """A report of other files, or of another source, permits nothing."""
        self.load.disabled = self.words != self.tried

    @on(Button.Pressed, "#try")
    def _try(self) -> None:
        self.tried = ()
        self.changed()
        self.begin("Trial import", (*self.words, "--dry-run"))

    @on(Button.Pressed, "#load")
    def _load(self) -> None:
        words, self.tried = self.tried, ()
        self.changed()
        self.begin("Import", words)

    def ended(self, job: Job) -> None:
        """A trial that went well permits the load of the same."""
        if job.state == "done" and job.words[-1] == "--dry-run":
            self.tried = job.words[:-1]
            self.changed()
            if not self.load.disabled:
                self.load.focus()


def _word(path: Path) -> str:
    """A path as a word that no command line takes for an option."""
    return str(path.expanduser().absolute())


def _option(name: str, value: str) -> list[str]:
    return [name, value.strip()] if value.strip() else []
