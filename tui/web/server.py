"""textual-serve's server, with a gate before it and a page of our own."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

import textual_serve
from aiohttp import web
from textual_serve.server import Server

from tui.web.access import QUERY, Gate, add_headers

PAGE: Final = "app_index.html"


class GatedServer(Server):
    """Serves one command, a process for each browser tab, to whoever has the token."""

    def __init__(self, words: Sequence[str], host: str, port: int, token: str) -> None:
        super().__init__(
            shlex.join(words),
            host=host,
            port=port,
            title="Placements",
            statics_path=Path(textual_serve.__file__).parent / "static",
            templates_path=str(files("tui.web") / "page"),
        )
        self.token = token

    @property
    def address(self) -> str:
        """What the reader opens, once; the browser keeps a cookie from then on."""
        return f"{self.public_url}/?{QUERY}={self.token}"

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(Gate(self.token, self.port).middleware())
        app.on_response_prepare.append(add_headers)
        app.router.add_static("/page", Path(str(files("tui.web") / "page")))
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Nothing yet: the address is told once it can be opened."""

    def serve(self, debug: bool = False) -> None:
        """Serve until interrupted."""
        made = self._make_app()
        web.run_app(made, host=self.host, port=self.port, print=self._tell)

    def _tell(self, *_: object) -> None:
        """Say where it is, in words of ours."""
        sys.stderr.write(
            f"Open {self.address}\n"
            "Whoever has this address sees what this viewer sees. ctrl+c ends it.\n"
        )
        sys.stderr.flush()
