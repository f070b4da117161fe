"""Wordings with choices in them: `[one|two]` stands for either."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from corpus.demonstration.writing.composition import Stock

_CHOICE: Final = re.compile(r"\[([^\[\]]*)\]")


def varied(text: str, rng: Random) -> str:
    """The text with one of the ways taken of each choice, the innermost first."""
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)
    return text


def spoken(stock: Stock, rng: Random, tags: frozenset[str] | None = None) -> Stock:
    """The stock with every choice taken, for one document.

    Args:
        stock: Wordings that hold choices.
        rng: What takes them.
        tags: Tags of the document, so that only wordings that may serve are kept; None
            keeps all.
    """
    kept = [w for w in stock.wordings if tags is None or w.when <= tags]
    wordings = tuple(
        wording.model_copy(update={"text": varied(wording.text, rng)})
        for wording in kept
    )
    return stock.model_copy(update={"wordings": wordings})
