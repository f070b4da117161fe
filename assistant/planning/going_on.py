"""A question that goes on from earlier turns: changes, references, why not, back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from assistant.answer import ToolCall
from assistant.arguments import ReadArguments, read_arguments
from assistant.arguments.statement import Statement
from assistant.conversation import Conversation
from assistant.conversation.changes import (
    Change,
    carried,
    changed,
    merged_with,
    with_more_rows,
)
from assistant.conversation.follow_up import (
    LONGEST_FRAGMENT,
    Kind,
    after_going_back,
    begins_anew,
    kind_of,
    opens,
    points,
    supposes,
    wants_all,
    which_list,
)
from assistant.conversation.references import (
    resolve_document,
    resolve_focus,
    resolve_rows,
)
from assistant.conversation.state import RECENT
from assistant.intent import read_intent
from assistant.planning.calls import plan_read, plan_tool
from assistant.planning.plan import Plan, joined, replying
from assistant.planning.wanted import THEIRS, explicit_tool, told_tool, wanted
from assistant.replies import Reply
from assistant.replies.limits import unlawful
from assistant.understanding import understand
from tools.base import Knowledge

_ABOUT_ONE: Final = ("provider_profile", "provider_outcomes", "search_documents")
_LISTING: Final = (
    "find_providers", "provider_outcomes", "provider_spend", "search_documents",
)  # fmt: skip
"""Tools that take a limit."""
_LISTS: Final = {"first": 0, "second": 1, "third": 2}
_SUBJECT: Final = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|now)\W+)*(?:and\s+)?(?:what\s+about|how\s+about|on|about)\s+"
    r"(?P<what>.+?)\W*$",
    re.IGNORECASE,
)
_BUT: Final = re.compile(
    r"\s(?:but|and)\s|[,;.:]\s+(?=(?:with|only|in|near|nr|under|for|make|just|no|which|who|are|is|do|within)\b)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_STARTS: Final = re.compile(
    r"^\W*(?:who|which|find|what|how|where|list|show|is|are|do|does)\b", re.IGNORECASE
)
_ASKS: Final = re.compile(
    r"\b(?:who|which|what|whats|how|where|when|why|is|are|do|does|did|will|would|can|could"
    r"|find|list|show|forecast|compare|tell)\b|\?",
    re.IGNORECASE,
)
_OF_NOTHING: Final = frozenset({"measure", "group_by", "limit", "sort_by", "query"})
"""Arguments that say how, and not of what."""
_AVERAGE: Final = re.compile(r"\b(?:average|mean|total)\b", re.IGNORECASE)
_COSTS: Final = {
    "find_providers": "benchmark_price",
    "analyse_sufficiency": "benchmark_price",
    "trace_journeys": "benchmark_price",
    "summarise_placements": "summarise_placements",
    "forecast_demand": "forecast_spend",
}
"""What answers "what would that cost?" after each tool."""


def going_on(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan | None:
    """The plan of a question that goes on from earlier turns; None of a fresh one."""
    conversation = _with_declined_search(conversation, knowledge)
    read = understand(question, knowledge.gazetteer)
    guarded = read_intent(read) not in ("find_providers", "documents")
    if guarded or not conversation.last_calls or begins_anew(question):
        return None
    kind, said = kind_of(question), question
    if kind == "fresh" and not _stands_alone(question, knowledge):
        kind, said = _of_the_last_sentence(question)
    found = (way(said, conversation, knowledge) for way in _WAYS[kind])
    return next((one for one in found if one is not None), None)


def _of_the_last_sentence(question: str) -> tuple[Kind, str]:
    """How a question that tells something first goes on, by the sentence that asks."""
    *told, last = _SENTENCE.split(question)
    ties = told and (points(last) or opens(last)) and kind_of(last) == "change"
    return ("change", last) if ties else ("fresh", question)


def _with_declined_search(
    conversation: Conversation, knowledge: Knowledge
) -> Conversation:
    """The conversation with the unlawful search that was just declined, so that what
    is said next can put it right: "fostering, then".
    """
    last = conversation.last
    if last is None or last.status != "declined" or last.tool_calls:
        return conversation
    read = read_arguments("find_providers", last.question, knowledge)
    if unlawful(read.arguments) is None:
        return conversation
    search = ToolCall(name="find_providers", arguments=read.arguments)
    return conversation.after(last.question, (search,))


def _back(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan | None:
    """An earlier list again, with what the question changes in it; None where it goes
    back to no list, but to a provider or the day's work, and asks something whole.
    """
    named = Statement.of(question, knowledge).name
    if named or _stands_alone(after_going_back(question), knowledge):
        return None
    groups = conversation.call_groups
    searches = [each for each in groups if each[0].name == "find_providers"]
    lists = {_key(each): each for each in searches or groups}
    at = _LISTS.get(which_list(question), len(lists) - 2)
    chosen = list(lists.values())[max(min(at, len(lists) - 1), 0)]
    rest = "".join(_BUT.split(question, maxsplit=1)[1:])
    changes = [changed(call, rest, knowledge) for call in chosen] if rest else []
    plan = _changes([c for c in changes if c], question, knowledge)
    return (plan or Plan(calls=chosen)).noting("the list of an earlier turn")


def _key(calls: tuple[ToolCall, ...]) -> str:
    return "|".join(call.model_dump_json() for call in calls)


def _more(question: str, conversation: Conversation, _: Knowledge) -> Plan | None:
    """The last list with more rows; None where the last answer was no list."""
    calls = conversation.last_calls
    if calls[0].name not in (
        "find_providers",
        "provider_outcomes",
        "provider_spend",
        "search_documents",
    ):
        return None
    everything = wants_all(question)
    made = (with_more_rows(call, everything) for call in calls)
    return Plan(calls=tuple(made), notes=("the same, with more rows",))


def _why_not(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan | None:
    """The profile of the one asked about, held against the last search for homes."""
    searches = conversation.searches
    resolved = resolve_rows(question, conversation)
    asked = resolved.question if resolved else question
    name = Statement.of(asked, knowledge).name
    if not searches or name is None:
        return None
    made = plan_tool(
        "provider_profile", asked, understand(asked, knowledge.gazetteer), knowledge
    )
    return (
        made.model_copy(update={"held_against": searches[-1]}) if made.calls else made
    )


def _referring(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan | None:
    """What is asked of a row, a document or the provider in focus, by its name."""
    resolved = resolve_rows(question, conversation)
    if resolved and resolved.beyond:
        return replying(_beyond(resolved.beyond, conversation))
    if resolved:
        return _of_names(resolved.question, resolved.names, knowledge)
    if named := resolve_document(question, conversation):
        read = understand(named, knowledge.gazetteer)
        found = plan_tool("search_documents", named, read, knowledge)
        return found.model_copy(update={"asked": named})
    named = resolve_focus(question, conversation)
    if named and conversation.focus and not Statement.of(question, knowledge).name:
        tool = _tool_about_one(named, knowledge)
        if tool:
            return _of_names(named, (conversation.focus,), knowledge)
    return None


def _tool_about_one(question: str, knowledge: Knowledge) -> str | None:
    first = wanted(question, understand(question, knowledge.gazetteer), knowledge)[0]
    return str(first.label) if first.label in _ABOUT_ONE else None


def _of_names(question: str, names: tuple[str, ...], knowledge: Knowledge) -> Plan:
    """One call for each of the names."""
    tool = _tool_about_one(question, knowledge) or "provider_profile"
    read = read_arguments(tool, question, knowledge)
    plans = [
        Plan(
            calls=(
                ToolCall(name=tool, arguments={**read.arguments, "provider": name}),
            ),
            notes=tuple(note for note in read.notes if not note.startswith("read ")),
            asked=question,
        )
        for name in names
    ]
    return joined(plans)


def _beyond(reference: str, conversation: Conversation) -> Reply:
    return Reply(
        status="needs_clarification",
        text=f"The last list has no “{reference.strip()}”. Which of those that it shows"
        " do you want to know about?",
        suggestions=tuple(
            f"Tell me about {name}" for name in conversation.row_names[:4]
        ),
    )


def _change(
    question: str, conversation: Conversation, knowledge: Knowledge
) -> Plan | None:
    """The last calls with what the question states in its place, or another tool with
    what it shares with them.
    """
    calls = conversation.last_calls
    supposing = supposes(question)
    tool = None if supposing else _explicit(question, knowledge)
    ties = supposing or opens(question) or points(question) or _continues(question)
    own = Statement.of(question, knowledge).name
    another = own and not any("provider" in call.arguments for call in calls)
    if another or _is_whole_search(question, knowledge):
        return None
    if tool and _says_more(question, calls, knowledge):
        tool = None
    ties = ties or bool(tool and _lacks_its_own(tool, question, knowledge))
    if tool and tool not in {call.name for call in calls}:
        return _another(tool, question, calls[-1], knowledge) if ties else None
    if not ties and (tool or _stands_alone(question, knowledge)):
        return None
    recent = reversed(conversation.call_groups[-RECENT:])
    for group in recent:
        changes = [changed(call, question, knowledge) for call in group]
        if found := _changes([c for c in changes if c], question, knowledge):
            return found
    return _other_subject(question, calls)


def _is_whole_search(question: str, knowledge: Knowledge) -> bool:
    """Whether it tells of a child, a place and a kind of home, and so asks for homes
    afresh, however tersely: "foster nr Lymington M/9".
    """
    if opens(question) or points(question) or told_tool(question):
        return False
    read = understand(question, knowledge.gazetteer)
    child = read.ages or read.age_range or read.siblings
    where = read.places.near or read.places.inside or read.places.within
    return bool(child and where and read.placement_type)


def _lacks_its_own(tool: str, question: str, knowledge: Knowledge) -> bool:
    """Whether a fragment names a tool and nothing to ask it about: "typical cost?"."""
    if len(question.split()) > LONGEST_FRAGMENT:
        return False
    read = read_arguments(tool, question, knowledge)
    return bool(read.missing) or not read.arguments.keys() - _OF_NOTHING


def _other_subject(question: str, calls: tuple[ToolCall, ...]) -> Plan | None:
    """The same documents asked about something else: "what about care leavers?"."""
    subject = _SUBJECT.match(question)
    if subject is None or any(call.name != "search_documents" for call in calls):
        return None
    made = []
    for call in calls:
        lead, about, _ = str(call.arguments["query"]).rpartition(" about ")
        query = f"{lead}{about}{subject['what']}" if about else subject["what"]
        made.append(
            call.model_copy(update={"arguments": {**call.arguments, "query": query}})
        )
    return Plan(calls=tuple(made), asked=str(made[0].arguments["query"]))


def _continues(question: str) -> bool:
    """Whether it asks nothing, and so states something of what was asked before."""
    return not _ASKS.search(question) and told_tool(question) is None


def _says_more(
    question: str, calls: tuple[ToolCall, ...], knowledge: Knowledge
) -> bool:
    """Whether a statement tells of the last call what its own words do not tell of
    another tool: "we'd carry half the void" after contracts compared.
    """
    if _ASKS.search(question):
        return False
    return any(changed(call, question, knowledge) for call in calls)


def _explicit(question: str, knowledge: Knowledge) -> str | None:
    """The tool that it surely means; of one that goes on, such as "and as at 31 March
    2024?", only what its own words tell.
    """
    if opens(question) or (points(question) and not _STARTS.match(question)):
        return told_tool(question)
    return explicit_tool(question, understand(question, knowledge.gazetteer), knowledge)


def _stands_alone(question: str, knowledge: Knowledge) -> bool:
    """Whether a short question asks for homes, or of documents, by itself."""
    read = understand(question, knowledge.gazetteer)
    slots = read.provider_arguments()
    seeks = read_intent(read) == "find_providers" and len(slots) > 1
    return bool(_STARTS.match(question)) or seeks


def _changes(changes: list[Change], question: str, knowledge: Knowledge) -> Plan | None:
    plans = []
    for change in changes:
        arguments = change.call.arguments
        read = change.read.model_copy(update={"missing": ()})
        if change.call.name == "find_providers" and (reply := unlawful(arguments)):
            return replying(reply)
        read = read.model_copy(update={"arguments": arguments})
        plans.append(plan_read(change.call.name, question, read, knowledge))
    return joined(plans) if plans else None


def _another(
    tool: str, question: str, call: ToolCall, knowledge: Knowledge
) -> Plan | None:
    """Another tool, with what the earlier call and it share."""
    refers = points(question) or bool(THEIRS.search(question))
    if tool == "benchmark_price" and call.name in _COSTS and refers:
        tool = (
            "summarise_placements" if _AVERAGE.search(question) else _COSTS[call.name]
        )
    if tool == "summarise_placements" and call.name == tool:
        measure = {"measure": "average_weekly_cost"}
        arguments = {**call.arguments, **measure}
        return Plan(calls=(ToolCall(name=tool, arguments=arguments),))
    read = read_arguments(tool, question, knowledge)
    kept = {} if _is_of_many(call, tool, question, read) else carried(call, tool)
    if tool == "search_documents" and "kinds" not in read.arguments:
        kept.pop("local_authority", None)  # a report on the region may speak of it
    arguments = merged_with(kept, read.arguments)
    missing = () if kept else read.missing
    read = read.model_copy(update={"arguments": arguments, "missing": missing})
    notes = ("with what the question before said",) if kept else ()
    return plan_read(tool, question, read, knowledge).noting(*notes)


def _is_of_many(call: ToolCall, tool: str, question: str, read: ReadArguments) -> bool:
    """Whether it asks of all whom an authority placed, after homes for one child: the
    child's age and needs say nothing of them.
    """
    placed = call.name == "find_providers" and tool == "summarise_placements"
    return placed and "local_authority" in read.arguments and not points(question)


_WAYS: Final[
    dict[Kind, tuple[Callable[[str, Conversation, Knowledge], Plan | None], ...]]
] = {
    "go_back": (_back,),
    "more": (_more,),
    "why_not": (_why_not, _referring),
    "change": (_referring, _change),
    "fresh": (_referring,),
}
"""What is tried for each way of going on, in order."""
