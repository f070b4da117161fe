"""Finds the personal details in a text: by rules, lists of names, and libraries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import chain
from typing import Final

from corpus.codes import DocumentKind, PersonalKind
from corpus.models import PersonalDetail
from corpus.privacy.addresses import addresses
from corpus.privacy.columns import in_columns
from corpus.privacy.labels import labelled_names
from corpus.privacy.names import Name, NameFinder
from corpus.privacy.numbers import births, emails, nhs_numbers, telephones
from corpus.privacy.tokens import folded, read_words
from corpus.privacy.words import names_known, words

PUBLISHED: Final = frozenset({DocumentKind.REPORT, DocumentKind.SUFFICIENCY_STATEMENT})
"""Kinds in which the full names of officials and authors stay."""
_INITIALS: Final = re.compile(
    r"\b(?:child|young person|YP|boy|girl|sibling|brother|sister|mother|father|mum|dad"
    r"|pupil|resident|initials)[ ]*[:,(–-]?[ ]*"
    r"(?P<initials>(?-i:(?:[A-Z]\.){2,3}|[A-Z]{2}(?!\w)))",
    re.IGNORECASE,
)
_CODES: Final = frozenset(
    "IT UK EU UN LA RA SW YP GP FC PA RI DA ID IQ TV PE RE HR QA CP CE HE FE AP ST AM"
    " PM OK NO IN ON AT IS TO OF OR BY".split()
)


@cache
def finders_version() -> str:
    """Hash of the rules and lists here: another wherever they may find otherwise."""
    here = files(__package__)
    parts = [p for p in here.iterdir() if p.name.endswith((".py", ".toml", ".csv"))]
    digest = hashlib.sha256()
    for part in sorted(parts, key=lambda part: part.name):
        digest.update(part.read_bytes())
    for library in ("phonenumbers", "python-stdnum"):
        digest.update(version(library).encode())
    return digest.hexdigest()[:12]


def find_personal(
    text: str, kind: DocumentKind = DocumentKind.OTHER, known: Iterable[str] = ()
) -> tuple[PersonalDetail, ...]:
    """The personal details of a text, in order and without overlap.

    In the published kinds full names of grown-ups stay, as do lone postcodes, unless
    the text holds somebody's date of birth or NHS number: then it is no publication.

    Args:
        text: the text, cleaned.
        kind: what the document is; it decides whose names count.
        known: names of organisations and places that are nobody's.
    """
    dated = [(*span, PersonalKind.DATE_OF_BIRTH) for span in births(text)]
    numbered = [(*span, PersonalKind.NHS_NUMBER) for span in nhs_numbers(text)]
    columns = list(in_columns(text))
    barred = _places_of(text, known)
    private = kind not in PUBLISHED or bool(dated or numbered)
    found = chain(
        ((*span, PersonalKind.EMAIL) for span in emails(text)),
        dated,
        numbered,
        ((*span, PersonalKind.TELEPHONE) for span in telephones(text)),
        (
            (*span, PersonalKind.ADDRESS)
            for span in addresses(text, postcodes=private)
            if not _within(*span, barred)
        ),
        columns,
        _names(text, private, barred),
    )
    return _apart(PersonalDetail(start=a, end=b, kind=k) for a, b, k in found if a < b)


def _apart(found: Iterable[PersonalDetail]) -> tuple[PersonalDetail, ...]:
    """Without overlap: what touches is one detail, of the kind that was found first."""
    order = {kind: rank for rank, kind in enumerate(PersonalKind)}
    kept: list[PersonalDetail] = []
    for one in sorted(found, key=lambda f: (f.start, order[f.kind], -f.end)):
        if kept and one.start < kept[-1].end:
            last = kept[-1]
            kind = min(last.kind, one.kind, key=order.__getitem__)
            end = max(last.end, one.end)
            kept[-1] = last.model_copy(update={"end": end, "kind": kind})
        else:
            kept.append(one)
    return tuple(kept)


_Found = tuple[int, int, PersonalKind]


def _names(text: str, private: bool, barred: list[tuple[int, int]]) -> Iterator[_Found]:
    """The names that count, and what else in the text bears the same."""
    finder = NameFinder(text)
    names = [*finder.find(), *labelled_names(text)]
    names = [name for name in names if not _within(name.start, name.end, barred)]
    if not private:
        names = [name for name in names if name.whose == "family" or not name.whole]
    spans = [(name.start, name.end) for name in names]
    spans += _beside(text, spans)
    spans += [s for s in _again(text, names, private) if not _within(*s, barred)]
    spans += [match.span("initials") for match in _initials(text)]
    return ((start, end, PersonalKind.NAME) for start, end in spans)


def _beside(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Capitalised words joined to a lone name by "and": "Finley and Alfie"."""
    found = []
    for start, end in spans:
        before = _BEFORE_AND.search(text, max(0, start - 30), start)
        after = _AFTER_AND.match(text, end)
        for match in filter(None, (before, after)):
            key = folded(match[1])
            listed = words().never | words().organisations | words().roles
            if key not in listed | names_known().places and not match[1].isupper():
                found.append(match.span(1))
    return found


_BEFORE_AND: Final = re.compile(r"(?<![^\W\d_] )\b([A-Z][^\W\d_]{2,}) (?:and|&) \Z")
_AFTER_AND: Final = re.compile(r"(?:,| and| &) ([A-Z][^\W\d_]{2,})(?![^\W_]| [A-Z])")


def _initials(text: str) -> Iterator[re.Match[str]]:
    matches = _INITIALS.finditer(text)
    return (match for match in matches if match["initials"] not in _CODES)


def _places_of(text: str, known: Iterable[str]) -> list[tuple[int, int]]:
    """Where the names of organisations stand."""
    folded = text.casefold()
    held = {name for name in known if len(name) > 3 and name.casefold() in folded}
    phrases = [re.escape(name) for name in held]
    if not phrases:
        return []
    longest = sorted(phrases, key=len, reverse=True)
    form = re.compile(rf"\b(?:{'|'.join(longest)})\b", re.IGNORECASE)
    return [match.span() for match in form.finditer(text)]


def _within(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _again(text: str, names: list[Name], private: bool) -> Iterator[tuple[int, int]]:
    """Words that a name found elsewhere in the text holds, written with a capital."""
    borne = {
        word.folded
        for name in names
        if name.whole or name.whose == "family"
        for word in read_words(text[name.start : name.end])
        if _tells(word.folded)
    }
    words_read = read_words(text) if borne else []
    for at, word in enumerate(words_read):
        if word.folded in borne and (word.text[0].isupper() or _sure(word.folded)):
            following = words_read[at + 1] if at + 1 < len(words_read) else None
            gap = text[word.end : following.start] if following else ""
            kinds = words().organisations
            named = following and following.text[0].isupper() and gap == " "
            if not (named and following and following.folded in kinds):
                yield word.start, word.end


def _tells(key: str) -> bool:
    """Whether a part of a name may be looked for alone."""
    lists, known = words(), names_known()
    listed = lists.never | lists.organisations | lists.roles | lists.family
    return len(key) > 2 and key not in listed and key not in known.places


def _sure(key: str) -> bool:
    known = names_known()
    return key in known.given and key not in known.ordinary


def found_in_label(label: str, known: Iterable[str] = ()) -> tuple[PersonalDetail, ...]:
    """The personal details in a title or a path, also of words joined by _ or -."""
    parts = re.sub(r"[_/\\]|(?<=[^\W_])-(?=[^\W_])", " ", label)
    return find_personal(parts, known=known)
