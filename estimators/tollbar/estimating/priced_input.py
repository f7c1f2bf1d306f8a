"""Documents that are priced already: estimates of Tollbar's own, and what Infracost writes as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tollbar.errors import InputError
from tollbar.estimate import Estimate
from tollbar.inputs.text_file import head_of, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tollbar.settings import Settings

_ESTIMATE_MARK = '"schema_version"'
_WHERE_IT_STANDS = 200
_INFRACOST_MARK = '"infracostCommand"'
_INFRACOST_KEYS = ('"currency"', '"projects"')
_NOUNS = {"estimate": "an estimate", "infracost": "priced by Infracost"}


def kind_of(path: Path) -> Literal["estimate", "infracost"] | None:
    """Return what kind of priced document a path is by how it begins, None where it has still to be priced."""
    head = head_of(path) if path.is_file() else ""
    if not head.lstrip().startswith("{"):
        return None
    if path.suffix == ".json" and _ESTIMATE_MARK in head[:_WHERE_IT_STANDS]:
        return "estimate"
    is_infracost = _INFRACOST_MARK in head or all(key in head for key in _INFRACOST_KEYS)
    return "infracost" if is_infracost else None


def refuse(paths: Iterable[Path], why: str, hint: str | None = None) -> None:
    """Refuse what cannot be done with priced documents; ``why`` goes on from "PATH is an estimate".

    Raises:
        InputError: One of the paths is such a document.
    """
    for path in paths:
        kind = kind_of(path)
        if kind is not None:
            raise InputError(f"{path} is {_NOUNS[kind]}{why}", hint=hint)


def read(path: Path, settings: Settings) -> tuple[Estimate, tuple[str, ...]]:
    """Return the estimate that a priced document holds, and what is to be known of it.

    Raises:
        InputError: It is not what it should be.
    """
    if kind_of(path) == "estimate":
        return Estimate.from_json(read_text(path), str(path)), ()
    from tollbar.infracost_estimate import estimate_from_infracost  # noqa: PLC0415 -- only where there is one
    from tollbar.inputs.infracost import read_infracost  # noqa: PLC0415 -- as above

    made = estimate_from_infracost(read_infracost(path), path, settings)
    return made.estimate, made.warnings
