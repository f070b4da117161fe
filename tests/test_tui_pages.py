from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from assistant.diagnosis import Finding
from corpus.models import Citation
from tests.tui_script import (
    ANSWER,
    Kept,
    Past,
    ScriptedConversation,
    ScriptedService,
    Surroundings,
    answered,
    app_of,
    opened,
    progressing,
    reading,
    refusing,
    scripted,
    shown,
    streamed,
    telling,
    until,
)
from tui.actions import ACTIONS
from tui.app import PlacementsApp
from tui.data_screen import DataScreen
from tui.examples import DATA_EXAMPLES
from tui.export_screen import ExportScreen
from tui.history_screen import HistoryScreen, narrowed
from tui.loading_screens import ImportScreen, IngestScreen
from tui.prompt_screens import ConfirmScreen, LineScreen
from tui.sessions_screen import SessionsScreen
from tui.text_screen import TextScreen

WIDE = (120, 40)
FINDINGS = [
    Finding(subject="textual", state="ok", told="8.2.8"),
    Finding(subject="tables", state="ok", told="real, as at 2026-03-31 (9 days ago)"),
    Finding(subject="index", state="note", told="10 of 20 with vectors; [/b] run it"),
    Finding(subject="torch", state="wrong", told="not installed: pip install it"),
]


def with_sessions() -> ScriptedService:
    service = scripted()
    kept = [Kept("tonight"), Kept("Kent boy 14", 500, "Who takes a boy of 14? [/b]")]
    service.kept = {one.name: one for one in kept}
    return service


async def test_every_page_has_a_slash_command_and_opens_by_it() -> None:
    service = with_sessions()
    pages = {
        "sessions": SessionsScreen,
        "history": HistoryScreen,
        "data": DataScreen,
        "import": ImportScreen,
        "ingest": IngestScreen,
        "narrative": LineScreen,
    }
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        for slash, page in pages.items():
            chat.box.write(f"/{slash}")
            await pilot.press("enter")
            await until(pilot, partial(showing, app, page))
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is chat)


def showing(app: PlacementsApp, page: type) -> bool:
    return isinstance(app.screen, page)


def test_no_two_actions_share_a_key_or_a_slash_command() -> None:
    keys = [action.key for action in ACTIONS if action.key]
    slashes = [action.slash for action in ACTIONS]
    assert len(set(keys)) == len(keys)
    assert len(set(slashes)) == len(slashes)
    assert all(slashes)


async def test_the_palette_names_every_action() -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        offered = list(app.get_system_commands(app.screen))
        assert [command.help for command in offered] == [a.help for a in ACTIONS]


async def test_an_example_for_each_kind_of_user_is_asked_by_key() -> None:
    service = scripted()
    app = app_of(service)
    async with app.run_test(size=(80, 24)) as pilot:
        chat = await opened(pilot)
        await pilot.pause()
        for user in DATA_EXAMPLES:
            assert user in shown(pilot)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: bool(service.conversation.asked))
        assert service.conversation.asked == [DATA_EXAMPLES["Finding a home"][1]]
        assert len(chat.view.welcome.examples.questions) == 9


# Conversations


async def test_a_conversation_is_found_by_its_words_and_gone_on_with() -> None:
    service = with_sessions()
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "Kent boy 14" in shown(pilot))
        assert "tonight (open)" in shown(pilot)
        assert "500 questions · Who takes a boy of 14? [/b]" in shown(pilot)
        await pilot.press(*"Kent")
        await until(pilot, lambda: "tonight" not in shown(pilot))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.screen is chat)
        assert service.conversation.resumed == ["Kent boy 14"]
        await until(pilot, lambda: "What was asked in Kent boy 14?" in shown(pilot))
        assert [turn.number for turn in chat.chat.turns] == [1]
        await answered(pilot, "And in Surrey?")
        assert chat.chat.turns[1].question == "And in Surrey?"


