"""How well models do what: published figures with their page and day, from a file that a team may replace.

The file that ships is ``data/model_quality.toml``; it names benchmark, page and day of each figure. What a benchmark
does not list has no figure: nothing is inferred from a model's name, size or price.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from tollbar.errors import ConfigError
from tollbar.spelling import nearest_or_all, quoted

if TYPE_CHECKING:
    from pathlib import Path

_SHIPPED = "model_quality.toml"
Score = Annotated[
    Decimal, BeforeValidator(lambda value: Decimal(str(value)) if isinstance(value, int | float) else value)
]


class Benchmark(BaseModel):
    """What was measured, where it stands, on which day, and for which tasks it is taken to speak."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    page: str
    as_of: str = Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")
    unit: str = "%"
    tasks: tuple[str, ...] = ()
    scores: dict[str, Score] = Field(min_length=1)


class QualityFile(BaseModel):
    """The benchmarks of a file, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    benchmarks: dict[str, Benchmark] = Field(min_length=1)

    def benchmark_of(self, task: str) -> tuple[str, Benchmark]:
        """Return the benchmark that speaks for a task, with its name; a benchmark may be named itself.

        Raises:
            ConfigError: None does; the nearest tasks are named.
        """
        wanted = folded(task)
        for name, benchmark in self.benchmarks.items():
            if wanted == folded(name) or wanted in map(folded, benchmark.tasks):
                return name, benchmark
        known = dict.fromkeys(known for benchmark in self.benchmarks.values() for known in benchmark.tasks)
        names = [*known, *self.benchmarks]
        raise ConfigError(f"no benchmark speaks for the task {quoted(task)}", hint=nearest_or_all(task, names))


def folded(name: str) -> str:
    """Return a task's name as names are compared: whatever the case, with ``-``, ``_`` and spaces alike."""
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def read_quality(file: Path | None = None) -> QualityFile:
    """Return the figures of a file, by default those that ship.

    Raises:
        ConfigError: The file cannot be read, is no TOML, or has another form.
    """
    name = str(file) if file is not None else _SHIPPED
    try:
        text = (file or files("tollbar.llm") / "data" / _SHIPPED).read_text(encoding="utf-8")
        return QualityFile.model_validate(tomllib.loads(text))
    except OSError as error:
        raise ConfigError(f"{name} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{name} is not TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        hint = 'Each benchmark has title, page, as_of (YYYY-MM-DD), tasks and scores: {"provider/model" = figure}.'
        raise ConfigError(f"{name}: {place}: {first['msg']}", hint=hint) from None
