"""The reference of the tools, in Markdown: written from their schemas alone."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, get_type_hints

from pydantic import BaseModel

from tools.allowed import allowed_values
from tools.base import Tool
from tools.registry import TOOLS

_HEAD: Final = """\
# Tools

Written by `placements tools --markdown` from the tools' own schemas. Each can be called
by `placements tool NAME '{...}'`, by LangChain, and over the Model Context Protocol
(`placements mcp`). Arguments that are left out do not restrict, or take the default
that the result names. Every result carries its data, citations and caveats; where a
picture helps, a chart too (`placements tool NAME '{...}' --charts DIR`).
"""


def tool_reference() -> str:
    """Every tool with its arguments and what it gives back."""
    return "\n".join([_HEAD, *(_tool(tool) for tool in TOOLS.values())])


def _tool(tool: Tool[Any, Any]) -> str:
    lines = [
        f"## {tool.name}",
        "",
        tool.description,
        "",
        "| argument | values | meaning |",
        "|---|---|---|",
        *_arguments(tool.schema()),
        "",
        *_fields(tool),
    ]
    return "\n".join(lines)


def _arguments(schema: dict[str, Any]) -> Iterator[str]:
    needed = schema.get("required", [])
    for name, argument in schema["properties"].items():
        meaning = argument.get("description", "") or _inner_description(argument)
        mark = " (needed)" if name in needed else ""
        values = allowed_values(schema, name, quote="`")
        yield f"| `{name}`{mark} | {values} | {_cell(meaning)} |"


def _inner_description(argument: dict[str, Any]) -> str:
    branches = argument.get("anyOf", ())
    return next((b["description"] for b in branches if "description" in b), "")


def _fields(tool: Tool[Any, Any]) -> Iterator[str]:
    """What the result's data holds."""
    model = _data_model(tool)
    meanings = _attribute_docstrings(model)
    yield f"Gives `{model.__name__}`: {_first_line(model.__doc__)}"
    yield ""
    for name in model.model_fields:
        meaning = meanings.get(name)
        yield f"- `{name}`: {_cell(meaning)}" if meaning else f"- `{name}`"
    yield ""


def _data_model(tool: Tool[Any, Any]) -> type[BaseModel]:
    """The type of the result's data, from the annotation of the tool's function."""
    result = get_type_hints(tool.run)["return"]
    model: type[BaseModel] = result.__pydantic_generic_metadata__["args"][0]
    return model


def _attribute_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """The string that follows each field in the source of its class."""
    found: dict[str, str] = {}
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)
    for field, said in pairwise(body.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match said:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    found[field.target.id] = text
    return found


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0] if text else ""


def _cell(text: str) -> str:
    """Text on one line, with no bar that would end a table's cell."""
    return " ".join(text.split()).replace("|", "/")