async def test_a_conversation_is_renamed() -> None:
    service = with_sessions()
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "Kent boy 14" in shown(pilot))
        await pilot.press("down", "down", "r")
        await until(pilot, lambda: isinstance(app.screen, LineScreen))
        app.screen.query_one(Input).value = "Kent, new"
        await pilot.press("enter")
        await until(pilot, lambda: "Kent, new" in service.kept)
        await until(pilot, lambda: "Kent, new ·" in shown(pilot))


async def test_a_name_that_is_taken_is_refused_and_nothing_is_lost() -> None:
    service = with_sessions()
    app = app_of(service)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "Kent boy 14" in shown(pilot))
        await pilot.press("down", "r")
        await until(pilot, lambda: isinstance(app.screen, LineScreen))
        app.screen.query_one(Input).value = "Kent boy 14"
        await pilot.press("enter")
        await until(pilot, lambda: "There is a session" in shown(pilot))
        assert set(service.kept) == {"tonight", "Kent boy 14"}


async def test_renaming_the_open_conversation_goes_on_under_the_new_name() -> None:
    service = with_sessions()
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "tonight (open)" in shown(pilot))
        await pilot.press("down", "r")
        await until(pilot, lambda: isinstance(app.screen, LineScreen))
        app.screen.query_one(Input).value = "this evening"
        await pilot.press("enter")
        await until(pilot, lambda: "this evening (open)" in shown(pilot))
        assert chat.conversation is not None
        assert chat.conversation.name == "this evening"


@pytest.mark.parametrize(("answer", "left"), [("n", 2), ("escape", 2), ("y", 1)])
async def test_deleting_is_confirmed_first(answer: str, left: int) -> None:
    service = with_sessions()
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "Kent boy 14" in shown(pilot))
        await pilot.press("down", "down", "d")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "Delete the conversation Kent boy 14 for good?" in shown(pilot)
        await pilot.press(answer)
        await until(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert len(service.kept) == left


async def test_deleting_the_open_conversation_begins_another() -> None:
    service = with_sessions()
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "tonight (open)" in shown(pilot))
        await pilot.press("down", "d", "y")
        await until(pilot, lambda: app.screen is chat and not chat.chat.turns)
        assert service.conversation.resumed == [None]
        assert chat.view.welcome.display


async def test_what_still_comes_of_the_old_conversation_stays_out_of_the_new() -> None:
    service = scripted()
    service.conversation.hold_at = 4
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await chat.ask("Which homes?")
        await pilot.press("escape", "ctrl+n")
        await until(pilot, lambda: not chat.chat.turns)
        service.conversation.go.set()
        for _ in range(20):
            await pilot.pause(0.01)
        assert not chat.chat.turns


# History


async def test_an_earlier_question_is_searched_and_comes_back_into_the_box() -> None:
    service = with_sessions()
    service.conversation.earlier = (Past.of("Which homes?"), Past.of("And in Kent?"))
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        assert shown(pilot).index("And in Kent?") < shown(pilot).index("Which homes?")
        await pilot.press(*"takes boy")
        await until(pilot, lambda: "And in Kent?" not in shown(pilot).split("╭")[-1])
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is chat)
        assert chat.box.text == "Who takes a boy of 14? [/b]"


def test_a_question_is_found_by_all_its_words_in_any_order() -> None:
    asked = ["Who takes a boy of 14?", "Boys in Kent?", "Prices?"]
    assert narrowed(asked, "BOY 14") == asked[:1]
    assert narrowed(asked, "") == asked
    assert narrowed(asked, "secure") == []


# Data and long work


async def test_the_data_page_tells_what_is_wrong_first() -> None:
    service = scripted()
    service.found = FINDINGS
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: "as at 2026-03-31 (9 days ago)" in shown(pilot))
        text = shown(pilot)
        assert text.index("WRONG torch") < text.index("tables: real")
        assert "note  index: 10 of 20 with vectors; [/b] run it" in text
        assert "Installed: textual 8.2.8" in text


