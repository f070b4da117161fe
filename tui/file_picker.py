"""Chooses files and folders of this machine, with the keyboard or the mouse."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DirectoryTree, Footer, Input

from corpus.text import clean_text
from tui.plain import Plain


class FileTree(DirectoryTree):
    """Files without the hidden ones; names are shown as text, whatever they hold."""

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave hidden files out."""
        return [path for path in paths if not path.name.startswith((".", "~$"))]

    def process_label(self, label: str | Text) -> Text:
        """A name in which nothing is obeyed."""
        return Text(clean_text(label if isinstance(label, str) else label.plain))


class FilePicker(ModalScreen[Path | None]):
    """Enter chooses a file; `f` chooses the folder under the cursor; esc gives None."""

    DEFAULT_CSS = """
    FilePicker { align: center middle; }
    FilePicker > Vertical {
        width: 90; max-width: 100%; height: 90%;
        border: round $border; padding: 0 1; background: $surface;
    }
    FilePicker FileTree { height: 1fr; background: transparent; }
    FilePicker Footer { display: block; }
    """
    HELP = "Arrows move, space opens a folder, enter chooses a file."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("f", "folder", "Take the folder"),
        Binding("backspace", "up", "Folder above"),
    ]

    def __init__(self, start: Path, folders: bool) -> None:
        super().__init__()
        self.folders = folders
        """Whether a whole folder can be chosen."""
        self.tree_view = FileTree(start)

    def compose(self) -> ComposeResult:
        """The path as it can be typed, and the tree below."""
        with Vertical() as frame:
            frame.border_title = (
                "Choose a file or folder" if self.folders else "Choose a file"
            )
            yield Input(str(self.tree_view.path), placeholder="Path", compact=True)
            yield self.tree_view
            yield Plain(classes="muted", id="fault")
            yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The tree has the keyboard."""
        self.tree_view.focus()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        path = Path(event.value.strip()).expanduser()
        if path.is_file():
            self.dismiss(path)
        elif path.is_dir():
            self._go(path)
        else:
            self.query_one("#fault", Plain).show(
                f"There is no {clean_text(str(path))}."
            )

    @on(DirectoryTree.FileSelected)
    def _file(self, event: DirectoryTree.FileSelected) -> None:
        self.dismiss(event.path)

    def action_folder(self) -> None:
        """Choose the folder under the cursor, or the one that is shown."""
        node = self.tree_view.cursor_node
        data = node.data if node is not None else None
        path = data.path if data is not None else Path(self.tree_view.path)
        if self.folders:
            self.dismiss(path if path.is_dir() else path.parent)

    def action_up(self) -> None:
        """Show the folder above."""
        self._go(Path(self.tree_view.path).absolute().parent)

    def _go(self, folder: Path) -> None:
        self.tree_view.path = folder
        self.query_one(Input).value = str(folder)
        self.tree_view.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Folders are offered only where they can be chosen."""
        return self.folders if action == "folder" else True
