"""The headings and numbered paragraphs of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.models import Section
from corpus.reading.layout import BULLET, LABEL, NUMBERED, Block

_NUMBERED_HEADING: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?=[A-Z“‘])(.+)")
_NUMBERED_PARAGRAPH: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+\S")
_CHAPTER: Final = re.compile(
    r"((?:Chapter|Part|Appendix|Annex|Section) (?:\d{1,2}|[A-Z]|[IVX]+))\b"
    r"(?:[.:]|\s[-–—])?\s*(.*)",
    re.IGNORECASE,
)
_DOTTED_TO_PAGE: Final = re.compile(r"(?:\.{3,}|\bp\.)\s*\d+$")
_PARAGRAPH_DEPTH: Final = 10
"""Added to a numbered paragraph's level, so that it is deeper than any heading."""
_TITLE_WORDS: Final = 10


def find_sections(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The sections that the blocks start, in order.

    A block is a section where its format says so, where it is a numbered heading or a
    numbered paragraph, or, in a document without numbered paragraphs, where it is a
    short line like a title before longer text.
    """
    numbered = [_is_numbered_paragraph(block) for block in blocks]
    marked = any(block.level for block in blocks)
    first = numbered.index(True) if sum(numbered) >= 3 else len(blocks)
    sections: list[Section] = []
    last, above = 0, 0  # latest whole number of a heading, and latest fixed level
    for index, block in enumerate(blocks):
        following = blocks[index + 1].text if index + 1 < len(blocks) else ""
        section = _numbered(block, numbered[index], following, last)
        if section is None and not marked and index < min(first, len(blocks) - 1):
            previous = blocks[index - 1].text if index else ""
            if _is_title_like(block, following, previous):
                level = 1 + max(1, above)
                heading = block.text.rstrip(":")
                section = Section(start=block.start, level=level, heading=heading)
        if section:
            sections.append(section)
            last, above = _counted(section, last), _fixed_level(section, above)
    return tuple(sections)


def _counted(section: Section, last: int) -> int:
    """The latest whole-numbered heading's number; `last` where this has none."""
    number = section.number or ""
    return int(number) if number.isdecimal() else last


def _fixed_level(section: Section, above: int) -> int:
    """Level of the latest numbered heading or chapter; `above` where this is none."""
    fixed = bool(section.number) or section.level == 1
    return section.level if fixed and section.level < _PARAGRAPH_DEPTH else above


def _is_numbered_paragraph(block: Block) -> bool:
    match = _NUMBERED_PARAGRAPH.match(block.text)
    prose = not _is_short(block.text) or block.text.endswith(":")
    return bool(match) and not block.level and prose


def _numbered(
    block: Block, paragraph: bool, following: str, last: int
) -> Section | None:
    """The section of a block that is marked or numbered; None for any other.

    A whole number counts as a heading's only where it follows `last`, is 1, or is that
    of the paragraph below: else it is an item of a list.
    """
    text = block.text
    if paragraph:
        number = text.split()[0].rstrip(".)")
        level = _PARAGRAPH_DEPTH + number.count(".")
        return Section(start=block.start, level=level, heading="", number=number)
    short = _is_short(text) and not _DOTTED_TO_PAGE.search(text)
    if short and _CHAPTER.fullmatch(text):
        return Section(start=block.start, level=1, heading=text)
    match = _NUMBERED_HEADING.fullmatch(text) if short and block.gap else None
    if match and (
        block.level
        or following.startswith(f"{match[1]}.")
        or _is_next(match[1], last, text)
    ):
        level = block.level or 1 + match[1].count(".")
        return Section(
            start=block.start, level=level, heading=match[2], number=match[1]
        )
    if block.level:
        return Section(start=block.start, level=block.level, heading=text)
    return None


def _is_next(number: str, last: int, text: str) -> bool:
    if "." in number:
        return True
    lead_in = text.endswith(":") and len(text.split()) > 4
    return not lead_in and (number == "1" or last < int(number) <= last + 2)


def _is_short(text: str) -> bool:
    """Whether a line may be a heading: few words, and no sentence's end."""
    words = text.split()
    return len(words) <= _TITLE_WORDS + 4 and len(text) <= 110 and text[-1] not in ".;,"


def _is_title_like(block: Block, following: str, previous: str) -> bool:
    """Whether a short line stands as a title before longer text."""
    text, words = block.text, block.text.split()
    parted = block.gap or len(previous.split()) > 12
    if not parted or not _is_short(text) or "\t" in text or " | " in text:
        return False
    if _DOTTED_TO_PAGE.search(text):
        return False
    if BULLET.match(text) or NUMBERED.match(text) or LABEL.match(text[:-1]):
        return False
    lead_in = text.endswith(":") and len(words) > 3
    quoted = previous[:1] in ('"', "“", "‘")  # then it names who was quoted
    longer = len(following.split()) >= 8 or bool(BULLET.match(following))
    title = len(words) <= _TITLE_WORDS and len(text) > 3
    return longer and title and text[0].isupper() and not (lead_in or quoted)
