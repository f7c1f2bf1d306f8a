"""What a YAML file may say: pydantic models whose mistakes are told with file, line, field and what was expected."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from tollbar.errors import ConfigError
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic_core import ErrorDetails

    from tollbar.yaml_file import YamlFile

_NUMBER = re.compile(r"(?:\$|USD)?\s*(\d{1,3}(?:,\d{3})+|\d+(?:_\d+)*|(?:\d+)?\.\d+|\d+\.\d+)\s*(k|K|%|USD|\$)?")
"""A number as people write one: ``$1,500``, ``20%``, ``5k``."""
_OWN_WORDS = "Value error, "
"""What pydantic puts before the message of a validator of ours."""


class Section(BaseModel):
    """A closed part of a file: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_EXPECTED = {
    "dict_type": "expected a mapping (name: value)",
    "model_type": "expected a mapping (name: value)",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "string_type": "expected a text",
    "decimal_parsing": "expected a number, such as 12 or 0.5",
    "decimal_type": "expected a number, such as 12 or 0.5",
    "date_type": "expected a day, such as 2026-12-31",
    "date_parsing": "expected a day, such as 2026-12-31",
    "date_from_datetime_parsing": "expected a day, such as 2026-12-31",
    "date_from_datetime_inexact": "expected a day without a time, such as 2026-12-31",
}
"""What a file was to have, in the words of who writes one; pydantic speaks of dictionaries and decimals."""

Model = TypeVar("Model", bound=Section)


def validated(
    model: type[Model],
    content: object,
    file: YamlFile,
    within: Sequence[str | int] = (),
    hints: dict[str, str] | None = None,
) -> Model:
    """Return plain content as a model.

    ``within`` leads to where the content stands in the file. ``hints`` says what to do about a field
    that is missing.

    Raises:
        ConfigError: An unknown key (the nearest known one is named) or a value that is not what was
            expected; with file and line.
    """
    found = mistakes(model, content, file, within, hints)
    if found:
        raise found[0]
    return model.model_validate(content)


def mistakes(
    model: type[Section],
    content: object,
    file: YamlFile,
    within: Sequence[str | int] = (),
    hints: dict[str, str] | None = None,
) -> list[ConfigError]:
    """Return all that keeps plain content from being a model, none where it is one; see :func:`validated`."""
    try:
        model.model_validate(content)
    except ValidationError as error:
        # A misspelt key is often the reason why another one is missing.
        found = sorted(error.errors(), key=lambda entry: entry["type"] != "extra_forbidden")
        return [_explained(model, file, within, entry, hints or {}) for entry in found]
    return []


def _explained(
    model: type[Section], file: YamlFile, within: Sequence[str | int], error: ErrorDetails, hints: dict[str, str]
) -> ConfigError:
    steps = [*within, *(step for step in error["loc"] if isinstance(step, (str, int)))]
    field = ".".join(str(step) for step in steps)
    told = _EXPECTED.get(error["type"], error["msg"].removeprefix(_OWN_WORDS))
    message, hint = f"{field}: {told}".removeprefix(": "), _way_to_write(error["type"], error["input"])
    if error["type"] == "extra_forbidden":
        known = _known_keys(model, steps[len(within) : -1])
        message = f"unknown key {field!r}"
        hint = did_you_mean(str(steps[-1]), known) or f"Known here: {', '.join(known)}."
    elif error["type"] == "missing":
        message, hint = f"{field} is missing", hints.get(field)
    return ConfigError(message, location=file.location(steps), hint=hint)


def _way_to_write(wrong: str, given: object) -> str | None:
    """Return how a value that is of another kind than it looks is to be written, None where that is not known."""
    if wrong == "string_type" and isinstance(given, (bool, int, Decimal)):
        return "YAML reads this as a number, or as true or false: put it in quotes."
    if wrong in {"decimal_parsing", "decimal_type"}:
        return number_meant(given)
    return None


def number_meant(given: object) -> str | None:
    """Return how a number that was written with quotes, a currency or a unit is to be written, None for what is none.

    >>> number_meant("$1,500")
    'Write 1500: a number, without quotes, currency or unit.'
    """
    found = _NUMBER.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        return None
    number = Decimal(found[1].replace(",", "").replace("_", "")) * (1000 if found[2] in {"k", "K"} else 1)
    return f"Write {number.normalize():f}: a number, without quotes, currency or unit."


def _known_keys(model: type[BaseModel], steps: Sequence[str | int]) -> list[str]:
    for step in steps:
        field = next((f for n, f in model.model_fields.items() if step in {n, f.alias}), None)
        model = next(_models_in(field.annotation), model) if field else model
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 -- any type annotation
    """Yield the models that an annotation such as ``tuple[Approver, ...] | None`` names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
