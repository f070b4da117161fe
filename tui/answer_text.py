"""The widget that shows an answer's Markdown, as it comes and when it is finished."""

from __future__ import annotations

from markdown_it import MarkdownIt
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownStream

from tui.markdown import answer_parser


class AnswerText(Markdown):
    """Markdown in which only the markers of real citations are links."""

    def __init__(self) -> None:
        super().__init__(parser_factory=self._new_parser, open_links=False)
        self._cited: frozenset[int] = frozenset()
        self._incoming: MarkdownStream | None = None

    def _new_parser(self) -> MarkdownIt:
        return answer_parser(self._cited)

    async def add(self, text: str) -> None:
        """Show more of the answer. Markers are not links until it is finished."""
        if self._incoming is None:
            self._incoming = self.get_stream(self)
        await self._incoming.write(text)

    async def finish(self, text: str, markers: frozenset[int]) -> None:
        """Show the final text. Drawn anew from its source, once, after the stream."""
        if self._incoming is not None:
            await self._incoming.stop()
            self._incoming = None
        if text != self.source or markers != self._cited:
            self._cited = markers
            await self.update(text)
