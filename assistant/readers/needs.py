"""Reader of needs and risks, with those that the question denies kept apart."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.reading import negated
from corpus import vocabulary
from corpus.codes import Need
from corpus.models import Frozen

_MISSING_SOMETHING: Final = re.compile(
    r"\bmissing\s+(?:data|information|values?|figures?|returns?|pieces?|from the)\b"
    r"|\bCAMHS\s+(?:formulation|reports?|assessments?|advice|says?|letters?|view)\b",
    re.IGNORECASE,
)


class NeedsReading(Frozen):
    """Needs in the order in which they are stated, each once."""

    needs: tuple[Need, ...]
    denied: tuple[Need, ...]
    """Needs that the question says the child does not have."""
    spans: tuple[tuple[int, int], ...]


def read_needs(text: str) -> NeedsReading:
    """Every need stated or denied."""
    stated: dict[Need, None] = {}
    denied: dict[Need, None] = {}
    spans = []
    elsewhere = [match.start() for match in _MISSING_SOMETHING.finditer(text)]
    for match in vocabulary.needs().find(text):
        if match.start in elsewhere:
            continue
        side = denied if negated(text, match.start, match.end) else stated
        side[Need(match.identifier)] = None
        spans.append((match.start, match.end))
    return NeedsReading(
        needs=tuple(stated),
        denied=tuple(need for need in denied if need not in stated),
        spans=tuple(spans),
    )
