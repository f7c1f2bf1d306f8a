"""Rego that users load beside the library: whether any of it takes part in the verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_PACKAGE = re.compile(r"^\s*package\s+([\w.]+)", re.MULTILINE)
_RULES = "tollbar.rules."
_FINDINGS = re.compile(r"^\s*findings\b", re.MULTILINE)
_HINT = "A rule is a set `findings` in a package tollbar.rules.GROUP.RULE (docs/policy.md, Rules of your own)."


def require_rules(named: Sequence[Path]) -> None:
    """Refuse folders and files of policies that decide nothing: who names them relies on them.

    The verdict is of the packages ``tollbar.rules.GROUP.RULE``; conftest's ``package main``, and a rule a level too
    high or too low, would be left out in silence.

    Raises:
        ConfigError: None of the Rego is a rule, or findings stand in a package that is not looked at.
    """
    packages = set[str]()
    for file in _rego_files(path for path in named if path.exists()):
        text = file.read_text(encoding="utf-8", errors="replace")
        found = _PACKAGE.search(text)
        package = found[1] if found else ""
        packages.add(package)
        if package.startswith(_RULES) and not _is_rule(package) and _FINDINGS.search(text):
            raise ConfigError(f"{file}: the findings of package {package} are not looked at", hint=_HINT)
    missing = any(not path.exists() or (path.is_file() and path.suffix != ".rego") for path in named)
    if missing or any(map(_is_rule, packages)):
        return  # what is not there, or no text, is for opa to tell of
    told = ", ".join(str(path) for path in named)
    what = f"has no rule, but {_listed(packages)}" if packages else "has no Rego in it"
    raise ConfigError(f"--policy {told} {what}: it would decide nothing", hint=_HINT)


def _rego_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        files = sorted(path.rglob("*.rego")) if path.is_dir() else [path] if path.suffix == ".rego" else []
        yield from (file for file in files if file.is_file() and not file.name.endswith("_test.rego"))


def _is_rule(package: str) -> bool:
    return package.startswith(_RULES) and package.count(".") == _RULES.count(".") + 1


def _listed(packages: Iterable[str]) -> str:
    return ", ".join(f"package {name}" for name in sorted(packages) if name) or "files without a package"
