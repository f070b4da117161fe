"""Which tools a question is meant for: learned from examples, and by telling words."""

from __future__ import annotations

import re
from typing import Final

from assistant.conversation.follow_up import points
from assistant.intent import read_intent
from assistant.intents import Intents, Label, Part, classify
from assistant.intents.labels import TOOL_LABELS
from assistant.planning.overruling import (
    LIKELY,
    asks_a_mean,
    of_now,
    overruled,
)
from assistant.understanding import Understanding
from corpus.models import Frozen
from tools.base import Knowledge

SURE: Final = 0.8
"""Probability from which a label is taken for certain. Our choice."""
SHORTEST_WHOLE: Final = 6
"""Words from which a question may be whole without words that tell its tool."""

THEIRS: Final = re.compile(r"\b(?:their|its)\b", re.IGNORECASE)
"""Refers to whom the part before names: "and how their placements turned out"."""
_COST: Final = r"(?:cost|spend|price|pay|paid|fee|charge|bill|budget|£)\w*"
_CHILDREN: Final = (
    r"(?:children|kids|young\s+people|placements|boys|girls|cases|lads|cla|lac|yp)"
)
_TELLING: Final[tuple[tuple[str, str], ...]] = (
    (
        "search_documents",
        r"\b(?:according\s+to|reg(?:ulation)?\s*44|r44|independent\s+(?:person|visitor)"
        r"|statements?\s+of\s+purpose|inspection\s+(?:reports?|summar\w+|findings?)"
        r"|ofsted\s+reports?|\b(?:does|do|did)\s+(?:it|they)\s+(?:say|recommend|give|report)\b"
        r"|sufficiency\s+(?:statement|strateg|plan)\w*)"
        r"|\bwhat\s+(?:do(?:es)?|did|has|have)\b[^.?!]{0,60}\b(?:say|says|said|report"
        r"|recommend\w*|conclude|raise)\b|\b(?:documents?|papers?|reports?|literature"
        r"|guidance|research|evidence)\b[^.?!]{0,40}\b(?:say|says|said|on|about|find)\b"
        r"|\brecommendations?\b"
        r"|\b(?:review|report|paper|study)\s+(?:of|on|into)\b[^.?!]{0,80}"
        r"\b(?:give|gave|say|said|find|found|conclude|put)\w*",
    ),
    (
        "compare_contracts",
        r"\b(?:soft|hard)\s+block|\bcost[\s-]plus\b|\bblock\b[^.?!]{0,80}\bspot\b"
        r"|\bspot\b[^.?!]{0,80}\bblock\b|\bblock\s+(?:contract|book|purchas|buy|bed|of)\w*"
        r"|\b(?:break[\s-]?even|cross[\s-]?over)\s+occupancy"
        r"|\bcontract\s+(?:types?|forms?|options?|models?)",
    ),
    (
        "model_invest_to_save",
        r"\binvest[\s-]to[\s-]save|\bpay(?:s|ing)?\s+(?:for\s+(?:itself|themselves)|back|off)"
        r"|\bpayback|\bbusiness\s+case|\bstep(?:s|ped|ping)?[\s-]*(?:\w+\s+){0,5}down\b"
        r"|\b(?:save|savings?|saved)\b"
        r"|\b(?:beds?|homes?|places)\s+of\s+our\s+own\b[^?!]*\bset[\s-]?up\b"
        r"|\b(?:rais|increas|uplift|higher)\w*\s+(?:\w+\s+){0,3}(?:foster\w*|carers?)\s+"
        r"(?:fee|allowance|pay)",
    ),
    (
        "trace_journeys",
        r"\bjourneys?\b|\bpathways?\b|\bpreced\w+\b|\bantecedents?\b|\bsequences?\b|\btrajector\w+|\bescalat\w+"
        r"|\bhow\s+(?:did|do)\b[^.?!]{0,50}\b(?:get|got|end\s+up|reach|come)\b"
        r"|\b(?:routes?|steps?|steps?\s+up|path)\s+in(?:to)\b|\bstep(?:ping)?[\s-]up\b"
        r"|\b(?:bounced|moved|shifted)\s+(?:\w+\s+){1,4}times\b|\bmoves?\s+before\b|\bbefore\s+(?:they\s+)?(?:going|entering|reaching)\b",
    ),
    (
        "estimate_delivery_cost",
        r"\bshould\b[^.?!]{0,60}\bcost\b|\bcost\b[^.?!]{0,30}\bto\s+(?:run|staff|deliver"
        r"|provide|operate)\b|\brun(?:ning)?\s+costs?\b|\bunit\s+cost|\bopen[\s-]?book"
        r"|\bwaking\s+nights?\b|\bsleep[\s-]ins?\b|\btherapy\s+hours|\bstaff\s+(?:per|a|on)"
        r"\s+shift|\bcost\s+of\s+(?:running|delivery|delivering|staffing)"
        r"|\bdelivery\s+cost|\bbuild[\s-]?up\b|\bto\s+run\s+a\b",
    ),
    (
        "forecast_spend",
        rf"\b(?:forecast|project|predict|outturn|trajector)\w*\b[^.?!]{{0,60}}{_COST}"
        rf"|{_COST}[^.?!]{{0,50}}\b(?:forecast|project|predict|outturn)\w*"
        r"|\boverspend|\bunderspend|\boutturn|\bmedium[\s-]term|\bmtf[ps]\b"
        rf"|{_COST}[^.?!]{{0,60}}\b(?:year[\s-]?end|next\s+(?:\w+\s+)?(?:year|month)|to\s+come)"
        rf"|\bwhere\s+will\b[^.?!]{{0,40}}(?:land|end\s+up)|\bwill\b[^.?!]{{0,40}}{_COST}\b"
        r"[^.?!]{0,40}\b(?:year|month)s?\b",
    ),
    (
        "forecast_demand",
        rf"\b(?:forecast|project|predict|expect|anticipat)\w*\b[^.?!]{{0,60}}"
        rf"\b(?:{_CHILDREN}|demand|need|numbers|entrants|beds|referrals)"
        rf"|\b(?:demand|numbers|{_CHILDREN})\b[^.?!]{{0,50}}\b(?:forecast|projection|projected"
        r"|predicted|expected|to\s+come|next\s+(?:\w+\s+)?(?:year|month))"
        rf"|\bhow\s+many\b[^.?!]{{0,60}}\b(?:will|would|shall)\b[^.?!]{{0,60}}\b(?:need|have"
        rf"|be|come|require)|\b(?:future|coming)\s+(?:demand|need|numbers)|\bdemand\b",
    ),
    (
        "provider_spend",
        r"\b(?:who|which\s+(?:\w+\s+){0,3}(?:providers?|compan\w+|groups?|owners?|firms?"
        r"|suppliers?|organisations?))\b[^.?!]{0,50}\b(?:pay|paid|spend|spent|money"
        r"|receiv\w+|earn\w*)|(?:\bspen[dt]\b|£)[^.?!\d]{0,30}\b(?:by|with|across|per)\s+"
        r"(?:\w+\s+){0,2}(?:provider|supplier|group|compan|owner|firm)"
        r"|\bconcentrat\w+|\bmarket\s+share|\bhhi\b|\b(?:largest|biggest|top)\b[^.?!]{0,20}"
        r"\b(?:suppliers?|providers?|groups?|compan\w+)\b|\bsuppliers?\b"
        r"|\bshare\s+(?:\w+\s+)?providers|\bwhere\s+(?:does|did)\b[^.?!]{0,30}\bmoney\b",
    ),
    (
        "benchmark_price",
        r"\b(?:high|dear)\s+or\s+(?:low|cheap)\b|\bover\s+the\s+odds\b|\bsteep\b|\bbenchmark|\bquot(?:e|ed|ing|es)\b|\bgoing\s+rate|\bpercentile|\bmarket\s+(?:rate|price)"
        r"|\b(?:fair|reasonable|competitive|high|right|usual|typical|normal|good)\s+"
        r"(?:weekly\s+)?(?:price|rate|fee|cost|offer)|\b(?:paid|pay(?:ing)?)\b"
        r"|\b(?:price|fee|rate)s?\s+(?:range|distribution|of|for|are|is|do|charged)"
        r"|\bwhat\b[^.?!]{0,40}\b(?:cost|costs|charge|price)\b"
        r"|\bhow\s+much\b|\b(?:usually|typically)\s+(?:cost|charge)",
    ),
    (
        "analyse_sufficiency",
        r"\bsufficien\w+|\bgaps?\b|\bunmet\b|\bshort(?:age|fall|ages)?\b|\bsought\b"
        r"|\bsecured?\s+(?:against|versus|vs)|\bfill\s+rate|\bnot\s+(?:getting|found|met)"
        r"|\bcould\s*(?:n['’]t|\s+not)\s+(?:find|secure|place)|\black(?:ing)?\b"
        r"|\bunder[\s-]?suppl|\bmismatch|\bstruggl\w+|\bfail\w*\s+to\s+(?:find|secure)"
        r"|\b(?:search\w*|referrals?)\b[^.?!]{0,40}\b(?:come|came|comes)\s+to\s+nothing"
        r"|\blook(?:ed|ing)?\s+for\b[^.?!]{0,40}\b(?:got|get|find|found)"
        r"|\b(?:search(?:es)?|referrals?)\b[^.?!]{0,50}\b(?:how\W?d?\s+(?:did\s+)?(?:they|it|those)"
        r"\s+(?:all\s+)?(?:end|go|turn)|ended|became\s+of|outcomes?|success\w*)"
        r"|\b(?:became\s+of|happened\s+to)\b[^.?!]{0,40}\b(?:search(?:es)?|referrals?)\b",
    ),
    (
        "summarise_placements",
        rf"\bhow\s+many\b[^.?!]{{0,60}}\b{_CHILDREN}\b|\bhow\s+many\s+of\s+(?:ours?|them)\b"
        r"|\baverage\b|\bmean\s+(?:weekly\s+)?cost|\btotal\s+(?:weekly\s+)?(?:cost|spend|£)"
        rf"|\bmedian\s+distance|\bhow\s+far\b|\b(?:share|proportion|percentage|number|count)\s+of\b"
        r"|(?:%|\bper\s*cent|\bpercent)\s+of\b"
        rf"|\bout\s+of\s+(?:area|county|borough|authority)|\bover\s+20\s+miles"
        rf"|\b(?:breakdown|split|profile|snapshot)\s+of\b[^.?!]{{0,40}}\b{_CHILDREN}"
        r"|\bhow\s+many\b[^.?!]{0,40}\b(?:year\s+olds?|teenagers|under|over|are|have)\b"
        r"|\bwhich\s+(?:council|authorit|la\b)\w*\b[^.?!]{0,60}\b(?:most|fewest|highest|lowest"
        r"|largest)\b|\bspending\s+(?:a|per|each)\s+week\b"
        rf"|\b{_CHILDREN}\s+by\b|\bcount\b|\b(?:segment|disaggregat\w+|volumes?\s+of|cohorts?)\b",
    ),
    (
        "provider_outcomes",
        r"\b(?:longest|shortest|fewest|most)\s+(?:stays?|moves)\b|\bturn(?:s|ed|ing)?\s+out\b"
        r"|\brank\w*\s+(?:by|on)\b[^.?!]{0,20}\b(?:moves|stays?|disruption|stability)\b"
        r"|\bdisrupt\w*|\bbreak\s?downs?\b(?!\s+of)|\bunplanned\b|\bstab(?:le|ility)\b"
        r"|\blength\s+of\s+stay|\bstay(?:s|ed)?\s+(?:long|on)|\bhow\s+long\b[^.?!]{0,40}\bstay"
        r"|\boutcomes?\b|\b(?:keep|hold)\w*\s+(?:on\s+to\s+|hold\s+of\s+)?(?:children|kids|young)"
        r"|\b(?:best|worst|highest|lowest)[\s-]+perform\w+|\bfall(?:s|ing)?\s+(?:apart|through)"
        r"|\bplacements?\s+(?:last|fail|end)",
    ),
)  # fmt: skip
"""Words that tell the tool, the most telling first. Our choice, from officers' ways of
asking."""


