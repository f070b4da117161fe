"""The registry's tools as LangChain tools, all run through one ledger."""

from __future__ import annotations

import json
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from assistant.ledger import RECOVERABLE, Entry, Ledger, entry_for_model
from tools.base import Tool
from tools.registry import TOOLS


def langchain_tools(ledger: Ledger) -> list[BaseTool]:
    """Every tool of the registry; a wrong call is told to the model, not raised."""
    return [_langchain_tool(tool, ledger) for tool in TOOLS.values()]


def _langchain_tool(tool: Tool[Any, Any], ledger: Ledger) -> BaseTool:
    def run(**arguments: Any) -> tuple[str, Entry]:
        try:
            entry = ledger.run(tool.name, stated(arguments))
        except RECOVERABLE as error:
            raise ToolException(str(error)) from error
        return entry_for_model(entry), entry

    return StructuredTool.from_function(
        func=run,
        name=tool.name,
        description=tool.description,
        args_schema=tool.schema(),
        infer_schema=False,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )


def stated(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments as plain JSON, without those that were left out."""
    plain: dict[str, Any] = json.loads(json.dumps(arguments, default=str))
    return {name: value for name, value in plain.items() if value is not None}
