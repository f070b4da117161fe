"""Who is to act, by role: never a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.extracting.words import alternatives, forms, listed


def role_in(text: str) -> str | None:
    """The first role named in `text`, in this project's words; None without one."""
    found = [
        (match.start(), match.start() - match.end(), role)
        for role, pattern in _roles()
        if (match := pattern.search(text))
    ]
    return min(found)[2] if found else None


def whose(text: str) -> str | None:
    """The role that a recommendation says must act; None where it names none.

    A labelled one ("Owner: registered manager") leads, then one that stands apart at
    the end ("(RM, by 3 March)"), then the subject ("the manager should").
    """
    return next((role for part in _named(text) if (role := role_in(part))), None)


def without_roles(text: str) -> str:
    """`text` without the words that say who is to act."""
    for form in (*forms("whose.labelled"), *forms("whose.trailing")):
        text = form.sub(" . ", text)
    for form in forms("whose.subject"):
        subject = form.search(text)
        if subject:
            text = f"{text[: subject.start('who')]} {text[subject.end('who') :]}"
    return text


def _named(text: str) -> Iterator[str]:
    """Parts of the text that say who must act, the plainest first."""
    yield from _who("labelled", text)
    yield from reversed(list(_who("trailing", text)))
    yield from _who("subject", text)


def _who(way: str, text: str) -> Iterator[str]:
    """What stands for the role in one way of saying who must act."""
    for form in forms(f"whose.{way}"):
        yield from (match["who"] for match in form.finditer(text))


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each role with its words."""
    return tuple(
        (role, re.compile(alternatives(f"roles.{role}"), re.IGNORECASE))
        for role in listed("roles")
    )