_CAUTIOUS: Final = frozenset({Label.IDENTIFY_CHILD, Label.OVERRIDE})
"""Labels that hold however little speaks for them, if less speaks for all others."""
_LISTS_HOMES: Final = re.compile(
    r"\b(?:names?|list|addresses)\s+of\b[^.?!]{0,40}"
    r"\b(?:homes|providers|settings|agencies|schools)\b",
    re.IGNORECASE,
)
"""Names of homes, which identify no child; a rule declines the names of children."""

_ASKS_MEANING: Final = re.compile(
    r"\bwhat\s+do(?:es)?\b[^?!]{3,60}\b(?:mean|stand\s+for)\b|\bwhat\s+is\s+meant\s+by\b"
    r"|\bin\s+plain\s+english\b|\bwhat(?:['’]?s|\s+is)\s+that\b",
    re.IGNORECASE,
)
"""Asks what a term of the field means."""


def told_tool(question: str) -> str | None:
    """The tool that the question's own words tell; None where none do."""
    return next(
        (tool for tool, words in _TELLING if re.search(words, question, re.IGNORECASE)),
        None,
    )


class Wanted(Frozen):
    """One question of those asked, and what it wants."""

    text: str
    label: Label


def wanted(
    question: str, understanding: Understanding, knowledge: Knowledge
) -> tuple[Wanted, ...]:
    """The questions in it, in their order, and what each wants; never empty."""
    intents = classify(question, understanding, knowledge)
    if intents.several or _asks_twice(intents) or _asks_further(intents):
        return tuple(Wanted(text=p.text, label=_of_part(p)) for p in intents.parts)
    return (Wanted(text=question, label=_label(intents, question, understanding)),)


