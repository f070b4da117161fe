"""Two themes of our own, and the terminal's colours as the third."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="placements-dark",
    primary="#5fa8a0",
    secondary="#8aa5c9",
    accent="#e0b45c",
    warning="#e0b45c",
    error="#e07a6d",
    success="#86b97a",
    foreground="#e4e6e8",
    background="#14181c",
    surface="#1b2127",
    panel="#252d35",
    dark=True,
)
LIGHT = Theme(
    name="placements-light",
    primary="#1f6f68",
    secondary="#3f5f8a",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a8342a",
    success="#3a6b2e",
    foreground="#1c2226",
    background="#faf9f6",
    surface="#f0eee8",
    panel="#e4e1d8",
    dark=False,
)
CYCLE = (DARK.name, LIGHT.name, "ansi-dark", "ansi-light")
"""Themes in the order in which f4 goes through them."""


def next_theme(name: str) -> str:
    """The theme after this one; the first after one that is not in the cycle."""
    return CYCLE[(CYCLE.index(name) + 1) % len(CYCLE)] if name in CYCLE else CYCLE[0]
