"""Plans and projects for the tests of the inputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tollbar.inputs.interface import Declaration, ReadOptions
from tollbar.inputs.terraform_plan import TerraformPlanReader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATA = Path(__file__).parent / "data"


class ReadPlan(Protocol):
    """Write a plan to a file and read it."""

    def __call__(self, plan: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Declaration:
        """Return what the plan declares."""


class WriteProject(Protocol):
    """Write the files of a project, by path, and return its directory."""

    def __call__(self, files: Mapping[str, str]) -> Path:
        """Return the project's directory."""


@pytest.fixture
def read_plan(tmp_path: Path) -> ReadPlan:
    """Read a plan that is given as JSON."""

    def read(plan: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Declaration:
        file = tmp_path / "plan.json"
        file.write_text(json.dumps(plan), encoding="utf-8")
        return TerraformPlanReader().read(file, ReadOptions(environment=environment or {}))

    return read


@pytest.fixture
def project(tmp_path: Path) -> WriteProject:
    """Write a project's files below a directory called infra."""

    def write(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            file = tmp_path / "infra" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / "infra"

    return write


def plan(
    *resources: Mapping[str, Any],
    configuration: Sequence[Mapping[str, Any]] = (),
    providers: Mapping[str, Any] | None = None,
    **parts: Any,
) -> dict[str, Any]:
    """Return a plan that creates resources of the root module (see :func:`resource`)."""
    root = {"resources": list(configuration), **parts.pop("root", {})}
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "planned_values": {"root_module": {"resources": [entry["planned"] for entry in resources]}},
        "resource_changes": [entry["change"] for entry in resources if entry["change"]],
        "configuration": {"provider_config": providers or {}, "root_module": root},
        **parts,
    }


def resource(
    address: str,
    values: Mapping[str, Any] | None = None,
    unknown: Mapping[str, Any] | None = None,
    actions: Sequence[str] = ("create",),
) -> dict[str, Any]:
    """Return the two entries of a resource of the root module: what is planned, and its change."""
    kind, name = address.split("[", maxsplit=1)[0].split(".")
    identity = {"address": address, "mode": "managed", "type": kind, "name": name}
    change = {"actions": list(actions), "before": None, "after": values or {}, "after_unknown": unknown or {}}
    return {
        "planned": {**identity, "values": values or {}},
        "change": {**identity, "change": change} if actions else None,
    }


def block(
    address: str, expressions: Mapping[str, Any] | None = None, provider: str | None = None, **more: Any
) -> dict[str, Any]:
    """Return the configuration of a resource."""
    kind, name = address.split(".")
    return {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider_config_key": provider or kind.partition("_")[0],
        "expressions": expressions or {},
        **more,
    }


def refers_to(*references: str) -> dict[str, list[str]]:
    """Return an expression that refers to something."""
    return {"references": list(references)}
