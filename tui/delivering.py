"""Hands files to the reader: into the downloads folder, or through the browser."""

from __future__ import annotations

import re
import shutil
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from corpus.errors import UsageError

if TYPE_CHECKING:
    from textual.app import App

    Base = App[None]
else:
    Base = object


class Deliveries(Base):
    """Part of the app: every file that leaves it is told of."""

    def deliver(self, path: Path, name: str) -> None:
        """Hand a copy of a file over under a name. To be called from a thread.

        In a terminal it is copied here: the library's way writes bytes as text.

        Raises:
            UsageError: where the downloads folder cannot be written.
        """
        if self.is_web:
            wanted = file_name(name)
            self.call_from_thread(self.deliver_binary, path, save_filename=wanted)
        else:
            saved = copied(path, file_name(name))
            self.notify(f"Saved to {saved}.", markup=False)

    def on_delivery_complete(self, message: events.DeliveryComplete) -> None:
        """The browser has it all."""
        self.notify("Saved to the browser's downloads.", markup=False)

    def on_delivery_failed(self, message: events.DeliveryFailed) -> None:
        """Say why it is not there."""
        text = f"The browser did not get the file: {message.exception}. Try again."
        self.notify(text, severity="error", markup=False)


def copied(path: Path, name: str) -> Path:
    """The copy in the downloads folder; nothing that is there is overwritten.

    Raises:
        UsageError: where the folder cannot be written.
    """
    from platformdirs import user_downloads_path

    folder = user_downloads_path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = _free(folder, Path(name))
        shutil.copyfile(path, target)
    except OSError as error:
        raise UsageError(
            f"The file cannot be saved in {str(folder)!r}: {error.strerror or error}.",
            "Make room there or look at its permissions, and try again.",
        ) from error
    return target


def _free(folder: Path, name: Path) -> Path:
    """The first of NAME, NAME-2, NAME-3 ... that is not taken."""
    others = (folder / f"{name.stem}-{n}{name.suffix}" for n in count(2))
    return next(path for path in chain([folder / name], others) if not path.exists())


def file_name(text: str) -> str:
    """A name that every system and every browser's download takes as it stands."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.") or "placements"
