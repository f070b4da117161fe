"""The arms of a search: apart from the models, so that settings name them cheaply."""

from __future__ import annotations

from typing import Literal

Arm = Literal["words", "meaning", "both"]
"""By what passages are put forward and scored."""
