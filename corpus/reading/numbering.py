"""The numbers that Word shows but does not store: 5.1, (a), iv, counted as Word does.

The rules are those of WordprocessingML (ECMA-376 part 1, 17.9): a paragraph, or its
style, points to a numbering instance, that to its levels, each with a start, a format
and a text such as "%1.%2".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE: Final = re.compile(r"%([1-9])")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
}


class Numbering:
    """Counts a Word document's numbered paragraphs in the order of the document."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists = _by_id(numbering, "abstractNum", "abstractNumId")
        self._instances = _by_id(numbering, "num", "numId")
        self._styles = _by_id(styles, "style", "styleId")
        self._counts: dict[str, list[int]] = {}

    def label(self, properties: Any) -> str:
        """What Word shows before a paragraph: "5.1", "•"; "" for one not numbered."""
        number, depth = self._numbered(properties)
        instance = self._instances.get(number)
        if instance is None:
            return ""
        name = _value(instance.find(f"{_W}abstractNumId"))
        levels = {
            int(level.get(f"{_W}ilvl", "0")): level
            for level in self._lists.get(name, ())
            if level.tag == f"{_W}lvl"
        }
        return self._counted(name, depth, levels) if depth in levels else ""

    def _numbered(self, properties: Any) -> tuple[str, int]:
        """Numbering instance and level, stated or by the style; "" where neither is."""
        style, depth = "", 0
        for _ in range(10):  # a style is based on another
            if properties is None:
                return "", 0
            stated = properties.find(f"{_W}numPr")
            if stated is not None:
                depth = int(_value(stated.find(f"{_W}ilvl")) or depth)
                number = _value(stated.find(f"{_W}numId"))
                if number:
                    return number, depth
            style = _value(properties.find(f"{_W}pStyle")) or self._base(style)
            found = self._styles.get(style)
            properties = found.find(f"{_W}pPr") if found is not None else None
        return "", 0

    def _base(self, style: str) -> str:
        found = self._styles.get(style)
        return _value(found.find(f"{_W}basedOn")) if found is not None else ""

    def _counted(self, name: str, depth: int, levels: dict[int, Any]) -> str:
        if _value(levels[depth].find(f"{_W}numFmt")) in ("bullet", "none"):
            return "•"
        counts = self._counts.setdefault(name, [])
        del counts[depth + 1 :]  # deeper levels begin anew
        while len(counts) <= depth:
            start = _value(levels.get(len(counts), levels[depth]).find(f"{_W}start"))
            counts.append(int(start or 1) - (len(counts) == depth))
        counts[depth] += 1

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at >= len(counts) or at not in levels:
                return ""
            form = _value(levels[at].find(f"{_W}numFmt"))
            return _FORMATS.get(form, str)(max(counts[at], 1))

        return _PLACE.sub(shown, _value(levels[depth].find(f"{_W}lvlText")))


def _by_id(root: Any, tag: str, key: str) -> dict[str, Any]:
    found = root.findall(f"{_W}{tag}") if root is not None else ()
    return {item.get(f"{_W}{key}", ""): item for item in found}


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))
