from __future__ import annotations

import pytest
from textual.widgets import Static

from assistant.answer import Answer, MarkedCitation
from assistant.diagnosis import Finding
from assistant.events import Failed, Stage, Understood
from corpus.models import Citation, Table
from corpus.text import clean_text
from tests.tui_script import (
    ANSWER,
    Held,
    Kept,
    Past,
    Surroundings,
    answered,
    app_of,
    opened,
    reading,
    scripted,
    shown,
    streamed,
    until,
)
from tui.answer_text import AnswerText
from tui.data_screen import DataScreen
from tui.plain import Plain, QuestionList
from tui.sessions_screen import SessionList, SessionsScreen
from tui.text_screen import failure_screen

HOSTILE = [
    "Home [P1] Ltd",
    "a [/b] c",
    "[$a] and [@click=app.bell]x[/]",
    "[link=http://evil]x",
    "[red]not red[/red] [",
    "trailing \\",
    "see [1], [2023], [Ofsted: Good], []",
    "[1]: http://evil",
    "![x](http://evil/x.png) <b>bold</b> &#x202e;txt",
    clean_text("a\x1b]52;c;ZXZpbA==\x07b\x1b[31mc\x1b]0;title\x07d\u202ee"),
    "مرحبا بالعالم שלום",
    "👩‍👩‍👧‍👦 🏠 e\u0301 \u200bzero",
    "x" * 10_000,
    "[" * 300,
    "|a|b|\n|-|-|\n|[/b]|[$a]|",
    "```\n[/b] unclosed",
    "%s {0} $name ${x} {{}}",
]

MIXED = """\
# Homes

```py
x = [1]
```

| a | b |
|---|---|
| [1] | y |

1. one
   - two

Kent
----
*Seven* of **nine** [1].
"""
"""A fence, a table, a nested list and a heading told only by its underline."""


