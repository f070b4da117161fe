"""Retrieval sets in the BEIR format: documents, queries and judgements."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UsageError
from corpus.text import clean_text


@dataclass(frozen=True)
class BeirSet:
    """One retrieval set. The texts are in the order of the ids."""

    name: str
    document_ids: tuple[str, ...]
    documents: tuple[str, ...]
    """Title and text of each document."""
    query_ids: tuple[str, ...]
    """Those queries that have a judgement."""
    queries: tuple[str, ...]
    judgements: dict[str, dict[str, int]]
    """Grade of each judged document, by query; 1 and more is relevant."""


def load_beir(folder: Path) -> BeirSet:
    """Read `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`.

    Raises:
        UsageError: naming the file, and the line that is not in the format.
    """
    documents = dict(_rows(folder / "corpus.jsonl"))
    queries = dict(_rows(folder / "queries.jsonl"))
    judgements = _judgements(folder / "qrels" / "test.tsv")
    asked = [key for key in queries if key in judgements]
    if not documents or not asked:
        what = "documents" if not documents else "queries with a judgement"
        raise UsageError(f"There are no {what} in {str(folder)!r}.", _FORMAT)
    return BeirSet(
        name=folder.resolve().name,
        document_ids=tuple(documents),
        documents=tuple(documents.values()),
        query_ids=tuple(asked),
        queries=tuple(queries[key] for key in asked),
        judgements={key: judgements[key] for key in asked},
    )


_FORMAT = (
    "A BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv:"
    ' lines such as {"_id": "d1", "title": "", "text": "..."}, and rows of query id,'
    " document id and grade, parted by tabs, below a header."
)


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    """Id and text of each line; a title stands above its text."""
    for number, line in _lines(path):
        try:
            row: dict[str, Any] = json.loads(line)
            title, text = row.get("title") or "", row.get("text") or ""
            yield str(row["_id"]), clean_text(f"{title}\n{text}".strip())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UsageError(
                f"{path.name}, line {number}: not a document or query.", _FORMAT
            ) from error


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = csv.reader((line for _, line in _lines(path)), delimiter="\t")
    for number, row in enumerate(rows, 1):
        try:
            query, document, grade = row
            if not (number == 1 and not grade.lstrip("-").isdigit()):
                found.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise UsageError(
                f"{path.name}, line {number}: not query id, document id and grade.",
                _FORMAT,
            ) from error
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        told = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(f"{str(path)!r} cannot be read: {told}.", _FORMAT) from error
