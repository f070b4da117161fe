"""Personal details in documents: found at ingestion, masked to all but their owner.

The public face: `find_personal` and `masked` for a text, `ShownLibrary` for documents
as one viewer may read them.
"""

from __future__ import annotations

from corpus.privacy.finding import find_personal, finders_version
from corpus.privacy.masking import MASKS, Masking, masked
from corpus.privacy.shown import ShownLibrary
from corpus.privacy.views import DocumentMask, masked_text, with_details

__all__ = [
    "MASKS",
    "DocumentMask",
    "Masking",
    "ShownLibrary",
    "find_personal",
    "finders_version",
    "masked",
    "masked_text",
    "with_details",
]
