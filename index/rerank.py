"""Evidence in one sentence: how much of a question a passage's best sentence holds."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.sentences import sentences
from index.lexical import terms


def best_sentence(text: str, weights: Mapping[str, float]) -> float:
    """The largest share of the question's weight that one sentence of `text` holds.

    `weights` gives each term of the question its rarity. A passage that names every
    term, but each in another sentence (a list of references, a table of contents),
    holds little; one whose sentence answers holds most. 0 to 1.
    """
    total = sum(weights.values())
    if not total:
        return 0.0
    shares = (
        sum(weights.get(term, 0.0) for term in set(terms(text[start:end]))) / total
        for start, end in sentences(text)
    )
    return max(shares, default=0.0)
