"""Spelling of place names: what makes two the same, and what can be mended."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

from corpus.geography.tables import HERE
from corpus.text import comparable_name

_NEAR = re.compile(
    r"^(?:(?:near|nr|in|around|from|outside|within|close to|the|council of the) )+"
)
_TITLE = re.compile(
    r"^(?:(?:royal |london |metropolitan )*borough of|city of|county of|district of"
    r"|town of|central|greater) "
)
_AFTER = re.compile(
    r"(?: (?:county|borough|district|city|metropolitan|unitary|local|council|authority"
    r"|corporation|area|region|town|centre|la|cc|bc|dc|mbc))+$"
)
_LOWER_TIER = re.compile(r" (?:borough|district|city council|bc|dc)\b")


@cache
def words(section: str) -> frozenset[str]:
    """A list of `words.toml`: words that need care when a text is read."""
    with (HERE / "words.toml").open("rb") as file:
        lists = tomllib.load(file)
    phrases = lists.get(f"{section}_phrases", ())
    return frozenset([*" ".join(lists[section]).split(), *phrases])


def spelling(name: str) -> str:
    """A name reduced to what counts: lower case, single spaces, no possessive."""
    return comparable_name(re.sub(r"['’]s\s*$|[’]", "", name))


def shortened(key: str) -> tuple[str, ...]:
    """A spelling; then without "near", without "council", without "city of" too."""
    plain = _NEAR.sub("", key)
    trimmed = _AFTER.sub("", plain)
    return key, plain, trimmed, _TITLE.sub("", trimmed)


def means_district(key: str) -> bool:
    """Whether words such as "borough council" ask for a district, not its town."""
    return bool(_LOWER_TIER.search(key))


def tolerance(key: str) -> int:
    """How many slips (one letter wrong, missing, added or swapped) can be mended.

    Short words lie too close together: "kept" and "Kent" are one letter apart.
    """
    return 0 if len(key) < 5 else 1 if len(key) < 9 else 2


def mended(key: str, known: Sequence[str]) -> list[str]:
    """Known spellings nearest to a misspelt one; empty where none is near enough.

    Ordinary words and codes are never mended. Distance is optimal string alignment.
    """
    coded = any(letter.isdigit() for letter in key)
    if coded or key in words("ordinary") or not tolerance(key):
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found: list[Any] = process.extract(
        key, known, scorer=OSA.distance, score_cutoff=tolerance(key), limit=None
    )
    nearest = min((slips for _, slips, _ in found), default=0)
    return [near for near, slips, _ in found if slips == nearest]


def alike(name: str, known: Sequence[str]) -> list[str]:
    """The three known names most like an unknown one, for a message."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        name, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=3
    )
    return [near for near, _, _ in found]
