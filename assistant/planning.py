"""From a question to what is done about it: tool calls, or a reply straight away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from assistant.answer import Status, ToolCall
from assistant.intent import Intent, is_follow_up, read_intent
from assistant.readers.documents import read_document_kinds, read_name
from assistant.understanding import Understanding, understand
from corpus.codes import PlacementType
from corpus.models import Citation, Frozen
from tools.base import Knowledge
from tools.matching import UNLAWFUL_AGE

EXAMPLES: Final = (
    "Which providers near Kent take 14-year-old boys with CSE risk?",
    "Who near Reading has a vacancy for a girl of 12, good or better?",
    "What do the sufficiency statements say about fostering?",
)
"""Questions that the assistant offers when it has nothing nearer to suggest."""


RECENT_CALLS: Final = 4
"""Calls after which a follow-up no longer takes up a search for homes."""


class Reply(Frozen):
    """An answer that needs no tool."""

    status: Status
    text: str
    suggestions: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    """What the text's markers stand for, from 1 on."""


class Plan(Frozen):
    """Tool calls to make, or a reply straight away; and how the question was read."""

    calls: tuple[ToolCall, ...] = ()
    reply: Reply | None = None
    notes: tuple[str, ...] = ()
    """What was mended or set aside in reading."""


def plan(question: str, earlier: Sequence[ToolCall], knowledge: Knowledge) -> Plan:
    """What to do about `question`, after the `earlier` calls of the conversation.

    Without tables every question goes to the documents.
    """
    read = understand(question, knowledge.gazetteer)
    intent = read_intent(read)
    has_tables = knowledge.dataset.kind is not None
    before = _last_search(earlier)
    goes_on = intent in ("find_providers", "documents") and is_follow_up(read)
    if before is not None and goes_on:
        return _provider_plan(_changed(before, read), read)
    if intent == "find_providers" and has_tables:
        return _provider_plan(read.provider_arguments(), read)
    if intent in ("documents", "find_providers"):
        arguments = _document_arguments(read, knowledge)
        call = ToolCall(name="search_documents", arguments=arguments)
        return Plan(calls=(call,), notes=read.notes)
    return Plan(reply=_replies()[intent])


def _last_search(earlier: Sequence[ToolCall]) -> dict[str, Any] | None:
    """The newest search for homes among the last few calls; None without one."""
    recent = reversed(earlier[-RECENT_CALLS:])
    found = (call.arguments for call in recent if call.name == "find_providers")
    return next(found, None)


def _changed(before: dict[str, Any], read: Understanding) -> dict[str, Any]:
    """The earlier call with what the follow-up states put in its place."""
    stated = read.provider_arguments()
    if read.places.radius_miles is not None:
        stated["radius_miles"] = read.places.radius_miles
    if {"near", "local_authority", "within"} & stated.keys():
        before = {
            name: value
            for name, value in before.items()
            if name not in ("near", "local_authority", "within")
        }
    if {"age", "ages"} & stated.keys():
        before = {k: v for k, v in before.items() if k not in ("age", "ages")}
    if "needs" in stated and read.question.casefold().lstrip().startswith(
        ("and", "also", "with")
    ):
        kept = list(before.get("needs", []))
        stated["needs"] = kept + [n for n in stated["needs"] if n not in kept]
    changed = {**before, **stated}
    if read.denied_needs and "needs" in changed:
        left = [need for need in changed["needs"] if need not in read.denied_needs]
        changed["needs"] = left
    if "near" not in changed:
        changed.pop("radius_miles", None)
    return {name: value for name, value in changed.items() if value != []}


def _provider_plan(arguments: dict[str, Any], read: Understanding) -> Plan:
    if read.places.ambiguous:
        return Plan(reply=_which_place(read))
    if read.places.unknown and not read.places.spans:
        return Plan(reply=_unknown_place(read.places.unknown[0]))
    if not arguments:
        return Plan(reply=_WHICH_CHILD)
    kind = arguments.get("placement_type")
    ages = arguments.get("ages") or [arguments.get("age", UNLAWFUL_AGE)]
    if kind == PlacementType.UNREGISTERED:
        return Plan(reply=_UNREGISTERED)
    if kind == PlacementType.SUPPORTED_ACCOMMODATION and min(ages) < UNLAWFUL_AGE:
        return Plan(reply=_UNDER_16)
    call = ToolCall(name="find_providers", arguments=arguments)
    return Plan(calls=(call,), notes=read.notes)


def _which_place(read: Understanding) -> Reply:
    """Asks which of several places of one name is meant, with questions to pick."""
    name, choices = read.places.ambiguous[0]
    return Reply(
        status="needs_clarification",
        text=f"Several places are called {name}: {'; '.join(choices)}. Which is meant?",
        suggestions=tuple(
            read.question.replace(name, choice, 1) for choice in choices[:4]
        ),
    )


def _unknown_place(name: str) -> Reply:
    return Reply(
        status="needs_clarification",
        text=f"I hold no place in England called {name}. Name an authority, a town or a"
        " postcode, and I will search near it.",
        suggestions=EXAMPLES[:2],
    )


def _document_arguments(read: Understanding, knowledge: Knowledge) -> dict[str, Any]:
    """The question itself; and, where it names them, whose documents of which kind.

    An authority narrows the search only beside a kind, as in "Kent's sufficiency
    statement": a report on the whole region may well speak of Kent.
    """
    arguments: dict[str, Any] = {"query": read.question}
    kinds = read_document_kinds(read.question)
    places = (*read.places.near, *filter(None, [read.places.inside]))
    if kinds:
        arguments["kinds"] = [str(kind) for kind in kinds]
        if len(places) == 1 and _is_authority(places[0], knowledge):
            arguments["local_authority"] = places[0]
    name = read_name(read.question, _documented_names(knowledge))
    if name:
        arguments["provider"] = name
        arguments.pop("local_authority", None)
    return arguments


def _is_authority(place: str, knowledge: Knowledge) -> bool:
    return any(place == one.name for one in knowledge.gazetteer.authorities)


def _documented_names(knowledge: Knowledge) -> set[str]:
    """Providers and settings that documents are about."""
    summaries = knowledge.library.summaries()
    return {summary.provider for summary in summaries if summary.provider}


_WHICH_CHILD: Final = Reply(
    status="needs_clarification",
    text=(
        "For which child? Say what matters of the child's age, gender and needs, where"
        " the home should be, and what kind of placement is sought."
    ),
    suggestions=EXAMPLES[:2],
)
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
    citations=(
        Citation(
            kind="document",
            title="Care Planning, Placement and Case Review (England) Regulations 2010,"
            " as amended in 2021",
            locator="regulation 27A, accommodation of a child under 16",
            source="legislation.gov.uk",
        ),
    ),
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
    citations=(
        Citation(
            kind="document",
            title="Care Standards Act 2000",
            locator="section 11",
            source="legislation.gov.uk",
        ),
    ),
)


def _replies() -> dict[Intent, Reply]:
    return {
        "small_talk": Reply(
            status="answered",
            text=(
                "I answer questions about placements for children in care, from the"
                " placement dataset and the documents held here, and say where each"
                " answer comes from. Ask for homes for a child, or for what a report"
                " says."
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
    }
