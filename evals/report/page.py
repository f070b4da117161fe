"""Writes `report.html`: one self-contained page, with nothing fetched from outside."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from evals.facets import facets
from evals.report.charts import confusion_chart, latency_chart, layer_chart
from evals.running.folder import RunFacts
from evals.running.record import Record
from evals.totals import totals


def write_report(path: Path, facts: RunFacts, records: Sequence[Record]) -> None:
    """Write the page of a finished run."""
    path.write_text(page(facts, records), encoding="utf-8")


def page(facts: RunFacts, records: Sequence[Record]) -> str:
    """The page: charts drawn here as SVG, questions filtered by a script in it."""
    held = totals(records)
    parts = {
        "title": html.escape(f"{facts.fingerprint.dataset}, {facts.fingerprint.brain}"),
        "style": _asset("page.css"),
        "script": _asset("page.js"),
        "layers": layer_chart(held),
        "confusion": confusion_chart(held),
        "latency": latency_chart(held, records),
        "facts": _facts(facts),
        "data": _embedded([_row(record) for record in records]),
    }
    told = _asset("page.html")
    for name, text in parts.items():
        told = told.replace(f"<!--{name}-->", text)
    return told


def _row(record: Record) -> dict[str, Any]:
    """What the page needs of one question."""
    return {
        "id": record.sample.id,
        "turns": record.sample.turns,
        "outcome": record.outcome,
        "wrong": [v.layer for v in record.verdicts if not v.right],
        "facets": facets(record.sample),
        "expect": record.sample.expect.model_dump(mode="json", exclude_none=True),
        "verdicts": [v.model_dump(mode="json") for v in record.verdicts],
        "answer": record.asked.answer,
        "error": record.asked.error,
    }


def _embedded(value: Any) -> str:
    """JSON that no parser of HTML can mistake for the end of its element."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _facts(facts: RunFacts) -> str:
    shown = {
        "Begun": facts.started_at.isoformat(),
        "Took": f"{facts.seconds} s with {facts.workers} processes",
        "Part": facts.part or "not shipped",
        **facts.fingerprint.model_dump(mode="json"),
    }
    rows = (
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(_told(value))}</dd>"
        for name, value in shown.items()
    )
    return "".join(rows)


def _told(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _asset(name: str) -> str:
    return files("evals.report").joinpath(name).read_text(encoding="utf-8")
