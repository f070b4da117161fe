"""Writing what was found to files: Word, Markdown, CSV and Excel."""

from assistant.exporting.blocks import (
    Block,
    Bullets,
    Contents,
    Figure,
    Heading,
    Lead,
    Note,
    Paragraph,
    Quotation,
    References,
    TableBlock,
    ToComplete,
)
from assistant.exporting.markdown import markdown_of
from assistant.exporting.sheets import write_csv, write_workbook
from assistant.exporting.word import word_of, write_word

__all__ = [
    "Block",
    "Bullets",
    "Contents",
    "Figure",
    "Heading",
    "Lead",
    "Note",
    "Paragraph",
    "Quotation",
    "References",
    "TableBlock",
    "ToComplete",
    "markdown_of",
    "word_of",
    "write_csv",
    "write_word",
    "write_workbook",
]