def explicit_tool(
    question: str, understanding: Understanding, knowledge: Knowledge
) -> str | None:
    """The tool that a question surely means by itself; None where it may be a part of
    what was said before.
    """
    if told := told_tool(question):
        return told
    if len(question.split()) < SHORTEST_WHOLE:
        return None
    best = classify(question, understanding, knowledge)
    sure = best.probabilities.get(best.best, 0.0) >= SURE
    return str(best.best) if sure and best.best in TOOL_LABELS else None


def _asks_twice(intents: Intents) -> bool:
    """Whether several parts surely want the same tool, each for itself. A search for
    homes is told in several sentences more often than asked twice.
    """
    labels = {part.label for part in intents.parts}
    return (
        len(intents.parts) > 1
        and len(labels) == 1
        and labels <= TOOL_LABELS - {Label.FIND_PROVIDERS, Label.SEARCH_DOCUMENTS}
        and all(part.probability >= SURE for part in intents.parts)
    )


def _asks_further(intents: Intents) -> bool:
    """Whether a later part asks something else of what a part before is about: "which
    homes take him, and what would that cost?".
    """
    first, *later = intents.parts
    return first.label in TOOL_LABELS and any(
        (points(part.text) or THEIRS.search(part.text))
        and told_tool(part.text) not in (None, first.label)
        for part in later
    )


