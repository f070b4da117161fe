"""What a tool is: typed arguments in, a typed result with its evidence out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from corpus.charts import Chart
from corpus.dataset import Dataset
from corpus.geography import Gazetteer
from corpus.models import Citation, Frozen, Table
from corpus.privacy import ShownLibrary
from corpus.viewer import Viewer
from index.search import Searcher

ArgumentsT = TypeVar("ArgumentsT", bound="Arguments")
DataT = TypeVar("DataT", bound=BaseModel)


class Arguments(BaseModel):
    """Base of every tool's arguments; unknown names are refused, not ignored."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_boolean_for_a_number(cls, value: object, info: ValidationInfo) -> object:
        """Refuse true where 1 would be read: "age": true is a slip."""
        field = cls.model_fields[info.field_name or ""]
        several = value if isinstance(value, list | tuple) else (value,)
        if bool not in get_args(field.annotation) and bool in map(type, several):
            raise ValueError("neither true nor false")
        return value


class Result(Frozen, Generic[DataT]):
    """What a tool found, with where it came from and what to beware of."""

    data: DataT
    citations: tuple[Citation, ...]
    caveats: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    """Pictures of the same figures; each has its twin among the tables."""


@dataclass(frozen=True)
class Knowledge:
    """All that a tool may look at, opened once and handed down."""

    dataset: Dataset
    """The placement tables; its `kind` is None where none are loaded."""
    gazetteer: Gazetteer
    library: ShownLibrary
    """The documents as the viewer may read them, and no other way to them."""
    searcher: Searcher
    viewer: Viewer
    as_at: date
    """The day that "today" means: the data's own, unless the caller names another."""


@dataclass(frozen=True)
class Tool(Generic[ArgumentsT, DataT]):
    """One typed question that can be asked of the knowledge."""

    name: str
    description: str
    """One or two sentences for whoever chooses between tools."""
    arguments: type[ArgumentsT]
    run: Callable[[ArgumentsT, Knowledge], Result[DataT]]

    def schema(self) -> dict[str, Any]:
        """JSON schema of the arguments."""
        return self.arguments.model_json_schema()
