"""What is a template, and what a directory of synthesised ones: told by the content, and quickly.

Whatever path a command is given is looked at here, so this reads no more than it must and imports nothing heavy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tollbar.errors import InputError
from tollbar.inputs.text_file import head_of, read_text

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST: Final = "manifest.json"
STACK: Final = "aws:cloudformation:stack"
ASSEMBLY: Final = "cdk:cloud-assembly"

_TOP_LEVEL = re.compile(r"(?m)(?:^|[{,])\s*[\"']?(?:AWSTemplateFormatVersion|Resources)[\"']?\s*:")
_TYPED = re.compile(r"[\"']?Type[\"']?\s*:\s*[\"']?(?:AWS|Custom|Alexa)::")
_OF_PLANS = ('"format_version"', '"planned_values"', '"terraform_version"')
_SUFFIXES = (".yaml", ".yml", ".json", ".template", ".txt")


def is_template(path: Path) -> bool:
    """Whether a file looks like a template; a broken one still does."""
    if not path.is_file() or not path.name.endswith(_SUFFIXES) or any(mark in head_of(path) for mark in _OF_PLANS):
        return False
    try:
        text = read_text(path)
    except InputError:
        return False
    found = _TOP_LEVEL.search(text)
    return found is not None and ("AWSTemplateFormatVersion" in found[0] or _TYPED.search(text) is not None)


def is_assembly(path: Path) -> bool:
    """Whether a directory is what a CDK application was synthesised to."""
    manifest = path / MANIFEST
    if not manifest.is_file():
        return False
    try:
        text = manifest.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return STACK in text or ASSEMBLY in text
