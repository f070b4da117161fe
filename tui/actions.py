"""Everything the reader can do, in one list.

Keys, slash commands, palette and help are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """Something that can be done from the chat screen, as a method `action_<name>`."""

    name: str
    key: str
    """The key's name; empty where only the slash command and the palette do it."""
    slash: str
    """The word after the slash."""
    label: str
    """One or two words for the footer."""
    help: str
    footer: bool = False
    """Whether the footer names it."""
    of_app: bool = False
    """Whether the method is the app's; otherwise it is the chat screen's."""

    @property
    def command(self) -> str:
        """The action as a binding names it."""
        return f"app.{self.name}" if self.of_app else self.name

    @property
    def key_name(self) -> str:
        """The key as a person writes it."""
        return {"escape": "esc", "slash": "/"}.get(self.key, self.key)


ACTIONS = (
    Action("help", "f1", "help", "Help", "Show this help", True),
    Action("sources", "f2", "sources", "Sources", "Open or close the sources", True),
    Action("results", "f3", "results", "Results", "Open or close the results", True),
    Action("chart", "f6", "chart", "Chart", "Open or close the charts", True),
    Action(
        "stop",
        "escape",
        "stop",
        "Back",
        "Stop the answer, keeping what is there; close a panel; "
        "move between the question and the conversation",
        True,
    ),
    Action("copy", "y", "copy", "Copy", "Copy the answer", True),
    Action(
        "copy_with_sources",
        "Y",
        "copy-sources",
        "Copy with sources",
        "Copy the question and the answer with its sources",
    ),
    Action("retry", "r", "retry", "Retry", "Ask the last question again", True),
    Action("edit", "e", "edit", "Edit", "Change the last question", True),
    Action("sort", "s", "sort", "Sort", "Sort the results by the next column"),
    Action("reverse_sort", "S", "reverse", "Reverse", "Turn the sorting round"),
    Action(
        "next_table",
        "t",
        "table",
        "Next table",
        "Show the answer's next table or chart",
    ),
    Action(
        "filter_rows",
        "slash",
        "filter",
        "Filter",
        "Show only the result rows that hold what is typed",
    ),
    Action("mark", "m", "mark", "Mark", "Mark a result row to compare, at most four"),
    Action("compare", "c", "compare", "Compare", "Set the marked rows side by side"),
    Action("earlier", "u", "earlier", "Earlier", "Load earlier questions"),
    Action("later", "U", "later", "Later", "Load later questions, after going back"),
    Action(
        "history",
        "ctrl+r",
        "history",
        "History",
        "Search the questions asked before",
        of_app=True,
    ),
    Action("new", "ctrl+n", "new", "New", "Begin another conversation", of_app=True),
    Action(
        "sessions",
        "f5",
        "sessions",
        "Conversations",
        "Go on with an earlier conversation; search, rename, delete",
        of_app=True,
    ),
    Action(
        "data",
        "f8",
        "data",
        "Data",
        "What is loaded and what is wrong; work in the background",
        of_app=True,
    ),
    Action("load_tables", "", "import", "Load tables", "Load tables", of_app=True),
    Action(
        "read_documents",
        "",
        "ingest",
        "Read documents",
        "Read documents into the library",
        of_app=True,
    ),
    Action(
        "narrative",
        "",
        "narrative",
        "Narrative",
        "Draft a council's sufficiency statement as a Word file",
        of_app=True,
    ),
    Action(
        "complete_index",
        "",
        "index",
        "Index",
        "Complete the index, so that search goes by meaning too",
        of_app=True,
    ),
    Action(
        "export",
        "f9",
        "export",
        "Export",
        "Take the conversation away as Word, Markdown or JSON",
        of_app=True,
    ),
    Action("switch_theme", "f4", "theme", "Theme", "Next theme: dark, light, terminal"),
    Action("quit", "ctrl+q", "quit", "Quit", "Leave"),
)


def by_slash(line: str) -> Action | None:
    """The action that a line such as "/copy" names; None where there is none."""
    word = line.removeprefix("/").strip().casefold()
    return next((action for action in ACTIONS if action.slash == word), None)


def completion(line: str) -> str:
    """What would complete the slash command being typed; empty where nothing would."""
    if not line.startswith("/") or len(line) < 2:
        return ""
    word = line[1:]
    matches = (a.slash for a in ACTIONS if a.slash.startswith(word))
    return next(matches, word).removeprefix(word)
