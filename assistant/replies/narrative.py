"""What is said of a sufficiency statement: whose, why not, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.composing.wording import listed
from assistant.draft import Draft
from assistant.ledger import Ledger
from assistant.replies.reply import Reply

if TYPE_CHECKING:
    from assistant.narrative import NarrativeWritten

MOST_OFFERED = 3


def ask_whose(choices: Sequence[str]) -> Reply:
    """Asks for the one council whose statement it is."""
    offered = [f"Draft the sufficiency statement for {c}" for c in choices]
    return Reply(
        status="needs_clarification",
        text="Whose statement shall I draft? Each is of one council, and takes some"
        f" seconds. It has ten sections: {_sections()}.",
        suggestions=tuple(offered[:MOST_OFFERED]),
    )


def say_none_held(authority: str | None, held: Sequence[str]) -> Reply:
    """Says that there are no placements to write it from."""
    whose = f" of {authority}" if authority else ""
    offered = [f"Draft the sufficiency statement for {c}" for c in held]
    return Reply(
        status="not_in_evidence",
        text=f"I draft a sufficiency statement from placement tables, and hold none"
        f"{whose}. `placements import` loads a council's own tables, and `placements"
        " demo` the demonstration region.",
        suggestions=tuple(offered[:MOST_OFFERED]),
    )


def told_written(written: NarrativeWritten, root: Path, ledger: Ledger) -> Draft:
    """Says where the file is, what is in it, and how to write it elsewhere."""
    from assistant.narrative import citation_of

    source = written.path.relative_to(root).as_posix()
    mark = f"[{ledger.cite(citation_of(written, source))}]"
    name = written.authority
    return Draft(
        status="answered",
        text=(
            f"**The draft statement for {name} is written**: `{source}` in the data"
            f" directory {mark}. It holds {written.tables} tables, {written.figures}"
            f" figures and {written.references} numbered references, and marks"
            f" {written.to_complete} places that only the council can fill {mark}.\n\n"
            f"Its sections: {_sections()}. Each gives its direct message first. Every"
            " figure was held to the source cited beside it.\n\n"
            f'`placements narrative "{name}" --output FILE` writes it elsewhere, as'
            " Word or Markdown."
        ),
        suggestions=(
            f"What is sought against secured for foster care in {name}?",
            f"How many children in {name} will need foster care in three years?",
        ),
    )


def _sections() -> str:
    from assistant.narrative import SECTIONS  # deferred: few questions need it

    return listed([heading[:1].lower() + heading[1:] for heading in SECTIONS])
