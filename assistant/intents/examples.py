"""The labelled questions that intent is learned from."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from pydantic import field_validator

from assistant.intents.labels import Label
from corpus.models import Frozen

_FILE: Final = files("assistant.intents").joinpath("examples.jsonl")


class Example(Frozen):
    """One question, what it wants, and who might have asked it how."""

    text: str
    label: tuple[Label, ...]
    """More than one where its parts want different things."""
    author: str
    """The voice that it is written in."""
    template: str
    """Family of questions that share a sentence frame."""
    providers: tuple[str, ...] = ()
    """Names of organisations in the text, as written there."""

    @field_validator("label", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


@cache
def examples() -> tuple[Example, ...]:
    """All of them, in the order of the file."""
    return read_examples(_FILE)


def read_examples(file: Traversable) -> tuple[Example, ...]:
    """The examples of a file, one JSON object a line.

    Raises:
        ValidationError: where a line is no example.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(Example.model_validate_json(line) for line in lines)


@cache
def fingerprint() -> str:
    """Tells one version of the examples from another."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()[:16]
