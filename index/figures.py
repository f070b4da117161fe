"""The kind of figure that a question asks for, and whether a text holds one."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november"
    "|december"
)
_SMALL_NUMBERS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_SHARE: Final = r"percentage|proportion|share|part|portion|per ?cent"
_AMOUNT: Final = (
    "cost|price|fee|spend|spent|budget|bill|saving|pay|salary|wage|allowance|worth"
    "|fund|grant"
)

_CHANGED: Final = r"[^?.]*\b(?:fall|fell|drop|rise|rose|grow|grew|increase|change)\w*"
"""What has changed by an amount or by a share, whichever."""


class FigureKind(StrEnum):
    """Kinds of figures."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    DATE = "date"


_ASKED: Final = (
    (
        FigureKind.PERCENT,
        re.compile(rf"\b(?:what|which) (?:{_SHARE})\b|\bhow much of\b|%", re.I),
    ),
    (FigureKind.MONEY, re.compile(rf"(?<!\bby )\bhow much\b(?!{_CHANGED})", re.I)),
    (
        FigureKind.MONEY,
        re.compile(
            rf"\b(?:what|average|weekly|annual|total)\b[^?.]*\b(?:{_AMOUNT})\w*", re.I
        ),
    ),
    (
        FigureKind.COUNT,
        re.compile(
            r"\bhow many\b|\bwhat (?:is|was|were) the (?:total )?number\b", re.I
        ),
    ),
    (
        FigureKind.DATE,
        re.compile(r"^\W*when\b|\b(?:what|which) (?:date|year|month|day)\b", re.I),
    ),
)
_HELD: Final = {
    FigureKind.MONEY: re.compile(r"£\s?\d"),
    FigureKind.PERCENT: re.compile(
        r"\d\s?(?:%|per\s?cent|percent)|\b(?:half|a third|two thirds|quarters?)\b", re.I
    ),
    FigureKind.COUNT: re.compile(
        rf"(?<![£\d.,])\d[\d,]*\b(?![\d.,]*\s?%)|\b(?:{_SMALL_NUMBERS})\b", re.I
    ),
    FigureKind.DATE: re.compile(rf"\b(?:{_MONTHS})\b|\b(?:19|20)\d\d\b", re.I),
}
_FIGURE: Final = re.compile(
    r"£?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|k|m|bn|million|billion)\b|%)?"
)


def asked_figure(question: str) -> FigureKind | None:
    """The kind of figure that a question asks for; None where it asks for none."""
    return next((kind for kind, form in _ASKED if form.search(question)), None)


def holds_figure(text: str, kind: FigureKind) -> bool:
    """Whether a figure of that kind stands in a text."""
    return bool(_HELD[kind].search(text))


def figures(text: str) -> tuple[str, ...]:
    """The figures of a text as printed, each once, in order: "£4,557", "12%", "75"."""
    return tuple(dict.fromkeys(match[0].strip() for match in _FIGURE.finditer(text)))
