"""A scripted language model behind real HTTP: OpenAI's chat completions, streamed."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Says:
    """A reply in words, sent in pieces."""

    text: str


@dataclass(frozen=True)
class Calls:
    """A reply that calls one tool; `arguments` is sent as it stands."""

    name: str
    arguments: str


@dataclass(frozen=True)
class Hangs:
    """No reply until the client gives up."""


@dataclass(frozen=True)
class Drops:
    """A reply of which the connection breaks in the middle."""

    text: str


@dataclass(frozen=True)
class Fails:
    """A refusal by the server itself."""

    status: int


Reply = Says | Calls | Hangs | Drops | Fails


@dataclass
class ModelServer:
    """What the server says next, and what it was asked."""

    script: list[Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def next_reply(self, request: dict[str, Any]) -> Reply:
        """The reply to a request; the last of the script again and again."""
        self.requests.append(request)
        return self.script[min(len(self.requests), len(self.script)) - 1]


@contextmanager
def serving(*script: Reply) -> Iterator[ModelServer]:
    """A server on loopback that follows the script."""
    told = ModelServer(list(script))
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(told))
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield told
    finally:
        told.closing.set()
        http.shutdown()
        http.server_close()


def _handler(told: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            reply = told.next_reply(json.loads(body))
            if isinstance(reply, Hangs):
                told.closing.wait(60)
                return
            if isinstance(reply, Fails):
                self.send_error(reply.status)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for piece in _pieces(reply):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(0.001)
            if isinstance(reply, Drops):
                self.connection.close()

        def log_message(self, *args: Any) -> None:
            """Nothing: the tests read `requests`."""

    return Handler


def _pieces(reply: Reply) -> Iterator[bytes]:
    if isinstance(reply, Calls):
        function = {"name": reply.name, "arguments": reply.arguments}
        call = {"index": 0, "id": "call-1", "type": "function", "function": function}
        yield _event({"role": "assistant", "tool_calls": [call]})
        yield _event({}, "tool_calls")
        yield b"data: [DONE]\n\n"
    elif isinstance(reply, (Says, Drops)):
        for word in reply.text.split(" "):
            yield _event({"content": word + " "})
        if isinstance(reply, Drops):
            yield b'data: {"id": "x", "choi'
            return
        yield _event({}, "stop")
        yield b"data: [DONE]\n\n"


def _event(delta: dict[str, Any], reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    chunk = {
        "id": "x", "object": "chat.completion.chunk", "created": 0, "model": "test",
        "choices": [choice],
    }  # fmt: skip
    return f"data: {json.dumps(chunk)}\n\n".encode()
