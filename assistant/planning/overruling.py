"""Where a question's words and slots overrule the label that it is most like."""

from __future__ import annotations

import re
from typing import Final

from assistant.intent import read_intent
from assistant.intents import Intents, Label
from assistant.intents.labels import TOOL_LABELS
from assistant.understanding import Understanding

LIKELY: Final = 0.4
"""Probability from which a label is taken of a note that states enough. Our choice."""
_VAGUE: Final = frozenset({Label.SEARCH_DOCUMENTS, Label.UNCLEAR, Label.FIND_PROVIDERS})
_FOUND_PLACEMENTS: Final = frozenset({Label.FIND_PROVIDERS, Label.SUMMARISE_PLACEMENTS})
_UNMET: Final = re.compile(
    r"\bsufficiency\b(?!-)|\bgaps?\b(?!\s+year)|\bsecured\b[^.?!]{0,40}\bsought\b"
    r"|\b(?:cannot|can['’]?t|could(?:n['’]?t|\s+not))\s+(?:\w+\s+)?(?:find|get|place)\s+(?:\w+\s+)?"
    r"(?:places?|placements?|homes?|carers?|beds?|(?:any|some|no)where)\b"
    r"|\b(?:because|for\s+(?:want|lack))\b[^.?!]{0,30}\b(?:no|not|never|of)\b[^.?!]{0,40}"
    r"\b(?:found|available|secured|find|placements?|carers?|homes?|beds?)\b"
    r"|\bunmet\b|\bshort(?:fall|age)s?\b|\bsought\b[^.?!]{0,30}\bsecured\b"
    r"|\b(?:search\w*|referrals?)\b[^.?!]{0,40}\b(?:fail\w*|do(?:es)?n['’]?t\s+land|end(?:s|ed)?\s+(?:without|up|in\b)|how\W?d?\s+(?:did\s+)?(?:they|those)\s+(?:all\s+)?(?:end|go|turn)|unsuccessful|unfilled|unmet|blank"
    r"|(?:come|came|comes|coming)\s+to\s+nothing)\b",
    re.IGNORECASE,
)
"""Speaks of placements that were sought and not found: no list of homes, and no count
of placements made, answers it."""
_CONCLUSIVE: Final[tuple[tuple[Label, str], ...]] = (
    (Label.BENCHMARK_PRICE, r"^\W*benchmark(?:\s+price)?\b"),
    (Label.TRACE_JOURNEYS, r"^\W*(?:the\s+)?(?:journeys?|pathways?)\s+(?:in)?to\b"),
    (
        Label.PROVIDER_OUTCOMES,
        r"\bhow\s+(?:well\s+)?(?:has|have|is|are|does|do)\b[^?!.]{0,60}\bperform",
    ),
    (Label.SUMMARISE_PLACEMENTS, r"\btotal\s+£"),
)
"""Words that no likeness of the rest outweighs."""
_FORECASTS: Final = frozenset({Label.FORECAST_DEMAND, Label.FORECAST_SPEND})
_AHEAD: Final = re.compile(
    r"\b(?:will|shall|would|forecast\w*|project\w*|predict\w*|expect\w*|anticipat\w*|next|to\s+come|coming"
    r"|out-?turn|going\s+to|(?:year|yr)[\s-]*end|end\s+of|future|ahead|demand|from\s+now|time|over-?spend"
    r"|under-?spend|budget\w*|mtf[ps]|medium[\s-]term|scenarios?|case|likely|trajector\w+|if|suppos\w+"
    r"|inflation|uplift|land|heading|grow\w*|ris\w+|by\s+(?:20\d\d|march|april|christmas|easter)|20[23]\d"
    r"|out(?=\s*[,.?]|$)|half|when|plan\w*|trend\w*)\b|\d\s*(?:months?|mths?|m|y|yrs?|years?)\b(?![\s-]*old)"
    r"|\b(?:two|three|four|five|six|nine|ten|twelve|eighteen)[\s-]+(?:months?|years?)\b",
    re.IGNORECASE,
)
"""Says that what is to come is asked about, or under what assumption."""
_MEAN: Final = re.compile(r"\b(?:on\s+)?average\b|\bmean\b", re.IGNORECASE)
_QUOTED: Final = re.compile(
    r"\bquot\w+|\boffer\w*|\bbenchmark|\bfair\b|\bcompar\w+|£\s*\d", re.IGNORECASE
)
_SHORT: Final = re.compile(r"\bunmet\b|\bshort(?:fall|age)s?\b", re.IGNORECASE)
_WANTS_BED: Final = re.compile(
    r"^\W*(?:(?:i|we)\s+)?(?:need|want|looking\s+for|after|must\s+have)\s+(?:a|an|any|some)\s+"
    r"(?:\w+\s+)?(?:bed|placement|home|carers?|place)\W*(?:\s*(?:tonight|now|asap|please|pls|urgently))*\W*$",
    re.IGNORECASE,
)
"""Wants a placement, and says nothing of the child."""


def overruled(
    question: str, best: Label, read: Understanding, told: str | None
) -> Label | None:
    """The tool that words or slots tell against a label that is learned of likeness.

    Args:
        question: what is asked.
        best: the likeliest label.
        read: the slots that the question states.
        told: the tool that the question's own words tell, if any.
    """
    if best in _FOUND_PLACEMENTS and _UNMET.search(question):
        return Label.ANALYSE_SUFFICIENCY
    if best is Label.BENCHMARK_PRICE and _SHORT.search(question):
        return Label.ANALYSE_SUFFICIENCY  # with what the shortage costs
    if asks_a_mean(question, best):
        return Label.SUMMARISE_PLACEMENTS
    for label, words in _CONCLUSIVE:
        if best in TOOL_LABELS and re.search(words, question, re.IGNORECASE):
            return label
    return Label.FIND_PROVIDERS if _seeks(question, best, read, told) else None


def _seeks(question: str, best: Label, read: Understanding, told: str | None) -> bool:
    """Whether homes are sought, whatever the question looks like otherwise."""
    seeks = read_intent(read) == "find_providers"
    limited = best is Label.BENCHMARK_PRICE and read.max_weekly_price is not None
    described = read.ages and read.placement_type and read.places.spans
    if limited and seeks and (described or told in (None, best)):
        return True
    if best in _VAGUE and told is None and _lists_homes(read):
        return True
    nothing = best in (Label.OUT_OF_SCOPE, Label.UNCLEAR)
    return nothing and bool(_WANTS_BED.match(question))


def asks_a_mean(text: str, label: Label) -> bool:
    """Whether what was paid on average is asked, and no quote set against it."""
    benchmark = label is Label.BENCHMARK_PRICE
    return benchmark and bool(_MEAN.search(text)) and not _QUOTED.search(text)


def _lists_homes(read: Understanding) -> bool:
    """Whether it names a kind of home, a place, and what the home must be like."""
    like = read.min_rating or read.flags or read.sort_by
    return bool(read.placement_type and read.places.spans and like)


def of_now(intents: Intents, question: str) -> Intents:
    """Without what forecasts, where nothing says that what is to come is asked."""
    if intents.best not in _FORECASTS or _AHEAD.search(question):
        return intents
    left = {k: p for k, p in intents.probabilities.items() if k not in _FORECASTS}
    best = max(left, key=lambda label: left[label])
    return intents.model_copy(
        update={"best": best, "probabilities": left, "unclear": left[best] < LIKELY}
    )
