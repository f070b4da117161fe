"""What an argument may be, in a few words: read from its tool's own schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def allowed_values(schema: Schema, argument: str, quote: str = "") -> str:
    """The type, bounds or closed list of one argument: "integer from 0 to 25".

    Args:
        schema: JSON schema of a tool's arguments.
        argument: The argument's name.
        quote: What stands on either side of each value of a closed list.

    Raises:
        KeyError: where the schema has no such argument.
    """
    return _allowed(schema["properties"][argument], schema.get("$defs", {}), quote)


def _allowed(part: Schema, held: Schema, quote: str) -> str:
    if "$ref" in part:
        return _allowed(held[part["$ref"].rsplit("/", 1)[-1]], held, quote)
    if "enum" in part:
        return ", ".join(f"{quote}{value}{quote}" for value in part["enum"])
    if "anyOf" in part:
        branches = [b for b in part["anyOf"] if b.get("type") != "null"]
        return " or ".join(_allowed(branch, held, quote) for branch in branches)
    if part.get("type") == "array":
        most = f", {part['maxItems']} at most" if "maxItems" in part else ""
        return f"list of {_allowed(part.get('items', {}), held, quote)}{most}"
    return _one_value(part)


def _one_value(part: Schema) -> str:
    if "pattern" in part:
        described: str = part["description"]
        return described.rstrip(".").lower()
    if part.get("format") == "date":
        return "date (YYYY-MM-DD)"
    return f"{part.get('type', 'any')}{_bounds(part)}"


def _bounds(part: Schema) -> str:
    told = {
        "exclusiveMinimum": "over", "minimum": "from", "maximum": "to",
        "exclusiveMaximum": "under",
    }  # fmt: skip
    said = [f"{word} {part[key]:,.10g}" for key, word in told.items() if key in part]
    if "maxLength" in part:
        said.append(f"of 1 to {part['maxLength']:,} characters")
    return f" {' '.join(said)}" if said else ""
