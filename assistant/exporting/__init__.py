"""Writing what was found to files: Word, Markdown, CSV and Excel."""

from assistant.exporting.blocks import (
    Block,
    Figure,
    Heading,
    Note,
    Paragraph,
    Quotation,
    References,
    TableBlock,
)
from assistant.exporting.markdown import markdown_of
from assistant.exporting.sheets import write_csv, write_workbook
from assistant.exporting.word import write_word

__all__ = [
    "Block",
    "Figure",
    "Heading",
    "Note",
    "Paragraph",
    "Quotation",
    "References",
    "TableBlock",
    "markdown_of",
    "write_csv",
    "write_word",
    "write_workbook",
]
