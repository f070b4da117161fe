"""The concepts that a question's words stand for, such as the future or money."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

_NUMBER: Final = re.compile(r"\d[\d,./]*")


def concepts_of(text: str) -> tuple[str, ...]:
    """Names of the concepts in a text, in the order of the file; figures count as #."""
    plain = _NUMBER.sub("#", text.casefold().replace("’", "'"))
    return tuple(name for name, pattern in _patterns().items() if pattern.search(plain))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    file = files("assistant.intents").joinpath("concepts.toml")
    concepts: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: re.compile(rf"(?<![\w'])(?:{'|'.join(map(_form, forms))})")
        for name, forms in concepts.items()
    }


def _form(form: str) -> str:
    """The pattern of one form; a trailing * takes any ending."""
    stem = re.escape(form.removesuffix("*"))
    whole = form[-1].isalnum()
    return stem + (r"(?!\w)" if whole else "")
