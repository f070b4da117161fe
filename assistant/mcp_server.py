"""The registry over the Model Context Protocol: any client may call the same tools.

Every call runs through the same ledger as the assistant's own, so a client sees what
its viewer may see, and errors in the words of the command line.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any, Final

import anyio
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from assistant.engine import Assistant
from assistant.ledger import entry_as_json
from corpus.errors import PlacementsError
from tools.registry import TOOLS

INSTRUCTIONS: Final = (
    "Tools over placement data, cost models and documents for children in care in"
    " England. Every result carries its citations and caveats: repeat them with any"
    " figure. Leave out each argument that the question does not state. Needs are what"
    " providers claim, not findings."
)
"""What a client is told of the whole."""


def mcp_server(assistant: Assistant) -> Server[dict[str, Any]]:
    """The server of one data directory and one viewer."""

    async def list_tools(
        context: ServerRequestContext[Any], params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=_listed())

    async def call_tool(
        context: ServerRequestContext[Any], params: CallToolRequestParams
    ) -> CallToolResult:
        given = params.arguments or {}
        return await anyio.to_thread.run_sync(_called, assistant, params.name, given)

    return Server(
        "placements",
        version=version("placements"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_stdio(assistant: Assistant) -> None:
    """Answer one client on standard input and output until it hangs up."""
    anyio.run(_serve, assistant)


async def _serve(assistant: Assistant) -> None:
    server = mcp_server(assistant)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _listed() -> list[Tool]:
    return [
        Tool(
            name=tool.name,
            description=tool.description,
            input_schema=tool.schema(),
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
        for tool in TOOLS.values()
    ]


def _called(assistant: Assistant, name: str, given: dict[str, Any]) -> CallToolResult:
    """A tool's result, or its error in words that a model may act on."""
    try:
        assistant.refresh()
        entry = assistant.call(name, given, "mcp")
    except PlacementsError as error:
        told = TextContent(type="text", text=str(error))
        return CallToolResult(content=[told], is_error=True)
    found = entry_as_json(entry)
    text = TextContent(type="text", text=json.dumps(found, ensure_ascii=False))
    return CallToolResult(content=[text], structured_content=found)
