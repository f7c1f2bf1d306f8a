"""Values that stand beside the code: environment variables and files of settings or text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.configuration_file import PARSERS
from tollbar.inputs.llm_code.followed import mark_followed
from tollbar.inputs.llm_code.python.values import (
    Frame,
    Invocation,
    Listed,
    Literal,
    Mapped,
    Outside,
    Text,
    Unknown,
    Value,
    any_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from tollbar.inputs.llm_code.python.evaluation import Evaluator
    from tollbar.inputs.llm_code.source_file import SourceFile

_VARIABLES = {
    "os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop", "decouple.config", "environs.Env().str",
    "environs.Env()", "environ.Env()", "starlette.config.Config()",
}  # fmt: skip
_PARSING = {
    "yaml.safe_load", "yaml.load", "yaml.full_load", "json.load", "json.loads", "tomllib.load", "tomllib.loads",
    "toml.load", "toml.loads", "tomli.load", "tomli.loads", "omegaconf.OmegaConf.load", "dotenv.dotenv_values",
}  # fmt: skip
_READING = (
    "pathlib.Path().read_text",
    "pathlib.Path().open().read",
    "builtins.open().read",
    "pathlib.Path().read_bytes",
)
READING_METHODS = frozenset({".read_text", ".read_bytes", ".open().read"})
"""What reads the file that a path names, called on a path put together of parts."""
_OPENED = re.compile(r"(builtins\.open|pathlib\.Path)\(\)(?!.*\.(parents?|with_\w+|joinpath)\b)")
"""What names a file by its own arguments: what leads up from there names another."""
_LONGEST_TEXT = 2_000_000


def result_of(evaluator: Evaluator, callee: Outside, made: Invocation, arguments: Sequence[Value]) -> Value | None:
    """Return what a function that reads an environment variable or a file gives, None where it is none."""
    if callee.path in _VARIABLES:
        default = arguments[1] if len(arguments) > 1 else _keyword(evaluator, made, "default")
        return _variable(evaluator, arguments[0], default) if arguments else None
    if callee.path in _PARSING:
        file = _file_of(evaluator, arguments[0], made.frame) if arguments else None
        content = evaluator.project.configuration(file) if file is not None else None
        return _as_value(content) if content is not None else None
    return text_at(evaluator, callee, made.frame) if callee.path in _READING else None


def text_at(evaluator: Evaluator, place: Value, frame: Frame | None) -> Value | None:
    """Return the text of the file that a path names, None where the project has none of it."""
    file = _file_of(evaluator, place, frame)
    return _text_of(file) if file is not None else None


def item_of(evaluator: Evaluator, owner: Outside, key: Value) -> Value | None:
    """Return what stands under a key of what another package gives: ``os.environ["MODEL"]``."""
    return _variable(evaluator, key, None) if owner.path == "os.environ" else None


def attribute_of(evaluator: Evaluator, owner: Outside, name: str) -> Value | None:
    """Return a setting of Django's as the project's settings module writes it, None where it is none."""
    if owner.path != "django.conf.settings":
        return None
    for file in evaluator.project.ending_with("settings.py"):
        module = evaluator.modules.module(file)
        found = evaluator.lookup.module_name(module, name) if module is not None and name in module.writes else None
        if found is not None:
            return found
    return None


def _variable(evaluator: Evaluator, name: Value, default: Value | None) -> Value:
    if not isinstance(name, Literal):
        return Unknown("it is read from an environment variable")
    told = evaluator.project.environment(str(name.value))
    if told is not None:
        return Literal(told, "configuration")
    if isinstance(default, Literal) and default.value is not None:
        return Literal(default.value, "environment_default")
    unset = Unknown(f"it is read from the environment variable {name.value}")
    return any_of([default, unset]) if default is not None and not isinstance(default, Literal) else unset


def _keyword(evaluator: Evaluator, made: Invocation, name: str) -> Value | None:
    keywords = made.call.keywords if made.call is not None and made.frame is not None else []
    found = next((keyword.value for keyword in keywords if keyword.arg == name), None)
    return evaluator.value(found, made.frame) if found is not None and made.frame is not None else None


def _file_of(evaluator: Evaluator, place: Value, frame: Frame | None) -> SourceFile | None:
    """Return the project's file that a path, or what was opened by one, names; the nearest to the module."""
    name = _path_text(evaluator, place).rpartition("../")[2]
    if not name:
        return None
    found = max(evaluator.project.ending_with(name), key=lambda file: _shared(file.path, frame), default=None)
    if found is not None:
        mark_followed(evaluator.project, found)
    return found


def _path_text(evaluator: Evaluator, place: Value) -> str:
    """Return the last parts of a path, as far as they are known."""
    if isinstance(place, Literal):
        return str(place.value)
    if isinstance(place, Text):
        return "".join(_known_end(evaluator, place.pieces)).strip("/")
    opened = isinstance(place, Outside) and _OPENED.match(place.path)
    if isinstance(place, Outside) and opened and place.calls[0].call is not None and place.calls[0].frame is not None:
        first = place.calls[0]
        arguments = [evaluator.value(argument, first.frame) for argument in first.call.args]  # type: ignore[arg-type,union-attr]
        return "/".join(_known_end(evaluator, arguments[: 1 if "open()" in place.path[:16] else None]))
    if isinstance(place, Unknown) and place.path.startswith((".open", ".read_text", ".read")) and place.made_of:
        return _path_text(evaluator, place.made_of[0])
    return ""


def _known_end(evaluator: Evaluator, parts: Sequence[Value]) -> list[str]:
    """Return the last parts of a path, from the last that is not known on."""
    known: list[str] = []
    for part in reversed(parts):
        text = _path_text(evaluator, part)
        if not text:
            break
        known.insert(0, text)
    return known


def _shared(path: PurePosixPath, frame: Frame | None) -> int:
    own = frame.module.file.path.parts if frame is not None else ()
    return sum(1 for _ in _common(path.parts, own))


def _common(one: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    length = next((n for n, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), 0)
    return one[:length]


def _text_of(file: SourceFile) -> Value | None:
    if file.path.suffix.lower() in PARSERS:
        return None  # parsed next, by what is done with it
    try:
        return Literal(file.text[:_LONGEST_TEXT], "configuration")
    except (OSError, UnicodeDecodeError):
        return None


def _as_value(content: object) -> Value:
    if isinstance(content, dict):
        return Mapped({str(key): _as_value(value) for key, value in content.items()})
    if isinstance(content, list):
        return Listed(tuple(_as_value(item) for item in content))
    return Literal(content, "configuration")
