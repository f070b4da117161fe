from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, TextContent

from assistant.cli import main
from corpus.data_directory import DataDirectory
from corpus.documents import Overrides, document_of
from corpus.library import Library
from index.building import build_index
from tools.registry import TOOLS


def server(region_dir: Path, *words: str) -> StdioServerParameters:
    """The command that a client is told to run."""
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "--data-dir", str(region_dir), "mcp", *words],
    )


def text_of(result: CallToolResult) -> str:
    content = result.content[0]
    assert isinstance(content, TextContent)
    return content.text


async def test_client_lists_the_registrys_tools_with_their_schemas(
    region_dir: Path,
) -> None:
    async with Client(server(region_dir)) as client:
        listed = await client.list_tools()
    assert {tool.name for tool in listed.tools} == set(TOOLS)
    for tool in listed.tools:
        assert tool.input_schema == json.loads(json.dumps(TOOLS[tool.name].schema()))


async def test_call_gives_what_the_command_line_gives(
    region_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: dict[str, Any] = {"near": "Kent", "age": 14, "needs": ["cse"]}
    async with Client(server(region_dir)) as client:
        called = await client.call_tool("find_providers", asked)
    data_dir = str(region_dir)
    code = main(
        ["--data-dir", data_dir, "tool", "find_providers", json.dumps(asked), "--json"]
    )
    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert not called.is_error
    assert called.structured_content == printed


async def test_wrong_argument_is_told_in_words_and_the_server_goes_on(
    region_dir: Path,
) -> None:
    async with Client(server(region_dir)) as client:
        wrong = await client.call_tool("find_providers", {"age": 40})
        unknown = await client.call_tool("find_homes", {})
        right = await client.call_tool("find_providers", {"age": 14})
    assert wrong.is_error
    assert "age" in text_of(wrong)
    assert unknown.is_error
    assert "find_providers" in text_of(unknown)
    assert not right.is_error


async def test_server_takes_up_documents_that_were_ingested_meanwhile(
    region_dir: Path, tmp_path: Path
) -> None:
    home = tmp_path / "data"
    shutil.copytree(region_dir, home)
    note = document_of(
        "# Lanterns\n\nThe lanternfish protocol.\n", "note.md", Overrides()
    )
    asked = {"query": "lanternfish protocol", "limit": 1}
    async with Client(server(home)) as client:
        before = await client.call_tool("search_documents", asked)
        Library.open(DataDirectory(home)).add([note])
        build_index(DataDirectory(home), embed=False)
        after = await client.call_tool("search_documents", asked)
    assert "lanternfish" not in str((before.structured_content or {})["data"])
    assert "lanternfish" in str((after.structured_content or {})["data"])
