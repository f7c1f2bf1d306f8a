"""The values of a directory's input variables, in Terraform's order of precedence.

``TF_VAR_…`` of the environment, ``terraform.tfvars``, ``*.auto.tfvars``, ``-var-file``, ``-var``: the
later wins. Source: Terraform's documentation, Input Variables, Variable Definition Precedence.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.location import Location
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tollbar.inputs.interface import ReadOptions

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ENVIRONMENT_PREFIX = "TF_VAR_"


@contextmanager
def variable_files(directory: Path, declared: Iterable[str], options: ReadOptions) -> Iterator[list[Path]]:
    """Yield the files that hold all given values, the strongest last; values given as text get a file of their own.

    Raises:
        InputError: A file cannot be read or is not valid, or a variable is given that is not declared.
    """
    names = set(declared)
    for name in options.variables:
        if name not in names:
            raise InputError(f"--var {name}: {directory} declares no such variable", hint=did_you_mean(name, names))
    weakest = {
        name.removeprefix(_ENVIRONMENT_PREFIX): value
        for name, value in options.environment.items()
        if name.startswith(_ENVIRONMENT_PREFIX) and name.removeprefix(_ENVIRONMENT_PREFIX) in names
    }
    files = [*_automatic_files(directory), *options.var_files]
    for file in files:
        _check(file)
    with TemporaryDirectory(prefix="tollbar-") as folder:
        first, last = Path(folder) / "environment.tfvars.json", Path(folder) / "given.tfvars.json"
        first.write_text(json.dumps(_values(weakest)), encoding="utf-8")
        last.write_text(json.dumps(_values(options.variables)), encoding="utf-8")
        yield [first, *files, last]


def given_names(files: Iterable[Path]) -> set[str]:
    """Return the names of the variables that the files give a value."""
    return {name for file in files for name in _read(file)}


def _automatic_files(directory: Path) -> list[Path]:
    named = [directory / "terraform.tfvars", directory / "terraform.tfvars.json"]
    automatic = sorted([*directory.glob("*.auto.tfvars"), *directory.glob("*.auto.tfvars.json")])
    return [file for file in (*named, *automatic) if file.is_file()]


def _check(file: Path) -> None:
    try:
        _read(file)
    except OSError as error:
        raise InputError(f"the variable file cannot be read: {error.strerror}", location=Location(str(file))) from None


def _read(file: Path) -> dict[str, Any]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        try:
            document: dict[str, Any] = json.loads(text)
        except json.JSONDecodeError as error:
            raise InputError(f"not valid JSON: {error.msg}", location=Location(str(file), error.lineno)) from None
        return document
    return parsed_hcl(text, file)


def parsed_hcl(text: str, file: Path) -> dict[str, Any]:
    """Return what python-hcl2 reads in HCL text.

    Raises:
        InputError: It is not valid HCL; with its file and line.
    """
    import hcl2  # noqa: PLC0415 -- its grammar takes a while to load
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415 -- as above

    try:
        return dict(hcl2.loads(text if text.endswith("\n") else f"{text}\n"))
    except UnexpectedInput as error:
        what = str(error).splitlines()[0].split(" at line")[0]
        raise InputError(f"not valid HCL: {what}", location=Location(str(file), error.line)) from None


def _values(texts: Mapping[str, str]) -> dict[str, Any]:
    return {name: _value(name, text) for name, text in texts.items()}


def _value(name: str, text: str) -> Any:  # noqa: ANN401 -- a value of any type
    """Return a value given as text: an expression where it can only be one, else the text itself."""
    stripped = text.strip()
    if stripped in {"true", "false"}:
        return stripped == "true"
    if _NUMBER.fullmatch(stripped):
        return json.loads(stripped)
    if stripped[:1] in {"[", "{"}:
        return _literal(name, stripped)
    return text


def _literal(name: str, text: str) -> Any:  # noqa: ANN401 -- a value of any type
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        parsed = parsed_hcl(f"value = {text}", Path(f"--var {name}"))
        return _unquoted(parsed.get("value"))


def _unquoted(value: Any) -> Any:  # noqa: ANN401 -- a value of any type
    """Return a value as python-hcl2 gives it without the quotes it keeps around strings."""
    if isinstance(value, str):
        return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
    if isinstance(value, list):
        return [_unquoted(item) for item in value]
    if isinstance(value, dict):
        return {_unquoted(key): _unquoted(item) for key, item in value.items()}
    return value
