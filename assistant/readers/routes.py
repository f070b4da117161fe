"""Reader of the route by which a placement is bought."""

from __future__ import annotations

import re
from typing import Final

from assistant.readers.reading import negated
from corpus.codes import Route

_ROUTES: Final = {
    Route.IN_HOUSE: (
        r"\bin[\s-]?house\b|\b(?:council|local[\s-]authority)[\s-](?:run|owned)\b"
        r"|\bour own (?:homes|carers|provision)\b"
    ),
    Route.SPOT: (
        r"\boff[\s-](?:framework|contract)\b|\bnon[\s-]framework\b"
        r"|\bspot(?:s|[\s-]purchas\w*|[\s-]?bought)?\b|\bindividually\s+purchased\b"
    ),
    Route.FRAMEWORK: (
        r"(?<!off )(?<!off-)(?<!non-)(?<!non )\bframework\b|\bDPS\b"
        r"|\bdynamic\s+purchasing\b"
    ),
    Route.BLOCK: (
        r"\bblock(?:s|[\s-](?:contract\w*|purchas\w*|booked|bed\w*|bought|funded))?\b"
    ),
}


_OTHERS: Final = r"(?:IFAs?|agenc(?:y|ies)|independent|external(?:ly)?|bought[\s-]in)"
_AGAINST: Final = (
    r"\s+(?:\w+\s+){0,3}?(?:vs?\.?|versus|compared?\s+(?:to|with)|against|or|and|with)\s+"
    r"(?:\w+\s+){0,3}?"
)
_COMPARED: Final = re.compile(
    rf"\bin[\s-]?house\b{_AGAINST}{_OTHERS}\b|\b{_OTHERS}\b{_AGAINST}in[\s-]?house\b",
    re.IGNORECASE,
)


def compares_in_house(text: str) -> bool:
    """Whether in-house care is set against what is bought: no one route is meant."""
    return bool(_COMPARED.search(text))


def read_routes(text: str) -> tuple[Route, ...]:
    """The routes named and not denied, in the order of their codes."""
    return tuple(
        route
        for route, pattern in _ROUTES.items()
        if any(
            not negated(text, match.start(), match.end())
            for match in re.finditer(pattern, text, re.IGNORECASE)
        )
    )
