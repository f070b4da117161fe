"""E-mails to lines: subject, sender and date, the body, and the files attached."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_binary_file, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from corpus.errors import DocumentError
from corpus.reading.html import html_lines
from corpus.reading.layout import without_furniture
from corpus.reading.lines import Event, Line, Note, paragraph, plain_lines
from corpus.reading.refusals import damaged
from corpus.text import clean_text

_DEEPEST: Final = 3
"""E-mails within e-mails that are read."""
_MOST: Final = 50
"""Attachments that are read of one e-mail."""
_UNSAFE: Final = re.compile(r"[^\w.() -]+")


def read_mail(path: Path, depth: int = 1) -> Iterator[Event]:
    """An e-mail; each attachment is a section, read as a file of its own would be."""
    with path.open("rb") as file:
        message = message_from_binary_file(file, policy=policy.default)
    try:
        opening = [*_headers(message), *_body(message)]
        attachments = list(message.iter_attachments()) if _is_parted(message) else []
    except Exception as error:  # the standard parser raises on headers it cannot fold
        raise damaged(path, "EML") from error
    yield from opening
    if len(attachments) > _MOST:
        yield Note(f"Of {len(attachments)} attachments the first {_MOST} are read.")
    for part in attachments[:_MOST]:
        yield from _attachment(part, depth)


def _is_parted(message: EmailMessage) -> bool:
    return message.get_content_maintype() == "multipart"


def _headers(message: EmailMessage) -> Iterator[Line]:
    yield from paragraph(message["subject"] or "(no subject)", level=1)
    if message["from"]:
        yield from paragraph(f"From: {message['from']}")
    try:
        sent = parsedate_to_datetime(str(message["date"]))
    except (TypeError, ValueError):
        return
    yield from paragraph(f"Date: {sent.day} {sent:%B %Y}")


def _body(message: EmailMessage) -> Iterator[Line]:
    """The plain text; the web page where there is no plain text, or nothing in it."""
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        text = _text(part) if part else ""
        if text.strip():
            yield from plain_lines(text) if kind == "plain" else html_lines(text)
            return


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except LookupError:  # an encoding that nobody knows
        return _data(part).decode("utf-8", "replace")


def _data(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _attachment(part: EmailMessage, depth: int) -> Iterator[Event]:
    name = _name_of(part)
    if part.get_content_maintype() == "image" and part.get_content_disposition() != (
        "attachment"
    ):
        return  # a logo in a signature
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(_attached(part))
            events = list(_read(path, depth))
    except (DocumentError, OSError) as error:
        yield Note(f"Attachment not read: {error}")
        return
    yield from paragraph(f"Attachment: {name}", level=1)
    for line in without_furniture([e for e in events if isinstance(e, Line)]):
        level = line.level + 1 if line.level else None
        yield replace(line, page=None, level=level)  # its pages are not the e-mail's
    for event in events:
        if isinstance(event, Note):
            yield Note(f"Attachment {name!r}: {event.text}")


def _attached(part: EmailMessage) -> bytes:
    if part.get_content_type() != "message/rfc822":
        return _data(part)
    inner = part.get_payload(0)
    return inner.as_bytes() if isinstance(inner, EmailMessage) else b""


def _name_of(part: EmailMessage) -> str:
    default = "message.eml" if part.get_content_type() == "message/rfc822" else "part"
    name = clean_text(part.get_filename() or default).replace("/", "_")
    name = _UNSAFE.sub("_", name).strip(". ")[-100:] or "part"
    is_mail = default == "message.eml" and not name.lower().endswith(".eml")
    return f"{name}.eml" if is_mail else name


def _read(path: Path, depth: int) -> Iterator[Event]:
    from corpus.reading.formats import READERS, read_events  # which read this in turn

    ending = path.suffix.lower()
    if ending not in READERS:
        raise DocumentError(
            f"{path.name!r} is of a type that is not read.", "Save what matters of it."
        )
    if path.stat().st_size == 0:
        raise DocumentError(f"{path.name!r} is empty.")
    if ending != ".eml":
        return read_events(path)
    if depth >= _DEEPEST:
        raise DocumentError(
            f"{path.name!r} is an e-mail within {depth} others.",
            "Save it as a file of its own.",
        )
    return read_mail(path, depth + 1)
