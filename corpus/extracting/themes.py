"""The theme of a recommendation or concern, by the words of `themes.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from corpus.extracting.roles import without_roles
from corpus.observed import Theme
from corpus.vocabulary import form_pattern

_WEIGHTS: Final = {"above_all": 0, "of_its_own": 1, "in_general": 2}


@cache
def _forms() -> tuple[tuple[int, Theme, re.Pattern[str]], ...]:
    """Every form as (rank of its strength; theme; pattern)."""
    text = files(__package__).joinpath("themes.toml").read_text(encoding="utf-8")
    return tuple(
        (_WEIGHTS[strength], Theme(theme), form_pattern(form))
        for theme, entry in tomllib.loads(text).items()
        for strength, forms in entry.items()
        for form in forms
    )


def theme_of(text: str) -> Theme:
    """What `text` is about; `other` where none of the themes' words stand in it.

    Who is to act and by when count for nothing.
    """
    said = without_roles(text)
    found = [
        (weight, match.start(), match.start() - match.end(), theme)
        for weight, theme, pattern in _forms()
        if (match := pattern.search(said))
    ]
    return min(found)[3] if found else Theme.OTHER
