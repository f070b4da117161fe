"""Reader of the providers, groups and settings that a question names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus import vocabulary
from corpus.dataset import Dataset
from corpus.errors import InvalidArguments
from corpus.geography import Gazetteer, Mention
from corpus.geography.spelling import alike, tolerance
from corpus.models import Frozen
from corpus.text import comparable_name
from tools.organisations import Organisation, organisation_named, organisations
from tools.owners import reduced_name

LONGEST: Final = 8
"""Words of a name that are looked at."""
SHORTEST_ALONE: Final = 6
"""Letters from which one word in small letters may stand for a name."""
SHORTEST_MENDED: Final = 9
"""Letters from which one such word is taken for a misspelt name."""
_WORD: Final = re.compile(r"&|[\w'’]+")
_URN: Final = re.compile(r"\b(?:URN:?\s*)?(?P<urn>(?:SC)?\d{6,7})\b")
_POSSESSIVE: Final = re.compile(r"['’]s$")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;\n])[\s\"'“‘(*-]*$")
_SENTENCE_END: Final = re.compile(r"[.!?;]\s")
_NAMED: Final = re.compile(
    r"\b(?:about|on|of|for|at|is|are|was|has|have|does|did|with|how['’]?s|owns|runs|why\s+not"
    r"|what['’]?s|called|named|know|isn['’]?t|tried|try|use|used|using|rate|recommend)\s+(?:the\s+)?"
    r"(?P<name>[A-Z][\w’-]+(?:\s+(?:[A-Z][\w’'-]+|and|of|for))*)"
)
_COMPANY: Final = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’'-]+\s+){1,4}"
    r"(?:(?:Care|Homes|Living|Group|Childcare)\s+)?(?:Ltd|Limited|LLP|PLC|plc|Group"
    r"|Childcare|Care\s+Homes|Fostering\s+(?:Agency|Services)))\b(?!\s+[A-Z])"
)
_PROPER_WORDS: Final = re.compile(
    r"(?:\s+(?!I\b|RI\b|Reg\b|Ofsted\b|URN\b)[A-Z][a-z’'-]+)+"
)
_PROPER_BEFORE: Final = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]+\s+)+$")
_LEGAL: Final = frozenset(
    "ltd limited plc llp the group providers homes home care".split()
)
_ORDINARY: Final = frozenset(
    """
    a after all an and are ash avenue beacon beech bridge by can capital care carers
    cedar cedars central cherry chestnut child children community compass cost costs
    cottage council court do does education every family families farm fostering for
    foundation from garden gardens grange green group hall harbour has have haven hazel
    hill holdings home homes horizon horizons house how in is lane laurel laurels
    limited little living lodge lower ltd manor maple meadow more moves north oak of
    on or orchard owner park partners pathways people phoenix place placed placement
    provider report residential river road rose rowan school service services settings
    should south spend spring stay street summer sunrise support tell that the their
    therapeutic they trust upper us ventures view villa was we west what when where
    which who whom willow with year young about against east education him her his
    """.split()
)


class NameReading(Frozen):
    """An organisation that a question names."""

    name: str
    """As the dataset or the documents write it."""
    start: int
    end: int
    exact: bool
    """False where the spelling was mended."""
    choices: tuple[str, ...] = ()
    """The organisations it may be, where it names several; else empty."""


@dataclass(frozen=True)
class _Run:
    """Some words of the question taken together."""

    start: int
    end: int
    words: tuple[str, ...]
    proper: bool
    """Whether one out of the ordinary has a capital inside a sentence."""

    @property
    def key(self) -> str:
        return " ".join(self.words)

    @property
    def unusual(self) -> int:
        """Letters of the longest word that is out of the ordinary; 0 without any."""
        return max(map(len, filter(_is_unusual, self.words)), default=0)


@dataclass(frozen=True)
class _Names:
    """Every name by its spelling, and by each run of its words."""

    whole: dict[str, str]
    parts: dict[str, frozenset[str]]


def read_organisation(
    text: str, dataset: Dataset, gazetteer: Gazetteer, also: tuple[str, ...] = ()
) -> NameReading | None:
    """The organisation named, the longest name first; None where none is.

    A part of a name stands for it where it is out of the ordinary ("Merrowcroft", not
    "Care Ltd"); a name misspelt by a letter or two is mended.

    Args:
        text: the question.
        dataset: whose register holds the names; it may be empty.
        gazetteer: places, which are no names of homes.
        also: further names, such as those that documents are about.
    """
    names = _names(dataset, also)
    match = _URN.search(text)
    if match and (not match["urn"].isdigit() or match["urn"] in names.whole):
        return NameReading(
            name=match["urn"], start=match.start(), end=match.end(), exact=True
        )
    runs = list(_runs(text))
    mentions = gazetteer.mentions(text)
    places = [mention for mention in mentions if mention.exact]
    for run in runs:
        if len(run.words) == 1 and gazetteer.mentions(run.key.title()):
            continue  # "Slough's" is the council's, not a branch's in Slough
        if found := _named(run, names, dataset, places):
            return None if _goes_on_otherwise(text, run, found.name) else found
    for run in runs:
        ends = _SENTENCE_END.search(text, run.start, run.end)
        mended_place = any(m.start <= run.start and run.end <= m.end for m in mentions)
        if ends or mended_place or _touches(run, places):
            continue  # "West Susex" is the council, not its in-house homes
        if found := _misspelt(run, names, dataset):
            return found
    return None


def _goes_on_otherwise(text: str, run: _Run, name: str) -> bool:
    """Whether the run is part of a longer proper name that the name found is not:
    "Brightwater Horizons Childcare" is not Brightwater Residential Ltd.
    """
    if not run.proper:
        return False
    own = set(comparable_name(name).split())
    after = _PROPER_WORDS.match(text, run.end)
    before = _PROPER_BEFORE.search(text[: run.start])
    others = f"{before[0] if before else ''} {after[0] if after else ''}"
    return any(
        word not in own and word not in _LEGAL
        for word in comparable_name(others).split()
    )


def read_company(text: str) -> str | None:
    """A name that says by its last word that it is a company's; None without one."""
    match = _COMPANY.search(text)
    return match["name"] if match else None


