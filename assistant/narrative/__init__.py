"""The sufficiency narrative: a council's draft, written from tools and documents.

The interface to long work, for whoever shows progress:

    Assistant.narrate(
        local_authority: str, output: Path, stop: Callable[[], bool] = never
    ) -> Iterator[NarrativeEvent]

It yields `Stage` events (`text`, and `done` of `total` steps where they are counted)
and ends in exactly one of

- `NarrativeWritten`: `path`, and how many sections, tables, figures, references and
  places to complete the file holds;
- `Failed`: `kind`, `message`, `remedy`. `kind` is "Stopped" where `stop` said so.

`stop` is asked between steps, each of a second or a few. A file that is already at
`output` is replaced at the very end by one rename, or not at all. The viewer, and with
it disclosure control, is that of the assistant.

By asking ("draft the sufficiency statement for Kent"), `Assistant.ask` passes on the
same stages and writes into the data directory's `narratives` folder.
"""

from assistant.narrative.drafting import Narrative, Stopped, draft_narrative
from assistant.narrative.sections import SECTIONS
from assistant.narrative.writing import (
    FORMATS,
    NarrativeEvent,
    NarrativeWritten,
    authority_to_draft,
    citation_of,
    content_of,
    folder_of,
    free_path,
    told_of,
    write_narrative,
)

__all__ = [
    "FORMATS",
    "SECTIONS",
    "Narrative",
    "NarrativeEvent",
    "NarrativeWritten",
    "Stopped",
    "authority_to_draft",
    "citation_of",
    "content_of",
    "draft_narrative",
    "folder_of",
    "free_path",
    "told_of",
    "write_narrative",
]
