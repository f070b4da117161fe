"""Fields, links and bookmarks of a Word document, which python-docx leaves to us."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from assistant.exporting.blocks import Heading
from assistant.exporting.word_styles import CONTENTS, contents_style
from assistant.ledger import MARKER

if TYPE_CHECKING:
    from docx.document import Document

_AFTER_UPDATING: Final = (
    "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars",
    "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:shapeDefaults",
    "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip
"""Settings that the format has after the one that updates fields."""
_LONGEST_DESCRIPTION: Final = 1500
"""Characters of a picture's description that a screen reader is given."""


def heading_anchor(number: int) -> str:
    """Bookmark of the heading with that place, from 1 on."""
    return f"_Toc{number:06d}"


def reference_anchor(marker: int) -> str:
    """Bookmark of a reference."""
    return f"reference_{marker}"


def add_simple_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field, such as a number that Word updates, with what it shows until then."""
    field = _element("w:fldSimple", {"w:instr": f" {instruction} "})
    field.append(_run(shown))
    paragraph._p.append(field)


def bookmark(paragraph: Any, name: str, number: int, run: Any = None) -> None:
    """Name a paragraph, or one run of it, so that links can lead there."""
    start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    end = _element("w:bookmarkEnd", {"w:id": str(number)})
    first = run._r if run is not None else paragraph.runs[0]._r
    last = run._r if run is not None else paragraph.runs[-1]._r
    first.addprevious(start)
    last.addnext(end)


def write_marked(
    paragraph: Any, text: str, cited: frozenset[int], italic: bool | None = None
) -> None:
    """Text whose markers are links to the references that the document holds.

    `italic` is None for as the style has it.
    """
    done = 0
    for match in MARKER.finditer(text):
        if int(match[1]) in cited:
            paragraph.add_run(text[done : match.start()]).italic = italic
            link = _link(reference_anchor(int(match[1])))
            link.append(_run(match[0]))
            paragraph._p.append(link)
            done = match.end()
    paragraph.add_run(text[done:]).italic = italic


def add_contents(written: Document, title: str, headings: Iterable[Heading]) -> None:
    """The list of contents: links to the headings, each with a field for its page.

    The pages are left to whatever opens the file, which alone knows them: a number
    written here would be a guess.
    """
    written.add_paragraph(title, style=CONTENTS)
    for number, heading in enumerate(headings, start=1):
        paragraph = written.add_paragraph(style=contents_style(heading.level))
        link = _link(heading_anchor(number))
        link.append(_run(" ".join(heading.text.split())))
        link.append(_tab())
        _append(link, _opening(f" PAGEREF {heading_anchor(number)} \\h "))
        link.append(_run(""))
        link.append(_mark("end"))
        paragraph._p.append(link)
    _update_when_opened(written)


def add_page_numbers(written: Document) -> None:
    """Number each page at its foot, and say of how many."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for section in written.sections:
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run("Page ")
        add_simple_field(foot, "PAGE", "1")
        foot._p.append(_run(" of "))
        add_simple_field(foot, "NUMPAGES", "1")


def describe_picture(written: Document, title: str, values: str) -> None:
    """Say what the last picture shows, for who cannot see it."""
    drawn = written.inline_shapes[-1]._inline.docPr
    drawn.set("title", title)
    drawn.set("descr", f"{title}. {values}"[:_LONGEST_DESCRIPTION])


def _update_when_opened(written: Document) -> None:
    from docx.oxml.ns import qn

    told, settings = _element("w:updateFields", {"w:val": "true"}), written.settings
    later = [one for one in settings.element if one.tag in map(qn, _AFTER_UPDATING)]
    if later:
        later[0].addprevious(told)
    else:
        settings.element.append(told)


def _opening(instruction: str) -> tuple[Any, ...]:
    """A field up to what it shows."""
    return _mark("begin"), _instruction(instruction), _mark("separate")


def _append(parent: Any, elements: Iterable[Any]) -> None:
    for element in elements:
        parent.append(element)


def _link(anchor: str) -> Any:
    return _element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})


def _run(text: str) -> Any:
    run = _element("w:r")
    written = _element("w:t", {"xml:space": "preserve"})
    written.text = text
    run.append(written)
    return run


def _tab() -> Any:
    run = _element("w:r")
    run.append(_element("w:tab"))
    return run


def _mark(kind: str) -> Any:
    run = _element("w:r")
    run.append(_element("w:fldChar", {"w:fldCharType": kind}))
    return run


def _instruction(text: str) -> Any:
    run = _element("w:r")
    told = _element("w:instrText", {"xml:space": "preserve"})
    told.text = text
    run.append(told)
    return run


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in (attributes or {}).items():
        element.set(qn(key), value)
    return element
