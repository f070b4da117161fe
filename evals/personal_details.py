"""How many personal details are found, and how many finds are right, on labelled text.

`python -m evals.personal_details` prints it. Everybody in the snippets is invented. The
rules were tuned on the part named so; the part held out was only looked at.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Final, Literal

from corpus.codes import PersonalKind
from corpus.models import Frozen, PersonalDetail
from corpus.privacy import find_personal

Part = Literal["tuned", "held"]
PARTS: Final[tuple[Part, ...]] = ("tuned", "held")


class Snippet(Frozen):
    """A few words as social workers write them, with what is personal in them."""

    id: str
    part: Part
    text: str
    details: tuple[PersonalDetail, ...]


class Score(Frozen):
    """Of one kind of detail in one part of the set."""

    part: Part
    kind: PersonalKind
    labelled: int
    """Details in the labels."""
    masked: int
    """Those of them of which no letter or digit is left, whatever the mask says."""
    found: int
    """Details found."""
    right: int
    """Those of them that stand on a label of any kind."""

    @property
    def recall(self) -> float | None:
        """Share of the labelled that is masked; None where nothing is labelled."""
        return self.masked / self.labelled if self.labelled else None

    @property
    def precision(self) -> float | None:
        """Share of the found that is right; None where nothing is found."""
        return self.right / self.found if self.found else None


def snippets() -> tuple[Snippet, ...]:
    """The labelled set."""
    packaged = files("evals").joinpath("datasets/personal_details.jsonl")
    lines = packaged.read_text(encoding="utf-8").splitlines()
    return tuple(Snippet.model_validate_json(line) for line in lines)


def scores(tested: Iterable[Snippet]) -> tuple[Score, ...]:
    """Each part's scores, kind by kind, in the order of the kinds."""
    found = [(snippet, find_personal(snippet.text)) for snippet in tested]
    return tuple(
        _score(part, kind, [one for one in found if one[0].part == part])
        for part in PARTS
        for kind in PersonalKind
    )


_Searched = tuple[Snippet, tuple[PersonalDetail, ...]]


def _score(part: Part, kind: PersonalKind, searched: Sequence[_Searched]) -> Score:
    labelled = [(s, d, f) for s, f in searched for d in s.details if d.kind == kind]
    found = [(s, d) for s, f in searched for d in f if d.kind == kind]
    return Score(
        part=part,
        kind=kind,
        labelled=len(labelled),
        masked=sum(_is_masked(s.text, one, finds) for s, one, finds in labelled),
        found=len(found),
        right=sum(any(_overlap(d, one) for one in s.details) for s, d in found),
    )


def _is_masked(
    text: str, label: PersonalDetail, found: Sequence[PersonalDetail]
) -> bool:
    """Whether every letter and digit of a label stands in a find."""
    places = (at for at in range(label.start, label.end) if text[at].isalnum())
    return all(any(one.start <= at < one.end for one in found) for at in places)


def _overlap(one: PersonalDetail, other: PersonalDetail) -> bool:
    return one.start < other.end and other.start < one.end


def misses(tested: Iterable[Snippet]) -> Iterator[str]:
    """The snippets with something missed, or found in error, with both."""
    for snippet in tested:
        found = find_personal(snippet.text)
        left = [d for d in snippet.details if not _is_masked(snippet.text, d, found)]
        wrong = [d for d in found if not any(_overlap(d, s) for s in snippet.details)]
        if left or wrong:
            told = {
                "id": snippet.id,
                "text": snippet.text,
                "missed": [snippet.text[d.start : d.end] for d in left],
                "wrong": [snippet.text[d.start : d.end] for d in wrong],
            }
            yield json.dumps(told, ensure_ascii=False)


def printed(reached: Iterable[Score]) -> str:
    """The scores as a table of Markdown."""
    from tabulate import tabulate

    rows = [
        [
            one.part,
            one.kind.replace("_", " "),
            one.labelled,
            _share(one.recall),
            one.found,
            _share(one.precision),
        ]
        for one in reached
    ]
    headers = ["part", "kind", "labelled", "recall", "found", "precision"]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def main(words: Sequence[str]) -> None:
    """Print the table; with `misses`, what was missed in the tuned part."""
    if "misses" in words:
        tuned = (snippet for snippet in snippets() if snippet.part == "tuned")
        sys.stdout.writelines(line + "\n" for line in misses(tuned))
    sys.stdout.write(printed(scores(snippets())) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
