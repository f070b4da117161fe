"""Gazetteer of England: authorities, districts, towns and postcodes, and distances.

Coordinates are metres on the British National Grid. `sources.toml` names the sources
and their licences, and `derive.py` makes the packaged files from them.
"""

from __future__ import annotations

from corpus.geography.gazetteer import Gazetteer
from corpus.geography.places import LocalAuthority, Mention, Place, PlaceKind

__all__ = ["Gazetteer", "LocalAuthority", "Mention", "Place", "PlaceKind"]
