"""The packed files that Word, PowerPoint and Excel save, judged before unpacking."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from corpus.errors import DocumentError
from corpus.reading.refusals import damaged, other_format

_UNPACKED: Final = 1_000_000_000
"""Bytes that an Office file may unpack to in all."""
_LARGE_PART: Final = 20_000_000
"""Bytes from which the ratio of a part is looked at."""
_RATIO: Final = 300
"""Times that a large part may be larger unpacked; Office's own reach about 100, and
what deflation can do at most is 1,032."""
_PARTS: Final = 20_000
_KINDS: Final = {"word/": ".docx", "ppt/": ".pptx", "xl/": ".xlsx"}


def package_format(path: Path) -> str:
    """The ending that a packed Office file should have, such as ".docx".

    Raises:
        DocumentError: where the file is damaged, another kind of archive, or would
            unpack to more than any document does. Nothing is unpacked to find out.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise damaged(path, path.suffix.lstrip(".").upper()) from error
    _check_sizes(path, parts)
    for part in parts:
        for folder, ending in _KINDS.items():
            if part.filename.startswith(folder):
                return ending
    if any(part.filename == "content.xml" for part in parts):
        raise other_format(
            path, "an OpenDocument file", "Save it as .docx, .pptx or .xlsx."
        )
    raise other_format(path, "an archive", "Unpack it, and ingest what it holds.")


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _LARGE_PART
        and part.file_size > _RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if size > _UNPACKED or swollen or len(parts) > _PARTS:
        raise DocumentError(
            f"{path.name!r} would unpack to {size:,} bytes in {len(parts):,} parts.",
            "It was not opened. If it is a real document, save its text alone.",
        )