def read_unknown_name(text: str, gazetteer: Gazetteer) -> str | None:
    """A name that stands where an organisation's does, and is no place; or a company's.

    To be asked only where `read_organisation` finds none; None where nothing is named.
    """
    if company := read_company(text):
        return company
    places = gazetteer.mentions(text)
    for match in _NAMED.finditer(text):
        start, end = match.span("name")
        if not any(place.start < end and start < place.end for place in places):
            words = comparable_name(match["name"]).split()
            return match["name"] if any(map(_is_unusual, words)) else None
    return None


def names_like(name: str, dataset: Dataset) -> tuple[str, ...]:
    """The three names held that are most like another; none without a register."""
    known = sorted(set(_registered(dataset)))
    return tuple(alike(name, known)) if known else ()


@lru_cache(maxsize=8)
def _names(dataset: Dataset, also: tuple[str, ...]) -> _Names:
    whole: dict[str, str] = {}
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for name in (*_registered(dataset), *also):
        for key in (comparable_name(name), reduced_name(name)):
            whole.setdefault(key, name)
            for part in _parts(key.split()):
                parts[part].add(name)
    if dataset.kind is not None:
        urns = (one for one in _organisations(dataset) if one.kind == "setting")
        whole.update({one.identifier: one.identifier for one in urns})
    return _Names(whole, {key: frozenset(each) for key, each in parts.items()})


def _organisations(dataset: Dataset) -> tuple[Organisation, ...]:
    has_any = dataset.kind is not None and not dataset.frame("settings").empty
    return organisations(dataset) if has_any else ()


def _registered(dataset: Dataset) -> Iterator[str]:
    return (one.name for one in _organisations(dataset))


