"""What is loaded, how old it is and what is wrong; loading more; work under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList

from tui.jobs import Job
from tui.plain import Plain, PlainList
from tui.service import Service
from tui.text_screen import TextScreen
from tui.working import in_thread

if TYPE_CHECKING:
    from assistant.diagnosis import Finding

SIGNS = {"ok": "ok", "note": "note", "wrong": "WRONG"}
STYLES = {"ok": "", "note": "$text-warning", "wrong": "bold $text-error"}
ABOUT_DATA = ("data directory", "tables", "imports", "documents", "index")
"""Subjects of the findings that come first: the rest is about what is installed."""


class DataScreen(Screen[None]):
    """The doctor's findings, and every job of this sitting."""

    DEFAULT_CSS = """
    DataScreen VerticalScroll { padding: 0 1; }
    DataScreen .heading { text-style: bold; margin-top: 1; }
    DataScreen PlainList {
        height: auto; border: none; background: transparent; padding: 0;
    }
    DataScreen Footer { display: block; }
    """
    HELP = "Enter on a piece of work shows all that it said; s stops it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back"),
        Binding("i", "app.load_tables", "Load tables"),
        Binding("d", "app.read_documents", "Read documents"),
        Binding("n", "app.narrative", "Narrative"),
        Binding("x", "app.complete_index", "Index"),
        Binding("s", "stop", "Stop work"),
        Binding("r", "look", "Look again"),
    ]

    @dataclass
    class Found(Message):
        """The doctor has looked."""

        findings: Sequence[Finding]

    @dataclass
    class StopWanted(Message):
        """A job is to be stopped."""

        job: Job

    def __init__(self, service: Service, jobs: dict[int, Job]) -> None:
        super().__init__()
        self.service = service
        self.jobs = dict(jobs)
        self.findings = Plain("Looking…", id="findings")
        self.listing = PlainList(id="jobs")
        self.no_jobs = Plain("None in this sitting.", classes="muted")

    def compose(self) -> ComposeResult:
        """Findings above, work below."""
        with VerticalScroll():
            yield Plain("Data", classes="heading")
            yield self.findings
            yield Plain("Work in the background", classes="heading")
            yield self.no_jobs
            yield self.listing
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Look at once; it takes a moment."""
        self._list_jobs()
        self.action_look()

    def action_look(self) -> None:
        """Look again."""
        self._look()

    @in_thread("doctor")
    def _look(self) -> None:
        self.post_message(self.Found(self.service.findings()))

    def on_data_screen_found(self, message: Found) -> None:
        """Tell what was found: about the data first."""
        self.findings.show(findings_content(message.findings))

    def job_changed(self, job: Job) -> None:
        """A job went on; one that has ended may have changed what is loaded."""
        self.jobs[job.number] = job
        self._list_jobs()
        if job.state != "running":
            self.action_look()

    def _list_jobs(self) -> None:
        here = self.listing.highlighted or 0
        lines = [job.line for job in self._latest_first]
        self.no_jobs.display = not lines
        self.listing.offer(lines)
        if lines:
            self.listing.highlighted = min(here, len(lines) - 1)

    @property
    def _latest_first(self) -> list[Job]:
        return sorted(self.jobs.values(), key=lambda job: -job.number)

    @on(OptionList.OptionSelected, "#jobs")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        job = self._latest_first[event.option_index]
        self.app.push_screen(TextScreen(job.line, job.text))

    def action_stop(self) -> None:
        """Stop the highlighted job, if it runs; else the latest that does."""
        jobs = self._latest_first
        here = self.listing.highlighted
        chosen = [jobs[here]] if here is not None and jobs else []
        running = [job for job in (*chosen, *jobs) if job.state == "running"]
        if running:
            self.app.post_message(self.StopWanted(running[0]))
        else:
            self.notify("Nothing is running.", markup=False)


def findings_content(findings: Sequence[Finding]) -> Content:
    """One line a finding, what is about data first, its state as a word."""
    data = [one for one in findings if one.subject in ABOUT_DATA]
    others = [one for one in findings if one.subject not in ABOUT_DATA]
    wrong = [one for one in others if one.state != "ok"]
    lines = [_line(one) for one in (*wrong, *data)]
    versions = ", ".join(
        f"{one.subject} {one.told}" for one in others if one.state == "ok"
    )
    return Content("\n").join([*lines, Content(f"Installed: {versions}")])


def _line(finding: Finding) -> Content:
    sign = f"{SIGNS[finding.state]:<6}"
    return Content.assemble(
        (sign, STYLES[finding.state]), (finding.subject, "bold"), f": {finding.told}"
    )