def _of_part(part: Part) -> Label:
    """What one question of several wants; where little speaks for it, what its words
    tell.
    """
    told = told_tool(part.text) if part.probability < SURE else None
    label = Label(told) if told and part.label in TOOL_LABELS else part.label
    return Label.SUMMARISE_PLACEMENTS if asks_a_mean(part.text, label) else label


def _label(intents: Intents, question: str, understanding: Understanding) -> Label:
    """The one label; where little speaks for it, what the question's words tell."""
    intents = of_now(intents, question)
    best = intents.best
    told = told_tool(question)
    if surely := overruled(question, best, understanding, told):
        return surely
    if best is Label.FIND_PROVIDERS and told and intents.probabilities[best] < SURE:
        return Label(told)
    if best is Label.IDENTIFY_CHILD and _LISTS_HOMES.search(question):
        return Label.FIND_PROVIDERS
    unsure = best is Label.IDENTIFY_CHILD and intents.probabilities[best] < SURE
    if not unsure and (intents.none_of_ours or best in _CAUTIOUS):
        return Label.OUT_OF_SCOPE if intents.none_of_ours else best
    if unsure or intents.unclear or best is Label.OUT_OF_SCOPE:
        return (
            _by_words(question, understanding)
            or _of_a_note(intents, understanding)
            or (Label.SEARCH_DOCUMENTS if best is Label.OUT_OF_SCOPE else Label.UNCLEAR)
        )
    return best


def _of_a_note(intents: Intents, understanding: Understanding) -> Label | None:
    """The likeliest tool of a note that states at least two things by which children or
    placements are told apart: it is terse, and no riddle.
    """
    likely = intents.best in TOOL_LABELS and intents.probabilities[intents.best]
    read = understanding
    stated = (
        read.places.spans, read.placement_type, read.needs, read.gender,
        read.ages or read.age_range,
    )  # fmt: skip
    enough = sum(map(bool, stated)) >= 2 and likely and likely >= LIKELY
    return intents.best if enough else None


def _by_words(question: str, understanding: Understanding) -> Label | None:
    """The tool that the question's words tell, or that what it states is asked of."""
    if told := told_tool(question):
        return Label(told)
    if _ASKS_MEANING.search(question):
        return Label.SEARCH_DOCUMENTS
    seeks = read_intent(understanding) == "find_providers"
    return Label.FIND_PROVIDERS if seeks else None