async def test_an_import_is_tried_before_it_is_written(tmp_path: Path) -> None:
    service = scripted()
    service.scripts["import"] = "print('12 rows read: 11 loaded, [/b] 1 rejected')"
    table = tmp_path / "homes.csv"
    table.write_text("x")
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        await pilot.press("f8", "i")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        screen = app.screen
        assert isinstance(screen, ImportScreen)
        screen.query_one("#try", Button).press()
        await until(pilot, lambda: "Choose a file first" in shown(pilot))
        screen.add(table)
        screen.authority.value = "Kent"
        assert screen.load.disabled
        screen.query_one("#try", Button).press()
        await until(pilot, lambda: "12 rows read: 11 loaded, [/b]" in shown(pilot))
        trial = ("import", "ofsted", str(table), "--local-authority", "Kent")
        assert service.begun == [(*trial, "--dry-run")]
        assert service.conversation.reloads == 0
        await until(pilot, lambda: not screen.load.disabled)
        screen.authority.value = "Surrey"
        await until(pilot, lambda: screen.load.disabled)
        screen.authority.value = "Kent"
        await until(pilot, lambda: not screen.load.disabled)
        screen.load.press()
        await until(pilot, lambda: service.conversation.reloads == 1)
        assert service.begun[1] == trial
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is chat)


async def test_an_import_that_is_refused_says_why_and_cannot_be_written() -> None:
    service = scripted()
    service.scripts["import"] = refusing("It holds a demonstration.", "Use another.")
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        chat.box.write("/import")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportScreen))
        assert isinstance(app.screen, ImportScreen)
        app.screen.add(Path("homes.csv"))
        app.screen.query_one("#try", Button).press()
        await until(pilot, lambda: "It holds a demonstration." in shown(pilot))
        assert "Use another." in shown(pilot)
        assert app.screen.load.disabled


async def test_documents_are_read_while_questions_are_answered(tmp_path: Path) -> None:
    service = scripted()
    script = progressing("Reading documents", 3, 400)
    service.scripts["ingest"] = f"{script}; import time; time.sleep(60)"
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await opened(pilot)
        app.action_read_documents()
        await until(pilot, lambda: isinstance(app.screen, IngestScreen))
        assert isinstance(app.screen, IngestScreen)
        app.screen.add(tmp_path)
        app.screen.query_one("#read", Button).press()
        await until(pilot, lambda: "Reading documents, 3 of 400" in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "3 of 400" in shown(pilot))
        await answered(pilot)
        assert chat.chat.turns[0].phase == "done"
        await pilot.press("escape", "f8", "s")
        await until(pilot, lambda: "Reading documents: stopped" in shown(pilot))
        assert service.commands[0].process.wait(20) != 0
        assert service.conversation.reloads == 1


async def test_a_narrative_is_drafted_for_the_council_that_is_named() -> None:
    service = scripted()
    wrote = telling("Wrote narratives/region/[/b].docx: 10 sections.")
    service.scripts["narrative"] = wrote
    app = app_of(service)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        chat = await opened(pilot)
        chat.box.write("/narrative")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LineScreen))
        await pilot.press(*"-Kent", "enter")
        await until(pilot, lambda: "[/b].docx: 10 sections." in shown(pilot))
        assert service.begun == [("narrative", "--", "-Kent")]
        assert service.conversation.reloads == 0


async def test_a_narrative_that_is_refused_says_why_and_one_under_way_is_stopped() -> (
    None
):
    service = scripted()
    service.scripts["narrative"] = refusing("No placements of Atlantis.", "Load some.")
    app = app_of(service)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("f8", "n")
        await until(pilot, lambda: isinstance(app.screen, LineScreen))
        await pilot.press(*"Atlantis", "enter")
        await until(pilot, lambda: "Load some." in shown(pilot))
        script = progressing("drafting", 3, 10)
        service.scripts["narrative"] = f"{script}; import time; time.sleep(60)"
        await pilot.press("n", *"Kent", "enter")
        await until(pilot, lambda: "Kent: drafting, 3 of 10" in shown(pilot))
        await pilot.press("s")
        await until(pilot, lambda: "Statement for Kent: stopped" in shown(pilot))
        assert service.commands[1].process.wait(20) != 0


