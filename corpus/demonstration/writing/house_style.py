"""House styles of statements of purpose: how each provider writes of its homes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from corpus import vocabulary
from corpus.codes import Need
from corpus.demonstration.writing.composition import Stock, Voice
from corpus.models import Frozen

STYLES: Final = (
    "family",
    "corporate",
    "clinical",
    "brief",
    "questions",
    "service",
    "values",
    "prospectus",
    "letter",
    "matrix",
)
_OMISSION: Final = "omits:"


class HouseStyle(Stock):
    """One provider's way of writing: its outline, its wordings and its candour."""

    naming: Literal["label", "short", "plain"]
    """How it names needs: in full, in abbreviations, or as people say it."""
    omittable: tuple[str, ...]
    """Parts that a statement may do without."""

    @property
    def voice_of(self) -> Voice:
        """Its only voice."""
        return self.voices[0]

    @property
    def omissions(self) -> list[str]:
        """Tags of the facts that it knows how to leave unsaid: "omits:ages"."""
        tags = {tag for wording in self.wordings for tag in wording.when}
        return sorted(tag for tag in tags if tag.startswith(_OMISSION))

    def name(self, need: Need) -> str:
        """What it calls a need."""
        naming: Mapping[str, Callable[[Need], str]] = {
            "label": vocabulary.needs().label,
            "short": vocabulary.needs().short,
            "plain": common_ground().plain.__getitem__,
        }
        return naming[self.naming](need)

    def without(self, parts: Sequence[str]) -> Voice:
        """Its voice with some parts left out."""
        kept = [
            chapter.model_copy(
                update={"parts": tuple(p for p in chapter.parts if p not in parts)}
            )
            for chapter in self.voice_of.outline
        ]
        return self.voice_of.model_copy(update={"outline": tuple(kept)})


class CommonGround(Frozen):
    """What all house styles share."""

    phrases: dict[str, tuple[str, ...]]
    plain: dict[Need, str]
    """Needs as people say them."""


@cache
def common_ground() -> CommonGround:
    """Phrases and plain names that every style may use."""
    return CommonGround.model_validate(
        {key: _file("statements_of_purpose.toml")[key] for key in ("phrases", "plain")}
    )


@cache
def house_styles() -> tuple[HouseStyle, ...]:
    """Every packaged style, the shared wordings among its own."""
    shared = _file("statements_of_purpose.toml")["wordings"]
    return tuple(_style(_file(f"house_styles/{name}.toml"), shared) for name in STYLES)


def _style(own: dict[str, Any], shared: list[Any]) -> HouseStyle:
    return HouseStyle.model_validate(
        own
        | {
            "wordings": [*own["wordings"], *shared],
            "phrases": common_ground().phrases,
        }
    )


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
