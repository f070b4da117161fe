"""Language models in place of the built-in brain: opened, bounded, and logged.

Any name of LangChain's `init_chat_model` will do. A model on this machine or network
is the choice for a council's own rows about children; a remote one is refused them
unless the setting says otherwise.
"""

from __future__ import annotations

import ipaddress
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlparse
from uuid import UUID

from assistant.settings import BUILT_IN, Settings
from corpus.errors import BackendFailed, UsageError
from corpus.text import clean_text

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.messages import BaseMessage

LOCAL_PROVIDERS: Final = frozenset({"ollama", "llamacpp", "huggingface"})
"""Providers of LangChain that run on this machine unless a URL says otherwise."""

RETRIES: Final = 2
"""Times that a request is sent again after a failure that may pass."""


def chat_model(settings: Settings, kind: str | None) -> Any:
    """The chat model of the settings' brain; `kind` is that of the tables it reads.

    Raises:
        BackendFailed: where LangChain knows no such model, or lacks its package.
        UsageError: where a remote model would read a council's rows about children.
    """
    refuse_remote_reader(settings, kind)
    from langchain.chat_models import init_chat_model

    try:
        return init_chat_model(settings.brain, **_bounds(settings))
    except Exception as error:  # each provider raises its own kinds
        raise BackendFailed(
            f"The brain {settings.brain!r} cannot be opened:"
            f" {clean_text(str(error))[:300]}",
            "Use --brain built-in, or a LangChain name such as ollama:llama3, with its"
            " package and key.",
        ) from error


def _bounds(settings: Settings) -> dict[str, Any]:
    """Where the model is, and how long a request may take, in its provider's words."""
    provider = settings.brain.partition(":")[0]
    bounds: dict[str, Any] = {}
    if settings.model_url:
        bounds["base_url"] = settings.model_url
        if provider == "openai" and "OPENAI_API_KEY" not in os.environ:
            bounds["api_key"] = "none"  # a local server asks for none, the client does
    if provider == "ollama":
        return {**bounds, "client_kwargs": {"timeout": settings.model_seconds}}
    return {**bounds, "timeout": settings.model_seconds, "max_retries": RETRIES}


def refuse_remote_reader(settings: Settings, kind: str | None) -> None:
    """Keep a council's own rows from a model on somebody else's machine.

    Raises:
        UsageError: for a council's real tables and a remote model, unless the settings
            allow it.
    """
    own_rows = settings.viewer.role == "council" and kind == "real"
    if own_rows and is_remote(settings) and not settings.remote_child_data:
        raise UsageError(
            f"The brain {settings.brain!r} runs on another's machine, and the viewer"
            f" {str(settings.viewer)!r} reads its own rows about children.",
            "Use the built-in brain or a local model (ollama:NAME, or"
            " PLACEMENTS_MODEL_URL on this network); PLACEMENTS_REMOTE_CHILD_DATA=allow"
            " overrides this.",
        )


def is_remote(settings: Settings) -> bool:
    """Whether the brain is a model outside this machine and its network."""
    if settings.brain == BUILT_IN:
        return False
    if settings.model_url:
        return not _is_near(urlparse(settings.model_url).hostname or "")
    return settings.brain.partition(":")[0] not in LOCAL_PROVIDERS


def _is_near(host: str) -> bool:
    """Whether a host is this machine, or an address that no router passes on."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def model_log(settings: Settings) -> Path:
    """The file that keeps what language models were shown."""
    return settings.directory.root / "model_log.jsonl"


def logging_handler(settings: Settings) -> BaseCallbackHandler:
    """A LangChain callback that keeps each prompt, word for word, before it is sent."""
    from langchain_core.callbacks import BaseCallbackHandler

    path = model_log(settings)

    class PromptLog(BaseCallbackHandler):
        """Appends one line a request."""

        raise_error = True  # what cannot be logged is not sent

        def on_chat_model_start(
            self,
            serialized: dict[str, Any],
            messages: list[list[BaseMessage]],
            *,
            run_id: UUID,
            **kwargs: Any,
        ) -> None:
            """Keep the prompt."""
            _append(path, _line(settings, messages))

    return PromptLog()


def _line(settings: Settings, messages: list[list[BaseMessage]]) -> str:
    shown = [
        {"role": message.type, "text": message.text}
        for prompt in messages
        for message in prompt
    ]
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "brain": settings.brain,
        "url": settings.model_url,
        "viewer": str(settings.viewer),
        "messages": shown,
    }
    return json.dumps(line, ensure_ascii=False) + "\n"


def _append(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as log:
        log.write(line)
