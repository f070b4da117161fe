"""Masks in place of personal details, and offsets before and after."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from corpus.codes import PersonalKind
from corpus.models import PersonalDetail

MASKS: Final = {
    PersonalKind.EMAIL: "[e-mail]",
    PersonalKind.DATE_OF_BIRTH: "[date of birth]",
    PersonalKind.NHS_NUMBER: "[NHS number]",
    PersonalKind.TELEPHONE: "[telephone]",
    PersonalKind.ADDRESS: "[address]",
    PersonalKind.NAME: "[name]",
}
"""What stands in place of a detail."""


def masked(text: str, details: Sequence[PersonalDetail], offset: int = 0) -> str:
    """`text` with its details masked.

    `details` are in order and without overlap, and count from `offset` before the
    start of `text`; of one that reaches over an edge, the part inside is masked.
    """
    parts, at = [], 0
    for detail in details:
        start, end = detail.start - offset, detail.end - offset
        if end <= at or start >= len(text):
            continue
        parts += [text[at : max(start, at)], MASKS[detail.kind]]
        at = min(end, len(text))
    return "".join([*parts, text[at:]])


@dataclass(frozen=True)
class Masking:
    """How the offsets of a text and of the same text masked correspond."""

    details: tuple[PersonalDetail, ...]

    def to_masked(self, offset: int, *, end: bool = False) -> int:
        """The offset in the masked text. Inside a detail it is the start of the mask,
        or its end where `end`."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        detail, mask = self.details[at], len(MASKS[self.details[at].kind])
        if offset >= detail.end:
            return self._masked_starts[at] + mask + offset - detail.end
        inside = end and offset > detail.start
        return self._masked_starts[at] + (mask if inside else 0)

    def to_stored(self, offset: int, *, end: bool = False) -> int:
        """The offset in the text itself: the other way round."""
        at = bisect_right(self._masked_starts, offset) - 1
        if at < 0:
            return offset
        detail, start = self.details[at], self._masked_starts[at]
        mask = len(MASKS[detail.kind])
        if offset >= start + mask:
            return detail.end + offset - start - mask
        return detail.end if end and offset > start else detail.start

    @cached_property
    def _starts(self) -> list[int]:
        return [detail.start for detail in self.details]

    @cached_property
    def _masked_starts(self) -> list[int]:
        starts, shift = [], 0
        for detail in self.details:
            starts.append(detail.start + shift)
            shift += len(MASKS[detail.kind]) - (detail.end - detail.start)
        return starts