def _parts(words: list[str]) -> Iterator[str]:
    """Runs of a name's words, one of them out of the ordinary."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if any(map(_is_unusual, words[start:end])):
                yield " ".join(words[start:end])


def _is_unusual(word: str) -> bool:
    return len(word) > 3 and not word.isdigit() and word not in _ordinary()


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Words that by themselves are no name: the field's own, and common ones."""
    spelling = vocabulary.misspellings()
    kinds = (vocabulary.needs(), vocabulary.placement_types(), vocabulary.ratings())
    forms = (f for kind in kinds for term in kind.terms.values() for f in term.forms)
    field = {word.strip("*=") for form in forms for word in form.split()}
    return _ORDINARY | spelling.ordinary | set(spelling.words) | field


def _runs(text: str) -> Iterator[_Run]:
    """All runs of up to `LONGEST` words, the longest first."""
    words = [(match.start(), match[0]) for match in _WORD.finditer(text)]
    for size in range(min(LONGEST, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            *others, (start, last) = words[at : at + size]
            run = [*others, (start, _POSSESSIVE.sub("", last))]
            keys = [comparable_name(word) for _, word in run]
            yield _Run(
                start=run[0][0],
                end=run[-1][0] + len(run[-1][1]),
                words=tuple(key for key in keys if key),
                proper=any(
                    word[:1].isupper()
                    and _is_unusual(key)
                    and not _SENTENCE_START.search(text[:start])
                    for key, (start, word) in zip(keys, run, strict=True)
                ),
            )


def _named(
    run: _Run, names: _Names, dataset: Dataset, places: list[Mention]
) -> NameReading | None:
    """The organisation whose name, or a telling part of it, the run is."""
    if run.key in names.whole and (len(run.words) > 1 or _tells(run)):
        within = any(m.start <= run.start and run.end <= m.end for m in places)
        return None if within else _reading(run, names.whole[run.key])
    choices = names.parts.get(run.key)
    if choices is None or not _tells(run) or _touches(run, places):
        return None
    return _chosen(run, tuple(sorted(choices)), dataset)


def _tells(run: _Run) -> bool:
    return run.unusual >= (4 if run.proper else SHORTEST_ALONE)


def _touches(run: _Run, places: list[Mention]) -> bool:
    return any(place.start < run.end and run.start < place.end for place in places)


def _reading(run: _Run, name: str, exact: bool = True) -> NameReading:
    return NameReading(name=name, start=run.start, end=run.end, exact=exact)


def _chosen(
    run: _Run, choices: tuple[str, ...], dataset: Dataset, exact: bool = True
) -> NameReading:
    """Of all whose name holds the run, the one that owns the others; else a choice."""
    if len(choices) == 1:
        return _reading(run, choices[0], exact)
    try:
        return _reading(run, organisation_named(run.key, dataset).name, exact)
    except InvalidArguments:
        found = _reading(run, choices[0], exact)
        return found.model_copy(update={"choices": choices})


def _misspelt(run: _Run, names: _Names, dataset: Dataset) -> NameReading | None:
    """The organisation whose name is a letter or two from the run."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    long_enough = run.unusual >= (5 if run.proper else SHORTEST_MENDED)
    if not long_enough or len(run.words) > 4 or not _is_unusual(run.words[0]):
        return None
    slips = tolerance(run.key)
    found = process.extractOne(
        run.key, names.parts.keys(), scorer=OSA.distance, score_cutoff=slips
    )
    if found is None or not _are_slips(run.words, tuple(found[0].split())):
        return None
    key = str(found[0])
    mended = _Run(run.start, run.end, tuple(key.split()), run.proper)
    return _chosen(mended, tuple(sorted(names.parts[key])), dataset, exact=False)


def _are_slips(written: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether the words that differ are slips: "Surrey on" is none of "Surrey In"."""
    pairs = [(a, b) for a, b in zip(written, known, strict=False) if a != b]
    return bool(pairs) and all(
        a[0] == b[0] and _is_unusual(a) and tolerance(a) for a, b in pairs
    )
