"""What is asked back where a question lacks what its answer turns on, with choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.replies.reply import EXAMPLES, Reply
from corpus.models import Citation

MOST_CHOICES: Final = 4
"""Choices offered at once."""

UNCLEAR: Final = Reply(
    status="needs_clarification",
    text=(
        "I cannot tell what is asked. Say whether it is about homes for a child, one"
        " provider, prices, numbers of placements, gaps, or what a document says."
    ),
    suggestions=EXAMPLES,
)
_MISSING: Final[dict[str, Reply]] = {
    "find_providers": Reply(
        status="needs_clarification",
        text=(
            "For which child? Say what matters of the child's age, gender and needs,"
            " where the home should be, and what kind of placement is sought."
        ),
        suggestions=(
            EXAMPLES[0],
            "Who near Reading has a vacancy for a girl of 12, good or better?",
        ),
    ),
    "provider_profile": Reply(
        status="needs_clarification",
        text=(
            "Which provider or setting? I find none in the question that I hold: name"
            " it as the register does, or by its URN."
        ),
    ),
    "benchmark_price": Reply(
        status="needs_clarification",
        text=(
            "The price of what? Say the kind of placement, and what matters of the"
            " child's age and needs."
        ),
        suggestions=(
            "What has been paid for residential placements?",
            "What has been paid for fostering placements?",
            "What has been paid for supported accommodation?",
        ),
    ),
    "compare_contracts": Reply(
        status="needs_clarification",
        text=(
            "At which prices? Say what a place costs a week bought spot, in a block, or"
            " both, and how many places there are."
        ),
        suggestions=(
            "Compare a block of 4 beds at £4,500 a week with spot at £5,200 a week.",
            "Which contract is cheapest for 6 beds at a spot price of £5,000 a week?",
        ),
    ),
    "model_invest_to_save": Reply(
        status="needs_clarification",
        text=(
            "Which scheme? I can model raised fostering fees, stepping children down"
            " from residential care to fostering, or beds of the council's own."
        ),
        suggestions=(
            "What would we save by stepping 5 children down from residential to"
            " fostering?",
            "Would higher fostering fees for 10 children pay for themselves?",
            "Would opening 4 in-house beds pay back over 5 years?",
        ),
    ),
}


def ask_missing(tool: str, suggestions: tuple[str, ...] = ()) -> Reply:
    """Asks for what a call of the tool lacks; `suggestions` replace its own."""
    reply = _MISSING.get(tool, UNCLEAR)
    return reply.model_copy(update={"suggestions": suggestions or reply.suggestions})


def ask_which_place(question: str, name: str, choices: Sequence[str]) -> Reply:
    """Asks which of several places of one name is meant, with questions to pick."""
    return Reply(
        status="needs_clarification",
        text=f"Several places are called {name}: {'; '.join(choices)}. Which is meant?",
        suggestions=_instead(question, name, choices),
    )


def ask_which_provider(question: str, written: str, choices: Sequence[str]) -> Reply:
    """Asks which of several organisations is meant, with questions to pick."""
    named = "; ".join(choices[:8])
    more = f" and {len(choices) - 8} more" if len(choices) > 8 else ""
    return Reply(
        status="needs_clarification",
        text=f"Several are called {written}: {named}{more}. Which is meant?",
        suggestions=_instead(question, written, choices),
    )


def ask_known_place(name: str) -> Reply:
    """Says that a place is not known, and asks for one that is."""
    return Reply(
        status="needs_clarification",
        text=f"I hold no place in England called {name}. Name an authority, a town or a"
        " postcode, and I will search near it.",
        suggestions=EXAMPLES[:1],
    )


def ask_which_needs() -> Reply:
    """Asks what lies behind "complex needs", which providers claim almost all."""
    return Reply(
        status="needs_clarification",
        text="“Complex needs” can mean many things, and nearly every home says that it"
        " takes them. Which needs or risks are they: mental health, violence, going"
        " missing, a disability, or something else?",
        suggestions=EXAMPLES[:1],
    )


def ask_possible(tool: str, problems: Sequence[str]) -> Reply:
    """Says which values are impossible or contradictory, and asks for others."""
    told = "; ".join(problem.rstrip(".") for problem in problems)
    return Reply(
        status="needs_clarification",
        text=f"I cannot answer that as asked: {told} [1]. Say what is meant instead.",
        citations=(
            Citation(
                kind="model", title=f"What {tool} takes", locator=told, source=tool
            ),
        ),
    )


def say_not_held(tool: str, told: Sequence[str], likely: Sequence[str] = ()) -> Reply:
    """Says that nothing is held of whom the question names, with the nearest names."""
    said = "; ".join(told)
    near = f" The names most like it are {'; '.join(likely)}." if likely else ""
    return Reply(
        status="not_in_evidence",
        text=f"I cannot answer that: {said} [1].{near} Name it as the register does, or"
        " by its URN.",
        suggestions=tuple(f"Tell me about {name}" for name in likely[:MOST_CHOICES]),
        citations=(
            Citation(
                kind="model", title=f"What {tool} takes", locator=said, source=tool
            ),
        ),
    )


def _instead(question: str, written: str, choices: Sequence[str]) -> tuple[str, ...]:
    """The question with each of the choices in place of the words as written."""
    return tuple(
        question.replace(written, choice, 1) for choice in choices[:MOST_CHOICES]
    )
