"""Files of settings beside the code: YAML, TOML, JSON and .env, as plain values."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.llm_code.source_file import SourceFile

PARSERS: Mapping[str, Callable[[str], object]] = {
    ".yaml": yaml.safe_load,
    ".yml": yaml.safe_load,
    ".toml": tomllib.loads,
    ".json": json.loads,
}
_MOST_BYTES = 1024 * 1024
"""Larger ones are data, not settings."""


def parse_configuration(file: SourceFile) -> object | None:
    """Return what a file of settings holds, None where it cannot be read."""
    if file.path.name.startswith(".env"):
        return parse_environment_file(file)
    parse = PARSERS.get(file.path.suffix.lower())
    try:
        return None if parse is None or len(file.content) > _MOST_BYTES else parse(file.text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None


def parse_environment_file(file: SourceFile) -> Mapping[str, str]:
    """Return the variables of a ``.env`` file; lines that are none are left out."""
    try:
        lines = file.text.splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.strip().removeprefix("export ").partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {name.strip(): _value(value) for name, equals, value in pairs if equals}


def _value(text: str) -> str:
    text = text.strip()
    if text[:1] in {"'", '"'}:
        return text[1:].partition(text[0])[0]
    return text.partition(" #")[0].strip()
