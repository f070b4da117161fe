"""The package of a Word document, made to depend on its content alone."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

from corpus.text import clean_text

_PROPERTIES: Final = "docProps/core.xml"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip archive can hold."""


def with_fixed_times(content: bytes, title: str, on: date) -> bytes:
    """The same package with no trace of when it was written.

    Its properties give `title`, and `on` as the day it was made and changed.
    """
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as held,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in held.namelist():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            told = _properties(title, on) if name == _PROPERTIES else held.read(name)
            fixed.writestr(entry, told)
    return written.getvalue()


def _properties(title: str, on: date) -> bytes:
    moment = f"{on.isoformat()}T00:00:00Z"
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        "<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean_text(title))}</dc:title>"
        "<dc:creator>placements</dc:creator><dc:language>en-GB</dc:language>"
        f"{dated}</cp:coreProperties>"
    ).encode()
