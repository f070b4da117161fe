"""Whether a question goes on from the one before, and in which way."""

from __future__ import annotations

import re
from typing import Final, Literal

LONGEST: Final = 14
"""Words; a longer question stands on its own."""
LONGEST_FRAGMENT: Final = 6
"""Words; a question this short that states a slot may be a fragment."""

LONGEST_STATEMENT: Final = 40
"""Words; what asks nothing states something of what was asked before."""

Kind = Literal["go_back", "more", "why_not", "change", "fresh"]

_I: Final = re.IGNORECASE
_GO_BACK: Final = re.compile(
    r"\b(?:go(?:ing)?|take me|get|jump|switch)\s+back\b"
    r"(?!\s+(?:a|one|two|three|\d+)\s+years?)"
    r"|^\W*back\s+to\b"
    r"|\b(?:return|revert)\s+to\b|\b(?:show|repeat|rerun)\s+(?:me\s+)?(?:again\s+)?the\s+"
    r"(?:first|original|earlier|previous)\s+(?:list|search|results?|answer|table)\b"
    r"|\b(?:first|1st|original)\s+(?:one|list|search|results?|answer|table)\s+again\b",
    _I,
)
_OF_THE_LISTS: Final = re.compile(
    r"\b(?:lists?|search\w*|one|ones|results?|answers?|tables?|first|1st|original|previous"
    r"|earlier|second|third|last|that|those|them|it)\b",
    _I,
)
_ANEW: Final = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|right|and|now|so|thanks?)\W+)*(?:(?:a\s+)?(?:new|another|different|next|fresh)"
    r"\s+(?:one|case|child|referral|search|yp|query|matter)|(?:on\s+)?(?:an?\s+)?(?:altogether\s+)?"
    r"(?:different|separate|another)\s+(?:case|matter|subject|child)|next(?=\s*:))\s*[:;,.–-]",
    _I,
)
_WHICH_LIST: Final = re.compile(
    r"\b(?P<which>1st|first|original|second|third|previous|last|earlier|other|before)\b",
    _I,
)
_MORE: Final = re.compile(
    r"^\W*(?:(?:can|could)\s+(?:you|i)\s+)?(?:please\s+)?(?:show|give|list|see)?\s*(?:me|us)?\s*"
    r"(?:(?:some|any|the)\s+)?(?:more|rest|next\s+(?:\w+)|all(?:\s+of\s+(?:them|those))?"
    r"|everything|others?)(?:\s+(?:please|of\s+(?:them|those|these)|results?|rows?|homes?"
    r"|settings?|options?))*\W*$",
    _I,
)
_ALL: Final = re.compile(r"\b(?:all|rest|everything)\b", _I)
_WHY_NOT: Final = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+|ok(?:ay)?\W+)*(?:why\s+(?:not|isn['’]?t|is|wasn['’]?t|was|did(?:n['’]?t)?"
    r"|do(?:es)?n['’]?t|have(?:n['’]?t)?|has(?:n['’]?t)?)|what['’]?s\s+wrong\s+with|what\s+about.*\bwhy\b"
    r"|what\s+rules?\s+out|what\s+excludes)\b",
    _I,
)
_ASKING: Final = re.compile(
    r"\?|\b(?:who|whose|which|what|whats|how|where|when|why|find|list|show|tell|give|compare"
    r"|forecast|model|draft|need|needs|needed|looking)\b",
    _I,
)
_SUPPOSES: Final = re.compile(
    r"^\W*(?:(?:and|but|ok(?:ay)?|so|then|now|no|thanks?|right)\W+)*(?:what\s+if|suppos\w+"
    r"|assum\w+|imagine|let['’]?s\s+(?:say|assume|suppose)|say\b"
    r"|what\s+(?:difference|would\s+(?:happen|change))\b|what\s+would\s+\w+\s+be\s+if\b"
    r"|i\s+meant?\b)",
    _I,
)
_LEAD: Final = re.compile(
    r"^\W*(?:(?:no|nope|oh|sorry|correction|actually|wait|wrong|not\s+(?:that|quite)|i\s+(?:meant|mean|said|want(?:ed)?)"
    r"|it\s+should\s+be|make\s+(?:it|that)|change\s+(?:it|that)\s+to|ok(?:ay)?|right|thanks"
    r"|thank\s+you|and|but|so|then|now|also|instead|what\s+about|how\s+about|what\s+if"
    r"|please|just|rather|suppose|supposing|assume|assuming|imagine|that|let['’]?s\s+(?:say|try))\b[\s,:;–-]*)+",
    _I,
)
_CORRECTS: Final = re.compile(
    r"^\W*(?:no|nope|sorry|correction|actually|wait|wrong|i\s+(?:meant|mean|said)|not\s+(?:that|quite))\b",
    _I,
)
_OPENS: Final = re.compile(
    r"^\W*(?:what\s+about|how\s+about|what\s+if|and\b|or\b|but\b|only|just|also|instead|same"
    r"|now\b|no\b|not\b|nope|within|under|over|above|below|with|without|make\s+(?:it|that)"
    r"|change|sort|order|rank|group|split|break\s+(?:it|that|them)|any\b|in\b|near\b|for\b|from\b"
    r"|since\b|at\b|by\b|as\s+at|then\b|ok(?:ay)?|if\b|cheaper|closer|nearer|further|actually"
    r"|sorry|i\s+mean|add|drop|remove|ignore|exclude|include|forget|leave\s+out|keep|limit"
    r"|try|use|he\b|she\b|they\b|s?he['’]?s\b|they['’]?re\b|there['’]?s\s+(?:an?|also)\b|plus\b"
    r"|suppose|supposing|assum(?:e|ing)|imagine|let['’]?s|say\b|restrict|confine|reduce|raise"
    r"|lower|put\b|set\b|(?:thanks?|thank\s+you)\b[\s,;.:!–-]+(?:and|now|but)\b|hold\b|please\b"
    r"|i\s+meant?\b|i['’]d\b|we['’]d\b|go\s+back\s+(?:a|one|two|three|\d)|(?:and\s+)?the\s+"
    r"(?:year|one|financial\s+year|quarter)\s+(?:before|after)|(?:the\s+)?(?:following|previous)\b"
    r"|what\s+(?:difference|would\s+(?:happen|change))\b|what\s+would\s+\w+\s+be\s+if\b"
    r"|(?:show|give|list|see)\s+(?:me\s+|us\s+)?(?:the\s+)?(?:first\s+|top\s+)?\d+\W*$|scrap|lose|lift|widen|extend|stretch|narrow|tighten|correction|oh\b|per\b|so\b|per\s|excluding)",
    _I,
)
_POINTS: Final = re.compile(
    r"\b(?:(?:of|are|do|does|did|would|will|for|have|about|with|like|as|to|is)\s+(?:any\s+of\s+)?"
    r"(?:that|those|these|them|they|this|it)|of\s+(?:those|these|them)|the\s+same|those|these"
    r"|this\s+(?:list|search|child|group)|that\s+(?:list|search|child|group)|such\s+(?:a|placements?)"
    r"|(?:him|her)\b(?!\s+\w+))\b"
    r"|^\W*(?:and\s+)?how\s+(?:many|far)\s+(?:are|were|have|live|go)\b",
    _I,
)
_PLURAL: Final = re.compile(r"\bof\s+(?:those|these|them)\b", _I)
_ADDS: Final = re.compile(
    r"^\s*\+|^\W*(?:and|with|add|plus|include|there['’]?s\s+an?)\b|\b(?:also|too|as\s+well|n\s+all"
    r"|another)\b",
    _I,
)
_DROPS: Final = (
    (r"price|cost|budget", ("max_weekly_price", "weekly_price")),
    (r"vacanc\w+", ("with_vacancy",)),
    (r"rating|grade|ofsted", ("min_rating",)),
    (r"needs?", ("needs",)),
    (r"(?:type|kind)s?", ("placement_type",)),
    (r"gender", ("gender",)),
    (r"ages?", ("age", "ages", "age_from", "age_to")),
    (r"distance|radius", ("near", "radius_miles", "min_distance_miles")),
    (r"route", ("route",)),
    (r"(?:authority|authorities|councils?)", ("local_authority",)),
    (r"(?:years?|dates?)", ("year", "since", "on")),
)
_WITHOUT: Final = (
    r"\b(?:any|all|every|either|(?:drop|scrap|lose|lift)(?:\s+the)?|ignor(?:e|ing)(?:\s+the)?"
    r"|remove(?:\s+the)?|without\s+(?:the|a|any)|forget(?:\s+the)?|regardless\s+of(?:\s+the)?"
    r"|whatever(?:\s+the)?|no\s+matter(?:\s+the)?|no)\s+(?:\w+\s+)?(?:{})"
    r"(?:\s+(?:limits?|filters?|requirements?|restrictions?|caps?))?\b(?!\s+(?:of|is|are|at)\b)"
)
_EVERYWHERE: Final = re.compile(
    r"\b(?:anywhere|everywhere|(?:the\s+)?whole\s+region|all\s+(?:of\s+)?(?:the\s+)?"
    r"(?:authorities|councils)|region[\s-]?wide|across\s+the\s+region)\b",
    _I,
)
PLACE_SLOTS: Final = ("near", "radius_miles", "within", "local_authority", "region")


def kind_of(question: str) -> Kind:
    """The way in which a question goes on by its form alone; what it states decides
    whether a change is one.
    """
    if _GO_BACK.search(question):
        return "go_back"
    if _MORE.match(question):
        return "more"
    if _WHY_NOT.match(question):
        return "why_not"
    if not _ASKING.search(question) and len(question.split()) <= LONGEST_STATEMENT:
        return "change"
    short = len(question.split()) <= LONGEST
    if short and (_OPENS.match(question) or _POINTS.search(question)):
        return "change"
    return "change" if len(question.split()) <= LONGEST_FRAGMENT else "fresh"


def opens(question: str) -> bool:
    """Whether it opens like a follow-up: "what about", "and", "only"."""
    return bool(_OPENS.match(question))


def supposes(question: str) -> bool:
    """Whether it asks for the same under another assumption: "suppose that ..."."""
    return bool(_SUPPOSES.match(question))


def points(question: str) -> bool:
    """Whether it points at what was said: "that", "those", "the same"."""
    return bool(_POINTS.search(question))


def corrects(question: str) -> bool:
    """Whether it sets a wrong reading right: "no, I meant Surrey"."""
    return bool(_CORRECTS.match(question))


def adds(question: str) -> bool:
    """Whether what it states comes on top: "and autism"."""
    return bool(_ADDS.search(question))


def without_lead(question: str) -> str:
    """The question without the words that only tie it to the one before."""
    return _LEAD.sub("", question, count=1).strip()


def drops(question: str) -> tuple[str, ...]:
    """Arguments that it wants no longer restricted: "any rating", "anywhere"."""
    found = [
        name
        for words, names in _DROPS
        if re.search(_WITHOUT.format(words), question, _I)
        for name in names
    ]
    return (*found, *(PLACE_SLOTS if _EVERYWHERE.search(question) else ()))


def wants_all(question: str) -> bool:
    """Whether "more" means all of it."""
    return bool(_ALL.search(question))


def begins_anew(question: str) -> bool:
    """Whether it says that it is about somebody else: "new one: ..."."""
    return bool(_ANEW.match(question))


def after_going_back(question: str) -> str:
    """What follows "back to the day job" and its like, which name no earlier list."""
    back = _GO_BACK.search(question)
    sentence, _, rest = (question[back.end() :] if back else "").partition(". ")
    if not rest:
        sentence, _, rest = sentence.partition(": ")
    return "" if _OF_THE_LISTS.search(sentence) else rest.strip()


def which_list(question: str) -> str:
    """Which earlier list is meant: "first", "previous" and their like."""
    match = _WHICH_LIST.search(question)
    word = match["which"].casefold() if match else "previous"
    return {"original": "first", "1st": "first", "earlier": "previous",
            "other": "previous", "before": "previous",
            "last": "previous"}.get(word, word)  # fmt: skip
