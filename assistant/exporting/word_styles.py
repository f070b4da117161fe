"""Styles that a Word document has beside those of the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docx.document import Document

LEAD: Final = "Key Message"
NOTE: Final = "Intense Quote"
"""The template's own style of text set apart."""
TO_COMPLETE: Final = "To Complete"
REFERENCE: Final = "Reference"
CONTENTS: Final = "Contents Heading"

_LETTERS: Final = "Arial"
"""Plain letters, which councils ask of accessible documents, and which every reader of
such files has or has the like of."""
_LETTERED: Final = (
    "Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption",
)  # fmt: skip
_BLUE: Final = "1F3864"
_AMBER: Final = "FFF4D6"


def add_styles(written: Document) -> None:
    """Add the key message, the places to complete and the references, as styles."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    for name in _LETTERED:
        _set_letters(written.styles[name])
    normal = written.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    lead = _paragraph_style(written, LEAD, WD_STYLE_TYPE.PARAGRAPH)
    lead.font.size, lead.font.bold = Pt(12), True
    lead.font.color.rgb = RGBColor.from_string(_BLUE)
    lead.paragraph_format.space_after = Pt(8)
    asked = _paragraph_style(written, TO_COMPLETE, WD_STYLE_TYPE.PARAGRAPH)
    asked.paragraph_format.left_indent = Cm(0.4)
    asked.paragraph_format.space_after = Pt(0)
    _shade(asked, _AMBER)
    listed = _paragraph_style(written, REFERENCE, WD_STYLE_TYPE.PARAGRAPH)
    listed.font.size = Pt(9)
    listed.paragraph_format.left_indent = Cm(1)
    listed.paragraph_format.first_line_indent = Cm(-1)
    listed.paragraph_format.tab_stops.add_tab_stop(Cm(1))
    listed.paragraph_format.space_after = Pt(4)
    head = _paragraph_style(written, CONTENTS, WD_STYLE_TYPE.PARAGRAPH)
    head.font.size, head.font.bold = Pt(14), True
    head.font.color.rgb = RGBColor.from_string(_BLUE)
    for level in (1, 2):
        _contents_level(written, level)
    written.styles["Caption"].font.size = Pt(9.5)


def _set_letters(style: Any) -> None:
    """Give a style its letters, in place of those of the template's theme."""
    from docx.oxml.ns import qn

    style.font.name = _LETTERS
    fonts = style.element.rPr.rFonts
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)


def contents_style(level: int) -> str:
    """The style of an entry of the contents."""
    return f"TOC {level}"


def _paragraph_style(written: Document, name: str, kind: Any) -> Any:
    style = written.styles.add_style(name, kind)
    style.base_style = written.styles["Normal"]
    return style


def _contents_level(written: Document, level: int) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm, Pt

    name = contents_style(level)
    style = _paragraph_style(written, name, WD_STYLE_TYPE.PARAGRAPH)
    style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
    style.paragraph_format.space_after = Pt(3)
    style.paragraph_format.tab_stops.add_tab_stop(
        Cm(15), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def _shade(style: Any, colour: str) -> None:
    """A ground and a rule at the left, so that the place is seen at a glance."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    properties = style.element.get_or_add_pPr()
    rule = parse_xml(
        f"<w:pBdr {nsdecls('w')}><w:left w:val='single' w:sz='24' w:space='6'"
        " w:color='C55A11'/></w:pBdr>"
    )
    ground = parse_xml(
        f"<w:shd {nsdecls('w')} w:val='clear' w:color='auto' w:fill='{colour}'/>"
    )
    properties.insert(0, ground)  # the format's order: both before tabs and spacing
    properties.insert(0, rule)
