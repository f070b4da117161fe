from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.background import BackgroundCommand, run_in_background
from assistant.settings import Settings
from corpus.viewer import Viewer
from tests.tui_script import answered, opened, reading, shown, until
from tui.app import PlacementsApp
from tui.local_service import LocalService
from tui.prompt_screens import LineScreen
from tui.start_screens import EmptyScreen


class WithoutEmbedding(LocalService):
    """The assistant of this machine, whose passages stay found by words."""

    def start(self, words: Sequence[str]) -> BackgroundCommand:
        """A process that ends at once, where it would embed."""
        if words[0] == "index":
            return run_in_background([sys.executable, "-c", ""])
        return super().start(words)


def app_over(settings: Settings) -> PlacementsApp:
    return PlacementsApp(WithoutEmbedding(settings), str(settings.data_dir), "region")


async def test_a_real_question_is_answered_with_rows_and_sources(
    region_dir: Path,
) -> None:
    app = app_over(Settings(data_dir=region_dir))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.chat.conversation is not None)
        await pilot.press("tab", "tab")
        await until(pilot, lambda: app.chat.view.welcome.examples.has_focus)
        await pilot.press("1")
        await until(pilot, lambda: bool(app.chat.chat.turns) and not app.chat.chat.busy)
        turn = app.chat.chat.turns[0]
        assert turn.status == "answered"
        assert turn.tables
        await reading(pilot)
        await pilot.press("1")
        await until(pilot, lambda: app.chat.side.sources.opened is not None)
        assert turn.citations[0].citation.locator in str(
            app.chat.side.sources.detail.content
        )


async def test_a_real_documents_quote_stands_in_its_surroundings(
    region_dir: Path,
) -> None:
    app = app_over(Settings(data_dir=region_dir))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.chat.conversation is not None)
        app.chat.box.write(
            "What do the Regulation 44 reports say about missing episodes?"
        )
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.chat.chat.turns) and not app.chat.chat.busy)
        cited = app.chat.chat.turns[0].citations[0]
        assert cited.citation.quote is not None
        await reading(pilot)
        await pilot.press("1")
        detail = app.chat.side.sources.detail
        alone = len(cited.citation.quote) + 200
        await until(pilot, lambda: len(str(detail.content)) > alone)
        assert cited.citation.quote in str(detail.content)


async def test_every_example_of_the_first_screen_is_answered(region_dir: Path) -> None:
    app = app_over(Settings(data_dir=region_dir))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.chat.conversation is not None)
        await pilot.pause()
        for count, question in enumerate(app.chat.view.welcome.examples.questions, 1):
            await app.chat.ask(question)
            await until(pilot, lambda: not app.chat.chat.busy)
            assert app.chat.chat.turns[count - 1].status == "answered", question


async def test_a_session_is_resumed_where_it_was_left(
    region_dir: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(region_dir, tmp_path / "region")
    settings = Settings(data_dir=own, session="evening")
    question = "Which foster carers in Kent could take a boy of 9?"
    for sitting in (1, 2):
        app = app_over(settings)
        async with app.run_test(size=(80, 24)) as pilot:
            chat = await opened(pilot)
            await pilot.pause()
            assert len(chat.chat.turns) == sitting - 1
            await answered(pilot, question)


async def test_an_empty_real_directory_offers_the_demonstration(tmp_path: Path) -> None:
    app = app_over(Settings(data_dir=tmp_path / "nothing"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, EmptyScreen))
        await until(pilot, lambda: "Build the demonstration region" in shown(pilot))


async def test_a_damaged_directory_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{")
    app = app_over(Settings(data_dir=tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen is not app.chat)
        assert "cannot be opened" in shown(pilot)


async def test_a_real_narrative_is_written_for_the_viewer_and_its_file_told(
    region_dir: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(region_dir, tmp_path / "region")
    app = app_over(Settings(data_dir=home, viewer=Viewer.parse("council:Kent")))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot)
        app.action_narrative()
        await until(pilot, lambda: isinstance(app.screen, LineScreen))
        begun = len(app.jobs.all)
        await pilot.press(*"Kent", "enter")
        await until(pilot, lambda: len(app.jobs.all) > begun)
        await until(pilot, lambda: not app.jobs.running)
        (job,) = (job for job in app.jobs.all.values() if job.words[0] == "narrative")
        written = home / "narratives/council-kent/kent-sufficiency-statement.docx"
        assert job.state == "done", job.text
        assert str(written) in job.told[-1]
        assert written.read_bytes().startswith(b"PK")
