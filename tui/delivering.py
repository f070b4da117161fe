"""Hands files to the reader: into the downloads folder, or through the browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from textual.app import App

    Base = App[None]
else:
    Base = object


class Deliveries(Base):
    """Part of the app: every file that leaves it is told of."""

    def deliver(self, path: Path, name: str) -> None:
        """Hand a file over under a name; from a thread or not."""
        self.deliver_binary(path, save_filename=file_name(name))

    def on_delivery_complete(self, message: events.DeliveryComplete) -> None:
        """Say where it is."""
        where = f"to {message.path}" if message.path else "to the browser"
        self.notify(f"Saved {where}.", markup=False)

    def on_delivery_failed(self, message: events.DeliveryFailed) -> None:
        """Say why it is not there."""
        self.notify(
            f"The file could not be saved: {message.exception}. Make room in the"
            " downloads folder, or look at its permissions, and try again.",
            severity="error",
            markup=False,
        )


def file_name(text: str) -> str:
    """A name that every system and every browser's download takes as it stands."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.") or "placements"