async def test_all_that_a_job_said_can_be_read() -> None:
    service = scripted()
    service.scripts["ingest"] = telling("refused: [/b].doc is damaged") + "; print('x')"
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        app.jobs.begin("Reading documents", ("ingest", "x"))
        await pilot.press("f8")
        await until(pilot, lambda: "Reading documents: done" in shown(pilot))
        assert isinstance(app.screen, DataScreen)
        app.screen.listing.focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TextScreen))
        assert "refused: [/b].doc is damaged" in shown(pilot)


async def test_a_command_that_cannot_be_begun_is_a_failed_job() -> None:
    class Broken(ScriptedService):
        def start(self, words: object) -> object:  # type: ignore[override]
            raise OSError("no more processes")

    service = Broken(scripted().conversation)
    app = app_of(service)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        app.jobs.begin("Reading documents", ("ingest", "x"))
        await until(pilot, lambda: "no more processes" in shown(pilot))
        await answered(pilot)


# Taking away


@pytest.mark.parametrize(("key", "suffix"), [("1", "docx"), ("2", "md"), ("3", "json")])
async def test_the_conversation_is_exported_into_the_downloads(
    key: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(downloads))
    service = scripted()
    service.conversation.name = "Kent boy 14"
    service.conversation.earlier = (Past.of("Which homes?"),)
    app = app_of(service)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        await pilot.press(key)
        file = downloads / f"Kent-boy-14.{suffix}"
        await until(pilot, lambda: "Saved to" in shown(pilot))
        assert file.read_text() == "Which homes?"


async def test_nothing_asked_is_nothing_to_export() -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        chat = await opened(pilot)
        await pilot.press("f9")
        await until(pilot, lambda: "Nothing has been asked yet." in shown(pilot))
        assert app.screen is chat


# Faults


async def test_an_exception_in_any_thread_is_told_and_the_conversation_goes_on() -> (
    None
):
    class Broken(ScriptedService):
        def sessions(self, words: str = "") -> list[Kept]:
            raise RuntimeError("[/b] planted")

        def findings(self) -> list[Finding]:
            raise RuntimeError("[/b] planted")

    service = Broken(scripted().conversation)
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        for key in ("f5", "f8", "ctrl+r"):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, TextScreen))
            assert "[/b] planted" in shown(pilot)
            assert "placements doctor" in shown(pilot)
            await pilot.press("escape", "escape")
            await until(pilot, lambda: app.screen is chat)
        await answered(pilot)
        assert len(chat.chat.turns) == 2


async def test_a_source_that_cannot_be_read_is_told_and_its_quote_stays() -> None:
    class Broken(ScriptedConversation):
        def source(self, citation: Citation) -> Surroundings | None:
            raise OSError("[/b] planted")

    service = ScriptedService(Broken([list(streamed(ANSWER))]))
    app = app_of(service)
    async with app.run_test(size=WIDE) as pilot:
        chat = await answered(pilot)
        await reading(pilot)
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, TextScreen))
        assert "[/b] planted" in shown(pilot)
        assert "placements doctor" in shown(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is chat)
        quote = str(chat.side.sources.detail.content)
        assert "two incidents of self-harm" in " ".join(quote.split())
        await answered(pilot)


async def test_help_begins_with_what_has_the_keyboard() -> None:
    app = app_of(scripted())
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("f1")
        await pilot.pause()
        first = shown(pilot)
        await pilot.press("escape")
        chat = await answered(pilot)
        chat.view.focus()
        await pilot.press("f1")
        await pilot.pause()
        assert first.count("Here:") == shown(pilot).count("Here:") == 1
        assert first.split("Here:")[1] != shown(pilot).split("Here:")[1]