def hostile_answer(text: str) -> Answer:
    citation = Citation(
        kind="document", title=text, locator=text, quote=text, source=text
    )
    table = Table(
        title=text, columns=(text, "other"), rows=((text, 1), (None, 2)), total_rows=2
    )
    return Answer(
        question=text,
        status="answered",
        text=f"{text}\n\nSeen [1].",
        citations=(MarkedCitation(marker=1, citation=citation),),
        tables=(table,),
        caveats=(text,),
        suggestions=(text,),
        understood=text,
        brain=text[:40],
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_every_widget_shows_any_text_as_it_stands(text: str) -> None:
    service = scripted(*streamed(hostile_answer(text), step=500))
    service.conversation.surroundings = Surroundings(text, text, text, text, text)
    service.conversation.held = Held(note=text)
    app = app_of(service)
    async with app.run_test(size=(120, 40)) as pilot:
        chat = await answered(pilot, text)
        view = chat.view.view(1)
        assert view is not None
        assert chat.chat.turns[0].phase == "done"
        assert str(view.query(Static).first().content) == text.strip()
        assert str(view.understood.content) == f"Read as: {text}"
        assert str(view.caveats.content) == f"! {text}"
        assert str(view.suggestions.get_option_at_index(0).prompt) == f"1  {text}"
        assert str(chat.side.results.heading.content) == text
        cell = chat.side.results.grid.get_row_at(0)[0]
        assert cell.plain == " ".join(text.split())
        assert text in str(chat.view.welcome.held.content)
        await reading(pilot)
        await pilot.press("1")
        await pilot.pause()
        assert text in str(chat.side.sources.detail.content)
        await pilot.press("f3", "s", "s")
        await pilot.pause()
        assert "\x1b" not in shown(pilot)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_failures_stages_and_notices_show_any_text_as_it_stands(
    text: str,
) -> None:
    failure = Failed(kind="Odd", message=text, remedy=text)
    service = scripted(Understood(text=text), Stage(text=text), failure)
    app = app_of(service)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        chat = await answered(pilot, "Which homes?")
        view = chat.view.view(1)
        assert view is not None
        assert str(view.problem.content) == f"No answer. {text}\n{text}".rstrip()
        chat.show_notice(text)
        chat.box.write(f"/{text[:200]}")
        await pilot.press("enter")
        await pilot.pause()
        assert len(chat.chat.turns) == 1


async def test_a_reference_in_an_answer_takes_no_marker_over() -> None:
    answer = hostile_answer("Kent has seven homes [1].\n\n[1]: http://evil")
    async with app_of(scripted(*streamed(answer))).run_test(size=(120, 40)) as pilot:
        chat = await answered(pilot)
        assert "[1]: http://evil" in shown(pilot)
        lines = shown(pilot).splitlines()
        y = next(i for i, line in enumerate(lines) if "homes [1]." in line)
        await pilot.click(offset=(lines[y].index("[1]") + 1, y))
        await pilot.pause()
        assert chat.side.sources.opened is not None


async def test_a_marker_without_a_source_is_plain_text() -> None:
    answer = ANSWER.model_copy(update={"text": "Seven [7].", "tables": ()})
    async with app_of(scripted(*streamed(answer))).run_test(size=(120, 40)) as pilot:
        chat = await answered(pilot)
        lines = shown(pilot).splitlines()
        y = next(i for i, line in enumerate(lines) if "Seven [7]." in line)
        await pilot.click(offset=(lines[y].index("[7]") + 1, y))
        await pilot.pause()
        assert chat.side.sources.opened is None


async def test_a_click_on_markup_in_a_suggestion_only_asks_it() -> None:
    text = "[@click=app.quit]leave[/]"
    service = scripted(*streamed(hostile_answer(text)))
    async with app_of(service).run_test(size=(120, 40)) as pilot:
        chat = await answered(pilot)
        suggestions = chat.view.query(QuestionList).last()
        await pilot.click(suggestions, offset=(4, 0))
        await pilot.pause()
        assert chat.chat.turns[1].question == text


async def test_ten_thousand_pasted_characters_can_be_asked() -> None:
    service = scripted()
    async with app_of(service).run_test(size=(40, 15)) as pilot:
        chat = await opened(pilot)
        chat.box.insert("word " * 2_000)
        assert chat.box.region.height <= 6
        await pilot.press("enter")
        await pilot.pause()
        assert len(service.conversation.asked[0]) == 9_999


def drawn(answer: AnswerText) -> list[str]:
    return [str(s.content) for s in answer.query(Static)]


@pytest.mark.parametrize("step", [1, 3, 7, 40])
async def test_an_answer_streamed_in_pieces_is_drawn_as_if_it_came_whole(
    step: int,
) -> None:
    plain = {"text": MIXED, "citations": (), "tables": ()}
    service = scripted(*streamed(ANSWER.model_copy(update=plain), step))
    service.conversation.earlier = (Past.of("Before?", MIXED),)
    async with app_of(service).run_test(size=(80, 24)) as pilot:
        chat = await opened(pilot)
        await until(pilot, lambda: chat.view.view(1) is not None)
        await answered(pilot)
        whole, pieces = chat.view.query(AnswerText).results()
        assert pieces.source == whole.source == MIXED
        assert drawn(pieces) == drawn(whole)
        assert "Seven of nine [1]." in drawn(whole)


async def test_pages_show_any_text_as_it_stands() -> None:
    service = scripted()
    service.kept = {text: Kept(text, 2, text) for text in HOSTILE}
    service.found = [
        Finding(subject="tables", state="note", told=text) for text in HOSTILE
    ]
    app = app_of(service)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        listing = app.screen.query_one(SessionList)
        await until(pilot, lambda: listing.option_count == len(HOSTILE))
        for index, text in enumerate(HOSTILE):
            assert str(listing.get_option_at_index(index).prompt).startswith(text)
        await pilot.press("escape", "f8")
        await until(pilot, lambda: isinstance(app.screen, DataScreen))
        findings = app.screen.query_one("#findings", Plain)
        await until(pilot, lambda: HOSTILE[0] in str(findings.content))
        assert all(text in str(findings.content) for text in HOSTILE)
        for text in HOSTILE:
            app.push_screen(failure_screen(Failed(kind="Odd", message=text)))
            app.notify(text[:500], markup=False)
        await pilot.pause()
        assert str(app.screen.query_one(Plain).content).startswith(HOSTILE[-1])
        assert "\x1b" not in shown(pilot)
