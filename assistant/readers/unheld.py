"""Reader of topics of the field that no table holds: no figure of a table answers them.

Documents may speak of them: these are asked instead, and where they do not, the answer
is that nothing held covers it.
"""

from __future__ import annotations

import re
from typing import Final

_TOPICS: Final = (
    # staff of homes, providers and councils
    r"salar(?:y|ies)|wages?|overtime|day\s+rates?|hourly\s+(?:rates?|pay)"
    r"|pay\s+(?:their|its|his|her)\s+(?:\w+\s+){0,3}(?:staff|workers?|managers?)"
    r"|sickness|absence\s+rates?|caseloads?\s+of|agency\s+(?:\w+\s+){0,2}(?:staff|workers?)"
    r"|(?:staff|manager)\w*\s+(?:turnover|vacanc\w+|retention)"
    r"|turnover\s+(?:of|among|in)\s+(?:\w+\s+){0,2}(?:staff|managers?|workers?|carers?)"
    r"|social\s+workers?\s+(?:do|does|are|did|left|have)"
    r"|how\s+many\s+(?:\w+\s+){0,2}(?:nurses|psychologists|teachers|therapists|staff"
    r"|social\s+workers)|\bemploys?\b|trade\s+unions?",
    # schooling, health, crime and later lives of children
    r"gcses?|a[\s-]levels?|sats|exam\w*|attainment|school\s+results?|truan\w+"
    r"|(?:permanently\s+)?excluded\s+from\s+school|school\s+(?:attendance|exclusions?)"
    r"|universit(?:y|ies)|apprenticeships?|(?:not\s+in|neet\b)"
    r"|vaccinat\w+|immuni[sz]\w+|dentists?|dental|optician\w*|waiting\s+(?:time|list)s?"
    r"|wait(?:s|ing)?\s+(?:for|to\s+see)\s+(?:\w+\s+){0,2}(?:camhs|therap\w+|psych\w+)"
    r"|health\s+assessments?|continuing\s+care\s+checklists?"
    r"|re-?offending|re-?offend\w*|arrest\w*|convicted|called\s+(?:out\s+)?to"
    r"|police\s+(?:\w+\s+){0,2}(?:call\w*|attend\w*|visit\w*|check\w*)",
    # what a business keeps to itself
    r"insur(?:ance|ers?|ed)|pension\w*|mortgag\w*|debtors?|creditors?|dividends?"
    r"|gas\s+and\s+electricity|electricity|energy\s+bills?|utilit(?:y|ies)\s+bills?"
    r"|(?:average|monthly|annual|yearly)\s+rents?|rents?\s+of|council\s+tax"
    r"|(?:company|provider|agency|group)(?:['’]s)?\s+(?:turnover|tax|debts?)"
    r"|turnover\s+of\s+the|share\s+price|bank\s+(?:loan|details|account)s?"
    r"|cars?\b(?!\s*ers?)|minibus\w*|swimming\s+pools?|menus?",
    # other services of a council, and other countries
    r"(?:home[\s-]to[\s-])?school\s+transport|adopt(?:ion|ed|ers?)\b"
    r"|child\s+protection\s+plans?|section\s+47|permanency\s+hearings?"
    r"|scotland|scottish|wales|welsh|northern\s+ireland|ireland",
)  # fmt: skip
_UNHELD: Final = re.compile(rf"\b(?:{'|'.join(_TOPICS)})\b", re.IGNORECASE)
_OF_A_CHILD: Final = re.compile(
    r"\b(?:placements?|homes?|beds?|carers?|somewhere|anywhere|who)\b[^.?!]{0,60}"
    r"\b(?:for|take|takes|accept)\b[^.?!]{0,40}\b(?:boy|girl|child|lad|yo|year)",
    re.IGNORECASE,
)
_PAYS: Final = re.compile(
    r"\b(?:do|does|did|are)\s+[^.?!]{0,60}\b(?:pay|paying)\b", re.IGNORECASE
)
"""What somebody really pays, which no model of what a home should cost can tell."""
TABULAR: Final = frozenset({
    "summarise_placements", "provider_spend", "benchmark_price", "forecast_spend",
    "forecast_demand", "trace_journeys", "provider_outcomes", "provider_profile",
    "analyse_sufficiency", "unclear",
})  # fmt: skip
"""Labels of questions that a table or model would be asked for, or that are of none."""
_FIELD: Final = re.compile(
    r"\b(?:in\s+care|looked[\s-]after|care\s+leavers?|foster\w*|placements?|providers?"
    r"|(?:children|kids|young\s+people)(?:['’]s)?|homes?|social\s+workers?|residential"
    r"|registered\s+managers?|local\s+authorit\w+)\b(?!-|\s+to\b)",
    re.IGNORECASE,
)


def asks_unheld(label: str, question: str) -> bool:
    """Whether the question is for something that no table holds, whatever tool its
    other words tell: "how many agency social workers does Kent employ?"."""
    if not _UNHELD.search(question) or _OF_A_CHILD.search(question):
        return False
    if label == "estimate_delivery_cost":
        return bool(_PAYS.search(question))
    return label in TABULAR or (
        label == "out_of_scope" and bool(_FIELD.search(question))
    )


def unheld_words(question: str) -> str:
    """The question's words for topics that no table holds; empty without any."""
    return " ".join(match[0] for match in _UNHELD.finditer(question))
