"""Filesystem functions, relative to the directory that Terraform runs in: the root module's."""

from __future__ import annotations

import base64
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.encoding import HASHES
from tollbar.inputs.hcl.functions.function import Function
from tollbar.inputs.hcl.values import EvaluationError, as_text, set_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.hcl.values import Value

_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")


def file_functions(directory: Path) -> Mapping[str, Function]:
    """Return the functions that read files, relative to a directory."""

    def content(path: Value) -> bytes:
        try:
            return (directory / as_text(path)).read_bytes()
        except OSError as failure:
            raise EvaluationError(f"the file {path} cannot be read: {failure.strerror}") from failure

    def text(path: Value) -> str:
        try:
            return content(path).decode()
        except UnicodeDecodeError as wrong:
            raise EvaluationError(f"the file {path} is not UTF-8") from wrong

    def hash_of(digest: Callable[[bytes], str]) -> Function:
        return Function(lambda path: digest(content(path)))

    return {
        "abspath": Function(lambda path: (directory / as_text(path)).resolve().as_posix()),
        "basename": Function(lambda path: PurePosixPath(as_text(path)).name),
        "dirname": Function(lambda path: str(PurePosixPath(as_text(path)).parent)),
        "file": Function(text),
        "filebase64": Function(lambda path: base64.b64encode(content(path)).decode()),
        "fileexists": Function(lambda path: (directory / as_text(path)).is_file()),
        "fileset": Function(lambda path, pattern: _file_set(directory / as_text(path), as_text(pattern))),
        "pathexpand": Function(lambda path: str(Path(as_text(path)).expanduser())),
        **{f"file{name}": hash_of(digest) for name, digest in HASHES.items()},
    }


def _file_set(directory: Path, pattern: str) -> Value:
    files = {found for part in _expanded(pattern) for found in directory.glob(part) if found.is_file()}
    return set_of([found.relative_to(directory).as_posix() for found in files])


def _expanded(pattern: str) -> list[str]:
    """Return the patterns that ``{a,b}`` stands for."""
    alternatives = _ALTERNATIVES.search(pattern)
    if alternatives is None:
        return [pattern]
    before, after = pattern[: alternatives.start()], pattern[alternatives.end() :]
    return [whole for choice in alternatives[1].split(",") for whole in _expanded(f"{before}{choice}{after}")]
