"""What is declined or lies outside, in calm words that say what can be done instead."""

from __future__ import annotations

from typing import Any, Final, Literal

from assistant.law import UNDER_16_UNREGULATED, UNREGISTERED_HOME
from assistant.replies.reply import EXAMPLES, Reply
from corpus.codes import PlacementType
from tools.matching import UNLAWFUL_AGE

Limit = Literal["small_talk", "identify_child", "ruling", "override", "out_of_scope"]

_UNDER_16: Final = Reply(
    status="declined",
    text=(
        "A child under 16 may not be placed in supported accommodation: the Care"
        " Planning, Placement and Case Review (England) Regulations 2010, as amended"
        " in 2021, forbid it [1]. What is lawful at that age is a registered children's"
        " home, a foster home, or a placement with family or friends; ask for one of"
        " these and I will search for it."
    ),
    suggestions=(
        "Which children's homes near Kent take a 15-year-old girl?",
        "Which fostering agencies near Kent take a 15-year-old girl?",
    ),
    citations=(UNDER_16_UNREGULATED,),
)
_UNREGISTERED: Final = Reply(
    status="declined",
    text=(
        "I do not search for unregistered homes. Running a children's home without"
        " registration is an offence under section 11 of the Care Standards Act 2000"
        " [1], so a child may not be placed in one. Registered homes that consider"
        " same-day admissions can be searched for instead."
    ),
    suggestions=("Which children's homes near Kent take a boy of 14 tonight?",),
    citations=(UNREGISTERED_HOME,),
)

LIMITS: Final[dict[Limit, Reply]] = {
    "small_talk": Reply(
        status="answered",
        text=(
            "I answer questions about placements for children in care, from the"
            " placement dataset and the documents held here, and say where each"
            " answer comes from. Ask for homes for a child, for what has been paid or"
            " what is to come, or for what a report says."
        ),
        suggestions=EXAMPLES,
    ),
    "identify_child": Reply(
        status="declined",
        text=(
            "I do not identify children: nothing that I answer names a child or"
            " says where one lives. Questions about providers, places, prices and"
            " what documents report are welcome."
        ),
        suggestions=EXAMPLES,
    ),
    "ruling": Reply(
        status="declined",
        text=(
            "That is a professional or legal judgement, which belongs to the social"
            " worker, the panel, or a legal adviser. I can search for settings, or"
            " for what the documents held here say on the subject."
        ),
        suggestions=EXAMPLES,
    ),
    "override": Reply(
        status="declined",
        text=(
            "The rules that I work by are not changed by a question: answers come"
            " only from the data and documents held here. Ask me about these."
        ),
        suggestions=EXAMPLES,
    ),
    "out_of_scope": Reply(
        status="out_of_scope",
        text=(
            "That lies outside what I hold: placements of children in care in"
            " England, the provision there is, what it costs, and documents on these."
            " Ask me about any of them."
        ),
        suggestions=EXAMPLES,
    ),
}
"""What is said for each, whatever the rest of the question says."""


def unlawful(arguments: dict[str, Any]) -> Reply | None:
    """Why a search for homes asks for what is unlawful; None where it does not."""
    kind = arguments.get("placement_type")
    ages = arguments.get("ages") or [arguments.get("age", UNLAWFUL_AGE)]
    if kind == PlacementType.UNREGISTERED:
        return _UNREGISTERED
    if kind == PlacementType.SUPPORTED_ACCOMMODATION and min(ages) < UNLAWFUL_AGE:
        return _UNDER_16
    return None
